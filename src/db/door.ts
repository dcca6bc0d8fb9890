/** Who was answered in a direct message lately, and which guilds were greeted: each once, whoever asks at once. */
import type { Instant } from '../time.ts';
import type { Db } from './open.ts';

/**
 * Notes that somebody is answered, unless they were since then; what is older goes.
 * @param who as a keyed hash. Returns false when they were answered already.
 */
export async function claimHello(db: Db, who: string, at: Instant, since: Instant): Promise<boolean> {
  await db.deleteFrom('hellos').where('at', '<=', since).execute();
  const result = await db
    .insertInto('hellos')
    .values({ who, at })
    .onConflict((conflict) => conflict.column('who').doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Notes that a guild is greeted. Returns false when it was already. */
export async function claimGreeting(db: Db, guildId: string, at: Instant): Promise<boolean> {
  const result = await db
    .insertInto('greetings')
    .values({ guild_id: guildId, at })
    .onConflict((conflict) => conflict.column('guild_id').doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Which of these guilds were never set up, and nobody in them was greeted. */
export async function listUngreeted(db: Db, guildIds: readonly string[]): Promise<string[]> {
  if (guildIds.length === 0) return [];
  const rows = await db
    .selectFrom('guilds')
    .select('id')
    .where('id', 'in', guildIds)
    .unionAll(db.selectFrom('greetings').select('guild_id as id').where('guild_id', 'in', guildIds))
    .execute();
  const done = new Set(rows.map(({ id }) => id));
  return guildIds.filter((id) => !done.has(id));
}

/** The bot left a guild: on its return it may greet again. */
export async function forgetGreeting(db: Db, guildId: string): Promise<void> {
  await db.deleteFrom('greetings').where('guild_id', '=', guildId).execute();
}
