import type { Context } from '../../context.ts';
import { findHours } from '../../db/hours.ts';
import { insertNotice } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import type { StudyGroup } from '../../db/study/groups.ts';
import { findGroupMember, listGroupMembers, upsertGroupMember } from '../../db/study/members.ts';
import { listSeekersFor } from '../../db/study/seekers.ts';
import { later } from '../../time.ts';
import { comparedAtMost } from '../limits.ts';
import { findObstacle } from './join.ts';
import { hasPlaceFor } from './room.ts';

/** How long the next in turn has to answer, in hours. */
const refillHours = 48;
/** A group of so few would be better with one more. */
const fewMembers = 3;

/** A group of three or fewer offers a place to the first of those waiting who fits it, one at a time. */
export async function offerToNext(trx: Trx, ctx: Context, group: StudyGroup): Promise<void> {
  const members = await listGroupMembers(trx, group.id);
  if (members.length > fewMembers || members.some(({ state }) => state === 'offered')) return;
  if (members.length >= group.size) return;
  for (const { user_id: userId } of await listSeekersFor(trx, group, comparedAtMost)) {
    const whose = { guildId: group.guild_id, userId };
    // Whoever was in it once, said no to it, or is being asked for another is not asked.
    if ((await findGroupMember(trx, group.id, userId)) || (await hasPlaceFor(trx, whose, group.topic))) continue;
    const hours = await findHours(trx, whose);
    if (!hours || (hours.until !== null && hours.until <= ctx.now())) continue;
    if (await findObstacle(trx, ctx, whose, group)) continue;
    await upsertGroupMember(
      trx,
      { group_id: group.id, user_id: userId, guild_id: group.guild_id, since: ctx.now() },
      { state: 'offered', until: later(ctx.now(), { hours: refillHours }) },
    );
    await insertNotice(trx, ctx, { guildId: group.guild_id, userId, kind: 'group-offered', subjectId: group.id });
    return;
  }
}
