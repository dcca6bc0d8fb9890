/** IANA time zones: which exist, what people type for them, and how far they are from UTC. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { inParts } from '../parts.ts';
import { once } from './once.ts';

/** Discord's limit on the choices of an autocomplete. */
const choiceLimit = 25;
const quarterMs = 15 * 60_000;
/** No zone's name or alias is longer; what a person types beyond it cannot make it one. */
const longestName = 40;

/** Offered before anything is typed: a spread over the world, where IMGs live. */
const usual = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'America/Bogota',
  'America/Sao_Paulo',
  'Europe/London',
  'Europe/Berlin',
  'Africa/Lagos',
  'Africa/Cairo',
  'Africa/Khartoum',
  'Africa/Nairobi',
  'Asia/Amman',
  'Asia/Riyadh',
  'Asia/Tehran',
  'Asia/Dubai',
  'Asia/Karachi',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Dhaka',
  'Asia/Manila',
  'Asia/Shanghai',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Etc/UTC',
];

/** What people type that is part of no zone's name: common abbreviations, and large cities without a zone of their own. */
const aliases: Readonly<Record<string, readonly string[]>> = {
  'America/New_York': [
    'est',
    'edt',
    'et',
    'eastern',
    'boston',
    'miami',
    'philadelphia',
    'washington',
    'atlanta',
    'baltimore',
  ],
  'America/Chicago': ['cst', 'cdt', 'ct', 'central', 'houston', 'dallas', 'minneapolis', 'st louis'],
  'America/Denver': ['mst', 'mdt', 'mt', 'mountain', 'salt lake city'],
  'America/Los_Angeles': ['pst', 'pdt', 'pt', 'pacific', 'san francisco', 'san diego', 'seattle', 'las vegas'],
  'Asia/Karachi': ['pkt', 'lahore', 'islamabad', 'rawalpindi', 'peshawar', 'multan', 'pakistan'],
  'Asia/Kolkata': [
    'ist',
    'india',
    'delhi',
    'new delhi',
    'mumbai',
    'bombay',
    'chennai',
    'bangalore',
    'bengaluru',
    'hyderabad',
    'calcutta',
    'pune',
  ],
  'Asia/Kathmandu': ['npt', 'nepal', 'pokhara'],
  'Asia/Dhaka': ['bst', 'bangladesh', 'chittagong', 'sylhet'],
  'Asia/Manila': ['pht', 'philippines', 'cebu', 'davao', 'quezon'],
  'Africa/Lagos': ['wat', 'nigeria', 'abuja', 'ibadan', 'enugu', 'kano'],
  'Africa/Cairo': ['egypt', 'alexandria', 'mansoura', 'assiut'],
  'Africa/Nairobi': ['eat', 'kenya'],
  'Africa/Khartoum': ['sudan'],
  'Africa/Accra': ['ghana', 'kumasi'],
  'Asia/Riyadh': ['saudi arabia', 'jeddah', 'mecca'],
  'Asia/Dubai': ['gst', 'uae', 'abu dhabi', 'emirates'],
  'Asia/Amman': ['jordan'],
  'Asia/Tehran': ['iran', 'shiraz'],
  'Asia/Shanghai': ['china', 'beijing', 'guangzhou'],
  'Europe/London': ['gmt', 'bst', 'uk', 'england', 'manchester'],
  'Europe/Berlin': ['cet', 'cest', 'germany', 'frankfurt', 'munich'],
  'America/Bogota': ['colombia', 'medellin', 'cali'],
  'America/Sao_Paulo': ['brt', 'brazil', 'rio de janeiro', 'brasilia'],
  'Asia/Yangon': ['myanmar', 'rangoon'],
  'Etc/UTC': ['utc', 'gmt', 'z', 'zulu'],
};

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
  readonly id: string;
  readonly city: string;
  readonly region: string;
  /** What a typed text is compared with, folded, the city first. */
  readonly terms: readonly string[];
}

const zones = once((): readonly Zone[] =>
  [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'].map((id) => modern[id] ?? id))].map(describe),
);
const byFoldedId = once(() => new Map(zones().map((zone) => [zone.id.toLowerCase(), zone])));
const usualZones = once(() => usual.map(describe));

function describe(id: string): Zone {
  const parts = id.split('/').map((part) => part.replaceAll('_', ' '));
  const city = parts.at(-1) ?? id;
  const region = parts.slice(0, -1).join(', ');
  const terms = [city, ...(aliases[id] ?? []), region, id, parts.join(' ')].map(fold).filter((term) => term !== '');
  return { id, city, region: region === 'Etc' ? '' : region, terms };
}

function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
}

