/** What an owner does alone where nobody else is concerned, and with a majority where others are. */
import type { Context } from '../../context.ts';
import { insertAudit } from '../../db/audit.ts';
import type { Trx } from '../../db/open.ts';
import { findGroup, type StudyGroup } from '../../db/study/groups.ts';
import { listGroupMembers } from '../../db/study/members.ts';
import { findOpenPoll } from '../../db/study/polls.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { inTurn } from '../../guild/turn.ts';
import { closeGroup } from './close.ts';
import { requireMember, requireOwner } from './member.ts';
import { findMergeObstacle, findMergePartner } from './merge.ts';
import { openPoll, restNow } from './polls.ts';

/**
 * The owner closes a group. With more than one other in it, they are asked, and the majority of the answers decides.
 * @returns whether it is closed.
 */
export async function closeOwnGroup(
  ctx: Context,
  whose: Acting,
  groupId: string,
): Promise<{ readonly group: StudyGroup; readonly isClosed: boolean }> {
  return await inTurn(ctx.db, whose.guildId, async (trx) => {
    const group = await requireOwner(trx, whose, groupId);
    const others = (await listGroupMembers(trx, groupId)).filter(
      ({ user_id: userId, state }) => userId !== whose.userId && state !== 'offered',
    );
    if (others.length > 1) await openPoll(trx, ctx, group, { what: 'close' }, whose);
    else await closeGroup(trx, ctx, group.id, 'closed');
    return { group, isClosed: (await findGroup(trx, groupId))?.state === 'closed' };
  });
}

/**
 * The owner lets a group rest for some weeks; any other member asks all of them.
 * @returns until when; undefined while they are being asked.
 */
export async function restGroup(
  ctx: Context,
  whose: Acting,
  groupId: string,
  weeks: number,
): Promise<string | undefined> {
  return await inTurn(ctx.db, whose.guildId, async (trx) => {
    const group = await requireMember(trx, whose, groupId);
    if (group.state !== 'active') throw new UserError((t) => t.study.refused.notActive);
    if (group.owner_id === whose.userId) return await restNow(trx, ctx, group, weeks);
    await openPoll(trx, ctx, group, { what: 'rest', weeks }, whose);
    const after = await findGroup(trx, groupId);
    return after?.state === 'resting' ? (after.state_until ?? undefined) : undefined;
  });
}

/** A member asks for another group to become one with. @throws UserError where none fits. */
export async function askToMerge(ctx: Context, whose: Acting, groupId: string): Promise<void> {
  await inTurn(ctx.db, whose.guildId, async (trx) => {
    const group = await requireMember(trx, whose, groupId);
    const open = await findOpenPoll(trx, groupId, 'merge');
    const asked = open?.with_id === null || open === undefined ? undefined : await findGroup(trx, open.with_id);
    // Asked already: whoever asks again says yes.
    const partner = asked ?? (await findMergePartner(trx, ctx, group));
    if (!partner) throw new UserError((t) => t.studyGroups.refused.noPartner);
    await proposeMerge(trx, ctx, group, partner, whose);
  });
}

/** Asks both groups; each decides by majority. @throws UserError where one of them is asked about another just now. */
export async function proposeMerge(
  trx: Trx,
  ctx: Context,
  group: StudyGroup,
  partner: StudyGroup,
  by: Acting | null,
): Promise<void> {
  for (const [one, other] of [
    [group, partner],
    [partner, group],
  ] as const) {
    const open = await findOpenPoll(trx, one.id, 'merge');
    if (open && open.with_id !== other.id) throw new UserError((t) => t.studyGroups.refused.askedAlready);
  }
  await openPoll(trx, ctx, partner, { what: 'merge', withId: group.id }, null);
  await openPoll(trx, ctx, group, { what: 'merge', withId: partner.id }, by);
}

/** A moderator closes a group, whoever is in it. */
export async function closeAsModerator(ctx: Context, by: Acting, groupId: string): Promise<StudyGroup> {
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    const group = await requireLive(trx, by, groupId);
    await closeGroup(trx, ctx, group.id, 'moderator');
    await insertAudit(trx, ctx, {
      guildId: by.guildId,
      actorId: by.userId,
      action: 'group-closed',
      detail: { group: groupId },
    });
    return group;
  });
}

/** A moderator proposes that two groups become one; both are asked. @throws UserError naming the rule between them. */
export async function mergeAsModerator(ctx: Context, by: Acting, oneId: string, otherId: string): Promise<void> {
  await inTurn(ctx.db, by.guildId, async (trx) => {
    const [one, other] = [await requireLive(trx, by, oneId), await requireLive(trx, by, otherId)];
    const obstacle = await findMergeObstacle(trx, ctx, one, other);
    if (obstacle) throw new UserError((t) => t.studyGroups.mergeRules[obstacle]);
    await proposeMerge(trx, ctx, one, other, null);
    await insertAudit(trx, ctx, {
      guildId: by.guildId,
      actorId: by.userId,
      action: 'groups-merging',
      detail: { group: oneId, other: otherId },
    });
  });
}

/** A live group of a moderator's guild. @throws UserError for any other. */
async function requireLive(trx: Trx, by: Acting, groupId: string): Promise<StudyGroup> {
  const group = await findGroup(trx, groupId);
  if (!group || group.guild_id !== by.guildId) throw new UserError((t) => t.study.refused.unknown);
  if (group.state === 'closed') throw new UserError((t) => t.study.refused.states.closed);
  return group;
}
