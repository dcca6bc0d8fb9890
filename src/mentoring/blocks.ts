/**
 * Who does not want to have to do with whom. A block is silent, and to whom it concerns it looks like a pause in every
 * answer, message and moment.
 */
import type { Context } from '../context.ts';
import { type Block, countBlocks, deleteBlock, insertBlock, listBlocks } from '../db/blocks.ts';
import { listLiveMentorshipsOf, type Mentorship } from '../db/mentorships.ts';
import type { Trx } from '../db/open.ts';
import { listLiveRequestsOf } from '../db/requests.ts';
import { UserError } from '../errors.ts';
import type { Acting } from '../guild/acting.ts';
import { requireGuild } from '../guild/guilds.ts';
import { inTurn } from '../guild/turn.ts';
import { takeOffBetween } from './office-hours/let-go.ts';
import { continueSearch, endRequest, releaseRequests } from './requests/onward.ts';
import { isForemost } from './requests/week.ts';
import { partnerIn } from './mentorships.ts';

/** How many members one member may block: more than anybody needs, few enough for one list. */
const blocksAtMost = 50;

/** The effect of a block. */
export interface BlockOutcome {
  /** False where they were blocked before. */
  readonly isNew: boolean;
  /** Whether a request between the two was closed. */
  readonly closedRequest: boolean;
  /** The mentorship of the two, which goes on until one of them ends it. */
  readonly mentorship: Mentorship | undefined;
}

/**
 * Blocks a member, at once: what was asked between the two lapses like for any other reason, they are never suggested,
 * matched or shown to each other again, and the other is told of nothing.
 * @throws UserError for oneself, and for one more than may be.
 */
export async function blockMember(ctx: Context, by: Acting, otherId: string): Promise<BlockOutcome> {
  if (otherId === by.userId) throw new UserError((t) => t.block.refused.yourself);
  const { guildId, userId } = by;
  return await inTurn(ctx.db, guildId, async (trx) => {
    await requireGuild(trx, guildId);
    const isNew = await insertBlock(trx, { guildId, memberId: userId, blockedId: otherId }, ctx.now());
    // Counted with this one: of two at once only one gets the last place.
    if (isNew && (await countBlocks(trx, by)) > blocksAtMost)
      throw new UserError((t) => t.block.refused.tooMany(blocksAtMost));
    const closedRequest = await closeBetween(ctx, trx, by, otherId);
    await takeOffBetween(trx, ctx, guildId, userId, otherId);
    const live = await listLiveMentorshipsOf(trx, guildId, userId);
    return { isNew, closedRequest, mentorship: live.find((pair) => partnerIn(pair, userId) === otherId) };
  });
}

async function closeBetween(ctx: Context, trx: Trx, { guildId, userId }: Acting, otherId: string): Promise<boolean> {
  const mine = (await listLiveRequestsOf(trx, guildId, userId)).filter(({ mentor_id: id }) => id === otherId);
  for (const request of mine) {
    await endRequest(ctx, trx, request, { to: 'withdrawn', by: 'mentee' });
    if (isForemost(request)) await continueSearch(ctx, trx, request, { waits: false });
  }
  const theirs = (await listLiveRequestsOf(trx, guildId, otherId)).filter(({ mentor_id: id }) => id === userId);
  // As when a mentor pauses.
  await releaseRequests(ctx, trx, theirs, 'away');
  return mine.length + theirs.length > 0;
}

/**
 * Takes a block back, also one of somebody who has deleted their data since. What it ended stays ended.
 * @throws UserError when there is none.
 */
export async function unblockMember(ctx: Context, by: Acting, otherId: string): Promise<void> {
  await inTurn(ctx.db, by.guildId, async (trx) => {
    if (!(await deleteBlock(trx, ctx, by, otherId))) throw new UserError((t) => t.block.refused.notBlocked(otherId));
  });
}

/** Whom a member has blocked, the latest first. */
export async function findBlocks(ctx: Context, whose: Acting): Promise<readonly Block[]> {
  await requireGuild(ctx.db, whose.guildId);
  return await listBlocks(ctx.db, whose);
}
