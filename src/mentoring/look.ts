import type { Context } from '../context.ts';
import type { Trx } from '../db/open.ts';
import { planLook } from '../db/mentorships.ts';

/** Something has changed for a pair: at the next heartbeat it is looked at again what the bot has to do for them, and when. */
export async function lookSoon(ctx: Pick<Context, 'now'>, trx: Trx, mentorshipId: string): Promise<void> {
  await planLook(trx, mentorshipId, ctx.now());
}
