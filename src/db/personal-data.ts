/** Everything that the tables hold on one member, to be handed out or to be removed. */
import { sql, type Selectable } from 'kysely';
import type { Instant } from '../time.ts';
import { reviseWhere } from './notices.ts';
import type { Db, Trx } from './open.ts';
import { guildLeft } from './guilds.ts';
import {
  type AnnouncementsTable,
  type AuditTable,
  deletedUser,
  type GuildContentsTable,
  type MentorshipsTable,
  type NoticeKind,
  type NoticesTable,
  type NoticeState,
  type ParticipationsTable,
  type RequestsTable,
  type SchedulesTable,
} from './schema.ts';
import { eraseFromRounds, type HeldInRounds, listHeldInRounds } from './round-personal-data.ts';
import { forgetContentAuthor } from './guild-contents.ts';
import { deleteParticipationsOf } from './participations.ts';
import { forgetScheduleAuthor } from './schedules.ts';
import { findSuspension, keepSuspension } from './suspensions.ts';

/** What is held beside the member's row and profiles. */
export interface HeldRows extends HeldInRounds {
  readonly requestsMade: Selectable<RequestsTable>[];
  /** Only those that reached them: what is still queued is the mentee's own plan. */
  readonly requestsReceived: Selectable<RequestsTable>[];
  readonly mentorships: Selectable<MentorshipsTable>[];
  readonly waitingSince: Instant | null;
  /** Since when they are suspended as a mentor, where that is all that is left of the profile. */
  readonly suspendedSince: Instant | null;
  /** Whom they blocked; who blocked them is not theirs to know. */
  readonly blocks: { blocked_id: string; created_at: Instant }[];
  readonly notices: Selectable<NoticesTable>[];
  /** Mentors about whom they decided as a moderator. */
  readonly decisions: { user_id: string; verification: string; verified_at: Instant | null }[];
  /** What they announced as a moderator, and what they have in hand. */
  readonly announcements: Selectable<AnnouncementsTable>[];
  /** Schedules of posts that they added as a moderator. */
  readonly schedules: Selectable<SchedulesTable>[];
  /** Tips and prompts that they wrote or suggested. */
  readonly contents: Selectable<GuildContentsTable>[];
  /** Prompts that they said they did. */
  readonly participations: Selectable<ParticipationsTable>[];
  /** What they did as a moderator, and what moderators did about them. */
  readonly acts: Selectable<AuditTable>[];
}

/** Reads everything that is held on a member, oldest first. */
export async function listHeldRows(db: Db, guildId: string, userId: string): Promise<HeldRows> {
  const requests = () => db.selectFrom('requests').selectAll().where('guild_id', '=', guildId).orderBy('created_at');
  const waiting = await db
    .selectFrom('waitlist')
    .select('joined_at')
    .where('guild_id', '=', guildId)
    .where('mentee_id', '=', userId)
    .executeTakeFirst();
  return {
    ...(await listHeldInRounds(db, guildId, userId)),
    requestsMade: await requests().where('mentee_id', '=', userId).execute(),
    requestsReceived: await requests().where('mentor_id', '=', userId).where('sent_at', 'is not', null).execute(),
    mentorships: await db
      .selectFrom('mentorships')
      .selectAll()
      .where('guild_id', '=', guildId)
      .where((is) => is.or([is('mentor_id', '=', userId), is('mentee_id', '=', userId)]))
      .orderBy('started_at')
      .execute(),
    waitingSince: waiting?.joined_at ?? null,
    suspendedSince: (await findSuspension(db, guildId, userId)) ?? null,
    blocks: await db
      .selectFrom('blocks')
      .select(['blocked_id', 'created_at'])
      .where('guild_id', '=', guildId)
      .where('member_id', '=', userId)
      .orderBy('created_at')
      .execute(),
    notices: await db
      .selectFrom('notices')
      .selectAll()
      .where('guild_id', '=', guildId)
      .where('user_id', '=', userId)
      .orderBy('created_at')
      .execute(),
    decisions: await db
      .selectFrom('profiles')
      .select(['user_id', 'verification', 'verified_at'])
      .where('guild_id', '=', guildId)
      .where('verified_by', '=', userId)
      .orderBy('verified_at')
      .execute(),
    announcements: await db
      .selectFrom('announcements')
      .selectAll()
      .where('guild_id', '=', guildId)
      .where('author_id', '=', userId)
      .orderBy('created_at')
      .execute(),
    schedules: await db
      .selectFrom('schedules')
      .selectAll()
      .where('guild_id', '=', guildId)
      .where('created_by', '=', userId)
      .orderBy('created_at')
      .execute(),
    contents: await db
      .selectFrom('guild_contents')
      .selectAll()
      .where('guild_id', '=', guildId)
      .where('author_id', '=', userId)
      .orderBy('created_at')
      .execute(),
    participations: await db
      .selectFrom('participations')
      .selectAll()
      .where('guild_id', '=', guildId)
      .where('user_id', '=', userId)
      .orderBy('created_at')
      .execute(),
    acts: await db
      .selectFrom('audit')
      .selectAll()
      .where('guild_id', '=', guildId)
      .where((is) => is.or([is('actor_id', '=', userId), is('subject_id', '=', userId)]))
      .orderBy('at')
      .execute(),
  };
}

/**
 * Messages to others about this member's requests, mentorships and suggestions are owed an edit, and posts that count
 * them: they are then written without the name, and without them. Call it before `eraseMember`, while it can be told which they are.
 */
