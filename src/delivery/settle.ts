import type { Context } from '../context.ts';
import { findGuild, guildLeft } from '../db/guilds.ts';
import type { Db, Trx } from '../db/open.ts';
import { type Instant, later } from '../time.ts';
import { memberLeft } from '../lifecycle/leavers.ts';
import { noticeKinds } from './notices/kinds.ts';
import { MemberGone } from './notices/scene.ts';
import { alertKey, insertAlert } from '../guild/alerts.ts';
import { insertInboxMention } from './follow-ups.ts';
import { type Attempt, ClaimLost } from './attempt.ts';
import { mendedKeys, type Outcome } from './outcome.ts';
import { passingTries, treatmentOf, type WaitName, waits } from './refusals.ts';
import { afterAll, afterRefusal, deliveryOf } from './refused.ts';
import { RequestFailure } from './request-failure.ts';
import { inTurn } from '../guild/turn.ts';
import type { Notice } from '../db/notices/write.ts';
import { awayPrefix, setUpPrefix } from '../db/notices/claims.ts';
import { closeNotice, postponeNotice, recordDelivered } from '../db/notices/outcomes.ts';
import { forgetAlerts } from '../db/notices/alerts.ts';

/** The most a wait named by Discord is lengthened, so that held-up notices do not all return at once. */
const spreadMs = 1_000;
/** Threads have no nonce: a request that seemed lost gets this long to be carried out before anybody looks. */
const threadWaitMs = 20_000;

/** What an attempt's failure means for what else the same recipient is owed: wait as long, or nothing. */
interface Settled {
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
    if (notice.message_id !== null && outcome.channelId !== null)
      await forgetAlerts(ctx.db, [alertKey(guild.id, { problem: 'correction-refused', id: outcome.channelId })]);
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
          dueAt: later(ctx.now(), { ms: wait(ctx, notice, 'mending') }),
          problem: `${setUpPrefix}guild-gone`,
          unsureSince: attempt.unsureSince,
          counts: true,
        });
    } else if (outcome.is === 'closed-dms') {
      const closed = await closeNotice(trx, notice, 'undeliverable', 'closed-dms');
      if (!closed || notice.user_id === null) return;
      // That something waits for somebody who handles reports is not for a channel to say.
      if (noticeKinds[notice.kind].to !== 'handler') await insertInboxMention(trx, ctx, guild.id, notice.user_id);
      await tellNext(trx, attempt);
    } else {
      const { tells } = outcome;
      const isMending = outcome.waits === 'mending';
      const problem = isMending ? `${setUpPrefix}${outcome.problem}` : outcome.problem;
      const afresh = isMending && !notice.problem?.startsWith(setUpPrefix);
      const dueAt = later(ctx.now(), { ms: wait(ctx, afresh ? { attempts: 1 } : notice, outcome.waits) });
      const retry = { dueAt, problem, unsureSince: attempt.unsureSince, counts: true, afresh };
      if (!(await postponeNotice(trx, notice, retry))) return;
      await outcome.also?.(trx);
      if (tells) await insertAlert(trx, ctx, guild.id, tells);
    }
  });
  return {};
}

/** The address of a notice is gone, or may not be looked at soon: whoever is next hears of it. */
async function tellNext(trx: Trx, { ctx, notice, guild }: Attempt): Promise<void> {
  const kind = noticeKinds[notice.kind];
  if (kind.to !== 'person' || !kind.orStaff || notice.subject_id === null) return;
  await insertAlert(trx, ctx, guild.id, { problem: kind.orStaff, id: notice.subject_id });
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
      await inTurn(ctx.db, guild.id, async (trx) => {
        // Their leaving may have closed it a moment ago.
        await closeNotice(trx, notice, 'void', 'member-left');
        await tellNext(trx, attempt);
      });
    } else {
      // What it speaks of has just changed with the other's leaving: it is rendered anew.
      const dueAt = later(ctx.now(), { ms: wait(ctx, notice, 'soon') });
      await postponeNotice(ctx.db, notice, { dueAt, problem: 'member-left', unsureSince, counts: true });
    }
    return {};
  }
  if (error instanceof RequestFailure && error.kind === 'limited') {
    const dueAt = later(ctx.now(), { ms: Math.ceil(error.retryAfterMs) + Math.round(ctx.random() * spreadMs) });
    const problem = `${awayPrefix}${error.code}`;
    await postponeNotice(ctx.db, notice, { dueAt, problem, unsureSince, counts: false });
    return { holdUntil: dueAt };
  }
  if (error instanceof RequestFailure && error.kind === 'refused') return await settleRefusal(attempt, error.code);
  const away = error instanceof RequestFailure;
  const problem = away ? error.code : `bug:${error instanceof Error ? error.name : 'unknown'}`;
  if (!away) ctx.log.error({ err: error, notice: notice.id, kind: notice.kind, problem }, 'a delivery failed');
  // Longer than any outage of Discord's.
  if (notice.attempts >= passingTries) {
    ctx.log.error({ notice: notice.id, kind: notice.kind, problem }, 'a notice is given up');
    return await settleWith(attempt, () => afterAll(attempt, problem));
  }
  const isThread = noticeKinds[notice.kind].to === 'thread' || attempt.hasNoNonce;
  const least = unsureSince !== null && isThread ? threadWaitMs : 0;
  const dueAt = later(ctx.now(), { ms: Math.max(least, wait(ctx, notice, 'soon')) });
  const stored = away ? `${awayPrefix}${problem}` : problem;
  await postponeNotice(ctx.db, notice, { dueAt, problem: stored, unsureSince, counts: true });
  return away ? { holdUntil: dueAt } : {};
}

/** Follows the table of refusals. Operators also see codes that are not in it. */
async function settleRefusal(attempt: Attempt, code: string): Promise<Settled> {
  const { ctx, notice, guild } = attempt;
  const what = { notice: notice.id, kind: notice.kind, guild: guild.id, code };
  if (treatmentOf(code, deliveryOf(notice)).is === 'strange') ctx.log.error(what, 'a delivery was refused');
  else ctx.log.info(what, 'a delivery was refused');
  return await settleWith(attempt, () => afterRefusal(attempt, code));
}

/** Settles what has to be looked at first: Discord may be away for that, or somebody gone. */
async function settleWith(attempt: Attempt, decide: () => Promise<Outcome>): Promise<Settled> {
  let outcome: Outcome;
  try {
    outcome = await decide();
  } catch (error) {
    // Refused once more while looking: as if nobody knew what was meant.
    if (error instanceof RequestFailure && error.kind === 'refused') {
      outcome = { is: 'again', waits: 'soon', problem: error.code };
    } else return await settleFailure(attempt, error);
  }
  return await settle(attempt, outcome);
}

/** Growing waits: what passes comes back at a random moment within, what is to be mended in the second half. */
function wait(ctx: Context, { attempts }: Pick<Notice, 'attempts'>, name: WaitName): number {
  const { firstMs, longestMs } = waits[name];
  const longest = Math.min(longestMs, firstMs * 2 ** Math.min(Math.max(attempts - 1, 0), 20));
  return Math.ceil(name === 'soon' ? ctx.random() * longest : (0.5 + ctx.random() / 2) * longest);
}
