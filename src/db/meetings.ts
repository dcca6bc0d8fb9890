/** Meetings of mentorships. */
import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import type { MeetingsTable, MeetingState, MeetingWord, ProfileRole } from './schema.ts';

const options = z.array(z.string());

/** A meeting, its options read. */
export interface Meeting extends Omit<Selectable<MeetingsTable>, 'options'> {
  readonly options: readonly Instant[];
}

/** One that is agreed, or was. */
export type TimedMeeting = Meeting & { readonly starts_at: Instant; readonly ends_at: Instant };

function readMeeting(row: Selectable<MeetingsTable>): Meeting {
  return { ...row, options: row.options === null ? [] : options.parse(JSON.parse(row.options)) };
}

/** Pure: whether a meeting has a time. */
export function isTimed(meeting: Meeting): meeting is TimedMeeting {
  return meeting.starts_at !== null && meeting.ends_at !== null;
}

/** A meeting by its id. */
export async function findMeeting(db: Db, id: string): Promise<Meeting | undefined> {
  const row = await db.selectFrom('meetings').selectAll().where('id', '=', id).executeTakeFirst();
  return row && readMeeting(row);
}

/** Every meeting of a mentorship, the first to be proposed first. */
export async function listMeetings(db: Db, mentorshipId: string): Promise<Meeting[]> {
  const rows = await db
    .selectFrom('meetings')
    .selectAll()
    .where('mentorship_id', '=', mentorshipId)
    .orderBy('proposed_at')
    .orderBy('id')
    .execute();
  return rows.map(readMeeting);
}

const openStates = [sql.lit<MeetingState>('proposed'), sql.lit<MeetingState>('agreed')];

/** The meeting that is proposed or agreed; a mentorship has at most one. */
export async function findOpenMeeting(db: Db, mentorshipId: string): Promise<Meeting | undefined> {
  const row = await db
    .selectFrom('meetings')
    .selectAll()
    .where('mentorship_id', '=', mentorshipId)
    .where('state', 'in', openStates)
    .executeTakeFirst();
  return row && readMeeting(row);
}

/** Meetings of a guild that are agreed and have a place of their own; as in the index `meetings_placed`. */
const placedIn = (db: Db, guildId: string) =>
  db
    .selectFrom('meetings')
    .where('guild_id', '=', guildId)
    .where('state', '=', sql.lit<MeetingState>('agreed'))
    .where('place', 'is not', null);

/** The places, addresses and channels, in which something is agreed; an address begins with its scheme. */
export async function listPlaces(db: Db, guildId: string): Promise<string[]> {
  const rows = await placedIn(db, guildId)
    .select('place')
    .distinct()
    .orderBy('place', (order) => order.asc().nullsFirst())
    .execute();
  return rows.flatMap(({ place }) => place ?? []);
}

/** The meetings that are agreed in such a place. */
export async function listMeetingsIn(db: Db, guildId: string, place: string): Promise<Meeting[]> {
  const rows = await placedIn(db, guildId).selectAll().where('place', '=', place).orderBy('id').execute();
  return rows.map(readMeeting);
}

/** The agreed meetings of these people that are not over yet: then they are taken. */
export async function listAgreed(
  db: Db,
  guildId: string,
  userIds: readonly string[],
  after: Instant,
): Promise<(TimedMeeting & { readonly mentor_id: string; readonly mentee_id: string })[]> {
  const rows = await db
    .selectFrom('mentorships')
    .innerJoin('meetings', 'meetings.mentorship_id', 'mentorships.id')
    .selectAll('meetings')
    .select(['mentorships.mentor_id', 'mentorships.mentee_id'])
    .where('mentorships.guild_id', '=', guildId)
    .where((is) => is.or([is('mentorships.mentor_id', 'in', userIds), is('mentorships.mentee_id', 'in', userIds)]))
    .where('meetings.state', '=', sql.lit<MeetingState>('agreed'))
    .where('meetings.starts_at', 'is not', null)
    .where('meetings.ends_at', '>', after)
    .orderBy('meetings.starts_at')
    .execute();
  return rows.flatMap((row) => {
    const meeting = { ...readMeeting(row), mentor_id: row.mentor_id, mentee_id: row.mentee_id };
    return isTimed(meeting) ? [{ ...meeting, starts_at: meeting.starts_at, ends_at: meeting.ends_at }] : [];
  });
}

/** A meeting as it is first stored. */
type NewMeeting = Pick<
  Meeting,
  'id' | 'guild_id' | 'mentorship_id' | 'state' | 'proposed_by' | 'proposed_at' | 'minutes' | 'series_id' | 'options'
