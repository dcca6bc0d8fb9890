/** Lists of pairs for many mentees: each one's best mentors, at given prices. */
import { createEdges, type Edge, type Edges, setRow } from '../assign/index.ts';
import type { Found } from './candidates.ts';
import { lookForAll, pricesFor } from './look.ts';
import type { Lookers, Profiles, Wanted } from './profiles.ts';
import { fitAt } from './searchers.ts';

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
  const { searchers, capacity, floor } = profiles;
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
    setRow(edges, i, columnsOf(profiles, 'own', i, found));
  });
  return edges;
}

/** Whom a look by one view has found for mentee `i`, as edges with what either view says. */
export function columnsOf(
  { shelves: { packed }, searchers }: Lookers,
  view: Wanted['view'],
  i: number,
  { size, mentor: mentors, fit }: Found,
): Edge[] {
  const own = searchers.own(i);
  const plain = searchers.plain(i);
  const columns: Edge[] = [];
  for (let at = 0; at < size; at += 1) {
    const mentor = mentors[at]!;
    const u = view === 'own' || own.isPlain ? fit[at]! : fitAt(packed, own, mentor);
    const v = view === 'plain' || own.isPlain ? fit[at]! : fitAt(packed, plain, mentor);
    columns.push({ mentor, fit: u, u, v });
  }
  return columns;
}
