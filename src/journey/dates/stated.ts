/** Dates as an authority states them: a day, perhaps with an hour in its zone. Pure. */
import { Temporal } from 'temporal-polyfill';
import { addDays, freshDays } from '../../content/journey.ts';
import { type Instant, toInstant } from '../../time.ts';

/** A date as it is written on a page. An hour always comes with its zone. */
export interface Stated {
  /** YYYY-MM-DD. */
  readonly day: string;
  /** HH:MM, or nothing: then the whole day is meant. */
  readonly time: string | null;
  /** IANA name. */
  readonly zone: string | null;
}

/** Days before a date until which it counts without another look: a week, less the day that the zones are apart. */
const lastLookDays = 6;

/** What an hour on a day in a zone comes to. A doubled hour has two readings, a skipped one none. */
export function momentsOf(day: string, time: string, zone: string): readonly Instant[] {
  const wall = Temporal.PlainDateTime.from(`${day}T${time}`);
  const either = (['earlier', 'later'] as const).map((disambiguation) =>
    wall.toZonedDateTime(zone, { disambiguation }),
  );
  const real = either.filter((moment) => moment.toPlainDateTime().equals(wall));
  return [...new Set(real.map((moment) => toInstant(moment.toInstant())))];
}

/** The moment of a date; undefined for a whole day. @param later of a doubled hour the second. */
export function momentOf({ day, time, zone }: Stated, later = false): Instant | undefined {
  if (time === null || zone === null) return undefined;
  const moments = momentsOf(day, time, zone);
  return later ? moments.at(-1) : moments[0];
}

/** From when on a date lies behind everybody: its moment, or the end of its day in the last zone of the world. */
export function endOf(stated: Stated & { readonly at?: Instant | null }): Instant {
  return stated.at ?? momentOf(stated) ?? `${addDays(stated.day, 1)}T12:00:00.000Z`;
}

/** By when a date has to be looked at again: a month after the last time, and a week before it. */
export function lookAgainBy(checked: string, day: string): string {
  const month = addDays(checked, freshDays.date);
  const week = addDays(day, -lastLookDays);
  return checked < week && week < month ? week : month;
}

/** Whether this is a day of the calendar, written as YYYY-MM-DD. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const [year, month, day] = text.split('-').map(Number);
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day));
  return date.toISOString().slice(0, 10) === text;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A day as people write it: 2027-03-03, March 3, 2027, 3 Mar 2027; undefined for what is none. */
export function readDay(typed: string): string | undefined {
  const text = typed.trim().toLowerCase().replaceAll(',', ' ').replaceAll(/\s+/g, ' ');
  if (isDay(text)) return text;
  const match =
    /^([a-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)? (\d{4})$/.exec(text) ??
    reorder(/^(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3})[a-z]*\.? (\d{4})$/.exec(text));
  if (!match) return undefined;
  const [, name = '', day = '', year = ''] = match;
  const month = months.indexOf(name) + 1;
  const found = `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(found) ? found : undefined;
}

function reorder(match: RegExpExecArray | null): readonly string[] | null {
  return match && [match[0], match[2] ?? '', match[1] ?? '', match[3] ?? ''];
}

/** An hour as people write it: 21:00, 9 pm, 9:30am, noon; undefined for what is none. */
export function readHour(typed: string): string | undefined {
  const text = typed.trim().toLowerCase().replaceAll(/[\s.]/g, '');
  if (text === 'noon') return '12:00';
  const match = /^(\d{1,2})(?::?(\d\d))?(am|pm)?$/.exec(text);
  if (!match) return undefined;
  const [, hour = '', minute = '00', half] = match;
  // A bare number says neither which half of the day nor that an hour is meant.
  if (half === undefined && !text.includes(':')) return undefined;
  let hours = Number(hour);
  if (half !== undefined && (hours < 1 || hours > 12)) return undefined;
  if (half === 'pm' && hours < 12) hours += 12;
  if (half === 'am' && hours === 12) hours = 0;
  if (hours > 23 || Number(minute) > 59) return undefined;
  return `${String(hours).padStart(2, '0')}:${minute}`;
}
