import { findGuild, type Guild } from '../db/guilds.ts';
import { awayPrefix, claimNotices, type Queue, type Notice, postponeNotice, releaseNotice } from '../db/notices.ts';
import { textsOfGuild, textsOfMember } from '../guild/language.ts';
import type { Texts } from '../texts/en.ts';
import { type Instant, later } from '../time.ts';
import { Attempt, type Sender, leaseMs } from './attempt.ts';
import { settle, settleFailure } from './settle.ts';
import { carryOut, goesToPerson, laneOf } from './routes.ts';

/** How many notices are claimed at a time. */
const batchSize = 50;
/** How many lanes are served at the same time. For posts as many as are on their way at once when Discord is slow. */
const lanesAtOnce: Readonly<Record<Queue, number>> = { people: 8, bulk: 40 };
/** When so few posts wait in hand, the next are claimed. */
const fewPosts = 25;

/** Takes one batch of what people wait for and sees each of it through. Returns false when nothing was due. */
export async function deliverBatch(sender: Sender, stopping: AbortSignal): Promise<boolean> {
  if (stopping.aborted) return false;
  const lanes = await claimLanes(sender, 'people');
  const isAny = lanes.length > 0;
  await Promise.all(
    Array.from({ length: Math.min(lanesAtOnce.people, lanes.length) }, async () => {
      for (let lane = lanes.shift(); lane; lane = lanes.shift()) await serveLane(sender, lane, stopping);
    }),
  );
  return isAny;
}

/**
 * Sees all posts through that are due. The next are claimed while the last are still under way: with a pause between
 * batches the permitted pace could not be held. Returns false when nothing was due.
 */
export async function deliverPosts(sender: Sender, stopping: AbortSignal): Promise<boolean> {
  const waiting: Notice[][] = [];
  let refilling: Promise<void> | undefined;
  let isDry = false;
  const refill = (): Promise<void> => {
    refilling ??= (async () => {
      try {
        const lanes = stopping.aborted ? [] : await claimLanes(sender, 'bulk');
        waiting.push(...lanes);
        isDry = lanes.length === 0;
      } catch (error) {
        isDry = true;
        throw error;
      } finally {
        refilling = undefined;
      }
    })();
    return refilling;
  };
  const serve = async (): Promise<void> => {
    for (;;) {
      const lane = waiting.shift();
      if (lane) {
        const served = serveLane(sender, lane, stopping);
        if (waiting.length < fewPosts && !isDry) await Promise.all([served, refill()]);
        else await served;
      } else if (isDry) {
        return;
      } else {
        await refill();
      }
    }
  };
  await refill();
  const isAny = waiting.length > 0;
  const served = await Promise.allSettled(
    Array.from({ length: Math.min(lanesAtOnce.bulk, Math.max(waiting.length, 1)) }, serve),
  );
  const failed = served.find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
  return isAny;
}

async function claimLanes({ ctx }: Sender, queue: Queue): Promise<Notice[][]> {
  const now = ctx.now();
  const notices = await claimNotices(ctx.db, now, later(now, { ms: leaseMs }), batchSize, queue);
  return [...Map.groupBy(notices, laneOf).values()];
}

/** Delivers the notices of one lane in order. When Discord is away, what comes after waits as long as what failed. */
async function serveLane(sender: Sender, notices: readonly Notice[], stopping: AbortSignal): Promise<void> {
  const { ctx } = sender;
  let holdUntil: Instant | undefined;
  for (const notice of notices) {
    try {
      if (holdUntil !== undefined) {
        await postponeNotice(ctx.db, notice, {
          dueAt: holdUntil,
          problem: `${awayPrefix}held`,
          unsureSince: notice.unsure_since,
          counts: false,
        });
      } else if (stopping.aborted) {
        await releaseNotice(ctx.db, notice);
      } else {
        ({ holdUntil } = await deliver(sender, notice));
      }
    } catch (error) {
      // The claim runs out by itself, and whoever takes over then looks before sending.
      ctx.log.error({ err: error, notice: notice.id }, 'the outcome of a delivery could not be written down');
    }
  }
}

/** The texts in which a notice is written: its reader's own, or the guild's. */
async function textsFor({ ctx, client }: Sender, guild: Guild, notice: Notice): Promise<Texts> {
  const preferred = client.guilds.cache.get(guild.id)?.preferredLocale;
  if (notice.user_id === null || !goesToPerson(notice.kind)) return textsOfGuild(ctx, guild, preferred);
  return await textsOfMember(ctx, guild, notice.user_id, preferred);
}

async function deliver(sender: Sender, notice: Notice): Promise<{ holdUntil?: Instant }> {
  const guild = await findGuild(sender.ctx.db, notice.guild_id);
  if (!guild) throw new Error('a notice without its guild');
  const attempt = new Attempt(sender, guild, notice, await textsFor(sender, guild, notice));
  try {
    return await settle(attempt, await carryOut(attempt));
  } catch (error) {
    return await settleFailure(attempt, error);
  }
}
