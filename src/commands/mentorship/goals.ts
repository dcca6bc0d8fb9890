/** Goals of a pair: the subcommands, and a form behind a button. */
import {
  type AutocompleteInteraction,
  LabelBuilder,
  ModalBuilder,
  type SlashCommandStringOption,
  type SlashCommandSubcommandGroupBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { type Goal, listGoals } from '../../db/goals.ts';
import { listLiveMentorshipsOf, type Mentorship } from '../../db/mentorships.ts';
import type { ActContext, Command } from '../../discord/command.ts';
import { type Quote, quotesField } from '../../discord/embeds.ts';
import { customId } from '../../discord/custom-ids.ts';
import { textIn } from '../../discord/forms.ts';
import { keys } from '../../discord/keys.ts';
import { limits } from '../../discord/limits.ts';
import { answer, openForm, suggest } from '../../discord/replies.ts';
import { showTyped } from '../../discord/text.ts';
import { clip } from '../../marks.ts';
import { endGoal, type GoalOfPair, goalLimit, setGoal } from '../../mentoring/goals.ts';
import { partnerIn } from '../../mentoring/mentorships.ts';
import type { Texts } from '../../texts/en.ts';
import { requireMeant, type Slash } from './meant.ts';

const savedText = (t: Texts, { goal, mentorship }: GoalOfPair, userId: string) =>
  t.goals.saved(partnerIn(mentorship, userId), showTyped(goal.text), goal.due_on);

async function add(ctx: ActContext, interaction: Slash): Promise<void> {
  const { options, user } = interaction;
  const { id } = await requireMeant(ctx, interaction);
  const replaces = options.getString('replaces') ?? undefined;
  const saved = await setGoal(ctx, user.id, id, {
    text: options.getString('goal', true),
    day: options.getString('by') ?? '',
    ...(replaces === undefined ? {} : { replaces }),
  });
  await answer(interaction, { content: savedText(ctx.t, saved, user.id) });
}

async function close(ctx: ActContext, interaction: Slash, to: 'reached' | 'dropped'): Promise<void> {
  const { id } = await requireMeant(ctx, interaction);
  const { goal } = await endGoal(ctx, interaction.user.id, id, interaction.options.getString('goal', true), to);
  await answer(interaction, { content: ctx.t.goals[to](showTyped(goal.text)) });
}

export const goalSubcommands = {
  'goal add': add,
  'goal reached': async (ctx, interaction) => await close(ctx, interaction, 'reached'),
  'goal drop': async (ctx, interaction) => await close(ctx, interaction, 'dropped'),
} satisfies Command['subcommands'];

/** The open goals of whoever types, in all their mentorships. */
export async function completeGoal(ctx: ActContext, interaction: AutocompleteInteraction<'cached'>): Promise<void> {
  const typed = interaction.options.getFocused().toLowerCase();
  const own = await listLiveMentorshipsOf(ctx.db, interaction.guildId, interaction.user.id);
  const open: Goal[] = [];
  for (const { id } of own) open.push(...(await listGoals(ctx.db, id)).filter(({ state }) => state === 'open'));
  const found = open.filter(({ text }) => text.toLowerCase().includes(typed)).slice(0, limits.choices);
  await suggest(
    interaction,
    found.map(({ id, text }) => ({ name: clip(text, limits.choiceName), value: id })),
  );
}

const which = (t: Texts, option: SlashCommandStringOption, name: string) =>
  option
    .setName(name)
    .setDescription(name === 'goal' ? t.goals.command.which : t.goals.command.replaces)
    .setMaxLength(limits.choiceValue)
    .setAutocomplete(true);

export const goalCommands = (t: Texts, group: SlashCommandSubcommandGroupBuilder) =>
  group
    .setName('goal')
    .setDescription(t.goals.command.group)
    .addSubcommand((command) =>
      command
        .setName('add')
        .setDescription(t.goals.command.add)
        .addStringOption((option) =>
          option
            .setName('goal')
            .setDescription(t.goals.command.goal)
            .setMaxLength(goalLimit * 2)
            .setRequired(true),
        )
        .addStringOption((option) => option.setName('by').setDescription(t.goals.command.by).setMaxLength(20))
        .addStringOption((option) => which(t, option, 'replaces'))
        .addUserOption((option) => option.setName('member').setDescription(t.mentorship.command.endMember)),
    )
    .addSubcommand((command) =>
      command
        .setName('reached')
        .setDescription(t.goals.command.reached)
        .addStringOption((option) => which(t, option, 'goal').setRequired(true))
        .addUserOption((option) => option.setName('member').setDescription(t.mentorship.command.endMember)),
    )
    .addSubcommand((command) =>
      command
        .setName('drop')
        .setDescription(t.goals.command.drop)
        .addStringOption((option) => which(t, option, 'goal').setRequired(true))
        .addUserOption((option) => option.setName('member').setDescription(t.mentorship.command.endMember)),
    );

const fields = { text: 'text', day: 'day' } as const;

function goalForm(t: Texts, mentorshipId: string) {
  const text = t.goals.form;
  const input = (id: string, most: number) =>
    new TextInputBuilder().setCustomId(id).setStyle(TextInputStyle.Short).setMaxLength(most);
  return new ModalBuilder()
    .setCustomId(customId(keys.mentorship.goalForm, mentorshipId))
    .setTitle(text.title)
    .addLabelComponents(
      new LabelBuilder()
        .setLabel(text.text)
        .setDescription(text.textHint)
        .setTextInputComponent(input(fields.text, goalLimit)),
      new LabelBuilder()
        .setLabel(text.day)
        .setDescription(text.dayHint)
        .setTextInputComponent(input(fields.day, 20).setRequired(false)),
    )
    .toJSON();
}

export const goalButtons = {
  [keys.mentorship.goal]: async (ctx, interaction, [id = '']) => await openForm(interaction, goalForm(ctx.t, id)),
} satisfies Command['buttons'];

export const goalModals = {
  [keys.mentorship.goalForm]: async (ctx, interaction, [id = '']) => {
    const typed = { text: textIn(interaction, fields.text), day: textIn(interaction, fields.day) };
    const saved = await setGoal(ctx, interaction.user.id, id, typed);
    await answer(interaction, { content: savedText(ctx.t, saved, interaction.user.id) });
  },
} satisfies Command['modals'];

/** Goals that were reached and are still shown, the latest. */
const reachedShown = 3;

/** Goals as a field of the card of a mentorship: those that are open, and the latest that were reached; none while there is none. */
export async function goalFields(ctx: ActContext, mentorship: Mentorship) {
  const text = ctx.t.goals;
  const all = await listGoals(ctx.db, mentorship.id);
  const open = all.filter(({ state }) => state === 'open');
  const reached = all.filter(({ state }) => state === 'reached').slice(-reachedShown);
  const quotes: Quote[] = [
    ...open.map((goal) => ({ typed: goal.text, line: (shown: string) => `- ${text.line(shown, goal.due_on)}` })),
    ...reached.map((goal) => ({ typed: goal.text, line: (shown: string) => `- ${text.lineReached(shown)}` })),
  ];
  return quotesField(text.field, quotes);
}
