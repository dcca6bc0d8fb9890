/** Study groups and circles. */
import type { Generated } from 'kysely';
import type { Instant } from '../../time.ts';
import type { Flag, JsonList } from './columns.ts';

/** Exams are prepared for by a target month; circles are people at the same point. */
export type StudyKind = 'exam' | 'circle';
export type StudyState = 'forming' | 'active' | 'resting' | 'closed';
/**
 * Why a group is closed: its owner, its members by majority or a moderator did it; three never said yes; nobody met or
 * answered; too few were left; it has become one with another.
 */
export type StudyClosing = 'closed' | 'never-began' | 'quiet' | 'few' | 'majority' | 'moderator' | 'merged';

/** How a session goes: in one stretch, by a timer with breaks, or as a teach-back from prompts. */
export type SessionShape = 'one' | '25-5' | '50-10' | 'teach-back';

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
  /** When the sweep last looked at its thread. */
  thread_looked_at: Generated<Instant | null>;
  /** When the bot last looked what is to be done; null when it has to soon. */
  looked_at: Instant | null;
  shape: Generated<SessionShape>;
  /** JSON array: systems of the group's own prompts, all of them where it is empty; null without prompts. */
  prompt_systems: string | null;
  /** 1 for Monday to 7 for Sunday. */
  prompt_weekday: number | null;
  /** When the next prompt is due. */
  prompt_at: Instant | null;
  /** Whether it gets a line each week. */
  weekly_line: Generated<Flag>;
  /** When the next one is due. */
  weekly_at: Instant | null;
  /** Who is being asked to look after it, since whoever did has left; null once somebody does, or nobody would. */
  owner_asked_id: string | null;
  owner_asked_at: Instant | null;
  /** Whether its members are asked before somebody joins. */
  by_application: Generated<Flag>;
  /** Whether everybody in the server may see that there is this group, and when it meets. */
  is_listed: Generated<Flag>;
}

export type GroupMemberState = 'offered' | 'member' | 'resting' | 'left';
/** Why somebody is no longer in a group. `declined`, `lapsed`: they were offered it, and never in it. */
export type GroupLeaving =
  'self' | 'silent' | 'removed' | 'moderator' | 'left-guild' | 'deleted' | 'closed' | 'merged' | 'declined' | 'lapsed';

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
  /** `offered`: when they were reminded of it. */
  reminded_at: Instant | null;
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
  /** Whether a member called it off: then no weekly time plans it again. */
  by_member: Generated<Flag>;
  /** As the group's, from when it began. */
  shape: Generated<SessionShape>;
  /** Which part of it is on, counted from 0. */
  phase: Generated<number>;
  /** When that ends; null in one stretch, and before it begins. */
  phase_until: Instant | null;
  paused_at: Instant | null;
  /** What a member last did with the timer. */
  changed: TimerChange | null;
  changed_by: string | null;
  /** The prompt of the library that a teach-back is about. */
  prompt_id: string | null;
}

export type TimerChange = 'paused' | 'went-on' | 'next' | 'ended';

/** A system of the exam's outline that a member has done. */
export interface GroupTicksTable {
  group_id: string;
  user_id: string;
  guild_id: string;
  system: string;
  at: Instant;
}

