/** What moderators of a guild have looked at again, and what they put off. */
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import type { AuditAction, FactChecksTable, PutOffsTable } from './schema.ts';

export type FactCheck = Selectable<FactChecksTable>;
export type PutOff = Selectable<PutOffsTable>;

/** What the moderators of these guilds have read again, the earliest first: of two the later counts. */
export async function listFactChecks(db: Db, guildIds: readonly string[]): Promise<FactCheck[]> {
  if (guildIds.length === 0) return [];
  return await db
    .selectFrom('fact_checks')
    .selectAll()
    .where('guild_id', 'in', guildIds)
    .orderBy('checked')
    .orderBy('guild_id')
    .orderBy('fact')
    .execute();
}

/** The same of one guild, by what was read. */
export async function readFactChecks(db: Db, guildId: string): Promise<ReadonlyMap<string, FactCheck>> {
  return new Map((await listFactChecks(db, [guildId])).map((check) => [check.fact, check]));
}

/** Takes back what moderators have read of something. Returns whether they had. */
export async function deleteFactCheck(trx: Trx, guildId: string, fact: string): Promise<boolean> {
  const result = await trx
    .deleteFrom('fact_checks')
    .where('guild_id', '=', guildId)
    .where('fact', '=', fact)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

export async function upsertFactCheck(trx: Trx, check: Insertable<FactChecksTable>): Promise<void> {
  const { guild_id: _guild, fact: _fact, ...changes } = check;
  await trx
    .insertInto('fact_checks')
    .values(check)
    .onConflict((conflict) => conflict.columns(['guild_id', 'fact']).doUpdateSet(changes))
    .execute();
}

export async function listPutOffs(db: Db, guildId: string): Promise<PutOff[]> {
  return await db
    .selectFrom('put_offs')
    .selectAll()
    .where('guild_id', '=', guildId)
    .orderBy('matter')
    .orderBy('user_id')
    .execute();
}

/** Puts a matter off until a moment. @param userId for one moderator; for all of them when empty. */
export async function putOff(
  trx: Trx,
  { guildId, matter, userId, until }: { guildId: string; matter: string; userId: string; until: Instant },
): Promise<void> {
  await trx
    .insertInto('put_offs')
    .values({ guild_id: guildId, matter, user_id: userId, times: 1, until })
    .onConflict((conflict) =>
      conflict
        .columns(['guild_id', 'matter', 'user_id'])
        .doUpdateSet({ times: sql<number>`put_offs.times + 1`, until }),
    )
    .execute();
}

/** The matter is done: how often it was put off counts no more. */
export async function deletePutOffs(trx: Trx, guildId: string, matter: string): Promise<void> {
  await trx.deleteFrom('put_offs').where('guild_id', '=', guildId).where('matter', '=', matter).execute();
}

export async function listPutOffsOf(db: Db, guildId: string, userId: string): Promise<PutOff[]> {
  return await db
    .selectFrom('put_offs')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .orderBy('matter')
    .execute();
}

/** Removes what somebody put off. Returns whether there was anything. */
export async function deletePutOffsOf(trx: Trx, guildId: string, userId: string): Promise<boolean> {
  const result = await trx
    .deleteFrom('put_offs')
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Removes what was put off until before this moment. Returns how many. */
export async function deleteOldPutOffs(db: Db, before: Instant, limit: number): Promise<number> {
  const old = await db
    .selectFrom('put_offs')
    .select(['guild_id', 'matter', 'user_id'])
    .where('until', '<=', before)
    .limit(limit)
    .execute();
  let gone = 0;
  for (const { guild_id: guildId, matter, user_id: userId } of old) {
    const result = await db
      .deleteFrom('put_offs')
      .where('guild_id', '=', guildId)
      .where('matter', '=', matter)
      .where('user_id', '=', userId)
      .executeTakeFirst();
    gone += Number(result.numDeletedRows);
  }
  return gone;
}

/** When which moderator did one of these acts since then, by moderator and moment. */
export async function listActsSince(
  db: Db,
  guildId: string,
  actions: readonly AuditAction[],
  since: Instant,
): Promise<{ actor_id: string; at: Instant }[]> {
  return await db
    .selectFrom('audit')
    .select(['actor_id', 'at'])
    .where('guild_id', '=', guildId)
    .where('at', '>=', since)
    .where('action', 'in', actions)
    .orderBy('actor_id')
    .orderBy('at')
    .execute();
}
