/**
 * What every name that people type for where they live can mean: cities and provinces of the package `city-timezones`,
 * countries of the runtime, and words of our own.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { listCountries } from '../countries.ts';
import { once } from '../once.ts';
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
  readonly names: readonly string[];
  readonly shares: Map<string, number>;
}

/** The runtime has it; the compiler's library does not yet. */
type LocaleWithZones = Intl.Locale & { getTimeZones?: () => readonly string[] | undefined };

function readCities(): readonly City[] {
  const file = createRequire(import.meta.url).resolve('city-timezones/data/cityMap.json');
  return JSON.parse(readFileSync(file, 'utf8')) as City[];
}

/** Every country with its names: in English, short and long, in its own language, as the cities' list has it, and ours. */
function readCountries(cities: readonly City[]): ReadonlyMap<string, Country> {
  const short = new Intl.DisplayNames('en', { type: 'region', style: 'short' });
  const inList = new Map(cities.map(({ iso2, iso3, country }) => [iso2, [country, iso3]]));
  return new Map(
    listCountries('en').map(({ code, name }) => {
      const region: LocaleWithZones = new Intl.Locale(`und-${code}`);
      const own = new Intl.DisplayNames(region.maximize().language, { type: 'region' }).of(code) ?? name;
      const names = [
        name,
        short.of(code) ?? name,
        own,
        code,
        ...(inList.get(code) ?? []),
        name.split(/ [(&]/u)[0] ?? name,
      ];
      const ours = listed(countryWords[code] ?? code.toLowerCase());
      const zones = (region.getTimeZones?.() ?? []).map(currentName).filter((zone) => !leftOut.has(zone));
      const shares = new Map(zones.filter(isZone).map((zone) => [zone, 0] as const));
      return [code, { name: short.of(code) ?? name, names: [...new Set([...names.map(fold), ...ours])], shares }];
    }),
  );
}

/** What everything means, by its folded name. */
export const places = once((): ReadonlyMap<string, readonly Place[]> => {
  const index = new Map<string, Place[]>();
  const enter = (names: Iterable<string>, place: Place) => {
    for (const name of new Set(names)) {
      const there = index.get(name);
      if (there) there.push(place);
      else if (name !== '') index.set(name, [place]);
    }
  };
  const cities = readCities();
  const countries = readCountries(cities);
  const states = new Map<
    string,
    { name: string; names: readonly string[]; code: string; shares: Map<string, number> }
  >();
  for (const { city, city_ascii, pop, iso2, province, timezone } of cities) {
    const zone = timezone === null ? undefined : findZone(timezone);
    const country = countries.get(iso2);
    if (zone === undefined || country === undefined) continue;
    const state = fold(province);
    const names = [state, ...listed(provinceWords[iso2]?.[state] ?? state)];
    // At a border the list of cities may be wrong about whose clock counts.
    if (country.shares.has(zone)) add(country.shares, zone, pop);
    if (state !== '') {
      const key = `${iso2} ${state}`;
      const known = states.get(key) ?? { name: `${province}, ${country.name}`, names, code: iso2, shares: new Map() };
      states.set(key, known);
      add(known.shares, zone, pop);
    }
    // A city that is called as its province needs no telling apart from it.
    const parts = [city, ...(state === '' || state === fold(city) ? [] : [province]), country.name];
    const within = new Set([...names, ...country.names, ...regionOf(zone), 'city']);
    enter([city, city_ascii].map(fold), { kind: 'city', name: parts.join(', '), shares: [{ zone, people: pop }], people: pop, within }); // prettier-ignore
  }
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
});

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
