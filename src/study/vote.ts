/** A group finds its weekly times: every member presses all that suit. */
import type { Context } from '../context.ts';
import { insertNotice, reviseNotices } from '../db/notices/write.ts';
import type { Trx } from '../db/open.ts';
import { findGroup, type StudyGroup, updateGroup } from '../db/study/groups.ts';
import { clearVotes, listGroupMembers, recordVotes } from '../db/study/members.ts';
import { UserError } from '../errors.ts';
import type { Acting } from '../guild/acting.ts';
import { inTurn } from '../guild/turn.ts';
import { epochMs, later } from '../time.ts';
import { voteHours } from './limits.ts';
import { requireMember } from './groups/member.ts';
import { usualWeeks } from './people.ts';
import { type SuggestedTime, suggestTimes } from './times.ts';
import { reviseListing } from './listing.ts';
import { planSessions } from './sessions/plan.ts';

/**
 * Opens a vote on weekly times, in place of one that is open. The times stand still in the zone of whoever asked, else
 * of the owner, else of the longest member.
 * @returns what was suggested; times that are outside of somebody's hours are only shown.
 */
export async function beginVote(
  trx: Trx,
  ctx: Context,
  groupId: string,
  proposerId?: string,
): Promise<readonly SuggestedTime[]> {
  const group = await findGroup(trx, groupId);
  if (!group) return [];
  const members = (await listGroupMembers(trx, groupId)).filter(({ state }) => state === 'member');
  const people = await usualWeeks(
    trx,
    group.guild_id,
    members.map(({ user_id: userId }) => userId),
  );
  const anchor =
    people.find(({ userId }) => userId === proposerId) ??
    people.find(({ userId }) => userId === group.owner_id) ??
    people[0];
  if (!anchor) return [];
  const now = ctx.now();
  const suggested = suggestTimes(people, { anchor: anchor.zone, minutes: group.minutes, from: epochMs(now) });
  await clearVotes(trx, groupId);
  await updateGroup(trx, groupId, {
    zone: anchor.zone,
    ...(group.zone !== null && group.zone !== anchor.zone ? { times: [] } : {}),
    vote: suggested.map(({ time }) => time),
    vote_ends_at: later(now, { hours: voteHours }),
  });
  await insertNotice(trx, ctx, {
    guildId: group.guild_id,
    kind: 'group-vote',
    subjectId: groupId,
    dedupeKey: `group-vote:${groupId}:${now}`,
  });
  return suggested;
}

/** A member asks for another weekly time. @throws UserError unless the group is active. */
export async function proposeTimes(ctx: Context, whose: Acting, groupId: string): Promise<readonly SuggestedTime[]> {
  return await inTurn(ctx.db, whose.guildId, async (trx) => {
    const group = await requireMember(trx, whose, groupId);
    if (group.state !== 'active') throw new UserError((t) => t.study.refused.notActive);
    return await beginVote(trx, ctx, groupId, whose.userId);
  });
}

/**
 * A member presses a time: it suits, or it does no longer. The vote closes once all have pressed something.
 * @returns whether it closed.
 */
export async function vote(ctx: Context, whose: Acting, groupId: string, time: number): Promise<boolean> {
  return await inTurn(ctx.db, whose.guildId, async (trx) => {
    const group = await requireMember(trx, whose, groupId);
    if (!group.vote?.includes(time)) throw new UserError((t) => t.study.refused.voteOver);
    const members = await listGroupMembers(trx, groupId);
    const own = members.find(({ user_id: userId }) => userId === whose.userId);
    const votes = own?.votes.includes(time) ? own.votes.filter((each) => each !== time) : [...(own?.votes ?? []), time];
    if (!(await recordVotes(trx, groupId, whose.userId, votes))) throw new UserError((t) => t.study.refused.notMember);
    const isClosed = await closeIfAllPressed(trx, ctx, groupId);
    if (!isClosed) await reviseNotices(trx, groupId, 'group-vote', ctx.now());
    return isClosed;
  });
}

/** Closes a vote once everybody in the group has pressed: also when whoever had not leaves, or rests. Returns whether it did. */
export async function closeIfAllPressed(trx: Trx, ctx: Context, groupId: string): Promise<boolean> {
  const group = await findGroup(trx, groupId);
  if (!group || group.state === 'closed' || group.vote === null) return false;
  const members = (await listGroupMembers(trx, groupId)).filter(({ state }) => state === 'member');
  if (members.length === 0 || members.some(({ votes }) => votes.length === 0)) return false;
  await closeVote(trx, ctx, group);
  return true;
}

/** Closes a vote: takes the times that suit most, as many as the group wants sessions; those who press nothing are not counted. */
export async function closeVote(trx: Trx, ctx: Context, group: StudyGroup): Promise<void> {
  const options = group.vote ?? [];
  const members = (await listGroupMembers(trx, group.id)).filter(({ state }) => state === 'member');
  const count = (time: number) => members.filter(({ votes }) => votes.includes(time)).length;
  const times = options
    .filter((time) => count(time) > 0)
    .toSorted((a, b) => count(b) - count(a) || a - b)
    .slice(0, group.sessions)
    .toSorted((a, b) => a - b);
  // Without a single press the vote was in vain; the times before stay.
  await updateGroup(trx, group.id, { vote: null, vote_ends_at: null, ...(times.length > 0 ? { times } : {}) });
  if (times.length > 0) {
    await planSessions(trx, ctx, group.id);
    await reviseListing(trx, ctx, group.id);
  }
  await reviseNotices(trx, group.id, 'group-vote', ctx.now());
}
