import { formedOf } from './figures.ts';
import { groupSize } from './limits.ts';
import { fit, poolOf } from './pool.ts';
import type { FormedGroup, Seeker } from './types.ts';
import { createLook, lookAt } from './value.ts';
import type { Horizon } from './weeks.ts';

/**
 * Pure: what is left of a group when its members are looked at again: all of them where every rule still holds, else as
 * many as can still be a group, the most valuable of equally many. That they wait for the same is for the caller to know.
 * @returns undefined where no three of them can be one any more.
 */
export function mendGroup(members: readonly Seeker[], horizon: Horizon): FormedGroup | undefined {
  if (members.length < groupSize.min) return undefined;
  const pool = poolOf(
    members.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    horizon,
  );
  const look = createLook(pool);
  let best: FormedGroup | undefined;
  // Six people are 64 sets, of which most are too small.
  for (let set = (1 << pool.size) - 1; set > 0; set -= 1) {
    const some = pool.seekers.flatMap((_, i) => ((set & (1 << i)) === 0 ? [] : [i]));
    if (some.length < Math.max(groupSize.min, best?.members.length ?? 0)) continue;
    if (some.some((a, at) => some.slice(at + 1).some((b) => !fit(pool, a, b)))) continue;
    lookAt(pool, some, look);
    if (!look.holds || (best && some.length === best.members.length && look.value <= best.value)) continue;
    best = formedOf(pool, some, look);
  }
  return best;
}
