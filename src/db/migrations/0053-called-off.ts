import { type Kysely, sql } from 'kysely';

/** Keeps whether a member called a session off: what a rest or another weekly time called off can be planned again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('group_sessions')
    .addColumn('by_member', 'integer', (c) =>
      c
        .notNull()
        .defaultTo(0)
        .check(sql`by_member in (0, 1)`),
    )
    .execute();
  // Nobody knows any more who called off those before: they stay as they are.
  await sql`update group_sessions set by_member = 1 where state = 'called-off'`.execute(db);
}
