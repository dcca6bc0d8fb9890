/** A group's plan, its prompts, and how its sessions go. */
import type { StudyGroup } from '../../db/study/groups.ts';
import { memberOf } from '../../discord/acting.ts';
import { button, type Id, menuRow, row } from '../../discord/buttons.ts';
import { promptCategoryName } from '../../discord/cards/prompt.ts';
import { subjectText } from '../../discord/cards/study.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { embed } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import { answer, type Card, change } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { hasPrompts, nextSystem, outlineOf } from '../../study/outline.ts';
import { shapes } from '../../study/phases.ts';
import { readTicks, setPrompts, setSessions, tickSystems, weeksTo } from '../../study/plan.ts';
import type { Texts } from '../../texts/en.ts';
import { requireMeant } from './meant.ts';

/** Days of the week as prompts come, from Monday. */
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
/** Stands in options and menus for no day. */
export const noDay = 'off';

/** What a system, or a part of an exam, is called. */
function systemName(t: Texts, system: string): string {
  const parts: Readonly<Record<string, string>> = t.studySessions.parts;
  return parts[system] ?? promptCategoryName(system);
}

function systemMenu(t: Texts, id: Id, placeholder: string, topic: string, chosen: readonly string[]) {
  const options = outlineOf(topic).map((system) => ({
    label: systemName(t, system),
    value: system,
    default: chosen.includes(system),
  }));
  return menuRow(id, placeholder, options, { least: 0, most: options.length });
}

/** The plan of an exam group: who has done which system, what comes next, and a menu for one's own. */
async function planCard(ctx: ActContext, userId: string, group: StudyGroup, foreword = ''): Promise<Card> {
  const { t } = ctx;
  const text = t.studySessions.plan;
  const ticks = await readTicks(ctx, group);
  if (ticks.size === 0) throw new UserError((each) => each.studySessions.refused.noOutline);
  const lines = [...ticks].map(([system, ids]) =>
    ids.length === 0 ? text.open(systemName(t, system)) : text.line(systemName(t, system), ids),
  );
  const next = nextSystem(group.topic, ticks);
  const withPrompts = hasPrompts(group.topic);
  const body = [
    group.target === null ? text.noTarget : text.weeks(weeksTo(group.target, ctx.now()), t.words.month(group.target)),
    lines.join('\n'),
    ...(next === undefined ? [] : [text.next(systemName(t, next))]),
    ...(withPrompts && group.prompt_weekday === null ? [text.noPrompts] : []),
  ];
  const own = [...ticks].flatMap(([system, ids]) => (ids.includes(userId) ? [system] : []));
  return {
    content: foreword,
    embeds: [embed(t, text.title(subjectText(t, group)), body.join('\n\n'))],
    components: [
      systemMenu(t, [keys.study.tick, group.id], text.menu, group.topic, own),
      ...(next === undefined || !withPrompts
        ? []
        : [row(button([keys.study.promptTopic, group.id, next], text.topic(systemName(t, next))))]),
    ],
  };
}

/** On which day a group's prompts come and what they are about, with a menu for each. */
function promptsCard(t: Texts, group: StudyGroup): Card {
  const text = t.studySessions.prompts;
  const { prompt_weekday: weekday, prompt_systems: systems } = group;
  const names = (systems ?? []).map((system) => systemName(t, system));
  const body = [
    weekday === null ? text.off : text.on(t.words.weekdayLong(weekday % 7)),
    names.length === 0 ? text.all : text.systems(names),
    text.rest,
  ];
  const days = weekdays.map((day) => ({
    label: text.every(t.words.weekdayLong(day % 7)),
    value: String(day),
    default: day === weekday,
  }));
  const none = { label: text.noDay, value: noDay, default: weekday === null };
  return {
    embeds: [embed(t, text.title, body.join('\n'))],
    components: [
      menuRow([keys.study.promptDay, group.id], text.dayMenu, [none, ...days]),
      systemMenu(t, [keys.study.promptSystems, group.id], text.systemMenu, group.topic, systems ?? []),
    ],
  };
}

/** A day out of an option or a menu; null for none. @throws UserError for what is no day. */
function readDay(value: string | undefined): number | null {
  if (value === noDay) return null;
  const day = weekdays.find((each) => String(each) === value);
  if (day === undefined) throw new UserError((t) => t.common.outdated);
  return day;
}

export const planSubcommands = {
  plan: async (ctx, interaction) => {
    await answer(interaction, await planCard(ctx, interaction.user.id, await requireMeant(ctx, interaction)));
  },
  prompts: async (ctx, interaction) => {
    const group = await requireMeant(ctx, interaction);
    if (!hasPrompts(group.topic)) throw new UserError((t) => t.studySessions.refused.noPrompts);
    const day = interaction.options.getString('weekday');
    const set =
      day === null ? group : await setPrompts(ctx, memberOf(interaction), group.id, { weekday: readDay(day) });
    await answer(interaction, promptsCard(ctx.t, set));
  },
  settings: async (ctx, interaction) => {
    const { id } = await requireMeant(ctx, interaction);
    const shape = shapes.find((each) => each === interaction.options.getString('shape'));
    const line = interaction.options.getBoolean('weekly_line') ?? undefined;
    const byApplication = interaction.options.getBoolean('by_application') ?? undefined;
    const openly = interaction.options.getBoolean('openly') ?? undefined;
    const group = await setSessions(ctx, memberOf(interaction), id, { shape, line, byApplication, openly });
    const guild = await requireGuild(ctx.db, group.guild_id);
    const isShown = guild.study_events === 1 || guild.study_forum_id !== null;
    const { studySessions: text, studyOpen } = ctx.t;
    await answer(interaction, {
      embeds: [
        embed(
          ctx.t,
          text.settings.title,
          [
            text.settings.done(text.shapes[group.shape], group.weekly_line === 1, group.by_application === 1),
            group.is_listed === 0 ? studyOpen.command.notListed : studyOpen.command.listed,
            ...(group.is_listed === 1 && !isShown ? [studyOpen.command.nowhere] : []),
          ].join('\n'),
        ),
      ],
    });
  },
} satisfies Command['subcommands'];

export const planButtons = {
  /** The system that comes next becomes what the prompts are about. */
  [keys.study.promptTopic]: async (ctx, interaction, [id = '', system = '']) => {
    await setPrompts(ctx, memberOf(interaction), id, { systems: [system] });
    await answer(interaction, { content: ctx.t.studySessions.plan.topicDone(systemName(ctx.t, system)) });
  },
} satisfies Command['buttons'];

export const planMenus = {
  [keys.study.tick]: async (ctx, interaction, [id = '']) => {
    const group = await tickSystems(ctx, memberOf(interaction), id, interaction.values);
    await change(interaction, await planCard(ctx, interaction.user.id, group));
  },
  [keys.study.promptDay]: async (ctx, interaction, [id = '']) => {
    const group = await setPrompts(ctx, memberOf(interaction), id, { weekday: readDay(interaction.values[0]) });
    await change(interaction, promptsCard(ctx.t, group));
  },
  [keys.study.promptSystems]: async (ctx, interaction, [id = '']) => {
    const group = await setPrompts(ctx, memberOf(interaction), id, { systems: interaction.values });
    await change(interaction, promptsCard(ctx.t, group));
  },
} satisfies Command['menus'];
