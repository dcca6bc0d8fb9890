/** Dates of authorities, and everybody's own road. */
import type { Generated } from 'kysely';
import type { Instant } from '../../time.ts';
import type { Flag } from './columns.ts';

/** How a date of an authority stands in a guild. Without a row it is expected; past its end it has passed. */
type DateState = 'announced' | 'moved' | 'withdrawn';
/** What a moderator says of a date, having read the authority's page. */
export type DateAct = 'announce' | 'move' | 'withdraw';

/** A date of an authority, as moderators of a guild read it on its page. */
export interface DatesTable {
  guild_id: string;
  /** A slug of `content/journey/dates.yaml`. */
  date_id: string;
  state: DateState;
  /** YYYY-MM-DD, as the page states it. */
  day: string;
  /** HH:MM, with its zone; null for a whole day. */
  time: string | null;
  zone: string | null;
  /** The moment that hour and zone come to; null for a whole day. */
  at: Instant | null;
  /** The page's address. */
  source: string;
  /** The day on which it was read, and the last day on which it counts without being read again. */
  checked: string;
  review_by: string;
  /** Grows with each change: a calendar keeps the largest. */
  sequence: number;
  changed_at: Instant;
}

/** A line that somebody shares on Match Day. One for each year. */
export interface MatchLinesTable {
  id: string;
  guild_id: string;
  user_id: string;
  year: number;
  /** In their words; null once it is posted, or cannot be. */
  line: string | null;
  created_at: Instant;
}

/** What one moderator read on a page and another has to read as well. One for each date. */
export interface DateProposalsTable {
  guild_id: string;
  date_id: string;
  act: DateAct;
  day: string | null;
  time: string | null;
  zone: string | null;
  at: Instant | null;
  source: string;
  by_id: string;
  created_at: Instant;
}

/** The history of a guild's dates; and how far those concerned have been told. */
export interface DateChangesTable {
  id: string;
  guild_id: string;
  date_id: string;
  act: DateAct;
  /** JSON: what was stated before and is now; null for nothing. */
  old: string | null;
  new: string | null;
  source: string;
  at: Instant;
  /** The member up to whom everybody was looked at. */
  told_to: Generated<string>;
  done: Generated<Flag>;
}

/** A date that a post in a guild named when it came nearer. Once for each date as it is stated, and each distance. */
export interface DatePostsTable {
  guild_id: string;
  date_id: string;
  /** What was stated (`valueOf` in `journey/dates/view.ts`). */
  value: string;
  /** Days before. */
  days: number;
  /** The subject of the post's notice: all of one day share it. */
  post_id: string;
  due_at: Instant;
}

/** Somebody's own road: it belongs to the person, whichever guilds they are in. */
export interface JourneysTable {
  user_id: string;
  zone: string;
  stage: string;
  /** The stage at which they began here: what lies before it counts as behind them. */
  start_stage: string;
  who: 'student' | 'graduate' | null;
  pathway: string | null;
  visa: string | null;
  match_year: number | null;
  couple: Flag | null;
  /** JSON: days before a date at which they are reminded. */
  reminder_days: string;
  /** Whether they are reminded of picked dates alone. */
  only_picked: Generated<Flag>;
  /** Reminders from before this are not made up for. */
  reminders_since: Instant;
  /** The edition of the roadmap that they last saw. */
  edition: string | null;
  /** When it is next looked what they are to be reminded of. */
  look_at: Instant | null;
  created_at: Instant;
  used_at: Instant;
  /** Since when they are in no guild with the bot, as far as is known. */
  alone_since: Instant | null;
  matched_at: Instant | null;
  /** When they are asked whether they would help those behind them; null once that is over, and for everybody else. */
  behind_at: Instant | null;
  /** When they were last asked whether they would help those behind them. */
  help_asked_at: Instant | null;
}

/** In which guilds somebody uses their road. */
interface JourneyGuildsTable {
  user_id: string;
  guild_id: string;
  used_at: Instant;
}

export type ItemState = 'todo' | 'doing' | 'done' | 'not-for-me';

/** A step of somebody's road that they touched. */
export interface JourneyItemsTable {
  user_id: string;
  item_id: string;
  state: ItemState;
  note: Generated<string>;
  day: string | null;
  /** What it was called then: an edition may drop it. */
  title: string;
  changed_at: Instant;
}

/** A date that somebody picked, or was told of. */
export interface JourneyDatesTable {
  user_id: string;
  date_id: string;
  picked: Generated<Flag>;
  /** What they were last told it is, by reminder, file or message; null for nothing. */
  told: string | null;
}

/** A date of somebody's own, which nobody else sees. */
export interface OwnDatesTable {
  id: string;
  user_id: string;
  title: string;
  day: string;
  time: string | null;
  zone: string | null;
  at: Instant | null;
  /** JSON, as in journeys. */
  reminder_days: string;
  sequence: Generated<number>;
  created_at: Instant;
  changed_at: Instant;
}

/** A reminder that went out: by a key that names the date as it was stated, and the days before. */
interface RemindedTable {
  user_id: string;
  key: string;
  at: Instant;
}

export interface JourneyTables {
  dates: DatesTable;
  match_lines: MatchLinesTable;
  date_proposals: DateProposalsTable;
  date_changes: DateChangesTable;
  date_posts: DatePostsTable;
  journeys: JourneysTable;
  journey_guilds: JourneyGuildsTable;
  journey_items: JourneyItemsTable;
  journey_dates: JourneyDatesTable;
  own_dates: OwnDatesTable;
  reminded: RemindedTable;
}
