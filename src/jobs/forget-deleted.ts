import { forgetDeleted } from '../mentoring/personal-data.ts';
import type { Job } from './job.ts';

/** Drops the last trace of members who deleted their data, once their roles were taken. */
export const forgetDeletedMembers: Job = {
  name: 'forget-deleted',
  async run(ctx) {
    await forgetDeleted(ctx);
  },
};
