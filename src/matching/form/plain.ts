/** Simpler ways to form groups, as they are done by hand: what forming is compared with. */
import { Board } from './board.ts';
import type { Chance } from './chance.ts';
import { groupSize, idealSize } from './limits.ts';
import { fit, type Pool } from './pool.ts';
import { createLook, lookAt } from './value.ts';

/** By the clock, then by the target, and four by four: a plain way, not the best that somebody can do by hand. */
export function sorted(pool: Pool): Board {
  const { seekers, targetFrom } = pool;
  const order = [...seekers.keys()].toSorted(
    (a, b) =>
      pool.weeks.offsetOf(pool.zone[a]!) - pool.weeks.offsetOf(pool.zone[b]!) ||
      targetFrom[a]! - targetFrom[b]! ||
      a - b,
  );
  return inFours(pool, order);
}

/** Drawn by lot. */
export function randomly(pool: Pool, chance: Chance): Board {
  const order = [...pool.seekers.keys()];
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = chance.below(at + 1);
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return inFours(pool, order);
}

/** Only those groups that can meet at all are groups. */
function inFours(pool: Pool, order: readonly number[]): Board {
  const board = new Board(pool);
  const look = createLook(pool);
  for (let at = 0; at < order.length; at += idealSize) {
    const members = order.slice(at, at + idealSize);
    const fitting = members.every((a, i) => members.slice(i + 1).every((b) => fit(pool, a, b)));
    if (members.length < groupSize.min || !fitting) continue;
    lookAt(pool, members, look);
    if (look.holds) board.found(members);
  }
  return board;
}
