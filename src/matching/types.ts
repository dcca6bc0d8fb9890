/**
 * What matching works on. Everything in this folder is pure: no clock, no database, no Discord, no chance; what it needs
 * to know is handed in, and the same input gives the same result to the byte.
 */

/** The named parts of the fit, see `fit.ts`. */
export type Part = 'specialty' | 'topics' | 'stage' | 'hours' | 'country';

interface Person {
  /** Stable, and unique among mentors and mentees; ties are broken by it last. */
  readonly id: string;
  /** How far on the road; larger is further. */
  readonly stageRank: number;
  /** Slugs, each in the catalogue. */
  readonly specialties: readonly string[];
  readonly languages: readonly string[];
  /** Topics wanted (mentee) or offered (mentor). */
  readonly topics: readonly string[];
  /** Minutes that the local time is ahead of UTC today. */
  readonly offsetMinutes: number;
  /** Country of medical school, only where the person chose to show it. */
  readonly country?: string | undefined;
}

export interface Mentee extends Person {
  readonly active: boolean;
  /** The part that matters most to the mentee: its weight is doubled. */
  readonly priority?: Part | undefined;
}

export interface Mentor extends Person {
  readonly active: boolean;
  readonly verified: boolean;
  readonly capacity: number;
  /** Places taken. */
  readonly mentees: number;
  /** The mentee's stage must rank at least this. */
  readonly acceptsFromRank: number;
  /** Requests received lately: of two who fit alike the less asked comes first. */
  readonly requestsLately: number;
  /** Since when the mentor has been waiting for a mentee, in epoch milliseconds. */
  readonly waitingSince: number;
}

/** What lies between one mentee and the mentors: ids of mentors. */
export interface Relations {
  /** Either has blocked the other. */
  readonly blocked: ReadonlySet<string>;
  /** A mentorship of the two ended as not a fit. */
  readonly badFit: ReadonlySet<string>;
  /** The mentee is their mentor, or is asked to be: two people are never each other's. */
  readonly ownMentees?: ReadonlySet<string>;
  /** A request of the mentee is queued or pending there. */
  readonly asked: ReadonlySet<string>;
}

/** How much each part of the fit counts: whole numbers that add up to `fitScale`. */
export type Weights = Readonly<Record<Part, number>>;

/** What the guild decides. */
export interface GuildRules {
  readonly verificationRequired: boolean;
  readonly weights: Weights;
}

/**
 * The closed lists that profiles choose from. At most 32 specialties, families and topics, because each becomes a bit of a
 * mask; languages without limit, those first that most speak.
 */
export interface Catalogue {
  /** Family by specialty. */
  readonly families: ReadonlyMap<string, string>;
  readonly languages: readonly string[];
  readonly topics: readonly string[];
  /** The language that nearly everybody speaks: to have it in common speaks for nobody in particular. */
  readonly usualLanguage: string;
  /** The specialty that stands for not having chosen one. */
  readonly undecided: string;
}

/** A set of entries of one of the catalogue's lists: one bit each. */
export type Mask = number;

/** The lists of a mentee or a mentor as masks. */
export interface Masks {
  readonly specialties: Mask;
  readonly families: Mask;
  /** The last bit stands for every language beyond those that have a bit of their own. */
  readonly languages: Mask;
  /** Those languages by their numbers, and the number of this set of them; 0 where there are none. */
  readonly rare: readonly number[];
  readonly rareSet: number;
  readonly topics: Mask;
}
