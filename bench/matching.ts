/**
 * Rounds from profiles to pairs at the sizes a community may have, with their proof; beside solvers that others wrote,
 * on the same pairs in the same run.
 *
 *   node --expose-gc bench/matching.ts [--sizes 200x60,5000x1000,20x5000x1250] [--no-solvers]
 */
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { linearSumAssignment } from 'linear-sum-assignment';
import type { Edge } from '../src/matching/assign/index.ts';
import { assign } from './graphs/assign.ts';
import { graphOf } from './graphs/graph.ts';
import { columnsOf } from '../src/matching/round/listing.ts';
import { lookAlone, pricesFor } from '../src/matching/round/look.ts';
import type { Wanted } from '../src/matching/round/profiles.ts';
import { readPeople } from '../src/matching/round/people.ts';
import { startHelper } from '../src/mentoring/rounds/thread/start.ts';
import { transportByHighs } from './highs.ts';
import { population } from './population.ts';
import { type Guilds, inputsOf, phases, warmUp, work, type Worked } from './rounds.ts';
import { quantile } from './statistics.ts';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '200x60,1000x250,5000x1000,20000x5000,20x5000x1250' },
    'no-solvers': { type: 'boolean', default: false },
  },
});

const seed = 20_261_123;

warmUp();
for (const size of values.sizes.split(',')) {
  const numbers = size.split('x').map(Number);
  const [guilds, mentees, mentors] = numbers.length === 3 ? numbers : [1, ...numbers];
  if (!guilds || !mentees || !mentors) throw new Error(`not a size: ${size}`);
  const seeds = Array.from({ length: guilds }, (_, g) => seed + g);
  await measure(size, { mentees, mentors, seeds });
}
if (!values['no-solvers']) {
  await compareAt(200, 60);
  await compareAt(1000, 250);
  await compareAt(5000, 1000);
}

/** Works a size out and prints it: one guild here, several as the bot does, each round in a thread, as many as cores. */
async function measure(size: string, guilds: Guilds): Promise<void> {
  const threads = Math.min(guilds.seeds.length, availableParallelism());
  const workers = Array.from({ length: threads === 1 ? 0 : threads }, (_, t) => {
    const seeds = guilds.seeds.filter((_, g) => g % threads === t);
    return new Worker(new URL('rounds.ts', import.meta.url), { workerData: { ...guilds, seeds } });
  });
  const inputs = threads === 1 ? inputsOf(guilds) : [];
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const from = performance.now();
  const done = workers.map((worker) => once(worker, 'message') as Promise<[Worked]>);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  for (const worker of workers) worker.postMessage('go');
  const worked = threads === 1 ? [work(inputs, startHelper)] : (await Promise.all(done)).map(([each]) => each);
  const total = (performance.now() - from) / 1000;
  await Promise.all(workers.map((worker) => worker.terminate()));

  const sum = (of: (each: Worked) => number) => worked.reduce((all, each) => all + of(each), 0);
  const fits = worked.flatMap((each) => each.fits);
  const fit = fits.reduce((all, each) => all + each, 0);
  const bound = sum((each) => each.bound);
  const parts = phases.map((phase) => `${phase} ${sum(({ seconds }) => seconds[phase]).toFixed(2)} s`).join(', ');
  const memory = (Math.max(...worked.map((each) => each.memory)) - before) / 1e6;
  console.log(`${size}: total ${total.toFixed(2)} s${threads === 1 ? '' : ` in ${threads} threads`} (${parts}), memory +${memory.toFixed(0)} MB`); // prettier-ignore
  console.log(
    `  matched ${fits.length}, fit ${fit}, gap of the optimum ${((100 * (bound - sum(({ best }) => best))) / bound).toFixed(3)} %, ` +
      `of its bound ${((100 * fit) / bound).toFixed(2)} %, mentees in blocking pairs ` +
      `${((100 * sum(({ inBlocking }) => inBlocking)) / sum(({ mentees }) => mentees)).toFixed(2)} %, p10 ${quantile(fits, 0.1)}`,
  );
}

/** The same value by the same pairs, and how long each takes. Pure: others know nothing of blocking pairs. */
async function compareAt(mentees: number, mentors: number): Promise<void> {
  const { profiles } = readPeople(population({ mentees, mentors, seed }));
  const { capacity } = profiles;
  const rows: Edge[][] = Array.from({ length: mentees }, () => []);
  const wanted: Wanted = {
    view: 'own',
    most: capacity.length,
    prices: [pricesFor(profiles, new Float64Array(capacity.length))],
    atLeast: new Float64Array(mentees).fill(-10_000),
    floor: new Float64Array(mentees),
  };
  lookAlone(profiles, wanted, (i, found) => {
    rows[i] = columnsOf(profiles, 'own', i, found);
  });
  const graph = graphOf({
    mentees: rows.map((_, i) => ({ id: String(i).padStart(6, '0'), waitingSince: 0 })),
    mentors: Array.from(capacity, (places, j) => ({ id: String(j).padStart(6, '0'), capacity: places })),
    edges: rows.flatMap((row, i) =>
      row.map(({ mentor, ...edge }) => ({
        ...edge,
        mentee: String(i).padStart(6, '0'),
        mentor: String(mentor).padStart(6, '0'),
      })),
    ),
  });
  const timed = async <T>(work: () => T | Promise<T>) => {
    // What was made before is nobody's to clear away.
    globalThis.gc?.();
    const from = performance.now();
    const result = await work();
    return { result, seconds: (performance.now() - from) / 1000 };
  };
  // Untimed at first: at a fraction of a second the compiler's work would be a good part of it.
  assign(graph, { pure: true });
  const ours = await timed(() => assign(graph, { pure: true }));
  // A match counts as much as all fits together can.
  const bonus = 10_001 * 10;
  const lsa = await timed(() => {
    const places = Array.from(capacity).flatMap((count, j) => Array.from({ length: count }, () => j));
    const value = rows.map((row) => {
      const byMentor = new Map(row.map(({ mentor, fit }) => [mentor, fit + bonus]));
      return places.map((j) => byMentor.get(j) ?? 0);
    });
    const { rowAssignments } = linearSumAssignment(value, { maximaze: true });
    const fits = Array.from(rowAssignments, (place, i) => (place < 0 ? 0 : (value[i]?.[place] ?? 0))).filter(
      (v) => v > 0,
    );
    return { matched: fits.length, total: fits.reduce((sum, v) => sum + v - bonus, 0) };
  });
  const report = (name: string, { result, seconds }: { result: { matched: number; total: number }; seconds: number }) =>
    console.log(
      `  ${name.padEnd(24)} ${seconds.toFixed(3).padStart(9)} s  matched ${result.matched}, fit ${result.total}, ` +
        `${(seconds / ours.seconds).toFixed(1)} × ours`,
    );
  console.log(`${mentees}x${mentors}, the optimum on ${graph.edges.used} explicit pairs`);
  report('assign', ours);
  report('linear-sum-assignment', lsa);
  if (mentees <= 200) report('highs', await timed(() => transportByHighs(rows, capacity, bonus)));
}
