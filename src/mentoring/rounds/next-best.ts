import type { Context } from '../../context.ts';
import type { Guild } from '../../db/guilds.ts';
import { findMember } from '../../db/members.ts';
import type { Trx } from '../../db/open.ts';
import { countRequestsTo, listChangedMentors } from '../../db/pool.ts';
import { findProfile } from '../../db/profiles.ts';
import type { MentorRequest } from '../../db/requests.ts';
import { countPendingByMentor } from '../../db/round-input.ts';
import { listForbiddenFor } from '../../db/round-pairs.ts';
import { findRound } from '../../db/rounds.ts';
import { type Mentor, nextBest, pack, type PackedMentors, type Suggestion } from '../../matching/index.ts';
import { epochMs, later } from '../../time.ts';
import { catalogue, latelyDays, menteeOf, mentorOf } from '../matchable.ts';
import { keptPool } from '../pool.ts';
import { findObstacle, findRelations, rulesOf } from '../requests/rules.ts';
import { listSelectingNow } from '../season.ts';
import { readMentors } from './input.ts';

/** How many mentors are tried in whose way something turns out to stand: more than change between two looks. */
const mostTried = 10;

/** Mentors to choose from, and who of them cannot be asked. */
interface Candidates {
  readonly packed: PackedMentors;
  readonly without: readonly string[];
}

/**
 * Whom to ask next for a mentee whose request of a matching round came to nothing: the best of the places that are still
 * free, by the round's floor and prohibitions, and nobody who said no lately. Undefined for requests that the mentee made,
 * and when nobody is left. Call `openPool` before the transaction: then only the mentors who changed since are read in it.
 */
export async function findNextBest(
  ctx: Context,
  trx: Trx,
  guild: Guild,
  ended: MentorRequest,
): Promise<string | undefined> {
  const { guild_id: guildId, mentee_id: menteeId, round_id: roundId } = ended;
  const round = roundId === null ? undefined : await findRound(trx, guildId, roundId);
  const profile = round && (await findProfile(trx, guildId, menteeId, 'mentee'));
  const member = round && (await findMember(trx, guildId, menteeId));
  if (!round || !profile || !member || member.left_at !== null) return undefined;
  const at = ctx.now();
  const between = await findRelations(trx, guildId, menteeId, at);
  const candidates = await findCandidates(ctx, trx, guild);
  const given = {
    mentee: menteeOf(profile, member, epochMs(at)),
    relations: {
      blocked: [...between('blocked')],
      badFit: [...between('bad-fit')],
      ownMentees: [...between('own-mentee')],
      asked: [...between('asked', 'declined', 'expired')],
    },
    rules: rulesOf(guild),
    floor: round.floor,
  };
  // Also one who had no time for an answer: they were full, or away.
  const selecting = profile.selectors_ok === 1 ? [] : await listSelectingNow(trx, guildId, at);
  const without = [ended.mentor_id, ...selecting, ...(await listForbiddenFor(trx, round.id, menteeId))];
  for (let tried = 0; tried < mostTried; tried += 1) {
    const [best] = candidates
      .flatMap((some) => nextBest({ ...given, packed: some.packed, without: [...without, ...some.without] }) ?? [])
      .toSorted(byRank);
    if (!best) return undefined;
    // Whoever is no longer registered is still in the pool that was kept.
    const mentorId = best.mentor.id;
    if ((await findObstacle(trx, guild, { menteeId, mentorId }, at)) === undefined) return mentorId;
    without.push(mentorId);
  }
  return undefined;
}

/** As `suggest` orders them. */
function byRank(a: Suggestion, b: Suggestion): number {
  const [x, y] = [a.mentor, b.mentor];
  return (
    b.fit - a.fit || x.requestsLately - y.requestsLately || x.waitingSince - y.waitingSince || (x.id < y.id ? -1 : 1)
  );
}

/** The mentors as the pool knows them, but for those who changed since, and those; all of them where none is kept. */
async function findCandidates(ctx: Context, trx: Trx, guild: Guild): Promise<Candidates[]> {
  const { id: guildId } = guild;
  const at = ctx.now();
  const pool = keptPool(ctx.db, guildId);
  if (!pool || guild.pool_whole_version > pool.version) {
    return [{ packed: pack(await readMentors(trx, guildId, at), catalogue), without: [] }];
  }
  const changed = await listChangedMentors(trx, guildId, pool.version);
  // A place for which a mentor is being asked just now is not free.
  const pending = await countPendingByMentor(trx, guildId);
  const asked = [...pending].flatMap(([id, count]) => {
    const mentor = pool.packed.mentors[pool.packed.indexById.get(id) ?? -1];
    return mentor && mentor.mentees + count >= mentor.capacity ? [id] : [];
  });
  const fresh: Mentor[] = [];
  const since = later(at, { days: -latelyDays });
  for (const profile of changed) {
    if (profile.left_at !== null) continue;
    const load = {
      mentees: profile.mentees + (pending.get(profile.user_id) ?? 0),
      requestsLately: await countRequestsTo(trx, guildId, profile.user_id, since),
      waitingSince: epochMs(profile.last_started_at ?? profile.created_at),
    };
    fresh.push(mentorOf(profile, load, epochMs(at)));
  }
  return [
    { packed: pool.packed, without: [...asked, ...changed.map((profile) => profile.user_id)] },
    { packed: pack(fresh, catalogue), without: [] },
  ];
}
