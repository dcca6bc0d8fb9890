/** Lists of pairs for many mentees: each one's best mentors, at given prices. */
import { createEdges, type Edge, type Edges, setRow } from '../assign/index.ts';
import { createFound, findCandidates, type Found } from './candidates.ts';
import { fitAt, type Searcher } from './searchers.ts';
import { type PricedSection, pricesOnShelves, type Shelves, unaffordable } from './shelves.ts';

/** Who is to be matched, as numbers: mentees beside each other who look at the same mentors, mentors as packed. */
export interface Profiles {
  readonly shelves: Shelves;
  /** Each mentee as they weigh the parts, and as the guild does: the mentors' view. */
  readonly searchers: readonly Searcher[];
  readonly plain: readonly Searcher[];
  /** By mentee: of two who are as good, the one with the lower number is matched. */
  readonly precedence: Int32Array;
  readonly capacity: Int32Array;
  readonly floor: number;
}

/** Mentors listed for each mentee at first. */
const firstColumns = 24;
/** Less than any profit that somebody can have. */
const anyProfit = -0x1fffffff;

/**
 * Lists each mentee's best mentors.
 * @param given `most`: mentors for each mentee; `price`: by mentor, nothing if left out; `atLeast`: the least profit.
 */
export function listColumns(
  profiles: Profiles,
  given: { readonly most?: number; readonly price?: ArrayLike<number>; readonly atLeast?: number } = {},
): Edges {
  const { shelves, searchers, plain, capacity, floor } = profiles;
  const { most = firstColumns, price = new Float64Array(capacity.length), atLeast = anyProfit } = given;
  const edges = createEdges(searchers.length, capacity.length, searchers.length * Math.min(most, capacity.length));
  const prices = shelfPrices(profiles, price);
  const found = createFound(Math.max(1, Math.min(most, capacity.length)));
  for (let i = 0; i < searchers.length; i += 1) {
    findCandidates(shelves, prices, searchers[i]!, { atLeast, floor }, found);
    setRow(edges, i, columnsOf(shelves, plain[i]!, found));
  }
  return edges;
}

/** Prices on the shelves; nobody looks at mentors without a place. */
export function shelfPrices(
  { shelves, capacity }: Pick<Profiles, 'shelves' | 'capacity'>,
  price: ArrayLike<number>,
): readonly PricedSection[] {
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
