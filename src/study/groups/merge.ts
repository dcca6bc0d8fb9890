/** Two small groups for the same become one. */
import type { Context } from '../../context.ts';
import { insertNotice } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import { findGroup, listOpenGroups, type StudyGroup, updateGroup } from '../../db/study/groups.ts';
import { findHours } from '../../db/hours.ts';
import { listBlocksAmong } from '../../db/blocks.ts';
import { listGroupMembers } from '../../db/study/members.ts';
import { listTicks, storeTicks } from '../../db/study/plans.ts';
import { listPolls } from '../../db/study/polls.ts';
import { groupSize, type JoinObstacle, prospectOf } from '../../matching/form/index.ts';
import { epochMs, later } from '../../time.ts';
import { comparedAtMost, fewMembers, mergeAgainDays } from '../limits.ts';
import { membersAsSeekers } from '../people.ts';
import { endSessions } from '../sessions/plan.ts';
import { reviseThread } from '../thread.ts';
import { suits } from '../times.ts';
import { subjectOf } from '../topics.ts';
import { beginVote } from '../vote.ts';
import { changePlace, endGroup, givePlace } from './change.ts';
import { dropPoll, letGoOfWaiting } from './close.ts';

/** What stands between two groups. */
type MergeObstacle = JoinObstacle | 'subject' | 'size' | 'state';

const isIn = ({ state }: { readonly state: string }) => state === 'member' || state === 'resting';

/** By the rules that groups are formed by: what stands between two groups becoming one. */
export async function findMergeObstacle(
  trx: Trx,
  ctx: Context,
  one: StudyGroup,
  other: StudyGroup,
): Promise<MergeObstacle | undefined> {
  if (one.id === other.id || one.topic !== other.topic || one.place !== other.place) return 'subject';
  if (one.state !== 'active' || other.state !== 'active') return 'state';
  const [ones, others] = [await idsIn(trx, one), await idsIn(trx, other)];
  if (ones.length + others.length > groupSize.max) return 'size';
  const there = await membersAsSeekers(trx, one, ones);
  const coming = await membersAsSeekers(trx, other, others);
  const horizon = { from: epochMs(ctx.now()), minutes: Math.max(one.minutes, other.minutes) };
  for (const seeker of coming) {
    const whose = { guildId: one.guild_id, userId: seeker.id };
    const blocked = await listBlocksAmong(trx, whose, ones);
    const rest = [...there, ...coming.filter(({ id }) => id !== seeker.id)];
    const { obstacle } = prospectOf({ ...seeker, blocked }, rest, horizon);
    if (obstacle) return obstacle;
  }
  return undefined;
}

async function idsIn(trx: Trx, group: StudyGroup): Promise<string[]> {
  return (await listGroupMembers(trx, group.id)).filter(isIn).map(({ user_id: userId }) => userId);
}

/** A group that a small one could become one with, and was not asked about lately; the smallest first. */
export async function findMergePartner(trx: Trx, ctx: Context, group: StudyGroup): Promise<StudyGroup | undefined> {
  const since = later(ctx.now(), { days: -mergeAgainDays });
  const lately = (await listPolls(trx, group.id)).filter(({ what, at }) => what === 'merge' && at > since);
  if (lately.some(({ outcome }) => outcome === null)) return undefined;
  const asked = new Set(lately.map(({ with_id: id }) => id));
  const fitting: { other: StudyGroup; size: number }[] = [];
  for (const other of await listOpenGroups(
    trx,
    group.guild_id,
    { ...subjectOf(group), kind: group.kind },
    comparedAtMost,
  )) {
    if (asked.has(other.id) || (await findMergeObstacle(trx, ctx, group, other))) continue;
    if ((await listPolls(trx, other.id)).some(({ what, outcome }) => what === 'merge' && outcome === null)) continue;
    fitting.push({ other, size: (await idsIn(trx, other)).length });
  }
  return fitting.toSorted((a, b) => a.size - b.size)[0]?.other;
}

/** Whether a group is so small that it would be better with others. */
export async function isSmall(trx: Trx, group: StudyGroup): Promise<boolean> {
  return (await listGroupMembers(trx, group.id)).length <= fewMembers;
}

/**
 * Makes two groups one: the larger one stays, of two as large the older. Where somebody has left or come since they were
 * asked, and a rule stands between them now, nothing happens.
 */
export async function mergeGroups(trx: Trx, ctx: Context, oneId: string, otherId: string): Promise<boolean> {
  const [one, other] = [await findGroup(trx, oneId), await findGroup(trx, otherId)];
  if (!one || !other || (await findMergeObstacle(trx, ctx, one, other))) return false;
  const sizes = [(await idsIn(trx, one)).length, (await idsIn(trx, other)).length] as const;
  const isOneKept =
    sizes[0] > sizes[1] ||
    (sizes[0] === sizes[1] && [one.created_at, one.id].join() < [other.created_at, other.id].join());
  const [kept, gone] = isOneKept ? [one, other] : [other, one];
  const now = ctx.now();
  if (!(await endGroup(trx, gone.id, 'merge', { why: 'merged', at: now }))) return false;
  await endSessions(trx, ctx, gone.id);
  await letGoOfWaiting(trx, ctx, gone);
  const ticks = await listTicks(trx, gone.id);
  for (const { user_id: userId, state, since, until, asked_at: askedAt } of await listGroupMembers(trx, gone.id)) {
    await changePlace(trx, gone.id, userId, 'merge', { why: 'merged' });
    const whose = { guildId: gone.guild_id, userId };
    await givePlace(trx, whose, kept.id, {
      act: 'merge',
      since,
      until: askedAt === null ? until : null,
      isResting: state === 'resting',
    });
    const done = ticks.filter((tick) => tick.user_id === userId).map(({ system }) => system);
    if (done.length > 0) await storeTicks(trx, kept.id, whose, done, now);
    await insertNotice(trx, ctx, {
      guildId: gone.guild_id,
      userId,
      kind: 'group-news',
      subjectId: kept.id,
      detail: { what: 'merged' },
    });
  }
  for (const poll of [...(await listPolls(trx, gone.id)), ...(await listPolls(trx, kept.id))]) {
    await dropPoll(trx, ctx, poll);
  }
  await updateGroup(trx, kept.id, {
    size: Math.max(kept.size, sizes[0] + sizes[1]),
    languages: kept.languages.filter((language) => gone.languages.includes(language)),
    few_since: null,
    asked_at: null,
    held_at: now,
    looked_at: null,
  });
  await reviseThread(trx, ctx, gone.id);
  await reviseThread(trx, ctx, kept.id);
  if (!(await timesSuitAll(trx, ctx, kept))) await beginVote(trx, ctx, kept.id);
  return true;
}

/** Whether a group's weekly times are within the hours of everybody in it by now. */
async function timesSuitAll(trx: Trx, ctx: Context, { id, guild_id: guildId, zone, times, minutes }: StudyGroup) {
  if (zone === null || times.length === 0) return false;
  for (const { user_id: userId } of (await listGroupMembers(trx, id)).filter(isIn)) {
    const hours = await findHours(trx, { guildId, userId });
    const person = hours && { userId, zone: hours.zone, windows: hours.windows };
    if (person && !suits(person, { zone, times, minutes }, epochMs(ctx.now()))) return false;
  }
  return true;
}
