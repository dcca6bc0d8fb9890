/**
 * The optimum over all eligible pairs of many profiles without ever listing them: begin with each mentee's best mentors
 * at prices that a sample predicts, solve, and look at the prices found for pairs that would do better, until there is
 * none. What is optimal on the pairs listed is optimal then on all.
 *
 * P. C. Gilmore, R. E. Gomory: A linear programming approach to the cutting-stock problem. Oper. Res. 9 (1961).
 */
import {
  auctionBonus,
  type Edges,
  extendRows,
  findEdge,
  type Matching,
  type MoreEdges,
  type Precision,
  putBack,
  solve,
  takeOut,
  totalOf,
} from '../assign/index.ts';
import { predictFrom, solveByForecast } from './forecast.ts';
import { columnsOf } from './listing.ts';
import { lookForAll, pricesFor } from './look.ts';
import type { Profiles, Wanted } from './profiles.ts';
import { unaffordable } from './shelves.ts';

/** An optimum, or nearly one. */
export interface Completed {
  readonly matching: Matching;
  /** What pairs that are not listed could add to the total at most; 0 when there are none that would do better. */
  readonly unlisted: number;
}

/** Mentors added at a time. */
const moreColumns = 8;
/** A price so much below its prediction is not believed: too few have listed the mentor. */
const tooCheap = 300;
/** How far below its prediction such a mentor asks at first, and how much further each time. */
const firstDrop = 800;
const furtherDrop = 2;
/** By how many mentees such a mentor wants to be listed: for each place, because some have better, and beside. */
const perPlace = 2;
const beside = 6;
/** When more than this share of the mentees would do better, solving anew is quicker than mending. */
const solveAnew = 0.01;
/** Up to so many mentees the optimum is exact; beyond, each may cost a hundredth of a millionth of the total. */
const exactUpTo = 8_000;
const toleratedEach = 1e-8;

/** Pure: how good the matching of so many has to be. */
export function precisionFor({ searchers }: Profiles): Precision {
  return searchers.count <= exactUpTo ? 'exact' : 'near';
}

/** Pure: the matching with the highest weight over all eligible pairs, a match counting `auctionBonus` beside. */
export function solveColumns(profiles: Profiles): Completed {
  const { matching, forecast } = solveByForecast(profiles);
  if (profiles.searchers.count < predictFrom) return completeColumns(profiles, matching);
  listCheap(profiles, matching, forecast);
  const precision = precisionFor(profiles);
  return completeColumns(profiles, solve(matching.edges, profiles.capacity, { near: matching, precision }));
}

/**
 * Lists the mentors whom too few have listed, so that their places go too cheap: at such a price everybody would list
 * them, and dear they would become again. They ask less and less instead, until enough mentees would have them. Whoever
 * is listed by no more than they have places for will go for nothing, whatever they cost now.
 */
function listCheap(profiles: Profiles, matching: Matching, forecast: Float64Array): void {
  const { capacity } = profiles;
  const { edges, price } = matching;
  const wanted = new Int32Array(capacity.length);
  const listed = countListed(edges, capacity.length);
  const worth = price.map((each, j) => (listed[j]! <= capacity[j]! ? 0 : each));
  let asking = Array.from(capacity.keys()).filter((j) => capacity[j]! > 0 && worth[j]! < forecast[j]! - tooCheap);
  for (let drop = firstDrop; asking.length > 0; drop *= furtherDrop) {
    const asked = new Float64Array(capacity.length).fill(unaffordable);
    for (const j of asking) asked[j] = Math.max(worth[j]!, forecast[j]! - drop);
    const { better } = findBetter(profiles, matching, asked);
    for (const { more } of better) for (const { mentor } of more) wanted[mentor]! += 1;
    extendRows(edges, better, [matching.slot]);
    asking = asking.filter((j) => asked[j]! > worth[j]! && wanted[j]! < perPlace * capacity[j]! + beside);
  }
}

/** By mentor: how many mentees have them on their list. */
function countListed({ used, mentee, mentor }: Edges, mentors: number): Int32Array {
  const listed = new Int32Array(mentors);
  for (let e = 0; e < used; e += 1) if (mentee[e]! >= 0) listed[mentor[e]!]! += 1;
  return listed;
}

/** Adds pairs until the matching is optimal on all of them; for very many mentees, until hardly anything is missing. */
export function completeColumns(profiles: Profiles, solved: Matching): Completed {
  const { searchers, capacity } = profiles;
  const precision = precisionFor(profiles);
  let matching = solved;
  let last: LookedAt | undefined;
  for (;;) {
    const { edges, slot } = matching;
    const { better, unlisted, looked } = findBetter(profiles, matching, matching.price, last);
    last = looked;
    const missing = precision === 'exact' ? 0 : toleratedEach * searchers.count * totalOf(edges, slot).total;
    if (unlisted <= missing) return { matching, unlisted };
    const isMany = matching.bonus === auctionBonus && better.length > solveAnew * searchers.count;
    if (!isMany) for (const { i } of better) takeOut(matching, i);
    extendRows(edges, better, [slot]);
    if (isMany) matching = solve(edges, capacity, { near: matching, precision });
    else putBack(matching, better.map(({ i }) => i)); // prettier-ignore
  }
}

/** Prices at which all mentees were looked at: who would have done better has listed all such pairs since. */
interface LookedAt {
  readonly price: ArrayLike<number>;
  /** By mentee: what a mentor had to give at least; infinite for whoever has listed only the best of them. */
  readonly atLeast: Float64Array;
}

/**
 * The pairs not listed by which mentees would do better at some prices.
 * @param last what was looked at before: whoever demands no less than then is shown those only who ask less.
 * @returns the best of them for each such mentee, and by how much all together would do better with the very best.
 */
function findBetter(
  profiles: Profiles,
  { edges, profit, bonus }: Matching,
  price: ArrayLike<number>,
  last?: LookedAt,
): {
  readonly better: readonly MoreEdges[];
  readonly unlisted: number;
  readonly looked: LookedAt;
} {
  const { searchers, floor } = profiles;
  const looked = { price: Float64Array.from(price), atLeast: profit.map((each) => each + 1 - bonus) };
  const { atLeast } = looked;
  const all = pricesFor(profiles, price);
  const lower = last && all.map((each, j) => (price[j]! < last.price[j]! ? each : unaffordable));
  const wanted: Wanted = {
    view: 'own',
    most: moreColumns,
    prices: [all, lower],
    atLeast: atLeast.slice(),
    floor: new Float64Array(searchers.count).fill(floor),
    ...(last && { list: Uint8Array.from(atLeast, (least, i) => (least >= last.atLeast[i]! ? 1 : 0)) }),
  };
  const better: MoreEdges[] = [];
  let unlisted = 0;
  lookForAll(profiles, wanted, (i, found) => {
    unlisted += Math.max(...found.profit.subarray(0, found.size)) + 1 - atLeast[i]!;
    if (found.size === moreColumns) atLeast[i] = Infinity;
    const more = columnsOf(profiles, 'own', i, found).filter(({ mentor }) => findEdge(edges, i, mentor) < 0);
    if (more.length > 0) better.push({ i, more });
  });
  return { better, unlisted, looked };
}
