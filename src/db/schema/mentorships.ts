/** Accepted pairs: their rests, meetings, goals, check-ins and ends. */
import type { Generated } from 'kysely';
import type { Instant } from '../../time.ts';
import type { ProfileRole } from './people.ts';
import type { EndedBy } from './matching.ts';

export type MentorshipState = 'active' | 'paused' | 'completed' | 'ended';

/**
 * Why one is over. `staff`: a moderator ended it, or (by the bot) suspended the mentor; `never-met`: the two had never
 * agreed on a time; `faded`: neither answered any more; `handler`: whoever handled a case.
 */
export type MentorshipEnd =
  | 'completed'
  | 'not-a-fit'
  | 'no-time'
  | 'other'
  | 'member-left'
  | 'data-deleted'
  | 'staff'
  | 'never-met'
  | 'faded'
  | 'handler';

/** An accepted pair. Its state is changed through `src/mentoring/changes.ts` only. */
export interface MentorshipsTable {
  id: string;
  guild_id: string;
  mentor_id: string;
  mentee_id: string;
  request_id: string | null;
  state: MentorshipState;
  started_at: Instant;
  /** When it is planned to be complete: 12 weeks after the start. */
  due_at: Instant;
  ended_at: Instant | null;
  end_reason: MentorshipEnd | null;
  ended_by: EndedBy | null;
  thread_id: string | null;
  /** When the bot last looked whether the thread is there, with both in it; null when it has not yet. */
  looked_at: Instant | null;
  /** How often they mean to meet. */
  pace: Generated<Pace>;
  /** Until when nothing is asked of the two; null for no such day. */
  quiet_until: Instant | null;
  /** When it last went on after a rest. */
  woke_at: Instant | null;
  /** Who of the two said that they are done, and waits for the other to say so, too. */
  done_by: ProfileRole | null;
  done_at: Instant | null;
  /** When the bot has something to do next for the two to go on; null for at once. */
  look_at: Instant | null;
}

export type Pace = 'weekly' | 'two-weeks' | 'monthly' | 'when-needed';
export type MeetingState = 'proposed' | 'agreed' | 'held' | 'missed' | 'called-off';
/** What one of the two says became of a meeting. */
export type MeetingWord = 'held' | 'moved' | 'missed';

/** A meeting of a mentorship; one that was moved is `called-off`, and has a successor of the same series. */
export interface MeetingsTable {
  id: string;
  guild_id: string;
  mentorship_id: string;
  state: MeetingState;
  proposed_by: ProfileRole | 'bot';
  proposed_at: Instant;
  minutes: number;
  /** JSON array of the times that wait for an answer; of an agreed meeting those to which it may move. Null for none. */
  options: string | null;
  /** Null until it is agreed. */
  starts_at: Instant | null;
  ends_at: Instant | null;
  agreed_at: Instant | null;
  /** A voice channel's id, or an https address; null for their thread. An address is forgotten a week after. */
  place: string | null;
  /** Its name in calendars, which it keeps when it moves. */
  series_id: string;
  /** Raised by each move. */
  sequence: Generated<number>;
  mentor_says: MeetingWord | null;
  mentee_says: MeetingWord | null;
  /** When one of them first said something. */
  said_at: Instant | null;
  /** A line about one that was arranged elsewhere, and whose it is. */
  line: string | null;
  line_by: ProfileRole | null;
  /** When it was held, missed or called off. */
  closed_at: Instant | null;
}

/** Who does not want to be reminded of meetings in their threads. */
export interface ReminderWishesTable {
  guild_id: string;
  user_id: string;
  off_at: Instant;
}

/** What the bot asks the two of its own accord. `times`, `hours`, `goal`, `next` are asked in their thread. */
export type CheckInKind = 'first-week' | 'warning' | 'fit' | 'silence' | 'due' | 'times' | 'hours' | 'goal' | 'next';

/** Something that one of the two was asked or told unprompted: at most two in seven days. */
export interface CheckInsTable {
  id: string;
  guild_id: string;
  mentorship_id: string;
  /** Whom it was asked. */
  user_id: string;
  kind: CheckInKind;
  asked_at: Instant;
  /** A slug; null for none yet. Never shown to the other. */
  answer: string | null;
  answered_at: Instant | null;
  /** Until when they need. */
  until: Instant | null;
  /** What they added for the moderators. */
  line: string | null;
}

/** What a pair wants to reach. One that is worded anew stays as `changed`, for the export. */
export interface GoalsTable {
  id: string;
  guild_id: string;
  mentorship_id: string;
  /** Who worded it. */
  user_id: string;
  text: string;
  /** A day, `2026-12-01`. */
  due_on: string;
  state: 'open' | 'reached' | 'dropped' | 'changed';
  created_at: Instant;
  closed_at: Instant | null;
}

/** What one of a pair said at its end. */
export interface ClosingsTable {
  mentorship_id: string;
  user_id: string;
  guild_id: string;
  different: string;
  goals: 'all' | 'some' | 'none' | 'changed';
  /** For moderators only. */
  went: 'good' | 'fair' | 'poor';
  /** To the other. */
  word: string;
  to_id: string;
  filled_at: Instant;
  /** When the word goes to the other at the latest; null once it has, or where there is none. */
  due_at: Instant | null;
  /** When the other kept the word. */
  kept_at: Instant | null;
}

/**
 * Why a mentorship rests: `own` one of the two asked for it; `away` one of them is not in the guild; `review` moderators
 * look into something first; `case` one reported the other.
 */
export type RestCause = 'own' | 'away' | 'review' | 'case';

/** A reason to rest. While a mentorship has one its state is `paused`, which is stored too: indexes of live pairs need it. */
export interface RestsTable {
  mentorship_id: string;
  cause: RestCause;
  /** Who asked for it; of `away` who it is. */
  by: EndedBy;
  guild_id: string;
  since: Instant;
  /** When it ends by itself, or, of `away`, with the mentorship; null for neither. */
  until: Instant | null;
}

/** What moderators are shown of whole months: counts of at least five people. Hidden ones are not here, nor is anybody's id. */
export interface FiguresTable {
  guild_id: string;
  /** A slug, see `mentoring/figures/cells.ts`. */
  cell: string;
  /** The months that it counts, first and last, as `2026-10`. */
  since: string;
  until: string;
  count: number;
  /** In the middle of those counted, so many hours or days; null where that is not said. */
  middle: number | null;
}

export interface MentorshipsTables {
  mentorships: MentorshipsTable;
  rests: RestsTable;
  meetings: MeetingsTable;
  reminder_wishes: ReminderWishesTable;
  check_ins: CheckInsTable;
  goals: GoalsTable;
  closings: ClosingsTable;
  figures: FiguresTable;
}
