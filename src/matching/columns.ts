/**
 * The optimum over all eligible pairs of many profiles without ever listing them: begin with each mentee's best mentors,
 * solve, and look at the prices found for pairs that would do better, until there is none. What is optimal on the pairs
 * listed is optimal then on all.
 *
 * P. C. Gilmore, R. E. Gomory: A linear programming approach to the cutting-stock problem. Oper. Res. 9 (1961).
 */
import {
  auctionBonus,
  createEdges,
  type Edge,
  type Edges,
  extendRow,
  type Matching,
  putBack,
  setRow,
  solve,
  takeOut,
} from './assign/index.ts';
import { createFound, findCandidates, fitAt, type Found, type Searcher } from './candidates.ts';
import { pricesOnShelves, type ShelfPrices, type Shelves } from './shelves.ts';

/** Who is to be matched, as numbers: mentees in the order of precedence, mentors as packed. */
export interface Profiles {
  readonly shelves: Shelves;
  /** Each mentee as they weigh the parts, and as the guild does: the mentors' view. */
  readonly searchers: readonly Searcher[];
  readonly plain: readonly Searcher[];
  readonly capacity: Int32Array;
  readonly floor: number;
}

/** Mentors listed for each mentee at first, and added at a time. */
const firstColumns = 24;
const moreColumns = 8;
/** When more than this share of the mentees would do better, solving anew is quicker than mending. */
const solveAnew = 0.05;
/** More than anybody pays: for mentors without a place. */
export const unaffordable = 0x7fffffff;

/** Lists each mentee's best mentors. */
export function listColumns(profiles: Profiles, perMentee = firstColumns): Edges {
  const { searchers, capacity } = profiles;
  const edges = createEdges(
    searchers.length,
    capacity.length,
    searchers.length * Math.min(perMentee + moreColumns, capacity.length),
  );
  const prices = shelfPrices(profiles, new Float64Array(capacity.length));
  const found = createFound(Math.max(1, Math.min(perMentee, capacity.length)));
  searchers.forEach((searcher, i) => {
    findCandidates(profiles.shelves, prices, searcher, { atLeast: -10_000, floor: profiles.floor }, found);
    setRow(edges, i, columnsOf(profiles.shelves, profiles.plain[i]!, found));
  });
  return edges;
}

/** Adds pairs until the matching is optimal on all of them. @returns the matching, which may be a new one. */
export function completeColumns(profiles: Profiles, solved: Matching): Matching {
  const { searchers, capacity } = profiles;
  const found = createFound(moreColumns);
  let matching = solved;
  for (;;) {
    const { edges, profit, bonus } = matching;
    const prices = shelfPrices(profiles, matching.price);
    const better: number[] = [];
    for (const [i, searcher] of searchers.entries()) {
      findCandidates(
        profiles.shelves,
        prices,
        searcher,
        { atLeast: profit[i]! + 1 - bonus, floor: profiles.floor },
        found,
      );
      if (found.size === 0) continue;
      better.push(i);
      takeOut(matching, i);
      extendRow(edges, i, columnsOf(profiles.shelves, profiles.plain[i]!, found));
    }
    if (better.length === 0) return matching;
    if (bonus === auctionBonus && better.length > solveAnew * searchers.length) matching = solve(edges, capacity);
    else putBack(matching, better);
  }
}

/** Prices on the shelves; nobody looks at mentors without a place. */
export function shelfPrices({ shelves, capacity }: Profiles, price: ArrayLike<number>): ShelfPrices {
  return pricesOnShelves(
    shelves,
    Float64Array.from(price, (each, j) => (capacity[j] === 0 ? unaffordable : each)),
  );
}

/** What was found as edges, with what the other view says of each. */
export function columnsOf(shelves: Shelves, other: Searcher, found: Found): Edge[] {
  return Array.from({ length: found.size }, (_, at) => {
    const position = found.position[at]!;
    const score = fitAt(shelves, other, position);
    const [fit, v] = other.isPlain ? [found.fit[at]!, score] : [score, found.fit[at]!];
    return { mentor: shelves.mentor[position]!, fit, u: fit, v };
  });
}
