/** IANA time zones: which exist, what they are called, and how far they are from UTC. */
import { once } from '../../once.ts';

const quarterMs = 15 * 60_000;
/** No zone's name is longer; what a person types beyond it cannot make it one. */
const longestName = 40;

/** Zones that go by an older name in a runtime's list, under the name people expect. */
const modern: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
  UTC: 'Etc/UTC',
};

interface Zone {
  /** As it is stored. */
  readonly id: string;
  /** `Buenos Aires`. */
  readonly city: string;
  /** `America, Argentina`: as the list of zones sorts them; empty for UTC. */
  readonly region: string;
}

/** Every zone that the runtime knows, once. */
export const listZones = once((): readonly Zone[] =>
  [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'].map(currentName))].map(describe),
);
const byFoldedId = once(() => new Map(listZones().map((zone) => [zone.id.toLowerCase(), zone])));

/** Older names of zones, with what they are called today: their cities' older names are in them. */
export const olderNames: readonly (readonly [older: string, today: string])[] = Object.entries(modern);

/** What a zone is called today that a runtime may list by an older name. */
export function currentName(id: string): string {
  return modern[id] ?? id;
}

function describe(id: string): Zone {
  const parts = id.split('/').map((part) => part.replaceAll('_', ' '));
  const region = parts.slice(0, -1).join(', ');
  return { id, city: parts.at(-1) ?? id, region: region === 'Etc' ? '' : region };
}

/** The zone's name as we store it, for any name of it (`asia/calcutta`, `US/Eastern`); undefined where it is none. */
export function findZone(name: string): string | undefined {
  const wanted = name.trim();
  if (wanted.length > longestName) return undefined;
  const known = byFoldedId().get(wanted.toLowerCase());
  if (known) return known.id;
  // Without a slash it is an abbreviation, and those are for `understandZone`: the runtime's EST has no daylight saving time.
  const canonical = /^utc$|\//i.test(wanted) ? canonicalName(wanted) : undefined;
  return canonical === undefined ? undefined : byFoldedId().get(currentName(canonical).toLowerCase())?.id;
}

/** What the runtime calls a zone that has several names. */
function canonicalName(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** Whether this is the exact name of a zone as we store it. */
export function isZone(name: string): boolean {
  return byFoldedId().get(name.toLowerCase())?.id === name;
}

/** What people call a zone: `Karachi`. */
export function cityOf(id: string): string {
  return (byFoldedId().get(id.toLowerCase()) ?? describe(id)).city;
}

/** `Karachi (UTC+5)`, `Knox, Indiana (UTC−6)`: what a choice is called at a moment. Nobody says that New York is in America. */
export function zoneLabel(id: string, nowMs: number): string {
  const { city, region } = byFoldedId().get(id.toLowerCase()) ?? describe(id);
  const [, within] = region.split(', ');
  return `${within === undefined ? city : `${city}, ${within}`} (${offsetLabel(offsetMinutes(id, nowMs))})`;
}

/** `UTC+5:45`, `UTC−3`, `UTC`. */
export function offsetLabel(minutes: number): string {
  if (minutes === 0) return 'UTC';
  const size = Math.abs(minutes);
  const rest = size % 60 === 0 ? '' : `:${String(size % 60).padStart(2, '0')}`;
  return `UTC${minutes < 0 ? '−' : '+'}${Math.floor(size / 60)}${rest}`;
}

/** Making one of these takes about a tenth of a millisecond, so each zone's is kept from the first time it is needed. */
const formats = new Map<string, Intl.DateTimeFormat>();
/** The last offset of each zone, good for one quarter of an hour: Lord Howe and Newfoundland change at half past. */
const offsets = new Map<string, { quarter: number; minutes: number }>();

/**
 * How far a zone is ahead of UTC at a moment, in minutes; daylight saving time included.
 * @throws RangeError for a zone that does not exist.
 */
export function offsetMinutes(zone: string, atMs: number): number {
  const quarter = Math.floor(atMs / quarterMs);
  const known = offsets.get(zone);
  if (known?.quarter === quarter) return known.minutes;
  const minutes = readOffset(zone, quarter * quarterMs);
  offsets.set(zone, { quarter, minutes });
  return minutes;
}

function readOffset(zone: string, atMs: number): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    formats.set(zone, format);
  }
  const name = format.formatToParts(atMs).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const match = /GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name);
  return match?.[1] ? (Number(match[2]) * 60 + Number(match[3])) * (match[1] === '-' ? -1 : 1) : 0;
}

/** A year is looked at in so many places: enough to tell apart any two that change their clocks on other days. */
const looksAtYear = 24;
const dayMs = 24 * 60 * 60_000;
const years = new Map<string, { from: number; clock: string }>();

/** The same for zones whose clocks show the same through the year from this month on. */
export function yearlyClock(zone: string, nowMs: number): string {
  const from = Math.floor(nowMs / (30 * dayMs));
  const known = years.get(zone);
  if (known?.from === from) return known.clock;
  const at = (i: number) => from * 30 * dayMs + (i * 366 * dayMs) / looksAtYear;
  const clock = Array.from({ length: looksAtYear }, (_, i) => readOffset(zone, at(i))).join(' ');
  years.set(zone, { from, clock });
  return clock;
}
