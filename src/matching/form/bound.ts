import { lowestBit } from '../bits.ts';
import type { Board } from './board.ts';
import type { Effort } from './effort.ts';
import { meetIn } from './weeks.ts';

/**
 * How many could be placed at most: whoever belongs to a trio that obeys every rule. Each group is made of such trios,
 * because a rule that a group obeys is obeyed by each part of it. Whoever cannot be told within the effort counts.
 */
export function boundOf(board: Board, effort: Effort): number {
  // Those who are placed belong to one.
  return board.pool.size - board.left().filter((person) => !isInTrio(board, person, effort)).length;
}

function isInTrio({ pool }: Board, person: number, effort: Effort): boolean {
  const { fits, rowWords, weeks, starts, languages } = pool;
  const { near, words } = weeks;
  const common = new Int32Array(words);
  for (let a = nextIn(fits, person, rowWords, 0); a >= 0; a = nextIn(fits, person, rowWords, a + 1)) {
    const spoken = languages[person]! & languages[a]!;
    for (let word = 0; word < words; word += 1)
      common[word] = starts[person * words + word]! & starts[a * words + word]!;
    for (let block = a >>> 5; block < rowWords; block += 1) {
      let both = fits[person * rowWords + block]! & fits[a * rowWords + block]!;
      for (; both !== 0; both &= both - 1) {
        const b = (block << 5) + lowestBit(both);
        if (b <= a || (spoken & languages[b]!) === 0) continue;
        effort.left -= words;
        if (effort.left <= 0 || meetIn(near, common, 0, starts, b * words)) return true;
      }
    }
  }
  return false;
}

/** The next whom somebody fits, from a number on; -1 after the last. */
function nextIn(fits: Int32Array, person: number, rowWords: number, from: number): number {
  for (let word = from >>> 5; word < rowWords; word += 1) {
    const row = fits[person * rowWords + word]!;
    const rest = word === from >>> 5 ? row & (-1 << (from & 31)) : row;
    if (rest !== 0) return (word << 5) + lowestBit(rest);
  }
  return -1;
}
