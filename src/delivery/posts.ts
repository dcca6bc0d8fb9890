import { RESTJSONErrorCodes } from 'discord.js';
import { insertNotice } from '../db/notices.ts';
import type { PostFailure, Posting, PostSource } from './notices/posting.ts';
import type { Attempt } from './attempt.ts';
import { editMessage, look, post } from './messages.ts';
import type { Follow, Outcome } from './outcome.ts';
import { closedChannelCodes, codes, goneChannelCodes, goneGuildCodes, isRefusal } from './request-failure.ts';

/** Discord took the request and says that the message itself cannot be: trying again will not change that. */
const refusedCodes = codes(
  RESTJSONErrorCodes.InvalidFormBodyOrContentType,
  RESTJSONErrorCodes.CannotSendAnEmptyMessage,
  RESTJSONErrorCodes.MessageWasBlockedByAutomaticModeration,
  RESTJSONErrorCodes.InvalidActionOnArchivedThread,
);

/** Posts for everybody in a channel that a moderator chose, once, and brings it up to date when it has changed. */
export async function toChosenChannel(attempt: Attempt, source: PostSource): Promise<Outcome> {
  const { notice, ctx } = attempt;
  await source.prepare?.(attempt);
  const posting = await source.find(attempt);
  if (notice.channel_id !== null && notice.message_id !== null) {
    return followed(attempt, source, await editMessage(attempt, notice.channel_id, notice.message_id, posting?.card));
  }
  if (!posting) {
    return { is: 'void', why: 'nothing-to-say', also: (trx) => source.dropped(trx, ctx, notice, 'nothing') };
  }
  try {
    return followed(attempt, source, await postOnce(attempt, source, posting), posting);
  } catch (error) {
    if (isRefusal(error, goneGuildCodes)) return { is: 'guild-gone' };
    const why = failureOf(error);
    if (why === undefined) throw error;
    const also: Follow = (trx) => source.failed(trx, ctx, notice, why, posting.channelId);
    return { is: 'void', why, also };
  }
}

async function postOnce(attempt: Attempt, source: PostSource, { channelId, card, stale }: Posting): Promise<Outcome> {
  if (stale === undefined) return await post(attempt, channelId, card);
  const { notice, ctx } = attempt;
  // Too late to post it; but if it arrived unnoticed it stays as it is.
  const there = attempt.unsureSince === null ? undefined : await look(attempt, channelId, attempt.unsureSince);
  if (there) return { is: 'delivered', channelId, messageId: there.id };
  return { is: 'void', why: stale, also: (trx) => source.dropped(trx, ctx, notice, stale) };
}

/** What has arrived is recorded with all that follows from it: for whom it was made, and that it is to be published. */
function followed(attempt: Attempt, source: PostSource, outcome: Outcome, posting?: Posting): Outcome {
  const { notice, ctx } = attempt;
  if (outcome.is !== 'delivered' || outcome.channelId === null || outcome.messageId === null) return outcome;
  const place = { channelId: outcome.channelId, messageId: outcome.messageId };
  return {
    ...outcome,
    also: async (trx) => {
      await source.delivered(trx, ctx, notice, place);
      if (!posting?.crosspost) return;
      await insertNotice(trx, ctx, {
        guildId: notice.guild_id,
        kind: 'crosspost',
        subjectId: notice.id,
        detail: place,
        dedupeKey: `crosspost:${notice.id}`,
      });
    },
  };
}

function failureOf(error: unknown): PostFailure | undefined {
  if (isRefusal(error, goneChannelCodes)) return 'channel-deleted';
  if (isRefusal(error, closedChannelCodes)) return 'channel-closed';
  return isRefusal(error, refusedCodes) ? 'refused' : undefined;
}