> &
  Partial<
    Pick<
      Meeting,
      | 'starts_at'
      | 'ends_at'
      | 'agreed_at'
      | 'sequence'
      | 'place'
      | 'mentor_says'
      | 'mentee_says'
      | 'said_at'
      | 'line'
      | 'line_by'
      | 'closed_at'
    >
  >;

/** Stores a meeting. Returns false while another of the mentorship is open. */
export async function insertMeeting(trx: Trx, meeting: NewMeeting): Promise<boolean> {
  const result = await trx
    .insertInto('meetings')
    .values({ ...meeting, options: writeOptions(meeting.options) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

function writeOptions(times: readonly Instant[]): string | null {
  return times.length === 0 ? null : JSON.stringify(times);
}

/** What may change of a meeting. */
type MeetingChange = Partial<
  Pick<
    Meeting,
    | 'state'
    | 'proposed_by'
    | 'proposed_at'
    | 'minutes'
    | 'options'
    | 'starts_at'
    | 'ends_at'
    | 'agreed_at'
    | 'place'
    | 'said_at'
    | 'closed_at'
    | 'mentor_says'
    | 'mentee_says'
  >
>;

/**
 * Changes a meeting, from exactly the state that the caller saw.
 * @returns it as it now is, or undefined when it was no longer in that state.
 */
export async function changeMeeting(
  trx: Trx,
  id: string,
  from: MeetingState,
  { options: times, ...change }: MeetingChange,
): Promise<Meeting | undefined> {
  const row = await trx
    .updateTable('meetings')
    .set({ ...change, ...(times === undefined ? {} : { options: writeOptions(times) }) })
    .where('id', '=', id)
    .where('state', '=', from)
    .returningAll()
    .executeTakeFirst();
  return row && readMeeting(row);
}

/**
 * Deletes a meeting that one of the two entered since a moment, and of which the other has said nothing.
 * @returns whether there was such a one.
 */
export async function deleteLogged(trx: Trx, id: string, by: ProfileRole, since: Instant): Promise<boolean> {
  const result = await trx
    .deleteFrom('meetings')
    .where('id', '=', id)
    .where('state', '=', 'held')
    .where('proposed_by', '=', by)
    .where('agreed_at', 'is', null)
    .where(by === 'mentor' ? 'mentee_says' : 'mentor_says', 'is', null)
    .where('closed_at', '>=', since)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/** Forgets where meetings that ended before this moment took place, as far as that was an address. Returns how many. */
export async function forgetPlaces(db: Db, before: Instant, limit: number): Promise<number> {
  const result = await db
    .updateTable('meetings')
    .set({ place: null })
    .where('id', 'in', (ids) =>
      ids
        .selectFrom('meetings')
        .select('id')
        .where('place', 'is not', null)
        .where('ends_at', '<=', before)
        .orderBy('ends_at')
        .limit(limit),
    )
    .executeTakeFirst();
  return Number(result.numUpdatedRows);
}

/** Whether somebody turned off the reminders in their threads. */
export async function listWithoutReminders(db: Db, guildId: string, userIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('reminder_wishes')
    .select('user_id')
    .where('guild_id', '=', guildId)
    .where('user_id', 'in', userIds)
    .orderBy('user_id')
    .execute();
  return rows.map(({ user_id: userId }) => userId);
}

/** Turns somebody's reminders off or on. */
export async function writeReminderWish(
  trx: Trx,
  whose: { readonly guildId: string; readonly userId: string },
  isOn: boolean,
  at: Instant,
): Promise<void> {
  if (isOn) {
    await trx
      .deleteFrom('reminder_wishes')
      .where('guild_id', '=', whose.guildId)
      .where('user_id', '=', whose.userId)
      .execute();
  } else {
    await trx
      .insertInto('reminder_wishes')
      .values({ guild_id: whose.guildId, user_id: whose.userId, off_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** The column in which one of the two says what became of a meeting. */
export function wordColumn(role: ProfileRole): 'mentor_says' | 'mentee_says' {
  return role === 'mentor' ? 'mentor_says' : 'mentee_says';
}

/** Pure: what both words together come to; undefined while nobody has said anything. When they disagree it does not count. */
export function sumOfWords({
  mentor_says: mentor,
  mentee_says: mentee,
}: Pick<Meeting, 'mentor_says' | 'mentee_says'>): Extract<MeetingState, 'held' | 'missed' | 'called-off'> | undefined {
  const words: (MeetingWord | null)[] = [mentor, mentee];
  const has = (word: MeetingWord) => words.includes(word);
  if (has('held')) return has('missed') || has('moved') ? 'missed' : 'held';
  if (has('moved')) return 'called-off';
  return has('missed') ? 'missed' : undefined;
}
