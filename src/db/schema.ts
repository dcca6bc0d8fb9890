/**
 * The tables, one interface each, by area in the folder beside this file. Ids and instants are TEXT, booleans 0 or 1, lists
 * JSON text. A row's `guild_id` and `user_id` are Discord's snowflakes; other ids come from `newId`.
 */
import type { CasesTables } from './schema/cases.ts';
import type { ClaimsTables } from './schema/claims.ts';
import type { DeliveryTables } from './schema/delivery.ts';
import type { GuildsTables } from './schema/guilds.ts';
import type { JourneyTables } from './schema/journey.ts';
import type { MatchingTables } from './schema/matching.ts';
import type { MentorshipsTables } from './schema/mentorships.ts';
import type { OfficeHoursTables } from './schema/office-hours.ts';
import type { PeopleTables } from './schema/people.ts';
import type { PostsTables } from './schema/posts.ts';
import type { ProcessesTables } from './schema/processes.ts';
import type { StudyTables } from './schema/study.ts';

export * from './schema/cases.ts';
export * from './schema/claims.ts';
export * from './schema/delivery.ts';
export * from './schema/guilds.ts';
export * from './schema/journey.ts';
export * from './schema/matching.ts';
export * from './schema/mentorships.ts';
export * from './schema/office-hours.ts';
export * from './schema/people.ts';
export * from './schema/posts.ts';
export * from './schema/processes.ts';
export * from './schema/study.ts';

export interface Schema
  extends
    PeopleTables,
    GuildsTables,
    MatchingTables,
    MentorshipsTables,
    OfficeHoursTables,
    CasesTables,
    StudyTables,
    PostsTables,
    DeliveryTables,
    JourneyTables,
    ClaimsTables,
    ProcessesTables {}
