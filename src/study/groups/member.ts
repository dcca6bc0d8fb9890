import type { Db } from '../../db/open.ts';
import { findGroup, listLiveGroups, type StudyGroup } from '../../db/study/groups.ts';
import { countMembersOf, findGroupMember, listMembershipsOf } from '../../db/study/members.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { joinable } from '../states.ts';

/** A live group of which somebody is a member, resting or not. @throws UserError for any other. */
export async function requireMember(db: Db, whose: Acting, groupId: string): Promise<StudyGroup> {
  const group = await findGroup(db, groupId);
  const member = await findGroupMember(db, groupId, whose.userId);
  if (!group || group.guild_id !== whose.guildId) throw new UserError((t) => t.study.refused.unknown);
  if (!member || member.state === 'left' || member.state === 'offered') {
    throw new UserError((t) => t.study.refused.notMember);
  }
  if (group.state === 'closed') throw new UserError((t) => t.study.refused.states.closed);
  return group;
}

/** A group that somebody owns, or that all of its members own. @throws UserError for any other. */
export async function requireOwner(db: Db, whose: Acting, groupId: string): Promise<StudyGroup> {
  const group = await requireMember(db, whose, groupId);
  if (group.owner_id !== null && group.owner_id !== whose.userId) throw new UserError((t) => t.study.refused.notOwner);
  return group;
}

/** The groups that somebody is in, resting or not, by their beginning. */
export async function listOwnGroups(db: Db, whose: Acting): Promise<StudyGroup[]> {
  const own = (await listMembershipsOf(db, whose)).filter(({ state }) => state !== 'offered');
  const groups = await Promise.all(own.map(({ group_id: id }) => findGroup(db, id)));
  return groups.filter((group) => group !== undefined);
}

/** Groups of a guild that somebody is not in and could join, or wait for, with how many are in each. */
export async function listJoinable(
  db: Db,
  whose: Acting,
): Promise<readonly { readonly group: StudyGroup; readonly members: number }[]> {
  const own = new Set((await listMembershipsOf(db, whose)).map(({ group_id: id }) => id));
  const groups = (await listLiveGroups(db, whose.guildId)).filter(
    (group) => joinable.includes(group.state) && !own.has(group.id),
  );
  const counts = await countMembersOf(db, whose.guildId);
  return groups.map((group) => ({ group, members: counts.get(group.id) ?? 0 }));
}
