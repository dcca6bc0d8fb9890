/**
 * The optimum over all eligible pairs of many profiles without ever listing them: begin with each mentee's best mentors
 * at prices that a sample predicts, solve, and look at the prices found for pairs that would do better, until there is
 * none. What is optimal on the pairs listed is optimal then on all.
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
  totalOf,
} from './assign/index.ts';
import { createFound, findCandidates, fitAt, type Found, type Searcher } from './candidates.ts';
import { askedBy, forecastPrices } from './forecast.ts';
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

/** An optimum, or nearly one. */
export interface Completed {
  readonly matching: Matching;
  /** What pairs that are not listed could add to the total at most; 0 when there are none that would do better. */
  readonly unlisted: number;
}

/** Mentors listed for each mentee at first (fewer where prices are predicted), and added at a time. */
const firstColumns = 24;
const predictedColumns = 16;
const moreColumns = 8;
/** When more than this share of the mentees would do better, solving anew is quicker than mending. */
const solveAnew = 0.01;
/** From so many mentees on prices are predicted. */
const predictFrom = 1_500;
/** Up to so many mentees the optimum is exact; beyond, this share of the total may be missing: a fifth of a thousandth. */
const exactUpTo = 8_000;
const tolerance = 0.0002;
/** More than anybody pays: for mentors without a place. */
export const unaffordable = 0x3fffffff;
/** Less than any profit that somebody can have. */
const anyProfit = -0x1fffffff;

/** Pure: the matching with the highest weight over all eligible pairs, a match counting `auctionBonus` beside. */
export function solveColumns(profiles: Profiles): Completed {
  const { searchers, capacity } = profiles;
  if (searchers.length < predictFrom) return completeColumns(profiles, solve(listColumns(profiles), capacity));
  const forecast = forecastPrices(profiles);
  const edges = listColumns(profiles, predictedColumns, forecast);
  const first = solve(edges, capacity);
  // Mentors whom too few have listed look themselves: otherwise everybody would find them at once, and find them cheap.
  for (const { i, edge } of askedBy(profiles, first, forecast)) extendRow(edges, i, [edge]);
  return completeColumns(profiles, solve(edges, capacity, first));
}

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
    searchers.length * Math.min(perMentee + moreColumns, capacity.length),
  );
  const prices = shelfPrices(profiles, price);
  const found = createFound(Math.max(1, Math.min(perMentee, capacity.length)));
  searchers.forEach((searcher, i) => {
    findCandidates(profiles.shelves, prices, searcher, { atLeast: anyProfit, floor: profiles.floor }, found);
    setRow(edges, i, columnsOf(profiles.shelves, profiles.plain[i]!, found));
  });
  return edges;
}

/** Adds pairs until the matching is optimal on all of them; for very many mentees, until hardly anything is missing. */
export function completeColumns(profiles: Profiles, solved: Matching): Completed {
  const { searchers, capacity } = profiles;
  const found = createFound(moreColumns);
  let matching = solved;
  for (;;) {
    const { edges, slot, profit, bonus } = matching;
    const prices = shelfPrices(profiles, matching.price);
    const better: { readonly i: number; readonly columns: readonly Edge[] }[] = [];
    let unlisted = 0;
    for (const [i, searcher] of searchers.entries()) {
      const atLeast = profit[i]! + 1 - bonus;
      findCandidates(profiles.shelves, prices, searcher, { atLeast, floor: profiles.floor }, found);
      if (found.size === 0) continue;
      better.push({ i, columns: columnsOf(profiles.shelves, profiles.plain[i]!, found) });
      unlisted += Math.max(...found.profit.subarray(0, found.size)) + 1 - atLeast;
    }
    const missing = searchers.length <= exactUpTo ? 0 : tolerance * totalOf(edges, slot).total;
    if (unlisted <= missing) return { matching, unlisted };
    const isMany = bonus === auctionBonus && better.length > solveAnew * searchers.length;
    for (const { i, columns } of better) {
      if (!isMany) takeOut(matching, i);
      extendRow(edges, i, columns);
    }
    if (isMany) matching = solve(edges, capacity, matching);
    else putBack(matching, better.map(({ i }) => i)); // prettier-ignore
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
