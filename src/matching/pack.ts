import { maskBits } from './bits.ts';
import { type EligibilityColumns, obstaclesOf } from './eligible.ts';
import type { Catalogue, Mask, Masks, Mentee, Mentor } from './types.ts';

/** Turns lists into masks for one catalogue. */
export interface Masker {
  readonly undecided: Mask;
  masks(person: Pick<Mentee, 'specialties' | 'languages' | 'topics'>): Masks;
}

/**
 * Numbers the entries of a catalogue.
 * @throws RangeError when a list has more entries than a mask has bits.
 */
export function createMasker(catalogue: Catalogue): Masker {
  const specialty = number([...catalogue.families.keys()]);
  const bits = number([...new Set(catalogue.families.values())]);
  const family = new Map([...catalogue.families].map(([id, name]) => [id, bits.get(name)!]));
  const language = number(catalogue.languages);
  const topic = number(catalogue.topics);
  return {
    undecided: maskOf([catalogue.undecided], specialty),
    masks(person) {
      return {
        specialties: maskOf(person.specialties, specialty),
        families: maskOf(person.specialties, family),
        languages: maskOf(person.languages, language),
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

/** Mentors as columns of typed arrays, so that one scan for a mentee is quick: see `bench/suggest.ts`. */
export interface PackedMentors extends EligibilityColumns {
  readonly catalogue: Catalogue;
  readonly masker: Masker;
  readonly mentors: Mentor[];
  readonly specialties: Int32Array;
  readonly families: Int32Array;
  readonly topics: Int32Array;
  /** The mentor's `offsetMinutes` and `country` as numbers of these two. */
  readonly offset: Uint16Array;
  readonly country: Uint16Array;
  readonly offsets: Numbering<number>;
  readonly countries: Numbering<string | undefined>;
}

/** Packs mentors for `suggest`. The order of the mentors does not matter to any result. */
export function pack(mentors: readonly Mentor[], catalogue: Catalogue): PackedMentors {
  const n = mentors.length;
  const packed: PackedMentors = {
    catalogue,
    masker: createMasker(catalogue),
    mentors: [...mentors],
    indexById: new Map(mentors.map((mentor, i) => [mentor.id, i])),
    obstacles: new Uint16Array(n),
    stageRank: new Uint8Array(n),
    acceptsFromRank: new Uint8Array(n),
    specialties: new Int32Array(n),
    families: new Int32Array(n),
    languages: new Int32Array(n),
    topics: new Int32Array(n),
    offset: new Uint16Array(n),
    country: new Uint16Array(n),
    offsets: new Map(),
    countries: new Map(),
  };
  mentors.forEach((mentor, i) => write(packed, i, mentor));
  return packed;
}

/**
 * Puts a mentor's new state in place of the old one.
 * @returns false when the mentor is not among the packed ones: then they have to be packed again.
 */
export function replaceMentor(packed: PackedMentors, mentor: Mentor): boolean {
  const i = packed.indexById.get(mentor.id);
  if (i === undefined) return false;
  packed.mentors[i] = mentor;
  write(packed, i, mentor);
  return true;
}

function write(packed: PackedMentors, i: number, mentor: Mentor): void {
  const masks = packed.masker.masks(mentor);
  packed.obstacles[i] = obstaclesOf(mentor);
  packed.stageRank[i] = mentor.stageRank;
  packed.acceptsFromRank[i] = mentor.acceptsFromRank;
  packed.specialties[i] = masks.specialties;
  packed.families[i] = masks.families;
  packed.languages[i] = masks.languages;
  packed.topics[i] = masks.topics;
  packed.offset[i] = numberIn(packed.offsets, mentor.offsetMinutes);
  packed.country[i] = numberIn(packed.countries, mentor.country);
}

/** The number of a value, a new one if it has none yet. */
export function numberIn<T>(numbering: Numbering<T>, value: T): number {
  const known = numbering.get(value);
  if (known !== undefined) return known;
  const next = numbering.size;
  numbering.set(value, next);
  return next;
}
