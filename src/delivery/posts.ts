import { insertNotice, setUpPrefix } from '../db/notices.ts';
import { type Posting, type PostSource, resting } from './notices/posting.ts';
import type { Attempt } from './attempt.ts';
import { editMessage, look, post } from './messages.ts';
import type { Outcome } from './outcome.ts';

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
  attempt.concerns = posting.channelId;
  return followed(attempt, source, await postOnce(attempt, source, posting), posting);
}

async function postOnce(attempt: Attempt, source: PostSource, { channelId, card, stale }: Posting): Promise<Outcome> {
  if (stale === undefined) return await post(attempt, channelId, card);
  const { notice, ctx } = attempt;
  // Too late to post it; but if it arrived unnoticed it stays as it is.
  const there = attempt.unsureSince === null ? undefined : await look(attempt, channelId, attempt.unsureSince);
  if (there) return { is: 'delivered', channelId, messageId: there.id };
  const dropped: Outcome = { is: 'void', why: stale, also: (trx) => source.dropped(trx, ctx, notice, stale) };
  if (stale !== resting) return dropped;
  // What rests is only looked at, without a request: it goes on as soon as the bot may post there.
  const problem = notice.problem?.slice(setUpPrefix.length) ?? resting;
  return attempt.mayPost(channelId) ? dropped : { is: 'again', waits: 'mending', problem };
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
