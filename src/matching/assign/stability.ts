/**
 * Fewer pairs who would both rather have each other, for very little of the total. The optimum of the sum leaves some
 * such pairs, because it splits up two who suit very well when two middling pairs weigh more. A convex weight makes it
 * do so less often; then a few rounds give each blocking pair that is left a bonus, and the optimum follows.
 */
import { totalOf } from './certificate.ts';
import type { Edges } from './edges.ts';
import { scale } from './graph.ts';
import type { Matching } from './shortest-paths.ts';
import { matchAsManyAsPossible, putBack, takeOut } from './solve.ts';
import { settleTies } from './ties.ts';

/** Of all mentees at most this share in a blocking pair: then it is enough. */
export const enoughStable = 0.016;
/** Of the best total at least this share is kept. */
const keptOfTotal = 0.9945;
/** What a blocking pair's weight gains in a round. */
const roundBonus = 300;
const mostRounds = 16;

/** Weighs a high fit more than its share: 100 and 0 are better than 50 and 50. */
export function convexWeight(fit: number): number {
  return fit + Math.round((fit * fit) / scale);
}

/** Sets the convex weight for every edge. */
export function makeConvex(edges: Edges): void {
  for (let e = 0; e < edges.used; e += 1) edges.weight[e] = convexWeight(edges.fit[e]!);
}

/** A matching with its blocking pairs. */
export interface Stabilised {
  readonly slot: Int32Array;
  /** The slots of the blocking pairs, and how many mentees are in one. */
  readonly blocking: readonly number[];
  readonly mentees: number;
}

/**
 * Rounds until few mentees are in blocking pairs or the total has given what it may.
 * @param matching optimal for convex weights.
 * @param given `best`: the highest total of as many matched; `findBlocking`: the slots of all blocking pairs.
 * @returns the matching with the fewest mentees in blocking pairs of those that keep enough of the total.
 */
export function stabilise(
  matching: Matching,
  given: {
    readonly best: Stabilised;
    readonly findBlocking: (matching: Matching) => Omit<Stabilised, 'slot'>;
    readonly onRound?: ((done: number) => void) | undefined;
  },
): Stabilised {
  const { edges } = matching;
  const least = keptOfTotal * totalOf(edges, given.best.slot).total;
  const mentees = Math.max(1, matching.slot.length);
  matchAsManyAsPossible(matching, mostRounds * roundBonus);
  let best = given.best;
  for (let round = 0; round < mostRounds && best.mentees > enoughStable * mentees; round += 1) {
    settleTies(matching);
    const found = given.findBlocking(matching);
    if (totalOf(edges, matching.slot).total < least) break;
    if (found.mentees < best.mentees) best = { slot: matching.slot.slice(), ...found };
    given.onRound?.((round + 1) / mostRounds);
    const inSome = menteesIn(edges, found.blocking);
    // Out first: weights may only change while nobody present relies on them.
    for (const i of inSome) takeOut(matching, i);
    for (const e of found.blocking) edges.weight[e]! += roundBonus;
    putBack(matching, inSome);
  }
  return best;
}

function menteesIn(edges: Edges, slots: readonly number[]): readonly number[] {
  return [...new Set(slots.map((e) => edges.mentee[e]!))];
}
