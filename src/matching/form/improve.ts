import type { Board } from './board.ts';
import type { Chance } from './chance.ts';
import type { Effort } from './effort.ts';
import { groupSize, idealSize } from './limits.ts';
import { fit, type Pool } from './pool.ts';
import { createLook, type Look, lookAt } from './value.ts';

/** Tries to find somebody who fits, before something else is tried: in a large pool about one in three does. */
const triesToMeet = 8;

/**
 * Lets people change places, or groups give one to another, wherever that raises the sum of the values, until the effort
 * is spent. Nobody loses their place. Of what is worth the same, sizes nearer to the ideal one win.
 */
export function improve(board: Board, chance: Chance, effort: Effort): void {
  const { pool, groups, groupOf } = board;
  if (groups.length < 2) return;
  let [mine, theirs] = [createLook(pool), createLook(pool)];
  const keep = (group: number, members: readonly number[], look: Look) => board.refill(group, members, look);
  while (effort.left > 0) {
    effort.left -= 1;
    const group = chance.below(groups.length);
    const { members, look } = groups[group]!;
    const leaving = members[chance.below(members.length)]!;
    const staying = members.filter((member) => member !== leaving);
    // Somebody who fits one of those who stay has a chance to fit the others.
    const coming = meet(pool, staying[chance.below(staying.length)]!, chance);
    const other = coming < 0 ? -1 : groupOf[coming]!;
    if (other < 0 || other === group || !fitsAll(pool, coming, staying)) continue;
    const { members: others, look: otherLook } = groups[other]!;
    const before = look.value + otherLook.value;

    const canGive = others.length > groupSize.min && members.length < groupSize.max && fit(pool, coming, leaving);
    const remaining = others.filter((member) => member !== coming);
    if (canGive) {
      effort.left -= 2 * pool.weeks.words;
      const grown = [...members, coming];
      lookAt(pool, grown, mine);
      if (mine.holds) {
        lookAt(pool, remaining, theirs);
        const gain = mine.value + theirs.value - before;
        const nearer = farOff(members) + farOff(others) - farOff(grown) - farOff(remaining);
        if (gain > 0 || (gain === 0 && nearer > 0)) {
          mine = keep(group, grown, mine);
          theirs = keep(other, remaining, theirs);
          continue;
        }
      }
    }
    if (!fitsAll(pool, leaving, remaining)) continue;
    effort.left -= 2 * pool.weeks.words;
    const swapped = [...staying, coming];
    lookAt(pool, swapped, mine);
    if (!mine.holds) continue;
    const swappedOthers = [...remaining, leaving];
    lookAt(pool, swappedOthers, theirs);
    if (!theirs.holds || mine.value + theirs.value <= before) continue;
    board.groupOf[leaving] = other;
    mine = keep(group, swapped, mine);
    theirs = keep(other, swappedOthers, theirs);
  }
}

/** Somebody who fits a person, by chance; -1 when nobody was met. */
function meet(pool: Pool, person: number, chance: Chance): number {
  for (let tries = 0; tries < triesToMeet; tries += 1) {
    const other = chance.below(pool.size);
    if (fit(pool, person, other)) return other;
  }
  return -1;
}

function fitsAll(pool: Pool, person: number, members: readonly number[]): boolean {
  for (const member of members) if (!fit(pool, person, member)) return false;
  return true;
}

/** How far a group's size is from the ideal one. */
function farOff(members: readonly number[]): number {
  return Math.abs(members.length - idealSize);
}
