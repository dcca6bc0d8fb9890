import type { Trx } from './open.ts';

/**
 * Takes a guild's turn, as the first statement of its transaction. On SQLite `begin immediate` has let this transaction
 * in alone already, so there is nothing left to take; a database with many writers needs a lock by guild here.
 */
export function takeTurn(_trx: Trx, _guildId: string): Promise<void> {
  return Promise.resolve();
}
