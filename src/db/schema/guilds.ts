/** Guilds, and what their moderators do. */
import type { Generated } from 'kysely';
import type { Instant } from '../../time.ts';
import type { Flag } from './columns.ts';
import type { ContentMix } from './posts.ts';

/** A guild's settings. */
export interface GuildsTable {
  id: string;
  /** IANA name of the guild's zone. */
  zone: string;
  mentoring_channel_id: string | null;
  staff_channel_id: string | null;
  tips_channel_id: string | null;
  study_channel_id: string | null;
  announcements_channel_id: string | null;
  mentor_role_id: string | null;
  mentee_role_id: string | null;
  /** Whether a mentor must be verified by a moderator before being suggested. */
  mentor_verification: Generated<Flag>;
  /** Days until an unanswered request expires, 3 to 14. */
  request_days: Generated<number>;
  set_up_at: Instant;
  /** When the bot was removed from the guild; null while it is there. */
  left_at: Instant | null;
  /** Counts every change of who can be suggested, so that what is kept for matching knows when it is old: see `pool.ts`. */
  pool_version: Generated<number>;
  /** The version at which all mentors may have changed at once. */
  pool_whole_version: Generated<number>;
  /** The version at which some mentor was no longer registered. */
  pool_removed_version: Generated<number>;
  /** JSON object: the guild's own weights of the parts of the fit; null for the usual ones. */
  weights: Generated<string | null>;
  /** Where tips and prompts come from: the library, both, or (`guild`) what the guild wrote and was not posted yet first. */
  content_mix: Generated<ContentMix>;
  /** Discord's locale for what goes to channels; null for the one that Discord has for the guild. */
  locale: Generated<string | null>;
  /** When what Discord has is next compared with what is stored here; null for at once. */
  sweep_at: Instant | null;
  /** Whatever was not looked at since then may have changed unheard: the bot has a new session, or a moderator asked. */
  sweep_since: Instant | null;
  /** Whether a message is taken away at once when it is reported as exam content. */
  hide_exam_content: Generated<Flag>;
  /** The last month whose figures are fixed, as `2026-10`; null for none yet. */
  figures_until: string | null;
  /** When the next month's are; null for at once. */
  figures_at: Instant | null;
  /** Whether tips, prompts, check-ins and alerts rest in Match Week. */
  match_week: Generated<Flag>;
  /** Where the word of Match Week and what members share go; null for the channel of tips. */
  match_channel_id: string | null;
  /** Whether there is a word on the Sunday of Match Week. */
  match_post: Generated<Flag>;
  /** Whether members may share a line of theirs there, from Friday on. */
  match_share: Generated<Flag>;
  /** The year of the last word. */
  match_word_year: number | null;
  /** Whose holders handle reports; null for whoever may manage the server. */
  safety_role_id: string | null;
  /** For how many days the words of a closed case are kept, 30 to 365. */
  case_days: Generated<number>;
  /** At which hour of their own morning members are reminded of dates, 5 to 12. */
  reminder_hour: Generated<number>;
  /** Where dates that come nearer are posted; null for nowhere. */
  dates_channel_id: string | null;
  /** When it is next looked which do; null while they are posted nowhere. */
  dates_at: Instant | null;
  /** When the next daily room for co-working opens; null while none does. */
  focus_at: Instant | null;
  /** The day of that room, by the calendar of whose turn it is; kept while none opens, so that a day has one. */
  focus_day: string | null;
  /** At which hour it opens there, 6 to 21. */
  focus_hour: Generated<number>;
  /** How many of them in a row nobody joined. */
  focus_empty: Generated<number>;
  /** Whether study groups are formed by themselves each week, and when next; null while they are not. */
  forms_weekly: Generated<Flag>;
  forming_at: Instant | null;
  /** How many new requests reach a mentor in seven days who has not chosen otherwise, 1 to 20. */
  requests_a_week: Generated<number>;
  /** After how many days moderators hear by name who waits, 7 to 60. */
  waiting_days: Generated<number>;
  /** Whether mentors may offer office hours, and whether those stand among the server's events. */
  office_hours: Generated<Flag>;
  office_events: Generated<Flag>;
  /** Whether sessions of groups that are listed openly stand among the server's events. */
  study_events: Generated<Flag>;
  /** The voice channel in which they are; null for the study channel's threads. */
  study_voice_channel_id: string | null;
  /** The forum in which groups that are listed openly stand, a post for each; null for none. */
  study_forum_id: string | null;
}

