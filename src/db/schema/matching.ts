/** How a mentee comes to a mentor: requests, the waitlist and its offers, rounds. */
import type { Generated } from 'kysely';
import type { Instant } from '../../time.ts';
import type { Flag } from './columns.ts';

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
  /** The latest moment at which a queued request goes out that waits for a mentor’s week; null for every other. */
  opens_at: Generated<Instant | null>;
  /** When it went back to its mentee, who had not read yet that the mentor helps to choose residents; null otherwise. */
  season_at: Generated<Instant | null>;
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
interface OpeningsTable {
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
interface WaitingReportsTable {
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

export interface MatchingTables {
  requests: RequestsTable;
  waitlist: WaitlistTable;
  kept_turns: KeptTurnsTable;
  openings: OpeningsTable;
  waiting_reports: WaitingReportsTable;
  round_plans: RoundPlansTable;
  offers: OffersTable;
  rounds: RoundsTable;
  round_pairs: RoundPairsTable;
  round_left: RoundLeftTable;
  round_wishes: RoundWishesTable;
}
