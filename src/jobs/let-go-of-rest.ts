import type { Db } from '../db/open.ts';
import { areas } from '../lifecycle/areas.ts';
import { type Instant, later } from '../time.ts';
import type { Job } from './job.ts';

/** Hours between two looks, after the first at the start: only a kill or a fault leaves anything. */
const everyHours = 1;

const lastLook = new WeakMap<Db, Instant>();

/** Lets go of what a former run left at members who are not there: it may have ended between two parts. */
export const letGoOfRest: Job = {
  name: 'let-go-of-rest',
  async run(ctx) {
    const last = lastLook.get(ctx.db);
    if (last !== undefined && last > later(ctx.now(), { hours: -everyHours })) return;
    for (const area of areas) await area.letGoOfRest?.(ctx);
    lastLook.set(ctx.db, ctx.now());
  },
};
