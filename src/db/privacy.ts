/**
 * What every text column says about people, by area in the folder beside this file. Export, erasure and purge are held
 * against this map, and the map against the real schema: a column that is missing fails a test.
 */
import { casesPrivacy } from './privacy/cases.ts';
import { claimsPrivacy } from './privacy/claims.ts';
import type { PrivacyOf } from './privacy/columns.ts';
import { deliveryPrivacy } from './privacy/delivery.ts';
import { guildsPrivacy } from './privacy/guilds.ts';
import { journeyPrivacy } from './privacy/journey.ts';
import { matchingPrivacy } from './privacy/matching.ts';
import { mentorshipsPrivacy } from './privacy/mentorships.ts';
import { officeHoursPrivacy } from './privacy/office-hours.ts';
import { peoplePrivacy } from './privacy/people.ts';
import { postsPrivacy } from './privacy/posts.ts';
import { processesPrivacy } from './privacy/processes.ts';
import { studyPrivacy } from './privacy/study.ts';
import type { Schema } from './schema.ts';

export type { Privacy } from './privacy/columns.ts';

export const privacy: PrivacyOf<Schema> = {
  ...peoplePrivacy,
  ...guildsPrivacy,
  ...matchingPrivacy,
  ...mentorshipsPrivacy,
  ...officeHoursPrivacy,
  ...casesPrivacy,
  ...studyPrivacy,
  ...postsPrivacy,
  ...deliveryPrivacy,
  ...journeyPrivacy,
  ...claimsPrivacy,
  ...processesPrivacy,
};
