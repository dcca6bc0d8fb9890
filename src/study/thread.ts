/** A group's thread, as it is owed: it opens with the group, follows its members, and closes with it. */
import type { Context } from '../context.ts';
import { hasNotice } from '../db/notices/lookups.ts';
import { insertNotice, reviseNotices } from '../db/notices/write.ts';
import { listMembersPresent } from '../db/members.ts';
import type { Db, Trx } from '../db/open.ts';
import { findGroup, forgetGroupThread, type StudyGroup } from '../db/study/groups.ts';
import { listGroupMembers, listMembershipsOf } from '../db/study/members.ts';
import type { Acting } from '../guild/acting.ts';
import { bringBack } from '../guild/thread-members.ts';
import { reviseListing } from './listing.ts';

/** Brings a group's thread, and its post in the forum, in line with its members and state; opens it once the group is active. */
export async function reviseThread(trx: Trx, ctx: Context, groupId: string): Promise<void> {
  await reviseListing(trx, ctx, groupId);
  const group = await findGroup(trx, groupId);
  if (!group || group.state === 'forming') return;
  if (await hasNotice(trx, groupId, 'group-thread')) {
    await reviseNotices(trx, groupId, 'group-thread', ctx.now());
  } else if (group.state !== 'closed') {
    await insertNotice(trx, ctx, { guildId: group.guild_id, kind: 'group-thread', subjectId: groupId });
  }
}

/** A group's thread is gone from Discord: another is owed, which says that it takes its place. */
export async function replaceGroupThread(trx: Trx, ctx: Context, groupId: string, threadId: string): Promise<void> {
  if (!(await forgetGroupThread(trx, groupId, threadId))) return;
  const group = await findGroup(trx, groupId);
  if (!group) return;
  await insertNotice(trx, ctx, {
    guildId: group.guild_id,
    kind: 'group-thread',
    subjectId: groupId,
    detail: { again: true },
    dedupeKey: `group-thread:${groupId}:${threadId}`,
  });
}

/**
 * Somebody who belongs into the thread of a group is not in it: they are brought back.
 * @param isReturn whether they have just come back to the guild; else it happens once in a week.
 */
export async function oweGroupMembers(trx: Trx, ctx: Context, groupId: string, isReturn: boolean): Promise<void> {
  const group = await findGroup(trx, groupId);
  if (group && hasLiveThread(group)) await bringBack(trx, ctx, group, isReturn);
}

/** Somebody is in the guild again: they are brought into the threads of the groups in which they still are. */
export async function oweGroupThreadsOf(trx: Trx, ctx: Context, whose: Acting): Promise<void> {
  for (const { group_id: groupId, state } of await listMembershipsOf(trx, whose)) {
    if (state !== 'offered') await oweGroupMembers(trx, ctx, groupId, true);
  }
}

/** Pure: whether a group has a thread in which its members belong. */
export function hasLiveThread(
  group: Pick<StudyGroup, 'state' | 'thread_id'>,
): group is typeof group & { readonly thread_id: string } {
  return (group.state === 'active' || group.state === 'resting') && group.thread_id !== null;
}

/** Those in a group who are in the guild as far as is known: nobody else can be in a thread. */
export async function presentInGroup(db: Db, group: StudyGroup): Promise<readonly string[]> {
  const ids = (await listGroupMembers(db, group.id)).flatMap(({ user_id: userId, state }) =>
    state === 'offered' ? [] : [userId],
  );
  return ids.length === 0 ? [] : await listMembersPresent(db, group.guild_id, ids);
}
