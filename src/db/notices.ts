import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql, type Selectable } from 'kysely';
import { type Random, newId } from '../ids.ts';
import type { Instant } from '../time.ts';
import { type NewDetail, type NoticeDetail, noticeDetails, type NoticeKind, plannedKinds } from './notice-kinds.ts';
import type { Db, Trx } from './open.ts';
import { prepared } from './prepared.ts';
import type { NoticeState, NoticesTable } from './schema.ts';

export type Notice = Selectable<NoticesTable>;

/** What every notice has. */
interface Owed {
  readonly guildId: string;
  /** For a message to a person; absent when it goes to a channel of the guild. */
  readonly userId?: string;
  readonly subjectId?: string;
  /** A notice with the same key is owed only once, however often it is asked for. */
  readonly dedupeKey?: string;
  /** Not before this moment; now when absent. */
  readonly dueAt?: Instant;
  /** Whether it goes behind whatever a person waits for; as the work that owes it when absent. */
  readonly mass?: boolean;
}

/** What writing a notice takes of the context. */
export interface Source {
  readonly now: () => Instant;
  readonly random: Random;
  readonly bulk?: boolean;
}

/** What a kind carries: nothing, or what its row in `notice-kinds.ts` says, absent where that may be null. */
type Carried<Kind extends NoticeKind> =
  null extends NewDetail<Kind>
    ? { readonly detail?: Exclude<NewDetail<Kind>, null> }
    : { readonly detail: NewDetail<Kind> };

/** What a use case says when it owes somebody a message. */
export type NewNotice = { [Kind in NoticeKind]: Owed & { readonly kind: Kind } & Carried<Kind> }[NoticeKind];

/** What a notice carries, checked. @throws when the row holds something else: only `insertNotice` writes it. */
export function readDetail<Kind extends NoticeKind>(kind: Kind, notice: Pick<Notice, 'detail'>): NoticeDetail<Kind> {
  const stored: unknown = notice.detail === null ? null : JSON.parse(notice.detail);
  return noticeDetails[kind].parse(stored) as NoticeDetail<Kind>;
}

function rowOf(source: Source, notice: NewNotice) {
  const at = source.now();
  return {
    id: newId(source.random),
    guild_id: notice.guildId,
    kind: notice.kind,
    user_id: notice.userId ?? null,
    subject_id: notice.subjectId ?? null,
    detail: notice.detail ? JSON.stringify(notice.detail) : null,
    dedupe_key: notice.dedupeKey ?? null,
    state: 'owed' as const,
    due_at: notice.dueAt ?? at,
    created_at: at,
    mass: (notice.mass ?? source.bulk) ? (1 as const) : (0 as const),
  };
}

/**
 * Puts a notice into the outbox. Belongs in the transaction of the change that causes it, so that neither exists
 * without the other.
 * @returns false when a notice with the same `dedupeKey` is already there.
 */
