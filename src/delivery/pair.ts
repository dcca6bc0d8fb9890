/** What is said to the two of a mentorship in their thread; where that cannot be, to each of them. */
import { isHeldUp } from '../db/notices/lookups.ts';
import type { Attempt } from './attempt.ts';
import { deliver, post } from './messages.ts';
import { noticeKinds } from './notices/kinds.ts';
import type { Outcome } from './outcome.ts';

/** Posts a message in the thread of the pair that the notice is about. An archived one wakes up by it. */
export async function toPair(attempt: Attempt): Promise<Outcome> {
  const { notice, ctx } = attempt;
  const kind = noticeKinds[notice.kind];
  if (kind.to !== 'pair' || notice.subject_id === null) return { is: 'void', why: 'nothing-to-say' };
  const pair = await kind.pairOf(ctx.db, notice.subject_id);
  return await deliver(attempt, kind.render, async (card) => {
    if (!pair) return { is: 'void', why: 'nothing-to-say' };
    if (pair.thread_id !== null) return await post(attempt, pair.thread_id, card);
    // One that is just being opened is waited for.
    const isComing = pair.ended_at === null && !(await isHeldUp(ctx.db, pair.id, 'mentorship-thread'));
    return isComing ? { is: 'again', waits: 'soon', problem: 'thread-coming' } : await inLetters(attempt, 'no-thread');
  });
}

/** Says it to each of the two instead. */
export async function inLetters({ notice, ctx }: Attempt, why: string): Promise<Outcome> {
  const kind = noticeKinds[notice.kind];
  const pair = kind.to === 'pair' && notice.subject_id !== null && (await kind.pairOf(ctx.db, notice.subject_id));
  if (kind.to !== 'pair' || !pair) return { is: 'void', why };
  return { is: 'void', why, also: async (trx) => await kind.toEach(trx, ctx, notice, pair) };
}
