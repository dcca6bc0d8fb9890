/** Whether a matching has as many mentees as possible, looked at over all eligible pairs and not only the listed ones. */
import type { Matching } from '../assign/index.ts';
import { fitAt, isAllowed } from './searchers.ts';
import type { Profiles } from './profiles.ts';
import { everybody } from './shelves.ts';

/**
 * Pure: whether no more mentees can be matched: no path leads from a mentee without a mentor, over mentors who are eligible
 * and those whom they have, to a free place. Each mentor is reached once, so it is quick where most can have most.
 *
 * C. Berge: Two theorems in graph theory. Proc. Nat. Acad. Sci. 43 (1957).
 */
export function isLargest({ shelves, searchers, floor }: Profiles, matching: Matching): boolean {
  const { capacity, load, slot, held, next } = matching;
  const { packed, sections } = shelves;
  let unreached = Array.from(sections[everybody]!.mentor).filter((j) => capacity[j]! > 0);
  if (unreached.every((j) => load[j] === capacity[j])) return true;
  const reached: number[] = [];
  for (let i = 0; i < slot.length; i += 1) if (slot[i]! < 0) reached.push(i);
  for (let i = reached.pop(); i !== undefined; i = reached.pop()) {
    const searcher = searchers.own(i);
    const left: number[] = [];
    for (const j of unreached) {
      if (!isAllowed(packed, searcher, j) || fitAt(packed, searcher, j) < floor) {
        left.push(j);
        continue;
      }
      if (load[j]! < capacity[j]!) return false;
      for (let other = held[j]!; other >= 0; other = next[other]!) reached.push(other);
    }
    unreached = left;
  }
  return true;
}
