import type { Context } from '../../context.ts';
import { findHours } from '../../db/hours.ts';
import type { Trx } from '../../db/open.ts';
import type { StudyGroup } from '../../db/study/groups.ts';
import { findGroupMember, listGroupMembers } from '../../db/study/members.ts';
import { listSeekersFor } from '../../db/study/seekers.ts';
import { later } from '../../time.ts';
import { comparedAtMost, fewMembers, formingDays } from '../limits.ts';
import { offerPlace, offerToListed } from './apply.ts';
import { proposeMerge } from './consent.ts';
import { findObstacle } from './join.ts';
import { findMergePartner } from './merge.ts';
import { hasPlaceFor } from './room.ts';

/** How long the next in turn has to answer, in hours. */
const refillHours = 48;

/** Offers a free place to the first in the list of a group, one at a time. Returns whether anybody is being asked, or no place is free. */
export async function fillFromList(trx: Trx, ctx: Context, group: StudyGroup): Promise<boolean> {
  const members = await listGroupMembers(trx, group.id);
  // Of a group that is still forming several are asked at once.
  const isAsking = group.state === 'active' && members.some(({ state }) => state === 'offered');
  return members.length >= group.size || isAsking || (await offerToListed(trx, ctx, group, refillHours));
}

/**
 * A group offers a free place to the first in its list, and, of three or fewer, to the first of those waiting who fits it,
 * one at a time. Where nobody does, a group that it could become one with is proposed to it.
 */
export async function refill(trx: Trx, ctx: Context, group: StudyGroup): Promise<void> {
  if (await fillFromList(trx, ctx, group)) return;
  if ((await listGroupMembers(trx, group.id)).length > fewMembers) return;
  for (const { user_id: userId } of await listSeekersFor(trx, group, comparedAtMost)) {
    const whose = { guildId: group.guild_id, userId };
    // Whoever was in it once, said no to it, or is being asked for another is not asked.
    if ((await findGroupMember(trx, group.id, userId)) || (await hasPlaceFor(trx, whose, group.topic))) continue;
    const hours = await findHours(trx, whose);
    if (!hours || (hours.until !== null && hours.until <= ctx.now())) continue;
    if (await findObstacle(trx, ctx, whose, group)) continue;
    await offerPlace(trx, ctx, group, userId, refillHours);
    return;
  }
  // A group that began just now waits for others first.
  if (group.created_at > later(ctx.now(), { days: -formingDays })) return;
  const partner = await findMergePartner(trx, ctx, group);
  if (partner) await proposeMerge(trx, ctx, group, partner, null);
}
