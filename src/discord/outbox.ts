import type { Client } from 'discord.js';
import type { Context } from '../context.ts';

/** Delivers what the bot owes. */
export interface Outbox {
  /** Delivers everything due, soon; does not wait for it. */
  wake(): void;
  /** Delivers everything that is due now and resolves when nothing due is left in hand. */
  deliverDue(): Promise<void>;
  /** Finishes what is in hand and takes nothing new. */
  stop(): Promise<void>;
}

export function createOutbox(_ctx: Context, _client: Client): Outbox {
  throw new Error('not yet');
}
