/** Common times against looking at every minute: 10,000 pairs over both changes of the clocks in 200 zones. */
import { findCommonTimes } from '../../src/hours/common.ts';
import { seededRandom } from '../support/context.ts';
import { clocksOver, findByTheMinute } from './brute-force.ts';
import { changes, makeSide, oddZones } from './pairs.ts';

const option = (name: string, usual: number) => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? usual : Number(process.argv[at + 1]);
};
const pairs = option('pairs', 10_000);
const count = option('zones', 200);
const seed = option('seed', 1);

const random = seededRandom(seed);
const every = Intl.supportedValuesOf('timeZone').filter((zone) => !oddZones.includes(zone));
const others = every.map((zone) => ({ zone, at: random() })).toSorted((a, b) => a.at - b.at);
const zones = [...oddZones, ...others.map(({ zone }) => zone)].slice(0, count);
const started = performance.now();
const dayMs = 24 * 3_600_000;
let [found, inside, looked, oursMs] = [0, 0, 0, 0];
for (const from of changes) {
  const clocks = clocksOver(from - dayMs, 13 * 24 * 60);
  for (let n = 0; n < pairs / changes.length; n += 1) {
    const sides = [makeSide(random, zones), makeSide(random, zones)] as const;
    const now = from + Math.floor(random() * 24 * 60) * 60_000;
    const minutes = 15 + Math.floor(random() * 6) * 15;
    const before = performance.now();
    const times = findCommonTimes(...sides, { now, minutes, taken: [], most: 8 });
    oursMs += performance.now() - before;
    const plain = findByTheMinute(clocks, sides, now, minutes, 8);
    if (JSON.stringify(times) !== JSON.stringify(plain)) {
      console.error(
        JSON.stringify({ seed, n, now: new Date(now).toISOString(), minutes, sides, times, plain }, null, 1),
      );
      process.exit(1);
    }
    looked += 1;
    found += times.length > 0 ? 1 : 0;
    inside += times.some((time) => time.inside) ? 1 : 0;
  }
}
const seconds = ((performance.now() - started) / 1000).toFixed(1);
console.log(
  `${looked} pairs in ${zones.length} zones over ${changes.length} weeks in which clocks change: the same times as minute for minute.`,
);
console.log(
  `${found} have common times, ${inside} within the hours of both. ${(oursMs / looked).toFixed(2)} ms each; ${seconds} s in all.`,
);
