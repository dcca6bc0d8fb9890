import { maskBits, rankLimit, rareBit } from './bits.ts';
import { canBeOpen, type EligibilityColumns, obstaclesOf } from './eligible.ts';
import type { Catalogue, Mask, Masks, Mentee, Mentor } from './types.ts';

/** Turns lists into masks for one catalogue. */
interface Masker {
  masks(person: Pick<Mentee, 'specialties' | 'languages' | 'topics'>): Masks;
  /** Every set of rare languages that somebody was met with, by its number. */
  readonly rareSets: readonly (readonly number[])[];
}

/**
 * Numbers the entries of a catalogue.
 * @throws RangeError when a list other than that of languages has more entries than a mask has bits.
 */
function createMasker(catalogue: Catalogue): Masker {
  const specialty = number([...catalogue.families.keys()]);
  const bits = number([...new Set(catalogue.families.values())]);
  const family = new Map([...catalogue.families].map(([id, name]) => [id, bits.get(name)!]));
  const { languages } = catalogue;
  const own = languages.length <= maskBits ? languages : languages.slice(0, maskBits - 1);
  const language = number(own);
  const rareNumber = new Map(languages.slice(own.length).map((entry, i) => [entry, i]));
  const rareSets: (readonly number[])[] = [[]];
  const setNumbers: Numbering<string> = new Map([['', 0]]);
  /** Whoever speaks no rare language, nearly everybody, has set 0. */
  const rareOf = (spoken: readonly string[]): number => {
    const rare = spoken.flatMap((entry) => rareNumber.get(entry) ?? []).toSorted((a, b) => a - b);
    const set = numberIn(setNumbers, rare.join());
    rareSets[set] ??= rare;
    return set;
  };
  const topic = number(catalogue.topics);
  return {
    rareSets,
    masks(person) {
      const rareSet = rareNumber.size === 0 ? 0 : rareOf(person.languages);
      return {
        specialties: maskOf(person.specialties, specialty),
        families: maskOf(person.specialties, family),
        languages: maskOf(person.languages, language) | (rareSet === 0 ? 0 : rareBit),
        rare: rareSets[rareSet]!,
        rareSet,
        topics: maskOf(person.topics, topic),
      };
    },
  };
}

function number(entries: readonly string[]): ReadonlyMap<string, number> {
  if (entries.length > maskBits) throw new RangeError(`${entries.length} entries do not fit into ${maskBits} bits`);
  return new Map(entries.map((entry, bit) => [entry, bit]));
}

function maskOf(entries: readonly string[], bits: ReadonlyMap<string, number>): Mask {
  let mask = 0;
  for (const entry of entries) {
    const bit = bits.get(entry);
    // What is no longer in the catalogue matches nothing.
    if (bit !== undefined) mask |= 1 << bit;
  }
  return mask;
}

/** Numbers the few values that many mentors share, from 0, in the order in which they are met. */
export type Numbering<T> = Map<T, number>;

/** What the fit reads of the specialties of each mentor, or of each choice that mentors have made. */
export interface SpecialtyColumns {
  readonly specialties: Int32Array;
  readonly families: Int32Array;
}

/** Mentors as columns of typed arrays, so that one scan for a mentee is quick: see `bench/suggest.ts`. */
export interface PackedMentors extends EligibilityColumns, SpecialtyColumns {
  readonly catalogue: Catalogue;
  readonly masker: Masker;
  /** The specialty that stands for not having chosen one. */
  readonly undecided: Mask;
  /** The language that nearly everybody speaks. */
  readonly usualLanguage: Mask;
  readonly mentors: readonly Mentor[];
  readonly indexById: ReadonlyMap<string, number>;
  readonly languages: Int32Array;
  readonly rareSet: Int32Array;
  readonly topics: Int32Array;
  /** The mentor's `offsetMinutes` and `country` as numbers of these two. */
  readonly offset: Int32Array;
  readonly country: Int32Array;
  readonly offsets: Numbering<number>;
  readonly countries: Numbering<string | undefined>;
  /** The group of each mentor whom the rules treat alike, and these groups. */
  readonly cohort: Int32Array;
  readonly cohorts: EligibilityColumns & { readonly size: Int32Array };
  /** The choices of specialties of mentors who can be open. Choice `c` is that of the first `count[c]` in `chosenBy[c]`. */
  readonly choices: SpecialtyColumns & { readonly count: Int32Array; readonly chosenBy: readonly Int32Array[] };
}

