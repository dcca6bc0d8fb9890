/** How often something comes back: what a moderator typed, as a plan that the calendar of the zone computes. */
import { Temporal } from 'temporal-polyfill';
import { findCronFault, nextDue, readTime, toCron, type Weekday, weekdays } from '../due.ts';
import { mostApart, readPlan, type RhythmUnit, writePlan } from '../rhythm.ts';
import type { Instant } from '../../time.ts';

/** What was typed, understood; `too-often` for what a schedule may not be. */
type UnderstoodRepeat =
  { readonly is: 'cron'; readonly cron: string } | { readonly is: 'unknown' | 'too-often' | 'never' };

/**
 * Pure: `Mon 18:00`, `every Monday and Thursday at 6pm`, `daily 09:00`, `weekends 10:00`, `every other Monday 09:00`,
 * `first Monday of the month 09:00`, `last day of the month 09:00`, `monthly 1 09:00` (the day of the month), a cron
 * expression of five fields, or a plan as it is stored.
 * @param zone IANA name.
 */
export function understandRepeat(typed: string, zone: string, now: Instant): UnderstoodRepeat {
  const text = typed.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  const cron = friendly(text, zone, now) ?? planIn(text);
  if (cron === undefined) return { is: 'unknown' };
  const fault = findCronFault(cron, zone, now);
  if (fault === undefined) return { is: 'cron', cron };
  return { is: fault === 'unreadable' ? 'unknown' : fault };
}

/** Pure: whether what was typed says on which days, and only the time of day is missing: `every other Monday`. */
export function lacksTime(typed: string, zone: string, now: Instant): boolean {
  return understandRepeat(`${typed.trim()} 09:00`, zone, now).is === 'cron' && understandRepeat(typed, zone, now).is === 'unknown'; // prettier-ignore
}

/** An expression as it is typed or was suggested: names of days and `L` in capitals, as everybody writes them. */
function planIn(text: string): string | undefined {
  if (!/^\S+(?: \S+){4}(?: every .*)?$/.test(text)) return undefined;
  const { cron, ...rest } = readPlan(text);
  return writePlan({ cron: cron.toUpperCase(), ...rest });
}

interface Time {
  readonly hour: number;
  readonly minute: number;
}

/** A recurrence every so many days, weeks, months or years. */
interface Span {
  readonly every: number;
  readonly unit: RhythmUnit | 'year';
  /** Quarters are those of the calendar. */
  readonly isQuarter?: boolean;
}

function friendly(text: string, zone: string, now: Instant): string | undefined {
  const { time, rest } = takeTime(text) ?? {};
  if (!time || rest === undefined) return undefined;
  const { span, days } = takeSpan(rest);
  const cron = cronOf(span?.unit, days, time);
  if (cron === undefined || !span || span.unit === 'year' || span.every === 1) return cron;
  if (span.every > mostApart[span.unit]) return undefined;
  // Counted from the first time there is, so that "every other Monday" begins with the next Monday.
  const first = findCronFault(cron, zone, now) === undefined ? nextDue(cron, zone, now) : undefined;
  if (first === undefined) return undefined;
  const day = Temporal.Instant.from(first).toZonedDateTimeISO(zone).toPlainDate();
  const from = span.isQuarter ? day.with({ month: 1, day: 1 }) : day;
  return writePlan({ cron, rhythm: { every: span.every, unit: span.unit, from: from.toString() } });
}

const clock = String.raw`(noon|midnight|\d{1,2}(?:[:.]\d\d)? ?(?:[ap]m)?)`;

/** The time of day, at the end or the beginning. A bare number is a day or a field of a cron expression, not an hour. */
function takeTime(text: string): { readonly time: Time; readonly rest: string } | undefined {
  const match =
    new RegExp(`^(?<rest>.*?),?(?: at)? (?<time>${clock})$`).exec(text) ??
    new RegExp(`^(?:at )?(?<time>${clock}),? (?<rest>.*)$`).exec(text);
  const { time = '', rest = '' } = match?.groups ?? {};
  if (time === 'noon') return { time: { hour: 12, minute: 0 }, rest };
  if (time === 'midnight') return { time: { hour: 0, minute: 0 }, rest };
  const read = /[:.apm]/.test(time) ? readTime(time) : undefined;
  return read && { time: read, rest };
}

