import { goOnWithCases } from '../mentoring/cases/remind.ts';
import type { Job } from './job.ts';

/** Reminds of reports that nobody took, and stops waiting for answers to questions. */
export const goOnWithCasesJob: Job = {
  name: 'go-on-with-cases',
  run: (ctx, client) => goOnWithCases(ctx, (guildId) => client.guilds.cache.get(guildId)?.ownerId),
};
