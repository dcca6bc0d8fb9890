import { AllowedMentionsTypes, type APIMessage, type RESTPatchAPIChannelMessageJSONBody, Routes } from 'discord.js';
import { channelColumns } from '../guild/settings.ts';
import { epochMs } from '../time.ts';
import type { Render } from './notices/scene.ts';
import type { Card } from '../discord/replies.ts';
import type { Attempt } from './attempt.ts';
import type { Outcome } from './outcome.ts';
import { codesOf } from './refusals.ts';
import { isRefusal, RequestFailure } from './request-failure.ts';
import { referred, refersTo } from '../discord/embeds.ts';
import type { Texts } from '../texts/en.ts';
import { firstRevision } from '../db/notices/write.ts';

const goneMessageCodes = codesOf('message-gone');

/** How many channels of direct messages are remembered: opening one again answers the same, but costs a request. */
const knownDmsLimit = 1_000;

/**
 * How each message begins: what stands already is corrected, and what has nothing to say is dropped.
 * @param postNew brings it to its place; its card is undefined where it has nothing to say, but may have been posted.
 */
export async function deliver(
  attempt: Attempt,
  render: Render,
  postNew: (card: Card | undefined) => Promise<Outcome>,
): Promise<Outcome> {
  const { channel_id: channelId, message_id: messageId } = attempt.notice;
  const card = await render(attempt);
  if (channelId !== null && messageId !== null) return await editMessage(attempt, channelId, messageId, card);
  if (!card && attempt.unsureSince === null) return { is: 'void', why: 'nothing-to-say' };
  return await postNew(card);
}

/**
 * Brings a message of a channel up to date as `deliver` does. Where somebody took it away while it asks for something, it
 * stands there again, and mentions nobody a second time.
 */
export async function deliverAgain(
  attempt: Attempt,
  render: Render,
  postNew: (card: Card | undefined) => Promise<Outcome>,
): Promise<Outcome> {
  try {
    return await deliver(attempt, render, postNew);
  } catch (error) {
    if (attempt.notice.message_id === null || !isRefusal(error, goneMessageCodes)) throw error;
    const card = await render(attempt);
    if (!card?.components?.length) throw error;
    return await postNew({ ...card, allowedMentions: {} });
  }
}

/**
 * Delivers a direct message to whom the notice is for.
 * @param showsMember whether it brings another member to them: Discord takes messages to people who have left, too.
 */
export async function toPerson(attempt: Attempt, render: Render, showsMember: boolean): Promise<Outcome> {
  const userId = attempt.notice.user_id;
  if (userId === null) return { is: 'void', why: 'no-recipient' };
  return await deliver(attempt, render, async (card) => {
    if (showsMember) await attempt.member(userId);
    return await post(attempt, await openDm(attempt, userId), card);
  });
}

/** Delivers a message to one of the guild's own channels. */
export async function toChannel(
  attempt: Attempt,
  place: 'mentoring' | 'staff' | 'study',
  render: Render,
): Promise<Outcome> {
  return await deliverAgain(attempt, render, async (card) => {
    const channelId = attempt.guild[channelColumns[place]];
    if (channelId === null) {
      const problem = 'channel-not-set';
      return { is: 'again', waits: 'mending', problem, tells: { problem, id: place } };
    }
    attempt.concerns = channelId;
    const outcome = await post(attempt, channelId, card, { isChosen: true });
    const isHere = outcome.is === 'delivered' && outcome.channelId === channelId;
    return isHere ? { ...outcome, worked: [channelId, place] } : outcome;
  });
}

/**
 * Posts a card once. When an earlier attempt may have posted it already, looks for it first, and brings it up to date
 * where what it says may have changed since.
 * @param card undefined when nothing is left to say: then only what is already there is changed.
 * @param below the message that it answers; where that is gone, it stands by itself.
 * @param isChosen whether moderators choose the channel: then it is looked for in the former one, too.
 */
export async function post(
  attempt: Attempt,
  channelId: string,
  card: Card | undefined,
  { below, isChosen = false }: { readonly below?: string | undefined; readonly isChosen?: boolean } = {},
): Promise<Outcome> {
  const { notice } = attempt;
  const there = await lookWhereTried(attempt, channelId);
  if (there) {
    const place = { channelId: there.channel_id, messageId: there.id };
    // Nothing has changed it: an edit, which mentions nobody, could take from it the highlight of whom it notified.
    if (card && notice.revision === firstRevision) return { is: 'delivered', ...place };
    return await editMessage(attempt, place.channelId, place.messageId, card);
  }
  if (!card) return { is: 'void', why: 'nothing-to-say' };
  if (isChosen) await attempt.tries(channelId);
  const message = await attempt.request<APIMessage>('post', Routes.channelMessages(channelId), {
    creates: true,
    // Discord drops a second message with the same nonce for some minutes: the net below the look.
    body: {
      ...toBody(card, notice.id),
      ...(below === undefined ? {} : { message_reference: { message_id: below, fail_if_not_exists: false } }),
      nonce: notice.id,
      enforce_nonce: true,
    },
  });
  return { is: 'delivered', channelId, messageId: message.id };
}

