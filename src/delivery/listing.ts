/**
 * The posts of open study groups in the forum for that: one for each, changed in place, archived where nobody could join.
 * Their notices have the forum in `channel_id` and the post in `message_id`: once a post is gone nobody else knows its forum.
 */
import {
  type APIGuildForumChannel,
  type APIGuildForumTag,
  type APIThreadChannel,
  ChannelType,
  PermissionFlagsBits,
  Routes,
} from 'discord.js';
import { findGroup, type StudyGroup } from '../db/study/groups.ts';
import { limits } from '../discord/limits.ts';
import { unlistGroup } from '../study/plan.ts';
import type { Attempt } from './attempt.ts';
import { lookInForum, postInForum } from './forum.ts';
import { editMessage, inFormer } from './messages.ts';
import { type Listing, listingOf, quarterTag } from './notices/listing.ts';
import type { Outcome } from './outcome.ts';
import { codesOf } from './refusals.ts';
import { goneChannelCodes, isRefusal, RequestFailure } from './request-failure.ts';
import { findRoom } from './thread-room.ts';

const tagCodes = codesOf('tag-missing');
const fullCodes = codesOf('full');

/** Brings the post of a group in line with the group, its owner's wish and the forum that moderators chose. */
export async function toListing(attempt: Attempt): Promise<Outcome> {
  const { notice, ctx, guild } = attempt;
  const group = notice.subject_id === null ? undefined : await findGroup(ctx.db, notice.subject_id);
  if (!group) return { is: 'void', why: 'nothing-to-say' };
  const { study_forum_id: forumId } = guild;
  const isWanted = forumId !== null && group.is_listed === 1 && group.state !== 'closed';
  const listing = await listingOf(attempt, group, isWanted);
  const post = notice.message_id === null ? undefined : await findPost(attempt, notice.message_id);
  if (post === undefined && notice.message_id !== null && isWanted && notice.channel_id === forumId)
    return await afterDeletion(attempt, forumId, group);
  if (post && (!isWanted || post.parent_id === forumId)) return await bring(attempt, post, listing);
  // Moderators chose another forum: the post in the former one says so.
  if (post) await closeFormer(attempt, post, await listingOf(attempt, group, false));
  if (forumId === null || !isWanted) return await closeLost(attempt, forumId, listing);
  attempt.concerns = forumId;
  if (attempt.formerPlace(forumId) !== undefined)
    await closeInFormer(attempt, forumId, await listingOf(attempt, group, false));
  return await postNew(attempt, forumId, listing);
}

const nothing: Extract<Outcome, { is: 'delivered' }> = { is: 'delivered', channelId: null, messageId: null };

async function findPost(attempt: Attempt, postId: string): Promise<APIThreadChannel | undefined> {
  try {
    return await attempt.request<APIThreadChannel>('get', Routes.channel(postId));
  } catch (error) {
    if (!isRefusal(error, goneChannelCodes)) throw error;
    return undefined;
  }
}

/** Somebody deleted the post, and meant it: the group is listed no more, until its owner says so again. With its forum all went. */
async function afterDeletion(attempt: Attempt, forumId: string, group: StudyGroup): Promise<Outcome> {
  attempt.concerns = forumId;
  // Refused where the forum is gone, too: moderators hear of that from the sweep.
  await attempt.request('get', Routes.channel(forumId));
  return { ...nothing, also: (trx) => unlistGroup(trx, attempt.ctx, group) };
}

/** Where the bot may no longer write there, the post in the new forum does not wait for that. */
async function closeFormer(attempt: Attempt, post: APIThreadChannel, listing: Listing): Promise<void> {
  try {
    await bring(attempt, post, listing);
  } catch (error) {
    if (!(error instanceof RequestFailure && error.kind === 'refused')) throw error;
  }
}

/** Nothing is to stand there: what an earlier attempt may have posted unnoticed is closed. */
async function closeLost(attempt: Attempt, forumId: string | null, listing: Listing): Promise<Outcome> {
  const { unsureSince } = attempt;
  await closeInFormer(attempt, forumId, listing);
  const lost = unsureSince === null || forumId === null ? undefined : await lookInForum(attempt, forumId, unsureSince);
  if (lost?.is !== 'delivered' || lost.messageId === null) return nothing;
  const post = await findPost(attempt, lost.messageId);
  return post ? await bring(attempt, post, listing) : nothing;
}

/** The same in the forum of then, where moderators have chosen another since. */
async function closeInFormer(attempt: Attempt, forumId: string | null, closed: Listing): Promise<void> {
  const { unsureSince } = attempt;
  const former = attempt.formerPlace(forumId);
  if (former === undefined || unsureSince === null) return;
  const lost = await inFormer(() => lookInForum(attempt, former, unsureSince));
  if (lost?.is !== 'delivered' || lost.messageId === null) return;
  const post = await findPost(attempt, lost.messageId);
  if (post) await closeFormer(attempt, post, closed);
}

