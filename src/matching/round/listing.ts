/** Lists of pairs for many mentees: each one's best mentors, at given prices. */
import { createEdges, type Edge, type Edges, setRow } from '../assign/index.ts';
import { createFound, findCandidates, type Found } from './candidates.ts';
import { fitAt, type Searcher } from './searchers.ts';
import { type PricedSection, priceSection, type Shelves, unaffordable } from './shelves.ts';

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
    setRow(edges, i, columnsOf(shelves, found, { by: searchers[i]!, other: plain[i]! }));
  }
  return edges;
}

/** Prices by mentor, rounded up to whole ones, on the shelves of each section; nobody looks at mentors without a place. */
export function shelfPrices(
  { shelves, capacity }: Pick<Profiles, 'shelves' | 'capacity'>,
  price: ArrayLike<number>,
): readonly PricedSection[] {
  const prices = capacity.map((places, j) => (places === 0 ? unaffordable : Math.ceil(price[j]!)));
  return shelves.sections.map((section) => priceSection(section, prices));
}

/** What `by` has found as edges, with what the `other` view of the mentee says of each. */
export function columnsOf(
  { packed }: Shelves,
  found: Found,
  { by, other }: { readonly by: Searcher; readonly other: Searcher },
): Edge[] {
  const columns: Edge[] = [];
  for (let at = 0; at < found.size; at += 1) {
    const mentor = found.mentor[at]!;
    const own = found.fit[at]!;
    const score = by === other ? own : fitAt(packed, other, mentor);
    const fit = other.isPlain ? own : score;
    columns.push({ mentor, fit, u: fit, v: other.isPlain ? score : own });
  }
  return columns;
}
