/**
 * Mentors on shelves, one for each choice of specialties, so that one sum bounds what a whole shelf can give a mentee; and
 * by kinds, one for each stage, lowest stage accepted and zone, so that what those add is looked up at once.
 * `candidates.ts` looks for mentors here.
 */
import { obstaclesOf } from './eligible.ts';
import type { PackedMentors } from './pack.ts';
import type { GuildRules } from './types.ts';

/** Mentors in the order of their shelves. A position is a mentor's place in that order. */
export interface Shelves {
  readonly packed: PackedMentors;
  /** By position: the mentor's number in `packed`, their kind, and what else differs on a shelf. */
  readonly mentor: Int32Array;
  readonly kind: Uint16Array;
  readonly languages: Int32Array;
  readonly topics: Int32Array;
  readonly country: Uint16Array;
  /** Shelf `s` has the positions from `shelf[s]` to before `shelf[s + 1]`, and all on it have these. */
  readonly shelf: Int32Array;
  readonly specialties: Int32Array;
  readonly families: Int32Array;
  /** A mentor of each kind, by their number in `packed`. */
  readonly kinds: Int32Array;
}

/** Puts every mentor whom no rule excludes for everybody on a shelf. */
export function shelve(packed: PackedMentors, rules: GuildRules): Shelves {
  const { specialties, families, stageRank, acceptsFromRank, offset } = packed;
  const order = openMentors(packed, rules).toSorted((a, b) => specialties[a]! - specialties[b]! || a - b);
  const shelf: number[] = [];
  let before = -1;
  order.forEach((i, position) => {
    if (before < 0 || specialties[i] !== specialties[before] || families[i] !== families[before]) shelf.push(position);
    before = i;
  });
  const first = shelf.map((position) => order[position]!);
  const kinds: number[] = [];
  const numbers = new Map<number, number>();
  const kind = Uint16Array.from(order, (i) => {
    // Ranks are bytes, and offsets are numbered from 0.
    const key = (offset[i]! * 256 + stageRank[i]!) * 256 + acceptsFromRank[i]!;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, kinds.length);
    return kinds.push(i) - 1;
  });
  return {
    packed,
    mentor: Int32Array.from(order),
    kind,
    languages: Int32Array.from(order, (i) => packed.languages[i]!),
    topics: Int32Array.from(order, (i) => packed.topics[i]!),
    country: Uint16Array.from(order, (i) => packed.country[i]!),
    shelf: Int32Array.from([...shelf, order.length]),
    specialties: Int32Array.from(first, (i) => specialties[i]!),
    families: Int32Array.from(first, (i) => families[i]!),
    kinds: Int32Array.from(kinds),
  };
}

function openMentors(packed: PackedMentors, rules: GuildRules): number[] {
  return packed.mentors.flatMap((mentor, i) => {
    const asRuled = rules.verificationRequired ? mentor : { ...mentor, verified: true };
    return obstaclesOf(asRuled) === 0 ? [i] : [];
  });
}

/**
 * The mentors of each shelf with the cheapest first, and what a first look needs of them: then the dear ones at the end
 * need not be looked at.
 */
export interface ShelfPrices {
  /** By rank on the shelf, counted on from shelf to shelf as positions are. */
  readonly position: Int32Array;
  readonly price: Int32Array;
  readonly kind: Uint16Array;
  readonly topics: Int32Array;
}

/** Prices by the mentors' numbers, rounded up to whole ones, put on the shelves. */
export function pricesOnShelves({ mentor, shelf, kind, topics }: Shelves, price: ArrayLike<number>): ShelfPrices {
  const prices = Int32Array.from(mentor, (i) => Math.ceil(price[i]!));
  const position = Int32Array.from(mentor.keys());
  for (let s = 0; s + 1 < shelf.length; s += 1) {
    position.subarray(shelf[s], shelf[s + 1]).sort((a, b) => prices[a]! - prices[b]! || a - b);
  }
  return {
    position,
    price: position.map((at) => prices[at]!),
    kind: Uint16Array.from(position, (at) => kind[at]!),
    topics: position.map((at) => topics[at]!),
  };
}
