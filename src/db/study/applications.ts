/** Who would like to join a group: members are asked, or they wait in the list of a full one. */
import { type Insertable, type Selectable, sql } from 'kysely';
import type { Instant } from '../../time.ts';
import type { Whose } from '../members.ts';
import type { Db, Trx } from '../open.ts';
import { owned } from '../owned.ts';
import type { ApplicationState, GroupApplicationsTable } from '../schema.ts';

export type Application = Selectable<GroupApplicationsTable>;

/** Stores an application; the same again keeps its turn. */
export async function upsertApplication(trx: Trx, application: Insertable<GroupApplicationsTable>): Promise<void> {
  const { state, line, until } = application;
  await trx
    .insertInto('group_applications')
    .values(application)
    .onConflict((conflict) =>
      conflict.columns(['group_id', 'user_id']).doUpdateSet({ state, until, ...(line === undefined ? {} : { line }) }),
    )
    .execute();
}

export async function findApplication(db: Db, groupId: string, userId: string): Promise<Application | undefined> {
  return await db
    .selectFrom('group_applications')
    .selectAll()
    .where('group_id', '=', groupId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
}

/** Those who wait for a group in one way, the longest first. */
export async function listApplications(db: Db, groupId: string, state: ApplicationState): Promise<Application[]> {
  return await db
    .selectFrom('group_applications')
    .selectAll()
    .where('group_id', '=', groupId)
    .where('state', '=', state)
    .orderBy('since')
    .orderBy('user_id')
    .execute();
}

/** What somebody has applied for, with what each group is for. */
export async function listApplicationsOf(
  db: Db,
  { guildId, userId }: Whose,
): Promise<(Application & { readonly topic: string; readonly place: string })[]> {
  return await db
    .selectFrom('group_applications')
    .innerJoin('study_groups', 'study_groups.id', 'group_applications.group_id')
    .selectAll('group_applications')
    .select(['study_groups.topic', 'study_groups.place'])
    .where('group_applications.guild_id', '=', guildId)
    .where('group_applications.user_id', '=', userId)
    .orderBy('group_applications.since')
    .orderBy('group_applications.group_id')
    .execute();
}

/** Applications that nobody answered in time, where the bot is. */
export async function listApplicationsOver(db: Db, at: Instant, limit: number): Promise<Application[]> {
  return await db
    .selectFrom('group_applications')
    .innerJoin('guilds', 'guilds.id', 'group_applications.guild_id')
    .selectAll('group_applications')
    .where(sql<boolean>`group_applications.until is not null`)
    .where('group_applications.until', '<=', at)
    .where('guilds.left_at', 'is', null)
    .$call(owned(db, 'group_applications.guild_id'))
    .orderBy('group_applications.until')
    .orderBy('group_applications.user_id')
    .limit(limit)
    .execute();
}

/** An application is over. Returns whether there was one. */
export async function deleteApplication(trx: Trx, groupId: string, userId: string): Promise<boolean> {
  const result = await trx
    .deleteFrom('group_applications')
    .where('group_id', '=', groupId)
    .where('user_id', '=', userId)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/**
 * Somebody applies for nothing any more, or for nothing of a topic, since they have a place for it.
 * @returns the groups that they had applied for.
 */
export async function deleteApplicationsOf(
  trx: Trx,
  { guildId, userId }: Whose,
  topic?: string,
): Promise<readonly string[]> {
  let doomed = trx.deleteFrom('group_applications').where('guild_id', '=', guildId).where('user_id', '=', userId);
  if (topic !== undefined) {
    doomed = doomed.where('group_id', 'in', (ids) =>
      ids.selectFrom('study_groups').select('id').where('topic', '=', topic),
    );
  }
  return (await doomed.returning('group_id').execute()).map((row) => row.group_id);
}

/** Nobody waits for a group any more. Returns those who did. */
export async function clearApplications(trx: Trx, groupId: string): Promise<string[]> {
  const rows = await trx
    .deleteFrom('group_applications')
    .where('group_id', '=', groupId)
    .returning('user_id')
    .execute();
  return rows.map((row) => row.user_id);
}
