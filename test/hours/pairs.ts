/** Seeded people with hours, over both changes of the clocks. */
import type { Side } from '../../src/hours/common.ts';
import { type DayPart, dayParts, type Window, windowOn, windowsOf } from '../../src/hours/week.ts';
import type { Random } from '../../src/ids.ts';

/** Mondays shortly before clocks change: Europe and America in spring and fall, the south in its own. */
export const changes = [
  '2026-10-19T00:00:00Z',
  '2026-10-26T00:00:00Z',
  '2027-03-08T00:00:00Z',
  '2027-03-22T00:00:00Z',
  '2027-04-01T00:00:00Z',
].map((at) => Date.parse(at));

/** Zones in which something is odd: halves and quarters of hours, half-hour saving, changes on other days or at other hours. */
export const oddZones = [
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Asia/Kolkata',
  'Asia/Tehran',
  'Africa/Casablanca',
  'Africa/Cairo',
  'America/New_York',
  'Europe/London',
  'Asia/Karachi',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'America/Santiago',
  'Asia/Beirut',
  'Europe/Dublin',
];

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

/** Somebody's hours: by boxes, by exact windows, or none given. */
export function makeSide(random: Random, zones: readonly string[]): Side {
  const zone = pick(random, zones);
  const kind = random();
  if (kind < 0.15) return { zone, windows: undefined };
  const parts = (): DayPart[] => dayParts.filter(() => random() < 0.3).map(({ id }) => id);
  const exact = new Map<number, Window[]>();
  if (kind > 0.5) {
    for (let day = 0; day < 7; day += 1) {
      if (random() < 0.6) continue;
      const from = Math.floor(random() * 1380);
      exact.set(day, [windowOn(day, from, Math.min(1440, from + 15 + Math.floor(random() * 240)))]);
    }
  }
  const notOn = [0, 1, 2, 3, 4, 5, 6].filter((day) => !exact.has(day) && random() < 0.1);
  return { zone, windows: windowsOf({ weekdays: parts(), weekend: parts(), notOn, exact }) };
}
