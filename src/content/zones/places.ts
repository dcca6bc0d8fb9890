/**
 * What every name that people type for where they live can mean: cities and provinces of the package `city-timezones`,
 * countries of the runtime, and words of our own.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { listCountries } from '../countries.ts';
import { once } from '../../once.ts';
import { currentName, findZone, isZone, listZones, olderNames } from './ids.ts';
import { countryWords, provinceWords, wordsByZone } from './vocabulary.ts';

/** A zone that somewhere has, and how many people live there by it, as far as the list of cities goes. */
export interface Share {
  readonly zone: string;
  readonly people: number;
}

/** One thing that a name can mean. */
export interface Place {
  readonly kind: 'word' | 'city' | 'state' | 'country';
  /** As people write it: `Hyderabad, Sind, Pakistan`. Empty for a word: its zone says more. */
  readonly name: string;
  readonly shares: readonly Share[];
  readonly people: number;
  /** What may stand behind the name, folded: its province and country by all their names, and codes. */
  readonly within: ReadonlySet<string>;
}

/** A row of the package's data, as far as we read it. */
interface City {
  readonly city: string;
  readonly city_ascii: string;
  readonly pop: number;
  readonly iso2: string;
  readonly iso3: string;
  readonly country: string;
  readonly province: string;
  readonly timezone: string | null;
}

/** Zones that the runtime lists for a country, and that its law does not. */
const leftOut: ReadonlySet<string> = new Set(['Asia/Urumqi', 'Europe/Simferopol']);

/** What is compared: small letters without accents, dots and apostrophes, "st" for "saint", one blank between words. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{M}|[.'’‘`ʻ]/gu, '')
    .replaceAll('ı', 'i')
    .replaceAll('ł', 'l')
    .replaceAll('ø', 'o')
    .replaceAll('ß', 'ss')
    .replaceAll('&', ' and ')
    .replaceAll(/[\s_\-–—/]+/gu, ' ')
    .replaceAll(/\b(?:saint|sainte)\b/gu, 'st')
    .trim();
}

const listed = (words: string): readonly string[] => words.split(', ');

/** A country as it is looked up while the list is made. */
interface Country {
  readonly name: string;
  /** All of its names and codes, folded. */
  readonly names: string[];
  readonly shares: Map<string, number>;
}

/** A state or province in the same way. */
interface State {
  readonly name: string;
  readonly names: readonly string[];
  /** Of its country. */
  readonly code: string;
  readonly shares: Map<string, number>;
}

type Index = ReadonlyMap<string, readonly Place[]>;

/** The runtime has it; the compiler's library does not yet. */
type LocaleWithZones = Intl.Locale & { getTimeZones?: () => readonly string[] | undefined };

/** Each city as the file has it; read one by one, because all at once leaves ten times their size behind. */
function* readCities(): Generator<City, void, undefined> {
  const file = createRequire(import.meta.url).resolve('city-timezones/data/cityMap.json');
  for (const [row] of readFileSync(file, 'utf8').matchAll(/\{[^{}]*\}/gu)) yield JSON.parse(row) as City;
}

