/** Sessions by the time: they begin, go from part to part, and end. */
import type { Context } from '../../context.ts';
import { reviseNotices } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import { findSession, listDueSessions, moveSession } from '../../db/study/sessions.ts';
import { forEachInTurn } from '../../guild/each.ts';
import { inTurn } from '../../guild/turn.ts';
import { closeSession } from './end.ts';
import { reviseSession } from './plan.ts';
import { advanceTimer, beginTimer } from './timer.ts';

/** Sessions of one heartbeat; what is left follows a minute later. */
const sessionsAtOnce = 500;

/** Begins and ends what is due, and the parts of what is on. */
export async function runSessions(ctx: Context): Promise<void> {
  const due = await listDueSessions(ctx.db, ctx.now(), sessionsAtOnce);
  await forEachInTurn(ctx, 'a session', due, async ({ id, guild_id: guildId }) => {
    await inTurn(ctx.db, guildId, async (trx) => await settleSession(trx, ctx, id));
  });
}

async function settleSession(trx: Trx, ctx: Context, id: string): Promise<void> {
  const session = await findSession(trx, id);
  const now = ctx.now();
  if (!session) return;
  // One that nobody could begin, because the bot was away, is over all the same.
  if (session.ends_at <= now) await closeSession(trx, ctx, session);
  else if (session.starts_at <= now && (await moveSession(trx, id, ['planned'], 'running'))) {
    await beginTimer(trx, ctx, session);
    await reviseSession(trx, ctx, id);
  } else if (await advanceTimer(trx, ctx, session)) await reviseNotices(trx, id, 'group-session', now);
}
