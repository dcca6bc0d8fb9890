import type { Guild } from '../../db/guilds.ts';
import { findMember } from '../../db/members.ts';
import { countMentorshipsOfMentor } from '../../db/mentorships.ts';
import type { Db } from '../../db/open.ts';
import { findProfile, type MentorProfile } from '../../db/profiles.ts';
import { listRelations, type Relation, type RelationKind } from '../../db/relations.ts';
import { firstObstacle, type GuildRules, type Mentor, pack, type Relations, type Rule } from '../../matching/index.ts';
import { epochMs, type Instant, later } from '../../time.ts';
import { catalogue, menteeOf, mentorOf, weightsOf } from '../matchable.ts';

/** How long a message to a mentor may be, in characters: enough for an introduction, short enough to be read between two patients. */
export const messageLimit = 500;
/** How long the words that a mentor adds to a decline may be, in characters. */
export const noteLimit = 300;
/** How many choices a mentee may have under way: one pending and two queued behind it. */
export const choiceLimit = 3;
/** After how many days without an answer the mentor is nudged. */
export const nudgeDays = 3;
/** How many hours before the end the mentor is nudged again. */
export const lastNudgeHours = 24;
/** Hours that a mentor has at least after the last nudge has reached them; where it comes later, the request stays open. */
export const leastHours = 12;
/** After how many requests in a row without an answer a mentor is paused. */
export const expiriesThatPause = 3;
/** For how many days a mentor who declined, or did not answer, is not suggested to the same mentee again. */
export const askAgainDays = 30;

/** What a mentor may give as the reason of a decline. */
const declineReasons = ['no-place', 'not-my-area', 'away', 'unsaid'] as const;
export type DeclineReason = (typeof declineReasons)[number];

/** What a mentor may pick when declining: a reason, or never to be suggested to this mentee again. */
export const declineChoices = [...declineReasons, 'never-again'] as const;
export type DeclineChoice = (typeof declineChoices)[number];

/** Everything that lies between a mentee and mentors, by kind. */
export async function findRelations(
  db: Db,
  guildId: string,
  menteeId: string,
  at: Instant,
): Promise<(...kinds: RelationKind[]) => ReadonlySet<string>> {
  const relations = await listRelations(db, guildId, menteeId, { since: later(at, { days: -askAgainDays }), at });
  return (...kinds) =>
    new Set(relations.filter(({ kind }: Relation) => kinds.includes(kind)).map(({ userId }) => userId));
}

/** What `suggest` has to know: those who were asked lately are not suggested again. */
export async function findRelationsForSearch(
  db: Db,
  guildId: string,
  menteeId: string,
  at: Instant,
): Promise<Relations> {
  const between = await findRelations(db, guildId, menteeId, at);
  return {
    blocked: between('blocked'),
    badFit: between('bad-fit'),
    ownMentees: between('own-mentee'),
    asked: between('asked', 'declined', 'expired'),
  };
}

/**
 * The rule that now stands between a mentee and a mentor; undefined where the mentor may be asked. `gone` where one of
 * them has no profile (any more) or has left the guild. Requests of the two are not looked at.
 */
export async function findObstacle(
  db: Db,
  guild: Guild,
  pair: { menteeId: string; mentorId: string },
  at: Instant,
): Promise<Rule | 'gone' | undefined> {
  return (await lookBetween(db, guild, pair, at)).now;
}

/**
 * The same as the mentee may be told. To whom it concerns a block is a pause, in whatever else stands between the two as
 * well: no rule tells them apart, and neither does how often the database is asked.
 */
export async function findObstacleToTell(
  db: Db,
  guild: Guild,
  pair: { menteeId: string; mentorId: string },
  at: Instant,
): Promise<Exclude<Rule, 'blocked'> | 'gone' | undefined> {
  const { now, asPaused } = await lookBetween(db, guild, pair, at);
  if (now !== 'blocked') return now;
  return asPaused === undefined || asPaused === 'blocked' ? 'paused' : asPaused;
}

async function lookBetween(
  db: Db,
  guild: Guild,
  pair: { menteeId: string; mentorId: string },
  at: Instant,
): Promise<{ readonly now: Rule | 'gone' | undefined; readonly asPaused: Rule | 'gone' | undefined }> {
  const { menteeId, mentorId } = pair;
  const mentee = await findProfile(db, guild.id, menteeId, 'mentee');
  const menteeMember = await findMember(db, guild.id, menteeId);
  const mentor = await findMentor(db, guild.id, mentorId);
  if (!mentee || !menteeMember || menteeMember.left_at !== null || !mentor) return { now: 'gone', asPaused: 'gone' };
  const between = await findRelations(db, guild.id, menteeId, at);
  const mentees = await countMentorshipsOfMentor(db, guild.id, mentorId);
  const load = { mentees, requestsLately: 0, waitingSince: 0 };
  const relations: Relations = {
    blocked: between('blocked'),
    badFit: between('bad-fit'),
    ownMentees: between('own-mentee'),
    asked: new Set(),
  };
  const seen = menteeOf(mentee, menteeMember, epochMs(at));
  const asMentor = mentorOf(mentor, load, epochMs(at));
  const first = (one: Mentor, known: Relations) => {
    const packed = pack([one], catalogue);
    const masks = packed.masker.masks(seen);
    return firstObstacle({ mentee: seen, masks, packed, i: 0, relations: known, rules: rulesOf(guild) });
  };
  return {
    now: first(asMentor, relations),
    asPaused: first({ ...asMentor, active: false }, { ...relations, blocked: new Set() }),
  };
}

/** What the guild decides about who is eligible, and who suits. */
export function rulesOf(guild: Guild): GuildRules {
  return { verificationRequired: guild.mentor_verification === 1, weights: weightsOf(guild) };
}

/** A mentor who has not left the guild, with what matching needs of the member. */
export async function findMentor(db: Db, guildId: string, userId: string): Promise<MentorProfile | undefined> {
  const profile = await findProfile(db, guildId, userId, 'mentor');
  const member = await findMember(db, guildId, userId);
  if (!profile || !member || member.left_at !== null) return undefined;
  return { ...profile, zone: member.zone, country: member.shows_country === 1 ? member.country : null };
}
