/** When an announcement is posted: what a moderator typed, understood in the guild's zone. */
import { Temporal } from 'temporal-polyfill';
import { type Instant, toInstant } from '../../time.ts';

/** How far ahead an announcement can be planned, in days: a year. What is further away belongs into a calendar. */
export const mostDaysAhead = 365;

/** What was typed, understood. */
type UnderstoodMoment =
  | {
      readonly is: 'moment';
      readonly at: Instant;
      /** The same, typed in a way that is understood the same again, also in a few minutes. */
      readonly canonical: string;
      /** The time that was asked for and does not exist that night (clocks go forward), as `2027-03-14T02:30`. */
      readonly skipped?: string;
    }
  | { readonly is: 'past' | 'far'; readonly at: Instant }
  | { readonly is: 'unknown' };

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Pure: a moment that was typed: `Mon 18:00`, `tomorrow 9am`, `18:00`, `1 Dec 09:00`, `2026-12-01 09:00`, `in 2 hours`, or
 * ISO 8601 with an offset. A time of day that does not exist in the night of the change is moved on by the hour that is
 * left out; one that exists twice is the first.
 * @param zone IANA name.
 */
export function understandMoment(typed: string, zone: string, now: Instant): UnderstoodMoment {
  const text = typed.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  const here = Temporal.Instant.from(now).toZonedDateTimeISO(zone);
  const exact = instantIn(text) ?? afterIn(text, here);
  if (exact) return judge(exact, here, toInstant(exact));
  const wall = wallTimeIn(text, here);
  if (!wall) return { is: 'unknown' };
  const moment = wall.toZonedDateTime(zone);
  const canonical = wall.toString({ smallestUnit: 'minute' });
  const isSkipped = !moment.toPlainDateTime().equals(wall);
  return judge(moment.toInstant(), here, canonical, isSkipped ? canonical : undefined);
}

function judge(
  moment: Temporal.Instant,
  here: Temporal.ZonedDateTime,
  canonical: string,
  skipped?: string,
): UnderstoodMoment {
  const at = toInstant(moment);
  if (Temporal.Instant.compare(moment, here.toInstant()) <= 0) return { is: 'past', at };
  if (Temporal.Instant.compare(moment, here.add({ days: mostDaysAhead }).toInstant()) > 0) return { is: 'far', at };
  return { is: 'moment', at, canonical, ...(skipped === undefined ? {} : { skipped }) };
}

/** An instant with its offset, `2026-12-01T09:00+05:00`. */
function instantIn(text: string): Temporal.Instant | undefined {
  const match = /^(\d{4}-\d\d-\d\d)[t ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?) ?(z|[+-]\d\d:?\d\d)$/.exec(text);
  if (!match) return undefined;
  return attempt(() => Temporal.Instant.from(`${match[1]}T${match[2]}${match[3]}`));
}

const units = {
  weeks: /^(?:w|weeks?)$/,
  days: /^(?:d|days?)$/,
  hours: /^(?:h|hrs?|hours?)$/,
  minutes: /^(?:m|mins?|minutes?)$/,
} as const;

/** "in 2 hours", "in 1 h 30 min": days and weeks keep the time of day. */
function afterIn(text: string, here: Temporal.ZonedDateTime): Temporal.Instant | undefined {
  const rest = /^in (.+)$/.exec(text)?.[1];
  if (rest === undefined || !/^(?:\d{1,4} ?[a-z]+(?:,? (?:and )?|$))+$/.test(rest)) return undefined;
  const span: Partial<Record<keyof typeof units, number>> = {};
  for (const [, count, word] of rest.matchAll(/(\d{1,4}) ?([a-z]+)/g)) {
    const unit = (Object.keys(units) as (keyof typeof units)[]).find((each) => units[each].test(word ?? ''));
    if (!unit || span[unit] !== undefined) return undefined;
    span[unit] = Number(count);
  }
  return attempt(() => here.add(span).toInstant());
}

/** A date and a time of day, as a clock on the wall there shows them. */
function wallTimeIn(text: string, here: Temporal.ZonedDateTime): Temporal.PlainDateTime | undefined {
  const match = /^(?:(.*?)(?:,? at |,? |t))?(noon|\d{1,2}(?:[:.]\d\d)?(?: ?[ap]m)?)$/.exec(text);
  const time = match && timeOfDay(match[2] ?? '');
  if (!time) return undefined;
  const { day, week } = weekMeant((match[1] ?? '').replace(/^on /, ''));
  const today = here.toPlainDate();
  const named = { today: 0, tomorrow: 1 }[day];
  if (named !== undefined) return today.add({ days: named }).toPlainDateTime(time);
  const isAhead = (date: Temporal.PlainDate) =>
    Temporal.Instant.compare(
      date.toPlainDateTime(time).toZonedDateTime(here.timeZoneId).toInstant(),
      here.toInstant(),
    ) > 0;
  if (day === '') return (isAhead(today) ? today : today.add({ days: 1 })).toPlainDateTime(time);
  const weekday = nameIn(weekdays, day);
  if (weekday !== undefined) {
    if (week === 'next') return today.add({ days: weekday - today.dayOfWeek + 7 }).toPlainDateTime(time);
    const ahead = (weekday - today.dayOfWeek + 7) % 7;
    // Whoever means today does not say "next".
    if (week === 'not-today') return today.add({ days: ahead === 0 ? 7 : ahead }).toPlainDateTime(time);
    const first = today.add({ days: ahead });
    if (week === 'this') return first.toPlainDateTime(time);
    return (isAhead(first) ? first : first.add({ days: 7 })).toPlainDateTime(time);
  }
  return dateIn(day, today, isAhead)?.toPlainDateTime(time);
}

