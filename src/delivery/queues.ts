import { setTimeout as delay } from 'node:timers/promises';
import { findGuild, type Guild } from '../db/guilds.ts';
import { textsOfGuild, textsOfMember } from '../guild/language.ts';
import type { Texts } from '../texts/en.ts';
import { epochMs, type Instant, later } from '../time.ts';
import { Attempt, type Sender, leaseMs } from './attempt.ts';
import { settle, settleFailure } from './settle.ts';
import { carryOut, goesToPerson, laneOf } from './routes.ts';
import type { Notice } from '../db/notices/write.ts';
import { awayPrefix, claimNotices, findNextDue, type Queue, type Turn } from '../db/notices/claims.ts';
import { postponeNotice, releaseNotice } from '../db/notices/outcomes.ts';

/** How many notices of a queue are in hand at once: as many as are on their way when Discord is slow, and some that wait. */
const handSize = 60;
/** How many of them may be one guild's: however much it owes, the next of another finds a place. */
const ofOneGuild = 30;
/** With room for so many, the next are claimed. */
const refillAt = 20;
/** The heartbeat looks every minute by itself; what is due sooner gets a timer. */
const longestTimerMs = 60_000;
/** How soon to look again after the database did not answer. */
const databaseWaitMs = 5_000;

/** How soon to look again for what another process may have left. */
const contestedMs = 250;
/** How often at most, for whoever waits until all that is due is delivered. */
const looksAgain = 20;

/** Sees through what is due of one queue, whenever it is woken or something comes due. */
interface QueueRunner {
  /** Claims what is due as far as there is room, and looks again as places come free; does not wait for it. */
  wake(): void;
  /** The same, and resolves when nothing due is left in hand. */
  deliverDue(): Promise<void>;
  /** After the signal to stop: resolves when nothing is in hand. */
  ended(): Promise<void>;
}

/** Notices that are delivered strictly one after the other. */
interface Lane {
  readonly waiting: Notice[];
  isServed: boolean;
  /** Discord was away at the last attempt: nothing more is tried before this moment. */
  holdUntil: Instant | undefined;
}

