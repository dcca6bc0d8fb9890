/**
 * Exchanges two mentees' mentors where that leaves fewer mentees in blocking pairs, for little of the total. Bonuses move
 * many pairs at once and overshoot at the end; exchanges look at each mentee who is left, and see what each step costs.
 */
import { blockingGain } from './certificate.ts';
import { type Edges, findEdge } from './edges.ts';

/** What one mentee less in blocking pairs may cost of the total, sweep by sweep: the cheap ones first. */
const costs = [200, 400, 800, 1_500, 3_000];

/** A matching in which two mentees can change places. */
interface Board {
  readonly edges: Edges;
  readonly capacity: Int32Array;
  readonly slot: Int32Array;
  /** By mentor: the mentees they have. */
  readonly held: readonly number[][];
  /** By mentor: what both would gain by, as `neededOf`. */
  readonly needed: Float64Array;
  /** By mentee: 1 when in a blocking pair. */
  readonly isBlocking: Uint8Array;
}

/** One mentee and the slot they get, -1 for nobody. */
type Step = readonly [mentee: number, slot: number];

/** One gets what the other leaves. */
type Exchange = readonly [gets: Step, leaves: Step];

/** What steps that were taken have changed, for taking them back. */
interface Taken {
  readonly before: readonly Step[];
  readonly needed: readonly (readonly [mentor: number, before: number])[];
  readonly isBlocking: readonly (readonly [mentee: number, before: number])[];
  /** How many more mentees are in blocking pairs. */
  readonly more: number;
}

/**
 * Exchanges until few enough mentees are in blocking pairs, or no exchange is worth it. As many are matched as before.
 * @param given `slot`: who has whom, changed in place; `enough`: mentees in blocking pairs; `least`: the total to keep;
 * `isThorough`: whether to win back first what bonuses have cost needlessly, which takes long where there are many.
 */
export function exchangePlaces(
  edges: Edges,
  capacity: Int32Array,
  given: {
    readonly slot: Int32Array;
    readonly enough: number;
    readonly least: number;
    readonly isThorough?: boolean;
  },
): void {
  const { slot, enough, least } = given;
  const board = boardOf(edges, capacity, slot);
  if (given.isThorough) regainTotal(board);
  let spare = -least;
  for (const e of slot) if (e >= 0) spare += edges.fit[e]!;
  let blocking = board.isBlocking.reduce((sum, each) => sum + each, 0);
  for (const cost of costs) {
    for (let i = 0; i < slot.length && blocking > enough; i += 1) {
      if (board.isBlocking[i] === 0) continue;
      for (const steps of exchangesFor(board, i)) {
        const gain = gainOf(board, steps);
        // An exchange that frees more than one is not looked for: it happens, and is cheap then.
        if (gain < -cost || spare + gain < 0) continue;
        const taken = take(board, steps);
        if (taken.more < 0 && gain >= cost * taken.more) {
          spare += gain;
          blocking += taken.more;
          if (board.isBlocking[i] === 0) break;
        } else takeBack(board, taken);
      }
    }
  }
}

/** Takes every exchange that adds to the total and leaves no more mentees in blocking pairs: more can be given up then. */
function regainTotal(board: Board): void {
  for (let i = 0; i < board.slot.length; i += 1) {
    for (const steps of exchangesFor(board, i)) {
      if (gainOf(board, steps) > 0) takeUnlessMore(board, steps);
    }
  }
}

/**
 * Gives places to those who come first: somebody without a mentor gets that of somebody later, where the fit is the same
 * and no more mentees are in blocking pairs.
 * @param given `slot`: who has whom, changed in place; `precedence`: by mentee, the lower number first.
 * @returns whether anything has changed.
 */
export function settlePlaces(
  edges: Edges,
  capacity: Int32Array,
  { slot, precedence }: { readonly slot: Int32Array; readonly precedence: Int32Array },
): boolean {
  const board = boardOf(edges, capacity, slot);
  const without = Array.from(slot.keys()).filter((i) => slot[i]! < 0);
  let hasChanged = false;
  for (const each of without.toSorted((a, b) => precedence[a]! - precedence[b]!)) {
    // Whoever had the place may come before somebody else.
    for (let i: number | undefined = each; i !== undefined;) {
      const later: readonly Exchange[] = laterAsFit(board, i, precedence);
      const steps = later.find((exchange) => takeUnlessMore(board, exchange));
      hasChanged ||= steps !== undefined;
      i = steps?.[1][0];
    }
  }
  return hasChanged;
}

/** The exchanges by which mentee `i` gets the place of somebody later for the same fit, the last one's first. */
function laterAsFit({ edges, slot, held }: Board, i: number, precedence: Int32Array): readonly Exchange[] {
  const exchanges: Exchange[] = [];
  for (let e = edges.start[i]!; e < edges.end[i]!; e += 1) {
    for (const other of held[edges.mentor[e]!]!) {
      if (precedence[other]! <= precedence[i]! || edges.fit[slot[other]!] !== edges.fit[e]) continue;
      exchanges.push([[i, e], [other, -1]]); // prettier-ignore
    }
  }
  return exchanges.toSorted(([, [a]], [, [b]]) => precedence[b]! - precedence[a]!);
}

