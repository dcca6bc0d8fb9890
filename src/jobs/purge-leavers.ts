import { purgeMembersGone } from '../mentoring/leavers.ts';
import type { Job } from './job.ts';

/** How many members are purged at a heartbeat; the rest follows with the next. */
const perRun = 50;

/** Deletes what is held on members who left 30 days ago. */
export const purgeLeavers: Job = {
  name: 'purge-leavers',
  run: (ctx) => purgeMembersGone(ctx, perRun),
};