/** Packs mentors for `suggest`. The order of the mentors does not matter to any result. */
export function pack(mentors: readonly Mentor[], catalogue: Catalogue): PackedMentors {
  const masker = createMasker(catalogue);
  const masks = mentors.map((mentor) => masker.masks(mentor));
  const specialties = column(masks, (each) => each.specialties);
  const families = column(masks, (each) => each.families);
  const languages = column(masks, (each) => each.languages);
  const rareSet = column(masks, (each) => each.rareSet);
  const obstacles = column(mentors, obstaclesOf);
  const stageRank = column(mentors, (mentor) => mentor.stageRank);
  const acceptsFromRank = column(mentors, (mentor) => mentor.acceptsFromRank);
  const offset = grouped(mentors, ({ offsetMinutes }) => offsetMinutes);
  const country = grouped(mentors, (mentor) => mentor.country);
  const spoken = grouped(languages, (mask, i) => rareSet[i]! * 2 ** maskBits + (mask >>> 0));
  const standing = grouped(
    obstacles,
    (mask, i) => (mask * rankLimit + stageRank[i]!) * rankLimit + acceptsFromRank[i]!,
  );
  const cohort = grouped(standing.number, (number, i) => number * spoken.first.length + spoken.number[i]!);
  // Those of one standing beside each other: then a scan's branches can be foretold.
  const open = column(mentors, (_, i) => i)
    .filter((i) => canBeOpen(obstacles[i]!))
    .toSorted((a, b) => specialties[a]! - specialties[b]! || standing.number[a]! - standing.number[b]! || a - b);
  const start = [...open.keys()].filter((at) => at === 0 || specialties[open[at]!] !== specialties[open[at - 1]!]);
  return {
    catalogue,
    masker,
    undecided: masker.masks({ specialties: [catalogue.undecided], languages: [], topics: [] }).specialties,
    usualLanguage: masker.masks({ specialties: [], languages: [catalogue.usualLanguage], topics: [] }).languages,
    mentors: [...mentors],
    indexById: new Map(mentors.map(({ id }, i) => [id, i])),
    obstacles,
    stageRank,
    acceptsFromRank,
    specialties,
    families,
    languages,
    rareSet,
    rareSets: masker.rareSets,
    topics: column(masks, (each) => each.topics),
    offset: offset.number,
    country: country.number,
    offsets: offset.numbering,
    countries: country.numbering,
    cohort: cohort.number,
    cohorts: {
      obstacles: cohort.first.map((i) => obstacles[i]!),
      stageRank: cohort.first.map((i) => stageRank[i]!),
      acceptsFromRank: cohort.first.map((i) => acceptsFromRank[i]!),
      languages: cohort.first.map((i) => languages[i]!),
      rareSet: cohort.first.map((i) => rareSet[i]!),
      rareSets: masker.rareSets,
      size: cohort.size,
    },
    choices: {
      specialties: Int32Array.from(start, (at) => specialties[open[at]!]!),
      // What is chosen rules the families.
      families: Int32Array.from(start, (at) => families[open[at]!]!),
      count: Int32Array.from(start, (at, c) => (start[c + 1] ?? open.length) - at),
      chosenBy: start.map((at, c) => open.slice(at, start[c + 1] ?? open.length)),
    },
  };
}

function column<T>(items: readonly T[], valueOf: (item: T, i: number) => number): Int32Array {
  const values = new Int32Array(items.length);
  for (let i = 0; i < values.length; i += 1) values[i] = valueOf(items[i]!, i);
  return values;
}

/** Groups of what has the same key, numbered in the order in which they are met. */
interface Groups<K> {
  readonly numbering: Numbering<K>;
  /** By item: the number of its group. */
  readonly number: Int32Array;
  /** By group: its first item, and how many it has. */
  readonly first: Int32Array;
  readonly size: Int32Array;
}

function grouped<T, K>(items: ArrayLike<T>, keyOf: (item: T, i: number) => K): Groups<K> {
  const numbering: Numbering<K> = new Map();
  const first: number[] = [];
  const size: number[] = [];
  const number = new Int32Array(items.length);
  for (let i = 0; i < items.length; i += 1) {
    const group = numberIn(numbering, keyOf(items[i]!, i));
    if (group === first.length) size[first.push(i) - 1] = 0;
    size[group]! += 1;
    number[i] = group;
  }
  return { numbering, number, first: Int32Array.from(first), size: Int32Array.from(size) };
}

/** The number of a value, a new one if it has none yet. */
export function numberIn<T>(numbering: Numbering<T>, value: T): number {
  const known = numbering.get(value);
  if (known !== undefined) return known;
  const next = numbering.size;
  numbering.set(value, next);
  return next;
}
