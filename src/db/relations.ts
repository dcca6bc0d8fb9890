import { sql } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db } from './open.ts';
import { prepared } from './prepared.ts';

/**
 * What lies between a mentee and somebody else. `blocked`: either of the two does not want the other. `bad-fit`: a
 * mentorship of the two ended so. `asked`: a request is pending or queued. `declined` and `expired`: one ended so lately.
 */
export type RelationKind = 'blocked' | 'bad-fit' | 'asked' | 'declined' | 'expired';

export interface Relation {
  readonly kind: RelationKind;
  readonly userId: string;
}

/**
 * Everything that lies between a mentee and others, in one statement, because every search for a mentor needs it.
 * @param since from when on a declined or expired request counts as lately.
 */
export async function listRelations(
  db: Db,
  guildId: string,
  menteeId: string,
  since: Instant,
): Promise<readonly Relation[]> {
  return await selectRelations(db, { guildId, menteeId, since });
}

const selectRelations = prepared<'guildId' | 'menteeId' | 'since', Relation>((db, { guildId, menteeId, since }) => {
  const kind = (name: RelationKind) => sql.lit(name).as('kind');
  const mentorships = db
    .selectFrom('mentorships')
    .where('guild_id', '=', guildId)
    .where('end_reason', '=', 'not-a-fit');
  return db
    .selectFrom('blocks')
    .select([kind('blocked'), 'blocked_id as userId'])
    .where('guild_id', '=', guildId)
    .where('member_id', '=', menteeId)
    .unionAll(
      db
        .selectFrom('blocks')
        .select([kind('blocked'), 'member_id as userId'])
        .where('guild_id', '=', guildId)
        .where('blocked_id', '=', menteeId),
    )
    .unionAll(mentorships.where('mentee_id', '=', menteeId).select([kind('bad-fit'), 'mentor_id as userId']))
    .unionAll(mentorships.where('mentor_id', '=', menteeId).select([kind('bad-fit'), 'mentee_id as userId']))
    .unionAll(
      db
        .selectFrom('requests')
        .select(({ eb }) => [
          sql<RelationKind>`case when state in ('queued', 'pending') then 'asked' else state end`.as('kind'),
          eb.ref('mentor_id').as('userId'),
        ])
        .where('guild_id', '=', guildId)
        .where('mentee_id', '=', menteeId)
        .where((is) =>
          is.or([
            is('state', 'in', ['queued', 'pending']),
            is.and([is('state', 'in', ['declined', 'expired']), is('decided_at', '>=', since)]),
          ]),
        ),
    );
});
