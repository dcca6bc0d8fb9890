/** What a language knows by itself: lists, plurals, numbers, dates, and the names of languages and countries. */
import { once } from '../once.ts';
import type { Instant } from '../time.ts';

/** The words of one language. */
export interface Words {
  /** "a", "a and b", "a, b, and c". */
  readonly list: (words: readonly string[]) => string;
  /** One after the other without a last "and": some entries have one of their own. */
  readonly row: (words: readonly string[]) => string;
  /** "1 mentor", "2 mentors", "1,000 mentors". */
  readonly counted: (n: number, one: string, many: string) => string;
  readonly number: (n: number) => string;
  /** A moment as a clock in this zone shows it: "Monday, November 30, 2026 at 18:00". */
  readonly moment: (zone: string, at: Instant) => string;
  /** The same, short: "Mon, Nov 30, 18:00". */
  readonly shortMoment: (zone: string, at: Instant) => string;
  /** The time of day alone, with the weekday where asked: "18:00", "Mon 18:00". */
  readonly clock: (zone: string, at: Instant, withDay?: boolean) => string;
  /** A month out of `2027-03`: "March 2027". */
  readonly month: (month: string) => string;
  /** A day of the week, short; 0 is Sunday. */
  readonly weekday: (day: number) => string;
  /** The same in full. */
  readonly weekdayLong: (day: number) => string;
  /** By ISO 639 code; the code where nobody knows it. */
  readonly language: (code: string) => string;
  /** By ISO 3166-1 alpha-2 code; the code where nobody knows it. */
  readonly country: (code: string) => string;
}

/**
 * The words of a language, by the runtime's own data.
 * @param locale BCP 47.
 * @param names of languages that a community calls otherwise than the data does, by code.
 */
export function wordsOf(locale: string, names: Readonly<Record<string, string>> = {}): Words {
  // Each takes the runtime some milliseconds to make, so only what is needed is made.
  const and = once(() => new Intl.ListFormat(locale, { type: 'conjunction' }));
  const plain = once(() => new Intl.ListFormat(locale, { type: 'unit', style: 'short' }));
  const plurals = once(() => new Intl.PluralRules(locale));
  const numbers = once(() => new Intl.NumberFormat(locale));
  const languages = once(() => new Intl.DisplayNames(locale, { type: 'language' }));
  const countries = once(() => new Intl.DisplayNames(locale, { type: 'region' }));
  const weekdays = once(() => new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }));
  const longWeekdays = once(() => new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }));
  const months = once(() => new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }));
  const moments = formatsByZone(locale, { dateStyle: 'full', timeStyle: 'short', hourCycle: 'h23' });
  const shortMoments = formatsByZone(locale, {
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const clocks = formatsByZone(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const clocksWithDay = formatsByZone(locale, {
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const number = kept((n: number) => numbers().format(n));
  const isOne = kept((n: number) => plurals().select(n) === 'one');
  const list = kept((joined: string) => and().format(joined.split(between)));
  const row = kept((joined: string) => plain().format(joined.split(between)));
  return {
    list: (words) => (words.length === 0 ? '' : list(words.join(between))),
    row: (words) => (words.length === 0 ? '' : row(words.join(between))),
    counted: (n, one, many) => `${number(n)} ${isOne(n) ? one : many}`,
    number,
    moment: (zone, at) => moments(zone).format(new Date(at)),
    shortMoment: (zone, at) => shortMoments(zone).format(new Date(at)),
    clock: (zone, at, withDay = false) => (withDay ? clocksWithDay : clocks)(zone).format(new Date(at)),
    month: (month) => months().format(new Date(`${month}-01T00:00:00Z`)),
    // The fourth of January 1970 was a Sunday.
    weekday: (day) => weekdays().format(new Date(Date.UTC(1970, 0, 4 + day))),
    weekdayLong: (day) => longWeekdays().format(new Date(Date.UTC(1970, 0, 4 + day))),
    language: kept((code) => names[code] ?? nameOf(languages(), code)),
    country: kept((code) => nameOf(countries(), code)),
  };
}

/** Stands between words of a list: nobody can type it, since it is cut at the border. */
const between = '\0';
/** More than a community uses of a kind: names, lists of specialties, small numbers. */
const mostKept = 2_000;

/** Keeps what was made: the runtime takes several microseconds for each word or list, and a card has dozens. */
function kept<Key, Made>(make: (key: Key) => Made): (key: Key) => Made {
  const made = new Map<Key, Made>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    if (made.size >= mostKept) made.clear();
    const fresh = make(key);
    made.set(key, fresh);
    return fresh;
  };
}

function nameOf(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    // What is no code at all, out of an old row.
    return code;
  }
}

/** Making a formatter takes long, so each zone's is kept from the first time it is needed. */
function formatsByZone(locale: string, options: Intl.DateTimeFormatOptions): (zone: string) => Intl.DateTimeFormat {
  const formats = new Map<string, Intl.DateTimeFormat>();
  return (zone) => {
    let format = formats.get(zone);
    if (!format) formats.set(zone, (format = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone })));
    return format;
  };
}

/** Pure: a language as those call it who speak it. @param locale BCP 47. */
export function ownNameOf(locale: string): string {
  return new Intl.DisplayNames(locale, { type: 'language' }).of(locale) ?? locale;
}
