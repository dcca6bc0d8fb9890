/**
 * Memory through which two threads share the looking. Mentees are looked for in chunks, and whichever thread is free takes
 * the next one. What was found lies in a tray until everything before it has been told, so that what is told does not
 * depend on who looked.
 *
 * Chunks are numbered through all looks, from 0: a number that was given out is never one of another look.
 */
import { createFound, type Found } from './candidates.ts';
import type { prepareLook } from './look.ts';
import type { OnFound, Wanted } from './profiles.ts';

/** Mentees of a chunk. */
export const chunk = 128;
/** Chunks that wait to be told at most, and mentors that may be found for all mentees of one. */
const trays = 16;
const room = chunk * 64;
/** In a tray: how many were found for each mentee, and then their numbers, fits and profits. */
const trayLength = chunk + 3 * room;
/** The count of the first mentee of a chunk for whom there was no room: whoever tells looks again. */
const overflow = -1;

/** Where the numbers of `control` are. */
const at = {
  /** The number after the last chunk of this look; `closed` when nothing more is looked for. */
  until: 0,
  /** The first chunk of this look. */
  from: 1,
  /** The next chunk to take, and the next to be told. */
  taken: 2,
  told: 3,
  /** What is wanted: 1 for the mentees' own view, mentors for each, and 1 where there are two lists of prices. */
  isOwn: 4,
  most: 5,
  hasSecond: 6,
  /** By tray: the number after that of the chunk that is ready there. */
  ready: 7,
} as const;
const closed = -1;

/** What both threads see. */
export interface Board {
  readonly control: Int32Array;
  readonly prices: readonly [Int32Array, Int32Array];
  readonly list: Uint8Array;
  readonly atLeast: Float64Array;
  readonly floor: Float64Array;
  readonly results: Int32Array;
}

/** The chunks of one look, from one number to before another, and how many mentees there are in all of them. */
interface Chunks {
  readonly from: number;
  readonly until: number;
  readonly mentees: number;
}

/** A board for so many mentees and mentors. */
export function createBoard(mentees: number, mentors: number): Board {
  const whole = (length: number) => new Int32Array(new SharedArrayBuffer(4 * length));
  const real = (length: number) => new Float64Array(new SharedArrayBuffer(8 * length));
  return {
    control: whole(at.ready + trays),
    prices: [whole(mentors), whole(mentors)],
    list: new Uint8Array(new SharedArrayBuffer(mentees)),
    atLeast: real(mentees),
    floor: real(mentees),
    results: whole(trays * trayLength),
  };
}

/** Says that nothing more is looked for, to whoever waits as well. */
export function closeBoard({ control }: Board): void {
  Atomics.store(control, at.until, closed);
  Atomics.notify(control, at.until);
  Atomics.add(control, at.told, 1);
  Atomics.notify(control, at.told);
}

export function isClosed({ control }: Board): boolean {
  return Atomics.load(control, at.until) === closed;
}

/** Writes down what is wanted, and only then how far it goes: who sees that sees all of it. */
export function announce({ control, prices, list, atLeast, floor }: Board, wanted: Wanted, mentees: number): Chunks {
  const from = control[at.until]!;
  const until = from + Math.ceil(mentees / chunk);
  prices[0].set(wanted.prices[0]);
  if (wanted.prices[1]) prices[1].set(wanted.prices[1]);
  if (wanted.list) list.set(wanted.list);
  else list.fill(0);
  atLeast.set(wanted.atLeast);
  floor.set(wanted.floor);
  control[at.isOwn] = wanted.view === 'own' ? 1 : 0;
  control[at.most] = wanted.most;
  control[at.hasSecond] = wanted.prices[1] ? 1 : 0;
  control[at.from] = from;
  Atomics.store(control, at.until, until);
  Atomics.notify(control, at.until);
  return { from, until, mentees };
}

/**
 * Waits for a look that is not over yet when it is announced.
 * @param before the `until` of the last one, 0 at first.
 * @returns undefined when the board was closed. Should the look be over by now, all of this may be half of the next one's:
 * then no chunk of it can be taken.
 */
