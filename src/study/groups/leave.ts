import type { Context } from '../../context.ts';
import { insertNotice, reviseNotices } from '../../db/notices/write.ts';
import type { RemovalReason } from '../../db/notice-kinds.ts';
import type { Trx } from '../../db/open.ts';
import type { GroupLeaving, StudyClosing } from '../../db/schema.ts';
import { findGroup, markGroupClosed, moveGroup, type StudyGroup, updateGroup } from '../../db/study/groups.ts';
import { findGroupMember, listGroupMembers, listMembershipsOf, moveGroupMember } from '../../db/study/members.ts';
import { clearApplications } from '../../db/study/applications.ts';
import { closePoll, listPolls } from '../../db/study/polls.ts';
import { upsertSeeker } from '../../db/study/seekers.ts';
import { callOffSessions } from '../sessions/plan.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { inTurn } from '../../guild/turn.ts';
import { later } from '../../time.ts';
import { memberRestDays } from '../limits.ts';
import { requireHours } from '../people.ts';
import { groupMoves } from '../states.ts';
import { subjectFrom } from '../topics.ts';
import { reviseThread } from '../thread.ts';
import { requireMember, requireOwner } from './member.ts';
import { askNextOwner } from './owner.ts';
import { requireRoomFor } from './room.ts';

/** The states of whoever is in a group, or is offered it. */
const inIt = ['offered', 'member', 'resting'] as const;

/** A member leaves a group. */
export async function leaveGroup(ctx: Context, whose: Acting, groupId: string): Promise<StudyGroup> {
  return await inTurn(ctx.db, whose.guildId, async (trx) => {
    const group = await requireMember(trx, whose, groupId);
    await takeOut(trx, ctx, group, whose.userId, 'self');
    return group;
  });
}

/**
 * Takes somebody out of a group, whyever: what follows for it and for its owner.
 * @returns false when they were not in it.
 */
export async function takeOut(
  trx: Trx,
  ctx: Context,
  group: StudyGroup,
  userId: string,
  why: GroupLeaving,
): Promise<boolean> {
  if (!(await moveGroupMember(trx, group.id, userId, inIt, { state: 'left', why }))) return false;
  const remaining = await listGroupMembers(trx, group.id);
  const members = remaining.filter(({ state }) => state !== 'offered');
  await updateGroup(trx, group.id, {
    // All of them own it until one of them says that they look after it.
    ...(group.owner_id === userId ? { owner_id: null } : {}),
    looked_at: null,
    ...(members.length < 2 ? { few_since: group.few_since ?? ctx.now() } : {}),
  });
  if (remaining.length === 0 && group.state !== 'closed') await closeGroup(trx, ctx, group.id, 'few');
  else if (group.owner_id === userId || group.owner_asked_id === userId) await askNextOwner(trx, ctx, group.id);
  await reviseThread(trx, ctx, group.id);
  return true;
}

/** Somebody has left the guild, or deletes their data: they are in no group any more. */
export async function takeOutOfAll(trx: Trx, ctx: Context, whose: Acting, why: GroupLeaving): Promise<void> {
  for (const { group_id: id } of await listMembershipsOf(trx, whose)) {
    const group = await findGroup(trx, id);
    if (group) await takeOut(trx, ctx, group, whose.userId, why);
  }
}

/** An owner removes a member, who is told in kind words. @throws UserError unless they own the group. */
export async function removeMember(
  ctx: Context,
  whose: Acting,
  groupId: string,
  userId: string,
  reason: RemovalReason,
): Promise<void> {
  await inTurn(ctx.db, whose.guildId, async (trx) => {
    const group = await requireOwner(trx, whose, groupId);
    if (userId === whose.userId) throw new UserError((t) => t.study.refused.removeSelf);
    if (!(await takeOut(trx, ctx, group, userId, 'removed'))) throw new UserError((t) => t.study.refused.notInIt);
    await insertNotice(trx, ctx, {
      guildId: group.guild_id,
      userId,
      kind: 'group-news',
      subjectId: groupId,
      detail: { what: 'removed', reason },
    });
  });
}

