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

/**
 * Works on what Discord says about a member in the order in which it came. Otherwise a database with several connections
 * may answer the later first, and somebody who left and came back at once would count as gone.
 */
export async function inOrder(db: Db, guildId: string, userId: string, work: () => Promise<void>): Promise<void> {
  await waitInLine(db, `${guildId} ${userId}`, work);
}
