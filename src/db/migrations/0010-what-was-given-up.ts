import { type Kysely, sql } from 'kysely';

/**
 * What an earlier version gave up at one refusal is tried again: schedules that it paused, by the last post that failed,
 * and threads of pairs that could not be opened.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    update notices set state = 'owed', attempts = 1, claimed_until = null, problem = 'set-up:paused'
    where kind = 'post' and state = 'void' and id in (
      select slots.notice_id from slots
      where slots.state = 'failed' and slots.is_test = 0 and slots.notice_id is not null
        and slots.schedule_id in (select id from schedules where state = 'paused' and paused_why <> 'moderator')
        and slots.due_at = (
          select max(others.due_at) from slots as others
          where others.schedule_id = slots.schedule_id and others.state = 'failed' and others.is_test = 0
        )
    )`.execute(db);
  await sql`
    update notices set state = 'owed', attempts = 1, claimed_until = null, problem = 'set-up:thread'
    where kind = 'mentorship-thread' and state = 'void' and message_id is null and subject_id in (
      select id from mentorships where state in ('active', 'paused') and thread_id is null
    )`.execute(db);
  // With each command of a moderator it is looked up what could not be posted for them.
  await db.schema
    .createIndex('notices_alerts')
    .on('notices')
    .columns(['guild_id', 'created_at'])
    .where(sql.ref('kind'), '=', sql.lit('staff-alert'))
    .execute();
}
