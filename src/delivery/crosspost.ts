import { RESTJSONErrorCodes, Routes } from 'discord.js';
import { findCrosspostPlace, readDetail } from '../db/notices.ts';
import { later } from '../time.ts';
import type { Attempt } from './attempt.ts';
import type { Outcome } from './outcome.ts';
import { codes, goneMessageCodes, isRefusal } from './request-failure.ts';

/** Messages of one channel that are published in an hour: what Discord lets through, as bots' authors have found. */
export const crosspostsAnHour = 10;

const hourMs = 3_600_000;

/** Discord says so of a message that was published before: by an attempt whose answer was lost, or by a moderator. */
const publishedCodes = codes(RESTJSONErrorCodes.ThisMessageWasAlreadyCrossposted);
/** Not an announcement channel, or not to be published: then the message stands in its own channel, and that is all. */
const privateCodes = codes(
  RESTJSONErrorCodes.CannotExecuteActionOnThisChannelType,
  RESTJSONErrorCodes.InvalidMessageType,
  RESTJSONErrorCodes.CannotExecuteActionOnSystemMessage,
);

/**
 * Publishes a message to the servers that follow its channel. It is a notice of its own, owed from the moment the message
 * is there: a crash in between loses nothing, and Discord does not publish a message twice.
 */
export async function crosspost(attempt: Attempt): Promise<Outcome> {
  const { notice, ctx } = attempt;
  const { channelId, messageId } = readDetail('crosspost', notice);
  const since = later(ctx.now(), { ms: -hourMs });
  const before = await findCrosspostPlace(ctx.db, channelId, since, crosspostsAnHour);
  if (before !== undefined) return { is: 'later', dueAt: later(before, { ms: hourMs }), problem: 'crossposts' };
  try {
    await attempt.request('post', Routes.channelMessageCrosspost(channelId, messageId));
  } catch (error) {
    if (isRefusal(error, privateCodes) || isRefusal(error, goneMessageCodes)) return { is: 'void', why: error.code };
    if (!isRefusal(error, publishedCodes)) throw error;
  }
  return { is: 'delivered', channelId, messageId };
}
