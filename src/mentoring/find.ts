import type { Context } from '../context.ts';
import type { Guild } from '../db/guilds.ts';
import { findMember } from '../db/members.ts';
import { findMentorshipOfMentee, type Mentorship } from '../db/mentorships.ts';
import { findProfile, type MentorProfile } from '../db/profiles.ts';
import { listLiveRequestsOf, type MentorRequest } from '../db/requests.ts';
import { countWaiting, findWaitlistPlace, type WaitlistPlace } from '../db/waitlist.ts';
import {
  firstObstacle,
  type Mentee,
  pack,
  type Relations,
  type Reason,
  reasonsFor,
  type Rule,
  seekerOf,
  suggest,
} from '../matching/index.ts';
import { epochMs, type Instant } from '../time.ts';
import { requireGuild } from '../guild/guilds.ts';
import { catalogue, menteeOf, mentorOf, weightsOf } from './matchable.ts';
import { requireMentee } from './mentees.ts';
import { openPool, type Pool } from './pool.ts';
import { choiceLimit, findMentor, findRelationsForSearch, rulesOf } from './requests/rules.ts';
import { findOpening, requestsAWeekOf } from './requests/week.ts';

/** How many mentors are suggested at a time: more is a catalogue, not a suggestion. */
export const suggestionLimit = 5;

/** A mentor who is suggested. */
export interface SuggestedMentor {
  readonly profile: MentorProfile;
  /** Places taken. */
  readonly taken: number;
  readonly reasons: readonly Reason[];
  /** By when they would see a request, where their week is full. */
  readonly opensAt?: Instant;
}

/** What a search for a mentor comes to. */
export type FindOutcome =
  | { readonly is: 'has-mentor'; readonly mentorship: Mentorship }
  /** All choices are named already; the foremost is pending, or waits for its mentor's week. */
  | { readonly is: 'all-named'; readonly pending: MentorRequest }
  | {
      readonly is: 'suggestions';
      readonly mentors: readonly SuggestedMentor[];
      /** How many are eligible beyond those. */
      readonly more: number;
      /** What the mentee waits for, and how many more choices they may name. */
      readonly pending: MentorRequest | undefined;
      readonly choicesLeft: number;
      /** Where the mentee stands on the waitlist; not looked for while an answer is to come. */
      readonly place: WaitlistPlace | undefined;
    }
  | {
      readonly is: 'nobody';
      readonly considered: number;
      /** How many mentors each rule excluded, only rules that excluded any. */
      readonly excluded: readonly (readonly [Rule, number])[];
      readonly pending: MentorRequest | undefined;
      readonly choicesLeft: number;
      readonly place: WaitlistPlace | undefined;
      /** How many wait, this mentee included. */
      readonly waiting: number;
    };

/**
 * The mentors who suit a mentee best, with the reasons; or why there is none.
 * @throws UserError for whoever is not registered as a mentee, or has paused.
 */
export async function findMentors(ctx: Context, guildId: string, menteeId: string): Promise<FindOutcome> {
  const { db } = ctx;
  const at = ctx.now();
  // At once: each is a way to the database and back where that is a server. What there is to refuse is said in order.
  const seeking = requireMentee(db, guildId, menteeId);
  seeking.catch(() => undefined);
  const [{ guild, pool }, mentorship, live, relations, waits] = await Promise.all([
    requireGuild(db, guildId).then(async (guild) => ({ guild, pool: await openPool(ctx, guild) })),
    findMentorshipOfMentee(db, guildId, menteeId),
    listLiveRequestsOf(db, guildId, menteeId),
    findRelationsForSearch(db, guildId, menteeId, at),
    findWaitlistPlace(db, guildId, menteeId),
  ]);
  const profile = await seeking;
  if (mentorship) return { is: 'has-mentor', mentorship };
  const [pending] = live;
  const choicesLeft = choiceLimit - live.length;
  if (pending && choicesLeft <= 0) return { is: 'all-named', pending };

  const seeker = menteeOf(profile, profile, epochMs(at));
  const found = suggest(seeker, pool.packed, {
    k: suggestionLimit,
    relations,
    rules: rulesOf(guild),
  });
  if (found.eligible === 0) {
    return {
      is: 'nobody',
      // Somebody who is a mentor too is not told that they cannot be their own.
      considered: found.considered - found.excluded['same-person'],
      excluded: (
        Object.entries(withoutBlocks(found.excluded, seeker, pool, relations, guild)) as [Rule, number][]
      ).filter(([rule, n]) => n > 0 && rule !== 'same-person'),
      pending,
      choicesLeft,
      place: waits,
      waiting: await countWaiting(db, guildId),
    };
  }
  const mentors: SuggestedMentor[] = [];
  for (const { mentor, reasons } of found.suggestions) {
    const profile = pool.profiles.get(mentor.id);
    if (!profile) continue;
    // Whoever had fewer requests in a month has room in their week.
    const aWeek = requestsAWeekOf(guild, profile);
    const isBusy = mentor.requestsLately >= aWeek;
    const opensAt = isBusy ? await findOpening(db, guild, mentor.id, at, aWeek) : undefined;
    mentors.push({ profile, taken: mentor.mentees, reasons, ...(opensAt === undefined ? {} : { opensAt }) });
  }
  const place = pending ? undefined : waits;
  return { is: 'suggestions', mentors, more: found.eligible - mentors.length, pending, choicesLeft, place };
}

/** A block must not be told apart: whoever is behind one is counted as if they had paused, by the first rule that then holds. */
function withoutBlocks(
  excluded: Readonly<Record<Rule, number>>,
  mentee: Mentee,
  { packed }: Pool,
  relations: Relations,
  guild: Guild,
): Readonly<Record<Rule, number>> {
  const told = { ...excluded, blocked: 0 };
  for (const id of relations.blocked) {
    const mentor = packed.mentors[packed.indexById.get(id) ?? -1];
    if (!mentor) continue;
    const alone = pack([{ ...mentor, active: false }], catalogue);
    const seen = { mentee, masks: alone.masker.masks(mentee), packed: alone, i: 0 };
    const rule = firstObstacle({ ...seen, relations: { ...relations, blocked: new Set() }, rules: rulesOf(guild) });
    told[rule ?? 'paused'] += 1;
  }
  return told;
}

/** Why a mentor suits a mentee, whether or not they may be paired; empty where one of them is not registered (any more). */
export async function findReasons(
  ctx: Context,
  guild: Guild,
  pair: { menteeId: string; mentorId: string },
): Promise<readonly Reason[]> {
  const { db } = ctx;
  const guildId = guild.id;
  const profile = await findProfile(db, guildId, pair.menteeId, 'mentee');
  const member = await findMember(db, guildId, pair.menteeId);
  const mentor = await findMentor(db, guildId, pair.mentorId);
  if (!profile || !member || !mentor) return [];
  const atMs = epochMs(ctx.now());
  const packed = pack([mentorOf(mentor, { mentees: 0, requestsLately: 0, waitingSince: 0 }, atMs)], catalogue);
  const mentee = menteeOf(profile, member, atMs);
  return reasonsFor(mentee, seekerOf(mentee, packed.masker.masks(mentee), packed, weightsOf(guild)), packed, 0);
}
