import { forgetDeleted } from '../lifecycle/personal-data.ts';
import type { Job } from './job.ts';

/** Drops orders for roles once they were carried out: the last trace of members who deleted their data. */
export const forgetDeletedMembers: Job = {
  name: 'forget-deleted',
  goesByNoTime: true,
  forAll: true,
  async run(ctx) {
    await forgetDeleted(ctx);
  },
};
