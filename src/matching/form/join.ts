import { targetsApart } from './limits.ts';
import { fit, poolOf } from './pool.ts';
import type { Seeker } from './types.ts';
import { createLook, lookAt, valueScale } from './value.ts';
import type { Horizon } from './weeks.ts';

/** What stands between somebody and a group. */
export type JoinObstacle = 'language' | 'target' | 'blocked' | 'time';

/** How somebody and a group would do together. */
export interface Prospect {
  readonly obstacle: JoinObstacle | undefined;
  /** What a place in it is worth with them, 0 to 1. */
  readonly value: number;
}

/**
 * Pure: whether somebody can join these people, by the rules that groups are formed by, and what that is worth. That they
 * are there for the same is for the caller to know.
 */
export function prospectOf(seeker: Seeker, members: readonly Seeker[], horizon: Horizon): Prospect {
  const pool = poolOf([seeker, ...members], horizon);
  const look = createLook(pool);
  const others = members.map((_, i) => i + 1);
  lookAt(pool, [0, ...others], look);
  if (look.holds && others.every((other) => fit(pool, 0, other))) {
    return { obstacle: undefined, value: look.value / (others.length + 1) / valueScale };
  }
  return { obstacle: obstacleOf(seeker, members, look.languages), value: 0 };
}

function obstacleOf(seeker: Seeker, members: readonly Seeker[], common: number): JoinObstacle {
  if (members.some(({ id, blocked }) => blocked.includes(seeker.id) || seeker.blocked.includes(id))) return 'blocked';
  if (common === 0) return 'language';
  return members.some((member) => areApart(seeker, member) || areApart(member, seeker)) ? 'target' : 'time';
}

function areApart({ target: one }: Seeker, { target: other }: Seeker): boolean {
  return one !== undefined && other !== undefined && one.from - other.until > targetsApart;
}
