/** What notices speak of, read by id. */
import type { Selectable } from 'kysely';
import type { Db } from './open.ts';
import type { MentorshipsTable, RequestsTable } from './schema.ts';

type MentorRequest = Selectable<RequestsTable>;
type Mentorship = Selectable<MentorshipsTable>;

/** The request that a notice speaks of; undefined when it was deleted. */
export async function findRequestSubject(db: Db, id: string | null): Promise<MentorRequest | undefined> {
  if (id === null) return undefined;
  return await db.selectFrom('requests').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The mentorship that a notice speaks of; undefined when it was deleted. */
export async function findMentorshipSubject(db: Db, id: string | null): Promise<Mentorship | undefined> {
  if (id === null) return undefined;
  return await db.selectFrom('mentorships').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The request that this mentee is waiting on now, if any. */
export async function findPendingRequestOf(
  db: Db,
  guildId: string,
  menteeId: string,
): Promise<MentorRequest | undefined> {
  return await db
    .selectFrom('requests')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('mentee_id', '=', menteeId)
    .where('state', '=', 'pending')
    .executeTakeFirst();
}

/** The requests that wait for this mentor's answer, the one that expires first first. */
export async function listRequestsWaitingFor(db: Db, guildId: string, mentorId: string): Promise<MentorRequest[]> {
  return await db
    .selectFrom('requests')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('mentor_id', '=', mentorId)
    .where('state', '=', 'pending')
    .orderBy('expires_at')
    .orderBy('id')
    .execute();
}

/** Notes where a pair's thread is. Returns false when another is noted already. */
export async function recordThread(db: Db, mentorshipId: string, threadId: string): Promise<boolean> {
  const result = await db
    .updateTable('mentorships')
    .set({ thread_id: threadId })
    .where('id', '=', mentorshipId)
    .where('thread_id', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** The mentorship that this mentee is in now, if any. */
export async function findLiveMentorshipOf(db: Db, guildId: string, menteeId: string): Promise<Mentorship | undefined> {
  return await db
    .selectFrom('mentorships')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('mentee_id', '=', menteeId)
    .where('state', 'in', ['active', 'paused'])
    .executeTakeFirst();
}
