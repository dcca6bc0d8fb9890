/**
 * Study groups from weekly hours: how many are placed, what the groups are worth, and how long that takes; beside the
 * lot, sorting by clock and target, and building greedily without what comes after. Seconds are those of one core.
 *
 *   node bench/forming.ts [--sizes 40,100,200,2000,20000] [--seeds 3]
 */
import { parseArgs } from 'node:util';
import { formGroups, type PlainFormFigures } from '../src/matching/form/index.ts';
import { makeSeekers } from './seekers.ts';
import { quantile, report } from './statistics.ts';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '40,100,200,2000,20000' },
    seeds: { type: 'string', default: '3' },
  },
});
const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => i + 1);
const most: Readonly<Record<number, number>> = { 2000: 1, 20_000: 15 };

/** Both changes of the clocks lie within the half year ahead, and those of spring within the eight weeks. */
const from = Date.UTC(2027, 1, 22);

const percent = (share: number) => `${(100 * share).toFixed(1)} %`.padStart(8);

function line(name: string, all: readonly PlainFormFigures[], seekers: number): void {
  const sum = (of: (figures: PlainFormFigures) => number) => all.reduce((total, figures) => total + of(figures), 0);
  const groups = sum(({ groups }) => groups);
  const spreads = all.map(({ medianSpread }) => medianSpread ?? 0);
  console.log(
    `  ${name.padEnd(22)} placed ${percent(sum(({ placed }) => placed) / seekers / all.length)}, ` +
      `enough days ${percent(sum(({ withEnoughDays }) => withEnoughDays) / Math.max(1, groups))}, ` +
      `08–22 for all ${percent(sum(({ fair }) => fair) / Math.max(1, groups))}, ` +
      `value ${(sum(({ value }) => value) / 6000).toFixed(0)}, median spread ${quantile(spreads, 0.5)}`,
  );
}

// Untimed at first, so that the compiler has seen everything.
formGroups({ seekers: makeSeekers(500, 99), from, minutes: 60, seed: 1 });
for (const size of values.sizes.split(',').map(Number)) {
  for (const zones of ['steady', 'real'] as const) {
    const worked = seeds.map((seed) => {
      const seekers = makeSeekers(size, seed, zones);
      const begun = process.cpuUsage();
      const plan = formGroups({ seekers, from, minutes: 60, seed });
      const { user, system } = process.cpuUsage(begun);
      const greedy = formGroups({ seekers, from, minutes: 60, seed, effort: 0 });
      return { plan, greedy, seconds: (user + system) / 1e6 };
    });
    console.log(
      `${size} seekers, ${zones === 'steady' ? 'clocks that stay' : 'clocks of life'}, ${seeds.length} seeds`,
    );
    line('ours', worked.map(({ plan }) => plan.figures), size); // prettier-ignore
    line('greedy', worked.map(({ greedy }) => greedy.figures), size); // prettier-ignore
    line('sorted', worked.map(({ plan }) => plan.beside.sorted), size); // prettier-ignore
    line('by lot', worked.map(({ plan }) => plan.beside.random), size); // prettier-ignore
    const bounds = worked.map(({ plan }) => plan.figures.bound / size);
    const left = worked.flatMap(({ plan }) => plan.left);
    const helped = left.filter(({ nearMisses }) => nearMisses.length > 0).length;
    console.log(
      `  at most ${percent(quantile(bounds, 0.5))} could be placed; ${helped} of ${left.length} left over have a near miss`,
    );
    const limit = most[size];
    const slowest = Math.max(...worked.map(({ seconds }) => seconds));
    report('  slowest', slowest, 's', limit === undefined ? undefined : { atMost: limit });
  }
}