/** The zone's name as we store it, for any name of it (`asia/calcutta`, `US/Eastern`); undefined where it is none. */
export function findZone(name: string): string | undefined {
  const wanted = name.trim();
  if (wanted.length > longestName) return undefined;
  const known = byFoldedId().get(wanted.toLowerCase());
  if (known) return known.id;
  // Without a slash it is an abbreviation, and those are for `searchZones`: the runtime's EST has no daylight saving time.
  const canonical = /^utc$|\//i.test(wanted) ? canonicalName(wanted) : undefined;
  return canonical === undefined ? undefined : byFoldedId().get((modern[canonical] ?? canonical).toLowerCase())?.id;
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

/**
 * Choices for what has been typed so far, best first: cities and abbreviations that are the text, that begin with it, that
 * hold it, then regions; `+5` or `utc+5:30` finds by current offset. Nothing typed: a spread over the world.
 * @param nowMs the moment for which offsets are shown, in epoch milliseconds.
 */
export function searchZones(typed: string, nowMs: number, limit = choiceLimit): { name: string; value: string }[] {
  // One more than any name has: a longer text is found in none of them either.
  const wanted = fold(typed.trimStart().slice(0, longestName + 1)).replaceAll('_', ' ');
  const found = wanted === '' ? usualZones() : (byOffset(wanted, nowMs) ?? byName(wanted));
  return found.slice(0, limit).map((zone) => ({ name: zoneLabel(zone.id, nowMs), value: zone.id }));
}

function byName(wanted: string): Zone[] {
  const scored = zones()
    .map((zone) => ({ zone, score: score(zone, wanted) }))
    .filter(({ score }) => score < Infinity);
  const rank = new Map(usual.map((id, i) => [id, i]));
  const place = (zone: Zone) => rank.get(zone.id) ?? usual.length;
  return scored
    .toSorted((a, b) => a.score - b.score || place(a.zone) - place(b.zone) || a.zone.id.localeCompare(b.zone.id))
    .map(({ zone }) => zone);
}

/** Smaller is better; Infinity where the text does not occur. */
function score(zone: Zone, wanted: string): number {
  let best = Infinity;
  for (const term of zone.terms) {
    if (term === wanted) return 0;
    if (term.startsWith(wanted)) best = Math.min(best, 1);
    else if (term.includes(` ${wanted}`)) best = Math.min(best, 2);
    else if (term.includes(wanted)) best = Math.min(best, 3);
  }
  return best;
}

/** The zones at an offset that was typed; undefined when what was typed is no offset. */
function byOffset(wanted: string, nowMs: number): Zone[] | undefined {
  const match = /^(?:utc|gmt)?\s*([+-])(\d{1,2})(?::?([0-5]\d))?$/.exec(wanted);
  if (!match) return undefined;
  const minutes = (Number(match[2]) * 60 + Number(match[3] ?? 0)) * (match[1] === '-' ? -1 : 1);
  // Where many live first, where hardly anybody does last.
  const place = ({ id, region }: Zone) => (usual.includes(id) ? 0 : region === 'Antarctica' ? 2 : 1);
  return zones()
    .filter((zone) => offsetMinutes(zone.id, nowMs) === minutes)
    .toSorted((a, b) => place(a) - place(b) || a.id.localeCompare(b.id));
}

/** `Karachi, Asia (UTC+5)`: what a choice is called at a moment. */
export function zoneLabel(id: string, nowMs: number): string {
  const { city, region } = byFoldedId().get(id.toLowerCase()) ?? describe(id);
  return `${region === '' ? city : `${city}, ${region}`} (${offsetLabel(offsetMinutes(id, nowMs))})`;
}

/** `UTC+5:45`, `UTC−3`, `UTC`. */
export function offsetLabel(minutes: number): string {
  if (minutes === 0) return 'UTC';
  const size = Math.abs(minutes);
  const rest = size % 60 === 0 ? '' : `:${String(size % 60).padStart(2, '0')}`;
  return `UTC${minutes < 0 ? '−' : '+'}${Math.floor(size / 60)}${rest}`;
}

/** How many zones are made ready before others are answered: a millisecond of work. */
const zonesAtOnce = 10;

/**
 * Makes every zone ready for the search by offset, a few at a time: the first search would otherwise hold the program up
 * for longer than all that come after it.
 */
export async function prepareZones(nowMs: number): Promise<void> {
  await nextTurn();
  for await (const some of inParts(zones(), zonesAtOnce)) for (const { id } of some) offsetMinutes(id, nowMs);
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
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
    formats.set(zone, format);
  }
  const name = format.formatToParts(quarter * quarterMs).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const match = /GMT(?:([+-])(\d{2}):(\d{2}))?/.exec(name);
  const minutes = match?.[1] ? (Number(match[2]) * 60 + Number(match[3])) * (match[1] === '-' ? -1 : 1) : 0;
  offsets.set(zone, { quarter, minutes });
  return minutes;
}
