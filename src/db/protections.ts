/**
 * What protects somebody from a member who deleted their data: rows that name people by id while they are here, and by
 * keyed hash from their deletion until they come back. None holds for longer than `until`.
 */
import { type Selectable, sql } from 'kysely';
import { hashPrefix, newId, type Random } from '../ids.ts';
import type { KeyedHash } from '../protection-key.ts';
import { type Instant, later } from '../time.ts';
import type { Whose } from './members.ts';
import type { Db, Trx } from './open.ts';
import {
  deletedUser,
  type MentorshipEnd,
  type ProfileRole,
  type ProtectionKind,
  type ProtectionsTable,
} from './schema.ts';

/** The parts of the context needed to hash names and store rows. */
export interface Keeper {
  readonly keyedHash: KeyedHash;
  readonly now: () => Instant;
  readonly random: Random;
}

/** For how many days blocks, pairs that are not to be again, and suspensions hold after a deletion: 24 months. */
export const longDays = 730;
/** For how many days limits hold: a decline, a withdrawal, a suggestion. */
export const shortDays = 30;

const ended = (reason: MentorshipEnd) => sql.lit(reason);

/** Mentorships after which the two are not paired again: it was no fit, a moderator ended it, or a case did. */
export const isNeverAgain = sql<boolean>`(end_reason in (${ended('not-a-fit')}, ${ended('handler')})
  or (end_reason = ${ended('staff')} and ended_by = 'moderator'))`;

/**
 * Mentorships that the mentor ended early, or that ended with the mentor's suspension: the two may ask again, but are
 * not suggested to each other of the bot's own accord.
 */
export const isGivenUp = sql<boolean>`((end_reason = ${ended('staff')} and ended_by = 'bot')
  or (ended_by = 'mentor' and end_reason in (${ended('no-time')}, ${ended('other')})))`;

/** By what a member is known in a guild once their data is gone. */
export function hashOf({ keyedHash }: Pick<Keeper, 'keyedHash'>, { guildId, userId }: Whose): string {
  return keyedHash(guildId, userId);
}

type NewProtection = Pick<Selectable<ProtectionsTable>, 'kind' | 'one' | 'until'> &
  Partial<Pick<Selectable<ProtectionsTable>, 'other' | 'subject_id' | 'created_at'>>;

/** Stores protections. */
export async function insertProtections(
  trx: Trx,
  keeper: Keeper,
  guildId: string,
  rows: readonly NewProtection[],
): Promise<void> {
  const at = keeper.now();
  const stored = rows.map((row) => ({
    other: null,
    subject_id: null,
    created_at: at,
    ...row,
    id: newId(keeper.random),
    guild_id: guildId,
  }));
  // Some parameters of the statement each.
  for (let i = 0; i < stored.length; i += 100) {
    await trx
      .insertInto('protections')
      .values(stored.slice(i, i + 100))
      .execute();
  }
}

/**
 * Before a member's data in mentoring goes: what protects others from them stays, and names them by hash. Their own
 * blocks are not among it.
 */
