/** Forming: groups of three to six who can really meet. Pure; see `types.ts` for what goes in and comes out. */
export { sessionDay } from './limits.ts';
export { type JoinObstacle, type Prospect, prospectOf } from './join.ts';
export { groupSize } from './limits.ts';
export { mendGroup } from './mend.ts';
export { formGroups } from './plan.ts';
export type {
  FormedGroup,
  FormFigures,
  FormInput,
  FormPlan,
  GroupKind,
  LeftOver,
  Months,
  NearMiss,
  PlainFormFigures,
  Seeker,
  Timed,
  Window,
} from './types.ts';
