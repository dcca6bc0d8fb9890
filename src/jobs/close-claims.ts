import { closeOverdueClaims } from '../journey/claims/answer.ts';
import { letGoOfDrafts } from '../journey/claims/area.ts';
import type { Job } from './job.ts';

/** Ends the wait for answers that nobody gives, and lets go of messages that nobody handed on. */
export const closeClaimsJob: Job = {
  name: 'close-claims',
  async run(ctx) {
    await closeOverdueClaims(ctx);
    await letGoOfDrafts(ctx);
  },
};