/** The owner wakes a resting group. */
export async function wakeGroup(ctx: Context, whose: Acting, groupId: string): Promise<void> {
  await inTurn(ctx.db, whose.guildId, async (trx) => {
    const group = await requireOwner(trx, whose, groupId);
    if (!(await wake(trx, ctx, group))) throw new UserError((t) => t.study.refused.notResting);
  });
}

/** A resting group goes on. Returns false when it does not rest. */
export async function wake(trx: Trx, ctx: Context, group: StudyGroup): Promise<boolean> {
  const { wake: move } = groupMoves;
  if (!(await moveGroup(trx, group.id, move.from, { state: move.to, heldAt: ctx.now() }))) return false;
  await reviseThread(trx, ctx, group.id);
  return true;
}

/** A member who was asked, or asks for it themselves, rests for two weeks, or is back. */
export async function restMember(ctx: Context, whose: Acting, groupId: string): Promise<string> {
  return await inTurn(ctx.db, whose.guildId, async (trx) => {
    await requireMember(trx, whose, groupId);
    const until = later(ctx.now(), { days: memberRestDays });
    if (!(await moveGroupMember(trx, groupId, whose.userId, ['member'], { state: 'resting', until }))) {
      throw new UserError((t) => t.study.refused.restsAlready);
    }
    await reviseThread(trx, ctx, groupId);
    return until;
  });
}

/** A member who was asked, or who rests, is in. */
export async function stayIn(ctx: Context, whose: Acting, groupId: string): Promise<void> {
  await inTurn(ctx.db, whose.guildId, async (trx) => {
    await requireMember(trx, whose, groupId);
    await moveGroupMember(trx, groupId, whose.userId, ['member', 'resting'], { state: 'member' });
    await reviseThread(trx, ctx, groupId);
  });
}

/**
 * Closes a group: everybody in it hears of it and seeks another, first in turn, if they like.
 * @returns false when it is closed already.
 */
export async function closeGroup(trx: Trx, ctx: Context, groupId: string, why: StudyClosing): Promise<boolean> {
  const group = await findGroup(trx, groupId);
  if (!group || !(await markGroupClosed(trx, groupId, why, ctx.now()))) return false;
  await callOffSessions(trx, ctx, groupId);
  for (const { user_id: userId, state } of await listGroupMembers(trx, groupId)) {
    await moveGroupMember(trx, groupId, userId, inIt, {
      state: 'left',
      why: state === 'offered' ? 'lapsed' : 'closed',
    });
    // Back among the seekers since the group began, and so before those who came later.
    await seekAgain(trx, group, userId);
    await insertNotice(trx, ctx, {
      guildId: group.guild_id,
      userId,
      kind: 'group-news',
      subjectId: groupId,
      detail: { what: 'closed' },
    });
  }
  for (const userId of await clearApplications(trx, groupId)) {
    const about = { guildId: group.guild_id, userId, subjectId: groupId } as const;
    await insertNotice(trx, ctx, { ...about, kind: 'group-news', detail: { what: 'not-taken' } });
  }
  for (const { id } of await listPolls(trx, groupId)) {
    if (await closePoll(trx, id, 'void')) await reviseNotices(trx, id, 'group-poll', ctx.now());
  }
  await reviseThread(trx, ctx, groupId);
  return true;
}

/** Whoever was in a group, or was offered it, looks for another like it. @throws UserError for anybody else. */
export async function lookForAnother(ctx: Context, whose: Acting, groupId: string): Promise<StudyGroup> {
  return await inTurn(ctx.db, whose.guildId, async (trx) => {
    const group = await findGroup(trx, groupId);
    const own = await findGroupMember(trx, groupId, whose.userId);
    if (!group || own?.state !== 'left') throw new UserError((t) => t.study.refused.unknown);
    await requireHours(trx, whose, ctx.now());
    await requireRoomFor(trx, whose, subjectFrom(group.topic, group.place)!);
    await seekAgain(trx, group, whose.userId);
    return group;
  });
}

/** Somebody seeks a group like this one, since it began. */
async function seekAgain(trx: Trx, group: StudyGroup, userId: string): Promise<void> {
  await upsertSeeker(trx, {
    guild_id: group.guild_id,
    user_id: userId,
    kind: group.kind,
    topic: group.topic,
    place: group.place,
    target_from: group.target,
    target_until: group.target,
    languages: group.languages,
    sessions: group.sessions,
    since: group.created_at,
  });
}
