import { sql } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db } from './open.ts';
import { prepared } from './prepared.ts';
import { isGivenUp, isNeverAgain } from './protections.ts';
import type { MentorshipState, ProtectionKind, RequestState } from './schema.ts';

/** Written out, not bound: a prepared statement takes no lists. */
const asLiterals = (kinds: readonly ProtectionKind[]) => kinds.map((kind) => sql.lit(kind));

/**
 * What lies between a mentee and somebody else. `blocked`: either of the two does not want the other. `bad-fit`: a
 * mentorship of the two ended so. `own-mentee`: the mentee is that one's mentor, or is asked to be. `asked`: a request is
 * pending or queued. `declined` and `expired`: one ended so lately. Each may come from before one of them deleted their
 * data (`protections.ts`).
 */
export type RelationKind = 'blocked' | 'bad-fit' | 'own-mentee' | 'asked' | 'declined' | 'expired';

export interface Relation {
  readonly kind: RelationKind;
  readonly userId: string;
}

/**
 * Everything that lies between a mentee and others, in one statement, because every search for a mentor needs it.
 * @param lately `since` when on a declined or expired request counts as lately, `at` this moment.
 */
export async function listRelations(
  db: Db,
  guildId: string,
  menteeId: string,
  lately: { readonly since: Instant; readonly at: Instant },
): Promise<readonly Relation[]> {
  return await selectRelations(db, { guildId, menteeId, ...lately });
}

const selectRelations = prepared<'guildId' | 'menteeId' | 'since' | 'at', Relation>((db, values) => {
  const { guildId, menteeId, since, at } = values;
  const kind = (name: RelationKind) => sql.lit(name).as('kind');
  const mentorships = db.selectFrom('mentorships').where('guild_id', '=', guildId).where(isNeverAgain);
  const protections = db.selectFrom('protections').where('guild_id', '=', guildId).where('until', '>', at);
  return (
    db
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
      // Whoever was given up by a mentor may ask again, but is not led there.
      .unionAll(
        db
          .selectFrom('mentorships')
          .where('guild_id', '=', guildId)
          .where('mentee_id', '=', menteeId)
          .where(isGivenUp)
          .select([kind('expired'), 'mentor_id as userId']),
      )
      .unionAll(
        protections
          .where('one', '=', menteeId)
          .where('kind', 'in', asLiterals(['blocked', 'bad-fit', 'given-up', 'declined', 'expired', 'forbidden']))
          .where('other', 'is not', null)
          .select([
            // Nor is somebody suggested who gave them up, or whom a moderator did not want for them.
            sql<RelationKind>`case when kind in ('forbidden', 'given-up') then 'expired' else kind end`.as('kind'),
            sql<string>`other`.as('userId'),
          ]),
      )
      .unionAll(
        protections
          .where('other', '=', menteeId)
          .where('kind', 'in', asLiterals(['blocked', 'bad-fit']))
          .select([sql<RelationKind>`kind`.as('kind'), 'one as userId']),
      )
      .unionAll(
        db
          .selectFrom('mentorships')
          .where('guild_id', '=', guildId)
          .where('mentor_id', '=', menteeId)
          .where('state', 'in', [sql.lit<MentorshipState>('active'), sql.lit<MentorshipState>('paused')])
          .select([kind('own-mentee'), 'mentee_id as userId']),
      )
      .unionAll(
        db
          .selectFrom('requests')
          .where('guild_id', '=', guildId)
          .where('mentor_id', '=', menteeId)
          .where('state', '=', sql.lit<RequestState>('pending'))
          .select([kind('own-mentee'), 'mentee_id as userId']),
      )
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
      )
  );
});
