/** Discord's limit of 1,000 open threads in a server: what is over is archived before more are opened. */
import { type APIThreadChannel, type RESTGetAPIGuildThreadsResult, Routes } from 'discord.js';
import { listOverThreads } from '../db/threads.ts';
import type { Attempt } from './attempt.ts';
import type { Outcome } from './outcome.ts';
import { codesOf } from './refusals.ts';
import { isRefusal } from './request-failure.ts';

/** With how many open threads the bot opens no more of its own: pairs go before groups, and some are left to everybody else. */
const most = { groups: 900, pairs: 950 } as const;
/** Threads that are archived in one attempt. */
const archivedAtOnce = 50;

const goneCodes = new Set([...codesOf('channel-gone'), ...codesOf('not-allowed'), ...codesOf('asleep')]);

/**
 * Looks whether one more thread may be opened. Where there are too many, those of pairs and groups that are over, and that
 * somebody woke up again, are archived first.
 * @param id the channel that moderators hear about.
 * @returns what comes of the attempt where there is no room; undefined where there is.
 */
export async function findRoom(
  attempt: Attempt,
  whose: keyof typeof most,
  id: string,
): Promise<Extract<Outcome, { is: 'again' }> | undefined> {
  const route = Routes.guildActiveThreads(attempt.guild.id);
  const { threads } = await attempt.request<Pick<RESTGetAPIGuildThreadsResult, 'threads'>>('get', route);
  const tooMany = threads.length - most[whose] + 1;
  if (tooMany <= 0) return undefined;
  const archived = await archiveOver(attempt, threads as APIThreadChannel[]);
  if (archived >= tooMany) return undefined;
  const problem = whose === 'groups' ? 'threads-many' : 'threads-full';
  return { is: 'again', waits: 'mending', problem, tells: { problem, id } };
}

async function archiveOver(attempt: Attempt, threads: readonly APIThreadChannel[]): Promise<number> {
  const me = await attempt.ownId();
  const own = threads.filter(({ owner_id: owner }) => owner === me).map(({ id }) => id);
  const over = await listOverThreads(attempt.ctx.db, attempt.guild.id, own);
  let archived = 0;
  for (const id of over.slice(0, archivedAtOnce)) {
    try {
      await attempt.request('patch', Routes.channel(id), { body: { archived: true } });
      archived += 1;
    } catch (error) {
      if (!isRefusal(error, goneCodes)) throw error;
    }
  }
  return archived;
}
