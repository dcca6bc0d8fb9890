import { type CreateTableBuilder, type Kysely, sql } from 'kysely';

const text = 'text' as const;
const twoYearsMs = 730 * 24 * 3_600_000;

/**
 * What protects people outlives the data of those whom it holds back, as keyed hashes and for a stated time; and what
 * somebody may do only so often is counted beside their data.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const create = (name: string): CreateTableBuilder<string> => db.schema.createTable(name).modifyEnd(sql`strict`);
  await create('protection_keys')
    .addColumn('only', 'integer', (c) => c.primaryKey().check(sql`"only" = 1`))
    .addColumn('fingerprint', text, (c) => c.notNull())
    .addColumn('created_at', text, (c) => c.notNull())
    .execute();

  // Kinds are not checked here: others will follow, and SQLite cannot change a check.
  await create('protections')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('guild_id', text, (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('kind', text, (c) => c.notNull())
    .addColumn('one', text, (c) => c.notNull())
    .addColumn('other', text)
    .addColumn('subject_id', text)
    .addColumn('created_at', text, (c) => c.notNull())
    .addColumn('until', text, (c) => c.notNull())
    .execute();
  for (const column of ['one', 'other']) {
    await db.schema
      .createIndex(`protections_by_${column}`)
      .on('protections')
      .columns(['guild_id', column, 'kind'])
      .execute();
  }
  await db.schema.createIndex('protections_by_end').on('protections').column('until').execute();

  await create('recent_acts')
    .addColumn('id', text, (c) => c.primaryKey())
    .addColumn('guild_id', text, (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('kind', text, (c) => c.notNull())
    .addColumn('who', text, (c) => c.notNull())
    .addColumn('at', text, (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('recent_acts_by_who')
    .on('recent_acts')
    .columns(['guild_id', 'who', 'kind', 'at'])
    .execute();
  await db.schema.createIndex('recent_acts_by_age').on('recent_acts').column('at').execute();

  // When the mentee asked again after withdrawing: the mentor's old message came back to life.
  await db.schema.alterTable('requests').addColumn('revived_at', text).execute();

  // Suspensions outlived a deletion before this; their ids become hashes at the first purge, when the key is known.
  const { rows } = await sql<{ guild_id: string; user_id: string; suspended_at: string }>`
    select guild_id, user_id, suspended_at from suspensions`.execute(db);
  for (const { guild_id: guildId, user_id: userId, suspended_at: at } of rows) {
    const until = new Date(Date.parse(at) + twoYearsMs).toISOString();
    await sql`insert into protections (id, guild_id, kind, one, created_at, until)
      values (${`suspended:${guildId}:${userId}`}, ${guildId}, 'suspended-mentor', ${userId}, ${at}, ${until})`.execute(
      db,
    );
  }
  await db.schema.dropTable('suspensions').execute();
}
