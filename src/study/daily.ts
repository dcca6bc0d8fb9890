/** A room for co-working each day, at an hour that goes round three parts of the world. */
import { Temporal } from 'temporal-polyfill';
import type { Context } from '../context.ts';
import { findGuild, type Guild, updateGuild } from '../db/guilds.ts';
import { hasDelivered } from '../db/notices/lookups.ts';
import { insertNotice } from '../db/notices/write.ts';
import type { Trx } from '../db/open.ts';
import { type FocusRoom, insertRoom, listFocusPeople, listGuildsForFocus, listOpenRooms } from '../db/study/focus.ts';
import { UserError } from '../errors.ts';
import type { Acting } from '../guild/acting.ts';
import { insertAlert } from '../guild/alerts.ts';
import { changeSettings } from '../guild/change-settings.ts';
import { forEachInTurn } from '../guild/each.ts';
import { isMatchQuiet } from '../guild/match-week.ts';
import { isWithin } from '../guild/settings.ts';
import { inTurn } from '../guild/turn.ts';
import { newId } from '../ids.ts';
import { type Instant, later, toInstant } from '../time.ts';
import { focusAtOnce } from './limits.ts';

/**
 * Whose clock a day goes by, in turn. From west to east: then no two rooms are closer than sixteen hours. Each zone lies in
 * the middle of its part of the world, where its evening is one for most others.
 */
export const zoneBands = [
  { id: 'americas', zone: 'America/Chicago' },
  { id: 'middle', zone: 'Africa/Cairo' },
  { id: 'asia', zone: 'Asia/Kolkata' },
] as const;
type ZoneBand = (typeof zoneBands)[number];

/** At which hour rooms may open: the last ends before midnight. */
export const dailyHours = { min: 6, max: 21, usual: 19 } as const;
/** Two stretches and a break between them: an evening's work, and still an evening. */
export const dailyLength = { minutes: 50, rounds: 2 } as const;
/** After so many in a row that nobody joined no more are opened: twice round the world. */
export const emptyAtMost = 6;
/** A room that would open later than so many minutes after its time is left out, and what ended earlier than that is not counted. */
const latestMinutes = 15;
/** No plan lies further ahead: a day that does was stored by a wrong clock. */
const furthestDays = 3;
/** How many guilds are read at once. */
const atOnce = 200;

/** When a room opens. */
export interface Opening {
  /** The day by the band's calendar, `2026-11-26`. */
  readonly day: string;
  readonly at: Instant;
  readonly band: ZoneBand;
}

/** Pure: the room of a day. */
function openingOn(date: Temporal.PlainDate, hour: number): Opening {
  const number = Temporal.PlainDate.from('2026-01-01').until(date).days;
  const band = zoneBands[((number % zoneBands.length) + zoneBands.length) % zoneBands.length]!;
  const moment = date.toZonedDateTime({ timeZone: band.zone, plainTime: { hour } }).toInstant();
  return { day: date.toString(), at: toInstant(moment), band };
}

/**
 * Pure: the next room after a moment.
 * @param first the first day that has not had its room; a day has one, whatever its hour is changed to.
 */
export function openingAfter(after: Instant, hour: number, first?: string | null): Opening {
  const today = Temporal.Instant.from(after).toZonedDateTimeISO('UTC').toPlainDate();
  let date = today.subtract({ days: 2 });
  const named = first === undefined || first === null ? undefined : Temporal.PlainDate.from(first);
  if (named && today.until(named).days <= furthestDays && Temporal.PlainDate.compare(named, date) > 0) date = named;
  for (;;) {
    const opening = openingOn(date, hour);
    if (opening.at > after) return opening;
    date = date.add({ days: 1 });
  }
}

/** Pure: the next rooms of a guild, soonest first; none where they are off. */
export function listOpenings(guild: Pick<Guild, 'focus_at' | 'focus_day' | 'focus_hour'>, count: number): Opening[] {
  if (guild.focus_at === null || guild.focus_day === null) return [];
  const first = Temporal.PlainDate.from(guild.focus_day);
  return Array.from({ length: count }, (_, i) => openingOn(first.add({ days: i }), guild.focus_hour));
}

/** What may be chosen about daily rooms; what is undefined stays. */
interface DailyWish {
  readonly isOn?: boolean | undefined;
  readonly hour?: number | undefined;
}