export async function keepProtections(trx: Trx, keeper: Keeper, whose: Whose): Promise<void> {
  const { guildId, userId } = whose;
  const at = keeper.now();
  const hash = hashOf(keeper, whose);
  const long = later(at, { days: longDays });
  const since = later(at, { days: -shortDays });
  const short = (from: Instant | null) => later(from ?? at, { days: shortDays });
  /** Somebody as they are known from now on; undefined for who was forgotten before, of whom a row is there already. */
  const named = (id: string) => (id === userId ? hash : id === deletedUser ? undefined : id);
  const between = (kind: ProtectionKind, menteeId: string, mentorId: string, until: Instant): NewProtection[] => {
    const [one, other] = [named(menteeId), named(mentorId)];
    return one === undefined || other === undefined ? [] : [{ kind, one, other, until }];
  };
  await trx.deleteFrom('protections').where('guild_id', '=', guildId).where('kind', '=', 'blocked').where('one', '=', userId).execute(); // prettier-ignore
  await rename(trx, guildId, userId, hash);
  const ofEither = sql<boolean>`(mentee_id = ${userId} or mentor_id = ${userId})`;
  const blockers = await trx
    .deleteFrom('blocks')
    .where('guild_id', '=', guildId)
    .where('blocked_id', '=', userId)
    .returning(['member_id', 'created_at'])
    .execute();
  const pairs = await trx
    .selectFrom('mentorships')
    .select([
      'mentee_id',
      'mentor_id',
      sql<ProtectionKind>`case when ${isNeverAgain} then 'bad-fit' else 'given-up' end`.as('kind'),
    ])
    .where('guild_id', '=', guildId)
    .where((is) => is.or([isNeverAgain, isGivenUp]))
    .where(ofEither)
    .execute();
  const requests = await trx
    .selectFrom('requests')
    .select(['id', 'mentee_id', 'mentor_id', 'state', 'decided_at', 'sent_at'])
    .where('guild_id', '=', guildId)
    .where('state', 'in', ['declined', 'expired', 'withdrawn'])
    .where('decided_at', '>', since)
    .where(ofEither)
    .execute();
  const forbidden = await trx
    .selectFrom('round_wishes')
    .select(['mentee_id', 'mentor_id', 'created_at'])
    .where('guild_id', '=', guildId)
    .where('kind', '=', 'forbidden')
    .where('created_at', '>', since)
    .where(ofEither)
    .execute();
  const suspended = await trx
    .selectFrom('profiles')
    .select(['role', sql<Instant>`coalesce(verified_at, updated_at)`.as('at')])
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('verification', '=', 'suspended')
    .execute();
  await insertProtections(trx, keeper, guildId, [
    ...blockers.map((row) => ({
      kind: 'blocked' as const,
      one: row.member_id,
      other: hash,
      created_at: row.created_at,
      until: long,
    })),
    ...pairs.flatMap((pair) => between(pair.kind, pair.mentee_id, pair.mentor_id, long)),
    ...requests.flatMap((request) => {
      const { id, state, mentee_id: menteeId, mentor_id: mentorId, decided_at: decidedAt } = request;
      if (state !== 'withdrawn') {
        const kind = state === 'declined' ? 'declined' : 'expired';
        return between(kind, menteeId, mentorId, short(decidedAt));
      }
      // Only where the mentor got to see it, and still has the message.
      if (request.sent_at === null || menteeId !== userId) return [];
      return between('withdrawn', menteeId, mentorId, short(decidedAt)).map((row) => ({ ...row, subject_id: id }));
    }),
    ...forbidden.flatMap((wish) => between('forbidden', wish.mentee_id, wish.mentor_id, short(wish.created_at))),
    ...suspended.map(({ role, at: since }) => ({
      kind: suspensionOf(role),
      one: hash,
      created_at: since,
      until: long,
    })),
  ]);
}

/** Before what a member suggested goes: that it waited for moderators stays. */
export async function keepSuggestions(trx: Trx, keeper: Keeper, whose: Whose): Promise<void> {
  const rows = await trx
    .selectFrom('guild_contents')
    .select('created_at')
    .where('guild_id', '=', whose.guildId)
    .where('author_id', '=', whose.userId)
    .where('state', '=', 'suggested')
    .execute();
  const one = hashOf(keeper, whose);
  await insertProtections(
    trx,
    keeper,
    whose.guildId,
    rows.map((row) => ({ kind: 'suggested', one, until: later(row.created_at, { days: shortDays }) })),
  );
}

