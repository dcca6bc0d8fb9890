/**
 * Rounds from profiles to pairs at the sizes a community may have, with their proof; beside solvers that others wrote,
 * on the same pairs in the same run.
 *
 *   node --expose-gc bench/matching.ts [--sizes 200x60,5000x1000,20x5000x1250] [--no-solvers]
 */
import { parseArgs } from 'node:util';
import { linearSumAssignment } from 'linear-sum-assignment';
import { assign, graphOf } from '../src/matching/assign/index.ts';
import { createFound, findCandidates } from '../src/matching/candidates.ts';
import { columnsOf, shelfPrices } from '../src/matching/listing.ts';
import type { RoundInput, RoundProgress } from '../src/matching/index.ts';
import { solveProfiles } from '../src/matching/plan-round.ts';
import { readPeople } from '../src/matching/round-people.ts';
import { transportByHighs } from './highs.ts';
import { population } from './population.ts';
import { quantile } from './statistics.ts';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '200x60,1000x250,5000x1000,20000x5000,20x5000x1250' },
    'no-solvers': { type: 'boolean', default: false },
  },
});

/** What a size took and came to; seconds, megabytes. */
interface Figures {
  scan: number;
  candidates: number;
  assign: number;
  stability: number;
  total: number;
  memory: number;
  matched: number;
  fit: number;
  /** Of the pure optimum, then of the round as it stands. */
  provedGap: number;
  share: number;
  blocking: number;
  p10: number;
}

const seed = 20_261_123;

// Untimed at first, so that the compiler has seen everything before anything counts.
for (let again = 0; again < 3; again += 1) measure([population({ mentees: 1000, mentors: 250, seed })]);

for (const size of values.sizes.split(',')) {
  const numbers = size.split('x').map(Number);
  const [guilds, mentees, mentors] = numbers.length === 3 ? numbers : [1, ...numbers];
  if (!guilds || !mentees || !mentors) throw new Error(`not a size: ${size}`);
  const inputs = Array.from({ length: guilds }, (_, g) => population({ mentees, mentors, seed: seed + g }));
  print(size, measure(inputs));
}
if (!values['no-solvers']) {
  await compareAt(200, 60);
  await compareAt(1000, 250);
  await compareAt(5000, 1000);
}

/** Works rounds out one after the other, as one process would. */
function measure(inputs: readonly RoundInput[]): Figures {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const sum: Figures = {
    scan: 0,
    candidates: 0,
    assign: 0,
    stability: 0,
    total: 0,
    memory: 0,
    matched: 0,
    fit: 0,
    provedGap: 0,
    share: 0,
    blocking: 0,
    p10: 0,
  };
  let bound = 0;
  let best = 0;
  let mentees = 0;
  const fits: number[] = [];
  for (const input of inputs) {
    const marks: { phase: RoundProgress['phase']; at: number }[] = [];
    const from = performance.now();
    const { profiles } = readPeople(input);
    const solved = solveProfiles(profiles, ({ phase }) => {
      if (marks.at(-1)?.phase !== phase) marks.push({ phase, at: performance.now() });
    });
    const until = performance.now();
    const [candidates = until, assigned = until, stability = until] = marks.map(({ at }) => at);
    sum.scan += (candidates - from) / 1000;
    sum.candidates += (assigned - candidates) / 1000;
    sum.assign += (stability - assigned) / 1000;
    sum.stability += (until - stability) / 1000;
    sum.total += (until - from) / 1000;
    sum.memory = Math.max(sum.memory, (process.memoryUsage().rss - before) / 1e6);
    for (const e of solved.slot) if (e >= 0) fits.push(solved.edges.fit[e] ?? 0);
    bound += solved.bound;
    best += solved.best;
    sum.blocking += solved.blocking.mentees;
    mentees += input.mentees.length;
  }
  sum.matched = fits.length;
  sum.fit = fits.reduce((total, fit) => total + fit, 0);
  sum.provedGap = (bound - best) / bound;
  sum.share = sum.fit / bound;
  sum.blocking /= mentees;
  sum.p10 = quantile(fits, 0.1);
  return sum;
}

function print(size: string, f: Figures): void {
  const seconds = (['scan', 'candidates', 'assign', 'stability', 'total'] as const)
    .map((part) => `${part} ${f[part].toFixed(2)} s`)
    .join(', ');
  console.log(`${size}: ${seconds}, memory +${f.memory.toFixed(0)} MB`);
  console.log(
    `  matched ${f.matched}, fit ${f.fit}, gap of the optimum ${(100 * f.provedGap).toFixed(3)} %, ` +
      `of its fit ${(100 * f.share).toFixed(2)} %, mentees in blocking pairs ${(100 * f.blocking).toFixed(2)} %, p10 ${f.p10}`,
  );
}

/** The same value by the same pairs, and how long each takes. Pure: others know nothing of blocking pairs. */
async function compareAt(mentees: number, mentors: number): Promise<void> {
  const { profiles } = readPeople(population({ mentees, mentors, seed }));
  const { shelves, searchers, plain, capacity } = profiles;
  const found = createFound(Math.max(1, capacity.length));
  const prices = shelfPrices(profiles, new Float64Array(capacity.length));
  const rows = searchers.map((searcher, i) => {
    findCandidates(shelves, prices, searcher, { atLeast: -10_000, floor: 0 }, found);
    return columnsOf(shelves, plain[i] ?? searcher, found);
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
    const from = performance.now();
    const result = await work();
    return { result, seconds: (performance.now() - from) / 1000 };
  };
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