/** "Next Friday" is the first that is not today; "Friday next week" is in the week after this one, which ends on Sunday. */
function weekMeant(words: string): { readonly day: string; readonly week?: 'next' | 'not-today' | 'this' } {
  const named = /^(?:(?:of )?next week,? (?:on )?(.+)|(.+?),? (?:of )?next week)$/.exec(words);
  if (named) return { day: named[1] ?? named[2] ?? '', week: 'next' };
  const [, which, day = ''] = /^(next|this(?: coming)?|coming) (.+)$/.exec(words) ?? [];
  if (which === undefined) return { day: words };
  return { day, week: which === 'this' ? 'this' : 'not-today' };
}

/** The place of a name in its list, from 1: by its first three letters or more. */
function nameIn(names: readonly string[], word: string): number | undefined {
  const full =
    names === weekdays ? /^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?$/ : /^[a-z]{3,9}$/;
  const index = full.test(word) ? names.indexOf(word.slice(0, 3)) : -1;
  return index === -1 ? undefined : index + 1;
}

/** `2026-12-01`, or day and month by name in either order; without a year the next such day. */
function dateIn(
  text: string,
  today: Temporal.PlainDate,
  isAhead: (date: Temporal.PlainDate) => boolean,
): Temporal.PlainDate | undefined {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return attempt(() => Temporal.PlainDate.from(text, { overflow: 'reject' }));
  const words = text.replaceAll(/[,.]/g, '').split(' ');
  const month = words.map((word) => nameIn(months, word)).find((each) => each !== undefined);
  const day = words.map((word) => /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(word)?.[1]).find((each) => each !== undefined);
  const year = words.find((word) => /^\d{4}$/.test(word));
  if (month === undefined || day === undefined || words.length !== (year === undefined ? 2 : 3)) return undefined;
  const dateOf = (inYear: number) =>
    attempt(() => Temporal.PlainDate.from({ year: inYear, month, day: Number(day) }, { overflow: 'reject' }));
  if (year !== undefined) return dateOf(Number(year));
  const thisYear = dateOf(today.year);
  return thisYear && isAhead(thisYear) ? thisYear : (dateOf(today.year + 1) ?? thisYear);
}

/** Pure: a day in what was typed that no calendar has, `2026-02-31` or `31 feb`; undefined where there is none. */
export function dayThatIsNone(typed: string): string | undefined {
  const text = typed.trim().toLowerCase();
  const date = /\b\d{4}-\d\d-\d\d\b/.exec(text)?.[0];
  if (date !== undefined)
    return attempt(() => Temporal.PlainDate.from(date, { overflow: 'reject' })) ? undefined : date;
  const named =
    /\b(?:(?<first>\d{1,2})(?:st|nd|rd|th)? (?<month>[a-z]{3,9})|(?<name>[a-z]{3,9}) (?<day>\d{1,2})(?:st|nd|rd|th)?)(?:,? (?<year>\d{4}))?\b/.exec(
      text,
    );
  const month = nameIn(months, named?.groups?.month ?? named?.groups?.name ?? '');
  if (!named || month === undefined) return undefined;
  const day = Number(named.groups?.first ?? named.groups?.day);
  // Without a year one that has a 29 February.
  const year = Number(named.groups?.year ?? 2028);
  return attempt(() => Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })) ? undefined : named[0];
}

/** `18:00`, `9am`, `9:30 pm`, `noon`; a bare number is none. */
function timeOfDay(text: string): Temporal.PlainTime | undefined {
  if (text === 'noon') return new Temporal.PlainTime(12);
  const match = /^(\d{1,2})(?:[:.](\d\d))?(?: ?([ap])m)?$/.exec(text);
  if (!match || (match[2] === undefined && match[3] === undefined)) return undefined;
  const hour = Number(match[1]);
  if (match[3] !== undefined && (hour < 1 || hour > 12)) return undefined;
  const inDay = match[3] === undefined ? hour : (hour % 12) + (match[3] === 'p' ? 12 : 0);
  return attempt(() => new Temporal.PlainTime(inDay, Number(match[2] ?? 0)));
}

/** What cannot exist (`31 Feb`, `25:00`) is not understood. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
