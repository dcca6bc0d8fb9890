import { lowestBit } from '../bits.ts';
import { type Board, noGroup } from './board.ts';
import type { Effort } from './effort.ts';
import { groupSize } from './limits.ts';
import { fit } from './pool.ts';
import { createLook, type Look, lookAt } from './value.ts';

/** Somebody makes room for somebody, who makes room for somebody: longer chains find next to nothing more. */
const longestChain = 2;

/** A group with other members, or a new one. */
interface Change {
  readonly group: number;
  readonly members: readonly number[];
}

/**
 * Finds places for those who are left over: in a group that has one, in a new trio with people whom their groups can
 * spare, or where somebody makes room who finds another place in the same ways.
 */
export function settle(board: Board, effort: Effort): void {
  const { degree } = board.pool;
  const settler = new Settler(board, effort);
  // One who finds a place can make another's possible.
  for (let placed = true; placed;) {
    placed = false;
    for (const person of board.left().toSorted((a, b) => degree[a]! - degree[b]! || a - b)) {
      if (board.groupOf[person] !== noGroup || degree[person]! < groupSize.min - 1) continue;
      if (effort.left <= 0) return;
      const changes = settler.placeFor(person);
      if (!changes) continue;
      apply(board, changes);
      placed = true;
    }
  }
}

function apply(board: Board, changes: readonly Change[]): void {
  for (const { group, members } of changes) {
    if (group === noGroup) continue;
    const look = createLook(board.pool);
    lookAt(board.pool, members, look);
    board.refill(group, members, look);
  }
  for (const { group, members } of changes) if (group === noGroup) board.found(members);
}

class Settler {
  readonly #board: Board;
  readonly #effort: Effort;
  readonly #look: Look;
  /** For whom a place is looked for. */
  #asking = -1;

  constructor(board: Board, effort: Effort) {
    this.#board = board;
    this.#effort = effort;
    this.#look = createLook(board.pool);
  }

  placeFor(person: number): readonly Change[] | undefined {
    this.#asking = person;
    // The shortest way first: it moves the fewest.
    for (let length = 0; length <= longestChain; length += 1) {
      const changes = this.#place(person, length, []);
      if (changes || this.#effort.left <= 0) return changes;
    }
    return undefined;
  }

  /** @param touched groups that change already. */
  #place(person: number, length: number, touched: readonly number[]): readonly Change[] | undefined {
    return length === 0
      ? (this.#join(person, touched) ?? this.#trio(person, touched))
      : this.#instead(person, length, touched);
  }

  /** Into the group where it adds most. */
  #join(person: number, touched: readonly number[]): readonly Change[] | undefined {
    const { groups } = this.#board;
    let best: Change | undefined;
    let most = -Infinity;
    for (const [group, { members, look }] of groups.entries()) {
      if (members.length === groupSize.max || touched.includes(group)) continue;
      const value = this.#valueOf(members, person, noGroup);
      if (value === undefined || value - look.value <= most) continue;
      most = value - look.value;
      best = { group, members: [...members, person] };
    }
    return best && [best];
  }

  /** With two who are left over, or whom their groups can spare. */
  #trio(person: number, touched: readonly number[]): readonly Change[] | undefined {
    const { pool, groups, groupOf } = this.#board;
    const { fits, rowWords } = pool;
    const spared = this.#fitting(person).filter((other) => this.#canSpare(other, touched));
    for (const [at, a] of spared.entries()) {
      const ofA = groupOf[a]!;
      for (const b of spared.slice(at + 1)) {
        if ((fits[a * rowWords + (b >>> 5)]! & (1 << (b & 31))) === 0) continue;
        const ofB = groupOf[b]!;
        const fromOne = ofA !== noGroup && ofA === ofB;
        if (fromOne && groups[ofA]!.members.length - 2 < groupSize.min) continue;
        if (this.#worth([person, a, b]) === undefined) continue;
        const less = new Set([ofA, ofB].filter((group) => group !== noGroup));
        return [
          ...[...less].map((group) => ({
            group,
            members: groups[group]!.members.filter((member) => member !== a && member !== b),
          })),
          { group: noGroup, members: [person, a, b] },
        ];
      }
      if (this.#effort.left <= 0) return undefined;
    }
    return undefined;
  }

  /** In the place of somebody who finds another. */
  #instead(person: number, length: number, touched: readonly number[]): readonly Change[] | undefined {
    for (const [group, { members }] of this.#board.groups.entries()) {
      if (touched.includes(group)) continue;
      for (const member of members) {
        if (this.#effort.left <= 0) return undefined;
        if (this.#valueOf(members, person, member) === undefined) continue;
        const changes = this.#place(member, length - 1, [...touched, group]);
        if (changes) return [{ group, members: [...members.filter((each) => each !== member), person] }, ...changes];
      }
    }
    return undefined;
  }

  #canSpare(person: number, touched: readonly number[]): boolean {
    // A chain leads away from whoever it is for.
    if (person === this.#asking) return false;
    const group = this.#board.groupOf[person]!;
    if (group === noGroup) return true;
    return this.#board.groups[group]!.members.length > groupSize.min && !touched.includes(group);
  }

  #fitting(person: number): number[] {
    const { fits, rowWords } = this.#board.pool;
    const found: number[] = [];
    for (let word = 0; word < rowWords; word += 1) {
      for (let rest = fits[person * rowWords + word]!; rest !== 0; rest &= rest - 1) {
        found.push((word << 5) + lowestBit(rest));
      }
    }
    return found;
  }

  /** The value of a group with somebody, without somebody; undefined when they cannot be one. */
  #valueOf(members: readonly number[], person: number, without: number): number | undefined {
    this.#effort.left -= 1;
    for (const member of members) if (member !== without && !fit(this.#board.pool, person, member)) return undefined;
    return this.#worth([...members.filter((member) => member !== without), person]);
  }

  /** What people are worth as a group; undefined when they cannot be one. */
  #worth(members: readonly number[]): number | undefined {
    this.#effort.left -= this.#board.pool.weeks.words;
    lookAt(this.#board.pool, members, this.#look);
    return this.#look.holds ? this.#look.value : undefined;
  }
}
