import { type APIThreadChannel, PermissionFlagsBits, Routes } from 'discord.js';
import { findGroup } from '../db/study/groups.ts';
import { findMentorship, type Mentorship } from '../db/mentorships.ts';
import { deletedUser } from '../db/schema.ts';
import type { Card } from '../discord/replies.ts';
import type { Attempt } from './attempt.ts';
import { editMessage } from './messages.ts';
import type { Outcome } from './outcome.ts';
import { codesOf } from './refusals.ts';
import { goneChannelCodes, goneMemberCodes, isRefusal } from './request-failure.ts';

/** A moderator may have deleted the opening message: the thread is closed all the same. */
export const goneMessageCodes = codesOf('message-gone');

/**
 * Closes the thread of a pair whose mentorship is over: its opening message says so, both are taken out, and it is
 * archived; locked too where the bot may, so that nobody wakes it up. Doing it twice changes nothing.
 */
export async function closeThread(
  attempt: Attempt,
  mentorship: Mentorship,
  threadId: string,
  card: Card,
): Promise<Outcome> {
  const { channel_id: channelId, message_id: messageId } = attempt.notice;
  const isOpen = await inThread(attempt, threadId, attempt.t.notices.auditReasons.mentorshipOver, async () => {
    if (channelId !== null && messageId !== null) {
      await unless(goneMessageCodes, () => editMessage(attempt, channelId, messageId, card));
    }
    for (const userId of [mentorship.mentor_id, mentorship.mentee_id]) {
      if (userId !== deletedUser) await removeMember(attempt, threadId, userId);
    }
  });
  if (!isOpen && messageId === null) return { is: 'void', why: 'nothing-to-say' };
  return { is: 'delivered', channelId, messageId };
}

/** Takes somebody who deleted their data out of the thread of what was their mentorship, or their study group. */
export async function leaveThread(attempt: Attempt): Promise<Outcome> {
  const { ctx, notice, t } = attempt;
  const { subject_id: subjectId, user_id: userId } = notice;
  if (subjectId === null || userId === null) return { is: 'void', why: 'nothing-to-do' };
  const mentorship = await findMentorship(ctx.db, subjectId);
  const group = mentorship ? undefined : await findGroup(ctx.db, subjectId);
  const threadId = (mentorship ?? group)?.thread_id;
  if (!threadId) return { is: 'void', why: 'nothing-to-do' };
  const reason = group ? t.study.thread.reason : t.notices.auditReasons.mentorshipOver;
  // A group goes on without them, and so does its thread.
  const after = group && group.state !== 'closed' ? 'as before' : 'closed';
  await inThread(attempt, threadId, reason, () => removeMember(attempt, threadId, userId), after);
  return { is: 'delivered', channelId: null, messageId: null };
}

/**
 * Does something in a thread that is archived afterwards.
 * @param reason for the guild's audit log.
 * @param after whether it is closed then, or stands as it did.
 * @returns false where the thread is gone, or closed in a way that the bot cannot open.
 */
export async function inThread(
  attempt: Attempt,
  threadId: string,
  reason: string,
  work: () => Promise<void>,
  after: 'closed' | 'as before' = 'closed',
): Promise<boolean> {
  try {
    const thread = await attempt.request<APIThreadChannel>('get', Routes.channel(threadId));
    const { archived = false, locked = false } = thread.thread_metadata ?? {};
    const mayLock = managesThreads(attempt, thread.parent_id);
    if (archived && locked && !mayLock) return false;
    if (archived) await attempt.request('patch', Routes.channel(threadId), { body: { archived: false } });
    await work();
    if (after === 'as before' && !archived) return true;
    await attempt.request('patch', Routes.channel(threadId), {
      body: { archived: true, ...(mayLock && after === 'closed' ? { locked: true } : {}) },
      reason,
    });
    return true;
  } catch (error) {
    if (isRefusal(error, goneChannelCodes)) return false;
    throw error;
  }
}

/** Takes somebody out of a thread; whoever is not in it is just as well. */
export async function removeMember(attempt: Attempt, threadId: string, userId: string): Promise<void> {
  // Whoever is not there any more has left already.
  await unless(goneMemberCodes, () => attempt.request('delete', Routes.threadMembers(threadId, userId)));
}

/** Does something for which it is just as well when Discord refuses with one of these codes. */
export async function unless(codes: ReadonlySet<string>, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isRefusal(error, codes)) throw error;
  }
}

/** Whether the bot may lock threads, as far as it knows: it works without that, too. */
function managesThreads(attempt: Attempt, channelId: string | null | undefined): boolean {
  const guild = attempt.sender.client.guilds.cache.get(attempt.guild.id);
  const channel = channelId ? guild?.channels.cache.get(channelId) : undefined;
  const me = guild?.members.me;
  return Boolean(me && channel?.permissionsFor(me).has(PermissionFlagsBits.ManageThreads));
}
