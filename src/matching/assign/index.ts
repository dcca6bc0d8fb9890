/**
 * Assignment: as many mentees matched as possible, nobody below a floor of fit, few pairs who would both rather have each
 * other, then the highest total fit; ties by who waits longest, then by id. The same to the byte whatever the order of
 * what comes in, and with a proof of how good it is.
 */

export { type Blocking, blockingGain, blockingOf, blockingSlots, countBlocking, totalOf } from './certificate.ts';
export { acceptDeferred } from './deferred-acceptance.ts';
export { matchGreedily } from './greedy.ts';
export { createEdges, type Edge, type Edges, extendRows, findEdge, type MoreEdges, setRow } from './edges.ts';
export { dualObjective, neededOf } from './certificate.ts';
export type { Matching } from './shortest-paths.ts';
export { auctionBonus, matchAsManyAsPossible, type Precision, putBack, solve, takeOut } from './solve.ts';
export {
  convexWeight,
  fewBlocking,
  findListed,
  type FoundBlocking,
  stabilise,
  type Stabilised,
  stabilisedOf,
} from './stability.ts';
export { settleTies } from './ties.ts';
