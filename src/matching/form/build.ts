import { lowestBit } from '../bits.ts';
import { Board } from './board.ts';
import type { Chance } from './chance.ts';
import { groupSize, idealSize } from './limits.ts';
import { type PeopleSet, type Pool } from './pool.ts';
import { createLook, type Look, lookAt } from './value.ts';

/** So many of the scarcest are looked at for each place: more find better company, and take it from those who need it. */
const looksAtOnce = 16;

/**
 * Builds groups from whoever fits the fewest upwards: they take the company that they need while it is there, and those
 * whom everybody fits are still placed last.
 * @param chance where given, disturbs the order a little, for another attempt.
 */
export function build(pool: Pool, chance?: Chance): Board {
  const board = new Board(pool);
  const waiting = new Waiting(pool, chance);
  const grower = new Grower(pool, waiting);
  for (let person = waiting.scarcest(); person >= 0; person = waiting.scarcest()) {
    const members = grower.grow(person);
    if (members.length >= groupSize.min) board.found(members);
    for (const member of members.length >= groupSize.min ? members : [person]) waiting.remove(member);
  }
  return board;
}

/** Those who are in no group yet, and how many of them each fits. */
class Waiting {
  readonly set: PeopleSet;
  readonly degree: Int32Array;
  readonly #pool: Pool;
  #count: number;

  constructor(pool: Pool, chance: Chance | undefined) {
    this.#pool = pool;
    this.#count = pool.size;
    this.set = new Int32Array(pool.rowWords);
    this.degree = pool.degree.map((degree) => degree + (chance?.below(2 + (degree >>> 2)) ?? 0));
    for (let person = 0; person < pool.size; person += 1) this.set[person >>> 5]! |= 1 << (person & 31);
  }

  /** Whoever fits the fewest of them; -1 when nobody waits. */
  scarcest(): number {
    if (this.#count === 0) return -1;
    let scarcest = -1;
    let least = Infinity;
    for (let word = 0; word < this.set.length; word += 1) {
      for (let rest = this.set[word]!; rest !== 0; rest &= rest - 1) {
        const person = (word << 5) + lowestBit(rest);
        if (this.degree[person]! >= least) continue;
        least = this.degree[person]!;
        scarcest = person;
      }
    }
    return scarcest;
  }

  remove(person: number): void {
    const { fits, rowWords } = this.#pool;
    this.#count -= 1;
    this.set[person >>> 5]! &= ~(1 << (person & 31));
    for (let word = 0; word < rowWords; word += 1) {
      for (let rest = fits[person * rowWords + word]! & this.set[word]!; rest !== 0; rest &= rest - 1) {
        this.degree[(word << 5) + lowestBit(rest)]! -= 1;
      }
    }
  }
}

/** Finds company for one person after the other. */
class Grower {
  readonly #pool: Pool;
  readonly #waiting: Waiting;
  readonly #look: Look;
  /** The scarcest who come into question, scarcest first. */
  readonly #scarce = new Int32Array(looksAtOnce);

  constructor(pool: Pool, waiting: Waiting) {
    this.#pool = pool;
    this.#waiting = waiting;
    this.#look = createLook(pool);
  }

  /** A group around somebody, as near to the ideal size as it gets; fewer than three when there is none. */
  grow(person: number): readonly number[] {
    const company = this.#scarceFor([person]);
    let best: readonly number[] = [person];
    // Another first companion is tried only where one leads nowhere.
    for (const first of company) {
      const members = this.#extend([person, first]);
      if (members.length > best.length) best = members;
      if (best.length >= groupSize.min) break;
    }
    return best;
  }

  #extend(members: number[]): number[] {
    while (members.length < idealSize) {
      let best = -1;
      let most = -1;
      for (const other of this.#scarceFor(members)) {
        lookAt(this.#pool, [...members, other], this.#look);
        if (!this.#look.holds || this.#look.value <= most) continue;
        most = this.#look.value;
        best = other;
      }
      if (best < 0) break;
      members.push(best);
    }
    return members;
  }

  /** The scarcest of those waiting who fit all of the members. */
  #scarceFor(members: readonly number[]): readonly number[] {
    const { fits, rowWords } = this.#pool;
    const { set, degree } = this.#waiting;
    let count = 0;
    for (let word = 0; word < rowWords; word += 1) {
      let rest = set[word]!;
      for (const member of members) rest &= fits[member * rowWords + word]!;
      for (; rest !== 0; rest &= rest - 1) {
        const person = (word << 5) + lowestBit(rest);
        if (count === looksAtOnce && degree[person]! >= degree[this.#scarce[count - 1]!]!) continue;
        let at = count < looksAtOnce ? count : looksAtOnce - 1;
        for (; at > 0 && degree[this.#scarce[at - 1]!]! > degree[person]!; at -= 1)
          this.#scarce[at] = this.#scarce[at - 1]!;
        this.#scarce[at] = person;
        if (count < looksAtOnce) count += 1;
      }
    }
    return Array.from(this.#scarce.subarray(0, count));
  }
}
