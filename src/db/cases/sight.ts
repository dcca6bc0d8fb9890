/** Which cases a handler may see. */
import { sql } from 'kysely';
import type { Instant } from '../../time.ts';
import type { Whose } from '../members.ts';
import { liveStates } from '../mentorships.ts';
import type { Db } from '../open.ts';
import type { CaseState } from '../schema.ts';
import type { Case } from './cases.ts';

/**
 * Cases that a handler may see: not about them, not reported by them, not against a reporter's wish, and not about or by
 * somebody whose mentor or mentee they now are.
 */
function seenBy(db: Db, guildId: string, viewerId: string) {
  return db
    .selectFrom('cases')
    .where('cases.guild_id', '=', guildId)
    .where('cases.reported_id', 'is not', null)
    .where('cases.reported_id', '<>', viewerId)
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('case_statements as own')
            .select(sql`1`.as('one'))
            .whereRef('own.case_id', '=', 'cases.id')
            .where('own.reporter_id', '=', viewerId),
        ),
      ),
    )
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('case_excluded')
            .select(sql`1`.as('one'))
            .whereRef('case_excluded.case_id', '=', 'cases.id')
            .where('case_excluded.user_id', '=', viewerId),
        ),
      ),
    )
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('mentorships')
            .select(sql`1`.as('one'))
            .where('mentorships.guild_id', '=', guildId)
            .where('mentorships.state', 'in', liveStates)
            .where((pair) =>
              pair.or([pair('mentorships.mentor_id', '=', viewerId), pair('mentorships.mentee_id', '=', viewerId)]),
            )
            .where((pair) => {
              const isParty = (column: 'mentorships.mentor_id' | 'mentorships.mentee_id') =>
                pair.or([
                  pair(column, '=', pair.ref('cases.reported_id')),
                  pair.exists(
                    pair
                      .selectFrom('case_statements as theirs')
                      .select(sql`1`.as('one'))
                      .whereRef('theirs.case_id', '=', 'cases.id')
                      .whereRef('theirs.reporter_id', '=', column),
                  ),
                ]);
              return pair.or([isParty('mentorships.mentor_id'), isParty('mentorships.mentee_id')]);
            }),
        ),
      ),
    );
}

/** Whether somebody may see a case, as far as the database knows; whether they are a handler is for Discord to say. */
export async function maySee(db: Db, { guildId, userId }: Whose, caseId: string): Promise<boolean> {
  const found = await seenBy(db, guildId, userId).select('cases.id').where('cases.id', '=', caseId).executeTakeFirst();
  return found !== undefined;
}

/** Cases that somebody may see, urgent ones first, then the oldest. */
export async function listCases(
  db: Db,
  { guildId, userId }: Whose,
  states: readonly CaseState[],
  limit: number,
): Promise<Case[]> {
  return await seenBy(db, guildId, userId)
    .selectAll('cases')
    .where('cases.state', 'in', states)
    .orderBy('cases.urgent', 'desc')
    .orderBy('cases.created_at')
    .orderBy('cases.id')
    .limit(limit)
    .execute();
}

/** Ids of all cases that somebody may see. */
export async function listSeenIds(db: Db, whose: Whose): Promise<string[]> {
  const rows = await seenBy(db, whose.guildId, whose.userId).select('cases.id').execute();
  return rows.map(({ id }) => id);
}

export type SeenCase = Pick<Case, 'reported_id' | 'category' | 'created_at' | 'taken_at' | 'closed_at'>;

/** Cases that somebody may see, of those opened within a stretch of time. */
export async function listSeenCases(
  db: Db,
  { guildId, userId }: Whose,
  from: Instant,
  to: Instant,
): Promise<SeenCase[]> {
  return await seenBy(db, guildId, userId)
    .select(['cases.reported_id', 'cases.category', 'cases.created_at', 'cases.taken_at', 'cases.closed_at'])
    .where('cases.created_at', '>=', from)
    .where('cases.created_at', '<', to)
    .orderBy('cases.created_at')
    .orderBy('cases.id')
    .execute();
}
