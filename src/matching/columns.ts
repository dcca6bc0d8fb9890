/**
 * The optimum over all eligible pairs of many profiles without ever listing them: begin with each mentee's best mentors
 * at prices that a sample predicts, solve, and look at the prices found for pairs that would do better, until there is
 * none. What is optimal on the pairs listed is optimal then on all.
 *
 * P. C. Gilmore, R. E. Gomory: A linear programming approach to the cutting-stock problem. Oper. Res. 9 (1961).
 */
import {
  auctionBonus,
  type Edge,
  extendRow,
  type Matching,
  type Precision,
  putBack,
  solve,
  takeOut,
  totalOf,
} from './assign/index.ts';
import { createFound, findCandidates } from './candidates.ts';
import { forecastPrices } from './forecast.ts';
import { columnsOf, listColumns, type Profiles, shelfPrices } from './listing.ts';

/** An optimum, or nearly one. */
export interface Completed {
  readonly matching: Matching;
  /** What pairs that are not listed could add to the total at most; 0 when there are none that would do better. */
  readonly unlisted: number;
}

/** Mentors listed for each mentee where prices are predicted, and added at a time. */
const predictedColumns = 16;
const moreColumns = 8;
/** How much less than nothing a mentor may be worth to a mentee and be listed, because predicted prices are not exact. */
const mispriced = 500;
/**
 * How far below its prediction a price is believed, look by look. Whom too few have listed goes too cheap: at that price
 * everybody would list them, and dear they become again.
 */
const believed = [600, 2400];
/** When more than this share of the mentees would do better, solving anew is quicker than mending. */
const solveAnew = 0.01;
/** From so many mentees on prices are predicted. */
const predictFrom = 1_500;
/** Up to so many mentees the optimum is exact; beyond, a share of the total may be missing: a hundredth of a millionth each. */
const exactUpTo = 8_000;
const toleratedEach = 1e-8;

/** Pure: how good the matching of so many has to be. */
export function precisionFor({ searchers }: Profiles): Precision {
  return searchers.length <= exactUpTo ? 'exact' : 'near';
}

/** Pure: the matching with the highest weight over all eligible pairs, a match counting `auctionBonus` beside. */
export function solveColumns(profiles: Profiles): Completed {
  const { searchers, capacity } = profiles;
  if (searchers.length < predictFrom) return completeColumns(profiles, solve(listColumns(profiles), capacity));
  const forecast = forecastPrices(profiles);
  const edges = listColumns(profiles, {
    most: predictedColumns,
    price: forecast,
    atLeast: -auctionBonus - mispriced,
  });
  let matching = solve(edges, capacity, { precision: 'near' });
  for (const drop of believed) {
    const price = matching.price.map((each, j) => Math.max(each, forecast[j]! - drop));
    for (const { i, columns } of findBetter(profiles, matching, price).better) extendRow(edges, i, columns);
    matching = solve(edges, capacity, {
      near: matching,
      precision: drop === believed.at(-1) ? precisionFor(profiles) : 'near',
    });
  }
  return completeColumns(profiles, matching);
}

/** Adds pairs until the matching is optimal on all of them; for very many mentees, until hardly anything is missing. */
export function completeColumns(profiles: Profiles, solved: Matching): Completed {
  const { searchers, capacity } = profiles;
  const precision = precisionFor(profiles);
  let matching = solved;
  for (;;) {
    const { edges, slot } = matching;
    const { better, unlisted } = findBetter(profiles, matching, matching.price);
    const missing = precision === 'exact' ? 0 : toleratedEach * searchers.length * totalOf(edges, slot).total;
    if (unlisted <= missing) return { matching, unlisted };
    const isMany = matching.bonus === auctionBonus && better.length > solveAnew * searchers.length;
    for (const { i, columns } of better) {
      if (!isMany) takeOut(matching, i);
      extendRow(edges, i, columns);
    }
    if (isMany) matching = solve(edges, capacity, { near: matching, precision });
    else putBack(matching, better.map(({ i }) => i)); // prettier-ignore
  }
}

/**
 * The pairs not listed by which mentees would do better at some prices.
 * @returns the best of them for each such mentee, and by how much all together would do better with the very best.
 */
function findBetter(
  { shelves, searchers, plain, floor, capacity }: Profiles,
  { profit, bonus }: Matching,
  price: ArrayLike<number>,
): {
  readonly better: readonly { readonly i: number; readonly columns: readonly Edge[] }[];
  readonly unlisted: number;
} {
  const prices = shelfPrices({ shelves, capacity }, price);
  const found = createFound(moreColumns);
  const better: { readonly i: number; readonly columns: readonly Edge[] }[] = [];
  let unlisted = 0;
  for (const [i, searcher] of searchers.entries()) {
    const atLeast = profit[i]! + 1 - bonus;
    findCandidates(shelves, prices, searcher, { atLeast, floor }, found);
    if (found.size === 0) continue;
    better.push({ i, columns: columnsOf(shelves, plain[i]!, found) });
    unlisted += Math.max(...found.profit.subarray(0, found.size)) + 1 - atLeast;
  }
  return { better, unlisted };
}