async function postNew(attempt: Attempt, forumId: string, listing: Listing): Promise<Outcome> {
  // Whoever could not join anyway need not read of it.
  if (!listing.isOpen && attempt.unsureSince === null) return nothing;
  const full = await findRoom(attempt, 'groups', forumId);
  if (full) return full;
  const tags = await tagIds(attempt, forumId, listing.tags);
  try {
    await attempt.tries(forumId);
    const posting = { channelId: forumId, title: listing.title, card: listing.card, crosspost: false };
    const outcome = await postInForum(attempt, posting, tags);
    return outcome.is === 'delivered' ? { ...outcome, channelId: forumId, worked: [forumId] } : outcome;
  } catch (error) {
    const isFull = isRefusal(error, fullCodes);
    if (!isFull && !isRefusal(error, tagCodes)) throw error;
    const problem = isFull ? 'threads-many' : 'listing-tags';
    return { is: 'again', waits: 'mending', problem, tells: { problem, id: forumId } };
  }
}

/** Brings a post that stands there up to date: woken up for that, and archived where nobody could join. */
async function bring(attempt: Attempt, post: APIThreadChannel, listing: Listing): Promise<Outcome> {
  const { archived = false, locked = false } = post.thread_metadata ?? {};
  const outcome: Outcome = { is: 'delivered', channelId: post.parent_id ?? null, messageId: post.id };
  // A moderator locked it: theirs is the last word.
  if (archived && locked) return outcome;
  const tags = post.parent_id ? await tagIds(attempt, post.parent_id, listing.tags) : [];
  const change = {
    ...(archived ? { archived: false } : {}),
    ...(post.name === listing.title ? {} : { name: listing.title }),
    ...(isSame(tags, post.applied_tags ?? []) ? {} : { applied_tags: tags }),
  };
  const { reason } = attempt.t.studyOpen.listing;
  if (Object.keys(change).length > 0) await attempt.request('patch', Routes.channel(post.id), { body: change, reason });
  await editMessage(attempt, post.id, post.id, listing.card);
  if (!listing.isOpen) await attempt.request('patch', Routes.channel(post.id), { body: { archived: true }, reason });
  return outcome;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id));
}

/** The forum's tags of these names. Those that it lacks are added, where the bot may and there is room. */
async function tagIds(attempt: Attempt, forumId: string, names: readonly string[]): Promise<string[]> {
  const route = Routes.channel(forumId);
  let forum = await attempt.request<APIGuildForumChannel>('get', route);
  if (forum.type !== ChannelType.GuildForum) return [];
  const lacking = names.filter((name) => !findTag(forum, name));
  if (lacking.length > 0 && mayManage(attempt, forumId)) {
    const kept = roomFor(attempt, forum.available_tags, lacking.length);
    const added = lacking.slice(0, limits.forumTags - kept.length).map((name) => ({ name }));
    if (added.length > 0) {
      const { reason } = attempt.t.studyOpen.listing;
      const body = { available_tags: [...kept, ...added] };
      forum = await attempt.request<APIGuildForumChannel>('patch', route, { body, reason });
    }
  }
  return names.flatMap((name) => findTag(forum, name)?.id ?? []);
}

function findTag({ available_tags: tags }: APIGuildForumChannel, name: string): APIGuildForumTag | undefined {
  // Those that only moderators may set the bot leaves to them.
  return tags.find((tag) => !tag.moderated && tag.name.toLowerCase() === name.toLowerCase());
}

/** How many quarters back the tags of past ones are looked for. */
const pastQuarters = 8;

/** The tags that stay where more are to be added: those of past quarters make room once there is none. */
function roomFor({ t, ctx }: Attempt, tags: readonly APIGuildForumTag[], wanted: number): readonly APIGuildForumTag[] {
  if (tags.length + wanted <= limits.forumTags) return tags;
  const [year = 0, month = 1] = ctx.now().split('-').map(Number);
  const past = new Set(
    Array.from({ length: pastQuarters }, (_, i) => {
      const at = new Date(Date.UTC(year, month - 1 - 3 * (i + 1), 1));
      return quarterTag(t, at.toISOString().slice(0, 7));
    }),
  );
  return tags.filter(({ name }) => !past.has(name));
}

/** Whether the bot may change the forum, as far as it knows. */
function mayManage({ sender, guild }: Attempt, forumId: string): boolean {
  const known = sender.client.guilds.cache.get(guild.id);
  const me = known?.members.me;
  const forum = known?.channels.cache.get(forumId);
  return Boolean(me && forum?.permissionsFor(me).has(PermissionFlagsBits.ManageChannels));
}
