import type { View } from './view.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The furthest moment that a date can hold, before and after 1970: in the year 275,760. */
const lastMoment = 8.64e15;

const formats: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
  s: { dateStyle: 'short', timeStyle: 'short' },
  S: { dateStyle: 'short', timeStyle: 'medium' },
};

/** A moment in the reader's zone, in one of the styles of Discord's `<t:…>` stamps. */
export function formatStamp(at: number, style: string, view: View): string {
  // Anybody can type a moment that no calendar has; Discord shows this for one.
  if (!(Math.abs(at) <= lastMoment)) return 'Invalid Date';
  if (style === 'R') return formatDistance(at - view.now);
  const options = formats[style] ?? formats['f'];
  return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: view.timeZone }).format(at);
}

/** "in 3 days", "2 hours ago": the largest unit that fits, rounded as Discord rounds. */
export function formatDistance(ms: number): string {
  const size = Math.abs(ms);
  const [unit, length] = unitFor(size);
  return new Intl.RelativeTimeFormat('en', { numeric: 'always' }).format(Math.round(ms / length), unit);
}

function unitFor(size: number): readonly [Intl.RelativeTimeFormatUnit, number] {
  if (size < 45 * SECOND) return ['second', SECOND];
  if (size < 45 * MINUTE) return ['minute', MINUTE];
  if (size < 22 * HOUR) return ['hour', HOUR];
  if (size < 26 * DAY) return ['day', DAY];
  if (size < 320 * DAY) return ['month', 30 * DAY];
  return ['year', 365 * DAY];
}
