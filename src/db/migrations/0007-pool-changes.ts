import { type Kysely, sql } from 'kysely';

/** Says which mentors changed since a search last looked, so that a change of one costs that one and not all. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const counter = (table: string, column: string) =>
    db.schema
      .alterTable(table)
      .addColumn(column, 'integer', (c) => c.notNull().defaultTo(0))
      .execute();
  await counter('guilds', 'pool_whole_version');
  await counter('guilds', 'pool_removed_version');
  await counter('profiles', 'pool_version');
  await db.schema
    .createIndex('profiles_by_pool_version')
    .on('profiles')
    .columns(['guild_id', 'pool_version'])
    .where(sql<boolean>`role = 'mentor'`)
    .execute();
}