export async function reviseNoticesAbout(trx: Trx, guildId: string, userId: string, at: Instant): Promise<void> {
  const ofTheirs = (table: 'requests' | 'mentorships') =>
    trx
      .selectFrom(table)
      .select('id')
      .where('guild_id', '=', guildId)
      .where((is) => is.or([is('mentor_id', '=', userId), is('mentee_id', '=', userId)]));
  const written = trx
    .selectFrom('guild_contents')
    .select('id')
    .where('guild_id', '=', guildId)
    .where('author_id', '=', userId);
  const counted = trx
    .selectFrom('participations')
    .select('slot_id as id')
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId);
  const subjects = ofTheirs('requests').unionAll(ofTheirs('mentorships')).unionAll(written).unionAll(counted);
  await reviseWhere(trx, at).where('subject_id', 'in', subjects).execute();
}

/**
 * Removes everything that is held on a member in a guild, and takes their name and words out of what a partner keeps.
 * Requests and mentorships have to be closed before: the indexes know one live one per mentee.
 * Who blocked them stays, and that they are suspended as a mentor: both protect somebody else.
 * @returns whether there was anything.
 */
export async function eraseMember(trx: Trx, guildId: string, userId: string): Promise<boolean> {
  await keepSuspension(trx, guildId, userId);
  const results = [
    await trx
      .updateTable('requests')
      .set({ mentee_id: deletedUser, message: '', decline_note: null })
      .where('guild_id', '=', guildId)
      .where('mentee_id', '=', userId)
      .executeTakeFirst(),
    await trx
      .updateTable('requests')
      .set({ mentor_id: deletedUser, decline_note: null })
      .where('guild_id', '=', guildId)
      .where('mentor_id', '=', userId)
      .executeTakeFirst(),
    await trx
      .updateTable('mentorships')
      .set({ mentee_id: deletedUser })
      .where('guild_id', '=', guildId)
      .where('mentee_id', '=', userId)
      .executeTakeFirst(),
    await trx
      .updateTable('mentorships')
      .set({ mentor_id: deletedUser })
      .where('guild_id', '=', guildId)
      .where('mentor_id', '=', userId)
      .executeTakeFirst(),
    await trx
      .updateTable('profiles')
      .set({ verified_by: null })
      .where('guild_id', '=', guildId)
      .where('verified_by', '=', userId)
      .executeTakeFirst(),
    await trx
      .updateTable('announcements')
      .set({ author_id: deletedUser })
      .where('guild_id', '=', guildId)
      .where('author_id', '=', userId)
      .where('state', '!=', 'draft')
      .executeTakeFirst(),
    await trx
      .updateTable('audit')
      .set({ actor_id: deletedUser })
      .where('guild_id', '=', guildId)
      .where('actor_id', '=', userId)
      .executeTakeFirst(),
    // What was wished of a pair names both.
    await trx
      .updateTable('audit')
      .set({ detail: sql<string>`replace(detail, ${userId}, ${deletedUser})` })
      .where('guild_id', '=', guildId)
      .where('detail', 'like', `%${userId}%`)
      .executeTakeFirst(),
    await trx
      .updateTable('audit')
      .set({ subject_id: deletedUser })
      .where('guild_id', '=', guildId)
      .where('subject_id', '=', userId)
      .executeTakeFirst(),
  ].map((result) => result.numUpdatedRows);
  results.push(await forgetScheduleAuthor(trx, guildId, userId));
  results.push(await forgetContentAuthor(trx, guildId, userId), await deleteParticipationsOf(trx, guildId, userId));
  // An order to take or give roles that is still to be carried out is needed for that, and says nothing but who.
  await trx
    .deleteFrom('notices')
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .where('kind', '=', 'member-roles')
    .where('state', '!=', 'owed')
    .execute();
  const deleted = [
    await trx
      .deleteFrom('announcements')
      .where('guild_id', '=', guildId)
      .where('author_id', '=', userId)
      .where('state', '=', 'draft')
      .executeTakeFirst(),
    await trx.deleteFrom('waitlist').where('guild_id', '=', guildId).where('mentee_id', '=', userId).executeTakeFirst(),
    await trx.deleteFrom('blocks').where('guild_id', '=', guildId).where('member_id', '=', userId).executeTakeFirst(),
    await trx
      .deleteFrom('notices')
      .where('guild_id', '=', guildId)
      .where('user_id', '=', userId)
      .where('kind', '!=', 'member-roles')
      .executeTakeFirst(),
    // Takes the profiles with it.
    await trx.deleteFrom('members').where('guild_id', '=', guildId).where('user_id', '=', userId).executeTakeFirst(),
  ].map((result) => result.numDeletedRows);
  const inRounds = await eraseFromRounds(trx, guildId, userId);
  return [...results, ...deleted, inRounds].some((rows) => rows > 0n);
}

/**
 * Removes orders to take or give roles that were carried out or have nothing left to do: they say nothing that anybody
 * wants to know, and are the last trace of those who deleted their data. What a guild without the bot is owed stays for
 * those of its members who do. Returns how many.
 */
export async function deleteSpentRoleOrders(db: Db): Promise<number> {
  const result = await db
    .deleteFrom('notices')
    // Written out, not bound: only then does SQLite see that the partial index `notices_spent_roles` fits.
    .where('kind', '=', sql.lit<NoticeKind>('member-roles'))
    .where('state', '<>', sql.lit<NoticeState>('owed'))
    .where((is) =>
      is.or([
        is('problem', 'is', null),
        is('problem', '<>', guildLeft),
        is.not(
          is.exists(
            is
              .selectFrom('members')
              .select(sql`1`.as('one'))
              .whereRef('members.guild_id', '=', 'notices.guild_id')
              .whereRef('members.user_id', '=', 'notices.user_id'),
          ),
        ),
      ]),
    )
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
