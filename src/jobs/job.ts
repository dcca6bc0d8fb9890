import type { Client } from 'discord.js';
import type { Context } from '../context.ts';

/** A timed job: runs at every heartbeat and does whatever is due by `ctx.now()`, so that a late heartbeat loses nothing. */
export interface Job {
  readonly name: string;
  run(ctx: Context, client: Client<true>): Promise<void>;
}
