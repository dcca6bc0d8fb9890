/**
 * The tables, one interface each. Ids and instants are TEXT, booleans 0 or 1, lists JSON text.
 * A row's `guild_id` and `user_id` are Discord's snowflakes; other ids come from `newId`.
 */
import type { Generated } from 'kysely';
import type { Instant } from '../time.ts';
import type { NoticeKind } from './notice-kinds.ts';

/** Stands in a request or mentorship for somebody who deleted their data. */
export const deletedUser = 'deleted';

type Flag = 0 | 1;
/** A JSON array of slugs, for example `["cardiology"]`. */
type JsonList = string;

export type ContentMix = 'library' | 'guild' | 'both';

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
  /** Whether tips, prompts, check-ins and alerts rest in Match Week. */
  match_week: Generated<Flag>;
  /** Whose holders handle reports; null for whoever may manage the server. */
  safety_role_id: string | null;
  /** For how many days the words of a closed case are kept, 30 to 365. */
  case_days: Generated<number>;
}

/** A member of a guild who registered or agreed to the code of conduct. */
export interface MembersTable {
  guild_id: string;
  user_id: string;
  zone: string;
  /** ISO 3166 alpha-2 code of the country of medical school. */
  country: string | null;
  shows_country: Generated<Flag>;
  /** Discord's locale in which they read, as last seen; null when they have not acted since it is kept. */
  locale: Generated<string | null>;
  conduct_version: number | null;
  conduct_agreed_at: Instant | null;
  created_at: Instant;
  /** When the bot last found them in the guild; null when it has not looked yet. */
  seen_at: Instant | null;
  /** When it last looked whether somebody who had left is back; null when it has not yet. */
  looked_at: Instant | null;
  /** When the member left the guild (or could no longer be found); data is purged 30 days later. */
  left_at: Instant | null;
}

export type ProfileRole = 'mentor' | 'mentee';
export type ProfileState = 'active' | 'paused';
/** `none` for mentees who are not suspended, and for mentors of guilds without verification. */
export type Verification = 'none' | 'waiting' | 'verified' | 'declined' | 'suspended';

/** What a member registered: at most one row as mentor and one as mentee. */
export interface ProfilesTable {
  id: string;
  guild_id: string;
  user_id: string;
  role: ProfileRole;
  state: ProfileState;
  /** Null while paused without an end. */
  paused_until: Instant | null;
  /** Who paused it: the member, or the bot after three requests expired in a row. */
  paused_by: 'self' | 'expiries' | null;
  specialties: JsonList;
  stage: string;
  languages: JsonList;
  topics: JsonList;
  about: string;
  /** Mentors: how many mentees at most (1 to 5). Mentees: 0. */
  capacity: number;
  /** Mentors: the earliest stage of a mentee whom they accept; null for any before their own. */
  accepts_from: string | null;
  /** Mentees: the part of the fit that matters most to them. */
  priority: string | null;
  verification: Verification;
  /** What the moderator recorded: `resident`, `attending`, …; never a document. */
  verified_level: string | null;
  verified_method: string | null;
  verified_at: Instant | null;
  verified_by: string | null;
  /** When a verified mentor changed what the verification spoke of (stage, specialties); null once it was looked at again. */
  changed_at: Instant | null;
  /** Mentors: the guild's version of the pool at their last change. */
  pool_version: Generated<number>;
  /** Mentors: requests in a row that expired without an answer. */
  expiries: Generated<number>;
  created_at: Instant;
  updated_at: Instant;
}

export type RequestState = 'queued' | 'pending' | 'accepted' | 'declined' | 'withdrawn' | 'expired' | 'superseded';

/**
 * Why a request is superseded: `matched` the mentee found a mentor; `full` the mentor did not have a place any more;
 * `away` the mentor paused, left or may not be asked; `ineligible` the rules have come to exclude the pair.
 */
export type RequestLapse = 'matched' | 'full' | 'away' | 'ineligible';

