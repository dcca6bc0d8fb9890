/** Who looks after a group: the others are asked one after the other when whoever did leaves. */
import type { Context } from '../../context.ts';
import { insertNotice } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import { findGroup, type StudyGroup, updateGroup } from '../../db/study/groups.ts';
import { findGroupMember, type GroupMember, listGroupMembers } from '../../db/study/members.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { inTurn } from '../../guild/turn.ts';
import { later } from '../../time.ts';
import { ownerHours } from '../limits.ts';
import { reviseThread } from '../thread.ts';
import { requireMember, requireOwner } from './member.ts';

/**
 * Asks the next member, in the order in which they came, whether they look after the group. Meanwhile, and once nobody is
 * left to ask, all of them may.
 */
export async function askNextOwner(trx: Trx, ctx: Context, groupId: string): Promise<void> {
  const group = await findGroup(trx, groupId);
  if (!group || group.state === 'closed' || group.owner_id !== null) return;
  const { owner_asked_id: askedId } = group;
  const asked = askedId === null ? undefined : await findGroupMember(trx, groupId, askedId);
  const members = (await listGroupMembers(trx, groupId)).filter(({ state }) => state === 'member');
  const next = members.find((member) => !asked || comesAfter(member, asked));
  const now = ctx.now();
  await updateGroup(trx, groupId, { owner_asked_id: next?.user_id ?? null, owner_asked_at: next ? now : null });
  if (!next) return;
  await insertNotice(trx, ctx, {
    guildId: group.guild_id,
    userId: next.user_id,
    kind: 'group-owner',
    subjectId: groupId,
    dedupeKey: `group-owner:${groupId}:${next.user_id}:${now}`,
  });
}

function comesAfter(one: GroupMember, other: GroupMember): boolean {
  return one.since > other.since || (one.since === other.since && one.user_id > other.user_id);
}

/** Whoever was asked had their time: the next is. */
export async function keepOwner(trx: Trx, ctx: Context, group: StudyGroup): Promise<void> {
  const { owner_asked_at: at } = group;
  if (at !== null && later(at, { hours: ownerHours }) <= ctx.now()) await askNextOwner(trx, ctx, group.id);
}

/** A member looks after a group that all own; or the owner hands it to another. */
export async function handOver(ctx: Context, whose: Acting, groupId: string, userId: string): Promise<void> {
  await inTurn(ctx.db, whose.guildId, async (trx) => {
    const group = await requireOwner(trx, whose, groupId);
    const next = await findGroupMember(trx, groupId, userId);
    if (next?.state !== 'member') throw new UserError((t) => t.study.refused.notInIt);
    await updateGroup(trx, group.id, { owner_id: userId, owner_asked_id: null, owner_asked_at: null });
    await reviseThread(trx, ctx, group.id);
  });
}

/** Whoever was asked would rather not: the next is asked. Of anybody else it changes nothing. */
export async function declineOwner(ctx: Context, whose: Acting, groupId: string): Promise<void> {
  await inTurn(ctx.db, whose.guildId, async (trx) => {
    const group = await requireMember(trx, whose, groupId);
    if (group.owner_asked_id === whose.userId) await askNextOwner(trx, ctx, groupId);
  });
}
