import { Temporal } from 'temporal-polyfill';
import { type Instant, toInstant } from '../time.ts';

/** Quiet hours, by a clock on the wall: what is not urgent waits until they are over. */
const quiet = { from: 22, until: 7 } as const;

/** Pure: when somebody may be told something now: at once, or in the morning if they sleep. @param zone theirs. */
export function outsideQuietHours(now: Instant, zone: string): Instant {
  const here = Temporal.Instant.from(now).toZonedDateTimeISO(zone);
  if (here.hour >= quiet.until && here.hour < quiet.from) return now;
  const day = here.hour < quiet.until ? here.toPlainDate() : here.toPlainDate().add({ days: 1 });
  return toInstant(day.toZonedDateTime({ timeZone: zone, plainTime: { hour: quiet.until } }).toInstant());
}
