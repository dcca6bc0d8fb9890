import { areas } from '../lifecycle/areas.ts';
import type { Job } from './job.ts';

/** Goes on with what a change of settings means for many members where the program ended in the middle. */
export const carryOutOrders: Job = {
  name: 'carry-out-orders',
  async run(ctx) {
    for (const area of areas) await area.carryOut?.(ctx);
  },
};
