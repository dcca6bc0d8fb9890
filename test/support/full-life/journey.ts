import type { Acting } from '../../../src/guild/acting.ts';
import type { TestContext } from '../context.ts';
import { secret } from './secret.ts';

/** Their road and dates, and what they asked and answered for others. */
export async function fillJourney({ db, now }: TestContext, { guildId: guild_id, userId }: Acting): Promise<void> {
  const at = now();
  await db
    .insertInto('date_proposals')
    .values({ guild_id, date_id: 'rank-list-2027', act: 'withdraw', source: '', by_id: userId, created_at: at })
    .execute();
  await db
    .insertInto('date_posts')
    .values({ guild_id, date_id: 'rank-list-2027', value: '2027-03-03', days: 7, post_id: 'post', due_at: at })
    .execute();
  await db
    .insertInto('match_lines')
    .values({ id: 'line', guild_id, user_id: userId, year: 2027, line: `${secret} line`, created_at: at })
    .execute();
  await db
    .insertInto('journeys')
    .values({
      user_id: userId,
      zone: 'Asia/Karachi',
      stage: 'applying',
      start_stage: 'step-1',
      who: 'graduate',
      pathway: '6',
      visa: 'unsaid',
      match_year: 2027,
      reminder_days: '[7]',
      reminders_since: at,
      created_at: at,
      used_at: at,
    })
    .execute();
  await db.insertInto('journey_guilds').values({ user_id: userId, guild_id, used_at: at }).execute();
  await db
    .insertInto('journey_items')
    .values({ user_id: userId, item_id: 'oet', state: 'doing', note: `${secret} step`, title: 'OET', changed_at: at })
    .execute();
  await db
    .insertInto('journey_dates')
    .values({ user_id: userId, date_id: 'rank-list-2027', told: '2027-03-03' })
    .execute();
  await db
    .insertInto('own_dates')
    .values({
      id: 'own',
      user_id: userId,
      title: `${secret} date`,
      day: '2027-05-03',
      reminder_days: '[7]',
      created_at: at,
      changed_at: at,
    })
    .execute();
  await db.insertInto('reminded').values({ user_id: userId, key: 'rank-list-2027', at }).execute();
}
