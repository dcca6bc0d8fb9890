import type { QuietReason } from '../db/notice-kinds.ts';
import { type Posting, type PostSource, resting } from './notices/posting.ts';
import type { Attempt } from './attempt.ts';
import { findClearance } from './clearance.ts';
import { isForumNow, editPosted, lookInForum, postInForum } from './forum.ts';
import { openForMention } from './mention.ts';
import { inFormer, look, post } from './messages.ts';
import type { Outcome } from './outcome.ts';
import { insertNotice } from '../db/notices/write.ts';
import { setUpPrefix } from '../db/notices/claims.ts';

/**
 * Posts for everybody in a channel that a moderator chose, once, and brings it up to date when it has changed. Whether it
 * may still be posted, and notify whom it was to, is asked of Discord before.
 */
export async function toChosenChannel(attempt: Attempt, source: PostSource): Promise<Outcome> {
  const { notice, ctx } = attempt;
  await source.prepare?.(attempt);
  if (notice.channel_id !== null && notice.message_id !== null) {
    const { channel_id: channelId, message_id: messageId } = notice;
    const posting = await source.find(attempt, false);
    return followed(attempt, source, await editPosted(attempt, { channelId, messageId }, posting));
  }
  const planned = await source.find(attempt, false);
  if (!planned) {
    // Nothing is to be posted anywhere; what arrived unnoticed stands as it is.
    const there = await lookInFormer(attempt, '');
    if (there) return followed(attempt, source, there);
    return { is: 'void', why: 'nothing-to-say', also: (trx) => source.dropped(trx, ctx, notice, 'nothing') };
  }
  const { channelId, stale } = planned;
  attempt.concerns = channelId;
  if (stale !== undefined) {
    const there = await lookForLost(attempt, planned);
    return there ? followed(attempt, source, there) : dropped(attempt, source, planned, stale);
  }
  const charge = await source.charge(attempt);
  const { mayPost, quiet: fault } = await findClearance(attempt, charge);
  if (!mayPost) {
    const there = await lookForLost(attempt, planned);
    const why = 'moderator-gone';
    // Not tried again: that takes somebody who decides.
    return there
      ? followed(attempt, source, there)
      : { is: 'void', why, also: (trx) => source.failed(trx, ctx, notice, why, channelId) };
  }
  const quiet = fault ?? (await openForMention(attempt, charge));
  const posting = quiet === undefined ? planned : ((await source.find(attempt, true)) ?? planned);
  const there = await lookInFormer(attempt, channelId);
  if (there) return followed(attempt, source, there);
  if (!source.keepsPlace) await attempt.tries(channelId);
  const isForum = await isForumNow(attempt, posting);
  const outcome = isForum
    ? await postInForum(attempt, posting)
    : await post(attempt, channelId, posting.card, { below: posting.below });
  return followed(attempt, source, outcome, { posting, quiet });
}

/** It is not to be posted any more; but if it arrived unnoticed it stays as it is. */
async function lookForLost(attempt: Attempt, posting: Posting): Promise<Outcome | undefined> {
  const { channelId } = posting;
  const { unsureSince } = attempt;
  if (unsureSince === null) return undefined;
  const former = await lookInFormer(attempt, channelId);
  if (former) return former;
  if (await isForumNow(attempt, posting)) return await lookInForum(attempt, channelId, unsureSince);
  const there = await look(attempt, channelId, unsureSince);
  return there && { is: 'delivered', channelId, messageId: there.id };
}

/** What an earlier attempt may have posted where moderators have chosen another place since. */
async function lookInFormer(attempt: Attempt, channelId: string): Promise<Outcome | undefined> {
  const { unsureSince } = attempt;
  const former = attempt.formerPlace(channelId);
  if (former === undefined || unsureSince === null) return undefined;
  return await inFormer(async () => {
    if (await isForumNow(attempt, { channelId: former })) return await lookInForum(attempt, former, unsureSince);
    const there = await look(attempt, former, unsureSince);
    return there && { is: 'delivered', channelId: former, messageId: there.id };
  });
}

function dropped(
  attempt: Attempt,
  source: PostSource,
  { channelId, parentId = null }: Posting,
  stale: string,
): Outcome {
  const { notice, ctx } = attempt;
  const outcome: Outcome = { is: 'void', why: stale, also: (trx) => source.dropped(trx, ctx, notice, stale) };
  if (stale !== resting) return outcome;
  // A resting post is checked from memory, without a request, until the bot may post there.
  const problem = notice.problem?.slice(setUpPrefix.length) ?? resting;
  return attempt.mayPost(channelId, parentId) ? outcome : { is: 'again', waits: 'mending', problem };
}

/** What has arrived is recorded with all that follows from it: for whom it was made, and that it is to be published. */
function followed(
  attempt: Attempt,
  source: PostSource,
  outcome: Outcome,
  posted?: { readonly posting: Posting; readonly quiet: QuietReason | undefined },
): Outcome {
  const { notice, ctx } = attempt;
  if (outcome.is !== 'delivered' || outcome.channelId === null || outcome.messageId === null) return outcome;
  const place = { channelId: outcome.channelId, messageId: outcome.messageId };
  return {
    ...outcome,
    also: async (trx) => {
      await source.delivered(trx, ctx, notice, place, posted?.quiet);
      if (!posted?.posting.crosspost) return;
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
