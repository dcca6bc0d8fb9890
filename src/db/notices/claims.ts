/** Whose turn it is: notices that are due, claimed guild by guild, and held for as long as they are in hand. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Instant } from '../../time.ts';
import { plannedKinds } from '../notice-kinds.ts';
import { type Db, isPostgres } from '../open.ts';
import { owned } from '../owned.ts';
import { prepared } from '../prepared.ts';
import type { NoticeState } from '../schema.ts';
import type { Notice } from './write.ts';

/** A failure that is Discord's or the network's, not the notice's: the recipient's other messages wait behind it. */
export const awayPrefix = 'away:';
/** A failure that a moderator has to mend: a deleted channel, a missing permission, a role out of reach. */
export const setUpPrefix = 'set-up:';

/** Written out, not bound: only then does SQLite see that the partial index `notices_owed` fits. */
export const owed = sql.lit<NoticeState>('owed');

/** `people` holds what somebody just caused; `bulk` what the clock or one press owes to many. */
export type Queue = 'people' | 'bulk';

/** Written out too, for the same reason. */
const massOf = (queue: Queue) => sql.lit<0 | 1>(queue === 'bulk' ? 1 : 0);

/** After so many attempts an earlier message no longer holds up the later ones to the same person. */
const attemptsThatHold = 8;

/** Whose turn it is when notices are claimed. */
export interface Turn {
  /** The guild that was served last: the others come before it again. Moved on by each claim. */
  after: string;
  /** How many more of this guild's may be in hand. */
  readonly roomOf: (guildId: string) => number;
  /** Whether what is posted by the time has to wait, because nobody is sure what time it is. */
  readonly isHeld?: () => boolean;
  /** Set when another process was claiming some of it just then: what it leaves is to be looked for again soon. */
  wasContested?: boolean;
}

/**
 * Takes up to `limit` due notices for delivery: guild by guild, from where the last claim ended, and each guild's oldest
 * first. A claim ends by itself, so that another process takes over what a crashed one had in hand; what it had in hand is
 * then marked as unsure, because Discord may have it already. What is for a person to whom an earlier message is still
 * under way, or failed while Discord was away, stays until that has arrived: they read things in order.
 */
export async function claimNotices(
  db: Db,
  at: Instant,
  until: Instant,
  limit: number,
  queue: Queue = 'people',
  turn: Turn = { after: '', roomOf: () => limit },
): Promise<Notice[]> {
  turn.wasContested = false;
  // Most looks find nothing: one step in the index says so, and the guilds need not be gone through.
  if ((await findOldestOwed(db, at, queue)) === undefined) return [];
  if (!isPostgres(db)) return await claimListed(db, at, until, await listInTurn(db, at, limit, queue, turn));
  // Listed and claimed while no other process claims what is owed in the same guilds: otherwise it could be listed
  // before, and claimed after, another has taken what the same person is to read first.
  return await db.transaction().execute(async (trx) => {
    const ids = await listInTurn(trx, at, limit, queue, turn);
    const notices = await claimListed(trx, at, until, ids);
    if (notices.length < ids.length) turn.wasContested = true;
    return notices;
  });
}

/** Claims those of them that are still owed and free. */
async function claimListed(db: Db, at: Instant, until: Instant, ids: readonly string[]): Promise<Notice[]> {
  if (ids.length === 0) return [];
  const claiming = db
    .updateTable('notices')
    .set({
      claimed_until: until,
      unsure_since: sql`case when claimed_until is null then unsure_since else coalesce(unsure_since, due_at) end`,
      attempts: sql<number>`attempts + 1`,
    })
    .where('id', 'in', ids)
    // When two processes claim at once, the second finds them taken.
    .where('state', '=', owed)
    .where((is) => is.or([is('claimed_until', 'is', null), is('claimed_until', '<=', at)]))
    .returningAll();
  const claimed = await (isPostgres(db) ? claiming.where('id', 'in', await lockFree(db, ids)) : claiming).execute();
  // The order in which an update returns its rows is not promised.
  return claimed.toSorted((a, b) => compare(a.created_at, b.created_at) || compare(a.id, b.id));
}

/** Of these the ones that nobody is changing just now, kept so until this ends: whoever claims waits for nobody. */
async function lockFree(trx: Db, ids: readonly string[]): Promise<string[]> {
  const free = trx.selectFrom('notices').select('id').where('id', 'in', ids).forUpdate().skipLocked();
  return (await free.execute()).map(({ id }) => id);
}

