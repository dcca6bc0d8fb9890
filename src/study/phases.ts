/** The parts of a session that goes by a timer: what comes after what, and until when. Pure. */
import type { SessionShape } from '../db/schema.ts';
import { type Instant, later } from '../time.ts';

/** How sessions can go, in the order in which they are offered. */
export const shapes = ['one', '25-5', '50-10', 'teach-back'] as const satisfies readonly SessionShape[];

/** `alone`, `explain`, `points`: of a teach-back, everybody for themselves, one aloud, then the checkpoints. */
type PhaseKind = 'work' | 'break' | 'alone' | 'explain' | 'points';

/** A part of a session. */
export interface Phase {
  readonly is: PhaseKind;
  readonly minutes: number;
}

/** Work and breaks after one another. */
export const workAndBreak = (work: number, pause: number): readonly Phase[] => [
  { is: 'work', minutes: work },
  { is: 'break', minutes: pause },
];

/** What comes round again and again; a session in one stretch has no parts. */
const rounds: Readonly<Record<Exclude<SessionShape, 'one'>, readonly Phase[]>> = {
  '25-5': workAndBreak(25, 5),
  '50-10': workAndBreak(50, 10),
  // Two minutes to think; six are enough to explain a question aloud, four to compare with what a good answer has.
  'teach-back': [
    { is: 'alone', minutes: 2 },
    { is: 'explain', minutes: 6 },
    { is: 'points', minutes: 4 },
  ],
};

/** The part of a session by its number, counted from 0; undefined for a session in one stretch. */
export function phaseOf(shape: SessionShape, number: number): Phase | undefined {
  return shape === 'one' ? undefined : rounds[shape][number % rounds[shape].length];
}

/** The parts that have begun by a moment after one that ended: none while it lasts. */
export function phaseAt(
  shape: SessionShape,
  from: { readonly number: number; readonly until: Instant },
  now: Instant,
): { readonly number: number; readonly until: Instant } {
  let { number, until } = from;
  for (let next = phaseOf(shape, number + 1); next && until <= now; next = phaseOf(shape, number + 1)) {
    number += 1;
    until = later(until, { minutes: next.minutes });
  }
  return { number, until };
}

/** Whether another round begins between two parts of a session. */
export function beginsRound(shape: SessionShape, from: number, to: number): boolean {
  if (shape === 'one') return false;
  const { length } = rounds[shape];
  return Math.floor(to / length) > Math.floor(from / length);
}
