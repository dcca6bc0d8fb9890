/** Times of the week in a guild's zone. */
import { Temporal } from 'temporal-polyfill';
import { type Instant, toInstant } from '../time.ts';

/** A time of the week on the wall clock of a zone. */
export interface WeekTime {
  /** 1 for Monday to 7 for Sunday. */
  readonly weekday: number;
  /** Minutes after midnight. */
  readonly minute: number;
}

/** Pure: the next such time after a moment. Where clocks go forward over it, right after that. */
export function nextWeekly(after: Instant, zone: string, { weekday, minute }: WeekTime): Instant {
  const moment = Temporal.Instant.from(after);
  const today = moment.toZonedDateTimeISO(zone).toPlainDate();
  for (let ahead = (weekday - today.dayOfWeek + 7) % 7; ; ahead += 7) {
    const time = { hour: Math.floor(minute / 60), minute: minute % 60 };
    const found = today.add({ days: ahead }).toZonedDateTime({ timeZone: zone, plainTime: time }).toInstant();
    if (Temporal.Instant.compare(found, moment) > 0) return toInstant(found);
  }
}

/** Pure: the same time on the wall clock some weeks after an occurrence, and after a moment. */
export function weeksLater(occurrence: Instant, after: Instant, zone: string, time: WeekTime, weeks: number): Instant {
  // A day before, so that a shift of the zone does not lead a week further.
  let next = nextWeekly(plusDays(occurrence, weeks * 7 - 1), zone, time);
  while (next <= after) next = nextWeekly(plusDays(next, weeks * 7 - 1), zone, time);
  return next;
}

function plusDays(instant: Instant, days: number): Instant {
  return toInstant(Temporal.Instant.from(instant).add({ hours: days * 24 }));
}
