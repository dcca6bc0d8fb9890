/** What posts hold on one member, to be handed out or to be removed. */
import { type Selectable, sql } from 'kysely';
import type { Instant } from '../../time.ts';
import { forgetContentAuthor } from '../guild-contents.ts';
import { keepSuggestions, type Keeper } from '../protections.ts';
import type { Db, Trx } from '../open.ts';
import { deleteParticipationsOf } from '../participations.ts';
import { forgetScheduleAuthor } from '../schedules.ts';
import {
  type AnnouncementsTable,
  deletedUser,
  type GuildContentsTable,
  type ParticipationsTable,
  type SchedulesTable,
} from '../schema.ts';
import { reviseWhere } from '../notices/write.ts';

/** What is held. */
export interface HeldInPosts {
  /** What they announced as a moderator, wrote or confirmed, and what they have in hand. */
  readonly announcements: Selectable<AnnouncementsTable>[];
  /** Schedules of posts that they added, or changed last, as a moderator. */
  readonly schedules: Selectable<SchedulesTable>[];
  /** Tips and prompts that they wrote or suggested. */
  readonly contents: Selectable<GuildContentsTable>[];
  /** Prompts that they said they did. */
  readonly participations: Selectable<ParticipationsTable>[];
}

/** Reads everything that posts hold on a member, oldest first. */
export async function listHeldInPosts(db: Db, guildId: string, userId: string): Promise<HeldInPosts> {
  return {
    announcements: await db
      .selectFrom('announcements')
      .selectAll()
      .where('guild_id', '=', guildId)
      .where((is) => is.or([is('author_id', '=', userId), is('sender_id', '=', userId)]))
      .orderBy('created_at')
      .execute(),
    schedules: await db
      .selectFrom('schedules')
      .selectAll()
      .where('guild_id', '=', guildId)
      .where((is) => is.or([is('created_by', '=', userId), is('chooser_id', '=', userId)]))
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
  };
}

/**
 * Messages to others about what this member suggested are owed an edit, and posts that count them: they are then written
 * without the name. Call it before the rows lose it, while it can be told which they are.
 */
export async function reviseNoticesOfPosts(trx: Trx, guildId: string, userId: string, at: Instant): Promise<void> {
  const written = trx
    .selectFrom('guild_contents')
    .select('id')
    .where('guild_id', '=', guildId)
    // Cards for moderators also say who decided.
    .where((is) => is.or([is('author_id', '=', userId), is('decided_by', '=', userId)]));
  const counted = trx
    .selectFrom('participations')
    .select('slot_id as id')
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId);
  await reviseWhere(trx, at).where('subject_id', 'in', written.unionAll(counted)).execute();
  const announced = trx
    .selectFrom('announcements')
    .select((row) =>
      sql<string>`'staff-alert:' || ${row.ref('guild_id')} || ':announcement-not-posted:' || ${row.ref('id')}`.as(
        'key',
      ),
    )
    .where('guild_id', '=', guildId)
    .where('author_id', '=', userId);
  await reviseWhere(trx, at).where('dedupe_key', 'in', announced).execute();
}

/**
 * Removes what posts hold on a member, and takes their name out of what the guild keeps. How much of theirs waited for
 * moderators stays for a month, by keyed hash: deleting makes no room for more.
 * @returns whether there was anything.
 */
export async function eraseFromPosts(trx: Trx, keeper: Keeper, guildId: string, userId: string): Promise<boolean> {
  await keepSuggestions(trx, keeper, { guildId, userId });
  const announced = await trx
    .updateTable('announcements')
    .set({ author_id: deletedUser })
    .where('guild_id', '=', guildId)
    .where('author_id', '=', userId)
    .where('state', '!=', 'draft')
    .executeTakeFirst();
  const drafts = await trx
    .deleteFrom('announcements')
    .where('guild_id', '=', guildId)
    .where('author_id', '=', userId)
    .where('state', '=', 'draft')
    .executeTakeFirst();
  const confirmed = await trx
    .updateTable('announcements')
    .set({ sender_id: null })
    .where('guild_id', '=', guildId)
    .where('sender_id', '=', userId)
    .executeTakeFirst();
  const rows = [
    announced.numUpdatedRows,
    confirmed.numUpdatedRows,
    drafts.numDeletedRows,
    await forgetScheduleAuthor(trx, guildId, userId),
    await forgetContentAuthor(trx, guildId, userId),
    await deleteParticipationsOf(trx, guildId, userId),
  ];
  return rows.some((count) => count > 0n);
}
