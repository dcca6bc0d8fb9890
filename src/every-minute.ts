import { schedule } from 'node-cron';
import type { EveryMinute } from './time.ts';

/** By the system's clock, in UTC. */
export const everyMinute: EveryMinute = (beat) =>
  schedule('* * * * *', beat, { timezone: 'UTC', noOverlap: true, name: 'heartbeat' });
