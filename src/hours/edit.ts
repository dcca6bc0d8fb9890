/** Entering hours, and asking for new ones when their time is over. */
import type { Context } from '../context.ts';
import { deleteHours, findHours, type Hours, listHoursOver, markHoursAsked, upsertHours } from '../db/hours.ts';
import { findMember, upsertMember } from '../db/members.ts';
import { insertNotice } from '../db/notices/write.ts';
import { touchMentors } from '../db/pool.ts';
import { UserError } from '../errors.ts';
import type { Acting } from '../guild/acting.ts';
import { forEachInTurn } from '../guild/each.ts';
import { requireGuild } from '../guild/guilds.ts';
import { inTurn } from '../guild/turn.ts';
import { showTyped } from '../marks.ts';
import { later } from '../time.ts';
import { readExact } from './exact.ts';
import { type Day, type DayPart, dayParts, days, windowsOf } from './week.ts';

/** For how many weeks hours can be entered, for people on shifts. */
export const weeksOfHours = [2, 4, 8] as const;
/** Characters of hours as typed: 42 windows of 14 characters each, and room for spaces. */
export const exactLimit = 800;
/** How many people are asked at a heartbeat; those left over follow with the next. */
const perRun = 200;

/** What was filled in, as it comes from the form. */
export interface HoursForm {
  readonly weekdays: readonly string[];
  readonly weekend: readonly string[];
  readonly notOn: readonly string[];
  readonly exactly: string;
  /** 0 for no end. */
  readonly weeks: number;
}

/**
 * Saves a member's hours; an empty form removes them.
 * @param dayNames in their language, from Monday: what was typed may use them.
 * @returns the hours as they now are; undefined when there are none.
 * @throws UserError that names what was not understood.
 */
export async function saveHours(
  ctx: Context,
  whose: Acting,
  form: HoursForm,
  dayNames: readonly string[],
): Promise<Hours | undefined> {
  const windows = readForm(form, dayNames);
  const weeks = weeksOfHours.find((each) => each === form.weeks);
  return await inTurn(ctx.db, whose.guildId, async (trx) => {
    await requireGuild(trx, whose.guildId);
    if (!(await findMember(trx, whose.guildId, whose.userId))) throw new UserError((t) => t.hours.refused.needsZone);
    if (windows.length === 0) {
      await deleteHours(trx, whose);
      return undefined;
    }
    const until = weeks === undefined ? null : later(ctx.now(), { days: weeks * 7 });
    await upsertHours(trx, whose, { windows, until }, ctx.now());
    return await findHours(trx, whose);
  });
}

/** Pure. @throws UserError that names the part which was not understood. */
function readForm(form: HoursForm, dayNames: readonly string[]) {
  const exact = readExact(form.exactly, dayNames);
  if (exact.is === 'problem') {
    const { part, why } = exact;
    throw new UserError((t) => t.hours.refused.exact(showTyped(part), t.hours.refused.why[why]));
  }
  const notOn = days.filter((day) => form.notOn.includes(String(day)));
  const both = notOn.find((day: Day) => exact.exact.has(day));
  if (both !== undefined) throw new UserError((t) => t.hours.refused.both(t.hours.days[both] ?? ''));
  const parts = (chosen: readonly string[]): DayPart[] =>
    dayParts.map(({ id }) => id).filter((id) => chosen.includes(id));
  return windowsOf({ weekdays: parts(form.weekdays), weekend: parts(form.weekend), notOn, exact: exact.exact });
}

/** Asks everybody once whose hours have come to their end. */
export async function askForNewHours(ctx: Context): Promise<void> {
  const over = await listHoursOver(ctx.db, ctx.now(), perRun);
  const rows = over.map((whose) => ({ ...whose, guild_id: whose.guildId }));
  await forEachInTurn(ctx, 'hours-over', rows, async ({ guildId, userId }) => {
    await inTurn(ctx.db, guildId, async (trx) => {
      if (!(await markHoursAsked(trx, { guildId, userId }, ctx.now()))) return;
      const member = await findMember(trx, guildId, userId);
      if (member?.left_at === null) await insertNotice(trx, ctx, { guildId, kind: 'hours-over', userId });
    });
  });
}

/** A member lives in another zone from now on: their hours mean the same local times there. */
export async function moveToZone(ctx: Context, whose: Acting, zone: string): Promise<void> {
  await inTurn(ctx.db, whose.guildId, async (trx) => {
    const member = await findMember(trx, whose.guildId, whose.userId);
    if (!member) throw new UserError((t) => t.hours.refused.needsZone);
    await upsertMember(trx, { guild_id: whose.guildId, user_id: whose.userId, zone, created_at: member.created_at });
    // How well somebody's waking hours suit a mentor follows the zone.
    await touchMentors(trx, whose.guildId, [whose.userId]);
  });
}
