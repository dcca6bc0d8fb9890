/** What somebody wants to be reminded of, and when. */
import type { Context } from '../../context.ts';
import { listJourneyDates, updateJourney, upsertJourneyDate } from '../../db/journeys.ts';
import { UserError } from '../../errors.ts';
import { inTurn } from '../../guild/turn.ts';
import { requireDate } from './confirm.ts';
import { reminderDays } from './reminders.ts';

/** Chooses the days before; none for no reminders. Those that lie behind are not made up for. */
export async function chooseReminderDays(ctx: Context, userId: string, days: readonly number[]): Promise<void> {
  const known = reminderDays.filter((each) => days.includes(each));
  const changes = { reminder_days: JSON.stringify(known), reminders_since: ctx.now(), look_at: ctx.now() };
  await inTurn(ctx.db, userId, (trx) => updateJourney(trx, userId, changes));
}

/** Chooses between everything that concerns somebody and picked dates alone. */
export async function chooseOnlyPicked(ctx: Context, userId: string, isOnly: boolean): Promise<void> {
  const changes = { only_picked: isOnly ? 1 : 0, reminders_since: ctx.now(), look_at: ctx.now() } as const;
  await inTurn(ctx.db, userId, (trx) => updateJourney(trx, userId, changes));
}

/**
 * Picks a date, or lets go of it. @returns whether it is picked now. @throws UserError for a date that is none.
 * @param wanted whether it is to be picked; the other way around than it is when absent.
 */
export async function togglePick(ctx: Context, userId: string, dateId: string, wanted?: boolean): Promise<boolean> {
  const { id } = requireDate(dateId);
  return await inTurn(ctx.db, userId, async (trx) => {
    const mark = (await listJourneyDates(trx, userId)).find(({ date_id: each }) => each === id);
    if (!(await updateJourney(trx, userId, { look_at: ctx.now() }))) throw new UserError((t) => t.common.outdated);
    const isPicked = wanted ?? mark?.picked !== 1;
    await upsertJourneyDate(trx, userId, id, { picked: isPicked ? 1 : 0 });
    return isPicked;
  });
}
