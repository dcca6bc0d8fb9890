import { type APIThreadChannel, Routes } from 'discord.js';
import { findMentorship } from '../db/mentorships.ts';
import type { Trx } from '../db/open.ts';
import { findGroup } from '../db/study/groups.ts';
import { isLive, presentIn, replaceThread } from '../mentoring/threads.ts';
import { hasLiveThread, presentInGroup, replaceGroupThread } from '../study/thread.ts';
import type { Attempt } from './attempt.ts';
import type { Outcome } from './outcome.ts';
import { goneChannelCodes, isRefusal } from './request-failure.ts';
import { addMember } from './thread.ts';

/**
 * Brings those of a pair or a study group back into their thread, as far as they are in the guild. An archived one is woken
 * up first: nobody can be added to it asleep. One that a moderator locked stays locked.
 */
export async function bringTogether(attempt: Attempt): Promise<Outcome> {
  const thread = await findThread(attempt);
  if (!thread) return { is: 'void', why: 'nothing-to-do' };
  try {
    if ((await wake(attempt, thread.id)).locked) return { is: 'void', why: 'thread-locked' };
    for (const userId of await thread.present()) await addMember(attempt, thread.id, userId);
    return { is: 'delivered', channelId: null, messageId: null };
  } catch (error) {
    if (!isRefusal(error, goneChannelCodes)) throw error;
    return { is: 'void', why: 'thread-gone', also: thread.replace };
  }
}

/** A thread in which people belong. */
interface Gathering {
  readonly id: string;
  /** Those who are in the guild as far as is known. */
  present(): Promise<readonly string[]>;
  /** Owes another in its place. */
  replace(this: void, trx: Trx): Promise<void>;
}

async function findThread({ ctx, notice }: Attempt): Promise<Gathering | undefined> {
  const { subject_id: subjectId } = notice;
  if (subjectId === null) return undefined;
  const pair = await findMentorship(ctx.db, subjectId);
  if (pair) {
    const { thread_id: id } = pair;
    if (!isLive(pair) || id === null) return undefined;
    const replace = async (trx: Trx) => void (await replaceThread(trx, ctx, pair.id, id));
    return { id, present: () => presentIn(ctx.db, pair), replace };
  }
  const group = await findGroup(ctx.db, subjectId);
  if (!group || !hasLiveThread(group)) return undefined;
  const { thread_id: id } = group;
  return {
    id,
    present: () => presentInGroup(ctx.db, group),
    replace: (trx) => replaceGroupThread(trx, ctx, group.id, id),
  };
}

/**
 * Wakes a thread that has fallen asleep; one that a moderator locked stays as it is.
 * @returns whether it is locked, and whether it sleeps on because of that.
 */
export async function wake(attempt: Attempt, threadId: string): Promise<{ locked: boolean; asleep: boolean }> {
  const { thread_metadata: state } = await attempt.request<APIThreadChannel>('get', Routes.channel(threadId));
  const [locked, archived] = [state?.locked ?? false, state?.archived ?? false];
  if (archived && !locked) await attempt.request('patch', Routes.channel(threadId), { body: { archived: false } });
  return { locked, asleep: archived && locked };
}
