/** Lists of pairs for many mentees: each one's best mentors, at given prices. */
import { createEdges, type Edge, type Edges, setRow } from '../assign/index.ts';
import type { Found } from './candidates.ts';
import { lookForAll, pricesFor } from './look.ts';
import type { Profiles, Wanted } from './profiles.ts';
import { fitAt, type Searcher } from './searchers.ts';
import type { Shelves } from './shelves.ts';

/** Mentors listed for each mentee at first. */
const firstColumns = 24;
/** Less than any profit that somebody can have. */
const anyProfit = -0x1fffffff;

/**
 * Lists each mentee's best mentors.
 * @param given `most`: mentors for each mentee; `price`: by mentor, nothing if left out; `atLeast`: the least profit.
 */
export function listColumns(
  profiles: Profiles,
  given: { readonly most?: number; readonly price?: ArrayLike<number>; readonly atLeast?: number } = {},
): Edges {
  const { shelves, searchers, capacity, floor } = profiles;
  const { most = firstColumns, price = new Float64Array(capacity.length), atLeast = anyProfit } = given;
  const mentees = searchers.count;
  const room = Math.min(most, capacity.length);
  const edges = createEdges(mentees, capacity.length, mentees * room);
  const wanted: Wanted = {
    view: 'own',
    most: room,
    prices: [pricesFor(profiles, price)],
    atLeast: new Float64Array(mentees).fill(atLeast),
    floor: new Float64Array(mentees).fill(floor),
  };
  lookForAll(profiles, wanted, (i, found) => {
    setRow(edges, i, columnsOf(shelves, found, { by: searchers.own(i), other: searchers.plain(i) }));
  });
  return edges;
}

/** What `by` has found as edges, with what the `other` view of the mentee says of each. */
export function columnsOf(
  { packed }: Shelves,
  found: Pick<Found, 'size' | 'mentor' | 'fit'>,
  { by, other }: { readonly by: Searcher; readonly other: Searcher },
): Edge[] {
  const columns: Edge[] = [];
  for (let at = 0; at < found.size; at += 1) {
    const mentor = found.mentor[at]!;
    const own = found.fit[at]!;
    const score = by.isPlain === other.isPlain ? own : fitAt(packed, other, mentor);
    const fit = other.isPlain ? own : score;
    columns.push({ mentor, fit, u: fit, v: other.isPlain ? score : own });
  }
  return columns;
}
