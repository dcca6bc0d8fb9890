/**
 * A round: the whole waitlist against all free places at once. What goes in and comes out is plain data that survives a
 * structured clone, because a round is worked out in a thread of its own.
 */
import type { Blocking } from '../assign/index.ts';
import type { Rule } from '../eligible.ts';
import type { Reason } from '../reasons.ts';
import type { Catalogue, GuildRules, Mentee, Mentor, Relations } from '../types.ts';

/** What lies between a mentee and the mentors, as lists: see `Relations`. */
export type RelationLists = { readonly [K in keyof Relations]: readonly string[] };

/** Somebody on the waitlist. */
export interface RoundMentee {
  readonly mentee: Mentee;
  /** On the waitlist since then, in epoch milliseconds: ties go to the one who waits longest. */
  readonly waitingSince: number;
  readonly relations: RelationLists;
}

/** A mentee and a mentor by their ids. */
export type PairOfIds = readonly [menteeId: string, mentorId: string];

/** Everything that a round depends on. The order of any list changes nothing. */
export interface RoundInput {
  readonly mentees: readonly RoundMentee[];
  /** Free places are `capacity - mentees`. */
  readonly mentors: readonly Mentor[];
  readonly rules: GuildRules;
  readonly catalogue: Catalogue;
  /** Agreed pairs: they stay, whatever their fit, as long as they are eligible. */
  readonly pinned: readonly PairOfIds[];
  readonly forbidden: readonly PairOfIds[];
  /** Nobody is paired below this fit, 0 to 10,000. */
  readonly floor: number;
}

/** A mentee with their mentor of this round. */
export interface RoundPair {
  readonly menteeId: string;
  readonly mentorId: string;
  readonly fit: number;
  /** What speaks for the pair, most first. */
  readonly reasons: readonly Reason[];
  readonly pinned: boolean;
}

/**
 * Why a mentee waits on: nobody is eligible; the eligible ones all suit less than the floor; or somebody would suit, but
 * every such place went to others or was taken before.
 */
export type UnmatchedWhy = 'no-eligible' | 'below-floor' | 'no-place';

/** A mentee whom the round leaves waiting. */
export interface RoundUnmatched {
  readonly menteeId: string;
  readonly why: UnmatchedWhy;
  /** How many mentors each rule excluded; a mentor counts for the first rule in the way. */
  readonly excluded: Readonly<Record<Rule, number>>;
  /** How many mentors are eligible, below the floor or not; forbidden ones are not counted. */
  readonly eligible: number;
  /** The best fit among those; undefined when there is none. */
  readonly bestFit: number | undefined;
}

/** A pin that could not be kept: what stands in the way by now. */
export interface DroppedPin {
  readonly menteeId: string;
  readonly mentorId: string;
  readonly rule: Rule;
}

/** What a way of matching comes to. */
export interface PlainFigures {
  readonly matched: number;
  /** Sum of the fits of all pairs. */
  readonly total: number;
  readonly blocking: Blocking;
}

/** What the round comes to, with its proof. */
export interface RoundFigures extends PlainFigures {
  readonly mentees: number;
  /** Free places before the round. */
  readonly places: number;
  /** No matching of as many mentees, pins kept and nobody below the floor, has a higher total. */
  readonly bound: number;
  /** `(bound - total) / bound`; what stability costs is in it. 0 for an empty round. */
  readonly gap: number;
  /** The fit below which a tenth of the pairs lie, and the lowest; undefined for no pairs. */
  readonly p10: number | undefined;
  readonly weakest: number | undefined;
}

export interface RoundPlan {
  /** By the mentee's id. */
  readonly pairs: readonly RoundPair[];
  /** By the mentee's id. */
  readonly unmatched: readonly RoundUnmatched[];
  readonly droppedPins: readonly DroppedPin[];
  readonly figures: RoundFigures;
  /** What simpler ways come to on the same input: best pair first; deferred acceptance, as the Match does it. */
  readonly beside: { readonly greedy: PlainFigures; readonly deferredAcceptance: PlainFigures };
}

/** How far a round is. */
export interface RoundProgress {
  readonly phase: 'candidates' | 'assign' | 'stability' | 'compare';
  /** Of the whole round, 0 to 1. */
  readonly done: number;
}
