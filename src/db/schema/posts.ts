/** What is posted: schedules, their content, announcements, and who wants to be told. */
import type { Generated } from 'kysely';
import type { Instant } from '../../time.ts';
import type { Flag, JsonList } from './columns.ts';

export type ContentMix = 'library' | 'guild' | 'both';
/** What a schedule posts. `announcement` is a recurring one; a one-time announcement is a notice with a `due_at`. */
export type PostKind = 'tip' | 'prompt' | 'announcement';
/** Removed ones stay as a row: a default that was removed does not come back, and slots keep what they were. */
export type ScheduleState = 'active' | 'paused' | 'removed';
/** Why a schedule is paused: a moderator did it, or the bot found what a moderator has to mend first. */
export type PauseReason =
  'moderator' | 'channel-deleted' | 'channel-closed' | 'thread-locked' | 'tag-missing' | 'refused' | 'moderator-gone';

/** A recurring post of a guild. Written through `src/posts/schedules.ts` only, which keeps `next_due_at` right. */
export interface SchedulesTable {
  id: string;
  guild_id: string;
  kind: PostKind;
  /** A channel, a forum or a thread. */
  channel_id: string;
  /** The channel that it hangs on, where it is a thread; null otherwise. */
  parent_id: string | null;
  /** The tag that its posts get in a forum; null for none. */
  tag_id: string | null;
  /** When the thread was last looked at; null before, and for what is no thread. */
  place_looked_at: Instant | null;
  /** Five fields, in the local time of `zone`, and a rhythm where cron cannot say it: `src/posts/rhythm.ts`. */
  cron: string;
  /** IANA name. */
  zone: string;
  /** Whether it moves along when the guild changes its zone. */
  follows_zone: Generated<Flag>;
  /** The role that its posts mention; null for none. */
  role_id: string | null;
  /** JSON array of slugs; null for all. For prompts an exam, a system or a discipline. */
  categories: JsonList | null;
  /** For kind `announcement`: what is posted. */
  announcement_id: string | null;
  /** Whether posts in an announcement channel are published to the servers that follow it. */
  crosspost: Generated<Flag>;
  /** `default-tip` and `default-prompt` for what `/setup start` made; null otherwise. Once in a guild. */
  origin: string | null;
  state: ScheduleState;
  /** Null unless paused. */
  paused_why: PauseReason | null;
  /** When its next slot is due; null unless active. */
  next_due_at: Instant | null;
  /** The moderator who added it; null for defaults, and once they deleted their data. */
  created_by: string | null;
  /** The moderator who last chose where, when and whom it notifies, and answers for that; null where nobody does. */
  chooser_id: string | null;
  created_at: Instant;
  updated_at: Instant;
}

/** `posted` only once Discord confirmed it. `skipped` and `failed` say why in `why`. */
export type SlotState = 'claimed' | 'posted' | 'skipped' | 'failed';

/**
 * `late` due more than 6 h before anybody could post it; `collapsed` a later slot of the schedule was posted instead of
 * it; `stopped` its schedule was paused or removed before; `nothing` there was nothing to post; the others as
 * `PauseReason`.
 */
export type SlotWhy =
  | 'late'
  | 'collapsed'
  | 'stopped'
  | 'nothing'
  | 'channel-deleted'
  | 'channel-closed'
  | 'thread-locked'
  | 'tag-missing'
  | 'refused'
  | 'moderator-gone'
  | 'match-week';

/** `library` for an entry of `src/content`, `guild` for a row of `guild_contents`. */
export type ContentSource = 'library' | 'guild';

/** One due time of a schedule, claimed by inserting it: one row per schedule and due time, tests apart. */
export interface SlotsTable {
  id: string;
  schedule_id: string;
  guild_id: string;
  kind: PostKind;
  /** The due time; for a test the moment somebody asked for it. */
  due_at: Instant;
  state: SlotState;
  why: SlotWhy | null;
  /** Whether a moderator asked for it with `/schedule run`: it uses up neither slot nor content. */
  is_test: Generated<Flag>;
  /** Whether it was posted without the mention that was planned. */
  is_quiet: Generated<Flag>;
  /** The entry that was chosen, when the post was first tried; buttons below a post look it up here. */
  content_id: string | null;
  content_source: ContentSource | null;
  /** Which time around the guild's content it was chosen in, from 1. Within one, nothing comes twice. */
  content_cycle: number | null;
  notice_id: string | null;
  /** Where it was posted; null before. */
  channel_id: string | null;
  message_id: string | null;
  created_at: Instant;
  posted_at: Instant | null;
}

