/** When a schedule is next due: local times of a zone as instants. Pure, but for a memory of what was computed. */
import { Cron } from 'croner';
import { Temporal } from 'temporal-polyfill';
import { isZone } from '../content/zones/index.ts';
import { epochMs, type Instant, later, toInstant } from '../time.ts';
import { isInRhythm, isRhythm, readPlan, type Rhythm } from './rhythm.ts';

/** No schedule posts more often than this, in minutes: a channel is for people. */
export const leastMinutesApart = 30;
/** Characters of a cron expression, more than any sensible one has. */
const cronLimit = 60;

/** Why an expression is no schedule. */
type CronFault = 'unreadable' | 'too-often' | 'never';

/** Days of the week as cron counts them, from 0 for Sunday. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** What a schedule means to people: some days of the week, one time of day. */
interface DayTime {
  /** In order, from Monday; all seven for every day. */
  readonly days: readonly Weekday[];
  readonly hour: number;
  readonly minute: number;
}

/**
 * Pure: whether this can be a schedule: five fields that croner reads, with or without a rhythm (`rhythm.ts`), due again
 * some day, and never sooner than half an hour after the last time.
 * @param zone IANA name.
 * @returns undefined when it can.
 */
export function findCronFault(plan: string, zone: string, now: Instant): CronFault | undefined {
  const { cron, rhythm } = readPlan(plan);
  if (!isFiveFields(cron) || !isZone(zone) || (rhythm && !isRhythm(rhythm))) return 'unreadable';
  try {
    if (firesTooOften(cron)) return 'too-often';
    return findNext(plan, zone, now) === undefined ? 'never' : undefined;
  } catch {
    return 'unreadable';
  }
}

/**
 * Pure: the first due time after a moment; undefined when there is none.
 *
 * The night the clocks go forward: a time that does not exist is due once, at the next that does. The night they go back:
 * what is due at set hours is due the first time round only; what is due all day long (`0,30 * * * *`) is due through
 * both hours, each half hour that passes once.
 * @throws when croner cannot read it: schedules are checked before they are stored.
 */
export function nextDue(cron: string, zone: string, after: Instant): Instant | undefined {
  const key = `${cron}|${zone}|${after}`;
  const known = memory.get(key);
  if (known !== undefined) return known;
  const next = findNext(cron, zone, after);
  if (memory.size >= memoryLimit) memory.clear();
  if (next !== undefined) memory.set(key, next);
  return next;
}

/** Thousands of guilds have the same schedule in the same zone, and come due together. */
const memory = new Map<string, Instant>();
const memoryLimit = 1_000;

/** Pure: the next due times after a moment, at most `count`. */
export function listNextDue(cron: string, zone: string, after: Instant, count: number): Instant[] {
  const times: Instant[] = [];
  for (let next = nextDue(cron, zone, after); next !== undefined && times.length < count;) {
    times.push(next);
    next = nextDue(cron, zone, next);
  }
  return times;
}

/** Pure: the cron expression of some days and a time. */
export function toCron({ days, hour, minute }: DayTime): string {
  const list = days.length === 7 ? '*' : inOrder(days).join(',');
  return `${minute} ${hour} * * ${list}`;
}

/** Pure: the days and time that an expression stands for; undefined when it says something else. */
export function fromCron(cron: string): DayTime | undefined {
  const match = /^(\d{1,2}) (\d{1,2}) \* \* (\*|[0-7](?:[,-][0-7])*)$/.exec(cron.trim());
  if (!match) return undefined;
  const [minute, hour] = [Number(match[1]), Number(match[2])];
  const days = daysOf(match[3] ?? '*');
  if (minute > 59 || hour > 23 || days === undefined) return undefined;
  return { days, hour, minute };
}

