import type { Catalogue, Mentee, Mentor } from './types.ts';

/** Bits of a list, one for each entry of the catalogue's list. */
type Mask = number;

/** The specialties, families, languages and topics of somebody as masks. */
export interface Masks {
  readonly specialties: Mask;
  readonly families: Mask;
  readonly languages: Mask;
  readonly topics: Mask;
}

/** Turns lists into masks for one catalogue. */
export interface Masker {
  readonly undecided: Mask;
  masks(person: Pick<Mentee, 'specialties' | 'languages' | 'topics'>): Masks;
}

const maskBits = 32;

/**
 * Numbers the entries of a catalogue.
 * @throws RangeError when a list has more entries than a mask has bits.
 */
export function createMasker(catalogue: Catalogue): Masker {
  const specialty = number([...catalogue.families.keys()]);
  const family = number([...new Set(catalogue.families.values())]);
  const language = number(catalogue.languages);
  const topic = number(catalogue.topics);
  return {
    undecided: maskOf([catalogue.undecided], specialty),
    masks(person) {
      return {
        specialties: maskOf(person.specialties, specialty),
        families: maskOf(person.specialties.map((id) => catalogue.families.get(id) ?? ''), family), // prettier-ignore
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

/** How many bits a mask has set. */
export function countBits(mask: Mask): number {
  let n = mask - ((mask >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return (((n + (n >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** Mentors as columns of typed arrays, so that all of them can be scanned for one mentee in well under a millisecond. */
export interface PackedMentors {
  readonly catalogue: Catalogue;
  readonly masker: Masker;
  readonly mentors: Mentor[];
  readonly stageRank: Uint8Array;
  readonly acceptsFromRank: Uint8Array;
  readonly specialties: Int32Array;
  readonly families: Int32Array;
  readonly languages: Int32Array;
  readonly topics: Int32Array;
  readonly offsetMinutes: Int16Array;
  /** Places left; zero or less when full. */
  readonly free: Int16Array;
  /** 1 active, 2 verified. */
  readonly flags: Uint8Array;
  readonly indexById: ReadonlyMap<string, number>;
}

export const activeFlag = 1;
export const verifiedFlag = 2;

/** Packs mentors for `suggest`. The order of the mentors does not matter to any result. */
export function pack(mentors: readonly Mentor[], catalogue: Catalogue): PackedMentors {
  const n = mentors.length;
  const packed: PackedMentors = {
    catalogue,
    masker: createMasker(catalogue),
    mentors: [...mentors],
    stageRank: new Uint8Array(n),
    acceptsFromRank: new Uint8Array(n),
    specialties: new Int32Array(n),
    families: new Int32Array(n),
    languages: new Int32Array(n),
    topics: new Int32Array(n),
    offsetMinutes: new Int16Array(n),
    free: new Int16Array(n),
    flags: new Uint8Array(n),
    indexById: new Map(mentors.map((mentor, i) => [mentor.id, i])),
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
  packed.stageRank[i] = mentor.stageRank;
  packed.acceptsFromRank[i] = mentor.acceptsFromRank;
  packed.specialties[i] = masks.specialties;
  packed.families[i] = masks.families;
  packed.languages[i] = masks.languages;
  packed.topics[i] = masks.topics;
  packed.offsetMinutes[i] = mentor.offsetMinutes;
  packed.free[i] = mentor.capacity - mentor.mentees;
  packed.flags[i] = (mentor.active ? activeFlag : 0) | (mentor.verified ? verifiedFlag : 0);
}
