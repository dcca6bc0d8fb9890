import type { Client } from 'discord.js';
import type { Context } from '../context.ts';

/** A timed job: runs at every heartbeat and does whatever is due by `ctx.now()`, so that a late heartbeat loses nothing. */
export interface Job {
  readonly name: string;
  /**
   * True for what ends, purges and skips nothing by the time: it also runs while nobody is sure what time it is. Every other
   * job waits for that.
   */
  readonly goesByNoTime?: true;
  /** True for what asks Discord many things, one after the other: what came due meanwhile is delivered beside it. */
  readonly asksDiscord?: true;
  /** True for what is done once for all guilds: by the process that serves the first shard. */
  readonly forAll?: true;
  run(ctx: Context, client: Client<true>): Promise<void>;
}
