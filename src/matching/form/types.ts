/**
 * Forming: everybody who would rather be placed, into study groups that can really meet. What goes in and comes out is
 * plain data that survives a structured clone, because a formation is worked out in a thread of its own.
 */

/** Minutes of a local week, from its Monday 00:00 (0) to the next (10,080); `to` is not part of it. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** What somebody's common time with others depends on. */
export interface Timed {
  /** IANA name. */
  readonly zone: string;
  /** Every week, by the clock of the zone; in any order, overlapping or not. */
  readonly hours: readonly Window[];
}

/** The months that suit somebody, counted from year 0 (`year * 12 + month`, January 0), both inclusive. */
export interface Months {
  readonly from: number;
  readonly until: number;
}

/** Exams are prepared for by a target month; circles are people at the same point. */
export type GroupKind = 'exam' | 'circle';

/** Somebody who would rather be placed. Whoever is suspended is not among them. */
export interface Seeker extends Timed {
  readonly id: string;
  readonly kind: GroupKind;
  /** What has to be the same: the exam, or the circle with its place. */
  readonly topic: string;
  readonly languages: readonly string[];
  /** Undefined: not fixed, which suits everybody. */
  readonly target?: Months | undefined;
  /** Sessions a week, 1 to 3. */
  readonly sessions: number;
  /** Families of specialties: what people of a circle may have in common. */
  readonly families: readonly string[];
  /** Ids of those with whom a block stands between, whoever blocked. One of the two naming it is enough. */
  readonly blocked: readonly string[];
}

/** Everything that a formation depends on. The order of any list changes nothing. */
export interface FormInput {
  readonly seekers: readonly Seeker[];
  /** In epoch milliseconds: the first of the weeks begins at this UTC midnight. */
  readonly from: number;
  /** How long a session lasts, in minutes. */
  readonly minutes: number;
  /** The same seed gives the same groups. */
  readonly seed: number;
  /** How much may be tried, see `effort.ts`; by default what suits the number of seekers. */
  readonly effort?: number | undefined;
}

/** A group that can meet. */
export interface FormedGroup {
  readonly topic: string;
  readonly kind: GroupKind;
  /** By id. */
  readonly members: readonly string[];
  /** The sum over its members, see `value.ts`. */
  readonly value: number;
  /** Languages that all of them talk in. */
  readonly languages: readonly string[];
  /** Months between the earliest and the latest target. */
  readonly spread: number;
  /** Whether there is a session a day for as many days as each wants, in every week looked at. */
  readonly hasEnoughDays: boolean;
  /** Whether a common window lies within 08:00 and 22:00 of everybody's day. */
  readonly isFair: boolean;
}

/** The smallest changes after which somebody would be placed. */
export type NearMiss = (
  | { readonly is: 'hours'; readonly window: Window }
  | { readonly is: 'month'; readonly month: number }
  | { readonly is: 'language'; readonly language: string }
) & {
  /** Those they would be with, by id. */
  readonly others: readonly string[];
};

/** Somebody who is left over, with up to three changes, each found by trying it. */
export interface LeftOver {
  readonly id: string;
  /** How many others wait for the same. */
  readonly waiting: number;
  readonly nearMisses: readonly NearMiss[];
}

/** What a way of forming comes to. */
export interface PlainFormFigures {
  /** Seekers in groups that obey every rule. */
  readonly placed: number;
  readonly groups: number;
  /** Sum of the values. */
  readonly value: number;
  readonly withEnoughDays: number;
  readonly fair: number;
  /** Of the groups; undefined for none. */
  readonly medianSpread: number | undefined;
}

/** What the formation comes to, with its proof. */
export interface FormFigures extends PlainFormFigures {
  readonly seekers: number;
  /** Nobody can place more: those who belong to a trio that obeys every rule. */
  readonly bound: number;
}

export interface FormPlan {
  readonly groups: readonly FormedGroup[];
  /** By id. */
  readonly left: readonly LeftOver[];
  readonly figures: FormFigures;
  /** What simpler ways come to on the same input. */
  readonly beside: { readonly sorted: PlainFormFigures; readonly random: PlainFormFigures };
}
