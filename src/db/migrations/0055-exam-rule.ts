import { type Kysely, sql } from 'kysely';

/** The rule against exam content that the bot made in a guild's AutoMod. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('exam_rules')
    .modifyEnd(sql`strict`)
    .addColumn('guild_id', 'text', (c) => c.primaryKey().notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('rule_id', 'text', (c) => c.notNull())
    .addColumn('sent', 'text', (c) => c.notNull())
    .addColumn('look_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('exam_rules_look').on('exam_rules').column('look_at').execute();
}
