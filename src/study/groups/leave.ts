import type { Context } from '../../context.ts';
import { insertNotice, reviseNotices } from '../../db/notices/write.ts';
import type { RemovalReason } from '../../db/notice-kinds.ts';
import type { Trx } from '../../db/open.ts';
import type { GroupLeaving } from '../../db/schema.ts';
import { findGroup, type StudyGroup, updateGroup } from '../../db/study/groups.ts';
import { findGroupMember, listGroupMembers, listMembershipsOf, listThreadsWith } from '../../db/study/members.ts';
import { forgetAnswers } from '../../db/study/sessions.ts';
import { planSessions } from '../sessions/plan.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { inTurn } from '../../guild/turn.ts';
import { type Instant, later } from '../../time.ts';
import { memberRestDays } from '../limits.ts';
import { requireHours } from '../people.ts';
import type { PlaceAct } from '../states.ts';
import { subjectOf } from '../topics.ts';
import { reviseThread } from '../thread.ts';
import { closeIfAllPressed } from '../vote.ts';
import { changeGroup, changePlace } from './change.ts';
import { closeGroup, seekAgain } from './close.ts';
import { requireMember, requireOwner } from './member.ts';
import { askNextOwner } from './owner.ts';
import { settleOpenPolls } from './polls.ts';
import { requireRoomFor } from './room.ts';

/** By which act somebody goes who goes for a reason. */
const actFor: Readonly<Record<GroupLeaving, PlaceAct>> = {
  self: 'leave',
  silent: 'silence',
  removed: 'remove',
  moderator: 'remove',
  'left-guild': 'go',
  deleted: 'go',
  closed: 'close',
  merged: 'merge',
  declined: 'say no',
  lapsed: 'lapse',
};

/**
 * A member leaves a group.
 * @param fromId the channel in which they press that. With the group's thread they lose sight of the answer: a letter follows.
 */
export async function leaveGroup(ctx: Context, whose: Acting, groupId: string, fromId?: string): Promise<StudyGroup> {
  return await inTurn(ctx.db, whose.guildId, async (trx) => {
    const group = await requireMember(trx, whose, groupId);
    await takeOut(trx, ctx, group, whose.userId, 'self');
    if (fromId !== undefined && fromId === group.thread_id) {
      await insertNotice(trx, ctx, { ...whose, kind: 'group-news', subjectId: groupId, detail: { what: 'left' } });
    }
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
  const wasIn = (await findGroupMember(trx, group.id, userId))?.state !== 'offered';
  if (!(await changePlace(trx, group.id, userId, actFor[why], { why }))) return false;
  await forgetComing(trx, ctx, group.id, userId);
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
  if (wasIn && members.length > 0 && group.state !== 'forming') {
    const about = { guildId: group.guild_id, kind: 'group-place', subjectId: group.id } as const;
    // Two who leave at once are one line.
    await insertNotice(trx, ctx, { ...about, dedupeKey: `group-place:${group.id}:${ctx.now()}` });
  }
  if (group.vote !== null && !(await closeIfAllPressed(trx, ctx, group.id))) {
    await reviseNotices(trx, group.id, 'group-vote', ctx.now());
  }
  await reviseThread(trx, ctx, group.id);
  // Of fewer the same answers may be the majority; what then follows comes after all else.
  if (wasIn) await settleOpenPolls(trx, ctx, group.id);
  return true;
}

/** Whoever is not in it then does not come to what is planned: nobody counts on them, and nothing mentions them. */
async function forgetComing(trx: Trx, ctx: Context, groupId: string, userId: string, until?: Instant): Promise<void> {
  for (const id of await forgetAnswers(trx, groupId, userId, until)) {
    await reviseNotices(trx, id, 'group-session', ctx.now());
    await reviseNotices(trx, id, 'group-few', ctx.now());
  }
}

/** Somebody has left the guild, or deletes their data: they are in no group any more. */
export async function takeOutOfAll(trx: Trx, ctx: Context, whose: Acting, why: GroupLeaving): Promise<void> {
  // Their rows go with what they delete, and with those the threads would no longer know whom to let go.
  const threads = why === 'deleted' ? await listThreadsWith(trx, whose) : [];
  for (const id of threads) await insertNotice(trx, ctx, { ...whose, kind: 'thread-exit', subjectId: id });
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
    const others = (await listGroupMembers(trx, groupId)).filter(
      (member) => member.state !== 'offered' && member.user_id !== whose.userId,
    );
    if (others.length === 1 && others[0]?.user_id === userId) {
      throw new UserError((t) => t.studyGroups.refused.removeLast);
    }
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

/** A resting group goes on, and with it the sessions that its weekly times ask for. Returns false when it does not rest. */
export async function wake(trx: Trx, ctx: Context, group: StudyGroup): Promise<boolean> {
  if (!(await changeGroup(trx, group.id, 'wake', { heldAt: ctx.now() }))) return false;
  await planSessions(trx, ctx, group.id);
  await reviseThread(trx, ctx, group.id);
  return true;
}

/** A member who was asked, or asks for it themselves, rests for two weeks, or is back. */
export async function restMember(ctx: Context, whose: Acting, groupId: string): Promise<string> {
  return await inTurn(ctx.db, whose.guildId, async (trx) => {
    await requireMember(trx, whose, groupId);
    const until = later(ctx.now(), { days: memberRestDays });
    if (!(await changePlace(trx, groupId, whose.userId, 'rest', { until }))) {
      throw new UserError((t) => t.study.refused.restsAlready);
    }
    await forgetComing(trx, ctx, groupId, whose.userId, until);
    await closeIfAllPressed(trx, ctx, groupId);
    await reviseThread(trx, ctx, groupId);
    return until;
  });
}

/** A member who was asked, or who rests, is in. */
export async function stayIn(ctx: Context, whose: Acting, groupId: string): Promise<void> {
  await inTurn(ctx.db, whose.guildId, async (trx) => {
    await requireMember(trx, whose, groupId);
    await changePlace(trx, groupId, whose.userId, 'be back');
    await reviseThread(trx, ctx, groupId);
  });
}

/**
 * Whoever was in a group, was offered it or applied for it looks for another like it: those who were in it since it began.
 * @throws UserError for whoever is in it.
 */
export async function lookForAnother(ctx: Context, whose: Acting, groupId: string): Promise<StudyGroup> {
  return await inTurn(ctx.db, whose.guildId, async (trx) => {
    const group = await findGroup(trx, groupId);
    const own = await findGroupMember(trx, groupId, whose.userId);
    if (!group || group.guild_id !== whose.guildId) throw new UserError((t) => t.study.refused.unknown);
    if (own && own.state !== 'left') throw new UserError((t) => t.study.refused.already);
    await requireHours(trx, whose, ctx.now());
    await requireRoomFor(trx, whose, subjectOf(group));
    await seekAgain(trx, own ? group : { ...group, created_at: ctx.now() }, whose.userId);
    return group;
  });
}
