import type { Context } from '../../context.ts';
import type { Trx } from '../../db/open.ts';
import { reviseNotices } from '../../db/notices/write.ts';
import { listProfiles } from '../../db/profiles.ts';
import { findSuspension } from '../../db/suspensions.ts';
import { deleteApplicationsOf, listApplications } from '../../db/study/applications.ts';
import { findGroup, type StudyGroup, updateGroup } from '../../db/study/groups.ts';
import { findGroupMember, type GroupMember, listGroupMembers, listMembershipsOf } from '../../db/study/members.ts';
import { listBlocksAmong } from '../../db/blocks.ts';
import { findMember } from '../../db/members.ts';
import { deleteSeeker } from '../../db/study/seekers.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { inTurn } from '../../guild/turn.ts';
import { groupSize, type JoinObstacle, prospectOf } from '../../matching/form/index.ts';
import type { Texts } from '../../texts/en.ts';
import { epochMs } from '../../time.ts';
import { asSeeker, membersAsSeekers, requireHours, wishesOf } from '../people.ts';
import { joinable } from '../states.ts';
import { suits } from '../times.ts';
import { subjectOf } from '../topics.ts';
import { reviseThread } from '../thread.ts';
import { beginVote } from '../vote.ts';
import { changeGroup, givePlace } from './change.ts';
import { takeOut } from './leave.ts';
import { requireRoomFor } from './room.ts';

/**
 * Joins a group: the guild's turn decides who gets the last place. The third member makes it active.
 * @throws UserError naming what stands in the way.
 */
export async function joinGroup(ctx: Context, whose: Acting, groupId: string): Promise<StudyGroup> {
  return await inTurn(ctx.db, whose.guildId, async (trx) => {
    const { group } = await requireJoinable(trx, whose, groupId);
    const own = await findGroupMember(trx, groupId, whose.userId);
    // Its members are asked first, unless they have offered the place.
    if (group.by_application === 1 && own?.state !== 'offered') throw new UserError((t) => t.studyGroups.refused.apply);
    await requireRoomFor(trx, whose, subjectOf(group));
    const obstacle = await findObstacle(trx, ctx, whose, group);
    if (obstacle) throw new UserError((t) => refusalOf(t, obstacle));
    return await takePlace(trx, ctx, whose, group);
  });
}

/** The last place has gone: whoever reads it can wait in the group's list. */
export class GroupFull extends UserError {
  constructor() {
    super((t) => t.study.refused.full);
  }
}

/**
 * A group of this guild that takes members.
 * @param how `turn`: somebody joins by themselves, after those in its list; `full`: a full one will do, since they wait in
 * the list; `owner`: whoever looks after it decides, whoever waits.
 * @throws UserError for any other, GroupFull for a full one.
 */
export async function requireJoinable(
  trx: Trx,
  whose: Acting,
  groupId: string,
  how: 'turn' | 'full' | 'owner' = 'turn',
): Promise<{ readonly group: StudyGroup; readonly isFull: boolean }> {
  const group = await findGroup(trx, groupId);
  if (!group || group.guild_id !== whose.guildId) throw new UserError((t) => t.study.refused.unknown);
  if (!joinable.includes(group.state)) {
    const { state } = group;
    throw new UserError((t) => t.study.refused.states[state]);
  }
  const members = await listGroupMembers(trx, groupId);
  const own = members.find(({ user_id: userId }) => userId === whose.userId);
  if (own && own.state !== 'offered') throw new UserError((t) => t.study.refused.already);
  const taken = members.filter(({ user_id: userId }) => userId !== whose.userId).length;
  // A free place belongs to whoever waits for it in the list, until they have answered.
  const waiting = own || how === 'owner' ? [] : await listApplications(trx, groupId, 'listed');
  const first = waiting.findIndex(({ user_id: userId }) => userId === whose.userId);
  const before = first === -1 ? waiting.length : first;
  // A group that was offered to several is not refused to those whom it was offered to.
  const isFull = taken + before >= (own ? groupSize.max : group.size);
  if (isFull && how !== 'full') throw new GroupFull();
  return { group, isFull };
}

/** What can stand between somebody and a group: a rule of forming, its weekly times, or the word of moderators. */
type Obstacle = JoinObstacle | 'times' | 'suspended';

/** An obstacle as whoever it stands before reads it. */
export function refusalOf(t: Texts, obstacle: Obstacle): string {
  return obstacle === 'suspended' ? t.studyGroups.refused.suspended : t.study.refused.rules[obstacle];
}

/**
 * What stands between somebody and a group, by the rules that groups are formed by and by its weekly times.
 * @param invited whether its owner asks them: then it does not count that they were removed once.
 */
