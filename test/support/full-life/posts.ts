import type { Acting } from '../../../src/guild/acting.ts';
import type { TestContext } from '../context.ts';
import { secret } from './secret.ts';

export async function fillPosts({ db, now }: TestContext, { guildId: guild_id, userId }: Acting, other: string) {
  const at = now();
  const changed = { guild_id, created_at: at, updated_at: at };
  const draft = {
    ...changed,
    channel_id: '1',
    title: `${secret} title`,
    text: `${secret} text`,
    link: `https://example.org/${secret}-link`,
    image_url: `https://example.org/${secret}-image`,
    zone: 'Etc/UTC',
    author_id: userId,
    sender_id: userId,
  };
  await db
    .insertInto('announcements')
    .values([
      { ...draft, id: 'draft', state: 'draft' },
      {
        ...draft,
        id: 'posted',
        state: 'posted',
        title: 'The guild’s title',
        text: 'News',
        link: null,
        image_url: null,
      },
    ])
    .execute();
  await db
    .insertInto('schedules')
    .values({
      ...changed,
      id: 'schedule',
      kind: 'prompt',
      channel_id: '1',
      cron: '0 9 * * 1',
      zone: 'Etc/UTC',
      state: 'active',
      created_by: userId,
      chooser_id: userId,
    }) // prettier-ignore
    .execute();
  await db
    .insertInto('slots')
    .values({
      guild_id,
      id: 'slot',
      schedule_id: 'schedule',
      kind: 'prompt',
      due_at: at,
      state: 'posted',
      created_at: at,
    }) // prettier-ignore
    .execute();
  const content = { ...changed, kind: 'tip' as const, category: 'visas' };
  await db
    .insertInto('guild_contents')
    .values([
      { ...content, id: 'suggested', body: `{"text":"${secret} suggestion"}`, state: 'suggested', author_id: userId },
      { ...content, id: 'approved', body: '{"text":"The guild’s tip"}', state: 'approved', author_id: userId },
      { ...content, id: 'decided', body: '{"text":"Another tip"}', state: 'approved', author_id: other, decided_by: userId, decided_at: at }, // prettier-ignore
    ])
    .execute();
  await db
    .insertInto('participations')
    .values({ slot_id: 'slot', guild_id, user_id: userId, created_at: at })
    .execute();
  await db
    .insertInto('panels')
    .values({ guild_id, created_at: at, id: 'panel', channel_id: '7', words: `${secret} panel`, by_id: userId })
    .execute();
  await db.insertInto('notify').values({ guild_id, kind: 'tips', role_id: '1', created_at: at }).execute();
}
