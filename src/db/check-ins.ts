/** What the bot asks the two of a mentorship of its own accord, and what they answer. */
import type { Selectable } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import type { CheckInsTable } from './schema.ts';

export type CheckIn = Selectable<CheckInsTable>;

/** Everything that the two were asked, the first first. */
export async function listCheckIns(db: Db, mentorshipId: string): Promise<CheckIn[]> {
  return await db
    .selectFrom('check_ins')
    .selectAll()
    .where('mentorship_id', '=', mentorshipId)
    .orderBy('asked_at')
    .orderBy('id')
    .execute();
}

/** A question by its id. */
export async function findCheckIn(db: Db, id: string): Promise<CheckIn | undefined> {
  return await db.selectFrom('check_ins').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Notes that somebody is asked. */
export async function insertCheckIn(
  trx: Trx,
  asked: Pick<CheckIn, 'id' | 'guild_id' | 'mentorship_id' | 'user_id' | 'kind' | 'asked_at'>,
): Promise<void> {
  await trx.insertInto('check_ins').values(asked).execute();
}

/** Notes an answer; another one takes the place of the first. Returns the question as it now is. */
export async function writeAnswer(
  trx: Trx,
  id: string,
  answer: Pick<CheckIn, 'answer' | 'answered_at'> & Partial<Pick<CheckIn, 'until' | 'line'>>,
): Promise<CheckIn | undefined> {
  return await trx.updateTable('check_ins').set(answer).where('id', '=', id).returningAll().executeTakeFirst();
}

/** Removes questions that were asked before these moments: those without an answer sooner. Returns how many. */
export async function deleteOldCheckIns(
  db: Db,
  before: { readonly unanswered: Instant; readonly answered: Instant },
  limit: number,
): Promise<number> {
  let deleted = 0;
  for (const [isAnswered, moment] of [
    [false, before.unanswered],
    [true, before.answered],
  ] as const) {
    const result = await db
      .deleteFrom('check_ins')
      .where('id', 'in', (ids) =>
        ids
          .selectFrom('check_ins')
          .select('id')
          .where('answered_at', isAnswered ? 'is not' : 'is', null)
          .where('asked_at', '<=', moment)
          .orderBy('asked_at')
          .limit(limit),
      )
      .executeTakeFirst();
    deleted += Number(result.numDeletedRows);
  }
  return deleted;
}
