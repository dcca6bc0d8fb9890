/**
 * Common windows against brute force by the minute: random groups, 200 zones, every week of two years. And near misses:
 * each one that people left over are shown is taken, and looked at by the minute. And the bound against the optimum of
 * small instances.
 *
 *   npm run proof:forming -- [--groups 5000] [--weeks 104] [--left 1000] [--instances 200] [--seed 1]
 */
import { parseArgs } from 'node:util';
import { formGroups, type NearMiss, type Seeker, type Timed } from '../../../src/matching/form/index.ts';
import { sessionHours, setStarts, weekWords } from '../../../src/matching/form/starts.ts';
import { type Stretch, stretchesOf } from '../../../src/matching/form/zone.ts';
import { makeSeekers } from '../../../bench/seekers.ts';
import { seededRandom } from '../../support/context.ts';
import { addMinutes, faultsOf, localMinutes, mostPlaced, week } from './reference.ts';

/** Half hours of saving, none, other dates than most, a month of it, the southern half, quarters of an hour. */
const unusual = ['Australia/Lord_Howe', 'Asia/Karachi', 'Asia/Beirut', 'Africa/Casablanca', 'America/Santiago', 'Asia/Kathmandu', 'Pacific/Chatham', 'Africa/Cairo', 'Asia/Gaza', 'America/Havana', 'America/St_Johns', 'Europe/Dublin', 'Atlantic/Azores', 'Asia/Jerusalem']; // prettier-ignore
const zonesAtMost = 200;
const first = Date.UTC(2026, 10, 30) / 60_000;

interface WindowsTried {
  readonly groups: number;
  readonly weeks: number;
  /** Weeks of groups that have a common window. */
  readonly met: number;
  /** The first that differ, in words. */
  readonly wrong: readonly string[];
}

