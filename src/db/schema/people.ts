/** Members, their profiles and hours, and what protects them. */
import type { Generated } from 'kysely';
import type { Instant } from '../../time.ts';
import type { Flag, JsonList } from './columns.ts';

/** Stands in a request or mentorship for somebody who deleted their data. */
export const deletedUser = 'deleted';

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
type ProfileState = 'active' | 'paused';
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
  /** Mentees: when they were last asked whether they would mentor, or said not now. */
  asked_to_mentor_at: Instant | null;
  /** Mentors: how many new requests reach them in seven days, 1 to 20; null for as many as the guild says. */
  requests_a_week: Generated<number | null>;
  /** Mentors: until when they take part in selecting residents; null for not at all. */
  selects_until: Generated<Instant | null>;
  /** Since when they have said so, with this place. */
  selects_since: Generated<Instant | null>;
  /** And where, in their words, if they named it. */
  selects_place: Generated<string | null>;
  /** Mentees: whether a round may propose such a mentor to them. */
  selectors_ok: Generated<Flag>;
  created_at: Instant;
  updated_at: Instant;
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

/** A member who does not want to be paired with another. Silent: the other is never told. */
interface BlocksTable {
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
export type RecentAct = 'first-message' | 'mentor-review' | 'claim';

/** When members did what they may do only so often. */
interface RecentActsTable {
  id: string;
  guild_id: string;
  kind: RecentAct;
  /** A keyed hash. */
  who: string;
  at: Instant;
}

/** Whose direct message was answered within the last hour. */
interface HellosTable {
  /** A keyed hash. */
  who: string;
  at: Instant;
}

export interface PeopleTables {
  members: MembersTable;
  profiles: ProfilesTable;
  hours: HoursTable;
  blocks: BlocksTable;
  protections: ProtectionsTable;
  recent_acts: RecentActsTable;
  hellos: HellosTable;
}
