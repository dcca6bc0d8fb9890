import { stillHandles } from '../discord/handlers.ts';
import { releaseFormerHandlers } from '../mentoring/cases/handlers.ts';
import { goOnWithCases } from '../mentoring/cases/remind.ts';
import type { Job } from './job.ts';

/** Reminds of reports that nobody took, stops waiting for answers, and frees what somebody has who handles them no more. */
export const goOnWithCasesJob: Job = {
  name: 'go-on-with-cases',
  run: async (ctx, client) => {
    await goOnWithCases(ctx, (guildId) => client.guilds.cache.get(guildId)?.ownerId);
    await releaseFormerHandlers(ctx, async (whose) => await stillHandles(ctx, client, whose));
  },
};
