/** Times in the zones of two people, where Discord's own stamps are not shown: in menus and files. */
import { cityOf } from '../content/zones/index.ts';
import { offsetAt } from '../hours/zone.ts';
import { epochMs, type Instant } from '../time.ts';
import type { Texts } from '../texts/en.ts';

const dayMs = 86_400_000;

/** Pure: "Sat, Nov 21, 20:00 Karachi · 10:00 New York"; the second with its weekday where that is another. */
export function bothTimes(t: Texts, at: Instant, own: string, other: string): string {
  const first = `${t.words.shortMoment(own, at)} ${cityOf(own)}`;
  return own === other ? first : `${first} · ${timeBeside(t, at, own, other)}`;
}

/** Pure: "20:00 Karachi · 10:00 New York", without a date, beside a stamp that has one. */
export function bothClocks(t: Texts, at: Instant, own: string, other: string): string {
  const first = `${t.words.clock(own, at)} ${cityOf(own)}`;
  return own === other ? first : `${first} · ${timeBeside(t, at, own, other)}`;
}

function timeBeside(t: Texts, at: Instant, own: string, other: string): string {
  const day = (zone: string) => Math.floor((epochMs(at) + offsetAt(zone, epochMs(at))) / dayMs);
  return `${t.words.clock(other, at, day(own) !== day(other))} ${cityOf(other)}`;
}