const counts = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];
const ordinals = ['first', 'second', 'third', 'fourth'];
const ordinal = String.raw`(?:other|alternate|alternating|first|second|third|fourth|\d{1,2}(?:st|nd|rd|th))`;
const weekday = '(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?';
const units = '(day|week|month|quarter|year)s?';

/** How each span is typed; the first that fits is taken out, and what is left says the days. */
const spans: readonly (readonly [RegExp, (match: RegExpExecArray) => Span | undefined])[] = [
  [/\b(?:every |each )?fortnight(?:ly)?\b|\bbi-?weekly\b/, () => ({ every: 2, unit: 'week' })],
  [/\b(?:of (?:the|each|every) |every |each )?quarter(?:ly)?\b/, () => spanOf(1, 'quarter')],
  [new RegExp(String.raw`\b(?:of )?(?:every|each) (${ordinal}|\d{1,2}|${counts.join('|')}) ${units}\b`), counted],
  [/\b(?:of )?alternat(?:e|ing) (day|week|month)s?\b/, ([, unit]) => spanOf(2, unit)],
  [/\b(?:of (?:the|each|every|a) |every |each )?month(?:ly)?\b/, () => ({ every: 1, unit: 'month' })],
  [/\b(?:every |each )?year(?:ly)?\b|\b(?:annually|of (?:the|each|every) year)\b/, () => ({ every: 1, unit: 'year' })],
  // "Every second Tuesday"; the second Tuesday of a month was taken above.
  [new RegExp(String.raw`^(?:every|each) (${ordinal}) (?=${weekday}\b)`), ([, nth]) => spanOf(countOf(nth), 'week')],
  [new RegExp(String.raw`^(?:other|alternate|alternating) (?=${weekday}\b)`), () => ({ every: 2, unit: 'week' })],
  [/\b(?:weekly|(?:every|each) week)\b/, () => ({ every: 1, unit: 'week' })],
];

function counted([, count, unit]: RegExpExecArray): Span | undefined {
  return spanOf(countOf(count), unit);
}

function spanOf(every: number, unit = ''): Span | undefined {
  if (!Number.isInteger(every) || every < 1) return undefined;
  if (unit === 'quarter') return { every: every * 3, unit: 'month', isQuarter: true };
  if (unit === 'year' && every > 1) return undefined;
  return { every, unit: unit as Span['unit'] };
}

function countOf(word = ''): number {
  if (/^(?:other|alternat)/.test(word)) return 2;
  const named = [counts.indexOf(word), ordinals.indexOf(word)].find((index) => index !== -1);
  return named === undefined ? Number.parseInt(word, 10) : named + 1;
}

function takeSpan(rest: string): { readonly span?: Span; readonly days: string } {
  for (const [pattern, read] of spans) {
    const match = pattern.exec(rest);
    const span = match ? read(match) : undefined;
    if (match && span) return { span, days: daysIn(rest.replace(match[0], ' ')) };
  }
  return { days: daysIn(rest) };
}

/** The words for days without those that say nothing more. */
function daysIn(words: string): string {
  return words
    .replaceAll(/[,&]/g, ' and ')
    .replaceAll(/\b(?:every|each|on|the|of)\b/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/(?: ?\band\b)+ ?/g, ' and ')
    .replaceAll(/^ and | and $/g, '');
}

