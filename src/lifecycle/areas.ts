import type { Area } from '../guild/area.ts';
import { hours } from '../hours/area.ts';
import { journeyArea } from '../journey/area.ts';
import { claimsArea } from '../journey/claims/area.ts';
import { mentoring } from '../mentoring/area.ts';
import { cases } from '../mentoring/cases/area.ts';
import { officeHours } from '../mentoring/office-hours/area.ts';
import { study } from '../study/area.ts';
import { posts } from '../posts/area.ts';
import { shared } from './shared.ts';

/** Every area, in the order in which they act. What they share comes last: the profiles hang on the member's row. */
export const areas: readonly Area[] = [
  mentoring,
  officeHours,
  cases,
  study,
  hours,
  posts,
  journeyArea,
  claimsArea,
  shared,
];