/** Pure: a time of day as people type it: `9`, `09:00`, `18.30`, `9am`, `6:30 pm`; undefined when it is none. */
export function readTime(typed: string): Pick<DayTime, 'hour' | 'minute'> | undefined {
  const match = /^(\d{1,2})(?:[:.h](\d{2}))?\s*([ap])?\.?(?:m\.?)?$/i.exec(typed.trim());
  if (!match) return undefined;
  const half = match[3]?.toLowerCase();
  const minute = Number(match[2] ?? 0);
  let hour = Number(match[1]);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return undefined;
    hour = (hour % 12) + (half === 'p' ? 12 : 0);
  }
  return hour > 23 || minute > 59 ? undefined : { hour, minute };
}

/** From Monday to Sunday. */
export const weekdays: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 0];

function inOrder(days: readonly Weekday[]): Weekday[] {
  return weekdays.filter((day) => days.includes(day));
}

function daysOf(field: string): readonly Weekday[] | undefined {
  if (field === '*') return weekdays;
  const days = new Set<Weekday>();
  for (const part of field.split(',')) {
    const [from, to = from] = part.split('-').map(Number) as [number, number?];
    // 5-7 is Friday to Sunday; 5-1 is no range to cron.
    if (to < from || part.split('-').length > 2) return undefined;
    for (let day = from; day <= to; day += 1) days.add((day % 7) as Weekday);
  }
  return inOrder([...days]);
}

function isFiveFields(cron: string): boolean {
  return cron.length <= cronLimit && cron.trim().split(/\s+/).length === 5 && !cron.includes('?');
}

/** On any day in UTC: of days that follow one another only the last and first hours meet, and those are looked at. */
function firesTooOften(cron: string): boolean {
  const [minutes, hours] = cron.trim().split(/\s+/);
  const start = '2026-01-01T00:00:00.000Z';
  const most = (2 * 24 * 60) / leastMinutesApart;
  const times = read(`${minutes} ${hours} * * *`, 'UTC').nextRuns(most + 2, new Date(epochMs(start) - 1));
  const inTwoDays = times.map((time) => time.getTime()).filter((time) => time < epochMs(start) + 2 * 86_400_000);
  return inTwoDays.some((time, i) => i > 0 && time - (inTwoDays[i - 1] ?? 0) < leastMinutesApart * 60_000);
}

/** How many days are looked at for one that a rhythm holds: a year of months and more. */
const daysAtMost = 800;

function findNext(plan: string, zone: string, after: Instant): Instant | undefined {
  const { cron, rhythm } = readPlan(plan);
  const pattern = read(cron, zone);
  const isAtSetHours = !(cron.split(/\s+/)[1] ?? '').includes('*');
  let from = after;
  for (let days = 0; days < daysAtMost;) {
    const run = pattern.nextRun(new Date(from));
    if (!run) return undefined;
    const next = run.toISOString();
    const beyond = rhythm && endOfDayWithout(rhythm, next, zone);
    if (beyond !== undefined) days += 1;
    else if (!isAtSetHours || !isSecondTime(next, zone)) return next;
    from = beyond ?? next;
  }
  return undefined;
}

/** The last second of the day there, where the rhythm leaves that day out. */
function endOfDayWithout(rhythm: Rhythm, at: Instant, zone: string): Instant | undefined {
  const here = Temporal.Instant.from(at).toZonedDateTimeISO(zone);
  if (isInRhythm(rhythm, here.toPlainDate())) return undefined;
  return later(toInstant(here.startOfDay().add({ days: 1 }).toInstant()), { ms: -1_000 });
}

function read(cron: string, zone: string): Cron {
  return new Cron(cron.trim(), { timezone: zone, mode: '5-part', paused: true });
}

/** How far clocks go back, in minutes: an hour nearly everywhere, half of one on Lord Howe Island. */
const stepsBack = [60, 30] as const;

/** Whether the clocks of the zone have shown this time of day before, that very night. */
function isSecondTime(instant: Instant, zone: string): boolean {
  return stepsBack.some(
    (minutes) => offsetMs(later(instant, { minutes: -minutes }), zone) - offsetMs(instant, zone) === minutes * 60_000,
  );
}

function offsetMs(instant: Instant, zone: string): number {
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).offsetNanoseconds / 1e6;
}