/** Of these guilds the ones in which no other process is claiming just now; others find them taken until this ends. */
async function takeGuilds(trx: Db, guildIds: readonly string[]): Promise<Set<string>> {
  const list = sql.join(guildIds.map((id) => sql`(${id})`));
  const { rows } = await sql<{ id: string }>`select due.column1 as id from (values ${list}) as due
    where pg_try_advisory_xact_lock(hashtextextended(due.column1, 1))`.execute(trx);
  return new Set(rows.map(({ id }) => id));
}

/** Guilds that are looked at before others are answered: a millisecond of work. */
const guildsAtOnce = 100;

/** The ids of notices that may be claimed, from the guild after `turn.after` once around. */
async function listInTurn(db: Db, at: Instant, limit: number, queue: Queue, turn: Turn): Promise<string[]> {
  const ids: string[] = [];
  const end = turn.after;
  let [after, isAround] = [end, false];
  for (;;) {
    const guilds = await selectGuilds[queue](db, { after });
    let due = guilds.filter((guild) => guild.due_at <= at && turn.roomOf(guild.guild_id) > 0);
    if (isPostgres(db) && due.length > 0) {
      const taken = await takeGuilds(db, due.map((guild) => guild.guild_id)); // prettier-ignore
      if (taken.size < due.length) turn.wasContested = true;
      due = due.filter((guild) => taken.has(guild.guild_id));
    }
    const share = Math.max(1, Math.floor(limit / due.length));
    for (const { guild_id: guildId } of due) {
      if (ids.length >= limit) break;
      const most = Math.min(share, turn.roomOf(guildId), limit - ids.length);
      const free = await selectFree[queue](db, {
        guildId,
        at,
        most: String(most),
        held: turn.isHeld?.() ? 'yes' : 'no',
      });
      ids.push(...free.map(({ id }) => id));
      turn.after = guildId;
    }
    if (ids.length > 0) return ids;
    const last = guilds.at(-1)?.guild_id;
    if (isAround && (last === undefined || last >= end)) return ids;
    if (guilds.length < guildsAtOnce) {
      if (isAround || end === '') return ids;
      [after, isAround] = ['', true];
    } else after = last ?? '';
    await nextTurn();
  }
}

const selectGuilds = { people: prepareGuilds('people'), bulk: prepareGuilds('bulk') };
const selectFree = { people: prepareFree('people'), bulk: prepareFree('bulk') };

/** Guilds that are owed something, and since when: one step in the index for each, however much it is. */
function prepareGuilds(queue: Queue) {
  return prepared<'after', { guild_id: string; due_at: Instant }>((db, { after }) =>
    db
      .withRecursive('waiting(guild_id)', (query) =>
        query
          .selectFrom('notices')
          .select(({ fn }) => fn.min<string | null>('guild_id').as('guild_id'))
          .where('state', '=', owed)
          .where('mass', '=', massOf(queue))
          .where('guild_id', '>', after)
          .unionAll(
            query
              .selectFrom('waiting')
              .select((of) =>
                of
                  .selectFrom('notices')
                  .select(({ fn }) => fn.min<string | null>('notices.guild_id').as('guild_id'))
                  .where('notices.state', '=', owed)
                  .where('notices.mass', '=', massOf(queue))
                  .whereRef('notices.guild_id', '>', 'waiting.guild_id')
                  .as('guild_id'),
              )
              .where('waiting.guild_id', 'is not', null),
          ),
      )
      .selectFrom('waiting')
      .select(sql<string>`waiting.guild_id`.as('guild_id'))
      .select((of) =>
        of
          .selectFrom('notices')
          .select(({ fn }) => fn.min<Instant>('notices.due_at').as('due_at'))
          .where('notices.state', '=', owed)
          .where('notices.mass', '=', massOf(queue))
          .whereRef('notices.guild_id', '=', 'waiting.guild_id')
          .$asScalar()
          .as('due_at'),
      )
      .where('waiting.guild_id', 'is not', null)
      .$call(owned(db, 'waiting.guild_id'))
      .limit(guildsAtOnce)
      .$castTo<{ guild_id: string; due_at: Instant }>(),
  );
}

