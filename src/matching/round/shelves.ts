/**
 * Mentors on shelves, one for each choice of specialties, and on each shelf in blocks, one for each kind (stage and zone),
 * those who do not speak what nearly all do apart. One sum bounds what a whole shelf or block can give a mentee, and in a
 * block the cheapest comes first, so that a look at thousands of mentors sees few of them. Mentors who show their country
 * stand in a section of that country once more: then a look at everybody need not reckon with a country in common.
 * `candidates.ts` looks for mentors here.
 */
import { anyBit, maskBits, rankLimit } from '../bits.ts';
import { isOpen } from '../eligible.ts';
import type { PackedMentors } from '../pack.ts';
import type { GuildRules, Mask } from '../types.ts';

/** Mentors in the order of their shelves and blocks. A position is a mentor's place in that order. */
interface Blocks {
  /** By position: the mentor's number in `packed`, and their topics. */
  readonly mentor: Int32Array;
  readonly topics: Int32Array;
  /** Block `b` has the positions from `block[b]` to before `block[b + 1]`, and all in it are of this kind. */
  readonly block: Int32Array;
  readonly blockKind: Uint16Array;
  /** The languages that anybody in the block speaks. */
  readonly blockLanguages: Int32Array;
  /** Shelf `s` has the blocks from `shelf[s]` to before `shelf[s + 1]`. */
  readonly shelf: Int32Array;
}

/** A house of shelves: everybody's, or a country's. */
export interface Section extends Blocks {
  /** By shelf: what all on it have. */
  readonly specialties: Int32Array;
  readonly families: Int32Array;
}

const mentorColumns = [
  'undecided',
  'usualLanguage',
  'specialties',
  'families',
  'languages',
  'rareSet',
  'rareSets',
  'topics',
  'stageRank',
  'acceptsFromRank',
  'offset',
  'country',
  'offsets',
  'countries',
] as const satisfies (keyof PackedMentors)[];

/** What looks read of mentors: columns, which another thread can be handed. */
export type MentorColumns = Pick<PackedMentors, (typeof mentorColumns)[number]>;

/** Only these of packed mentors: not everything else can be handed over. */
export function columnsIn(packed: MentorColumns): MentorColumns {
  return Object.fromEntries(mentorColumns.map((name) => [name, packed[name]])) as unknown as MentorColumns;
}

/** Every mentor whom no rule excludes for everybody. */
export interface Shelves {
  readonly packed: MentorColumns;
  /** Everybody first, then those of each country by its number in `packed`. */
  readonly sections: readonly Section[];
  /** A mentor of each kind, by their number in `packed`. */
  readonly kinds: Int32Array;
}

/** Everybody's section. The one of country `c` is `1 + c`. */
export const everybody = 0;

/** Puts every mentor whom no rule excludes for everybody on the shelves. */
export function shelve(packed: PackedMentors, rules: GuildRules): Shelves {
  const { specialties, families, stageRank, offset, languages, country } = packed;
  const open = [...packed.mentors.keys()].filter((i) => isOpen(packed.obstacles[i]!, rules));
  const usual = commonest(open.map((i) => languages[i]!));
  // Offsets are numbered from 0.
  const kindOf = (i: number) => offset[i]! * rankLimit + stageRank[i]!;
  const key = packed.mentors.map((_, i) => kindOf(i) * 2 + anyBit(languages[i]! & usual));
  const ordered = open.toSorted(
    (a, b) => specialties[a]! - specialties[b]! || families[a]! - families[b]! || key[a]! - key[b]! || a - b,
  );
  const numbers = new Map<number, number>();
  const kinds: number[] = [];
  for (const i of ordered) {
    if (numbers.has(kindOf(i))) continue;
    numbers.set(kindOf(i), kinds.length);
    kinds.push(i);
  }
  const sectionOf = (order: readonly number[]): Section => {
    const block: number[] = [];
    const shelf: number[] = [];
    const spoken: number[] = [];
    order.forEach((i, position) => {
      const before = position === 0 ? -1 : order[position - 1]!;
      const isNew = before < 0 || specialties[i] !== specialties[before] || families[i] !== families[before];
      if (isNew) shelf.push(block.length);
      if (isNew || key[i] !== key[before]) spoken[block.push(position) - 1] = 0;
      spoken[block.length - 1]! |= languages[i]!;
    });
    const first = shelf.map((b) => order[block[b]!]!);
    return {
      mentor: Int32Array.from(order),
      topics: Int32Array.from(order, (i) => packed.topics[i]!),
      block: Int32Array.from([...block, order.length]),
      blockKind: Uint16Array.from(block, (position) => numbers.get(kindOf(order[position]!))!),
      blockLanguages: Int32Array.from(spoken),
      shelf: Int32Array.from([...shelf, block.length]),
      specialties: Int32Array.from(first, (i) => specialties[i]!),
      families: Int32Array.from(first, (i) => families[i]!),
    };
  };
  const byCountry: number[][] = Array.from(packed.countries, () => []);
  for (const i of ordered) byCountry[country[i]!]!.push(i);
  const ofCountries = Array.from(packed.countries.keys(), (shown, c) => (shown === undefined ? [] : byCountry[c]!));
  return { packed, sections: [ordered, ...ofCountries].map(sectionOf), kinds: Int32Array.from(kinds) };
}

