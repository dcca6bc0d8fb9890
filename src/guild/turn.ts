import type { Db, Trx } from '../db/open.ts';
import { takeTurn, waitInLine } from '../db/turn.ts';

/**
 * How every transaction about a guild begins: with the guild's turn. Until it ends no other transaction of that guild
 * runs, in this process or another, so that what is checked inside is still true when it is acted on.
 * @param work what is done; inside, only `trx` is used, and Discord is not called.
 * @throws whatever `work` throws: then nothing has changed.
 */
export async function inTurn<T>(db: Db, guildId: string, work: (trx: Trx) => Promise<T>): Promise<T> {
  return await waitInLine(db, guildId, () =>
    db.transaction().execute(async (trx) => {
      await takeTurn(trx, guildId);
      return await work(trx);
    }),
  );
}
