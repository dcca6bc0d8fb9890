/** Looks for mentors for everybody: here, or together with another thread. */
import { createFound, findCandidates, type Found } from './candidates.ts';
import type { Lookers, OnFound, Profiles, Wanted } from './profiles.ts';
import { type PricedSection, priceSection, type Shelves, unaffordable } from './shelves.ts';

/** Looks for everybody. What is found is the same, and told in the same order, whoever looks. */
export function lookForAll(profiles: Profiles, wanted: Wanted, onFound: OnFound): void {
  (profiles.lookWithHelp ?? lookAlone)(profiles, wanted, onFound);
}

/** The same without help, from mentee `from` on. */
export function lookAlone(lookers: Lookers, wanted: Wanted, onFound: OnFound, from = 0): void {
  const look = prepareLook(lookers, wanted);
  for (let i = from; i < lookers.searchers.count; i += 1) {
    const found = look(i);
    if (found.size > 0) onFound(i, found);
  }
}

/** What looks for mentee `i`. What it finds is forgotten when it looks again. */
export function prepareLook(
  { shelves, searchers }: Lookers,
  { view, most, prices, list, atLeast, floor }: Wanted,
): (i: number) => Found {
  const first = priceShelves(shelves, prices[0]);
  const second = prices[1] ? priceShelves(shelves, prices[1]) : first;
  const who = searchers[view];
  const found = createFound(most);
  return (i) => {
    const priced = list?.[i] === 1 ? second : first;
    findCandidates(shelves, priced, who(i), { atLeast: atLeast[i]!, floor: floor[i]! }, found);
    return found;
  };
}

/** Prices by mentor, rounded up to whole ones; nobody looks at mentors without a place. */
export function pricesFor({ capacity }: Pick<Profiles, 'capacity'>, price: ArrayLike<number>): Int32Array {
  return capacity.map((places, j) => (places === 0 ? unaffordable : Math.ceil(price[j]!)));
}

/** The mentors of each section, priced. */
export function priceShelves({ sections }: Shelves, prices: Int32Array): readonly PricedSection[] {
  return sections.map((section) => priceSection(section, prices));
}