/** A country's names, all but those of the list of cities: in English, short and long, in its own language, and ours. */
function readCountry({ code, name }: { readonly code: string; readonly name: string }): Country {
  const region: LocaleWithZones = new Intl.Locale(`und-${code}`);
  const own = new Intl.DisplayNames(region.maximize().language, { type: 'region' }).of(code) ?? name;
  const names = [name, shortNames().of(code) ?? name, own, code, name.split(/ [(&]/u)[0] ?? name];
  const ours = listed(countryWords[code] ?? code.toLowerCase());
  const zones = (region.getTimeZones?.() ?? []).map(currentName).filter((zone) => !leftOut.has(zone));
  const shares = new Map(zones.filter(isZone).map((zone) => [zone, 0] as const));
  return { name: shortNames().of(code) ?? name, names: [...new Set([...names.map(fold), ...ours])], shares };
}

const shortNames = once(() => new Intl.DisplayNames('en', { type: 'region', style: 'short' }));

/** How many cities are looked at in one step: about a millisecond of work. A country takes half of one by itself. */
const citiesAtOnce = 100;

/** Makes the list in some hundred steps of a millisecond or two, so that others can be answered in between. */
function* make(): Generator<undefined, Index, undefined> {
  const index = new Map<string, Place[]>();
  const enter = (names: Iterable<string>, place: Place) => {
    for (const name of new Set(names)) {
      const there = index.get(name);
      if (there) there.push(place);
      else if (name !== '') index.set(name, [place]);
    }
  };
  const countries = new Map<string, Country>();
  for (const country of listCountries('en')) {
    countries.set(country.code, readCountry(country));
    yield;
  }
  // The runtime is asked once for each older name: every question takes as long as ten cities.
  const zoneCalled = remember((name: string) => findZone(name));
  const foldedOnce = remember(fold);
  const states = new Map<string, State>();
  // Thousands of cities share what may stand behind their names, and each such set is larger than the city itself.
  const behind = new Map<string, ReadonlySet<string>>();
  let n = 0;
  for (const { city, city_ascii, pop, iso2, iso3, country: called, province, timezone } of readCities()) {
    if (n++ % citiesAtOnce === 0) yield;
    const zone = zoneCalled(timezone ?? '');
    const country = countries.get(iso2);
    if (zone === undefined || country === undefined) continue;
    for (const other of [called, iso3].map(foldedOnce)) {
      if (!country.names.includes(other)) country.names.push(other);
    }
    const state = foldedOnce(province);
    const names = [state, ...listed(provinceWords[iso2]?.[state] ?? state)];
    // At a border the list of cities may be wrong about whose clock counts.
    if (country.shares.has(zone)) add(country.shares, zone, pop);
    const key = `${iso2} ${state}`;
    if (state !== '') {
      const known = states.get(key) ?? { name: `${province}, ${country.name}`, names, code: iso2, shares: new Map() };
      states.set(key, known);
      add(known.shares, zone, pop);
    }
    const region = regionOf(zone);
    const within = behind.get(`${key} ${region.join()}`) ?? new Set([...names, ...country.names, ...region, 'city']);
    behind.set(`${key} ${region.join()}`, within);
    const name = fold(city);
    // A city that is called as its province needs no telling apart from it.
    const parts = [city, ...(state === '' || state === name ? [] : [province]), country.name];
    enter([name, city_ascii === city ? name : fold(city_ascii)], { kind: 'city', name: parts.join(', '), shares: [{ zone, people: pop }], people: pop, within }); // prettier-ignore
  }
  yield;
  for (const { name, names, code, shares } of states.values()) {
    const within = new Set([...(countries.get(code)?.names ?? []), ...regionsOf(shares), 'state', 'province']);
    enter(names, { kind: 'state', name, ...counted(shares), within });
  }
  const countriesOf = new Map<string, string[]>();
  for (const { name, names, shares } of countries.values()) {
    for (const zone of shares.keys()) countriesOf.set(zone, [...(countriesOf.get(zone) ?? []), ...names]);
    enter(names, { kind: 'country', name, ...counted(shares), within: new Set([...regionsOf(shares), 'country']) });
  }
  const older = olderNames.map(([id, today]) => ({ id: today, city: id.split('/').at(-1) ?? id }));
  for (const { id, city } of [...listZones(), ...older]) {
    const [name, within] = [fold(city), new Set([...regionOf(id), ...(countriesOf.get(id) ?? [])])];
    const isThere = index.get(name)?.some(({ kind, shares }) => kind === 'city' && shares[0]?.zone === id);
    if (!isThere) enter([name], { kind: 'city', name: '', shares: [{ zone: id, people: 0 }], people: 0, within });
  }
  // A word of ours is what people mean by it, whatever else is called so.
  const words = new Map<string, Place[]>();
  for (const [zone, ours] of Object.entries(wordsByZone)) {
    const within = new Set([...(countriesOf.get(zone) ?? []), ...regionOf(zone)]);
    const place: Place = { kind: 'word', name: '', shares: [{ zone, people: 0 }], people: 0, within };
    for (const word of listed(ours)) words.set(word, [...(words.get(word) ?? []), place]);
  }
  for (const [word, meant] of words) {
    // Behind it something may stand that tells it apart: "Washington, Pennsylvania".
    index.set(word, [...meant, ...(index.get(word) ?? [])]);
  }
  return index;
}

let making: Generator<undefined, Index, undefined> | undefined;
let made: Index | undefined;

/** What everything means, by its folded name. Whoever asks before it is made waits, and with them everybody else. */
export function places(): Index {
  while (!isMade()) continue;
  return made ?? new Map();
}

/** Makes the list beside everything else. */
export async function preparePlaces(): Promise<void> {
  while (!isMade()) await nextTurn();
}

/** Goes one step on. */
function isMade(): boolean {
  if (made) return true;
  const step = (making ??= make()).next();
  if (step.done) [made, making] = [step.value, undefined];
  return made !== undefined;
}

/** A function that works out the same thing once. */
function remember<T>(work: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    if (!known.has(text)) known.set(text, work(text));
    return known.get(text) as T;
  };
}

function add(shares: Map<string, number>, zone: string, people: number): void {
  shares.set(zone, (shares.get(zone) ?? 0) + people);
}

function counted(shares: ReadonlyMap<string, number>): { shares: readonly Share[]; people: number } {
  const all = [...shares].map(([zone, people]) => ({ zone, people })).toSorted((a, b) => b.people - a.people);
  return { shares: all, people: all.reduce((sum, { people }) => sum + people, 0) };
}

/** `asia` of `Asia/Karachi`. */
const regionOf = (zone: string): readonly string[] => [fold(zone.split('/')[0] ?? '')];
const regionsOf = (shares: ReadonlyMap<string, number>) => [...shares.keys()].flatMap(regionOf);
