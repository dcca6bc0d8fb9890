import type { Board } from './board.ts';
import { groupSize, targetsApart } from './limits.ts';
import type { Months } from './types.ts';
import { createLook, type Look, lookAt } from './value.ts';
import { meetIn } from './weeks.ts';

/** What may be different about somebody. */
interface Different {
  /** Beginnings, as `setStarts` of the weeks makes them, that come to the person's own. */
  readonly moreStarts?: Int32Array;
  readonly moreLanguages?: number;
  readonly target?: Months;
}

/** Where somebody would be: with whom, by number. */
export type Place = readonly number[];

/** Tries somebody who is left over as they could be, in the pool's last row: the groups stay as they are. */
export class TryOut {
  readonly #board: Board;
  readonly #left: readonly number[];
  readonly #look: Look;

  constructor(board: Board) {
    this.#board = board;
    this.#left = board.left();
    this.#look = createLook(board.pool);
  }

  /** Where the person would have a place: in the group where that adds most, else in a trio of people left over. */
  placeFor(person: number, different: Different): Place | undefined {
    this.#become(person, different);
    return this.#join(person) ?? this.#trio(person);
  }

  /** Fills the row for trying. */
  #become(person: number, { moreStarts, moreLanguages = 0, target }: Different): void {
    const { pool } = this.#board;
    const { words } = pool.weeks;
    const [own, row] = [person * words, pool.size * words];
    for (let word = 0; word < words; word += 1) {
      pool.starts[row + word] = pool.starts[own + word]! | (moreStarts?.[word] ?? 0);
    }
    pool.languages[pool.size] = pool.languages[person]! | moreLanguages;
    pool.targetFrom[pool.size] = target?.from ?? pool.targetFrom[person]!;
    pool.targetUntil[pool.size] = target?.until ?? pool.targetUntil[person]!;
    pool.zone[pool.size] = pool.zone[person]!;
    pool.sessions[pool.size] = pool.sessions[person]!;
    pool.families[pool.size] = pool.families[person]!;
  }

  #join(person: number): Place | undefined {
    const { pool, groups } = this.#board;
    let best: Place | undefined;
    let most = -Infinity;
    for (const { members, look } of groups) {
      if (members.length === groupSize.max || !members.every((member) => this.#isAgreeable(person, member))) continue;
      // Quick, and enough for most: the group's own beginnings against the person's.
      if (!meetIn(pool.weeks.near, look.starts, 0, pool.starts, pool.size * pool.weeks.words)) continue;
      lookAt(pool, [...members, pool.size], this.#look);
      if (!this.#look.holds || this.#look.value - look.value <= most) continue;
      most = this.#look.value - look.value;
      best = members;
    }
    return best;
  }

  #trio(person: number): Place | undefined {
    const { pool } = this.#board;
    const row = pool.size * pool.weeks.words;
    const others = this.#left.filter(
      (other) =>
        other !== person &&
        this.#isAgreeable(person, other) &&
        meetIn(pool.weeks.near, pool.starts, row, pool.starts, other * pool.weeks.words),
    );
    for (const [at, a] of others.entries()) {
      for (const b of others.slice(at + 1)) {
        if ((pool.fits[a * pool.rowWords + (b >>> 5)]! & (1 << (b & 31))) === 0) continue;
        lookAt(pool, [a, b, pool.size], this.#look);
        if (this.#look.holds) return [a, b];
      }
    }
    return undefined;
  }

  /** Whether nothing but time can stand between the person as tried and somebody. */
  #isAgreeable(person: number, other: number): boolean {
    const { languages, targetFrom, targetUntil, size, blocked } = this.#board.pool;
    return (
      (languages[size]! & languages[other]!) !== 0 &&
      targetFrom[other]! <= targetUntil[size]! + targetsApart &&
      targetUntil[other]! >= targetFrom[size]! - targetsApart &&
      !blocked[person]!.has(other)
    );
  }
}
