/** How a meeting comes to its end. */
import type { Context } from '../../context.ts';
import { changeMeeting, findOpenMeeting, isTimed, type Meeting, sumOfWords } from '../../db/meetings.ts';
import { insertNotice, reviseNotices } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import type { Instant } from '../../time.ts';

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

/**
 * Takes back what would fall into a rest: a time that was only proposed, and a meeting before the rest is over, of which
 * both read in their thread. One after it stays.
 * @param until when the rest ends; null while nobody knows.
 */
export async function callOffForRest(
  ctx: Context,
  trx: Trx,
  mentorshipId: string,
  until: Instant | null,
): Promise<void> {
  const open = await findOpenMeeting(trx, mentorshipId);
  if (!open) return;
  if (open.state !== 'agreed' || !isTimed(open)) {
    await closeMeeting(ctx, trx, open, 'called-off');
    return;
  }
  // What has begun is asked about once it goes on; what comes after the rest is as agreed.
  if (open.starts_at <= ctx.now() || (until !== null && open.starts_at >= until)) return;
  const { id: subjectId, guild_id: guildId } = await closeMeeting(ctx, trx, open, 'called-off');
  await insertNotice(trx, ctx, { guildId, kind: 'meeting-thread', subjectId, detail: { part: 'called-off' } });
}
