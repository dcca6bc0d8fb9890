import { expireRequests, nudgeMentors } from '../../src/mentoring/requests/expire.ts';
import type { TestContext } from './context.ts';

/** When tests begin, on whatever day and at whatever hour they run: a Monday morning on which no job is due soon. */
export const testStart = '2026-11-23T12:00:00Z';

/**
 * Lets this many days pass as they do while the bot runs and Discord answers: a day before their end the requests'
 * mentors are nudged, and what nobody answers expires.
 */
export async function passDays(ctx: TestContext, days: number): Promise<void> {
  ctx.advance({ days: days - 1 });
  await nudgeMentors(ctx);
  await ctx.db
    .updateTable('notices')
    .set({ state: 'delivered', delivered_at: ctx.now(), message_id: '1' })
    .where('kind', '=', 'request-nudge')
    .where('state', '=', 'owed')
    .execute();
  ctx.advance({ days: 1 });
  await expireRequests(ctx);
}
