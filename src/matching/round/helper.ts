/**
 * Another thread that does a part of the looking in a large round. It only saves time: the result is the same when it comes
 * late, is slow, stops or never comes.
 */
import type { Weights } from '../types.ts';
import {
  announce,
  awaitChunk,
  awaitLook,
  awaitRoom,
  type Board,
  chunk,
  chunkLooker,
  chunkTeller,
  closeBoard,
  createBoard,
  isClosed,
  toldSoFar,
} from './board.ts';
import { lookAlone, prepareLook } from './look.ts';
import type { Lookers, LookForAll, Profiles } from './profiles.ts';
import { createSearchers, type PackedMentees } from './searchers.ts';
import { columnsIn, type Shelves } from './shelves.ts';

/** Everything a helper has to know. Survives a structured clone, the board's memory as what both see. */
export interface HelperData {
  readonly board: Board;
  readonly shelves: Shelves;
  readonly seeking: PackedMentees;
  readonly weights: Weights;
}

/** Has another thread call `help` with this data, or does nothing: then nobody helps. */
export type CallHelper = (data: HelperData) => void;

/** How to come by help. */
export interface Calling {
  readonly call: CallHelper | undefined;
  /** From so many mentees on: with fewer, all is done before a thread has started. */
  readonly from?: number;
  /** How long one chunk may take before the helper is given up, in ms: it takes a few. */
  readonly patienceMs?: number;
}

/** Does some work on profiles: with a helper where there is much to look for, and somebody to call one. */
export function withHelp<T>(
  { profiles, seeking }: { readonly profiles: Profiles; readonly seeking: PackedMentees },
  weights: Weights,
  { call, from = 10_000, patienceMs = 10_000 }: Calling,
  work: (profiles: Profiles) => T,
): T {
  const { shelves, searchers, capacity } = profiles;
  if (call === undefined || searchers.count < from) return work(profiles);
  const board = createBoard(searchers.count, capacity.length);
  call({ board, shelves: { ...shelves, packed: columnsIn(shelves.packed) }, seeking, weights });
  try {
    return work({ ...profiles, lookWithHelp: lookerWith(board, patienceMs) });
  } finally {
    closeBoard(board);
  }
}

/** Helps until the board is closed. Blocks its thread. */
export function help({ board, shelves, seeking, weights }: HelperData): void {
  const lookers: Lookers = { shelves, searchers: createSearchers(shelves, weights, seeking) };
  for (let next = awaitLook(board, 0); next; next = awaitLook(board, next.chunks.until)) {
    const { wanted, chunks } = next;
    const lookAtChunk = chunkLooker(board, chunks, prepareLook(lookers, wanted));
    for (;;) {
      const told = toldSoFar(board);
      const taken = lookAtChunk();
      if (taken === 'none') break;
      if (taken === 'full') awaitRoom(board, told);
    }
  }
}

/** Looks together with whoever helps at a board. */
function lookerWith(board: Board, patienceMs: number): LookForAll {
  return (lookers, wanted, onFound) => {
    if (isClosed(board)) return lookAlone(lookers, wanted, onFound);
    const chunks = announce(board, wanted, lookers.searchers.count);
    const look = prepareLook(lookers, wanted);
    const lookAtChunk = chunkLooker(board, chunks, look);
    const tell = chunkTeller(board, chunks, look);
    for (let next = chunks.from; next < chunks.until;) {
      if (tell(next, onFound)) next += 1;
      else if (lookAtChunk() !== 'taken' && !awaitChunk(board, next, patienceMs)) {
        closeBoard(board);
        return lookAlone(lookers, wanted, onFound, (next - chunks.from) * chunk);
      }
    }
  };
}
