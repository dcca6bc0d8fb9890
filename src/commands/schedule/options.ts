/** What the options of `/schedule` mean, and what they suggest while a moderator types. */
import type { AutocompleteInteraction, ChatInputCommandInteraction, Guild } from 'discord.js';
import { searchZones, understandZone, zoneLabel } from '../../content/zones/index.ts';
import type { Context } from '../../context.ts';
import { findGuild } from '../../db/guilds.ts';
import { findSchedule, listSchedules, type Schedule } from '../../db/schedules.ts';
import { UserError } from '../../errors.ts';
import { type Poster, seesSchedule } from '../../posts/announcements/reach.ts';
import { leastMinutesApart } from '../../posts/due.ts';
import { defaultZone } from '../../guild/settings.ts';
import { requireZone } from '../../guild/zones.ts';
import { lacksTime, understandRepeat } from '../../posts/announcements/repeat.ts';
import { clip, showTyped, withoutDirectionControls } from '../../marks.ts';
import { epochMs, type Instant } from '../../time.ts';
import { posterOf } from '../../discord/reach.ts';
import { repeatChoices } from '../../discord/recurrence.ts';
import type { Choice } from '../../discord/replies.ts';
import { categoriesOf, findCategory, nameOf } from './words.ts';
import type { Texts } from '../../texts/en.ts';
import type { ActContext } from '../../discord/command.ts';
import { limits } from '../../discord/limits.ts';

/** Stands for every category, and for the guild's own zone. */
const all = 'all';
const serverZone = 'server';

/** What is suggested for the option that is being typed. */
export async function scheduleChoices(
  ctx: ActContext,
  interaction: AutocompleteInteraction<'cached'>,
): Promise<Choice[]> {
  const { options, guild } = interaction;
  const { name, value: typed } = options.getFocused(true);
  const by = posterOf(interaction);
  if (name === 'schedule') return await nameChoices(ctx, guild, by, typed);
  const guildZone = (await findGuild(ctx.db, guild.id))?.zone ?? defaultZone;
  if (name === 'timezone') return zoneChoices(ctx.t, typed, guildZone, epochMs(ctx.now()));
  const found = await findSchedule(ctx.db, guild.id, options.getString('schedule') ?? '');
  const schedule = found && seesSchedule(by, found) ? found : undefined;
  if (name === 'when') {
    const chosen = understandZone(options.getString('timezone') ?? '', epochMs(ctx.now()));
    const zone = chosen.is === 'zone' ? chosen.zone : (schedule?.zone ?? guildZone);
    return repeatChoices(ctx.t, typed, zone, ctx.now());
  }
  const kind = schedule?.kind ?? options.getString('kind');
  return kind === 'tip' || kind === 'prompt' ? categoryChoices(ctx.t, kind, typed) : [];
}

async function nameChoices(ctx: ActContext, guild: Guild, by: Poster, typed: string): Promise<Choice[]> {
  const wanted = typed.trim().toLowerCase();
  const schedules = (await listSchedules(ctx.db, guild.id)).filter((each) => seesSchedule(by, each));
  if (schedules.length === 0) return [{ name: ctx.t.schedules.noSchedules, value: '-' }];
  return schedules
    .map((schedule) => ({ name: plainName(ctx.t, guild, schedule), value: schedule.id }))
    .filter(({ name, value }) => name.toLowerCase().includes(wanted) || value === wanted)
    .slice(0, limits.choices)
    .map(({ name, value }) => ({ name: clip(name, limits.choiceName), value }));
}

/** A schedule's name with that of its channel. */
export function plainName(t: Texts, guild: Guild, schedule: Schedule): string {
  const channel = guild.channels.cache.get(schedule.channel_id)?.name;
  return nameOf(t, schedule, channel && withoutDirectionControls(channel));
}

function zoneChoices(t: Texts, typed: string, guildZone: string, nowMs: number): Choice[] {
  const found = searchZones(typed, nowMs, limits.choices - 1);
  const own = { name: clip(t.schedules.followZone(zoneLabel(guildZone, nowMs)), limits.choiceName), value: serverZone };
  return typed.trim() === '' ? [own, ...found] : found;
}

/** The last of several is completed; those before it stay. */
function categoryChoices(t: Texts, kind: 'tip' | 'prompt', typed: string): Choice[] {
  const parts = typed.split(',');
  const last = (parts.pop() ?? '').trim().toLowerCase();
  const kept = parts.flatMap((part) => findCategory(kind, part) ?? []);
  const choices = categoriesOf(kind)
    .filter((each) => !kept.includes(each) && each.name.toLowerCase().includes(last))
    .map((each) => {
      const chosen = [...kept, each];
      return {
        name: clip(chosen.map(({ name }) => name).join(', '), limits.choiceName),
        value: chosen.map(({ id }) => id).join(','),
      };
    })
    .filter(({ value }) => value.length <= limits.choiceName);
  return [...(typed.trim() === '' ? [{ name: t.schedules.all, value: all }] : []), ...choices].slice(0, limits.choices);
}

/** The schedule that an option or a custom id names. @throws UserError when there is no such one here. */
export async function requireChosen(ctx: Context, by: Poster, id: string): Promise<Schedule> {
  const schedule = await findSchedule(ctx.db, by.guildId, id);
  if (!schedule || !seesSchedule(by, schedule)) throw new UserError((t) => t.schedules.refused.unknown);
  return schedule;
}

/**
 * When something is posted, as a cron expression.
 * @throws UserError for what cannot be understood or be a schedule.
 */
export function readWhen(typed: string, zone: string, now: string): string {
  const understood = understandRepeat(typed, zone, now);
  if (understood.is === 'cron') return understood.cron;
  if (understood.is === 'too-often') throw new UserError((t) => t.schedules.refused.whenTooOften(leastMinutesApart));
  if (lacksTime(typed, zone, now))
    throw new UserError((t) => t.schedules.refused.whenLacksTime(clip(withoutDirectionControls(typed.trim()), 80)));
  throw new UserError((t) => (understood.is === 'never' ? t.schedules.refused.whenNever : t.schedules.refused.when));
}

/** The zone that was chosen: null for the guild's own, undefined when none was. @throws UserError where it is not plain which. */
export function readZone({ options }: ChatInputCommandInteraction<'cached'>, now: Instant): string | null | undefined {
  const typed = options.getString('timezone')?.trim();
  if (typed === undefined) return undefined;
  if (typed === serverZone) return null;
  return requireZone(typed, now);
}

/** The categories that were chosen: null for all, undefined when the option was left out. @throws UserError for unknown ones. */
export function readCategoryOption(
  { options }: ChatInputCommandInteraction<'cached'>,
  kind: 'tip' | 'prompt',
): readonly string[] | null | undefined {
  const typed = options.getString('categories');
  if (typed === null) return undefined;
  const parts = typed.split(',').filter((part) => part.trim() !== '');
  if (parts.length === 0 || typed.trim().toLowerCase() === all) return null;
  return parts.map((part) => {
    const found = findCategory(kind, part);
    if (found) return found.id;
    throw new UserError((t) => t.schedules.refused.category(showTyped(clip(part.trim(), limits.choiceName)), kind));
  });
}
