import type { Context } from '../../context.ts';
import { listProfiles } from '../../db/profiles.ts';
import { countOpeningTo } from '../../db/request-weeks.ts';
import {
  listLiveRequestsOf,
  listPastRequestsOf,
  listPendingRequestsTo,
  type MentorRequest,
} from '../../db/requests.ts';
import { findWaitlistPlace, type WaitlistPlace } from '../../db/waitlist.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { requestsAWeekOf } from './week.ts';

/** How many requests that have ended are shown. */
const pastShown = 5;

/** How a member's requests stand. */
export interface Overview {
  /** Present for whoever is a mentee, or was one when they asked. */
  readonly asMentee:
    | {
        readonly live: readonly MentorRequest[];
        readonly past: readonly MentorRequest[];
        readonly place: WaitlistPlace | undefined;
      }
    | undefined;
  /** Present for mentors: what waits for their answer. */
  readonly asMentor:
    | {
        readonly waiting: readonly MentorRequest[];
        /** How many more wait for room in their week, and how many that takes. */
        readonly opening: number;
        readonly aWeek: number;
      }
    | undefined;
}

/**
 * A member's requests, made and received.
 * @throws UserError for whoever is not registered.
 */
export async function findOverview(ctx: Context, guildId: string, userId: string): Promise<Overview> {
  const { db } = ctx;
  const guild = await requireGuild(db, guildId);
  const profiles = await listProfiles(db, guildId, userId);
  const mentor = profiles.find(({ role }) => role === 'mentor');
  if (profiles.length === 0) throw new UserError((t) => t.mentor.requests.notRegistered);
  return {
    asMentee: profiles.some(({ role }) => role === 'mentee')
      ? {
          live: await listLiveRequestsOf(db, guildId, userId),
          past: await listPastRequestsOf(db, guildId, userId, pastShown),
          place: await findWaitlistPlace(db, guildId, userId),
        }
      : undefined,
    asMentor: mentor && {
      waiting: await listPendingRequestsTo(db, guildId, userId),
      opening: await countOpeningTo(db, guildId, userId),
      aWeek: requestsAWeekOf(guild, mentor),
    },
  };
}