export function awaitLook(
  { control, prices, list, atLeast, floor }: Board,
  before: number,
): { readonly wanted: Wanted; readonly chunks: Chunks } | undefined {
  Atomics.wait(control, at.until, before);
  const until = Atomics.load(control, at.until);
  if (until === closed) return undefined;
  return {
    chunks: { from: control[at.from]!, until, mentees: list.length },
    wanted: {
      view: control[at.isOwn] === 1 ? 'own' : 'plain',
      most: control[at.most]!,
      prices: control[at.hasSecond] === 1 ? prices : [prices[0]],
      list,
      atLeast,
      floor,
    },
  };
}

/** What looks for one mentee. */
type Look = ReturnType<typeof prepareLook>;

/**
 * What takes the next chunk and looks for its mentees.
 * @returns `none` when there is no more, `full` when everything found has to be told first.
 */
export function chunkLooker({ control, results }: Board, { from, until, mentees }: Chunks, look: Look) {
  return (): 'taken' | 'none' | 'full' => {
    const number = Atomics.load(control, at.taken);
    if (Atomics.load(control, at.until) !== until || number >= until) return 'none';
    if (number >= Atomics.load(control, at.told) + trays) return 'full';
    // Where the other one was quicker there may be another.
    if (Atomics.compareExchange(control, at.taken, number, number + 1) !== number) return 'taken';
    const first = (number - from) * chunk;
    const counts = (number % trays) * trayLength;
    let end = counts + chunk;
    for (let k = 0; k < chunk && first + k < mentees; k += 1) {
      const found = look(first + k);
      const hasRoom = end + 3 * found.size <= counts + trayLength;
      results[counts + k] = hasRoom ? found.size : overflow;
      if (!hasRoom) break;
      end = write(results, end, found);
    }
    Atomics.store(control, readyAt(number), number + 1);
    Atomics.notify(control, readyAt(number));
    return 'taken';
  };
}

/** Waits until more has been told than `told`. */
export function awaitRoom({ control }: Board, told: number): void {
  Atomics.wait(control, at.told, told);
}

/** The number of the next chunk to be told. */
export function toldSoFar({ control }: Board): number {
  return Atomics.load(control, at.told);
}

/** What tells of the mentees of a chunk, if that is ready. @returns whether it was. */
export function chunkTeller({ control, results }: Board, { from, mentees }: Chunks, look: Look) {
  const read = createFound(control[at.most]!);
  return (number: number, onFound: OnFound): boolean => {
    if (Atomics.load(control, readyAt(number)) !== number + 1) return false;
    const first = (number - from) * chunk;
    const counts = (number % trays) * trayLength;
    let end = counts + chunk;
    let hadRoom = true;
    for (let k = 0; k < chunk && first + k < mentees; k += 1) {
      hadRoom &&= results[counts + k] !== overflow;
      if (hadRoom) end = readInto(read, results, end, results[counts + k]!);
      const found = hadRoom ? read : look(first + k);
      if (found.size > 0) onFound(first + k, found);
    }
    Atomics.store(control, at.told, number + 1);
    Atomics.notify(control, at.told);
    return true;
  };
}

/** Waits until a chunk that was taken is ready. @returns whether it is before so many milliseconds have passed. */
export function awaitChunk({ control }: Board, number: number, patienceMs: number): boolean {
  const ready = Atomics.load(control, readyAt(number));
  return ready === number + 1 || Atomics.wait(control, readyAt(number), ready, patienceMs) !== 'timed-out';
}

/** Where the tray of a chunk tells which one is ready there. */
function readyAt(number: number): number {
  return at.ready + (number % trays);
}

/** Writes down who was found. @returns where the next one's begin. */
function write(results: Int32Array, from: number, { size, mentor, fit, profit }: Found): number {
  for (let one = 0; one < size; one += 1) {
    results[from + 3 * one] = mentor[one]!;
    results[from + 3 * one + 1] = fit[one]!;
    results[from + 3 * one + 2] = profit[one]!;
  }
  return from + 3 * size;
}

/** Reads that again. @returns where the next one's begin. */
function readInto(found: Found, results: Int32Array, from: number, size: number): number {
  found.size = size;
  for (let one = 0; one < size; one += 1) {
    found.mentor[one] = results[from + 3 * one]!;
    found.fit[one] = results[from + 3 * one + 1]!;
    found.profit[one] = results[from + 3 * one + 2]!;
  }
  return from + 3 * size;
}
