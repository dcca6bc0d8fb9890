/** A group's thread, as it is owed: it opens with the group, follows its members, and closes with it. */
import type { Context } from '../context.ts';
import { hasNotice } from '../db/notices/lookups.ts';
import { insertNotice, reviseNotices } from '../db/notices/write.ts';
import type { Trx } from '../db/open.ts';
import { findGroup, forgetGroupThread } from '../db/study/groups.ts';
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
