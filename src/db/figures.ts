/** What figures are made of, and those that are fixed. */
import { type Selectable, sql } from 'kysely';
import type { Instant } from '../time.ts';
import type { Guild } from './guilds.ts';
import { liveStates } from './mentorships.ts';
import type { Db, Trx } from './open.ts';
import { owned } from './owned.ts';
import type { FiguresTable, MeetingState, MentorshipEnd, ProfileRole, RequestState } from './schema.ts';

export type Figure = Omit<Selectable<FiguresTable>, 'guild_id'>;

/** A stretch of time: from a moment on, up to but without another. */
export interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
}

/** As it stands in the index `guilds_figures`. */
const figuresAt = sql<Instant>`coalesce(figures_at, '')`;

/** Guilds whose next month can be fixed by now, those that have waited longest first. */
export async function listFiguresDue(db: Db, at: Instant, limit: number): Promise<Guild[]> {
  return await db
    .selectFrom('guilds')
    .selectAll()
    .where('left_at', 'is', null)
    .where(figuresAt, '<=', at)
    .$call(owned(db, 'id'))
    .orderBy(figuresAt)
    .orderBy('id')
    .limit(limit)
    .execute();
}

/**
 * Notes up to which month figures are fixed, and when the next can be.
 * @returns false when somebody else has fixed one meanwhile.
 */
export async function moveFigures(
  trx: Trx,
  guildId: string,
  from: string | null,
  to: { readonly until: string | null; readonly at: Instant | null },
): Promise<boolean> {
  const result = await trx
    .updateTable('guilds')
    .set({ figures_until: to.until, figures_at: to.at })
    .where('id', '=', guildId)
    .where('figures_until', from === null ? 'is' : '=', from)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export async function insertFigures(trx: Trx, guildId: string, figures: readonly Figure[]): Promise<void> {
  for (const figure of figures) {
    await trx
      .insertInto('figures')
      .values({ guild_id: guildId, ...figure })
      .execute();
  }
}

/** All figures of a guild that are fixed, by their months. */
export async function listFigures(db: Db, guildId: string): Promise<Figure[]> {
  return await db
    .selectFrom('figures')
    .select(['cell', 'since', 'until', 'count', 'middle'])
    .where('guild_id', '=', guildId)
    .orderBy('until')
    .orderBy('cell')
    .execute();
}

/** A request that came to an end. */
interface Decided {
  readonly mentor_id: string;
  readonly mentee_id: string;
  readonly sent_at: Instant | null;
  readonly decided_at: Instant;
}

/** Requests that came to such an end within a stretch. */
export async function listDecided(
  db: Db,
  guildId: string,
  state: RequestState,
  { from, to }: Stretch,
): Promise<Decided[]> {
  return await db
    .selectFrom('requests')
    .select(['mentor_id', 'mentee_id', 'sent_at'])
    .select((row) => row.ref('decided_at').$notNull().as('decided_at'))
    .where('guild_id', '=', guildId)
    .where('state', '=', state)
    .where('decided_at', '>=', from)
    .where('decided_at', '<', to)
    .orderBy('decided_at')
    .orderBy('id')
    .execute();
}

/** Pairs that ended within a stretch for one of these reasons. */
export async function listEnded(
  db: Db,
  guildId: string,
  reasons: readonly MentorshipEnd[],
  { from, to }: Stretch,
): Promise<{ readonly mentor_id: string; readonly mentee_id: string }[]> {
  return await db
    .selectFrom('mentorships')
    .select(['mentor_id', 'mentee_id'])
    .where('guild_id', '=', guildId)
    .where('ended_at', '>=', from)
    .where('ended_at', '<', to)
    .where('end_reason', 'in', [...reasons])
    .orderBy('ended_at')
    .orderBy('id')
    .execute();
}

/** A pair with what became of one of its meetings; all null for a pair without. */
interface StartedPair {
  readonly id: string;
  readonly mentor_id: string;
  readonly mentee_id: string;
  readonly started_at: Instant;
  readonly state: MeetingState | null;
  readonly agreed_at: Instant | null;
  readonly starts_at: Instant | null;
}

/** Pairs that began within a stretch, a row for each of their meetings, in any order. */
export async function listStarted(db: Db, guildId: string, { from, to }: Stretch): Promise<StartedPair[]> {
  return await db
    .selectFrom('mentorships')
    .leftJoin('meetings', 'meetings.mentorship_id', 'mentorships.id')
    .select(['mentorships.id', 'mentorships.mentor_id', 'mentorships.mentee_id', 'mentorships.started_at'])
    .select(['meetings.state', 'meetings.agreed_at', 'meetings.starts_at'])
    .where('mentorships.guild_id', '=', guildId)
    .where('mentorships.started_at', '>=', from)
    .where('mentorships.started_at', '<', to)
    .orderBy('mentorships.started_at')
    .orderBy('mentorships.id')
    .execute();
}

/** Who is registered in a guild, with what is counted of them. */
export async function listRegistered(
  db: Db,
  guildId: string,
): Promise<{ readonly user_id: string; readonly role: ProfileRole; readonly verified: boolean }[]> {
  const rows = await db
    .selectFrom('profiles')
    .innerJoin('members', (join) =>
      join.onRef('members.guild_id', '=', 'profiles.guild_id').onRef('members.user_id', '=', 'profiles.user_id'),
    )
    .select(['profiles.user_id', 'profiles.role', 'profiles.verification'])
    .where('profiles.guild_id', '=', guildId)
    .where('members.left_at', 'is', null)
    .orderBy('profiles.user_id')
    .orderBy('profiles.role')
    .execute();
  return rows.map(({ verification, ...row }) => ({ ...row, verified: verification === 'verified' }));
}

/** A part of a guild's pairs that are not over, by id. @param after the last of the part before; empty for the first. */
export async function listPairsAfter(db: Db, guildId: string, after: string, limit: number) {
  return await db
    .selectFrom('mentorships')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('state', 'in', liveStates)
    .where('id', '>', after)
    .orderBy('id')
    .limit(limit)
    .execute();
}