export async function findObstacle(
  trx: Trx,
  ctx: Context,
  whose: Acting,
  group: StudyGroup,
  invited = false,
): Promise<Obstacle | undefined> {
  const now = ctx.now();
  if (await isSuspended(trx, ctx, whose)) return 'suspended';
  const own = await findGroupMember(trx, group.id, whose.userId);
  const leftWhy = own?.state === 'left' ? own.left_why : null;
  // Whoever looks after it knows nothing of what moderators decided, and cannot undo it.
  if (leftWhy === 'moderator' || (leftWhy === 'removed' && !invited)) return 'blocked';
  const hours = await requireHours(trx, whose, now);
  const members = (await listGroupMembers(trx, group.id)).map(({ user_id: userId }) => userId);
  const others = members.filter((userId) => userId !== whose.userId);
  const seeker = await asSeeker(trx, whose, subjectOf(group), hours, others);
  const horizon = { from: epochMs(now), minutes: group.minutes };
  const { obstacle } = prospectOf(seeker, await membersAsSeekers(trx, group, others), horizon);
  if (obstacle) return obstacle;
  if (group.zone === null || group.times.length === 0) return undefined;
  const weekly = { zone: group.zone, times: group.times, minutes: group.minutes };
  return suits({ userId: whose.userId, zone: hours.zone, windows: hours.windows }, weekly, epochMs(now))
    ? undefined
    : 'times';
}

/** Whether moderators have suspended somebody, in whichever role: then they are put together with nobody. */
export async function isSuspended(trx: Trx, ctx: Context, { guildId, userId }: Acting): Promise<boolean> {
  const profiles = await listProfiles(trx, guildId, userId);
  if (profiles.some(({ verification }) => verification === 'suspended')) return true;
  for (const role of ['mentor', 'mentee'] as const) {
    if ((await findSuspension(trx, ctx, { guildId, userId }, role)) !== undefined) return true;
  }
  return false;
}

/**
 * An offer was made by every rule, but somebody may have been blocked or suspended since.
 * @throws UserError then.
 */
export async function requireStillWanted(trx: Trx, ctx: Context, whose: Acting, groupId: string): Promise<void> {
  if (await isSuspended(trx, ctx, whose)) throw new UserError((t) => t.studyGroups.refused.suspended);
  const members = (await listGroupMembers(trx, groupId)).filter(({ state }) => state !== 'offered');
  const others = members.map(({ user_id: userId }) => userId);
  if ((await listBlocksAmong(trx, whose, others)).length > 0) throw new UserError((t) => t.study.refused.rules.blocked);
}

/** Takes a place that is known to be free: what follows from it. */
export async function takePlace(trx: Trx, ctx: Context, whose: Acting, group: StudyGroup): Promise<StudyGroup> {
  const now = ctx.now();
  const subject = subjectOf(group);
  const { languages } = await wishesOf(trx, whose, subject);
  const common = group.languages.filter((language) => languages.includes(language));
  await givePlace(trx, whose, group.id, { act: 'join', since: now, until: null });
  await deleteSeeker(trx, whose, subject.kind, subject.topic);
  for (const id of await deleteApplicationsOf(trx, whose, subject.topic)) {
    await reviseNotices(trx, id, 'group-application', now);
  }
  await declineOthers(trx, ctx, whose, group);
  const inIt = (await listGroupMembers(trx, group.id)).filter(({ state }) => state !== 'offered');
  // Whoever says yes first looks after a group that was formed, unless somebody is being asked.
  const isFirst = group.author_id === null && group.owner_id === null && group.owner_asked_id === null;
  await updateGroup(trx, group.id, {
    ...(inIt.length < 2 ? {} : { few_since: null }),
    ...(common.length > 0 ? { languages: common } : {}),
    ...(isFirst && group.state === 'forming' ? { owner_id: whose.userId } : {}),
  });
  const members = inIt.filter(({ state }) => state === 'member');
  if (members.length >= groupSize.min && (await changeGroup(trx, group.id, 'begin', { heldAt: now }))) {
    await chooseOwner(trx, group, members);
    await beginVote(trx, ctx, group.id);
  }
  await reviseThread(trx, ctx, group.id);
  return (await findGroup(trx, group.id))!;
}

/** Other places for the same that somebody was offered are free for whoever waits. */
async function declineOthers(trx: Trx, ctx: Context, whose: Acting, taken: StudyGroup): Promise<void> {
  for (const { group_id: id, state, topic } of await listMembershipsOf(trx, whose)) {
    if (state !== 'offered' || topic !== taken.topic || id === taken.id) continue;
    const other = await findGroup(trx, id);
    if (other) await takeOut(trx, ctx, other, whose.userId, 'declined');
  }
}

/** A group that was formed is looked after by whoever of those who said yes has been here longest. */
async function chooseOwner(trx: Trx, group: StudyGroup, members: readonly GroupMember[]): Promise<void> {
  if (group.author_id !== null || group.owner_id === null) return;
  const people = await Promise.all(
    members.map(async ({ user_id: userId }) => await findMember(trx, group.guild_id, userId)),
  );
  const known = people.flatMap((person) => person ?? []);
  const [first] = known.toSorted((a, b) => epochMs(a.created_at) - epochMs(b.created_at));
  if (first) await updateGroup(trx, group.id, { owner_id: first.user_id });
}
