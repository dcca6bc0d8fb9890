/** Whom a mentee may have at all, group by group: mentors of a cohort do not differ in what the rules read. */
import { type Asking, barrierFor, isButFull, obstaclesAt } from './eligible.ts';
import type { PackedMentors } from './pack.ts';
import type { GuildRules, Mentee, Relations } from './types.ts';

/** The mentors who suit a mentee. */
export interface Suiting {
  /** By cohort: 1 where it has somebody who suits, now or once they have room. */
  readonly cohorts: Uint8Array;
  /** Whether the packed mentor at `i` may be asked now. */
  readonly isEligible: (i: number) => boolean;
}

/** Pure: the mentors who suit a mentee, by what the rules say and what has been between them. */
export function suitingFor(asking: Asking, packed: PackedMentors): Suiting {
  const { cohort, cohorts } = packed;
  const barrier = barrierFor(asking, packed.indexById);
  const obstacles = cohorts.size.map((_, group) => obstaclesAt(barrier, cohorts, group));
  const suiting = cohorts.size.map((size, group) => (isButFull(obstacles[group]!) ? size : 0));
  for (const i of barrier.between.keys()) if (suiting[cohort[i]!]! > 0) suiting[cohort[i]!]! -= 1;
  return {
    cohorts: Uint8Array.from(suiting, (some) => Math.min(some, 1)),
    isEligible: (i) => obstacles[cohort[i]!] === 0 && !barrier.between.has(i),
  };
}

const nothing: Relations = { blocked: new Set(), badFit: new Set(), ownMentees: new Set(), asked: new Set() };

/** Pure: whether some of these mentors suit another mentee, too; what has been between the two is not asked. */
export function suitsAlso(other: Mentee, { cohorts }: Suiting, packed: PackedMentors, rules: GuildRules): boolean {
  const masks = packed.masker.masks(other);
  const barrier = barrierFor({ mentee: other, masks, relations: nothing, rules }, packed.indexById);
  return cohorts.some((some, group) => some === 1 && isButFull(obstaclesAt(barrier, packed.cohorts, group)));
}
