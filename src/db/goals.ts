/** What pairs want to reach. */
import type { Selectable } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import type { GoalsTable } from './schema.ts';

export type Goal = Selectable<GoalsTable>;

/** The goals of a mentorship, the first first; those that were worded anew are left out. */
export async function listGoals(db: Db, mentorshipId: string): Promise<Goal[]> {
  return await db
    .selectFrom('goals')
    .selectAll()
    .where('mentorship_id', '=', mentorshipId)
    .where('state', '<>', 'changed')
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** Stores a goal. */
export async function insertGoal(trx: Trx, goal: Goal): Promise<void> {
  await trx.insertInto('goals').values(goal).execute();
}

/** Closes an open goal. Returns it as it now is, or undefined when it was not open any more. */
export async function closeGoal(
  trx: Trx,
  id: string,
  to: 'reached' | 'dropped' | 'changed',
  at: Instant,
): Promise<Goal | undefined> {
  return await trx
    .updateTable('goals')
    .set({ state: to, closed_at: at })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .returningAll()
    .executeTakeFirst();
}
