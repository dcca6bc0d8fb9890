/** Blocking pairs among all eligible ones, looked for again only where something has changed. */
import {
  blockingGain,
  blockingSlots,
  convexWeight,
  countBlocking,
  extendRows,
  findEdge,
  type FoundBlocking,
  type Matching,
  type MoreEdges,
  neededOf,
} from '../assign/index.ts';
import { createFound, findCandidates } from './candidates.ts';
import { columnsOf, type Profiles, shelfPrices } from './listing.ts';
import { unaffordable } from './shelves.ts';

/** Finds the blocking pairs of a matching. Those not listed yet are added to the mentees' edges. */
export type FindBlocking = (matching: Pick<Matching, 'edges' | 'slot'>) => FoundBlocking;

/**
 * Prepares to look for blocking pairs of one matching after the other. Every pair with which a mentee and a mentor would
 * once have been content is listed by then, so only who is content with less than ever before has to be looked at.
 */
export function blockingFinder(profiles: Profiles): FindBlocking {
  const { searchers, plain, capacity, floor, shelves } = profiles;
  // The least with which a mentee and a mentor would have been content in any matching so far.
  const contentMentee = new Float64Array(searchers.length).fill(Infinity);
  const contentMentor = new Float64Array(capacity.length).fill(unaffordable);
  const found = createFound(capacity.length);
  return ({ edges, slot }) => {
    const now = neededOf(edges, capacity, slot).map((least) => Math.max(0, Math.min(least, unaffordable)));
    const eased = contentMentor.map((before, j) => (now[j]! < before ? now[j]! : unaffordable));
    for (const [j, least] of now.entries()) contentMentor[j] = Math.min(contentMentor[j]!, least);
    const all = shelfPrices(profiles, contentMentor);
    const some = shelfPrices(profiles, eased);
    const more: MoreEdges[] = [];
    for (let i = 0; i < searchers.length; i += 1) {
      const searcher = searchers[i]!;
      const own = slot[i]!;
      const least = own < 0 ? floor : Math.max(floor, edges.u[own]! + blockingGain);
      const isEased = least < contentMentee[i]!;
      if (isEased) contentMentee[i] = least;
      const bar = contentMentee[i]!;
      // By the mentors' view first, which can be this much below the mentee's.
      const given = { atLeast: 0, floor: bar - searcher.leaning };
      findCandidates(shelves, isEased ? all : some, plain[i]!, given, found);
      if (found.size === 0) continue;
      const unlisted = columnsOf(shelves, found, { by: plain[i]!, other: searcher }).filter(
        ({ u, mentor }) => u >= bar && findEdge(edges, i, mentor) < 0,
      );
      if (unlisted.length === 0) continue;
      more.push({ i, more: unlisted.map((edge) => ({ ...edge, weight: convexWeight(edge.fit) })) });
    }
    extendRows(edges, more, [slot]);
    const blocking = blockingSlots(edges, capacity, slot);
    return { blocking, mentees: countBlocking(edges, blocking, slot.length).mentees, isAll: true };
  };
}
