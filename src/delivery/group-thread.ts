/** A study group's thread: opened with the group, in line with its members, closed with it. */
import { findGroup, isGroupsThread, recordGroupThread, type StudyGroup } from '../db/study/groups.ts';
import { listFormerMembers, listGroupMembers } from '../db/study/members.ts';
import { findPoll } from '../db/study/polls.ts';
import { findSession } from '../db/study/sessions.ts';
import { readDetail } from '../db/notices/write.ts';
import type { Card } from '../discord/replies.ts';
import { replaceGroupThread } from '../study/thread.ts';
import type { Attempt } from './attempt.ts';
import { deliverAgain, editMessage, post } from './messages.ts';
import type { Render } from './notices/scene.ts';
import { groupOpening } from './notices/study.ts';
import type { Follow, Outcome } from './outcome.ts';
import { goneChannelCodes, isRefusal } from './request-failure.ts';
import { addMember, findOrCreateThread, findOrphan, type Wanted } from './thread.ts';
import { findRoom } from './thread-room.ts';
import { wake } from './thread-members.ts';
import { goneMessageCodes, inThread, removeMember, unless } from './thread-end.ts';

/** Delivers a message to a group's thread, once it has one. */
export async function toGroup(attempt: Attempt, render: Render): Promise<Outcome> {
  return await deliverAgain(attempt, render, async (card) => await postToGroup(attempt, card));
}

async function postToGroup(attempt: Attempt, card: Card | undefined): Promise<Outcome> {
  const group = await groupOf(attempt);
  if (!group || group.state === 'closed') return { is: 'void', why: 'nothing-to-say' };
  const threadId = group.thread_id;
  if (threadId === null) return { is: 'again', waits: 'soon', problem: 'no-thread' };
  attempt.concerns = attempt.guild.study_channel_id ?? undefined;
  try {
    return await post(attempt, threadId, card);
  } catch (error) {
    if (!isRefusal(error, goneChannelCodes)) throw error;
    const also: Follow = (trx) => replaceGroupThread(trx, attempt.ctx, group.id, threadId);
    return { is: 'again', waits: 'soon', problem: 'thread-gone', also };
  }
}

/** What a notice is about: a group, one of its sessions, or a poll of it. */
async function groupOf({ ctx, notice }: Attempt): Promise<StudyGroup | undefined> {
  if (notice.subject_id === null) return undefined;
  const group = await findGroup(ctx.db, notice.subject_id);
  if (group) return group;
  const part = (await findSession(ctx.db, notice.subject_id)) ?? (await findPoll(ctx.db, notice.subject_id));
  return part && (await findGroup(ctx.db, part.group_id));
}

/** Opens the thread of a group, or brings it in line; each step is safe to take twice. */
export async function openGroupThread(attempt: Attempt): Promise<Outcome> {
  const { ctx, notice, guild } = attempt;
  const group = notice.subject_id === null ? undefined : await findGroup(ctx.db, notice.subject_id);
  if (!group) return { is: 'void', why: 'nothing-to-say' };
  const isAgain = readDetail('group-thread', notice) !== null;
  const card = await groupOpening(attempt, group, isAgain);
  if (group.state === 'closed') return await close(attempt, group);
  const channelId = guild.study_channel_id;
  if (channelId === null) {
    const problem = 'channel-not-set';
    return { is: 'again', waits: 'mending', problem, tells: { problem, id: 'study' } };
  }
  attempt.concerns = channelId;
  // One that an earlier attempt may have opened is looked for all the same.
  const full =
    group.thread_id === null && attempt.unsureSince === null ? await findRoom(attempt, 'groups', channelId) : undefined;
  if (full) return full;
  const threadId = group.thread_id ?? (await findOrCreateThread(attempt, channelId, wantedOf(attempt, group)));
  try {
    // One that has fallen asleep takes nobody in, and lets nobody out.
    if (group.thread_id !== null && (await wake(attempt, threadId)).asleep) return { is: 'void', why: 'thread-locked' };
    for (const { user_id: userId, state } of await listGroupMembers(ctx.db, group.id)) {
      if (state !== 'offered') await addMember(attempt, threadId, userId);
    }
    for (const userId of await listFormerMembers(ctx.db, group.id)) await removeMember(attempt, threadId, userId);
    if (notice.channel_id !== null && notice.message_id !== null) {
      return await editMessage(attempt, notice.channel_id, notice.message_id, card);
    }
    const outcome = await post(attempt, threadId, card);
    return outcome.is === 'delivered' ? { ...outcome, worked: [channelId, 'study'] } : outcome;
  } catch (error) {
    if (!isRefusal(error, goneChannelCodes)) throw error;
    // Deleted on Discord: another takes its place, and says so.
    const also: Follow = (trx) => replaceGroupThread(trx, ctx, group.id, threadId);
    return { is: 'void', why: 'thread-gone', also };
  }
}

/** The group is over: its thread says so, and is archived. */
async function close(attempt: Attempt, group: StudyGroup): Promise<Outcome> {
  const { notice } = attempt;
  const { channel_id: channelId, message_id: messageId } = notice;
  const threadId =
    group.thread_id ?? (await findOrphan(attempt, attempt.guild.study_channel_id, () => wantedOf(attempt, group)));
  if (threadId === undefined) return { is: 'void', why: 'nothing-to-say' };
  const card = await groupOpening(attempt, group, false);
  await inThread(attempt, threadId, attempt.t.study.thread.reasonOver, async () => {
    if (channelId !== null && messageId !== null)
      await unless(goneMessageCodes, () => editMessage(attempt, channelId, messageId, card));
    for (const userId of await listFormerMembers(attempt.ctx.db, group.id))
      await removeMember(attempt, threadId, userId);
  });
  return { is: 'delivered', channelId, messageId };
}

function wantedOf(attempt: Attempt, group: StudyGroup): Wanted {
  const { study, words } = attempt.t;
  // A name says what it is for, and nobody's.
  const what = study.topic(group.topic, group.place);
  const name = study.thread.name(what, group.target === null ? '' : words.month(group.target));
  return {
    name,
    reason: study.thread.reason,
    isTaken: isGroupsThread,
    record: (id) => recordGroupThread(attempt.ctx.db, group.id, id),
  };
}