/** A guild's notices that are due and in nobody's hand, oldest first. */
function prepareFree(queue: Queue) {
  return prepared<'guildId' | 'at' | 'most' | 'held', { id: string }>((db, { guildId, at, most, held }) =>
    db
      .selectFrom('notices')
      .select('notices.id')
      .where('notices.state', '=', owed)
      .where('notices.mass', '=', massOf(queue))
      .where('notices.guild_id', '=', guildId)
      .where('notices.due_at', '<=', at)
      .where((is) => is.or([is('notices.kind', 'not in', plannedKinds), is(sql`cast(${held} as text)`, '=', 'no')]))
      .where((is) => is.or([is('notices.claimed_until', 'is', null), is('notices.claimed_until', '<=', at)]))
      .where((is) =>
        is.not(
          is.exists(
            is
              .selectFrom('notices as earlier')
              .select('earlier.id')
              .whereRef('earlier.guild_id', '=', 'notices.guild_id')
              .whereRef('earlier.user_id', '=', 'notices.user_id')
              .where('earlier.state', '=', owed)
              .whereRef('earlier.created_at', '<', 'notices.created_at')
              .where('earlier.attempts', '<', attemptsThatHold)
              .where((is) =>
                is.or([is('earlier.claimed_until', '>', at), is('earlier.problem', 'like', `${awayPrefix}%`)]),
              ),
          ),
        ),
      )
      .orderBy('notices.due_at')
      .orderBy('notices.id')
      .limit(sql<number>`cast(${most} as integer)`),
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/**
 * A notice in hand. Every write about it names the claim: whoever lost it to another process changes nothing.
 */
export function inHand(db: Db, notice: Pick<Notice, 'id' | 'claimed_until'>) {
  return db.updateTable('notices').where('id', '=', notice.id).where('claimed_until', '=', notice.claimed_until);
}

/** Keeps a claim for longer. Returns false when it has run out and somebody else took over: then hands off. */
export async function renewClaim(db: Db, notice: Notice, until: Instant): Promise<boolean> {
  const result = await inHand(db, notice).set({ claimed_until: until }).executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Notes in which channel something is about to be made. Returns false when the claim has run out: then hands off. */
export async function noteTry(db: Db, notice: Notice, channelId: string): Promise<boolean> {
  const result = await inHand(db, notice).set({ tried_in: channelId }).executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** When something next becomes due, or a claim of another process runs out; undefined when nothing is coming. */
export async function findNextDue(db: Db, at: Instant, queue: Queue = 'people'): Promise<Instant | undefined> {
  const [row] = await selectNextDue[queue](db, { at });
  return [row?.due, row?.free].filter((each) => typeof each === 'string').toSorted()[0];
}

const selectNextDue = {
  people: prepareNextDue('people'),
  bulk: prepareNextDue('bulk'),
};

function prepareNextDue(queue: Queue) {
  return prepared<'at', { due: Instant | null; free: Instant | null }>((db, { at }) =>
    db.selectNoFrom((all) => [
      all
        .selectFrom('notices')
        .select(({ fn }) => fn.min('due_at').as('due'))
        .where('state', '=', owed)
        .where('mass', '=', massOf(queue))
        .where('due_at', '>', at)
        .$call(owned(db, 'guild_id'))
        .as('due'),
      all
        .selectFrom('notices')
        .select(({ fn }) => fn.min('claimed_until').as('free'))
        .where('state', '=', owed)
        .where('mass', '=', massOf(queue))
        .where('claimed_until', '>', at)
        .$call(owned(db, 'guild_id'))
        .as('free'),
    ]),
  );
}

/** How many notices are due and not delivered, in each queue. */
export async function countOwed(db: Db, at: Instant): Promise<Readonly<Record<Queue, number>>> {
  const rows = await db
    .selectFrom('notices')
    .select('mass')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('state', '=', owed)
    .where('due_at', '<=', at)
    .groupBy('mass')
    .execute();
  const countOf = (bulk: 0 | 1) => rows.find(({ mass }) => mass === bulk)?.count ?? 0;
  return { people: countOf(0), bulk: countOf(1) };
}

/** When the oldest notice that is due became due; undefined when none waits. */
export async function findOldestOwed(db: Db, at: Instant, queue: Queue = 'people'): Promise<Instant | undefined> {
  const [row] = await selectOldestOwed[queue](db, { at });
  return row?.due_at;
}

const selectOldestOwed = {
  people: prepareOldestOwed('people'),
  bulk: prepareOldestOwed('bulk'),
};

function prepareOldestOwed(queue: Queue) {
  return prepared<'at', { due_at: Instant }>((db, { at }) =>
    db
      .selectFrom('notices')
      .select('due_at')
      .where('state', '=', owed)
      .where('mass', '=', massOf(queue))
      .where('due_at', '<=', at)
      .$call(owned(db, 'guild_id'))
      .orderBy('due_at')
      .limit(1),
  );
}