/** A member is back: whatever is kept of them names them by id again, and whoever blocked them finds it in their list. */
export async function restoreProtections(trx: Trx, keeper: Keeper, whose: Whose): Promise<void> {
  const { guildId, userId } = whose;
  await rename(trx, guildId, hashOf(keeper, whose), userId);
  const blocks = await trx
    .deleteFrom('protections')
    .where('guild_id', '=', guildId)
    .where('other', '=', userId)
    .where('kind', '=', 'blocked')
    .where('until', '>', keeper.now())
    .returning(['one', 'created_at'])
    .execute();
  for (const { one, created_at: createdAt } of blocks) {
    await trx
      .insertInto('blocks')
      .values({ guild_id: guildId, member_id: one, blocked_id: userId, created_at: createdAt })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

async function rename(trx: Trx, guildId: string, from: string, to: string): Promise<void> {
  for (const column of ['one', 'other'] as const) {
    await trx
      .updateTable('protections')
      .set({ [column]: to })
      .where('guild_id', '=', guildId)
      .where(column, '=', from)
      .execute();
  }
}

/** The kind of a suspension in a role. */
export function suspensionOf(role: ProfileRole): 'suspended-mentor' | 'suspended-mentee' {
  return role === 'mentor' ? 'suspended-mentor' : 'suspended-mentee';
}

/** A withdrawn request of somebody who has deleted their data since, and is back; undefined when there is none. */
export async function findWithdrawnBefore(
  db: Db,
  pair: { guildId: string; menteeId: string; mentorId: string },
  at: Instant,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('protections')
    .select('subject_id')
    .where('guild_id', '=', pair.guildId)
    .where('kind', '=', 'withdrawn')
    .where('one', '=', pair.menteeId)
    .where('other', '=', pair.mentorId)
    .where('until', '>', at)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.subject_id ?? undefined;
}

/** How many rows of a kind are about somebody. */
export async function countProtections(
  db: Db,
  keeper: Pick<Keeper, 'keyedHash' | 'now'>,
  whose: Whose,
  kind: ProtectionKind,
): Promise<number> {
  const row = await db
    .selectFrom('protections')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('guild_id', '=', whose.guildId)
    .where('kind', '=', kind)
    .where('one', 'in', [whose.userId, hashOf(keeper, whose)])
    .where('until', '>', keeper.now())
    .executeTakeFirstOrThrow();
  return row.count;
}

/** A protection as whoever it holds back may know of it: not whom it protects. */
export type KnownProtection = Pick<Selectable<ProtectionsTable>, 'kind' | 'created_at' | 'until'>;

/** Kinds whose cause somebody knows themselves: not who blocked them, nor what moderators wished of a pair. */
const tellable: readonly ProtectionKind[] = [
  'bad-fit',
  'given-up',
  'declined',
  'expired',
  'withdrawn',
  'suspended-mentor',
  'suspended-mentee',
  'suggested',
];

/** Protections kept since a member deleted their data, whether or not they are back. */
export async function listProtectionsOf(
  db: Db,
  keeper: Pick<Keeper, 'keyedHash'>,
  whose: Whose,
): Promise<KnownProtection[]> {
  const names = [whose.userId, hashOf(keeper, whose)];
  return await db
    .selectFrom('protections')
    .select(['kind', 'created_at', 'until'])
    .where('guild_id', '=', whose.guildId)
    .where('kind', 'in', tellable)
    .where((is) => is.or([is('one', 'in', names), is('other', 'in', names)]))
    .orderBy('created_at')
    .execute();
}

/** Removes protections and acts whose time is over, and names by hash whom an earlier version named by id. Returns how many rows went. */
export async function purgeProtections(db: Db, keeper: Keeper, limit: number): Promise<number> {
  const at = keeper.now();
  const old = await db
    .selectFrom('protections')
    .select(['id', 'guild_id', 'one'])
    .where('kind', 'in', ['suspended-mentor', 'suspended-mentee'])
    .where('one', 'not like', `${hashPrefix}%`)
    .limit(limit)
    .execute();
  for (const { id, guild_id: guildId, one: userId } of old) {
    await db
      .updateTable('protections')
      .set({ one: hashOf(keeper, { guildId, userId }) })
      .where('id', '=', id)
      .execute();
  }
  const over = await db
    .deleteFrom('protections')
    .where('id', 'in', (ids) => ids.selectFrom('protections').select('id').where('until', '<=', at).limit(limit))
    .executeTakeFirst();
  const acts = await db
    .deleteFrom('recent_acts')
    .where('id', 'in', (ids) =>
      ids
        .selectFrom('recent_acts')
        .select('id')
        .where('at', '<=', later(at, { days: -shortDays }))
        .limit(limit),
    )
    .executeTakeFirst();
  return Number(over.numDeletedRows + acts.numDeletedRows);
}
