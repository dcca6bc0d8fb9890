import { z } from 'zod';
import type { Context } from '../../context.ts';
import { insertAudit } from '../../db/audit.ts';
import { type Guild } from '../../db/guilds.ts';
import { insertNotices } from '../../db/notices.ts';
import type { Trx } from '../../db/open.ts';
import { countPairs } from '../../db/round-pairs.ts';
import {
  countSkipped,
  insertRoundRequests,
  listChangedPairs,
  listPublishable,
  listToTell,
  settlePublished,
  skipFull,
  skipImpossible,
  skipPair,
} from '../../db/round-publish.ts';
import { closeRound, recordOutcome, type Round, type RoundRun } from '../../db/rounds.ts';
import { UserError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { type Instant, later } from '../../time.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { expiryOf } from '../requests/onward.ts';
import { askAgainDays, findObstacle } from '../requests/rules.ts';
import { peoplePerSecond, toldDays } from './limits.ts';
import { requirePreview, requireThisPreview } from './open.ts';
import type { Acting } from '../../guild/acting.ts';
import { inTurn } from '../../guild/turn.ts';
import { touchPool } from '../../db/pool.ts';

/** Rows of one statement. */
const rowsAtOnce = 200;

const outcome = z.object({
  /** Requests made. */
  requests: z.number(),
  /** Mentees who wait on and are told why. */
  told: z.number(),
  /** Pairs that were not published, by why. */
  skipped: z.record(z.string(), z.number()),
});

/** What publishing a round did. */
export type Outcome = z.infer<typeof outcome>;

/** What publishing a round did; undefined for one that was not published. @throws ZodError when what is stored is none. */
export function readOutcome(round: Pick<Round, 'outcome'>): Outcome | undefined {
  return round.outcome === null ? undefined : outcome.parse(JSON.parse(round.outcome));
}

/** To how many people publishing would write, as things stand now. */
export interface Reach {
  readonly round: Round;
  readonly mentors: number;
  readonly mentees: number;
  /** Mentees who wait on and would be told why. */
  readonly left: number;
}

/**
 * To how many people publishing the guild's preview would write.
 * @param only the preview that the caller has seen; the one that is open when absent.
 * @throws UserError when there is no such preview, or nothing in it.
 */
export async function findReach(ctx: Context, guildId: string, only?: RoundRun): Promise<Reach> {
  return await inTurn(ctx.db, guildId, async (trx) => {
    const round = only ? await requireThisPreview(trx, guildId, only) : await requirePreview(ctx, trx, guildId);
    const { mentees, mentors } = await countPairs(trx, round.id);
    if (mentees === 0) throw new UserError((t) => t.rounds.refused.nothingToPublish);
    return { round, mentees, mentors, left: (await listToTell(trx, round.id, toldSince(ctx))).length };
  });
}

function toldSince(ctx: Context): Instant {
  return later(ctx.now(), { days: -toldDays });
}

/**
 * Publishes a preview, all of it in one transaction: a crash leaves it published or not, never half. Each pair that is
 * still possible becomes a request, which its mentor accepts or declines like any other; the others are left out and
 * counted. Delivery follows from the outbox, at its own pace.
 * @param seen the preview that the moderator has confirmed.
 * @throws UserError when it is over (somebody else was quicker), or has been computed anew since.
 */
export async function publishRound(ctx: Context, by: Acting, seen: RoundRun): Promise<Outcome> {
  const { guildId, userId } = by;
  return await inTurn(ctx.db, guildId, async (trx) => {
    const guild = await requireGuild(trx, guildId);
    const round = await requireThisPreview(trx, guildId, seen);
    const change = { from: 'preview', to: 'published', by: userId } as const;
    if (!(await closeRound(trx, seen, change, ctx.now()))) throw new UserError((t) => t.rounds.refused.recomputed);
    await skipImpossible(trx, round.id, later(ctx.now(), { days: -askAgainDays }));
    await skipNowIneligible(ctx, trx, guild, round);
    await skipFull(trx, round.id);
    const requests = await sendAll(ctx, trx, guild, round);
    const done: Outcome = {
      requests,
      told: await tellLeft(ctx, trx, round, requests * 2),
      skipped: await countSkipped(trx, round.id),
    };
    await recordOutcome(trx, round.id, JSON.stringify(done));
    await touchPool(trx, guildId);
    await insertAudit(trx, ctx, {
      guildId,
      actorId: userId,
      action: 'round-published',
      subjectId: round.id,
      detail: { requests: done.requests, told: done.told },
    });
    return done;
  });
}

/** Asks the rules again about the few who changed their profile since the preview was computed. */
async function skipNowIneligible(ctx: Context, trx: Trx, guild: Guild, round: Round): Promise<void> {
  const since = round.computed_at ?? round.created_at;
  for (const pair of await listChangedPairs(trx, round.id, since)) {
    const ids = { menteeId: pair.mentee_id, mentorId: pair.mentor_id };
    const obstacle = await findObstacle(trx, guild, ids, ctx.now());
    if (obstacle) await skipPair(trx, pair, obstacle === 'full' ? 'mentor-full' : 'ineligible');
  }
}

/** When to write to the `n`th person of a round. */
function paced(ctx: Context, n: number): Instant {
  return later(ctx.now(), { ms: Math.floor(n / peoplePerSecond) * 1_000 });
}

/** Makes a request of every pair that is left, and owes both of them a word. Returns how many. */
async function sendAll(ctx: Context, trx: Trx, guild: Guild, round: Round): Promise<number> {
  const pairs = await listPublishable(trx, round.id);
  const of = { guildId: guild.id, roundId: round.id, expiresAt: expiryOf(ctx, guild) };
  for (let from = 0; from < pairs.length; from += rowsAtOnce) {
    const requests = pairs
      .slice(from, from + rowsAtOnce)
      .map((pair, i) => ({ ...pair, id: newId(ctx.random), dueAt: paced(ctx, (from + i) * 2) }));
    await insertRoundRequests(trx, of, requests, ctx.now());
    await insertNotices(
      trx,
      ctx,
      requests.flatMap(({ id: subjectId, dueAt, ...pair }) => [
        { guildId: guild.id, kind: 'request-received', userId: pair.mentor_id, subjectId, dueAt },
        { guildId: guild.id, kind: 'round-proposed', userId: pair.mentee_id, subjectId, dueAt },
      ]),
    );
  }
  await settlePublished(trx, guild.id, round.id);
  return pairs.length;
}

/** Owes those who wait on for a reason a word about it, `after` so many others. Returns how many. */
async function tellLeft(ctx: Context, trx: Trx, round: Round, after: number): Promise<number> {
  const told = await listToTell(trx, round.id, toldSince(ctx));
  for (let from = 0; from < told.length; from += rowsAtOnce) {
    const part = told.slice(from, from + rowsAtOnce);
    await insertNotices(
      trx,
      ctx,
      part.map((userId, i) => ({
        guildId: round.guild_id,
        kind: 'round-left',
        userId,
        subjectId: round.id,
        dueAt: paced(ctx, after + from + i),
      })),
    );
  }
  return told.length;
}
