/** Matching: who is eligible, how well they suit, and why. Pure; see `types.ts` for what goes in. */
export { firstObstacle, type Rule, rules } from './eligible.ts';
export { commonWakingMinutes, fitScale, parts, seekerOf, usualWeights, weightsFor } from './fit.ts';
export { pack, type PackedMentors } from './pack.ts';
export { Roster } from './roster.ts';
export { type Reason, reasonsFor } from './reasons.ts';
export { type CallHelper, help, type HelperData } from './round/helper.ts';
export { planRound } from './round/plan.ts';
export { nextBest } from './round/next-best.ts';
export {
  type RelationLists,
  type RoundFigures,
  type RoundInput,
  type RoundMentee,
  type RoundPair,
  type RoundPlan,
  type RoundProgress,
  type RoundUnmatched,
  type UnmatchedWhy,
} from './round/types.ts';
export { areUsual, isWeights, percentRange, reweigh, sameWeights, type WeightsFault } from './weights.ts';
export { suggest, type Suggestion, type Suggestions } from './suggest.ts';
export { type Suiting, suitingFor, suitsAlso } from './suit.ts';
export type { Catalogue, GuildRules, Mentee, Mentor, Part, Relations, Weights } from './types.ts';