/** `draft` until the moderator who wrote it has confirmed the preview. */
export type GuildContentState = 'draft' | 'suggested' | 'approved' | 'declined' | 'retired';

/** A guild's own tip or prompt. Only `approved` ones are chosen for posts. */
export interface GuildContentsTable {
  id: string;
  guild_id: string;
  kind: 'tip' | 'prompt';
  /** A slug, as in the library; for prompts an exam, a system or a discipline. */
  category: string;
  /** JSON object: what is shown, by kind. */
  body: string;
  state: GuildContentState;
  /** Who wrote it; `deleted` once they deleted their data. */
  author_id: string;
  decided_by: string | null;
  decided_at: Instant | null;
  created_at: Instant;
  updated_at: Instant;
}

/** A member who pressed "We did it" below a prompt. Counted, never ranked. */
export interface ParticipationsTable {
  slot_id: string;
  guild_id: string;
  user_id: string;
  created_at: Instant;
}

export type NotifyKind = 'tips' | 'prompts' | 'deadlines' | 'announcements';

/** The role that members of a guild take to be told of something. */
export interface NotifyTable {
  guild_id: string;
  kind: NotifyKind;
  role_id: string;
  /** Since when members may mention it, because something is posted that does; null while they may not. */
  opened_at: Instant | null;
  created_at: Instant;
}

/** Where an announcement stands. One that recurs stays `scheduled` until it is cancelled. */
export type AnnouncementState = 'draft' | 'scheduled' | 'posted' | 'cancelled' | 'failed';

/**
 * What a moderator posts through the bot, with title and text as typed. A change that is not confirmed yet is a row of
 * its own: a draft that names the announcement it changes.
 */
export interface AnnouncementsTable {
  id: string;
  guild_id: string;
  author_id: string;
  /** The moderator who last confirmed it, and answers for it; null while nobody has. */
  sender_id: string | null;
  /** A channel, a forum or a thread. */
  channel_id: string;
  /** The channel that it hangs on, where it is a thread; null otherwise. */
  parent_id: string | null;
  /** The tag that it gets in a forum; null for none. */
  tag_id: string | null;
  /** When the thread was last looked at; null before, and for what is no thread. */
  place_looked_at: Instant | null;
  /** The role that is notified; null for none. */
  role_id: string | null;
  /** Whether everyone in the guild is notified. */
  everyone: Generated<Flag>;
  title: string;
  text: string;
  /** Where the button below it leads. */
  link: string | null;
  image_url: string | null;
  /** Whether it is published to the servers that follow the channel. */
  crosspost: Generated<Flag>;
  state: AnnouncementState;
  /** When it is posted; null for at once, and for one that recurs. */
  at: Instant | null;
  /** The time that was asked for where that night has none (clocks go forward), as `2027-03-14T02:30`; null otherwise. */
  asked: string | null;
  /** When it recurs, in its zone; null for one that is posted once. */
  cron: string | null;
  /** IANA name: the zone in which its time was understood. */
  zone: string;
  /** The schedule that posts it, when it recurs. */
  schedule_id: string | null;
  /** The announcement that this draft changes, and the revision that it was made from. */
  changes_id: string | null;
  changes_revision: number | null;
  /** Grows with every change: what is confirmed is what was previewed. */
  revision: Generated<number>;
  created_at: Instant;
  updated_at: Instant;
  /** When it was last posted. */
  posted_at: Instant | null;
  message_id: string | null;
  /** The post that it became in a forum, a thread; null elsewhere. */
  posted_in: string | null;
  /**
   * Why it could not be posted: a slug; null unless `failed`. Of a posted one `message-deleted` or `change-refused`,
   * where it is no longer what it should be.
   */
  failure: string | null;
}

export interface PostsTables {
  schedules: SchedulesTable;
  slots: SlotsTable;
  guild_contents: GuildContentsTable;
  participations: ParticipationsTable;
  notify: NotifyTable;
  announcements: AnnouncementsTable;
}
