import { ButtonStyle, type SlashCommandSubcommandBuilder } from 'discord.js';
import type { Guild } from '../../db/guilds.ts';
import type { RoundPlan } from '../../db/round-plans.ts';
import { button, row } from '../../discord/buttons.ts';
import { embed } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import { wholeNumber } from '../../discord/options.ts';
import type { Card } from '../../discord/replies.ts';
import { UserError } from '../../errors.ts';
import { clip, showTyped } from '../../marks.ts';
import { floorPercent } from '../../mentoring/rounds/limits.ts';
import { everyWeeks, lookHours, type WantedPlan } from '../../mentoring/rounds/schedule.ts';
import type { Texts } from '../../texts/en.ts';

/** When rounds begin where a moderator does not say, in minutes after midnight; and how often, in weeks. */
const usualMinute = 9 * 60;
const usualWeeks = 4;

/** The options of `/round schedule`. */
export function scheduleOptions(t: Texts, command: SlashCommandSubcommandBuilder): SlashCommandSubcommandBuilder {
  const text = t.roundPlan;
  return command
    .setName('schedule')
    .setDescription(text.command.description)
    .addIntegerOption((option) =>
      option
        .setName('weekday')
        .setDescription(text.command.weekday)
        .addChoices(text.weekdays.map((name, i) => ({ name, value: i + 1 }))),
    )
    .addStringOption((option) => option.setName('time').setDescription(text.command.time).setMaxLength(10))
    .addIntegerOption((option) =>
      option
        .setName('every')
        .setDescription(text.command.every)
        .addChoices(everyWeeks.map((weeks) => ({ name: text.every(weeks), value: weeks }))),
    )
    .addStringOption((option) =>
      option
        .setName('publish')
        .setDescription(text.command.publish)
        .addChoices((['press', 'itself'] as const).map((value) => ({ name: text.command.publishes[value], value }))),
    )
    .addIntegerOption(wholeNumber('floor', text.command.floor, floorPercent))
    .addBooleanOption((option) => option.setName('cancel').setDescription(text.command.cancel));
}

/** What somebody typed for a schedule. */
interface Typed {
  getInteger(name: string): number | null;
  getString(name: string): string | null;
}

/**
 * The schedule that a moderator wants; undefined where they name nothing of one.
 * @throws UserError where the day is missing, or the time is none.
 */
export function readPlan(options: Typed): WantedPlan | undefined {
  const weekday = options.getInteger('weekday');
  const time = options.getString('time');
  const [weeks, publish, floor] = [
    options.getInteger('every'),
    options.getString('publish'),
    options.getInteger('floor'),
  ];
  if (weekday === null) {
    if (time === null && weeks === null && publish === null && floor === null) return undefined;
    throw new UserError((t) => t.roundPlan.refused.weekday);
  }
  return {
    weekday,
    minute: time === null ? usualMinute : readTime(time),
    weeks: weeks ?? usualWeeks,
    publishes: publish === 'itself' ? 'itself' : 'press',
    floor: floor ?? undefined,
  };
}

function readTime(typed: string): number {
  const found = /^\s*([01]?\d|2[0-3])[:.h]([0-5]\d)\s*$/.exec(typed);
  if (!found) throw new UserError((t) => t.roundPlan.refused.time(showTyped(clip(typed.trim(), 10))));
  return Number(found[1]) * 60 + Number(found[2]);
}

/** What is scheduled, and a way to end it. @param isNew whether it was set just now. */
export function planCard(t: Texts, guild: Guild, plan: RoundPlan | undefined, isNew = false): Card {
  const text = t.roundPlan.status;
  if (!plan) return { content: text.none };
  const lines = [
    `**${t.roundPlan.line(plan.weekday, plan.minute, plan.weeks)}**`,
    plan.next_at === null ? text.begun : text.next(plan.next_at),
    plan.publishes === 'itself' ? text.itself(lookHours, plan.set_by) : text.press,
    ...(plan.floor === null ? [] : [text.floor(plan.floor)]),
    text.by(plan.set_by, plan.set_at),
    ...(guild.staff_channel_id === null ? [text.noStaff] : []),
  ];
  return {
    ...(isNew ? { content: t.roundPlan.set } : {}),
    embeds: [embed(t, text.title, lines.join('\n'))],
    components: [row(button([keys.round.unschedule], text.cancel, ButtonStyle.Danger))],
  };
}