function cronOf(unit: Span['unit'] | undefined, days: string, time: Time): string | undefined {
  if (unit === 'day') return days === '' ? toCron({ days: weekdays, ...time }) : undefined;
  if (unit === 'month') return inMonth(days, time);
  if (unit === 'year') return inYear(days, time);
  if (unit === undefined && (days === 'day' || days === 'daily' || days === 'everyday')) {
    return toCron({ days: weekdays, ...time });
  }
  const found = daysOfWeek(days);
  if (found) return toCron({ days: found, ...time });
  // "The 15th", "first Monday", "last day", where the month is understood.
  const isOfMonth = /^(?:\d{1,2}(?:st|nd|rd|th)|(?:first|second|third|fourth|last) .+)$/.test(days);
  return unit === undefined && isOfMonth ? inMonth(days, time) : undefined;
}

const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

function dayNamed(word: string): Weekday | undefined {
  return new RegExp(`^${weekday}$`).test(word) ? (names.indexOf(word.slice(0, 3)) as Weekday) : undefined;
}

function daysOfWeek(words: string): Weekday[] | undefined {
  const days = new Set<Weekday>();
  for (const part of words.split(/ and | (?!to |through |- )(?<! to | through | - )/)) {
    const group = { weekday: [1, 2, 3, 4, 5], weekend: [6, 0] }[part.replace(/s$/, '')] as Weekday[] | undefined;
    const [from = '', to] = part.split(/ ?(?:-|–| to | through ) ?/);
    const first = dayNamed(from);
    const last = to === undefined ? first : dayNamed(to);
    if (!group && (first === undefined || last === undefined)) return undefined;
    for (const day of group ?? between(first ?? 0, last ?? 0)) days.add(day);
  }
  return [...days];
}

function between(first: Weekday, last: Weekday): Weekday[] {
  const days = [first];
  for (let day = first; day !== last;) days.push((day = ((day + 1) % 7) as Weekday));
  return days;
}

/** Days of a month: `1`, `15th`, `last day`, `last weekday`, `first monday`, several of a kind with "and". */
function inMonth(words: string, { hour, minute }: Time): string | undefined {
  const parts = words.split(' and ');
  const dates = parts.map(dateOf);
  if (dates.every((date) => date !== undefined)) return `${minute} ${hour} ${dates.join(',')} * *`;
  // "First and third Monday": the weekday stands with the last.
  const last = /^(\S+) (\S+)$/.exec(parts.at(-1) ?? '');
  const nth = parts.map((part, i) => {
    const [count = '', day = i === parts.length - 1 ? '' : (last?.[2] ?? '')] = part.split(' ');
    const named = dayNamed(day);
    const place = count === 'last' ? 'L' : String(countOf(count));
    return named !== undefined && /^[1-4L]$/.test(place) && !/^\d+$/.test(count) ? `${named}#${place}` : undefined;
  });
  return nth.every((each) => each !== undefined) ? `${minute} ${hour} * * ${nth.join(',')}` : undefined;
}

/** The 29th to 31st are left out by some months, and nobody means that: who means the end writes "last day". */
function dateOf(words: string): string | undefined {
  if (words === 'last' || words === 'last day') return 'L';
  if (words === 'first' || words === 'first day') return '1';
  if (/^last (?:week|working |business )day$/.test(words)) return 'LW';
  if (/^first (?:week|working |business )day$/.test(words)) return '1W';
  const day = Number(/^(?:day )?(\d{1,2})(?:st|nd|rd|th)?(?: day)?$/.exec(words)?.[1]);
  return day >= 1 && day <= 28 ? String(day) : undefined;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A day of the year: `1 december`, `march 15th`. */
function inYear(words: string, { hour, minute }: Time): string | undefined {
  const [first = '', second = ''] = words.split(' ');
  const [name, day] = /^\d/.test(first) ? [second, first] : [first, second];
  const month = /^[a-z]{3,9}$/.test(name) ? months.indexOf(name.slice(0, 3)) + 1 : 0;
  const date = Number(/^(\d{1,2})(?:st|nd|rd|th)?$/.exec(day)?.[1]);
  if (month === 0 || !(date >= 1 && date <= 31) || words.split(' ').length !== 2) return undefined;
  return `${minute} ${hour} ${date} ${month} *`;
}
