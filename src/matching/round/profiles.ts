/** What a round works on, and what is looked for in it. */
import type { Found } from './candidates.ts';
import type { Searchers } from './searchers.ts';
import type { Shelves } from './shelves.ts';

/** Who is to be matched, as numbers: mentees beside each other who look at the same mentors, mentors as packed. */
export interface Profiles {
  readonly shelves: Shelves;
  readonly searchers: Searchers;
  /** By mentee: of two who are as good, the one with the lower number is matched. */
  readonly precedence: Int32Array;
  readonly capacity: Int32Array;
  readonly floor: number;
  /** Looks with the help of another thread, where there is one: see `lookForAll`. */
  readonly lookWithHelp?: LookForAll | undefined;
}

/** Those who look, and where. */
export type Lookers = Pick<Profiles, 'shelves' | 'searchers'>;

/** What is looked for. */
export interface Wanted {
  /** By whose view: each mentee's own, or plainly as the guild weighs the parts, which is the mentors' view. */
  readonly view: 'own' | 'plain';
  /** Mentors for each mentee. */
  readonly most: number;
  /** One list of prices as `pricesFor` makes it, or two. */
  readonly prices: readonly [Int32Array, Int32Array?];
  /** By mentee: which of the lists holds; the first, if left out. */
  readonly list?: Uint8Array;
  /** By mentee: the least profit and the least fit. */
  readonly atLeast: Float64Array;
  readonly floor: Float64Array;
}

/** Told of each mentee in turn for whom somebody was found. `found` is used again for the next one. */
export type OnFound = (i: number, found: Found) => void;

/** Looks for everybody. */
export type LookForAll = (lookers: Lookers, wanted: Wanted, onFound: OnFound) => void;