/** Whose act changed something: one of the two, a moderator, or the bot (time ran out). */
export type EndedBy = 'mentor' | 'mentee' | 'moderator' | 'bot';

/** An answer that rests. */
export type HeldAnswer = 'accept' | 'decline';

/** A mentee asks a mentor. One is `pending`; up to two more are `queued` behind it. */
export interface RequestsTable {
  id: string;
  guild_id: string;
  mentee_id: string;
  mentor_id: string;
  state: RequestState;
  message: string;
  created_at: Instant;
  /** When it became pending; null while queued. */
  sent_at: Instant | null;
  expires_at: Instant | null;
  decided_at: Instant | null;
  /** Who brought it into its last state; null while it is live. */
  decided_by: Exclude<EndedBy, 'moderator'> | null;
  /** A slug of the reason that the mentor picked; never names a block. */
  decline_reason: string | null;
  /** What the mentor added to a decline, in their words, for the mentee to read. */
  decline_note: string | null;
  /** Why it was superseded; null in every other state. */
  lapse: RequestLapse | null;
  /** The order in which a mentee's choices go out, from 1. */
  choice: Generated<number>;
  /** Since when the mentee has been looking: their turn on the waitlist, should this come to nothing. */
  looking_since: Instant | null;
  /** How many nudges the mentor has had: 0, 1 (day 3) or 2 (24 h before expiry). */
  nudges: Generated<number>;
  /** The matching round that proposed it; null when the mentee asked. */
  round_id: Generated<string | null>;
  /** When the mentee asked again after withdrawing it, and the mentor's message came back to life; null otherwise. */
  revived_at: Generated<Instant | null>;
  /** What its mentor has answered and can still take back; null in every state but `pending`. */
  answer: Generated<HeldAnswer | null>;
  /** When that is carried out. */
  answer_due_at: Generated<Instant | null>;
  /** Of a decline: what they picked and wrote. */
  answer_choice: Generated<string | null>;
  answer_note: Generated<string | null>;
}

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

/** When a member can usually meet, for pairs and study groups. Nothing else reads it. */
export interface HoursTable {
  guild_id: string;
  user_id: string;
  /** JSON array of pairs of minutes of their local week: `[[2580, 2730]]` is Tuesday 19:00 to 21:30. */
  windows: string;
  /** From when on nobody knows their hours any more; null for no such day. */
  until: Instant | null;
  /** When they were asked for new ones after that. */
  asked_at: Instant | null;
  updated_at: Instant;
  /** When they were last given or looked at to find a time. */
  used_at: Instant;
}

/** Exams are prepared for by a target month; circles are people at the same point. */
export type StudyKind = 'exam' | 'circle';
export type StudyState = 'forming' | 'active' | 'resting' | 'closed';
/** Why a group is closed: a member or moderator did it; three never said yes; nobody met or answered; too few were left. */
export type StudyClosing = 'closed' | 'never-began' | 'quiet' | 'few';

/** A study group. Its state is changed through `src/study/groups/` only. */
export interface StudyGroupsTable {
  id: string;
  guild_id: string;
  kind: StudyKind;
  /** A slug of the exam or the circle. */
  topic: string;
  /** A US state or city that a circle names, folded for comparing; empty for none. */
  place: string;
  state: StudyState;
  /** Target month, `2027-03`; null for not fixed. */
  target: string | null;
  languages: JsonList;
  size: number;
  /** Sessions a week. */
  sessions: number;
  /** How long one lasts. */
  minutes: number;
  /** What they use and how they work, in the words of whoever created it. */
  about: string;
  /** Who wrote that; null for a group that was formed, and once they deleted their data. */
  author_id: string | null;
  /** Null for a group that all of its members own. */
  owner_id: string | null;
  /** IANA name of the zone in which the weekly times stand still; null before there are any. */
  zone: string | null;
  /** JSON array of minutes of that zone's week. */
  times: Generated<JsonList>;
  /** JSON array of the times that are being voted on, as `times`; null when there is no vote. */
  vote: string | null;
  vote_ends_at: Instant | null;
  created_at: Instant;
  /** `forming`: when it is closed without three members. `resting`: when it wakes. */
  state_until: Instant | null;
  /** When a session was last held, or the group became active. */
  held_at: Instant | null;
  /** When its members were asked whether it goes on. */
  asked_at: Instant | null;
  /** Since when it has fewer than two members. */
  few_since: Instant | null;
  closed_at: Instant | null;
  closed_why: StudyClosing | null;
  thread_id: string | null;
  /** When the bot last looked what is to be done; null when it has to soon. */
  looked_at: Instant | null;
}

