/**
 * What places will cost, before anybody has bid for them: a part of the mentees and of the mentors is matched among
 * itself, and each mentor is priced at what somebody of that part would just pay. With such prices the first lists hold
 * nearly all the pairs that matter.
 *
 * The prices are the c-transform of the sample's profits: C. Villani: Optimal Transport, Old and New (2009), chapter 5.
 */
import { type Edge, findEdge, type Matching, solve } from './assign/index.ts';
import { createFound, findCandidates, fitAt, isAllowed, type Searcher } from './candidates.ts';
import { listColumns, type Profiles, shelfPrices } from './listing.ts';
import { everybody } from './shelves.ts';

/** Mentees in the sample: enough for prices within a few hundred of 10,000. */
const sampleSize = 2_000;
/** Mentees of the sample who look at everybody; then each look is at twice as many. */
const firstLook = 16;
/** A mentor whose price is so much below the forecast was listed by too few. */
const tooCheap = 500;
/** How many mentees such a mentor looks at for each place, and beside. */
const perPlace = 3;
const beside = 8;

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

/** Pure: pairs for mentors who went too cheap, each with the mentees who would gain most by them. */
export function askedBy(
  { shelves, searchers, plain, capacity, floor }: Profiles,
  { edges, price, profit }: Matching,
  forecast: Float64Array,
): { readonly i: number; readonly edge: Edge }[] {
  // A part of the mentees is enough to bring a price up, and the next look at prices finds the rest.
  const every = Math.max(1, Math.round(searchers.length / (2 * sampleSize)));
  const { packed } = shelves;
  const asked: { i: number; edge: Edge }[] = [];
  for (const j of shelves.sections[everybody]!.mentor) {
    if (capacity[j] === 0 || price[j]! >= forecast[j]! - tooCheap) continue;
    const best: { i: number; gain: number; fit: number }[] = [];
    const room = capacity[j]! * perPlace + beside;
    let least = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < searchers.length; i += every) {
      const searcher = searchers[i] as Searcher;
      const fit = fitAt(packed, searcher, j);
      const gain = fit - profit[i]!;
      if (gain <= least || fit < floor || !isAllowed(packed, searcher, j)) continue;
      best.push({ i, gain, fit });
      if (best.length < 4 * room) continue;
      keepBest(best, room);
      least = best.at(-1)?.gain ?? least;
    }
    keepBest(best, room);
    for (const { i, fit } of best) {
      if (findEdge(edges, i, j) >= 0) continue;
      asked.push({ i, edge: { mentor: j, fit, u: fit, v: fitAt(packed, plain[i]!, j) } });
    }
  }
  return asked;
}

function keepBest(found: { i: number; gain: number }[], room: number): void {
  found.sort((a, b) => b.gain - a.gain || a.i - b.i);
  if (found.length > room) found.length = room;
}
