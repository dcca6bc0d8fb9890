import type { Context } from '../context.ts';
import { findGuild, guildLeft } from '../db/guilds.ts';
import {
  awayPrefix,
  closeNotice,
  forgetAlerts,
  type Notice,
  postponeNotice,
  recordDelivered,
  setUpPrefix,
} from '../db/notices.ts';
import type { Db } from '../db/open.ts';
import { type Instant, later } from '../time.ts';
import { findMentorship } from '../db/mentorships.ts';
import { memberLeft } from '../lifecycle/leavers.ts';
import { noticeKinds } from './notices/kinds.ts';
import { MemberGone } from './notices/scene.ts';
import { insertAlert } from '../guild/alerts.ts';
import { insertInboxMention, insertIntroductions } from './follow-ups.ts';
import { type Attempt, ClaimLost } from './attempt.ts';
import { mendedKeys, type Outcome } from './outcome.ts';
import { RequestFailure } from './request-failure.ts';
import { inTurn } from '../guild/turn.ts';

/** Waiting after the first failure, doubled with each that follows up to the longest; then a random part of it. */
const firstWaitMs = 1_000;
const longestWaitMs = 15 * 60_000;
/** At 7.5 minutes on average about two and a half days: longer than any outage of Discord's. */
const attemptsAtMost = 500;
/** How often something is tried that a moderator has to mend; `/setup` tries at once. */
const setUpWaitMs = 3_600_000;
/** Threads have no nonce: a request that seemed lost gets this long to be carried out before anybody looks. */
const threadWaitMs = 20_000;

/** What an attempt's failure means for what else the same recipient is owed: wait as long, or nothing. */
export interface Settled {
  readonly holdUntil?: Instant;
}

/** Writes down how an attempt ended. */
export async function settle(attempt: Attempt, outcome: Outcome): Promise<Settled> {
  const { ctx, notice, guild } = attempt;
  if (outcome.is === 'delivered') {
    const { also } = outcome;
    const record = async (db: Db) => {
      if (!(await recordDelivered(db, notice, outcome, ctx.now()))) throw new ClaimLost();
    };
    if (also) {
      await inTurn(ctx.db, guild.id, async (trx) => {
        await record(trx);
        await also(trx);
      });
    } else await record(ctx.db);
    if (outcome.worked?.length) await forgetAlerts(ctx.db, mendedKeys(guild.id, outcome.worked));
    return {};
  }
  await inTurn(ctx.db, guild.id, async (trx) => {
    if (outcome.is === 'void') {
      if (await closeNotice(trx, notice, 'void', outcome.why)) await outcome.also?.(trx);
    } else if (outcome.is === 'later') {
      const { dueAt, problem } = outcome;
      await postponeNotice(trx, notice, { dueAt, problem, unsureSince: attempt.unsureSince, counts: false });
    } else if (outcome.is === 'guild-gone') {
      // Only what is closed while the guild is noted as left is owed again on the bot's return.
      const isNoted = (await findGuild(trx, guild.id))?.left_at !== null;
      if (isNoted) await closeNotice(trx, notice, 'void', guildLeft);
      else
        await postponeNotice(trx, notice, {
          dueAt: later(ctx.now(), { ms: setUpWaitMs }),
          problem: `${setUpPrefix}guild-gone`,
          unsureSince: attempt.unsureSince,
          counts: true,
        });
    } else if (outcome.is === 'closed-dms') {
      const closed = await closeNotice(trx, notice, 'undeliverable', 'closed-dms');
      if (closed && notice.user_id !== null) await insertInboxMention(trx, ctx, guild.id, notice.user_id);
    } else if (outcome.is === 'set-up') {
      const dueAt = later(ctx.now(), { ms: setUpWaitMs });
      const problem = `${setUpPrefix}${outcome.problem}`;
      await postponeNotice(trx, notice, { dueAt, problem, unsureSince: attempt.unsureSince, counts: true });
      if (outcome.tells) await insertAlert(trx, ctx, guild.id, outcome);
    } else if (await closeNotice(trx, notice, 'void', outcome.problem)) {
      const pair = notice.subject_id === null ? undefined : await findMentorship(trx, notice.subject_id);
      if (pair) await insertIntroductions(trx, ctx, pair, notice);
      await insertAlert(trx, ctx, guild.id, outcome);
    }
  });
  if (outcome.is === 'set-up' && !outcome.tells && notice.problem === null) {
    ctx.log.warn({ guild: guild.id, kind: notice.kind, problem: outcome.problem }, 'a guild needs its set-up mended');
  }
  return {};
}

/** Writes down that an attempt broke off, and when it is tried again. */
export async function settleFailure(attempt: Attempt, error: unknown): Promise<Settled> {
  const { ctx, notice, guild } = attempt;
  if (error instanceof ClaimLost) {
    ctx.log.warn({ notice: notice.id }, 'another process has taken over a delivery');
    return {};
  }
  const { unsureSince } = attempt;
  if (error instanceof MemberGone) {
    await memberLeft(ctx, guild.id, error.userId);
    if (error.userId === notice.user_id) {
      await closeNotice(ctx.db, notice, 'void', 'member-left');
    } else {
      // What it speaks of has just changed with the other's leaving: it is rendered anew.
      const dueAt = later(ctx.now(), { ms: wait(ctx, notice) });
      await postponeNotice(ctx.db, notice, { dueAt, problem: 'member-left', unsureSince, counts: true });
    }
    return {};
  }
  if (error instanceof RequestFailure && error.kind === 'limited') {
    const dueAt = later(ctx.now(), { ms: Math.ceil(error.retryAfterMs) + Math.round(ctx.random() * firstWaitMs) });
    const problem = `${awayPrefix}${error.code}`;
    await postponeNotice(ctx.db, notice, { dueAt, problem, unsureSince, counts: false });
    return { holdUntil: dueAt };
  }
  const away = error instanceof RequestFailure && error.kind === 'away';
  const problem =
    error instanceof RequestFailure ? error.code : `bug:${error instanceof Error ? error.name : 'unknown'}`;
  if (!away) ctx.log.error({ err: error, notice: notice.id, kind: notice.kind, problem }, 'a delivery failed');
  if (notice.attempts >= attemptsAtMost) {
    ctx.log.error({ notice: notice.id, kind: notice.kind, problem }, 'a notice is given up');
    return await settle(attempt, lastResort(attempt, problem));
  }
  const least = unsureSince !== null && noticeKinds[notice.kind].to === 'thread' ? threadWaitMs : 0;
  const dueAt = later(ctx.now(), { ms: Math.max(least, wait(ctx, notice)) });
  const stored = away ? `${awayPrefix}${problem}` : problem;
  await postponeNotice(ctx.db, notice, { dueAt, problem: stored, unsureSince, counts: true });
  return away ? { holdUntil: dueAt } : {};
}

/** What becomes of a notice that cannot be delivered in days of trying: whoever it is for finds it in another way. */
function lastResort({ notice, guild }: Attempt, why: string): Outcome {
  // What has arrived once is only not brought up to date.
  if (notice.message_id !== null) return { is: 'void', why };
  const { to } = noticeKinds[notice.kind];
  if (to === 'thread') {
    return { is: 'no-thread', problem: 'threads-impossible', id: guild.mentoring_channel_id ?? 'mentoring' };
  }
  return to === 'person' ? { is: 'closed-dms' } : { is: 'void', why };
}

/** Exponential with full jitter, so that what failed together does not come back together. */
function wait(ctx: Context, notice: Pick<Notice, 'attempts'>): number {
  const longest = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(notice.attempts - 1, 20));
  return Math.ceil(ctx.random() * longest);
}