export type GroupMemberState = 'offered' | 'member' | 'resting' | 'left';
/** Why somebody is no longer in a group. `declined`, `lapsed`: they were offered it, and never in it. */
export type GroupLeaving = 'self' | 'silent' | 'removed' | 'left-guild' | 'deleted' | 'closed' | 'declined' | 'lapsed';

/** Somebody in a study group, or to whom one is offered. */
export interface GroupMembersTable {
  group_id: string;
  user_id: string;
  guild_id: string;
  state: GroupMemberState;
  since: Instant;
  /** `offered`: when the offer lapses. `resting`: when they are back. Of a member who was asked: when their place is free. */
  until: Instant | null;
  left_why: GroupLeaving | null;
  /** Sessions in a row that they missed without a word. */
  missed: Generated<number>;
  /** When they were asked whether they are still in; null once they answered. */
  asked_at: Instant | null;
  /** JSON array: which of the times voted on suit. */
  votes: Generated<JsonList>;
}

export type SessionState = 'planned' | 'running' | 'held' | 'missed' | 'called-off';

/** One occasion of a group. */
export interface GroupSessionsTable {
  id: string;
  group_id: string;
  guild_id: string;
  starts_at: Instant;
  ends_at: Instant;
  /** Whether it is one besides the weekly ones. */
  is_extra: Flag;
  state: SessionState;
}

export type SessionAnswer = 'come' | 'perhaps' | 'cannot';
export type SessionDone = 'done' | 'partly' | 'not';

/** What somebody said about a session. Shown to nobody else as a history. */
export interface SessionPeopleTable {
  session_id: string;
  user_id: string;
  guild_id: string;
  answer: SessionAnswer | null;
  /** When they said that they are here. */
  here_at: Instant | null;
  /** Their pledge: what they mean to do. */
  line: Generated<string>;
  done: SessionDone | null;
}

/** Somebody who would rather be placed in a group. */
export interface SeekersTable {
  guild_id: string;
  user_id: string;
  kind: StudyKind;
  topic: string;
  place: Generated<string>;
  /** Months that suit, `2027-03`; both null for not fixed. */
  target_from: string | null;
  target_until: string | null;
  languages: JsonList;
  sessions: number;
  since: Instant;
}

/** Mentees without a pending request or mentorship who want one. */
export interface WaitlistTable {
  guild_id: string;
  mentee_id: string;
  joined_at: Instant;
  /** When the bot last looked whether any mentor is eligible for them; null when it has not yet. */
  looked_at: Instant | null;
  /** Since when it has found none whenever it looked; null while there is one. */
  nobody_since: Instant | null;
  /** When moderators were told of that. */
  told_at: Instant | null;
}

/** The turn of a mentee who does not wait at the moment, for when they look for a mentor again. */
export interface KeptTurnsTable {
  guild_id: string;
  mentee_id: string;
  /** Since when they have been looking: their turn on the waitlist. */
  looking_since: Instant;
  /** When they stopped. */
  since: Instant;
  /** Until when it is kept; null while they pause. */
  until: Instant | null;
  /** Whether they are put on the waitlist again once they are back from a pause or from outside the guild. */
  returns: Flag;
}

