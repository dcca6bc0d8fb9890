import type { Context } from '../../context.ts';
import { countExpiry } from '../../db/expiries.ts';
import { insertNotice } from '../../db/notices.ts';
import type { Trx } from '../../db/open.ts';
import { findProfile, pauseProfile } from '../../db/profiles.ts';
import {
  findRequest,
  listExpiredRequests,
  listRequestsToNudge,
  type MentorRequest,
  recordNudge,
  takeTurn,
} from '../../db/requests.ts';
import { later } from '../../time.ts';
import { releaseMember } from '../release.ts';
import { endRequest, goOn } from './onward.ts';
import { expiriesThatPause, lastNudgeHours, nudgeDays } from './rules.ts';

/** How many requests are read at a time. */
const batch = 100;

/**
 * Ends every pending request whose time has run out, each in a transaction of its own: the mentee is told and their next
 * choice goes out; a mentor who let three in a row expire is paused.
 */
export async function expireRequests(ctx: Context): Promise<void> {
  for (;;) {
    const due = await listExpiredRequests(ctx.db, ctx.now(), batch);
    for (const { id } of due) await expireRequest(ctx, id);
    if (due.length < batch) return;
  }
}

/** Ends one request whose time has run out. Returns false when it was answered meanwhile, or has time left. */
export async function expireRequest(ctx: Context, requestId: string): Promise<boolean> {
  return await ctx.db.transaction().execute(async (trx) => {
    const found = await findRequest(trx, requestId);
    if (!found) return false;
    await takeTurn(trx, found.guild_id);
    const request = await findRequest(trx, requestId);
    if (request?.state !== 'pending' || request.expires_at === null || request.expires_at > ctx.now()) return false;
    await endRequest(ctx, trx, request, { to: 'expired', by: 'bot' });
    await insertNotice(trx, ctx, {
      guildId: request.guild_id,
      kind: 'request-expired',
      userId: request.mentee_id,
      subjectId: request.id,
    });
    await goOn(ctx, trx, request);
    await pauseIfAway(ctx, trx, request);
    return true;
  });
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
  for (;;) {
    const requests = await listRequestsToNudge(ctx.db, now, due, batch);
    for (const request of requests) {
      const nudge = (request.expires_at ?? now) <= due.expiringBefore ? 2 : 1;
      await ctx.db.transaction().execute(async (trx) => {
        if (!(await recordNudge(trx, request.id, request.nudges, nudge))) return;
        await insertNotice(trx, ctx, {
          guildId: request.guild_id,
          kind: 'request-nudge',
          userId: request.mentor_id,
          subjectId: request.id,
          dedupeKey: `request-nudge:${request.id}:${nudge}`,
        });
      });
    }
    if (requests.length < batch) return;
  }
}