/** Starts a queue of this process. Notices of one lane are delivered one after the other, all lanes in hand at once. */
export function startQueue(sender: Sender, queue: Queue, stopping: AbortSignal): QueueRunner {
  const { ctx, rest } = sender;
  const lanes = new Map<string, Lane>();
  const serving = new Set<Promise<void>>();
  const ofGuild = new Map<string, number>();
  const turn: Turn = {
    after: '',
    roomOf: (guildId: string) => ofOneGuild - (ofGuild.get(guildId) ?? 0),
    // Posted too early nothing can be taken back, and what looks late may not be.
    isHeld: () => !ctx.time.isSure(),
  };
  let inHand = 0;
  let filling: Promise<void> | undefined;
  let isWoken = false;
  let timer: NodeJS.Timeout | undefined;

  function fill(): Promise<void> {
    // Somebody who comes while it goes on may have owed something that it no longer sees: it looks once more.
    isWoken = true;
    if (!stopping.aborted) filling ??= claimDue();
    return filling ?? Promise.resolve();
  }

  async function claimDue(): Promise<void> {
    clearTimeout(timer);
    let next: Instant | undefined;
    try {
      // After a refused token discord.js forgets it; the operator's answer to that is another start.
      rest.setToken(ctx.config.token);
      while (isWoken && !stopping.aborted) {
        isWoken = false;
        while (inHand < handSize && !stopping.aborted) {
          const now = ctx.now();
          const until = later(now, { ms: leaseMs });
          const claimed = await claimNotices(ctx.db, now, until, handSize - inHand, queue, turn);
          for (const notice of claimed) take(notice);
          if (claimed.length === 0) break;
        }
      }
      next = await findNextDue(ctx.db, ctx.now(), queue);
      if (turn.wasContested) next = earlierOf(next, later(ctx.now(), { ms: contestedMs }));
    } catch (error) {
      ctx.log.error({ err: error }, 'the outbox could not be read');
      next = later(ctx.now(), { ms: databaseWaitMs });
    }
    filling = undefined;
    wakeAt(next);
  }

  function wakeAt(due: Instant | undefined): void {
    if (due === undefined || stopping.aborted) return;
    const ms = epochMs(due) - epochMs(ctx.now());
    if (ms <= longestTimerMs) timer = setTimeout(() => void fill(), Math.max(ms, 0)).unref();
  }

  function take(notice: Notice): void {
    inHand += 1;
    ofGuild.set(notice.guild_id, (ofGuild.get(notice.guild_id) ?? 0) + 1);
    const name = laneOf(notice);
    const lane = lanes.get(name) ?? { waiting: [], isServed: false, holdUntil: undefined };
    lanes.set(name, lane);
    lane.waiting.push(notice);
    if (lane.isServed) return;
    lane.isServed = true;
    const ended = () => {
      lane.isServed = false;
      if (lane.holdUntil === undefined) lanes.delete(name);
    };
    const served = serveLane(sender, lane, { stopping, settled, ended });
    serving.add(served);
    void served.finally(() => serving.delete(served));
  }

  function settled(notice: Notice): void {
    inHand -= 1;
    const left = (ofGuild.get(notice.guild_id) ?? 1) - 1;
    if (left > 0) ofGuild.set(notice.guild_id, left);
    else ofGuild.delete(notice.guild_id);
    if (inHand <= handSize - refillAt) void fill();
  }

  const underWay = () => [...(filling ? [filling] : []), ...serving];

  async function finish(): Promise<void> {
    for (let work = underWay(); work.length > 0; work = underWay()) await Promise.all(work);
  }

  return {
    wake: () => void fill(),
    async deliverDue() {
      for (let looks = 0; ; looks += 1) {
        await fill();
        await finish();
        // What somebody else was claiming in the same guild, perhaps the other queue, is due all the same.
        if (!turn.wasContested || looks >= looksAgain || stopping.aborted) return;
        await delay(contestedMs, undefined, { signal: stopping }).catch(() => undefined);
      }
    },
    async ended() {
      clearTimeout(timer);
      await finish();
    },
  };
}

/**
 * Delivers the notices of one lane in order, those that join it meanwhile among them. When Discord is away, what comes
 * after waits as long as what failed.
 */
async function serveLane(
  sender: Sender,
  lane: Lane,
  {
    stopping,
    settled,
    ended,
  }: {
    readonly stopping: AbortSignal;
    readonly settled: (notice: Notice) => void;
    /** Called at once when nothing is left, so that whatever joins then begins anew. */
    readonly ended: () => void;
  },
): Promise<void> {
  const { ctx } = sender;
  const { waiting } = lane;
  for (let notice = waiting.shift(); notice; notice = waiting.shift()) {
    try {
      if (lane.holdUntil !== undefined && lane.holdUntil > ctx.now()) {
        await postponeNotice(ctx.db, notice, {
          dueAt: lane.holdUntil,
          problem: `${awayPrefix}held`,
          unsureSince: notice.unsure_since,
          counts: false,
        });
      } else if (stopping.aborted) {
        await releaseNotice(ctx.db, notice);
      } else {
        lane.holdUntil = (await deliver(sender, notice)).holdUntil;
      }
    } catch (error) {
      // The claim runs out by itself, and whoever takes over then looks before sending.
      ctx.log.error({ err: error, notice: notice.id }, 'the outcome of a delivery could not be written down');
    }
    settled(notice);
  }
  ended();
}

function earlierOf(one: Instant | undefined, other: Instant): Instant {
  return one !== undefined && one < other ? one : other;
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
  const { measures } = sender.ctx;
  try {
    const outcome = await carryOut(attempt);
    const settled = await settle(attempt, outcome);
    measures?.delivery(notice.kind, outcome.is);
    return settled;
  } catch (error) {
    measures?.delivery(notice.kind, 'failed');
    return await settleFailure(attempt, error);
  }
}
