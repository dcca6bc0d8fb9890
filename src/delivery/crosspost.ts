import { Routes } from 'discord.js';
import { later } from '../time.ts';
import type { Attempt } from './attempt.ts';
import type { Outcome } from './outcome.ts';
import { readDetail } from '../db/notices/write.ts';
import { findCrosspostPlace } from '../db/notices/lookups.ts';

/** Messages of one channel that are published in an hour: what Discord lets through, as bots' authors have found. */
const crosspostsAnHour = 10;

const hourMs = 3_600_000;

/**
 * Publishes a message to the servers that follow its channel. It is a notice of its own, owed from the moment the message
 * is there: a crash in between loses nothing, and Discord does not publish a message twice.
 */
export async function crosspost(attempt: Attempt): Promise<Outcome> {
  const { notice, ctx } = attempt;
  const { channelId, messageId } = readDetail('crosspost', notice);
  const since = later(ctx.now(), { ms: -hourMs });
  const before = await findCrosspostPlace(ctx.db, channelId, since, crosspostsAnHour);
  if (before !== undefined) return { is: 'later', dueAt: later(before, { ms: hourMs }), problem: 'crossposts' };
  attempt.concerns = channelId;
  await attempt.request('post', Routes.channelMessageCrosspost(channelId, messageId));
  return { is: 'delivered', channelId, messageId, worked: [channelId] };
}
