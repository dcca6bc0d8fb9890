/** A group's post in the forum of open groups, as it is owed: there while its owner and moderators want that. */
import type { Context } from '../context.ts';
import { findGuild } from '../db/guilds.ts';
import { insertNotice, reviseNotices } from '../db/notices/write.ts';
import type { Trx } from '../db/open.ts';
import { listListings } from '../db/study/events.ts';
import { findGroup, type StudyGroup } from '../db/study/groups.ts';

/** Owes the post of a group that is listed; once for each group. Returns false where it is owed already, or not to be. */
export async function oweListing(trx: Trx, ctx: Context, group: StudyGroup): Promise<boolean> {
  if (group.is_listed === 0 || group.state === 'closed') return false;
  if (((await findGuild(trx, group.guild_id))?.study_forum_id ?? null) === null) return false;
  return await insertNotice(trx, ctx, {
    guildId: group.guild_id,
    kind: 'group-listing',
    subjectId: group.id,
    dedupeKey: `group-listing:${group.id}`,
    mass: true,
  });
}

/** Something that is read there has changed: who could join, when they meet, whether the group is listed at all. */
export async function reviseListing(trx: Trx, ctx: Context, groupId: string): Promise<void> {
  const group = await findGroup(trx, groupId);
  if (group && !(await oweListing(trx, ctx, group))) await reviseNotices(trx, groupId, 'group-listing', ctx.now());
}

/** The guild has another forum for them, or none: all posts follow. */
export async function reviseListingsOfGuild(trx: Trx, ctx: Context, guildId: string): Promise<void> {
  for (const id of await listListings(trx, guildId)) await reviseNotices(trx, id, 'group-listing', ctx.now());
}
