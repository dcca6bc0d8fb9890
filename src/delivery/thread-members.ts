import { type APIThreadChannel, Routes } from 'discord.js';
import { findMentorship } from '../db/mentorships.ts';
import { isLive, presentIn, replaceThread } from '../mentoring/threads.ts';
import type { Attempt } from './attempt.ts';
import type { Outcome } from './outcome.ts';
import { goneChannelCodes, isRefusal } from './request-failure.ts';
import { addMember } from './thread.ts';

/**
 * Brings the two of a pair back into their thread, as far as they are in the guild. An archived one is woken up first:
 * nobody can be added to it asleep. One that a moderator locked stays locked.
 */
export async function bringTogether(attempt: Attempt): Promise<Outcome> {
  const { ctx, notice } = attempt;
  const pair = notice.subject_id === null ? undefined : await findMentorship(ctx.db, notice.subject_id);
  if (!pair || !isLive(pair) || pair.thread_id === null) return { is: 'void', why: 'nothing-to-do' };
  const threadId = pair.thread_id;
  try {
    const { thread_metadata: state } = await attempt.request<APIThreadChannel>('get', Routes.channel(threadId));
    if (state?.locked) return { is: 'void', why: 'thread-locked' };
    if (state?.archived) await attempt.request('patch', Routes.channel(threadId), { body: { archived: false } });
    for (const userId of await presentIn(ctx.db, pair)) await addMember(attempt, threadId, userId);
    return { is: 'delivered', channelId: null, messageId: null };
  } catch (error) {
    if (isRefusal(error, goneChannelCodes)) {
      const also = async (trx: Parameters<typeof replaceThread>[0]): Promise<void> => {
        await replaceThread(trx, ctx, pair.id, threadId);
      };
      return { is: 'void', why: 'thread-gone', also };
    }
    throw error;
  }
}