/**
 * Turns daily rooms on or off, or chooses their hour. Turning them on counts anew who joins.
 * @returns the settings as they now are. @throws UserError for an hour out of range, or without a study channel.
 */
export async function saveDaily(ctx: Context, by: Acting, { isOn, hour }: DailyWish): Promise<Guild> {
  if (hour !== undefined && !isWithin(hour, dailyHours))
    throw new UserError((t) => t.focusDaily.refused.hour(dailyHours.min, dailyHours.max));
  const next = (before: Guild) => openingAfter(ctx.now(), hour ?? before.focus_hour, before.focus_day);
  const wanted = (before: Guild) => {
    if (isOn === true && before.study_channel_id === null) throw new UserError((t) => t.focusDaily.refused.channel);
    const isTurned = isOn !== undefined && isOn !== (before.focus_at !== null);
    return { focus_hour: hour, focus_at: isTurned ? (isOn ? next(before).at : null) : undefined };
  };
  return await changeSettings(ctx, by, wanted, async (trx, before) => {
    if (!(isOn ?? before.focus_at !== null)) return;
    const { at, day } = next(before);
    await updateGuild(trx, by.guildId, { focus_at: at, focus_day: day, ...(isOn === true ? { focus_empty: 0 } : {}) });
  });
}

/** Opens the room of each guild whose hour has come. Twice in a row opens nothing twice. */
export async function openDaily(ctx: Context): Promise<void> {
  for (;;) {
    const guilds = await listGuildsForFocus(ctx.db, ctx.now(), atOnce);
    let isStuck = true;
    await forEachInTurn(ctx, 'a daily room', guilds, async (guildId) => {
      await inTurn(ctx.db, guildId, (trx) => openRoom(trx, ctx, guildId));
      isStuck = false;
    });
    if (guilds.length < atOnce || isStuck) return;
  }
}

async function openRoom(trx: Trx, ctx: Context, guildId: string): Promise<void> {
  const now = ctx.now();
  const guild = await findGuild(trx, guildId);
  if (!guild || guild.left_at !== null || guild.focus_at === null || guild.focus_at > now) return;
  const due = guild.focus_at;
  const next = openingAfter(now, guild.focus_hour);
  await updateGuild(trx, guildId, { focus_at: next.at, focus_day: next.day });
  if (now > later(due, { minutes: latestMinutes }) || isMatchQuiet(guild, now)) return;
  if (guild.study_channel_id === null) {
    await insertAlert(trx, ctx, guildId, { problem: 'channel-not-set', id: 'study' });
    return;
  }
  // Members have begun as many as there may be: whoever wants company has it.
  if ((await listOpenRooms(trx, guildId)).length >= focusAtOnce) return;
  const room = {
    id: newId(ctx.random),
    guild_id: guildId,
    starter_id: null,
    ...dailyLength,
    started_at: now,
    phase: 0,
    phase_until: later(now, { minutes: dailyLength.minutes }),
    ended_at: null,
    is_daily: 1 as const,
  };
  await insertRoom(trx, room);
  await insertNotice(trx, ctx, { guildId, kind: 'focus', subjectId: room.id, mass: true });
}

/** Whether a daily room has a message that members can see: without one it neither goes on nor counts. */
export async function standsInChannel(trx: Trx, room: FocusRoom): Promise<boolean> {
  return room.is_daily === 0 || (await hasDelivered(trx, room.id, 'focus'));
}

/** Counts whether anybody joined a daily room that has ended; after too many without, no more are opened, and moderators hear why. */
export async function countDaily(trx: Trx, ctx: Context, room: FocusRoom, endedAt: Instant): Promise<void> {
  // The bot was away while it ended: nobody could join, so that says nothing.
  if (room.is_daily === 0 || ctx.now() > later(endedAt, { minutes: latestMinutes })) return;
  const guild = await findGuild(trx, room.guild_id);
  if (!guild) return;
  const empty = (await listFocusPeople(trx, room.id)).length === 0 ? guild.focus_empty + 1 : 0;
  const isOver = empty >= emptyAtMost && guild.focus_at !== null;
  await updateGuild(trx, room.guild_id, { focus_empty: empty, ...(isOver ? { focus_at: null } : {}) });
  if (isOver) await insertAlert(trx, ctx, room.guild_id, { problem: 'focus-empty', id: room.id });
}
