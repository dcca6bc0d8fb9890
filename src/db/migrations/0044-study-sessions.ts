import { type Kysely, sql } from 'kysely';

/** How a group's sessions go, its plan by systems, its prompts, and a line each week. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const isShape = sql`shape in ('one', '25-5', '50-10', 'teach-back')`;
  const groups = () => db.schema.alterTable('study_groups');
  await groups()
    .addColumn('shape', 'text', (c) => c.notNull().defaultTo('one').check(isShape))
    .execute();
  await groups().addColumn('prompt_systems', 'text').execute();
  await groups()
    .addColumn('prompt_weekday', 'integer', (c) => c.check(sql`prompt_weekday between 1 and 7`))
    .execute();
  await groups().addColumn('prompt_at', 'text').execute();
  await groups()
    .addColumn('weekly_line', 'integer', (c) =>
      c
        .notNull()
        .defaultTo(1)
        .check(sql`weekly_line in (0, 1)`),
    )
    .execute();
  await groups().addColumn('weekly_at', 'text').execute();
  const sessions = () => db.schema.alterTable('group_sessions');
  await sessions()
    .addColumn('shape', 'text', (c) => c.notNull().defaultTo('one').check(isShape))
    .execute();
  await sessions()
    .addColumn('phase', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await sessions().addColumn('phase_until', 'text').execute();
  await sessions().addColumn('paused_at', 'text').execute();
  await sessions()
    .addColumn('changed', 'text', (c) => c.check(sql`changed in ('paused', 'went-on', 'next', 'ended')`))
    .execute();
  await sessions().addColumn('changed_by', 'text').execute();
  await sessions().addColumn('prompt_id', 'text').execute();
  const table = (name: string) => db.schema.createTable(name).modifyEnd(sql`strict`);
  await table('group_ticks')
    .addColumn('group_id', 'text', (c) => c.notNull().references('study_groups.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('guild_id', 'text', (c) => c.notNull())
    .addColumn('system', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('group_ticks_key', ['group_id', 'user_id', 'system'])
    .execute();
  await db.schema.createIndex('group_ticks_person').on('group_ticks').columns(['guild_id', 'user_id']).execute();
  await table('group_prompts')
    .addColumn('group_id', 'text', (c) => c.notNull().references('study_groups.id').onDelete('cascade'))
    .addColumn('prompt_id', 'text', (c) => c.notNull())
    .addColumn('guild_id', 'text', (c) => c.notNull())
    .addColumn('used_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('group_prompts_key', ['group_id', 'prompt_id'])
    .execute();
}
