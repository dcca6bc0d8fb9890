/** Works rounds out one after the other and says what each took and came to; as a worker thread, when told to go. */
import { parentPort, workerData } from 'node:worker_threads';
import type { CallHelper, RoundInput, RoundProgress } from '../src/matching/index.ts';
import { withHelp } from '../src/matching/round/helper.ts';
import { solveProfiles } from '../src/matching/round/plan.ts';
import { readPeople } from '../src/matching/round/people.ts';
import { population } from './population.ts';

/** Whose rounds: everybody of each guild is made from its seed. */
export interface Guilds {
  readonly mentees: number;
  readonly mentors: number;
  readonly seeds: readonly number[];
}

/** The parts that a round is timed by. */
export const phases = ['scan', 'assign', 'stability'] as const;

/** What rounds took and came to: seconds by phase, and sums over the guilds. */
export interface Worked {
  readonly seconds: Readonly<Record<(typeof phases)[number], number>>;
  readonly mentees: number;
  /** What the pure optimum is at most, and what was found of it. */
  readonly bound: number;
  readonly best: number;
  readonly inBlocking: number;
  /** The fit of every pair. */
  readonly fits: readonly number[];
  /** The most memory of the process, in bytes. */
  readonly memory: number;
}

/** Made before anything is timed. */
export function inputsOf({ mentees, mentors, seeds }: Guilds): RoundInput[] {
  return seeds.map((seed) => population({ mentees, mentors, seed }));
}

/** Works the rounds out, with help for large ones where it can be called. */
export function work(inputs: readonly RoundInput[], callHelper?: CallHelper): Worked {
  const seconds = { scan: 0, assign: 0, stability: 0 };
  const sum = { mentees: 0, bound: 0, best: 0, inBlocking: 0, memory: 0 };
  const fits: number[] = [];
  for (const input of inputs) {
    const started = new Map<RoundProgress['phase'], number>();
    const from = performance.now();
    const onProgress = ({ phase }: RoundProgress) => {
      if (!started.has(phase)) started.set(phase, performance.now());
    };
    const solved = withHelp(readPeople(input), input.rules.weights, { call: callHelper }, (profiles) => {
      return solveProfiles(profiles, onProgress);
    });
    const until = performance.now();
    const { assign = until, stability = until } = Object.fromEntries(started);
    seconds.scan += (assign - from) / 1000;
    seconds.assign += (stability - assign) / 1000;
    seconds.stability += (until - stability) / 1000;
    for (const e of solved.slot) if (e >= 0) fits.push(solved.edges.fit[e] ?? 0);
    sum.mentees += input.mentees.length;
    sum.bound += solved.bound;
    sum.best += solved.best;
    sum.inBlocking += solved.blocking.mentees;
    sum.memory = Math.max(sum.memory, process.memoryUsage().rss);
  }
  return { ...sum, seconds, fits };
}

if (parentPort) {
  const port = parentPort;
  const guilds = workerData as Guilds;
  const inputs = inputsOf(guilds);
  warmUp();
  port.once('message', () => port.postMessage(work(inputs)));
  port.postMessage('ready');
}

/** Untimed at first, so that the compiler has seen everything before anything counts. */
export function warmUp(): void {
  for (let again = 0; again < 3; again += 1) work(inputsOf({ mentees: 1_600, mentors: 400, seeds: [1] }));
}
