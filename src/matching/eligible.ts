import { activeFlag, type Masks, type PackedMentors, verifiedFlag } from './pack.ts';
import type { GuildRules, Mentee, Relations } from './types.ts';

/** Why a pair is not eligible. */
export type Rule =
  | 'same-person'
  | 'blocked'
  | 'bad-fit'
  | 'already-asked'
  | 'unverified'
  | 'paused'
  | 'stage'
  | 'stage-not-accepted'
  | 'language'
  | 'full';

/** What a rule looks at. */
interface Pair {
  readonly mentee: Mentee;
  readonly masks: Masks;
  readonly packed: PackedMentors;
  /** Index of the mentor among the packed ones. */
  readonly i: number;
  readonly relations: Relations;
  readonly rules: GuildRules;
}

const mentorId = ({ packed, i }: Pair): string => packed.mentors[i]?.id ?? '';
const lacks = ({ packed, i }: Pair, flag: number): boolean => ((packed.flags[i] ?? 0) & flag) === 0;

/**
 * The hard rules, each true where it stands in the way. The first one that does is the reason that is given, so what
 * nobody can change comes first and what time changes (a full mentor) last: then "three are full just now" is said of
 * mentors who would suit otherwise.
 */
const obstacles: readonly (readonly [Rule, (pair: Pair) => boolean])[] = [
  ['same-person', (pair) => mentorId(pair) === pair.mentee.id],
  ['blocked', (pair) => pair.relations.blocked.has(mentorId(pair))],
  ['bad-fit', (pair) => pair.relations.badFit.has(mentorId(pair))],
  ['already-asked', (pair) => pair.relations.asked.has(mentorId(pair))],
  ['unverified', (pair) => pair.rules.verificationRequired && lacks(pair, verifiedFlag)],
  ['paused', (pair) => !pair.mentee.active || lacks(pair, activeFlag)],
  ['stage', ({ packed, i, mentee }) => (packed.stageRank[i] ?? 0) <= mentee.stageRank],
  ['stage-not-accepted', ({ packed, i, mentee }) => mentee.stageRank < (packed.acceptsFromRank[i] ?? 0)],
  ['language', ({ packed, i, masks }) => ((packed.languages[i] ?? 0) & masks.languages) === 0],
  ['full', ({ packed, i }) => (packed.free[i] ?? 0) <= 0],
];

/** Every rule, in the order in which they are looked at. */
export const rules: readonly Rule[] = obstacles.map(([rule]) => rule);

/** The first rule that the pair fails; undefined when it is eligible. */
export function firstObstacle(pair: Pair): Rule | undefined {
  for (const [rule, stands] of obstacles) if (stands(pair)) return rule;
  return undefined;
}