/** What moderators do that is written down; each has its sentence in `texts/en/audit.ts`. */
export const auditActions = [
  'mentor-verified',
  'mentor-declined',
  'mentor-suspended',
  'mentee-suspended',
  'mentee-lifted',
  'groups-previewed',
  'groups-formed',
  'groups-discarded',
  'group-closed',
  'groups-merging',
  'office-hour-called-off',
  'mentorship-ended',
  'setup-changed',
  'weights-changed',
  'round-previewed',
  'round-published',
  'round-discarded',
  'schedule-added',
  'schedule-edited',
  'schedule-paused',
  'schedule-resumed',
  'schedule-removed',
  'schedule-run',
  'content-added',
  'content-retired',
  'content-approved',
  'content-declined',
  'announcement-posted',
  'announcement-scheduled',
  'announcement-edited',
  'announcement-cancelled',
  'date-announced',
  'date-moved',
  'date-withdrawn',
  'date-checked',
  'claim-answered',
  'claim-unclear',
  'answer-written',
  'answer-removed',
  'fact-checked',
  // Shown only to those who may see the case, which is its subject.
  'case-handled',
] as const;

export type AuditAction = (typeof auditActions)[number];
export type OrderKind = 'roles' | 'reviews';

/** Work owed to many members at once, and its progress. A repeated order starts over. */
export interface OrdersTable {
  guild_id: string;
  /** `roles`: everybody's roles are brought in line with their profiles; `reviews`: mentors who wait for a moderator get a card. */
  kind: OrderKind;
  /** The last profile it was carried out for; empty at the beginning. */
  after_id: string;
}

/** Who did what when, among the moderators. */
export interface AuditTable {
  id: string;
  guild_id: string;
  at: Instant;
  actor_id: string;
  action: AuditAction;
  /** A member, or the id of an announcement, round, schedule or entry. */
  subject_id: string | null;
  /** JSON object with what the sentence about it needs; no private texts. */
  detail: string | null;
}

/** With which key protections are made, by its fingerprint. */
interface ProtectionKeysTable {
  /** There is one row. */
  only: 1;
  fingerprint: string;
  created_at: Instant;
}

/** A guild that was given commands of its own, instead of or beside the global ones. */
interface CommandScopesTable {
  guild_id: string;
}

/** Guilds in which whoever brought the bot was greeted. */
interface GreetingsTable {
  guild_id: string;
  at: Instant;
}

/**
 * What `/setup start` has shown (`shown`), what it has made (`made`), and what is being undone (`undoing`). Not bound to a
 * guild that is set up.
 */
export interface SetupsTable {
  id: string;
  guild_id: string;
  state: 'shown' | 'made' | 'undoing';
  /** JSON of what was chosen, and of what was said to be created or used: `src/db/setups.ts`. */
  choices: string;
  /** JSON of what was made, and of what the settings were before; null before. */
  made: string | null;
  /** When somebody first pressed to go on; null before. */
  pressed_at: Instant | null;
  created_at: Instant;
}

/** The doors for newcomers, in a channel that moderators chose. Once in a guild. */
export interface PanelsTable {
  guild_id: string;
  /** Another with each channel; the subject of its notice. */
  id: string;
  channel_id: string;
  /** What moderators say above it; null for nothing. */
  words: string | null;
  /** The moderator who wrote that. */
  by_id: string | null;
  created_at: Instant;
}

/** The rule against exam content that the bot made in a guild's AutoMod. */
export interface ExamRulesTable {
  guild_id: string;
  /** Discord's id of it. */
  rule_id: string;
  /** JSON of what the bot wanted of it when it last changed it: `src/db/exam-rules.ts`. */
  sent: string;
  look_at: Instant;
}

export interface GuildsTables {
  guilds: GuildsTable;
  audit: AuditTable;
  orders: OrdersTable;
  protection_keys: ProtectionKeysTable;
  command_scopes: CommandScopesTable;
  greetings: GreetingsTable;
  setups: SetupsTable;
  panels: PanelsTable;
  exam_rules: ExamRulesTable;
}
