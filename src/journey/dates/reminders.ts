/** When somebody is reminded of what: pure, by the calendar of the zone they live in. */
import { Temporal } from 'temporal-polyfill';
import { type Instant, toInstant } from '../../time.ts';
import { endOf, type Stated } from './stated.ts';

/** Days before a date at which somebody can be reminded, and what is chosen unless somebody says otherwise. */
export const reminderDays = [60, 30, 14, 7, 3, 1] as const;
export const usualReminderDays: readonly number[] = [30, 7, 1];
/** The hour of a local day at which reminders go out, unless a guild chose another of the morning. */
const usualHour = 9;
/** Where the morning would be too late, they go out the evening before. */
const eveningHour = 18;
/** A reminder comes at least so many hours before the moment. */
const leastHoursBefore = 12;

/** What somebody is reminded of: with a key of its own for each day before, so that it goes out once. */
export interface Remindable {
  readonly id: string;
  readonly stated: Stated;
  /** The moment, where the date has one; else the whole day is meant. */
  readonly at: Instant | null;
  /** Reminders from before this moment are not made up for: it was chosen, announced or moved then. */
  readonly since: Instant;
  /** Days before. */
  readonly days: readonly number[];
}

/** One reminder. */
interface Reminder {
  /** By what is stated and how many days before: a date that moves has others. */
  readonly key: string;
  readonly id: string;
  readonly days: number;
  readonly at: Instant;
  /** The day of whoever is reminded: all of one day are one message. */
  readonly localDay: string;
}

/** All reminders of a date, soonest first. Those of a whole day count from that day wherever somebody lives. */
export function remindersOf(
  { id, stated, at, since, days }: Remindable,
  zone: string,
  morningHour: number = usualHour,
): readonly Reminder[] {
  const moment = at === null ? undefined : Temporal.Instant.from(at);
  const local = moment ? moment.toZonedDateTimeISO(zone).toPlainDate() : Temporal.PlainDate.from(stated.day);
  const on = (day: Temporal.PlainDate, hour: number) => day.toZonedDateTime({ timeZone: zone, plainTime: { hour } });
  const isTooLate = (when: Temporal.ZonedDateTime): boolean =>
    moment !== undefined && moment.epochMilliseconds - when.epochMilliseconds < leastHoursBefore * 3_600_000;
  const all = days.map((before) => {
    const day = local.subtract({ days: before });
    let when = on(day, morningHour);
    if (isTooLate(when)) when = on(day.subtract({ days: 1 }), eveningHour);
    if (isTooLate(when)) when = on(day.subtract({ days: 1 }), morningHour);
    return {
      key: `${id}|${stated.day} ${stated.time ?? ''}|${before}`,
      id,
      days: before,
      at: toInstant(when.toInstant()),
      localDay: when.toPlainDate().toString(),
    };
  });
  return all.filter((reminder) => reminder.at > since).toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

/** What is to be said now, and when to look again. */
interface Due {
  /** One for each date, the nearest where several are late. */
  readonly say: readonly Reminder[];
  /** The keys that are done with it. */
  readonly done: readonly string[];
  /** When the next one comes; undefined when there is none. */
  readonly next: Instant | undefined;
}

/**
 * What is due by now and was not said yet. What comes later on a day on which something is due anyway comes along with it.
 * Nothing is said of a date that is over.
 * @param said keys that are done already. @param morningHour of the local day.
 */
export function dueReminders(
  dates: readonly Remindable[],
  zone: string,
  said: ReadonlySet<string>,
  now: Instant,
  morningHour: number = usualHour,
): Due {
  const ahead = dates.filter((date) => endOf({ ...date.stated, at: date.at }) > now);
  const open = ahead.flatMap((date) => remindersOf(date, zone, morningHour)).filter(({ key }) => !said.has(key));
  const days = new Set(open.filter(({ at }) => at <= now).map(({ localDay }) => localDay));
  const due = open.filter(({ at, localDay }) => at <= now || days.has(localDay));
  const nearest = new Map<string, Reminder>();
  for (const reminder of due) {
    const known = nearest.get(reminder.id);
    if (!known || reminder.days < known.days) nearest.set(reminder.id, reminder);
  }
  const later = open.filter((reminder) => !due.includes(reminder)).map(({ at }) => at);
  return {
    say: [...nearest.values()],
    done: due.map(({ key }) => key),
    next: later.toSorted()[0],
  };
}

/** Pure: in how many days something is, by the calendar of a zone: 0 for today. */
export function daysUntil(now: Instant, stated: Stated, at: Instant | null, zone: string): number {
  const today = Temporal.Instant.from(now).toZonedDateTimeISO(zone).toPlainDate();
  const then =
    at === null
      ? Temporal.PlainDate.from(stated.day)
      : Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate();
  return Math.max(0, today.until(then).days);
}

/** Pure: the days before that still make sense of those chosen; the nearest that does where none of them is left. */
export function sensibleDays(
  date: Omit<Remindable, 'days'>,
  zone: string,
  chosen: readonly number[],
): readonly number[] {
  const works = (days: number) => remindersOf({ ...date, days: [days] }, zone).length > 0;
  const left = chosen.filter(works);
  if (left.length > 0 || chosen.length === 0) return left;
  const nearest = [...reminderDays]
    .toSorted((a, b) => b - a)
    .find((days) => days <= Math.max(...chosen) && works(days));
  return nearest === undefined ? [] : [nearest];
}
