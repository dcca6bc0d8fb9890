/** How a meeting comes to its end. */
import type { Context } from '../../context.ts';
import { changeMeeting, findOpenMeeting, isTimed, type Meeting, sumOfWords } from '../../db/meetings.ts';
import { reviseNotices } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';

/** Ends whatever is open of a mentorship that is over: nobody is reminded of it. */
export async function closeOpenMeeting(ctx: Context, trx: Trx, mentorshipId: string): Promise<void> {
  const open = await clearPast(ctx, trx, mentorshipId);
  if (open) await closeMeeting(ctx, trx, open, 'called-off');
}

/** The meeting that is open, if any; one whose time is over is closed by what the two have said. */
export async function clearPast(ctx: Context, trx: Trx, mentorshipId: string): Promise<Meeting | undefined> {
  const open = await findOpenMeeting(trx, mentorshipId);
  if (open?.state !== 'agreed' || !isTimed(open) || open.ends_at > ctx.now()) return open;
  await closeMeeting(ctx, trx, open, sumOfWords(open) ?? 'missed');
  return undefined;
}

/** Brings an open meeting to its end. */
export async function closeMeeting(
  ctx: Context,
  trx: Trx,
  meeting: Meeting,
  to: 'held' | 'missed' | 'called-off',
): Promise<Meeting> {
  const changed = await changeMeeting(trx, meeting.id, meeting.state, { state: to, closed_at: ctx.now(), options: [] });
  if (!changed) throw new Error('a meeting that was open a moment ago is not');
  for (const kind of ['meeting-thread', 'meeting-letter'] as const)
    await reviseNotices(trx, meeting.id, kind, ctx.now());
  return changed;
}