/** A mentor whose place has opened: those who wait are about to hear of it, one after the other. */
export interface OpeningsTable {
  guild_id: string;
  mentor_id: string;
  /** When it is next looked who should hear of it. */
  due_at: Instant;
}

/** `passed`: the mentee would rather wait. `over`: the next in line hears of it, too, or it is gone. */
export type OfferState = 'open' | 'passed' | 'over';

/** Somebody who waits was told of an open place. One at a time for each mentee. */
export interface OffersTable {
  id: string;
  guild_id: string;
  mentor_id: string;
  mentee_id: string;
  state: OfferState;
  created_at: Instant;
  /** Until when nobody else in line hears of this place. */
  until: Instant;
}

/** When the moderators of a guild next hear of who waits. */
export interface WaitingReportsTable {
  guild_id: string;
  due_at: Instant;
}

/** A guild's scheduled rounds, at a time of the week in its zone. */
export interface RoundPlansTable {
  guild_id: string;
  /** 1 for Monday to 7 for Sunday. */
  weekday: number;
  /** Minutes after midnight. */
  minute: number;
  /** Every so many weeks; 0 for once. */
  weeks: number;
  /** Whether a moderator publishes each round, or it is published by itself where nobody stops it. */
  publishes: 'press' | 'itself';
  /** Nobody is paired below it, in percent; null for the usual one. */
  floor: number | null;
  /** The moderator who answers for it. */
  set_by: string;
  set_at: Instant;
  /** When the next round begins; null once the only one has. */
  next_at: Instant | null;
}

/** A member who does not want to be paired with another. Silent: the other is never told. */
export interface BlocksTable {
  guild_id: string;
  member_id: string;
  blocked_id: string;
  created_at: Instant;
}

/**
 * What a protection says of `one` and `other`. `blocked`: one does not want the other. `bad-fit`: they are not paired
 * again. Of a mentee and a mentor, in this order: `given-up` a mentorship that the mentor ended early; `declined`,
 * `expired`, `withdrawn` a request of theirs ended so lately; `forbidden` a moderator did not want the pair. Of one alone: `suspended-…` in that role; `suggested` something that
 * waited for moderators.
 */
export type ProtectionKind =
  | 'blocked'
  | 'bad-fit'
  | 'given-up'
  | 'declined'
  | 'expired'
  | 'withdrawn'
  | 'forbidden'
  | 'suspended-mentor'
  | 'suspended-mentee'
  | 'suggested';

/** Protections of others that outlive a member's data: deleting and registering again does not undo them. */
export interface ProtectionsTable {
  id: string;
  guild_id: string;
  kind: ProtectionKind;
  /** A member's id while their data is here, and a keyed hash from its deletion until they come back. */
  one: string;
  /** The same of somebody else; null where it is about one alone. */
  other: string | null;
  /** `withdrawn`: the request, whose message the mentor still has. */
  subject_id: string | null;
  created_at: Instant;
  /** When it ends. */
  until: Instant;
}

/** Acts that are limited per person. */
export type RecentAct = 'first-message' | 'mentor-review';

/** When members did what they may do only so often. */
export interface RecentActsTable {
  id: string;
  guild_id: string;
  kind: RecentAct;
  /** A keyed hash. */
  who: string;
  at: Instant;
}

/** `computing` and `preview` are open: a guild has one open round at most. `failed` lost its process or met a fault. */
export type RoundState = 'computing' | 'preview' | 'published' | 'discarded' | 'cancelled' | 'failed';

