/** Lists of pairs for many mentees: each one's best mentors, at given prices. */
import { createEdges, type Edge, type Edges, setRow } from './assign/index.ts';
import { createFound, findCandidates, fitAt, type Found, type Searcher } from './candidates.ts';
import { pricesOnShelves, type SectionPrices, type Shelves } from './shelves.ts';

/** Who is to be matched, as numbers: mentees in the order of precedence, mentors as packed. */
export interface Profiles {
  readonly shelves: Shelves;
  /** Each mentee as they weigh the parts, and as the guild does: the mentors' view. */
  readonly searchers: readonly Searcher[];
  readonly plain: readonly Searcher[];
  readonly capacity: Int32Array;
  readonly floor: number;
}

/** Mentors listed for each mentee at first. */
const firstColumns = 24;
/** Room for mentors added later. */
const spare = 8;
/** More than anybody pays: for mentors without a place. */
export const unaffordable = 0x3fffffff;
/** Less than any profit that somebody can have. */
const anyProfit = -0x1fffffff;

/** Lists each mentee's best mentors, at these prices. */
export function listColumns(
  profiles: Profiles,
  perMentee = firstColumns,
  price: ArrayLike<number> = new Float64Array(profiles.capacity.length),
): Edges {
  const { searchers, capacity } = profiles;
  const edges = createEdges(
    searchers.length,
    capacity.length,
    searchers.length * Math.min(perMentee + spare, capacity.length),
  );
  const prices = shelfPrices(profiles, price);
  const found = createFound(Math.max(1, Math.min(perMentee, capacity.length)));
  searchers.forEach((searcher, i) => {
    findCandidates(profiles.shelves, prices, searcher, { atLeast: anyProfit, floor: profiles.floor }, found);
    setRow(edges, i, columnsOf(profiles.shelves, profiles.plain[i]!, found));
  });
  return edges;
}

/** Prices on the shelves; nobody looks at mentors without a place. */
export function shelfPrices({ shelves, capacity }: Profiles, price: ArrayLike<number>): readonly SectionPrices[] {
  return pricesOnShelves(
    shelves,
    Float64Array.from(price, (each, j) => (capacity[j] === 0 ? unaffordable : each)),
  );
}

/** What was found as edges, with what the other view says of each. */
export function columnsOf({ packed }: Shelves, other: Searcher, found: Found): Edge[] {
  return Array.from({ length: found.size }, (_, at) => {
    const mentor = found.mentor[at]!;
    const score = fitAt(packed, other, mentor);
    const [fit, v] = other.isPlain ? [found.fit[at]!, score] : [score, found.fit[at]!];
    return { mentor, fit, u: fit, v };
  });
}
