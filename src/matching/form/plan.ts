import type { Board } from './board.ts';
import { boundOf } from './bound.ts';
import { build } from './build.ts';
import { type Chance, chanceFrom } from './chance.ts';
import { figuresOf, formedOf, sumUp } from './figures.ts';
import { improve } from './improve.ts';
import { poolsOf, type Pool } from './pool.ts';
import { nearMissesOf, type Candidates } from './near-misses.ts';
import { randomly, sorted } from './plain.ts';
import { settle } from './settle.ts';
import { TryOut } from './try-out.ts';
import type { FormedGroup, FormInput, FormPlan, LeftOver } from './types.ts';

/** How much is tried for each seeker by default; a second for 2,000 of them, near misses and all. */
const effortEach = 4000;

/** Shares of the effort: places first, then what they are worth, then once more places in what has changed. */
const shares = { settle: 0.2, improve: 0.6, again: 0.2 };

/**
 * A small pool is built several times, in orders that differ a little: where few wait, whom the first takes decides more
 * than any later exchange can mend.
 */
const attemptsFor = (size: number) => Math.min(24, Math.floor(1500 / size));

/** The bound is looked for on its own, so that finding more places cannot make it vaguer. */
const boundEffort = 20_000_000;

/**
 * Pure: forms groups. First from whoever fits the fewest upwards, then places for those left over, then exchanges that
 * raise the value. The same input gives the same groups, in whatever order its lists are.
 */
export function formGroups(input: FormInput): FormPlan {
  const { from, minutes, seed } = input;
  const pools = poolsOf(input.seekers, { from, minutes });
  const chance = chanceFrom(seed);
  const boards = pools.map((pool) => formIn(pool, chance, (input.effort ?? effortEach) * pool.size));
  const groups = boards.flatMap(groupsOn).toSorted((a, b) => (a.members[0]! < b.members[0]! ? -1 : 1));
  const left: LeftOver[] = [];
  let bound = 0;
  for (const board of boards) {
    bound += boundOf(board, { left: boundEffort });
    left.push(...leftOn(board));
  }
  return {
    groups,
    left: left.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    figures: { ...sumUp(boards.map(figuresOf)), seekers: input.seekers.length, bound },
    beside: {
      sorted: sumUp(pools.map((pool) => figuresOf(sorted(pool)))),
      random: sumUp(pools.map((pool) => figuresOf(randomly(pool, chanceFrom(seed))))),
    },
  };
}

function formIn(pool: Pool, chance: Chance, effort: number): Board {
  let board = build(pool);
  settle(board, { left: shares.settle * effort });
  for (let attempts = attemptsFor(pool.size); attempts > 0; attempts -= 1) {
    const another = build(pool, chance);
    settle(another, { left: shares.settle * effort });
    if (isBetter(another, board)) board = another;
  }
  improve(board, chance, { left: shares.improve * effort });
  settle(board, { left: shares.again * effort });
  return board;
}

/** More places, then more value. */
function isBetter(one: Board, other: Board): boolean {
  const [a, b] = [figuresOf(one), figuresOf(other)];
  return a.placed > b.placed || (a.placed === b.placed && a.value > b.value);
}

function groupsOn({ pool, groups }: Board): FormedGroup[] {
  return groups.map(({ members, look }) => formedOf(pool, members, look));
}

function leftOn(board: Board): LeftOver[] {
  const tryOut = new TryOut(board);
  const candidates: Candidates = new Map();
  return board.left().map((person) => ({
    id: board.pool.seekers[person]!.id,
    waiting: board.pool.size - 1,
    nearMisses: nearMissesOf(board.pool, person, tryOut, candidates),
  }));
}