/** A matching round of a guild's whole waitlist. */
export interface RoundsTable {
  id: string;
  guild_id: string;
  state: RoundState;
  /** Nobody is paired below this fit, 0 to 10,000. */
  floor: number;
  created_by: string;
  created_at: Instant;
  /** Counts the computations: only the latest may store what it found. */
  run: Generated<number>;
  /** While computing: JSON object with the step it is at. */
  progress: string | null;
  /** While computing: the last sign of life of the process that computes. */
  beat_at: Instant | null;
  computed_at: Instant | null;
  /** JSON object with the figures of the preview. */
  figures: string | null;
  /** JSON object with what publishing did. */
  outcome: string | null;
  closed_at: Instant | null;
  /** Which moderator published, discarded or cancelled it; null when it failed. */
  closed_by: string | null;
  /** To how many people publishing has written. */
  written: Generated<number>;
  /** Of one that began by schedule: whether the moderators have been shown it; null for all others. */
  planned: Generated<'begun' | 'shown' | null>;
  /** When it is published by itself; null where a moderator has to. */
  publish_at: Generated<Instant | null>;
}

/** A pair that a round proposes. */
export interface RoundPairsTable {
  round_id: string;
  guild_id: string;
  mentee_id: string;
  mentor_id: string;
  fit: number;
  /** Whether a moderator pinned it. */
  pinned: Generated<Flag>;
  /** JSON array of the parts of the fit. */
  reasons: string;
  /** The request that publishing made of it. */
  request_id: string | null;
  /** Why publishing made none of it; null otherwise. */
  skipped: string | null;
}

/** A mentee whom a round leaves without a mentor. */
export interface RoundLeftTable {
  round_id: string;
  guild_id: string;
  mentee_id: string;
  /** A slug. */
  why: string;
  /** JSON object: how many mentors each rule excluded. */
  detail: Generated<string>;
}

export type RoundWish = 'pinned' | 'forbidden';

/** What a moderator wants of an open round: this pair for certain, or not this pair. */
export interface RoundWishesTable {
  round_id: string;
  guild_id: string;
  mentee_id: string;
  mentor_id: string;
  kind: RoundWish;
  created_by: string;
  created_at: Instant;
}

/** What a schedule posts. `announcement` is a recurring one; a one-time announcement is a notice with a `due_at`. */
export type PostKind = 'tip' | 'prompt' | 'announcement';
/** Removed ones stay as a row: a default that was removed does not come back, and slots keep what they were. */
export type ScheduleState = 'active' | 'paused' | 'removed';
/** Why a schedule is paused: a moderator did it, or the bot found what a moderator has to mend first. */
export type PauseReason = 'moderator' | 'channel-deleted' | 'channel-closed' | 'refused' | 'moderator-gone';

/** A recurring post of a guild. Written through `src/posts/schedules.ts` only, which keeps `next_due_at` right. */
export interface SchedulesTable {
  id: string;
  guild_id: string;
  kind: PostKind;
  channel_id: string;
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
  created_at: Instant;
}

/** `owed` until Discord has it; `undeliverable` shows in `/inbox`; `read` there; `void` when nothing is left to say. */
export type NoticeState = 'owed' | 'delivered' | 'undeliverable' | 'read' | 'void';

/** The outbox: a message (or role, or thread) that the bot owes somebody. Rendered when delivered, from current state. */
export interface NoticesTable {
  id: string;
  guild_id: string;
  kind: NoticeKind;
  /** Who it is for; null when it goes to a channel of the guild. */
  user_id: string | null;
  /** What it speaks of: the id of a request, mentorship or profile. */
  subject_id: string | null;
  /** JSON object with what current state cannot tell. */
  detail: string | null;
  /** Inserting a second notice with the same key does nothing. */
  dedupe_key: string | null;
  state: NoticeState;
  /** Grows whenever what it says has changed; a delivered one is then owed again, as an edit. */
  revision: Generated<number>;
  /** The revision that Discord has; null before the first delivery. */
  delivered_revision: number | null;
  attempts: Generated<number>;
  /** Not tried before this moment. */
  due_at: Instant;
  /** While an attempt runs: when others may take it over. */
  claimed_until: Instant | null;
  /** Since when an attempt may have reached Discord without an answer: look there before sending again. */
  unsure_since: Instant | null;
  /** Where it went, once Discord confirmed it. */
  channel_id: string | null;
  message_id: string | null;
  delivered_at: Instant | null;
  /** Code of the last failure, for operators; never a text. */
  problem: string | null;
  created_at: Instant;
  /** Whether it is one of many, a post or a message of bulk work: those wait for what somebody has just caused. */
  mass: Generated<Flag>;
  /** When the bot last looked whether the message is still there; null when it has not yet. */
  looked_at: Instant | null;
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
  channel_id: string;
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
  /**
   * Why it could not be posted: a slug; null unless `failed`. Of a posted one `message-deleted` or `change-refused`,
   * where it is no longer what it should be.
   */
  failure: string | null;
}

