import type { Generated } from 'kysely';
import type { Instant } from '../../time.ts';

type OfficeHourState = 'planned' | 'held' | 'called-off';

/** Why one was called off: by its mentor or a moderator; the mentor is gone, or refused; its channel is. */
export type OffWhy = 'mentor' | 'staff' | 'gone' | 'standing' | 'channel';

/** What an occasion has before it: two reminders, when people can say that they are there, its beginning, its end. */
export type OfficeHourStep = 'day' | 'hour' | 'open' | 'begin' | 'end';

/** An occasion on which a mentor answers whoever comes. */
export interface OfficeHoursTable {
  id: string;
  guild_id: string;
  mentor_id: string;
  /** For everybody to read; empty once the mentor deleted their data. */
  topic: string;
  /** A voice channel; null once it is gone and until the mentor chooses another. */
  channel_id: string | null;
  places: number;
  minutes: number;
  starts_at: Instant;
  ends_at: Instant;
  state: Generated<OfficeHourState>;
  off_why: OffWhy | null;
  /** How often it was moved. */
  moves: Generated<number>;
  /** The next thing to do about it, and when; both null once it is over. */
  step: OfficeHourStep | null;
  step_at: Instant | null;
  created_at: Instant;
  closed_at: Instant | null;
}

/** Somebody who has a place, or waits for one in turn. */
export interface OfficePeopleTable {
  hour_id: string;
  user_id: string;
  guild_id: string;
  state: 'in' | 'waiting';
  since: Instant;
  /** When they said that they were there; counted, and shown to nobody. */
  here_at: Instant | null;
}

/** What somebody would like to ask; one of each. */
export interface OfficeQuestionsTable {
  id: string;
  hour_id: string;
  user_id: string;
  guild_id: string;
  words: string;
  /** Whether the mentor sees whose it is. */
  named: 0 | 1;
  asked_at: Instant;
}

export interface OfficeHoursTables {
  office_hours: OfficeHoursTable;
  office_people: OfficePeopleTable;
  office_questions: OfficeQuestionsTable;
}
