/** What is held on a member in how their mentorships go: meetings, questions, goals, a word at the end. */
import type { Selectable } from 'kysely';
import type { Db, Trx } from '../open.ts';
import {
  type CheckInsTable,
  type ClosingsTable,
  deletedUser,
  type GoalsTable,
  type MeetingsTable,
  type ReminderWishesTable,
} from '../schema.ts';

interface Whose {
  readonly guildId: string;
  readonly userId: string;
}

/** What is held, oldest first. */
export interface HeldInMentorshipLife {
  readonly meetings: (Selectable<MeetingsTable> & { readonly mentor_id: string; readonly mentee_id: string })[];
  readonly checkIns: Selectable<CheckInsTable>[];
  readonly goals: Selectable<GoalsTable>[];
  /** What they said at an end; what is for moderators only among it, since they said it. */
  readonly closings: Selectable<ClosingsTable>[];
  /** Words to them that they kept. */
  readonly kept: Selectable<ClosingsTable>[];
  readonly reminders: Selectable<ReminderWishesTable> | undefined;
}

/** Reads it. */
export async function listHeldInMentorshipLife(db: Db, { guildId, userId }: Whose): Promise<HeldInMentorshipLife> {
  const ofTheirs = db
    .selectFrom('mentorships')
    .select('id')
    .where('guild_id', '=', guildId)
    .where((is) => is.or([is('mentor_id', '=', userId), is('mentee_id', '=', userId)]));
  return {
    meetings: await db
      .selectFrom('meetings')
      .innerJoin('mentorships', 'mentorships.id', 'meetings.mentorship_id')
      .selectAll('meetings')
      .select(['mentorships.mentor_id', 'mentorships.mentee_id'])
      .where('meetings.mentorship_id', 'in', ofTheirs)
      .orderBy('meetings.proposed_at')
      .orderBy('meetings.id')
      .execute(),
    checkIns: await db
      .selectFrom('check_ins')
      .selectAll()
      .where('guild_id', '=', guildId)
      .where('user_id', '=', userId)
      .orderBy('asked_at')
      .execute(),
    // Both see them, whoever worded them.
    goals: await db
      .selectFrom('goals')
      .selectAll()
      .where('mentorship_id', 'in', ofTheirs)
      .orderBy('created_at')
      .execute(),
    closings: await db
      .selectFrom('closings')
      .selectAll()
      .where('guild_id', '=', guildId)
      .where('user_id', '=', userId)
      .orderBy('filled_at')
      .execute(),
    kept: await db
      .selectFrom('closings')
      .selectAll()
      .where('guild_id', '=', guildId)
      .where('to_id', '=', userId)
      .where('kept_at', 'is not', null)
      .orderBy('filled_at')
      .execute(),
    reminders: await db
      .selectFrom('reminder_wishes')
      .selectAll()
      .where('guild_id', '=', guildId)
      .where('user_id', '=', userId)
      .executeTakeFirst(),
  };
}

/**
 * Removes what a member wrote and was asked. The partner keeps that there were meetings, and when. Call it while their
 * mentorships still name them.
 * @returns whether there was anything.
 */
export async function eraseFromMentorshipLife(trx: Trx, guildId: string, userId: string): Promise<boolean> {
  const as = (role: 'mentor' | 'mentee') =>
    trx
      .selectFrom('mentorships')
      .select('id')
      .where('guild_id', '=', guildId)
      .where(role === 'mentor' ? 'mentor_id' : 'mentee_id', '=', userId);
  const changed: bigint[] = [];
  for (const role of ['mentor', 'mentee'] as const) {
    const lines = trx.updateTable('meetings').set({ line: null, line_by: null }).where('line_by', '=', role);
    changed.push((await lines.where('mentorship_id', 'in', as(role)).executeTakeFirst()).numUpdatedRows);
    // Whose address it was is not known.
    const places = trx.updateTable('meetings').set({ place: null }).where('place', 'is not', null);
    changed.push((await places.where('mentorship_id', 'in', as(role)).executeTakeFirst()).numUpdatedRows);
  }
  const theirs = trx.updateTable('closings').set({ to_id: deletedUser, due_at: null, kept_at: null });
  changed.push(
    (await theirs.where('guild_id', '=', guildId).where('to_id', '=', userId).executeTakeFirst()).numUpdatedRows,
  );
  for (const table of ['check_ins', 'goals', 'closings', 'reminder_wishes'] as const) {
    const gone = trx.deleteFrom(table).where('guild_id', '=', guildId).where('user_id', '=', userId);
    changed.push((await gone.executeTakeFirst()).numDeletedRows);
  }
  return changed.some((rows) => rows > 0n);
}