/** The entry that most masks have; of several the lowest bit, and 0 where there is none. */
function commonest(masks: readonly Mask[]): Mask {
  const bits = Array.from({ length: maskBits }, (_, bit) => 1 << bit);
  const counts = bits.map((bit) => masks.filter((mask) => (mask & bit) !== 0).length);
  const most = Math.max(...counts);
  return most === 0 ? 0 : bits[counts.indexOf(most)]!;
}

/** The shelves of a section by kinship: of the same specialty, of the same family, the rest. */
export function kinOf({ specialties, families }: Section, own: Mask, ownFamilies: Mask): readonly Int32Array[] {
  const kin: number[][] = [[], [], []];
  for (let s = 0; s < specialties.length; s += 1) {
    kin[(own & specialties[s]!) !== 0 ? 0 : (ownFamilies & families[s]!) !== 0 ? 1 : 2]!.push(s);
  }
  return kin.map((shelves) => Int32Array.from(shelves));
}

/** More than anybody pays: for mentors at whom nobody is to look. */
export const unaffordable = 0x3fffffff;

/** The mentors of a section who are affordable, the cheapest of each block first. */
export interface PricedSection extends Blocks {
  /** By position. */
  readonly price: Int32Array;
  /** What `promisingFirst` has worked out last. */
  promising: PromisingBlocks | undefined;
}

/** The blocks of each shelf with those first whose cheapest mentor gives most. */
export interface PromisingBlocks {
  /** What each kind gives to those mentees for whom this is the order. */
  byKind: Int32Array;
  /** Block numbers, shelf by shelf as blocks are. */
  readonly block: Int32Array;
  /** What the cheapest mentor gives by their kind, less their price; and the most that any block of each shelf does. */
  readonly promise: Int32Array;
  readonly ofShelf: Int32Array;
  /** The most that any block does. */
  most: number;
}

/** Orders the blocks for all mentees to whom the kinds give the same. The order before is forgotten. */
export function promisingFirst(section: PricedSection, byKind: Int32Array): PromisingBlocks {
  const { shelf, block: first, blockKind, price } = section;
  if (section.promising?.byKind === byKind) return section.promising;
  section.promising ??= {
    byKind,
    block: new Int32Array(blockKind.length),
    promise: new Int32Array(blockKind.length),
    ofShelf: new Int32Array(shelf.length - 1),
    most: 0,
  };
  section.promising.byKind = byKind;
  const { block, promise, ofShelf } = section.promising;
  let most = -unaffordable;
  for (let s = 0; s < ofShelf.length; s += 1) {
    const from = shelf[s]!;
    const until = shelf[s + 1]!;
    // Few blocks stand on a shelf: inserting each one in its place is quickest.
    for (let b = from; b < until; b += 1) {
      const given = byKind[blockKind[b]!]! - price[first[b]!]!;
      let at = b;
      for (; at > from && promise[at - 1]! < given; at -= 1) {
        promise[at] = promise[at - 1]!;
        block[at] = block[at - 1]!;
      }
      promise[at] = given;
      block[at] = b;
    }
    ofShelf[s] = from < until ? promise[from]! : -unaffordable;
    if (ofShelf[s]! > most) most = ofShelf[s]!;
  }
  section.promising.most = most;
  return section.promising;
}

/** Takes the affordable mentors of a section at these prices by mentor. */
export function priceSection(section: Section, prices: Int32Array): PricedSection {
  const order: number[] = [];
  const block: number[] = [];
  const kept: number[] = [];
  const shelf = new Int32Array(section.shelf.length);
  for (let s = 0; s + 1 < shelf.length; s += 1) {
    for (let b = section.shelf[s]!; b < section.shelf[s + 1]!; b += 1) {
      const from = order.length;
      for (let at = section.block[b]!; at < section.block[b + 1]!; at += 1) {
        if (prices[section.mentor[at]!]! < unaffordable) order.push(at);
      }
      if (order.length === from) continue;
      kept.push(b);
      block.push(from);
    }
    shelf[s + 1] = kept.length;
  }
  block.push(order.length);
  const position = Int32Array.from(order);
  const priceAt = (at: number) => prices[section.mentor[at]!]!;
  for (let k = 0; k < kept.length; k += 1) {
    const [from, until] = [block[k]!, block[k + 1]!];
    if (until - from > 1) position.subarray(from, until).sort((a, b) => priceAt(a) - priceAt(b) || a - b);
  }
  return {
    mentor: position.map((at) => section.mentor[at]!),
    topics: position.map((at) => section.topics[at]!),
    price: position.map(priceAt),
    block: Int32Array.from(block),
    blockKind: Uint16Array.from(kept, (b) => section.blockKind[b]!),
    blockLanguages: Int32Array.from(kept, (b) => section.blockLanguages[b]!),
    shelf,
    promising: undefined,
  };
}
