import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { insertAudit } from '../../db/audit.ts';
import { type Guild } from '../../db/guilds.ts';
import type { Trx } from '../../db/open.ts';
import { countPairs } from '../../db/round-pairs.ts';
import {
  countPublished,
  countSkipped,
  countTold,
  countWritten,
  findPart,
  insertRoundRequests,
  listChangedPairs,
  listMentorsToAsk,
  listPublishable,
  listToTell,
  type RoundPart,
  settlePublished,
  skipFull,
  skipImpossible,
  skipPair,
  skipSelecting,
} from '../../db/round-publish.ts';
import { closeRound, findRound, listPublishing, recordOutcome, type Round, type RoundRun } from '../../db/rounds.ts';
import { inParts } from '../../parts.ts';
import { UserError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { type Instant, later } from '../../time.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { expiryOf } from '../requests/onward.ts';
import { askAgainDays, findObstacle } from '../requests/rules.ts';
import { listSelectingNow } from '../season.ts';
import { peoplePerSecond, toldDays } from './limits.ts';
import { requirePreview, requireThisPreview } from './open.ts';
import type { Acting } from '../../guild/acting.ts';
import { inTurn } from '../../guild/turn.ts';
import { touchMentors } from '../../db/pool.ts';
import { deletedUser } from '../../db/schema.ts';
import { forEachInTurn } from '../../guild/each.ts';
import { insertNotices, reviseNotices } from '../../db/notices/write.ts';

/** Mentors of one transaction, and people who are told why they wait on: each takes some ten milliseconds. */
const mentorsAtOnce = 10;
const peopleAtOnce = 200;

const outcome = z.object({
  /** Requests made. */
  requests: z.number(),
  /** Mentees who wait on and are told why. */
  told: z.number(),
  /** Pairs that were not published, by why. */
  skipped: z.record(z.string(), z.number()),
});

/** What publishing a round did. */
export type PublishOutcome = z.infer<typeof outcome>;

/** What publishing a round did; undefined for one that was not published. @throws ZodError when what is stored is none. */
export function readOutcome(round: Pick<Round, 'outcome'>): PublishOutcome | undefined {
  return round.outcome === null ? undefined : outcome.parse(JSON.parse(round.outcome));
}

/** To how many people publishing would write, as things stand now. */
export interface RoundReach {
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
export async function findReach(ctx: Context, guildId: string, only?: RoundRun): Promise<RoundReach> {
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
 * Publishes a preview, some pairs at a time, each part in a transaction of its own: however many there are, others are
 * served in between. What is left when the program ends is published after the next start (`resumePublishing`). Each
 * pair that is still possible when its part comes becomes a request, which its mentor accepts or declines like any
 * other; the others are left out and counted. Delivery follows from the outbox, at its own pace.
 * @param seen the preview that the moderator has confirmed.
 * @throws UserError when it is over (somebody else was quicker), or has been computed anew since.
 */
export async function publishRound(ctx: Context, by: Acting, seen: RoundRun): Promise<PublishOutcome> {
  const { guildId, userId } = by;
  await inTurn(ctx.db, guildId, async (trx) => {
    await requireGuild(trx, guildId);
    await requireThisPreview(trx, guildId, seen);
    const change = { from: 'preview', to: 'published', by: userId } as const;
    if (!(await closeRound(trx, seen, change, ctx.now()))) throw new UserError((t) => t.rounds.refused.recomputed);
    await reviseNotices(trx, seen.id, 'round-planned', ctx.now());
  });
  return await publishRest(ctx, guildId, seen.id);
}

/** Goes on with every round whose publishing was cut off. Two who go on with the same one do each part once. */
export async function resumePublishing(ctx: Context): Promise<void> {
  await forEachInTurn(ctx, 'publish-round', await listPublishing(ctx.db), async ({ guild_id: guildId, id }) => {
    await publishRest(ctx, guildId, id);
  });
}

async function publishRest(ctx: Context, guildId: string, roundId: string): Promise<PublishOutcome> {
  const inRound = async <T>(work: (trx: Trx, round: Round) => Promise<T>) =>
    await inTurn(ctx.db, guildId, async (trx) => {
      const round = await findRound(trx, guildId, roundId);
      if (round?.state !== 'published') throw new UserError((t) => t.rounds.refused.none);
      return await work(trx, round);
    });
  // Whoever acts meanwhile goes before all of it.
  const bulk = { ...ctx, bulk: true };
  for await (const mentorIds of inParts(await listMentorsToAsk(ctx.db, roundId), mentorsAtOnce)) {
    await inRound((trx, round) => askSome(bulk, trx, round, mentorIds));
  }
  for (;;) {
    const outcome = await inRound((trx, round) => finish(bulk, trx, round));
    if (outcome) return outcome;
    await nextTurn();
  }
}

/** Publishes the pairs of some mentors of a round. */
async function askSome(ctx: Context, trx: Trx, round: Round, mentorIds: readonly string[]): Promise<void> {
  const guild = await requireGuild(trx, round.guild_id);
  const part = await findPart(trx, { guildId: guild.id, roundId: round.id }, mentorIds);
  if (part.menteeIds.length === 0) return;
  await skipImpossible(trx, part, { since: later(ctx.now(), { days: -askAgainDays }), at: ctx.now() });
  await skipNowIneligible(ctx, trx, guild, { part, since: round.computed_at ?? round.created_at });
  await skipSelecting(trx, part, await selectingAmong(ctx, trx, guild.id, mentorIds));
  await skipFull(trx, part);
  await sendPart(ctx, trx, guild, { part, round });
}

/** Who of these mentors helps to choose residents by now: they may have said so since the preview, or the season has begun. */
async function selectingAmong(
  ctx: Context,
  trx: Trx,
  guildId: string,
  mentorIds: readonly string[],
): Promise<readonly string[]> {
  return (await listSelectingNow(trx, guildId, ctx.now())).filter((id) => mentorIds.includes(id));
}

/** Tells some of those who wait on why. Returns what publishing came to once nobody is left to be told. */
async function finish(ctx: Context, trx: Trx, round: Round): Promise<PublishOutcome | undefined> {
  const { id, guild_id: guildId, closed_by: by } = round;
  // Somebody else may have gone on with it too.
  const known = readOutcome(round);
  if (known) return known;
  if ((await tellSome(ctx, trx, round)) > 0) return undefined;
  const requests = await countPublished(trx, id);
  const told = await countTold(trx, guildId, id);
  const done: PublishOutcome = { requests, told, skipped: await countSkipped(trx, id) };
  await recordOutcome(trx, id, JSON.stringify(done));
  await reviseNotices(trx, id, 'round-planned', ctx.now());
  const detail = { requests, told };
  await insertAudit(trx, ctx, {
    guildId,
    actorId: by ?? deletedUser,
    action: 'round-published',
    subjectId: id,
    detail,
  });
  return done;
}

/** Asks the rules again about the few who changed their profile since the preview was computed. */
async function skipNowIneligible(
  ctx: Context,
  trx: Trx,
  guild: Guild,
  of: { readonly part: RoundPart; readonly since: Instant },
): Promise<void> {
  for (const pair of await listChangedPairs(trx, of.part, of.since)) {
    const ids = { menteeId: pair.mentee_id, mentorId: pair.mentor_id };
    const obstacle = await findObstacle(trx, guild, ids, ctx.now());
    if (obstacle) await skipPair(trx, pair, obstacle === 'full' ? 'mentor-full' : 'ineligible');
  }
}

/** When to write to the `n`th person of a round, counted by all who publish it. */
function paced(ctx: Context, round: Round, n: number): Instant {
  return later(round.closed_at ?? ctx.now(), { ms: Math.floor(n / peoplePerSecond) * 1_000 });
}

/** Makes a request of every pair of a part that is left, and owes both of them a word. */
async function sendPart(
  ctx: Context,
  trx: Trx,
  guild: Guild,
  { part, round }: { readonly part: RoundPart; readonly round: Round },
): Promise<void> {
  const pairs = await listPublishable(trx, part);
  if (pairs.length === 0) return;
  const first = await countWritten(trx, round.id, pairs.length * 2);
  const requests = pairs.map((pair, i) => ({
    ...pair,
    id: newId(ctx.random),
    dueAt: paced(ctx, round, first + i * 2),
  }));
  const of = { guildId: guild.id, roundId: round.id, expiresAt: expiryOf(ctx, guild) };
  await insertRoundRequests(trx, of, requests, ctx.now());
  await insertNotices(
    trx,
    ctx,
    requests.flatMap(({ id: subjectId, dueAt, ...pair }) => [
      { guildId: guild.id, kind: 'request-received', userId: pair.mentor_id, subjectId, dueAt },
      { guildId: guild.id, kind: 'round-proposed', userId: pair.mentee_id, subjectId, dueAt },
    ]),
  );
  await settlePublished(trx, guild.id, part);
  await touchMentors(trx, guild.id, [...new Set(pairs.map((pair) => pair.mentor_id))]);
}

/** Owes some of those who wait on for a reason a word about it. Returns how many. */
async function tellSome(ctx: Context, trx: Trx, round: Round): Promise<number> {
  const told = await listToTell(trx, round.id, toldSince(ctx), peopleAtOnce);
  if (told.length === 0) return 0;
  const first = await countWritten(trx, round.id, told.length);
  await insertNotices(
    trx,
    ctx,
    told.map((userId, i) => ({
      guildId: round.guild_id,
      kind: 'round-left',
      userId,
      subjectId: round.id,
      dueAt: paced(ctx, round, first + i),
    })),
  );
  return told.length;
}
