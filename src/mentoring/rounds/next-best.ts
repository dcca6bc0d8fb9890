import type { Context } from '../../context.ts';
import type { Guild } from '../../db/guilds.ts';
import { findMember } from '../../db/members.ts';
import type { Trx } from '../../db/open.ts';
import { findProfile } from '../../db/profiles.ts';
import type { MentorRequest } from '../../db/requests.ts';
import { listForbiddenFor } from '../../db/round-pairs.ts';
import { findRound } from '../../db/rounds.ts';
import { nextBest } from '../../matching/index.ts';
import { epochMs } from '../../time.ts';
import { catalogue, menteeOf } from '../matchable.ts';
import { findRelations, rulesOf } from '../requests/rules.ts';
import { readMentors } from './input.ts';

/**
 * Whom to ask next for a mentee whose request of a matching round came to nothing: the best of the places that are still
 * free, by the round's floor and prohibitions, and nobody who said no lately. Undefined for requests that the mentee made,
 * and when nobody is left.
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
  const best = nextBest({
    mentee: menteeOf(profile, member, epochMs(at)),
    relations: {
      blocked: [...between('blocked')],
      badFit: [...between('bad-fit')],
      asked: [...between('asked', 'declined', 'expired')],
    },
    mentors: await readMentors(trx, guildId, at),
    rules: rulesOf(guild),
    catalogue,
    // Also one who had no time for an answer: they were full, or away.
    without: [ended.mentor_id, ...(await listForbiddenFor(trx, round.id, menteeId))],
    floor: round.floor,
  });
  return best?.mentor.id;
}
