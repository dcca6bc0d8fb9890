import { type Kysely, sql } from 'kysely';

/** Keeps what members ask moderators about: claims, who asked, and the answers of a guild's own. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('claim_drafts')
    .modifyEnd(sql`strict`)
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('guild_id', 'text', (c) => c.references('guilds.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('origin', 'text', (c) => c.notNull().check(sql`origin in ('message', 'question')`))
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('channel_id', 'text')
    .addColumn('message_id', 'text')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('line', 'text', (c) => c.notNull().defaultTo(''))
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('claim_drafts_age').on('claim_drafts').column('created_at').execute();
  await db.schema.createIndex('claim_drafts_of').on('claim_drafts').columns(['guild_id', 'user_id']).execute();

  await db.schema
    .createTable('claims')
    .modifyEnd(sql`strict`)
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('origin', 'text', (c) => c.notNull().check(sql`origin in ('message', 'question')`))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('text', 'text')
    .addColumn('channel_id', 'text')
    .addColumn('message_id', 'text')
    .addColumn('digest', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('open', 'answered', 'unclear')`))
    .addColumn('asked', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('closed_at', 'text')
    .addColumn('posting', 'text', (c) => c.check(sql`posting in ('asked', 'posted', 'refused')`))
    .execute();
  // The same message, or the same question, is one claim: for as long as nobody has answered.
  await db.schema
    .createIndex('claims_open')
    .unique()
    .on('claims')
    .columns(['guild_id', 'digest'])
    .where(sql<boolean>`state = 'open'`)
    .execute();
  await db.schema.createIndex('claims_digest').on('claims').columns(['guild_id', 'digest', 'created_at']).execute();
  await db.schema.createIndex('claims_age').on('claims').columns(['state', 'created_at']).execute();
  await db.schema.createIndex('claims_of').on('claims').columns(['guild_id', 'state', 'created_at']).execute();

  await db.schema
    .createTable('claim_askers')
    .modifyEnd(sql`strict`)
    .addColumn('claim_id', 'text', (c) => c.notNull().references('claims.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('guild_id', 'text', (c) => c.notNull())
    .addColumn('line', 'text', (c) => c.notNull())
    .addColumn('asked_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('claim_askers_key', ['claim_id', 'user_id'])
    .execute();
  await db.schema.createIndex('claim_askers_of').on('claim_askers').columns(['guild_id', 'user_id']).execute();

  await db.schema
    .createTable('guild_answers')
    .modifyEnd(sql`strict`)
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('claim_id', 'text')
    .addColumn('about', 'text')
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('question', 'text', (c) => c.notNull())
    .addColumn('answer', 'text', (c) => c.notNull())
    .addColumn('words', 'text', (c) => c.notNull())
    .addColumn('verdict', 'text', (c) => c.check(sql`verdict in ('agrees', 'silent', 'changed')`))
    .addColumn('link', 'text')
    .addColumn('checked', 'text', (c) => c.notNull())
    .addColumn('review_by', 'text')
    .addColumn('by_id', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('changed_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('guild_answers_of').on('guild_answers').columns(['guild_id', 'created_at']).execute();
  await db.schema
    .createIndex('guild_answers_about')
    .unique()
    .on('guild_answers')
    .columns(['guild_id', 'about'])
    .where(sql<boolean>`about is not null`)
    .execute();
  await db.schema
    .createIndex('guild_answers_claim')
    .unique()
    .on('guild_answers')
    .column('claim_id')
    .where(sql<boolean>`claim_id is not null`)
    .execute();

  await db.schema
    .createTable('guide_misses')
    .modifyEnd(sql`strict`)
    .addColumn('guild_id', 'text', (c) => c.notNull().references('guilds.id').onDelete('cascade'))
    .addColumn('digest', 'text', (c) => c.notNull())
    .addColumn('who', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('guide_misses_key', ['guild_id', 'digest', 'who'])
    .execute();
  await db.schema.createIndex('guide_misses_age').on('guide_misses').column('at').execute();
}