/** A prompt that a group has had. */
interface GroupPromptsTable {
  group_id: string;
  prompt_id: string;
  guild_id: string;
  used_at: Instant;
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

export type PollWhat = 'close' | 'rest' | 'merge';
export type PollOutcome = 'yes' | 'no' | 'void';

/** Something that a group decides by majority. */
export interface GroupPollsTable {
  id: string;
  group_id: string;
  guild_id: string;
  what: PollWhat;
  /** Of a rest. */
  weeks: number | null;
  /** Of a merge: the other group, which has a poll of its own. */
  with_id: string | null;
  /** Who asked; null for the bot, and once they deleted their data. */
  by_id: string | null;
  at: Instant;
  ends_at: Instant;
  /** Null while it is open. */
  outcome: PollOutcome | null;
}

/** What somebody says in it. */
interface PollVotesTable {
  poll_id: string;
  user_id: string;
  guild_id: string;
  says: Flag;
}

export type ApplicationState = 'asked' | 'listed';

/** Somebody who would like to join a group: its members are asked, or they wait in the list of a full one. */
export interface GroupApplicationsTable {
  group_id: string;
  user_id: string;
  guild_id: string;
  state: ApplicationState;
  /** What they say about themselves. */
  line: Generated<string>;
  since: Instant;
  /** When the members have had their time; null in the list. */
  until: Instant | null;
}

/** Open co-working in the study channel. */
export interface FocusRoomsTable {
  id: string;
  guild_id: string;
  /** Who began it; null once they deleted their data. */
  starter_id: string | null;
  /** At a stretch. */
  minutes: number;
  rounds: number;
  started_at: Instant;
  /** Which part is on, counted from 0: work and breaks in turn. */
  phase: Generated<number>;
  phase_until: Instant;
  ended_at: Instant | null;
  /** Whether the bot opened it, as the room of its day. */
  is_daily: Generated<Flag>;
}

/** Somebody in it. */
export interface FocusPeopleTable {
  room_id: string;
  user_id: string;
  guild_id: string;
  joined_at: Instant;
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

type FormationState = 'preview' | 'publishing' | 'published' | 'discarded' | 'skipped';

/** Groups formed of everybody who waits. Who did what with one stands in the record of what moderators did. */
export interface FormationsTable {
  id: string;
  guild_id: string;
  state: FormationState;
  /** Whether the weekly run made it. */
  by_itself: Flag;
  /** Counts up when its groups have changed since a moderator saw them. */
  run: Generated<number>;
  seed: number;
  created_at: Instant;
  /** JSON: how many waited, and what simpler ways come to; null for one that was skipped. */
  figures: string | null;
  /** When it was published or discarded, or found that there is nothing to form. */
  closed_at: Instant | null;
  /** JSON: what publishing did; null until it is done. */
  outcome: string | null;
  /** When every offer of it is over; null once the answers are counted, and for one that made none. */
  answers_at: Instant | null;
  /** JSON: what came of the offers, counted once. */
  answers: string | null;
}

export type FormationGroupState = 'proposed' | 'offered' | 'dropped';

/** A group of a formation. */
export interface FormationGroupsTable {
  formation_id: string;
  /** From 1, as moderators read it. */
  number: number;
  guild_id: string;
  state: FormationGroupState;
  /** How many were in it when it was last shown. */
  size: number;
  kind: StudyKind;
  topic: string;
  place: string;
  languages: JsonList;
  /** Months between its targets. */
  spread: number;
  has_enough_days: Flag;
  is_fair: Flag;
  /** The group that it has become, once it is offered. */
  group_id: string | null;
}

/** Somebody in a formation: proposed for a group, or left over. Goes when the answers are counted. */
export interface FormationPeopleTable {
  formation_id: string;
  user_id: string;
  topic: string;
  guild_id: string;
  /** Of their group; null for whoever is left over. */
  number: number | null;
  /** Left over: how many others waited for the same. */
  waiting: number;
  /** Left over: JSON array of the changes that would give them a place, as their letter shows them. */
  changes: Generated<string>;
  /** Left over because their group fell apart before it was offered. */
  fell_away: Generated<Flag>;
  /** Left over: whether they were told. */
  told: Generated<Flag>;
}

export interface StudyTables {
  study_groups: StudyGroupsTable;
  group_members: GroupMembersTable;
  group_sessions: GroupSessionsTable;
  session_people: SessionPeopleTable;
  group_ticks: GroupTicksTable;
  group_prompts: GroupPromptsTable;
  group_polls: GroupPollsTable;
  poll_votes: PollVotesTable;
  group_applications: GroupApplicationsTable;
  focus_rooms: FocusRoomsTable;
  focus_people: FocusPeopleTable;
  seekers: SeekersTable;
  formations: FormationsTable;
  formation_groups: FormationGroupsTable;
  formation_people: FormationPeopleTable;
}
