/** Which cases a handler may see. */
import { sql } from 'kysely';
import type { Instant } from '../../time.ts';
import type { Whose } from '../members.ts';
import { liveStates } from '../mentorships.ts';
import type { Db } from '../open.ts';
import type { CaseState, GroupMemberState } from '../schema.ts';
import type { Case } from './cases.ts';
import { listExcluded, listStatements } from './statements.ts';

/** In a study group: whoever is only offered a place is not. */
const inGroup = [sql.lit<GroupMemberState>('member'), sql.lit<GroupMemberState>('resting')];

/**
 * Cases that a handler may see: not about them, not reported by them, not against a reporter's wish, and not about or by
 * somebody whose mentor or mentee they now are, or who is in a study group with them.
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
    )
    .where((is) =>
      is.not(
        is.exists(
          is
            .selectFrom('group_members as seat')
            .innerJoin('group_members as mate', 'mate.group_id', 'seat.group_id')
            .select(sql`1`.as('one'))
            .where('seat.guild_id', '=', guildId)
            .where('seat.user_id', '=', viewerId)
            .where('seat.state', 'in', inGroup)
            .where('mate.state', 'in', inGroup)
            .where((mate) =>
              mate.or([
                mate('mate.user_id', '=', mate.ref('cases.reported_id')),
                mate.exists(
                  mate
                    .selectFrom('case_statements as said')
                    .select(sql`1`.as('one'))
                    .whereRef('said.case_id', '=', 'cases.id')
                    .whereRef('said.reporter_id', '=', 'mate.user_id'),
                ),
              ]),
            ),
        ),
      ),
    );
}

/** Everybody who may not see a case, as far as the database knows. */
export async function listParties(db: Db, { id, reported_id: reportedId }: Case): Promise<Set<string>> {
  const reporters = (await listStatements(db, id)).map((one) => one.reporter_id);
  const about = [reportedId, ...reporters].filter((userId) => userId !== null);
  const parties = new Set([...about, ...(await listExcluded(db, id))]);
  if (about.length === 0) return parties;
  const pairs = await db
    .selectFrom('cases')
    .innerJoin('mentorships', 'mentorships.guild_id', 'cases.guild_id')
    .select(['mentorships.mentor_id', 'mentorships.mentee_id'])
    .where('cases.id', '=', id)
    .where('mentorships.state', 'in', liveStates)
    .where((pair) => pair.or([pair('mentor_id', 'in', about), pair('mentee_id', 'in', about)]))
    .orderBy('mentorships.id')
    .execute();
  for (const { mentor_id: mentorId, mentee_id: menteeId } of pairs) parties.add(mentorId).add(menteeId);
  const mates = await db
    .selectFrom('cases')
    .innerJoin('group_members as own', 'own.guild_id', 'cases.guild_id')
    .innerJoin('group_members as mate', 'mate.group_id', 'own.group_id')
    .select('mate.user_id')
    .where('cases.id', '=', id)
    .where('own.user_id', 'in', about)
    .where('own.state', 'in', inGroup)
    .where('mate.state', 'in', inGroup)
    .orderBy('mate.user_id')
    .execute();
  for (const { user_id: userId } of mates) parties.add(userId);
  return parties;
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
