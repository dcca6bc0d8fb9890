import type { Context } from '../../context.ts';
import { countExpiry } from '../../db/expiries.ts';
import type { Trx } from '../../db/open.ts';
import { findProfile, pauseProfile } from '../../db/profiles.ts';
import {
  extendRequest,
  findRequest,
  listExpiredRequests,
  listRequestsToNudge,
  type MentorRequest,
  recordNudge,
} from '../../db/requests.ts';
import { type Instant, later } from '../../time.ts';
import { forEachInTurn } from '../../guild/each.ts';
import { releaseMember, releaseRest } from '../release.ts';
import { endRequest, prepareNext, continueSearch } from './onward.ts';
import { expiriesThatPause, lastNudgeHours, leastHours, nudgeDays } from './rules.ts';
import { inTurn } from '../../guild/turn.ts';
import { insertNotice, reviseNotices } from '../../db/notices/write.ts';
import { findNoticeByKey } from '../../db/notices/lookups.ts';

/** How many requests are taken at a heartbeat; the rest follows with the next. */
const perRun = 500;

/**
 * Ends every pending request whose time has run out, each in a transaction of its own: the mentee is told and their next
 * choice goes out; a mentor who let three in a row expire is paused.
 */
export async function expireRequests(ctx: Context): Promise<void> {
  const due = await listExpiredRequests(ctx.db, ctx.now(), perRun);
  await forEachInTurn(ctx, 'expire-request', due, async ({ id }) => await expireRequest(ctx, id));
}

/**
 * Ends one request whose time has run out. A mentor whom the last nudge has not reached, because the bot or Discord was
 * away, has not had their chance: then the request stays open, and they are nudged first.
 * @returns false when it was answered meanwhile, or has time left.
 */
export async function expireRequest(ctx: Context, requestId: string): Promise<boolean> {
  const found = await findRequest(ctx.db, requestId);
  if (!found) return false;
  await prepareNext(ctx, found);
  const isExpired = await inTurn(ctx.db, found.guild_id, async (trx) => {
    const request = await findRequest(trx, requestId);
    if (request?.state !== 'pending' || request.expires_at === null || request.expires_at > ctx.now()) return false;
    if (await isGivenTime(ctx, trx, request)) return false;
    await endRequest(ctx, trx, request, { to: 'expired', by: 'bot' });
    await insertNotice(trx, ctx, {
      guildId: request.guild_id,
      kind: 'request-expired',
      userId: request.mentee_id,
      subjectId: request.id,
    });
    await continueSearch(ctx, trx, request);
    await pauseIfAway(ctx, trx, request);
    return true;
  });
  if (isExpired) await releaseRest(ctx, { guildId: found.guild_id, userId: found.mentor_id });
  return isExpired;
}

/** Keeps a request open whose mentor has not had a day since the last nudge. Returns false when they have. */
async function isGivenTime(ctx: Context, trx: Trx, request: MentorRequest): Promise<boolean> {
  if (request.nudges < 2) {
    await nudge(ctx, trx, request, 2);
    return true;
  }
  const notice = await findNoticeByKey(trx, nudgeKey(request, 2));
  const isUnderWay = notice?.state === 'owed' && notice.delivered_at === null;
  const reachedAt = isUnderWay ? ctx.now() : (notice?.delivered_at ?? null);
  if (reachedAt === null || reachedAt <= later(ctx.now(), { hours: -leastHours })) return false;
  await keepOpen(ctx, trx, request, later(reachedAt, { hours: lastNudgeHours }));
  return true;
}

/** Moves the end of a request, also on the cards that name it. */
async function keepOpen(ctx: Context, trx: Trx, request: MentorRequest, until: Instant): Promise<void> {
  await extendRequest(trx, request.id, until);
  await reviseNotices(trx, request.id, 'request-received', ctx.now());
  await reviseNotices(trx, request.id, 'request-nudge', ctx.now());
}

/** Pauses a mentor who did not answer three requests in a row: whoever else waits for them would wait in vain. */
async function pauseIfAway(ctx: Context, trx: Trx, request: MentorRequest): Promise<void> {
  const { guild_id: guildId, mentor_id: userId } = request;
  if ((await countExpiry(trx, guildId, userId)) < expiriesThatPause) return;
  const mentor = await findProfile(trx, guildId, userId, 'mentor');
  if (mentor?.state !== 'active') return;
  await pauseProfile(trx, { guildId, userId, role: 'mentor' }, { until: null, by: 'expiries' }, ctx.now());
  await insertNotice(trx, ctx, { guildId, kind: 'mentor-paused', userId, subjectId: mentor.id });
  await releaseMember(ctx, trx, { guildId, userId, role: 'mentor', why: 'expiries' });
}

/**
 * Reminds mentors of requests that wait for their answer: on day three, and a day before the end. Where both fall
 * together, or the first was missed, only the last is sent.
 */
export async function nudgeMentors(ctx: Context): Promise<void> {
  const now = ctx.now();
  const due = { sentBefore: later(now, { days: -nudgeDays }), expiringBefore: later(now, { hours: lastNudgeHours }) };
  const requests = await listRequestsToNudge(ctx.db, now, due, perRun);
  await forEachInTurn(ctx, 'nudge-mentor', requests, async (request) => {
    const which = (request.expires_at ?? now) <= due.expiringBefore ? 2 : 1;
    await inTurn(ctx.db, request.guild_id, async (trx) => await nudge(ctx, trx, request, which));
  });
}

/** Nudges the mentor of a request, once. Where the last nudge comes late, the request stays open for a day from it. */
async function nudge(ctx: Context, trx: Trx, request: MentorRequest, which: 1 | 2): Promise<void> {
  if (!(await recordNudge(trx, request.id, request.nudges, which))) return;
  const now = ctx.now();
  const isLate = which === 2 && (request.expires_at ?? now) < later(now, { hours: leastHours });
  if (isLate) await keepOpen(ctx, trx, request, later(now, { hours: lastNudgeHours }));
  await insertNotice(trx, ctx, {
    guildId: request.guild_id,
    kind: 'request-nudge',
    userId: request.mentor_id,
    subjectId: request.id,
    dedupeKey: nudgeKey(request, which),
  });
}

/** One that came back to life is nudged about anew. */
function nudgeKey({ id, revived_at: revivedAt }: MentorRequest, which: 1 | 2): string {
  return `request-nudge:${id}:${which}${revivedAt === null ? '' : `:${revivedAt}`}`;
}
