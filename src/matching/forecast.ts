/**
 * What places will cost, before anybody has bid for them: a part of the mentees and of the mentors is matched among
 * itself, and each mentor is priced at what somebody of that part would just pay. With such prices the first lists hold
 * nearly all the pairs that matter.
 *
 * The prices are the c-transform of the sample's profits: C. Villani: Optimal Transport, Old and New (2009), chapter 5.
 */
import { solve } from './assign/index.ts';
import { createFound, findCandidates } from './candidates.ts';
import { listColumns, type Profiles, shelfPrices } from './listing.ts';

/** Mentees in the sample: enough for prices within a few hundred of 10,000. */
const sampleSize = 2_000;
/** Mentees of the sample who look at everybody; then each look is at twice as many. */
const firstLook = 16;
/** Pure: predicted prices by mentor. */
export function forecastPrices(profiles: Profiles): Float64Array {
  const { searchers, plain, shelves } = profiles;
  const every = Math.max(4, Math.round(searchers.length / sampleSize));
  const inSample = (_: unknown, i: number) => i % every === 0;
  const sample = {
    ...profiles,
    searchers: searchers.filter(inSample),
    plain: plain.filter(inSample),
    capacity: profiles.capacity.map((places, j) => (inSample(places, j) ? places : 0)),
  };
  const { bonus, profit } = solve(listColumns(sample), sample.capacity);
  const price = new Float64Array(profiles.capacity.length);
  const found = createFound(price.length);
  // What the first few would pay rules most others out.
  for (let from = 0, until = firstLook; from < sample.searchers.length; from = until, until *= 2) {
    const prices = shelfPrices(profiles, price);
    for (const [i, searcher] of sample.searchers.slice(from, until).entries()) {
      const offered = bonus - profit[from + i]!;
      findCandidates(shelves, prices, searcher, { atLeast: 1 - offered, floor: profiles.floor }, found);
      for (let at = 0; at < found.size; at += 1) {
        const j = found.mentor[at]!;
        price[j] = Math.max(price[j]!, found.fit[at]! + offered);
      }
    }
  }
  return price;
}
