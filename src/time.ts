import { Temporal } from 'temporal-polyfill';

/** A moment as ISO text in UTC with milliseconds, `2026-11-23T09:00:00.000Z`: compares as text, stored as it is. */
export type Instant = string;

/** Where the time comes from. The program uses the system's; tests and the demo move their own. */
export interface Clock {
  now(): Temporal.Instant;
  /** Milliseconds that only ever run forward, whatever the clock is set to; absent where nothing counts them. */
  steadyMs?(): number;
  /** How the heartbeat learns that a minute is over; absent where it goes by the system's minutes. */
  everyMinute?: EveryMinute;
}

/** Calls `beat` at every full minute, never while its last call is under way; `destroy` ends that. */
export type EveryMinute = (beat: () => Promise<void>) => { destroy(): Promise<void> | void };

export const systemClock: Clock = { now: () => Temporal.Now.instant(), steadyMs: () => performance.now() };

/**
 * The text form of a moment, always with three digits of milliseconds so that texts sort as time does.
 * @param moment a number counts milliseconds since 1970.
 */
export function toInstant(moment: Temporal.Instant | number): Instant {
  // Many times quicker than the polyfill's own, and asked for at every turn.
  return new Date(typeof moment === 'number' ? moment : moment.epochMilliseconds).toISOString();
}

/** Milliseconds since 1970 of an instant. */
export function epochMs(instant: Instant): number {
  return Date.parse(instant);
}

/** The Monday (YYYY-MM-DD) of the week of an instant, in UTC: for what is said once a week. */
export function weekOf(instant: Instant): string {
  const sinceMonday = (new Date(instant).getUTCDay() + 6) % 7;
  return later(instant, { days: -sinceMonday }).slice(0, 10);
}

/** The instant that lies this much later (or earlier, when negative). Days are 24 hours: no zone is involved. */
export function later(instant: Instant, by: { days?: number; hours?: number; minutes?: number; ms?: number }): Instant {
  const hours = (by.days ?? 0) * 24 + (by.hours ?? 0);
  const ms = (hours * 60 + (by.minutes ?? 0)) * 60_000 + (by.ms ?? 0);
  return toInstant(epochMs(instant) + ms);
}
