/**
 * Mentors on shelves: one shelf for each specialty, stage, zone and lowest stage accepted, so that one sum bounds what a
 * whole shelf can give a mentee. `candidates.ts` looks for mentors here.
 */
import { obstaclesOf } from './eligible.ts';
import type { PackedMentors } from './pack.ts';
import type { GuildRules } from './types.ts';

/** Mentors in the order of their shelves. A position is a mentor's place in that order. */
export interface Shelves {
  readonly packed: PackedMentors;
  /** By position: the mentor's number in `packed`, and what differs on a shelf. */
  readonly mentor: Int32Array;
  readonly languages: Int32Array;
  readonly topics: Int32Array;
  readonly country: Uint16Array;
  /** Shelf `s` has the positions from `shelf[s]` to before `shelf[s + 1]`, and all on it have these. */
  readonly shelf: Int32Array;
  readonly stageRank: Uint8Array;
  readonly acceptsFromRank: Uint8Array;
  readonly offset: Uint16Array;
  /** Group `g` has the shelves from `group[g]` to before `group[g + 1]`, and all in it have these. */
  readonly group: Int32Array;
  readonly specialties: Int32Array;
  readonly families: Int32Array;
}

/** Puts every mentor whom no rule excludes for everybody on a shelf. */
export function shelve(packed: PackedMentors, rules: GuildRules): Shelves {
  const open = openMentors(packed, rules);
  const { specialties, families, stageRank, acceptsFromRank, offset } = packed;
  const order = open.toSorted(
    (a, b) =>
      specialties[a]! - specialties[b]! ||
      stageRank[a]! - stageRank[b]! ||
      offset[a]! - offset[b]! ||
      acceptsFromRank[a]! - acceptsFromRank[b]! ||
      a - b,
  );
  const shelf: number[] = [];
  const group: number[] = [];
  let before = -1;
  order.forEach((i, position) => {
    const sameGroup = before >= 0 && specialties[i] === specialties[before] && families[i] === families[before];
    const sameShelf =
      sameGroup &&
      stageRank[i] === stageRank[before] &&
      offset[i] === offset[before] &&
      acceptsFromRank[i] === acceptsFromRank[before];
    if (!sameGroup) group.push(shelf.length);
    if (!sameShelf) shelf.push(position);
    before = i;
  });
  const first = shelf.map((position) => order[position]!);
  const firstOfGroup = group.map((s) => first[s]!);
  return {
    packed,
    mentor: Int32Array.from(order),
    languages: Int32Array.from(order, (i) => packed.languages[i]!),
    topics: Int32Array.from(order, (i) => packed.topics[i]!),
    country: Uint16Array.from(order, (i) => packed.country[i]!),
    shelf: Int32Array.from([...shelf, order.length]),
    stageRank: Uint8Array.from(first, (i) => stageRank[i]!),
    acceptsFromRank: Uint8Array.from(first, (i) => acceptsFromRank[i]!),
    offset: Uint16Array.from(first, (i) => offset[i]!),
    group: Int32Array.from([...group, shelf.length]),
    specialties: Int32Array.from(firstOfGroup, (i) => specialties[i]!),
    families: Int32Array.from(firstOfGroup, (i) => families[i]!),
  };
}

function openMentors(packed: PackedMentors, rules: GuildRules): number[] {
  return packed.mentors.flatMap((mentor, i) => {
    const asRuled = rules.verificationRequired ? mentor : { ...mentor, verified: true };
    return obstaclesOf(asRuled) === 0 ? [i] : [];
  });
}

/** The prices of mentors by position, and the lowest on each shelf and in each group. */
export interface ShelfPrices {
  readonly price: Int32Array;
  readonly lowestOnShelf: Int32Array;
  readonly lowestInGroup: Int32Array;
}

/** Prices by the mentors' numbers, rounded up to whole ones, put on the shelves. */
export function pricesOnShelves(shelves: Shelves, price: ArrayLike<number>): ShelfPrices {
  const prices = Int32Array.from(shelves.mentor, (i) => Math.ceil(price[i]!));
  const lowestOnShelf = lowestIn(prices, shelves.shelf);
  return { price: prices, lowestOnShelf, lowestInGroup: lowestIn(lowestOnShelf, shelves.group) };
}

function lowestIn(values: Int32Array, bounds: Int32Array): Int32Array {
  const lowest = new Int32Array(bounds.length - 1).fill(0x7fffffff);
  for (let b = 0; b < lowest.length; b += 1) {
    for (let at = bounds[b]!; at < bounds[b + 1]!; at += 1) if (values[at]! < lowest[b]!) lowest[b] = values[at]!;
  }
  return lowest;
}
