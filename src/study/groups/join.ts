import type { Context } from '../../context.ts';
import type { Trx } from '../../db/open.ts';
import { findGroup, moveGroup, type StudyGroup, updateGroup } from '../../db/study/groups.ts';
import { deleteApplicationsFor } from '../../db/study/applications.ts';
import { findGroupMember, type GroupMember, listGroupMembers, upsertGroupMember } from '../../db/study/members.ts';
import { findMember } from '../../db/members.ts';
import { deleteSeeker } from '../../db/study/seekers.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { inTurn } from '../../guild/turn.ts';
import { groupSize, type JoinObstacle, prospectOf } from '../../matching/form/index.ts';
import { epochMs } from '../../time.ts';
import { asSeeker, membersAsSeekers, requireHours, wishesOf } from '../people.ts';
import { groupMoves, joinable } from '../states.ts';
import { suits } from '../times.ts';
import { subjectFrom } from '../topics.ts';
import { reviseThread } from '../thread.ts';
import { beginVote } from '../vote.ts';
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
    if (obstacle) throw new UserError((t) => t.study.refused.rules[obstacle]);
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
 * @param orFull whether a full one will do: somebody waits in its list.
 * @throws UserError for any other, GroupFull for a full one.
 */
export async function requireJoinable(
  trx: Trx,
  whose: Acting,
  groupId: string,
  orFull?: 'full',
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
  // A group that was offered to several is not refused to those whom it was offered to.
  const isFull = taken >= (own ? groupSize.max : group.size);
  if (isFull && !orFull) throw new GroupFull();
  return { group, isFull };
}

/** What stands between somebody and a group, by the rules that groups are formed by and by its weekly times. */
export async function findObstacle(
  trx: Trx,
  ctx: Context,
  whose: Acting,
  group: StudyGroup,
): Promise<JoinObstacle | 'times' | undefined> {
  const now = ctx.now();
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

/** Takes a place that is known to be free: what follows from it. */
export async function takePlace(trx: Trx, ctx: Context, whose: Acting, group: StudyGroup): Promise<StudyGroup> {
  const now = ctx.now();
  const subject = subjectOf(group);
  const { languages } = await wishesOf(trx, whose, subject);
  const common = group.languages.filter((language) => languages.includes(language));
  await upsertGroupMember(
    trx,
    { group_id: group.id, user_id: whose.userId, guild_id: whose.guildId, since: now },
    { state: 'member', until: null },
  );
  await deleteSeeker(trx, whose, subject.kind, subject.topic);
  await deleteApplicationsFor(trx, whose, subject.topic);
  await updateGroup(trx, group.id, {
    few_since: null,
    ...(common.length > 0 ? { languages: common } : {}),
    ...(group.owner_id === null && group.state === 'forming' ? { owner_id: whose.userId } : {}),
  });
  const members = (await listGroupMembers(trx, group.id)).filter(({ state }) => state === 'member');
  const { begin } = groupMoves;
  if (members.length >= groupSize.min) {
    if (await moveGroup(trx, group.id, begin.from, { state: begin.to, heldAt: now })) {
      await chooseOwner(trx, group, members);
      await beginVote(trx, ctx, group.id);
    }
  }
  await reviseThread(trx, ctx, group.id);
  return (await findGroup(trx, group.id))!;
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

/** What a stored group is for. */
export function subjectOf({ topic, place }: Pick<StudyGroup, 'topic' | 'place'>) {
  return subjectFrom(topic, place)!;
}
