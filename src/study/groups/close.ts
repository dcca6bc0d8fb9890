/** A group is over: what follows for everybody who was in it, or waited for it. */
import type { Context } from '../../context.ts';
import { insertNotice, reviseNotices } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import type { StudyClosing } from '../../db/schema.ts';
import { clearApplications } from '../../db/study/applications.ts';
import { findGroup, type StudyGroup } from '../../db/study/groups.ts';
import { listGroupMembers } from '../../db/study/members.ts';
import { closePoll, listPolls, type Poll, voidPoll } from '../../db/study/polls.ts';
import { findSeeker, upsertSeeker } from '../../db/study/seekers.ts';
import { endSessions } from '../sessions/plan.ts';
import { reviseThread } from '../thread.ts';
import { changePlace, endGroup } from './change.ts';

/**
 * Closes a group: everybody in it hears of it and seeks another, first in turn, if they like.
 * @returns false when it is closed already.
 */
export async function closeGroup(trx: Trx, ctx: Context, groupId: string, why: StudyClosing): Promise<boolean> {
  const group = await findGroup(trx, groupId);
  if (!group || !(await endGroup(trx, groupId, 'close', { why, at: ctx.now() }))) return false;
  await endSessions(trx, ctx, groupId);
  await letGoOfWaiting(trx, ctx, group);
  for (const { user_id: userId } of await listGroupMembers(trx, groupId)) {
    await changePlace(trx, groupId, userId, 'close', { why: 'closed' });
    // Back among the seekers since the group began, and so before those who came later.
    await seekAgain(trx, group, userId);
    await tell(trx, ctx, group, userId, 'closed');
  }
  for (const poll of await listPolls(trx, groupId)) await dropPoll(trx, ctx, poll);
  await reviseThread(trx, ctx, groupId);
  return true;
}

/** A group is over: whoever was offered a place, applied, or waited in its list hears that nothing comes of it. */
export async function letGoOfWaiting(trx: Trx, ctx: Context, group: StudyGroup): Promise<void> {
  for (const { user_id: userId, state } of await listGroupMembers(trx, group.id)) {
    if (state !== 'offered') continue;
    // Whoever waits for a group still does, with their own wishes; whoever was invited never did.
    await changePlace(trx, group.id, userId, 'lapse', { why: 'lapsed' });
    await tell(trx, ctx, group, userId, 'offer-gone');
  }
  for (const userId of await clearApplications(trx, group.id)) await tell(trx, ctx, group, userId, 'not-taken');
}

async function tell(
  trx: Trx,
  ctx: Context,
  group: StudyGroup,
  userId: string,
  what: 'closed' | 'offer-gone' | 'not-taken',
): Promise<void> {
  const about = { guildId: group.guild_id, userId, subjectId: group.id };
  await insertNotice(trx, ctx, { ...about, kind: 'group-news', detail: { what } });
}

/** A poll decides nothing any more; of a merge, the other group's neither. Their messages say so. */
export async function dropPoll(trx: Trx, ctx: Context, poll: Poll): Promise<void> {
  const { with_id: withId } = poll;
  const others = withId === null ? [] : await listPolls(trx, withId);
  const halves = [poll, ...others.filter(({ what, at, with_id: id }) => what === 'merge' && at === poll.at && id === poll.group_id)]; // prettier-ignore
  if (halves.every(({ outcome }) => outcome === 'yes')) return;
  for (const { id, what, outcome } of halves) {
    // What one of the two groups has said yes to is over with it, too.
    const isDropped =
      outcome === null ? await closePoll(trx, id, 'void') : what === 'merge' && (await voidPoll(trx, id));
    if (isDropped) await reviseNotices(trx, id, 'group-poll', ctx.now());
  }
}

/** Somebody seeks a group like this one, since it began; whoever seeks for themselves already keeps their own wishes. */
export async function seekAgain(trx: Trx, group: StudyGroup, userId: string): Promise<void> {
  if (await findSeeker(trx, { guildId: group.guild_id, userId }, group.kind, group.topic)) return;
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