/** What moderators do that is written down; each has its sentence in `texts/en/audit.ts`. */
export const auditActions = [
  'mentor-verified',
  'mentor-declined',
  'mentor-suspended',
  'mentee-suspended',
  'mentee-lifted',
  'groups-formed',
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
export interface ProtectionKeysTable {
  /** There is one row. */
  only: 1;
  fingerprint: string;
  created_at: Instant;
}

/** A guild that was given commands of its own, instead of or beside the global ones. */
export interface CommandScopesTable {
  guild_id: string;
}

/** How a date of an authority stands in a guild. Without a row it is expected; past its end it has passed. */
export type DateState = 'announced' | 'moved' | 'withdrawn';
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
  /** When they were last asked whether they would help those behind them. */
  help_asked_at: Instant | null;
}

/** In which guilds somebody uses their road. */
export interface JourneyGuildsTable {
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
export interface RemindedTable {
  user_id: string;
  key: string;
  at: Instant;
}

/** What a report is about; its words are in `texts/en/cases.ts`. */
export const caseCategories = [
  'money',
  'sitting-for',
  'exam-content',
  'harassment',
  'impersonation',
  'advice',
  'risk',
  'other',
] as const;
export type CaseCategory = (typeof caseCategories)[number];
export type CaseState = 'new' | 'taken' | 'waiting' | 'closed';
export const caseOutcomes = ['acted', 'talked', 'not-established', 'outside', 'withdrawn'] as const;
export type CaseOutcome = (typeof caseOutcomes)[number];

/** What follows from reports about one member: never shown to them, nor to whoever is party. */
export interface CasesTable {
  /** A random id: numbers that count would say how many there are. */
  id: string;
  guild_id: string;
  /** Whom it is about; null once its words are forgotten. */
  reported_id: string | null;
  category: CaseCategory;
  urgent: Flag;
  state: CaseState;
  /** The handler who took it. */
  assignee_id: string | null;
  created_at: Instant;
  /** When it was first taken. */
  taken_at: Instant | null;
  /** When the bot does something next: reminds handlers of a new one, or stops waiting for an answer. */
  due_at: Instant | null;
  /** How often handlers were reminded since it was last new. */
  reminders: Generated<number>;
  closed_at: Instant | null;
  outcome: CaseOutcome | null;
}

/** What one member reported. */
export interface CaseStatementsTable {
  id: string;
  guild_id: string;
  case_id: string;
  /** From 1, in the order in which they were made. */
  place: number;
  /** Null for somebody who deleted their data: what they said stays. */
  reporter_id: string | null;
  words: string;
  /** Whether something needs doing today. */
  today: Flag;
  /** Whether staff may say who reported it. */
  may_name: Flag;
  /** JSON: the message that was reported, as it was then (`Snapshot`). */
  snapshot: string | null;
  created_at: Instant;
  withdrawn_at: Instant | null;
}

/** Whom a reporter does not want to see the case. */
export interface CaseExcludedTable {
  case_id: string;
  guild_id: string;
  user_id: string;
}

export type CaseEntryKind =
  | 'taken'
  | 'released'
  | 'asked'
  | 'answered'
  | 'unanswered'
  | 'noted'
  | 'handed-over'
  | 'passed'
  | 'lifted'
  | 'ended'
  | 'suspended'
  | 'withdrawn'
  | 'closed'
  | 'reopened';

/** What happened in a case, in order. */
export interface CaseEntriesTable {
  id: string;
  guild_id: string;
  case_id: string;
  /** From 1, in the order in which things happened. */
  place: number;
  kind: CaseEntryKind;
  /** Who did it; null for the bot, and for a reporter whose name is gone. */
  by_id: string | null;
  /** The statement it belongs to, of questions and answers. */
  statement_id: string | null;
  words: string | null;
  at: Instant;
}

/** What a report is begun with: a form can carry an id only. Gone after a day. */
export interface CaseDraftsTable {
  id: string;
  guild_id: string;
  reporter_id: string;
  reported_id: string;
  snapshot: string | null;
  created_at: Instant;
}

/** Interactions that a process has taken. */
export interface HandledTable {
  id: string;
  at: Instant;
}

/** One row: when the next request to Discord may go, in milliseconds. */
export interface PaceTable {
  id: number;
  next: number;
}

/** When the next login at the gateway may come, by Discord's key for it, in milliseconds. */
export interface IdentifiesTable {
  key: number;
  next: number;
}

/** Processes that run. */
export interface ProcessesTable {
  id: string;
  shard_count: number;
  /** JSON list of numbers. */
  shards: string;
  started_at: Instant;
  seen_at: Instant;
}

/** Whose direct message was answered within the last hour. */
export interface HellosTable {
  /** A keyed hash. */
  who: string;
  at: Instant;
}

/** Guilds in which whoever brought the bot was greeted. */
export interface GreetingsTable {
  guild_id: string;
  at: Instant;
}

export interface Schema {
  guilds: GuildsTable;
  members: MembersTable;
  profiles: ProfilesTable;
  requests: RequestsTable;
  mentorships: MentorshipsTable;
  rests: RestsTable;
  hours: HoursTable;
  meetings: MeetingsTable;
  reminder_wishes: ReminderWishesTable;
  check_ins: CheckInsTable;
  goals: GoalsTable;
  closings: ClosingsTable;
  study_groups: StudyGroupsTable;
  group_members: GroupMembersTable;
  group_sessions: GroupSessionsTable;
  session_people: SessionPeopleTable;
  seekers: SeekersTable;
  waitlist: WaitlistTable;
  kept_turns: KeptTurnsTable;
  openings: OpeningsTable;
  waiting_reports: WaitingReportsTable;
  round_plans: RoundPlansTable;
  offers: OffersTable;
  blocks: BlocksTable;
  protections: ProtectionsTable;
  recent_acts: RecentActsTable;
  notices: NoticesTable;
  schedules: SchedulesTable;
  slots: SlotsTable;
  guild_contents: GuildContentsTable;
  participations: ParticipationsTable;
  notify: NotifyTable;
  rounds: RoundsTable;
  round_pairs: RoundPairsTable;
  round_left: RoundLeftTable;
  round_wishes: RoundWishesTable;
  announcements: AnnouncementsTable;
  audit: AuditTable;
  orders: OrdersTable;
  protection_keys: ProtectionKeysTable;
  command_scopes: CommandScopesTable;
  hellos: HellosTable;
  greetings: GreetingsTable;
  dates: DatesTable;
  date_proposals: DateProposalsTable;
  date_changes: DateChangesTable;
  journeys: JourneysTable;
  journey_guilds: JourneyGuildsTable;
  journey_items: JourneyItemsTable;
  journey_dates: JourneyDatesTable;
  own_dates: OwnDatesTable;
  reminded: RemindedTable;
  cases: CasesTable;
  case_statements: CaseStatementsTable;
  case_excluded: CaseExcludedTable;
  case_entries: CaseEntriesTable;
  case_drafts: CaseDraftsTable;
  handled: HandledTable;
  pace: PaceTable;
  identifies: IdentifiesTable;
  processes: ProcessesTable;
}

/** What processes tell each other: not anybody's data, and nothing that outlives them. */
export type TableOfProcesses = 'handled' | 'pace' | 'identifies' | 'processes';
