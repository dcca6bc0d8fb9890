/** Forming: groups of three to six who can really meet. Pure; see `types.ts` for what goes in and comes out. */
export { groupSize } from './limits.ts';
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
