/** Office hours: occasions of mentors, who comes, and what they would like to ask. */
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Instant } from '../time.ts';
import type { Stretch } from './figures.ts';
import type { Whose } from './members.ts';
import type { Db, Trx } from './open.ts';
import { owned } from './owned.ts';
import { deletedUser, type OfficeHoursTable, type OfficePeopleTable, type OfficeQuestionsTable } from './schema.ts';

export type OfficeHour = Selectable<OfficeHoursTable>;
export type OfficePerson = Selectable<OfficePeopleTable>;
export type OfficeQuestion = Selectable<OfficeQuestionsTable>;

/** Written out, not bound: only then does SQLite see that a partial index fits. */
const isPlanned = sql<boolean>`office_hours.state = 'planned'`;

export async function insertOfficeHour(trx: Trx, hour: Insertable<OfficeHoursTable>): Promise<void> {
  await trx.insertInto('office_hours').values(hour).execute();
}

export async function findOfficeHour(db: Db, id: string): Promise<OfficeHour | undefined> {
  return await db.selectFrom('office_hours').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Those of a guild that are not over, in the order in which they begin. */
export async function listOfficeHours(db: Db, guildId: string): Promise<OfficeHour[]> {
  return await db
    .selectFrom('office_hours')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where(isPlanned)
    .orderBy('starts_at')
    .orderBy('id')
    .execute();
}

/** How many a mentor has offered since a moment, whatever became of them. */
export async function countOffered(db: Db, { guildId, userId }: Whose, since: Instant): Promise<number> {
  const { count } = await db
    .selectFrom('office_hours')
    .select((select) => select.fn.countAll().as('count'))
    .where('guild_id', '=', guildId)
    .where('mentor_id', '=', userId)
    .where('created_at', '>', since)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Those that have something before them by now, where the bot is. */
export async function listDueOfficeHours(db: Db, at: Instant, limit: number): Promise<OfficeHour[]> {
  return await db
    .selectFrom('office_hours')
    .innerJoin('guilds', 'guilds.id', 'office_hours.guild_id')
    .selectAll('office_hours')
    .where(isPlanned)
    .where('office_hours.step_at', '<=', at)
    .where('guilds.left_at', 'is', null)
    .$call(owned(db, 'office_hours.guild_id'))
    .orderBy('office_hours.step_at')
    .orderBy('office_hours.id')
    .limit(limit)
    .execute();
}

/** Changes one that is planned. Returns false when it is over meanwhile. */
export async function changeOfficeHour(
  trx: Trx,
  id: string,
  to: Partial<Omit<OfficeHour, 'id' | 'guild_id' | 'mentor_id'>>,
): Promise<boolean> {
  const result = await trx
    .updateTable('office_hours')
    .set(to)
    .where('id', '=', id)
    .where('state', '=', 'planned')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Who has a place and who waits, in the order in which they came. */
export async function listOfficePeople(db: Db, hourId: string): Promise<OfficePerson[]> {
  return await db
    .selectFrom('office_people')
    .selectAll()
    .where('hour_id', '=', hourId)
    .orderBy('since')
    .orderBy('user_id')
    .execute();
}

/** Where somebody has a place or waits, of what is not over. */
export async function listOwnPlaces(
  db: Db,
  { guildId, userId }: Whose,
): Promise<(OfficePerson & Pick<OfficeHour, 'starts_at' | 'ends_at' | 'mentor_id'>)[]> {
  return await db
    .selectFrom('office_people')
    .innerJoin('office_hours', 'office_hours.id', 'office_people.hour_id')
    .selectAll('office_people')
    .select(['office_hours.starts_at', 'office_hours.ends_at', 'office_hours.mentor_id'])
    .where('office_people.guild_id', '=', guildId)
    .where('office_people.user_id', '=', userId)
    .where(isPlanned)
    .orderBy('office_hours.starts_at')
    .orderBy('office_people.hour_id')
    .execute();
}

/** Puts somebody on the list. Returns false when they are on it. */
export async function insertOfficePerson(trx: Trx, person: Insertable<OfficePeopleTable>): Promise<boolean> {
  const result = await trx
    .insertInto('office_people')
    .values(person)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Gives a place to somebody who waits. Returns false when they do not any more. */
export async function giveOfficePlace(trx: Trx, hourId: string, userId: string): Promise<boolean> {
  const result = await trx
    .updateTable('office_people')
    .set({ state: 'in' })
    .where('hour_id', '=', hourId)
    .where('user_id', '=', userId)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Notes that somebody on the list says they were there. Returns false when they are not on it, or said so before. */
export async function markHere(trx: Trx, hourId: string, userId: string, at: Instant): Promise<boolean> {
  const result = await trx
    .updateTable('office_people')
    .set({ here_at: at })
    .where('hour_id', '=', hourId)
    .where('user_id', '=', userId)
    .where('here_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Takes somebody off the list, and their question with them. Returns false when they were not on it. */
export async function deleteOfficePerson(trx: Trx, hourId: string, userId: string): Promise<boolean> {
  await deleteQuestion(trx, hourId, userId);
  const result = await trx
    .deleteFrom('office_people')
    .where('hour_id', '=', hourId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/** Stores what somebody would like to ask, in place of what they asked before. */
export async function upsertQuestion(trx: Trx, question: Insertable<OfficeQuestionsTable>): Promise<void> {
  const { words, named, asked_at } = question;
  await trx
    .insertInto('office_questions')
    .values(question)
    .onConflict((conflict) => conflict.columns(['hour_id', 'user_id']).doUpdateSet({ words, named, asked_at }))
    .execute();
}

export async function findQuestion(db: Db, hourId: string, userId: string): Promise<OfficeQuestion | undefined> {
  return await db
    .selectFrom('office_questions')
    .selectAll()
    .where('hour_id', '=', hourId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
}

/** A question by its id. */
export async function findQuestionById(db: Db, id: string): Promise<OfficeQuestion | undefined> {
  return await db.selectFrom('office_questions').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Takes somebody's question back. Returns false when there was none. */
export async function deleteQuestion(trx: Trx, hourId: string, userId: string): Promise<boolean> {
  const result = await trx
    .deleteFrom('office_questions')
    .where('hour_id', '=', hourId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/** What people would like to ask, by the ids of the questions: their order says nothing about who came when. */
export async function listQuestions(db: Db, hourId: string): Promise<OfficeQuestion[]> {
  return await db.selectFrom('office_questions').selectAll().where('hour_id', '=', hourId).orderBy('id').execute();
}

/** Everybody who said that they were at an occasion of a guild that ended within a stretch. */
export async function listHelped(
  db: Db,
  guildId: string,
  { from, to }: Stretch,
): Promise<{ readonly mentor_id: string; readonly user_id: string }[]> {
  return await db
    .selectFrom('office_hours')
    .innerJoin('office_people', 'office_people.hour_id', 'office_hours.id')
    .select(['office_hours.mentor_id', 'office_people.user_id'])
    .where('office_hours.guild_id', '=', guildId)
    .where(sql<boolean>`office_hours.state = 'held'`)
    .where('office_hours.ends_at', '>=', from)
    .where('office_hours.ends_at', '<', to)
    .where('office_people.here_at', 'is not', null)
    .orderBy('office_hours.ends_at')
    .orderBy('office_hours.id')
    .orderBy('office_people.user_id')
    .execute();
}

/** What somebody offered, where they had a place, and what they asked, oldest first. */
export async function listHeldInOfficeHours(db: Db, { guildId, userId }: Whose) {
  return {
    offered: await db
      .selectFrom('office_hours')
      .selectAll()
      .where('guild_id', '=', guildId)
      .where('mentor_id', '=', userId)
      .orderBy('created_at')
      .orderBy('id')
      .execute(),
    joined: await db
      .selectFrom('office_people')
      .innerJoin('office_hours', 'office_hours.id', 'office_people.hour_id')
      .selectAll('office_people')
      .select(['office_hours.starts_at', 'office_hours.topic'])
      .where('office_people.guild_id', '=', guildId)
      .where('office_people.user_id', '=', userId)
      .orderBy('office_people.since')
      .orderBy('office_people.hour_id')
      .execute(),
    asked: await db
      .selectFrom('office_questions')
      .selectAll()
      .where('guild_id', '=', guildId)
      .where('user_id', '=', userId)
      .orderBy('asked_at')
      .orderBy('id')
      .execute(),
  };
}

/** Removes somebody from every list, what they asked, and their name and words from what they offered. Returns whether there was anything. */
export async function eraseFromOfficeHours(trx: Trx, { guildId, userId }: Whose): Promise<boolean> {
  const gone = [
    await trx
      .deleteFrom('office_questions')
      .where('guild_id', '=', guildId)
      .where('user_id', '=', userId)
      .executeTakeFirst(),
    await trx
      .deleteFrom('office_people')
      .where('guild_id', '=', guildId)
      .where('user_id', '=', userId)
      .executeTakeFirst(),
  ];
  const offered = await trx
    .updateTable('office_hours')
    .set({ mentor_id: deletedUser, topic: '' })
    .where('guild_id', '=', guildId)
    .where('mentor_id', '=', userId)
    .executeTakeFirst();
  return gone.some(({ numDeletedRows }) => numDeletedRows > 0n) || offered.numUpdatedRows > 0n;
}

/**
 * Removes what is old of occasions that are over: first what was asked and who did not say that they were there, at last
 * all. Returns how many rows went.
 */
export async function deleteOldOfficeHours(
  db: Db,
  before: { readonly words: Instant; readonly all: Instant },
  limit: number,
): Promise<number> {
  const over = (at: Instant) =>
    db
      .selectFrom('office_hours')
      .select('office_hours.id')
      .where(sql<boolean>`office_hours.closed_at is not null`)
      .where('office_hours.closed_at', '<=', at);
  const questions = await db
    .deleteFrom('office_questions')
    .where('id', 'in', (ids) =>
      ids.selectFrom('office_questions').select('id').where('hour_id', 'in', over(before.words)).limit(limit),
    )
    .executeTakeFirst();
  // Some of one occasion at a time would need its key in two columns: there are twenty with a place, and those who wait.
  const people = await db
    .deleteFrom('office_people')
    .where('here_at', 'is', null)
    .where('hour_id', 'in', (ids) =>
      ids
        .selectFrom('office_hours')
        .select('office_hours.id')
        .where(sql<boolean>`office_hours.closed_at is not null`)
        .where('office_hours.closed_at', '<=', before.words)
        .where((is) =>
          is.exists(
            is
              .selectFrom('office_people')
              .select('office_people.user_id')
              .whereRef('office_people.hour_id', '=', 'office_hours.id')
              .where('office_people.here_at', 'is', null),
          ),
        )
        .limit(limit),
    )
    .executeTakeFirst();
  const hours = await db.deleteFrom('office_hours').where('id', 'in', over(before.all).limit(limit)).executeTakeFirst();
  return Number(questions.numDeletedRows + people.numDeletedRows + hours.numDeletedRows);
}
