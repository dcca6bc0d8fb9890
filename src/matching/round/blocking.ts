/** Blocking pairs among all eligible ones, looked for again only where something has changed. */
import {
  blockingGain,
  convexWeight,
  extendRows,
  findEdge,
  findListed,
  type FoundBlocking,
  type Matching,
  type MoreEdges,
  neededOf,
} from '../assign/index.ts';
import { columnsOf } from './listing.ts';
import { lookForAll, pricesFor } from './look.ts';
import type { Profiles, Wanted } from './profiles.ts';
import { unaffordable } from './shelves.ts';

/** Finds the blocking pairs of a matching. Those not listed yet are added to the mentees' edges. */
export type FindBlocking = (matching: Pick<Matching, 'edges' | 'slot'>) => FoundBlocking;

/**
 * Prepares to look for blocking pairs of one matching after the other. Every pair with which a mentee and a mentor would
 * once have been content is listed by then, so only who is content with less than ever before has to be looked at.
 */
export function blockingFinder(profiles: Profiles): FindBlocking {
  const { searchers, capacity, floor } = profiles;
  // The least with which a mentee and a mentor would have been content in any matching so far.
  const contentMentee = new Float64Array(searchers.count).fill(Infinity);
  // What a mentee sees more in a mentor than the guild does, at most.
  const leaning = Int32Array.from({ length: searchers.count }, (_, i) => searchers.own(i).leaning);
  const contentMentor = new Float64Array(capacity.length).fill(unaffordable);
  return ({ edges, slot }) => {
    const now = neededOf(edges, capacity, slot).map((least) => Math.max(0, Math.min(least, unaffordable)));
    const eased = contentMentor.map((before, j) => (now[j]! < before ? now[j]! : unaffordable));
    for (const [j, least] of now.entries()) contentMentor[j] = Math.min(contentMentor[j]!, least);
    const list = new Uint8Array(slot.length).fill(1);
    for (const [i, own] of slot.entries()) {
      const least = own < 0 ? floor : Math.max(floor, edges.u[own]! + blockingGain);
      if (least >= contentMentee[i]!) continue;
      contentMentee[i] = least;
      list[i] = 0;
    }
    const wanted: Wanted = {
      // By the mentors' view first, which can be this much below the mentee's.
      view: 'plain',
      most: capacity.length,
      prices: [pricesFor(profiles, contentMentor), pricesFor(profiles, eased)],
      list,
      atLeast: new Float64Array(slot.length),
      floor: contentMentee.map((least, i) => least - leaning[i]!),
    };
    const unlisted: MoreEdges[] = [];
    lookForAll(profiles, wanted, (i, found) => {
      const more = columnsOf(profiles, 'plain', i, found).filter(
        ({ u, mentor }) => u >= contentMentee[i]! && findEdge(edges, i, mentor) < 0,
      );
      if (more.length === 0) return;
      unlisted.push({ i, more: more.map((edge) => ({ ...edge, weight: convexWeight(edge.fit) })) });
    });
    extendRows(edges, unlisted, [slot]);
    return findListed(edges, capacity, slot);
  };
}