export async function insertNotice(trx: Trx, source: Source, notice: NewNotice): Promise<boolean> {
  const result = await trx
    .insertInto('notices')
    .values(rowOf(source, notice))
    .onConflict((conflict) => conflict.column('dedupe_key').doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** A post of a schedule, as it is owed. */
export type OwedPost = Pick<Notice, 'id' | 'guild_id' | 'due_at' | 'created_at'> & {
  readonly subject_id: string;
  /** 0 when a person waits for it: then it does not wait behind the others. */
  readonly mass?: 0 | 1;
};

/** Owes posts of schedules, many at a time. They wait behind whatever a person waits for. */
export async function insertPosts(trx: Trx, posts: readonly OwedPost[]): Promise<void> {
  if (posts.length === 0) return;
  await trx
    .insertInto('notices')
    .values(posts.map((post) => ({ mass: 1 as const, ...post, kind: 'post' as const, state: 'owed' as const })))
    .execute();
}

/** Puts many notices into the outbox at once, none of which has a `dedupeKey`; a few hundred at most in one statement. */
export async function insertNotices(trx: Trx, source: Source, notices: readonly NewNotice[]): Promise<void> {
  if (notices.length === 0) return;
  const rows = notices.map((notice) => rowOf(source, notice));
  await trx.insertInto('notices').values(rows).execute();
}

/**
 * Owes members the roles that fit the profiles they have: which those are is seen at delivery, so that an order for the
 * same that still waits is not joined by another. One that is just being delivered is carried out once more.
 * @param userIds a few hundred at most, each once.
 */
export async function oweFittingRoles(
  trx: Trx,
  source: Source,
  guildId: string,
  userIds: readonly string[],
  subjectId?: string,
): Promise<void> {
  const at = source.now();
  const waiting = await trx
    .updateTable('notices')
    .set({
      revision: sql<number>`revision + 1`,
      // What somebody has just caused waits neither among what was ordered for many nor for a mistake to be mended.
      ...(source.bulk
        ? {}
        : {
            mass: 0,
            due_at: sql<Instant>`case when mass = 1 or problem like ${`${setUpPrefix}%`} then ${at} else due_at end`,
          }),
      ...(subjectId === undefined ? {} : { subject_id: subjectId }),
    })
    .where('guild_id', '=', guildId)
    .where('user_id', 'in', userIds)
    .where('state', '=', 'owed')
    .where('kind', '=', 'member-roles')
    .where('detail', 'is', null)
    .returning('user_id')
    .execute();
  const known = new Set(waiting.map((notice) => notice.user_id));
  const others = userIds.filter((userId) => !known.has(userId));
  const about = subjectId === undefined ? {} : { subjectId };
  await insertNotices(
    trx,
    source,
    others.map((userId) => ({ guildId, kind: 'member-roles', userId, ...about })),
  );
}

/** The revision of a notice that nothing has changed since it was written. */
export const firstRevision = 1;

/**
 * What notices about this subject say has changed: those already delivered are owed again, as an edit of the message,
 * and one that is just being delivered will be edited once it has arrived. Those nobody has seen yet need nothing:
 * they are rendered from current state anyway.
 */
export async function reviseNotices(trx: Trx, subjectId: string, kind: NoticeKind, at: Instant): Promise<void> {
  await reviseWhere(trx, at).where('subject_id', '=', subjectId).where('kind', '=', kind).execute();
}

/** Revises the notices that the caller's conditions name. */
export function reviseWhere(trx: Trx, at: Instant) {
  return trx
    .updateTable('notices')
    .set({
      revision: sql<number>`revision + 1`,
      state: sql`case when state = 'delivered' then 'owed' else state end`,
      due_at: sql`case when state = 'delivered' then ${at} else due_at end`,
    })
    .where('state', 'in', ['owed', 'delivered']);
}

/** Whether somebody has a message about this subject, or is about to get it: one that was voided has reached nobody. */
export async function hasNotice(db: Db, subjectId: string, kind: NoticeKind): Promise<boolean> {
  const row = await db
    .selectFrom('notices')
    .select('id')
    .where('subject_id', '=', subjectId)
    .where('kind', '=', kind)
    .where((is) => is.or([is('state', '<>', 'void'), is('message_id', 'is not', null)]))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether a person was told of a subject: it reached them, or waits in their inbox. */
export async function wasTold(db: Db, subjectId: string, kind: NoticeKind, userId: string): Promise<boolean> {
  const row = await db
    .selectFrom('notices')
    .select('id')
    .where('subject_id', '=', subjectId)
    .where('kind', '=', kind)
    .where('user_id', '=', userId)
    .where('state', 'in', ['delivered', 'undeliverable', 'read'])
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The notice that was owed under this key. */
export async function findNoticeByKey(db: Db, dedupeKey: string): Promise<Notice | undefined> {
  return await db.selectFrom('notices').selectAll().where('dedupe_key', '=', dedupeKey).executeTakeFirst();
}

/** A failure that is Discord's or the network's, not the notice's: the recipient's other messages wait behind it. */
export const awayPrefix = 'away:';
/** A failure that a moderator has to mend: a deleted channel, a missing permission, a role out of reach. */
export const setUpPrefix = 'set-up:';

/** Written out, not bound: only then does SQLite see that the partial index `notices_owed` fits. */
const owed = sql.lit<NoticeState>('owed');

/** What is served: what people have just caused, or what the clock or one press owes to many. */
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
  const ids = await listInTurn(db, at, limit, queue, turn);
  if (ids.length === 0) return [];
  const claimed = await db
    .updateTable('notices')
    .set({
      claimed_until: until,
      unsure_since: sql`case when claimed_until is null then unsure_since else coalesce(unsure_since, due_at) end`,
      attempts: sql<number>`attempts + 1`,
    })
    .where('id', 'in', ids)
    // Of two who claim at once the second finds that they are taken.
    .where('state', '=', owed)
    .where((is) => is.or([is('claimed_until', 'is', null), is('claimed_until', '<=', at)]))
    .returningAll()
    .execute();
  // The order in which an update returns its rows is not promised.
  return claimed.toSorted((a, b) => compare(a.created_at, b.created_at) || compare(a.id, b.id));
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
    const due = guilds.filter((guild) => guild.due_at <= at && turn.roomOf(guild.guild_id) > 0);
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
function inHand(db: Db, notice: Pick<Notice, 'id' | 'claimed_until'>) {
  return db.updateTable('notices').where('id', '=', notice.id).where('claimed_until', '=', notice.claimed_until);
}

/** Keeps a claim for longer. Returns false when it has run out and somebody else took over: then hands off. */
export async function renewClaim(db: Db, notice: Notice, until: Instant): Promise<boolean> {
  const result = await inHand(db, notice).set({ claimed_until: until }).executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/**
 * Discord has the notice as it stood at `notice.revision`. If what it says has changed meanwhile it stays owed, as an
 * edit; if it was voided meanwhile it stays void. Returns false when the claim was lost.
 */
export async function recordDelivered(
  db: Db,
  notice: Notice,
  where: { channelId: string | null; messageId: string | null },
  at: Instant,
): Promise<boolean> {
  const result = await inHand(db, notice)
    .set({
      delivered_revision: notice.revision,
      state: sql<NoticeState>`case when state = 'owed' and revision = ${notice.revision} then 'delivered' else state end`,
      channel_id: where.channelId,
      message_id: where.messageId,
      delivered_at: sql<Instant>`coalesce(delivered_at, ${at})`,
      attempts: 0,
      claimed_until: null,
      unsure_since: null,
      problem: null,
    })
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/**
 * Tries again at `dueAt`, unless it was voided meanwhile. An attempt that does not count is taken back; with `afresh` it
 * is the first of those to come, because another thing is in the way than before.
 * @returns false when it was voided, or the claim was lost.
 */
export async function postponeNotice(
  db: Db,
  notice: Notice,
  retry: { dueAt: Instant; problem: string; unsureSince: Instant | null; counts: boolean; afresh?: boolean },
): Promise<boolean> {
  const result = await inHand(db, notice)
    .where('state', '=', 'owed')
    .set({
      due_at: retry.dueAt,
      problem: retry.problem,
      unsure_since: retry.unsureSince,
      attempts: retry.afresh ? 1 : sql<number>`attempts - ${retry.counts ? 0 : 1}`,
      claimed_until: null,
    })
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Gives back what was claimed and never begun, as it was before. */
export async function releaseNotice(db: Db, notice: Notice): Promise<void> {
  await inHand(db, notice)
    .set({ claimed_until: null, attempts: sql<number>`attempts - 1` })
    .execute();
}

/** Ends the attempts for good. Returns false when the claim was lost or the notice was closed by somebody else. */
export async function closeNotice(
  db: Db,
  notice: Notice,
  state: 'void' | 'undeliverable',
  problem: string | null,
): Promise<boolean> {
  const result = await inHand(db, notice)
    .where('state', '=', 'owed')
    .set({ state, problem, claimed_until: null, unsure_since: null })
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/**
 * Lets go on what would wait for longer than anything waits: a wait or a claim that was written by a clock far ahead. What
 * is planned for its time (it was never tried, or is an announcement) stays planned. Returns how many those are.
 */
export async function mendWaits(
  db: Db,
  now: Instant,
  limits: { readonly due: Instant; readonly claim: Instant },
): Promise<number> {
  const waits = await db
    .updateTable('notices')
    .set({ due_at: now })
    .where('state', '=', owed)
    .where('due_at', '>', limits.due)
    .where('problem', 'is not', null)
    .where('kind', '<>', 'announcement')
    .executeTakeFirst();
  const claims = await db
    .updateTable('notices')
    .set({ claimed_until: now })
    .where('state', '=', owed)
    .where('claimed_until', '>', limits.claim)
    .executeTakeFirst();
  return Number(waits.numUpdatedRows + claims.numUpdatedRows);
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
        .as('due'),
      all
        .selectFrom('notices')
        .select(({ fn }) => fn.min('claimed_until').as('free'))
        .where('state', '=', owed)
        .where('mass', '=', massOf(queue))
        .where('claimed_until', '>', at)
        .as('free'),
    ]),
  );
}

/** Marks everything that is still owed to this member as void. What waits in their inbox stays, should they return. */
export async function voidNoticesTo(trx: Trx, guildId: string, userId: string): Promise<void> {
  await trx
    .updateTable('notices')
    .set({ state: 'void' })
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('state', '=', 'owed')
    .execute();
}

/** Tries at once again what a wrong set-up of this guild held up. Call it when settings, channels or roles changed. */
export async function retryAfterSetUp(db: Db, guildId: string, at: Instant): Promise<void> {
  await db
    .updateTable('notices')
    .set({ due_at: at })
    .where('guild_id', '=', guildId)
    .where('state', '=', 'owed')
    .where('due_at', '>', at)
    .where('problem', 'like', `${setUpPrefix}%`)
    .execute();
}

/** Whether something about this subject waits until somebody has mended what is in its way. */
export async function isHeldUp(db: Db, subjectId: string, kind: NoticeKind): Promise<boolean> {
  const row = await db
    .selectFrom('notices')
    .select('id')
    .where('subject_id', '=', subjectId)
    .where('kind', '=', kind)
    .where('state', '=', 'owed')
    .where('problem', 'like', `${setUpPrefix}%`)
    .executeTakeFirst();
  return row !== undefined;
}

/** Of an alert that only the owner has got: a moderator is still to hear of it. */
const toldOwner = 'told-owner';

/** Alerts of a guild that its staff channel could not take and no moderator has heard, oldest first. */
export async function listUnheardAlerts(db: Db, guildId: string): Promise<Notice[]> {
  return await db
    .selectFrom('notices')
    .selectAll()
    .where('kind', '=', sql.lit<NoticeKind>('staff-alert'))
    .where('guild_id', '=', guildId)
    // Without a key it has been mended.
    .where('dedupe_key', 'is not', null)
    .where((is) =>
      is.or([
        is.and([is('state', '=', owed), is('message_id', 'is', null), is('problem', 'like', `${setUpPrefix}%`)]),
        is.and([is('state', '=', 'delivered'), is('problem', '=', toldOwner)]),
      ]),
    )
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** Alerts that a moderator has heard in another way: they are not posted any more, nor raised again before they are mended. */
export async function markAlertsHeard(db: Db, ids: readonly string[]): Promise<void> {
  await db
    .updateTable('notices')
    .set({ state: 'read' })
    .where('id', 'in', ids)
    .where('state', 'in', ['owed', 'delivered'])
    .execute();
}

/** The moderator may not have heard after all. */
export async function markAlertsUnheard(db: Db, ids: readonly string[]): Promise<void> {
  await db
    .updateTable('notices')
    .set({ state: sql<NoticeState>`case when message_id is null then 'owed' else 'delivered' end` })
    .where('id', 'in', ids)
    .where('state', '=', 'read')
    .execute();
}

/** Notes of an alert just delivered that the owner got it in place of the staff channel. */
export async function noteOwnerTold(trx: Trx, id: string): Promise<void> {
  await trx.updateTable('notices').set({ problem: toldOwner }).where('id', '=', id).execute();
}

/** Orders to give or take roles of this member that are still to be carried out, oldest first. */
export async function listOwedRoles(db: Db, guildId: string, userId: string): Promise<Pick<Notice, 'detail'>[]> {
  return await db
    .selectFrom('notices')
    .select('detail')
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('kind', '=', 'member-roles')
    .where('state', '=', 'owed')
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** Orders about one role of this member that are still to be carried out, and those that were since a moment; the latest first. */
export async function listRoleOrders(db: Db, guildId: string, userId: string, since: Instant): Promise<Notice[]> {
  return await db
    .selectFrom('notices')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('kind', '=', 'member-roles')
    .where('detail', 'is not', null)
    .where((is) =>
      is.or([is('state', '=', 'owed'), is.and([is('state', '=', 'delivered'), is('delivered_at', '>', since)])]),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/** An order about a role says something else from now on; one that is in hand is carried out again, not before `rested`. */
export async function changeRoleOrder(
  trx: Trx,
  notice: Pick<Notice, 'id'>,
  detail: string,
  rested: Instant,
  at: Instant,
): Promise<void> {
  await trx
    .updateTable('notices')
    .set({
      detail,
      revision: sql<number>`revision + 1`,
      due_at: sql<Instant>`case when claimed_until > ${at} then ${rested} else due_at end`,
    })
    .where('id', '=', notice.id)
    .where('state', '=', 'owed')
    .execute();
}

/** Lets an alert be raised again: what it told of has been mended. */
export async function forgetAlerts(db: Db, keys: readonly string[]): Promise<void> {
  await db.updateTable('notices').set({ dedupe_key: null }).where('dedupe_key', 'in', keys).execute();
}

/** What could not be sent to this person and was not read yet, oldest first. */
export async function listUndelivered(db: Db, guildId: string, userId: string): Promise<Notice[]> {
  return await db
    .selectFrom('notices')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('state', '=', 'undeliverable')
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** Marks one of this person's undelivered notices as read. Returns false when it is not theirs or not waiting. */
export async function markNoticeRead(db: Db, id: string, userId: string): Promise<boolean> {
  const result = await db
    .updateTable('notices')
    .set({ state: 'read' })
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where('state', '=', 'undeliverable')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/**
 * Looks whether so many messages of a channel were published since a moment.
 * @returns when the earliest of the last `most` was; undefined while there were fewer.
 */
export async function findCrosspostPlace(
  db: Db,
  channelId: string,
  since: Instant,
  most: number,
): Promise<Instant | undefined> {
  const rows = await db
    .selectFrom('notices')
    .select('delivered_at')
    .where('kind', '=', sql.lit<NoticeKind>('crosspost'))
    .where('channel_id', '=', channelId)
    .where('delivered_at', '>', since)
    .orderBy('delivered_at', 'desc')
    .limit(most)
    .execute();
  return rows.length < most ? undefined : (rows.at(-1)?.delivered_at ?? undefined);
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
      .orderBy('due_at')
      .limit(1),
  );
}
