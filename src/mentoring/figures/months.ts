/** Pure: whole months of a guild's calendar, as `2026-10`, and seasons of them. */
import { Temporal } from 'temporal-polyfill';
import { type Instant, toInstant } from '../../time.ts';

/** The month in which a season begins: applications open in September. */
const seasonBegins = 9;
export const seasonMonths = 12;
export const quarterMonths = 3;

/** The month in which a moment lies on the clocks of a zone. */
export function monthAt(at: Instant, zone: string): string {
  return Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toPlainYearMonth().toString();
}

/** The moment at which a month begins on the clocks of a zone. */
export function startOf(month: string, zone: string): Instant {
  const day = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 });
  return toInstant(day.toZonedDateTime({ timeZone: zone }).toInstant());
}

/** The month that comes so many after another, or before it. */
export function monthsLater(month: string, months: number): string {
  return Temporal.PlainYearMonth.from(month).add({ months }).toString();
}

/** The first month of the season in which a month lies. */
export function seasonOf(month: string): string {
  const { year, month: number } = Temporal.PlainYearMonth.from(month);
  return monthsLater(`${String(number >= seasonBegins ? year : year - 1).padStart(4, '0')}-01`, seasonBegins - 1);
}

/** The first month of the calendar quarter in which a month lies. */
export function quarterOf(month: string): string {
  const { month: number } = Temporal.PlainYearMonth.from(month);
  return monthsLater(month, -((number - 1) % quarterMonths));
}