function boardOf(edges: Edges, capacity: Int32Array, slot: Int32Array): Board {
  const held: number[][] = Array.from(capacity, () => []);
  for (let i = 0; i < slot.length; i += 1) if (slot[i]! >= 0) held[edges.mentor[slot[i]!]!]!.push(i);
  const board = {
    edges,
    capacity,
    slot,
    held,
    needed: new Float64Array(capacity.length),
    isBlocking: new Uint8Array(slot.length),
  };
  for (let j = 0; j < capacity.length; j += 1) board.needed[j] = neededAt(board, j);
  for (let i = 0; i < slot.length; i += 1) board.isBlocking[i] = isInBlocking(board, i);
  return board;
}

/** The ways in which mentee `i` could get another mentor, with whoever has to change for it. */
function* exchangesFor({ edges, capacity, slot, held }: Board, i: number): Generator<readonly Step[]> {
  for (let e = edges.start[i]!; e < edges.end[i]!; e += 1) {
    const own = slot[i]!;
    const to = edges.mentor[e]!;
    const from = own < 0 ? -1 : edges.mentor[own]!;
    // Somebody who gets less than they have would want it back.
    if (to === from || capacity[to] === 0 || (own >= 0 && edges.u[e]! <= edges.u[own]!)) continue;
    // Nobody without a mentor finds a free place: as many as possible are matched.
    if (held[to]!.length < capacity[to]!) {
      if (own >= 0) yield [[i, e]];
      continue;
    }
    for (const other of held[to]!.slice()) {
      const back = from < 0 ? -1 : findEdge(edges, other, from);
      if (from >= 0 && back < 0) continue;
      yield [[i, e], [other, back]]; // prettier-ignore
      // Taken: what follows would start from elsewhere.
      if (slot[i] === e) break;
    }
  }
}

function gainOf({ edges: { fit }, slot }: Board, steps: readonly Step[]): number {
  const fitAt = (e: number) => (e < 0 ? 0 : fit[e]!);
  return steps.reduce((sum, [i, e]) => sum + fitAt(e) - fitAt(slot[i]!), 0);
}

/** Takes steps, and sees who is in blocking pairs then. */
function take(board: Board, steps: readonly Step[]): Taken {
  const { edges, slot, needed, isBlocking } = board;
  const before = steps.map(([i]): Step => [i, slot[i]!]);
  const mentors = new Set(move(board, steps));
  const concerned = new Set(steps.map(([i]) => i));
  const neededBefore: [number, number][] = [];
  for (const j of mentors) {
    const now = neededAt(board, j);
    if (now === needed[j]) continue;
    const lower = Math.min(now, needed[j]!);
    neededBefore.push([j, needed[j]!]);
    needed[j] = now;
    for (let e = edges.columnHead[j]!; e >= 0; e = edges.columnNext[e]!) {
      if (edges.mentee[e]! >= 0 && edges.v[e]! >= lower) concerned.add(edges.mentee[e]!);
    }
  }
  let more = 0;
  const blockingBefore: [number, number][] = [];
  for (const i of concerned) {
    const now = isInBlocking(board, i);
    if (now === isBlocking[i]) continue;
    more += now - isBlocking[i]!;
    blockingBefore.push([i, isBlocking[i]!]);
    isBlocking[i] = now;
  }
  return { before, needed: neededBefore, isBlocking: blockingBefore, more };
}

/** Takes steps unless more mentees are in blocking pairs then. @returns whether it has. */
function takeUnlessMore(board: Board, steps: readonly Step[]): boolean {
  const taken = take(board, steps);
  if (taken.more > 0) takeBack(board, taken);
  return taken.more <= 0;
}

function takeBack(board: Board, { before, needed, isBlocking }: Taken): void {
  move(board, before);
  for (const [j, each] of needed) board.needed[j] = each;
  for (const [i, each] of isBlocking) board.isBlocking[i] = each;
}

/** Gives each mentee their slot. @returns the mentors concerned. */
function move({ edges, slot, held }: Board, steps: readonly Step[]): number[] {
  const left = steps.flatMap(([i]) => (slot[i]! < 0 ? [] : [edges.mentor[slot[i]!]!]));
  for (const [i] of steps) {
    if (slot[i]! < 0) continue;
    const those = held[edges.mentor[slot[i]!]!]!;
    those.splice(those.indexOf(i), 1);
  }
  for (const [i, e] of steps) {
    slot[i] = e;
    if (e >= 0) held[edges.mentor[e]!]!.push(i);
  }
  return [...left, ...steps.flatMap(([, e]) => (e < 0 ? [] : [edges.mentor[e]!]))];
}

function neededAt({ edges, capacity, slot, held }: Board, j: number): number {
  if (capacity[j] === 0) return Infinity;
  if (held[j]!.length < capacity[j]!) return -Infinity;
  return held[j]!.reduce((least, i) => Math.min(least, edges.v[slot[i]!]! + blockingGain), Infinity);
}

function isInBlocking({ edges, slot, needed }: Board, i: number): 0 | 1 {
  const own = slot[i]!;
  const least = own < 0 ? -Infinity : edges.u[own]! + blockingGain;
  for (let e = edges.start[i]!; e < edges.end[i]!; e += 1) {
    if (e !== own && edges.u[e]! >= least && edges.v[e]! >= needed[edges.mentor[e]!]!) return 1;
  }
  return 0;
}