/** Brings a message up to date. */
export async function editMessage(
  attempt: Attempt,
  channelId: string,
  messageId: string,
  card: Card | undefined,
): Promise<Outcome> {
  const body: RESTPatchAPIChannelMessageJSONBody = toBody(card ?? outOfDate(attempt.t), attempt.notice.id);
  attempt.concerns = channelId;
  await attempt.request('patch', Routes.channelMessage(channelId, messageId), {
    // An edit pings nobody: whom it concerns has been told.
    body: { ...body, allowed_mentions: { parse: [] } },
  });
  return { is: 'delivered', channelId, messageId };
}

/** What stays of a message whose subject is no more: neither its text nor its buttons. */
function outOfDate(t: Texts): Card {
  return { embeds: [{ description: t.notices.outOfDate }] };
}

/** Messages that one request returns, Discord's limit. */
const pageSize = 100;
/** How far back to look: further than the bot and people write in a channel within an outage. */
const pages = 20;
/** How far Discord's clock and ours may differ. */
export const skewMs = 10 * 60_000;

/** Looks for the message where an earlier attempt may have posted it: in the channel of now, and in the one of then. */
async function lookWhereTried(attempt: Attempt, channelId: string): Promise<APIMessage | undefined> {
  const { unsureSince } = attempt;
  if (unsureSince === null) return undefined;
  const former = attempt.formerPlace(channelId);
  const there = former === undefined ? undefined : await inFormer(() => look(attempt, former, unsureSince));
  return there ?? (await look(attempt, channelId, unsureSince));
}

/** Looks in a place that is not chosen any more; where the bot cannot, nobody can say more, and what is chosen now counts. */
export async function inFormer<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RequestFailure && error.kind === 'refused') return undefined;
    throw error;
  }
}

/** Looks for a message of this notice that an earlier attempt may have posted. */
export async function look(attempt: Attempt, channelId: string, since: string): Promise<APIMessage | undefined> {
  const me = await attempt.ownId();
  const oldest = epochMs(since) - skewMs;
  let before: string | undefined;
  for (let page = 0; page < pages; page += 1) {
    const messages = await attempt.request<APIMessage[]>('get', Routes.channelMessages(channelId), {
      query: { limit: String(pageSize), ...(before === undefined ? {} : { before }) },
    });
    const found = messages.find((message) => message.author.id === me && isOf(message, attempt.notice.id));
    if (found) return found;
    const last = messages.at(-1);
    if (!last || messages.length < pageSize || epochMs(last.timestamp) < oldest) return undefined;
    before = last.id;
  }
  return undefined;
}

/** Whether a message is the one of this notice. */
export function isOf(message: APIMessage, noticeId: string): boolean {
  return message.embeds.some((embed) => refersTo(embed, noticeId));
}

/** A card as Discord takes it, whole: what it does not mention is taken away by an edit. */
export function toBody(card: Card, noticeId: string) {
  const embeds = card.embeds ?? [];
  return {
    content: card.content ?? '',
    // The last embed carries how to find the message again.
    embeds: embeds.map((embed, index) => (index === embeds.length - 1 ? referred(embed, noticeId) : embed)),
    components: card.components ?? [],
    allowed_mentions: {
      parse: card.allowedMentions?.everyone ? [AllowedMentionsTypes.Everyone] : [],
      ...(card.allowedMentions?.users ? { users: card.allowedMentions.users } : {}),
      ...(card.allowedMentions?.roles ? { roles: card.allowedMentions.roles } : {}),
    },
  };
}

/** The channel of direct messages with a person. */
export async function openDm(attempt: Attempt, userId: string): Promise<string> {
  const { dms } = attempt.sender;
  const known = dms.get(userId);
  if (known !== undefined) return known;
  const { id } = await attempt.request<{ id: string }>('post', Routes.userChannels(), {
    body: { recipient_id: userId },
  });
  if (dms.size >= knownDmsLimit) dms.clear();
  dms.set(userId, id);
  return id;
}