/** Compares so many random groups in so many weeks from 30 November 2026 on. */
export function tryWindows(options: { groups: number; weeks: number; seed: number; firstWeek?: number }): WindowsTried {
  const random = seededRandom(options.seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const zones = [...unusual, ...Intl.supportedValuesOf('timeZone').filter((zone) => !unusual.includes(zone))];
  const chosen = zones.filter((_, i) => i < unusual.length || i % Math.ceil(zones.length / (zonesAtMost - 14)) === 0);
  const stretches = new Map<string, readonly Stretch[]>();
  const stretchesFor = (zone: string) => {
    const known = stretches.get(zone) ?? stretchesOf(zone, first, first + (110 + (options.firstWeek ?? 0)) * week);
    stretches.set(zone, known);
    return known;
  };
  const wrong: string[] = [];
  let met = 0;
  for (let g = 0; g < options.groups; g += 1) {
    const minutes = [25, 60, 60, 90, 240][below(5)]!;
    const people: Timed[] = Array.from({ length: 3 + below(4) }, () => ({
      zone: random() < 0.4 ? unusual[below(unusual.length)]! : chosen[below(chosen.length)]!,
      hours: Array.from({ length: 4 + below(12) }, () => {
        const from = below(7) * 1440 + below(92) * 15;
        return { from, to: Math.min(week, from + 60 + below(48) * 15) };
      }),
    }));
    const local = people.map(({ hours }) => localMinutes(hours));
    const held = people.map(({ hours }) => sessionHours(hours));
    for (let w = 0; w < options.weeks; w += 1) {
      const weekFrom = first + ((options.firstWeek ?? 0) + w) * week;
      const common = new Int32Array(weekWords).fill(-1);
      const free = new Uint8Array(week + minutes);
      for (const [i, { zone }] of people.entries()) {
        const own = new Int32Array(weekWords);
        setStarts(own, 0, { held: held[i]!, stretches: stretchesFor(zone), weekFrom }, minutes);
        for (let word = 0; word < weekWords; word += 1) common[word]! &= own[word]!;
        addMinutes(free, weekFrom, zone, local[i]!);
      }
      const differing = differs(common, free, people.length, minutes);
      if (differing !== undefined) wrong.push(`seed ${options.seed}, group ${g}, week ${w}: ${differing}`);
      if (common.some((word) => word !== 0)) met += 1;
    }
  }
  return { groups: options.groups, weeks: options.weeks, met, wrong: wrong.slice(0, 5) };
}

/** What the sets say wrongly about the minutes at which a session can begin. */
function differs(common: Int32Array, free: Uint8Array, people: number, minutes: number): string | undefined {
  let run = 0;
  let byMinute = false;
  let byQuarter = false;
  for (let at = 0; at < free.length; at += 1) {
    run = free[at] === people ? run + 1 : 0;
    const begins = at - minutes + 1;
    if (begins < 0 || begins >= week) continue;
    const can = run >= minutes;
    byMinute ||= can;
    if (begins % 15 !== 0) continue;
    byQuarter ||= can;
    const bit = begins / 15;
    if (((common[bit >>> 5]! >>> (bit & 31)) & 1) !== Number(can)) return `minute ${begins} should be ${can}`;
  }
  // Hours that begin and end on a quarter lose nothing by it.
  return byMinute === byQuarter ? undefined : 'a window begins on no quarter';
}

interface NearMissesTried {
  /** People left over, and the changes that they were shown. */
  readonly left: number;
  readonly shown: Readonly<Record<NearMiss['is'], number>>;
  readonly wrong: readonly string[];
}

/** Forms groups of forty until so many are left over, and takes each change that each of them is shown. */
export function tryNearMisses(options: { left: number; seed: number }): NearMissesTried {
  const from = Date.UTC(2027, 1, 22, 9);
  const minutes = 60;
  const shown = { hours: 0, month: 0, language: 0 };
  const wrong: string[] = [];
  let left = 0;
  for (let seed = options.seed; left < options.left; seed += 1) {
    const seekers = makeSeekers(40, seed, seed % 2 === 0 ? 'real' : 'steady');
    const byId = new Map(seekers.map((seeker) => [seeker.id, seeker]));
    for (const { id, nearMisses } of formGroups({ seekers, from, minutes, seed }).left) {
      left += 1;
      if (nearMisses.length > 3) wrong.push(`seed ${seed}, ${id}: ${nearMisses.length} near misses`);
      for (const change of nearMisses) {
        shown[change.is] += 1;
        const group = [taken(byId.get(id)!, change), ...change.others.map((other) => byId.get(other)!)];
        const faults = faultsOf(group, from, minutes);
        if (faults.length > 0) wrong.push(`seed ${seed}, ${id}, ${change.is}: ${faults.join()}`);
      }
    }
  }
  return { left, shown, wrong };
}

/** Somebody as they would be had they taken what they were shown. */
function taken(seeker: Seeker, change: NearMiss): Seeker {
  if (change.is === 'hours') return { ...seeker, hours: [...seeker.hours, change.window] };
  if (change.is === 'language') return { ...seeker, languages: [...seeker.languages, change.language] };
  const { from, until } = seeker.target!;
  return { ...seeker, target: { from: Math.min(from, change.month), until: Math.max(until, change.month) } };
}

/** A handful who are often only just able to meet, so that every rule decides something. */
export function someone(random: () => number, id: string): Seeker {
  const below = (limit: number) => Math.floor(random() * limit);
  const month = 24_324 + below(4);
  const target = random() < 0.2 ? undefined : { from: month, until: month + (random() < 0.2 ? 1 : 0) };
  return {
    id,
    kind: 'exam',
    topic: 'step-1',
    languages: [['en', 'ur', 'hi'][below(3)]!, ['en', 'es'][below(2)]!],
    target,
    sessions: 1 + below(3),
    zone: ['Asia/Karachi', 'America/New_York', 'Europe/London', 'Asia/Kathmandu', 'Africa/Cairo'][below(5)]!,
    hours: Array.from({ length: 4 + below(4) }, () => {
      const begins = below(7) * 1440 + 360 + below(30) * 30;
      return { from: begins, to: Math.min(begins + 240, 10_080) };
    }),
    families: [],
    blocked: random() < 0.3 ? [String(below(9))] : [],
  };
}

interface BoundTried {
  /** How many could be placed, and by how much the bound is above that and forming below it; on average. */
  readonly most: number;
  readonly above: number;
  readonly below: number;
  readonly wrong: readonly string[];
}

/** Forms small instances, and finds by trying everything how many can be placed. */
export function tryBound(options: { instances: number; seed: number }): BoundTried {
  const from = Date.UTC(2027, 1, 22, 9);
  const minutes = 60;
  const random = seededRandom(options.seed);
  const wrong: string[] = [];
  let [sum, above, below] = [0, 0, 0];
  for (let instance = 0; instance < options.instances; instance += 1) {
    const seekers = Array.from({ length: 6 + (instance % 3) }, (_, i) => someone(random, String(i)));
    // Three at a time are enough to look at first: whoever breaks a rule in a trio breaks it in a group around it.
    const known = new Map<string, boolean>();
    const holds = (group: readonly Seeker[]) => {
      const key = group.map(({ id }) => id).join();
      if (!known.has(key)) known.set(key, faultsOf(group, from, minutes).length === 0);
      return known.get(key)!;
    };
    const most = mostPlaced(seekers, (group) => trios(group).every(holds) && holds(group));
    const { bound, placed } = formGroups({ seekers, from, minutes, seed: 1 }).figures;
    if (bound < most || placed > most)
      wrong.push(`instance ${instance}: placed ${placed}, ${most} possible, bound ${bound}`);
    sum += most;
    above += bound - most;
    below += most - placed;
  }
  const mean = (total: number) => total / options.instances;
  return { most: mean(sum), above: mean(above), below: mean(below), wrong };
}

function trios(group: readonly Seeker[]): (readonly Seeker[])[] {
  return group.flatMap((a, i) => group.slice(i + 1).flatMap((b, j) => group.slice(i + j + 2).map((c) => [a, b, c])));
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      groups: { type: 'string', default: '5000' },
      weeks: { type: 'string', default: '104' },
      left: { type: 'string', default: '1000' },
      instances: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
    },
  });
  const from = performance.now();
  const seed = Number(values.seed);
  const windows = tryWindows({ groups: Number(values.groups), weeks: Number(values.weeks), seed });
  const near = tryNearMisses({ left: Number(values.left), seed });
  const bound = tryBound({ instances: Number(values.instances), seed: 20_261_126 });
  const { hours, month, language } = near.shown;
  console.log(
    `${windows.groups} groups in ${windows.weeks} weeks, ${windows.met} with a common window, ${windows.wrong.length} wrong; ` +
      `${near.left} left over with ${hours} windows, ${month} months and ${language} languages, ${near.wrong.length} wrong; ` +
      `the bound is ${bound.above.toFixed(3)} above the ${bound.most.toFixed(2)} that can be placed on average, forming ` +
      `${bound.below.toFixed(3)} below, ${bound.wrong.length} wrong; ${((performance.now() - from) / 1000).toFixed(0)} s`,
  );
  for (const line of [...windows.wrong, ...near.wrong, ...bound.wrong]) console.log(`  ${line}`);
  if (windows.wrong.length + near.wrong.length + bound.wrong.length > 0 || windows.met === 0) process.exitCode = 1;
}
