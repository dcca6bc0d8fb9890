/** Dates of somebody's own: an exam, an interview, a visa appointment. Nobody else sees them. */
import type { Context } from '../../context.ts';
import {
  deleteOwnDate,
  insertOwnDate,
  listOwnDates,
  type OwnDate,
  updateJourney,
  updateOwnDate,
} from '../../db/journeys.ts';
import type { Trx } from '../../db/open.ts';
import { UserError } from '../../errors.ts';
import { inTurn } from '../../guild/turn.ts';
import { newId } from '../../ids.ts';
import { requireStated } from './confirm.ts';
import { sensibleDays } from './reminders.ts';
import type { Stated } from './stated.ts';

/** How many somebody has at most, and the length of what they are called, in characters. */
export const ownLimits = { dates: 30, title: 80 } as const;

/** What somebody typed, read already. */
export interface NewOwnDate {
  readonly title: string;
  readonly stated: Stated;
  /** Days before at which they want to be reminded; none for never. */
  readonly days: readonly number[];
}

/** What was stored, and the days before that were left of those they chose. */
export interface SavedOwnDate {
  readonly date: OwnDate;
  /** Whether other days were taken, because those chosen lie behind. */
  readonly isAdjusted: boolean;
}

/** Adds a date. @throws UserError for the 31st, an empty title, and what is no day ahead. */
export async function addOwnDate(
  ctx: Context,
  userId: string,
  zone: string,
  wanted: NewOwnDate,
): Promise<SavedOwnDate> {
  return await inTurn(ctx.db, userId, async (trx) => {
    const there = await listOwnDates(trx, userId);
    if (there.length >= ownLimits.dates) throw new UserError((t) => t.deadlines.refused.tooMany(ownLimits.dates));
    const id = newId(ctx.random);
    const { fields, isAdjusted } = read(ctx, id, zone, wanted);
    const row = { ...fields, id, user_id: userId, sequence: 0, created_at: ctx.now() };
    await insertOwnDate(trx, row);
    await lookAgain(trx, ctx, userId);
    return { date: { ...row, reminder_days: JSON.parse(row.reminder_days) as number[] }, isAdjusted };
  });
}

/** Changes a date. @throws UserError as for a new one, and when it is gone. */
export async function editOwnDate(
  ctx: Context,
  userId: string,
  zone: string,
  id: string,
  wanted: NewOwnDate,
): Promise<SavedOwnDate> {
  return await inTurn(ctx.db, userId, async (trx) => {
    const old = (await listOwnDates(trx, userId)).find((date) => date.id === id);
    if (!old) throw new UserError((t) => t.deadlines.refused.ownGone);
    const { fields, isAdjusted } = read(ctx, id, zone, wanted);
    const row = { ...fields, sequence: old.sequence + 1 };
    if (!(await updateOwnDate(trx, userId, id, row))) throw new UserError((t) => t.deadlines.refused.ownGone);
    await lookAgain(trx, ctx, userId);
    return { date: { ...old, ...row, reminder_days: JSON.parse(row.reminder_days) as number[] }, isAdjusted };
  });
}

/** Removes a date. @throws UserError when it is gone. */
export async function removeOwnDate(ctx: Context, userId: string, id: string): Promise<void> {
  await inTurn(ctx.db, userId, async (trx) => {
    if (!(await deleteOwnDate(trx, userId, id))) throw new UserError((t) => t.deadlines.refused.ownGone);
  });
}

function read(ctx: Context, id: string, zone: string, { title, stated, days }: NewOwnDate) {
  const name = title.trim();
  if (name === '') throw new UserError((t) => t.deadlines.refused.noTitle);
  if (name.length > ownLimits.title)
    throw new UserError((t) => t.deadlines.refused.longTitle(name.length, ownLimits.title));
  // An hour of one's own that the clocks bring twice is the first: nobody else goes by it.
  const moment = requireStated(stated, false, ctx.now());
  const since = ctx.now();
  const left = sensibleDays({ id: `own ${id}`, stated: moment, at: moment.at, since }, zone, days);
  const fields = { title: name, ...moment, reminder_days: JSON.stringify(left), changed_at: since };
  return { fields, isAdjusted: left.length !== days.length || left.some((each) => !days.includes(each)) };
}

async function lookAgain(trx: Trx, ctx: Context, userId: string): Promise<void> {
  await updateJourney(trx, userId, { look_at: ctx.now() });
}
