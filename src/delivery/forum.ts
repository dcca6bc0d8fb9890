/** Posts in forums: each is a thread whose first message, with the same id, is what was to be posted. */
import {
  type APIGuildForumChannel,
  type APIMessage,
  type APIThreadChannel,
  ChannelType,
  type RESTGetAPIChannelThreadsArchivedPublicResult,
  type RESTGetAPIGuildThreadsResult,
  Routes,
  SnowflakeUtil,
} from 'discord.js';
import { postTitle } from '../discord/cards/announcement.ts';
import { epochMs, type Instant } from '../time.ts';
import type { Attempt } from './attempt.ts';
import { editMessage, isOf, skewMs, toBody } from './messages.ts';
import type { Place, Posting } from './notices/posting.ts';
import type { Outcome } from './outcome.ts';
import { codesOf } from './refusals.ts';
import { isRefusal, RequestFailure } from './request-failure.ts';

const asleepCodes = codesOf('asleep');
const goneCodes: ReadonlySet<string> = new Set([...codesOf('message-gone'), ...codesOf('channel-gone')]);
/** Archived threads that one request returns. */
const pageSize = 100;
/** How far back to look among archived posts: further than a forum archives within an outage. */
const pages = 5;

/** Whether a place is a forum: from memory, or by asking where another process has its guild in memory. */
export async function isForumNow(
  attempt: Attempt,
  { channelId, parentId = null }: Pick<Posting, 'channelId' | 'parentId'>,
): Promise<boolean> {
  if (parentId !== null) return false;
  const guild = attempt.sender.client.guilds.cache.get(attempt.guild.id);
  const type =
    guild?.available === true
      ? guild.channels.cache.get(channelId)?.type
      : (await attempt.request<{ type: ChannelType }>('get', Routes.channel(channelId))).type;
  return type === ChannelType.GuildForum;
}

/**
 * Posts in a forum once. When an earlier attempt may have done so already, looks for it first.
 * @param chosen the ids of its tags; the posting's own where absent.
 */
export async function postInForum(attempt: Attempt, posting: Posting, chosen?: readonly string[]): Promise<Outcome> {
  const { notice } = attempt;
  const { channelId: forumId, card } = posting;
  if (attempt.unsureSince !== null) {
    const there = await lookInForum(attempt, forumId, attempt.unsureSince);
    if (there) return there;
  }
  const tags = chosen ?? (await usableTags(attempt, posting));
  attempt.hasNoNonce = true;
  const thread = await attempt.request<APIThreadChannel>('post', Routes.threads(forumId), {
    creates: true,
    body: {
      name: titleOf(attempt, posting),
      message: toBody(card, notice.id),
      ...(tags.length > 0 ? { applied_tags: tags } : {}),
    },
  });
  return { is: 'delivered', channelId: thread.id, messageId: thread.id };
}

function titleOf({ t }: Attempt, { title, card }: Posting): string {
  return postTitle(t, title ?? card.embeds?.[0]?.title ?? '');
}

/** The chosen tag, while the forum has it: without it Discord says whether one is needed. */
async function usableTags(attempt: Attempt, { channelId, tagId = null }: Posting): Promise<string[]> {
  if (tagId === null) return [];
  const forum = attempt.sender.client.guilds.cache.get(attempt.guild.id)?.channels.cache.get(channelId);
  const tags =
    forum?.type === ChannelType.GuildForum
      ? forum.availableTags
      : (await attempt.request<APIGuildForumChannel>('get', Routes.channel(channelId))).available_tags;
  return tags.some(({ id }) => id === tagId) ? [tagId] : [];
}

/** Looks for a post of this notice that an earlier attempt may have made: among the bot's own since then. */
export async function lookInForum(attempt: Attempt, forumId: string, since: Instant): Promise<Outcome | undefined> {
  const me = await attempt.ownId();
  const oldest = epochMs(since) - skewMs;
  const isCandidate = ({ id, parent_id: parentId, owner_id: ownerId }: APIThreadChannel) =>
    parentId === forumId && ownerId === me && SnowflakeUtil.timestampFrom(id) >= oldest;
  const active = await attempt.request<RESTGetAPIGuildThreadsResult>(
    'get',
    Routes.guildActiveThreads(attempt.guild.id),
  );
  const found = await findAmong(attempt, (active.threads as APIThreadChannel[]).filter(isCandidate));
  if (found) return found;
  let before: string | undefined;
  for (let page = 0; page < pages; page += 1) {
    const { threads, has_more: hasMore } = await attempt.request<RESTGetAPIChannelThreadsArchivedPublicResult>(
      'get',
      Routes.channelThreads(forumId, 'public'),
      { query: { limit: String(pageSize), ...(before === undefined ? {} : { before }) } },
    );
    const archived = threads as APIThreadChannel[];
    const there = await findAmong(attempt, archived.filter(isCandidate));
    if (there) return there;
    before = archived.at(-1)?.thread_metadata?.archive_timestamp;
    if (!hasMore || before === undefined || epochMs(before) < oldest) return undefined;
  }
  return undefined;
}

async function findAmong(attempt: Attempt, threads: readonly APIThreadChannel[]): Promise<Outcome | undefined> {
  for (const { id } of threads) {
    try {
      const first = await attempt.request<APIMessage>('get', Routes.channelMessage(id, id));
      if (isOf(first, attempt.notice.id)) return { is: 'delivered', channelId: id, messageId: id };
    } catch (error) {
      // Somebody deleted the first message, or the post.
      if (!isRefusal(error, goneCodes)) throw error;
    }
  }
  return undefined;
}

/**
 * Brings up to date what stands in a place. An announcement is a moderator's to change, also in a thread that was archived
 * since: it is woken up for that; and a forum's post is called as the announcement is.
 */
export async function editPosted(
  attempt: Attempt,
  { channelId, messageId }: Place,
  posting: Posting | undefined,
): Promise<Outcome> {
  const edit = () => editMessage(attempt, channelId, messageId, posting?.card);
  if (attempt.notice.kind !== 'announcement') return await edit();
  let outcome: Outcome;
  try {
    outcome = await edit();
  } catch (error) {
    if (!isRefusal(error, asleepCodes)) throw error;
    await orThrow(error, () => wake(attempt, channelId, error));
    outcome = await edit();
  }
  if (channelId === messageId && posting) await renamePost(attempt, channelId, titleOf(attempt, posting));
  return outcome;
}

/** Opens an archived thread again. @throws the refusal that led here, where it is none. */
async function wake(attempt: Attempt, threadId: string, refusal: RequestFailure): Promise<void> {
  const thread = await attempt.request<APIThreadChannel>('get', Routes.channel(threadId));
  if (thread.thread_metadata?.archived !== true) throw refusal;
  await attempt.request('patch', Routes.channel(threadId), { body: { archived: false } });
}

/** What is refused on the way to mending a refusal is that refusal. */
async function orThrow(before: RequestFailure, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    throw error instanceof RequestFailure && error.kind === 'refused' ? before : error;
  }
}

async function renamePost(attempt: Attempt, threadId: string, name: string): Promise<void> {
  try {
    const post = await attempt.request<APIThreadChannel>('get', Routes.channel(threadId));
    if (post.name !== name) await attempt.request('patch', Routes.channel(threadId), { body: { name } });
  } catch (error) {
    // The post itself says what it should: a name that nobody lets the bot change keeps no change from being made.
    if (!(error instanceof RequestFailure && error.kind === 'refused')) throw error;
  }
}
