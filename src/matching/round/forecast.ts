/**
 * What places will cost, before anybody has bid for them: a part of the mentees and of the mentors is matched among
 * itself, and each mentor is priced at what somebody of that part would just pay. With such prices the first lists hold
 * nearly all the pairs that matter. Prices for a large part are predicted in turn from a part of it.
 *
 * The prices are the c-transform of the part's profits: C. Villani: Optimal Transport, Old and New (2009), chapter 5.
 */
import { auctionBonus, type Matching, solve } from '../assign/index.ts';
import { createFound, findCandidates } from './candidates.ts';
import { listColumns } from './listing.ts';
import { priceShelves, pricesFor } from './look.ts';
import type { Profiles } from './profiles.ts';
import type { Searchers } from './searchers.ts';

/** From so many mentees on prices are predicted. */
export const predictFrom = 1_500;
/** One of so many mentees and mentors is in the part. */
const every = 8;
/** Mentors listed for each mentee where prices are predicted. */
const predictedColumns = 16;
/** How much less than nothing a mentor may be worth to a mentee and be listed, because predicted prices are not exact. */
const mispriced = 500;
/** Mentees of the part who look at everybody; then each look is at twice as many. */
const firstLook = 16;

/** Pure: a matching that is good on each mentee's most promising pairs, and the prices by which they were chosen. */
export function solveByForecast(profiles: Profiles): { readonly matching: Matching; readonly forecast: Float64Array } {
  const { searchers, capacity } = profiles;
  if (searchers.count < predictFrom) {
    return { matching: solve(listColumns(profiles), capacity), forecast: new Float64Array(capacity.length) };
  }
  const forecast = forecastPrices(profiles);
  const edges = listColumns(profiles, { most: predictedColumns, price: forecast, atLeast: -auctionBonus - mispriced });
  return { matching: solve(edges, capacity, { guess: forecast, precision: 'near' }), forecast };
}

/** Pure: predicted prices by mentor. */
function forecastPrices(profiles: Profiles): Float64Array {
  const { shelves, floor, capacity } = profiles;
  const part = partOf(profiles);
  const { bonus, profit } = solveByForecast(part).matching;
  const price = new Float64Array(capacity.length);
  const found = createFound(price.length);
  // What the first few would pay rules most others out.
  for (let from = 0, until = firstLook; from < part.searchers.count; from = until, until *= 2) {
    const prices = priceShelves(shelves, pricesFor(profiles, price));
    for (let i = from; i < Math.min(until, part.searchers.count); i += 1) {
      const offered = bonus - profit[i]!;
      findCandidates(shelves, prices, part.searchers.own(i), { atLeast: 1 - offered, floor }, found);
      for (let at = 0; at < found.size; at += 1) {
        const j = found.mentor[at]!;
        price[j] = Math.max(price[j]!, found.fit[at]! + offered);
      }
    }
  }
  return price;
}

function partOf(profiles: Profiles): Profiles {
  const { searchers, capacity } = profiles;
  const inPart = (_: unknown, i: number) => i % every === 0;
  const withPlaces = Array.from(capacity.keys()).filter((j) => capacity[j]! > 0);
  const places = new Int32Array(capacity.length);
  for (const j of withPlaces.filter(inPart)) places[j] = capacity[j]!;
  const chosen: Searchers = {
    count: Math.ceil(searchers.count / every),
    own: (i) => searchers.own(i * every),
    plain: (i) => searchers.plain(i * every),
  };
  return { ...profiles, searchers: chosen, capacity: places, lookWithHelp: undefined };
}
