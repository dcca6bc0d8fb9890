import type { Acting } from '../../../src/guild/acting.ts';
import type { TestContext } from '../context.ts';
import { secret } from './secret.ts';

/** Their study groups, and others’. */
export async function fillStudy(
  { db, now }: TestContext,
  { guildId: guild_id, userId }: Acting,
  other: string,
): Promise<void> {
  const at = now();
  const created = { guild_id, created_at: at };
  const group = {
    ...created,
    kind: 'exam' as const,
    place: '',
    languages: '["en"]',
    size: 4,
    sessions: 1,
    minutes: 60,
    topic: 'oet',
  };
  await db
    .insertInto('study_groups')
    .values([
      {
        ...group,
        id: 'group-1',
        state: 'closed',
        closed_at: at,
        about: `${secret} group`,
        author_id: userId,
        owner_id: userId,
        owner_asked_id: userId,
      },
      { ...group, id: 'group-2', state: 'closed', about: 'Hello', author_id: other, owner_id: other, closed_at: at },
    ])
    .execute();
  const inGroup = { guild_id, since: at, state: 'member' as const };
  await db
    .insertInto('group_members')
    .values([
      { ...inGroup, group_id: 'group-1', user_id: userId },
      { ...inGroup, group_id: 'group-1', user_id: other },
      { ...inGroup, group_id: 'group-2', user_id: userId, state: 'left', left_why: 'self' },
    ])
    .execute();
  await db
    .insertInto('group_sessions')
    .values({
      guild_id,
      id: 'session-1',
      group_id: 'group-1',
      starts_at: at,
      ends_at: at,
      state: 'held',
      is_extra: 0,
      changed: 'ended',
      changed_by: userId,
    })
    .execute();
  await db
    .insertInto('group_ticks')
    .values({ guild_id, group_id: 'group-1', user_id: userId, system: 'cardiovascular', at })
    .execute();
  await db
    .insertInto('focus_rooms')
    .values({
      guild_id,
      id: 'room-1',
      starter_id: userId,
      minutes: 25,
      rounds: 1,
      started_at: at,
      phase_until: at,
      ended_at: at,
    })
    .execute();
  await db
    .insertInto('focus_people')
    .values({ guild_id, room_id: 'room-1', user_id: userId, joined_at: at, line: `${secret} focus` })
    .execute();
  await db
    .insertInto('group_polls')
    .values({
      guild_id,
      id: 'poll-1',
      group_id: 'group-1',
      what: 'close',
      by_id: userId,
      at,
      ends_at: at,
      outcome: 'no',
    })
    .execute();
  await db.insertInto('poll_votes').values({ guild_id, poll_id: 'poll-1', user_id: userId, says: 1 }).execute();
  await db
    .insertInto('group_applications')
    .values({ guild_id, group_id: 'group-2', user_id: userId, state: 'listed', line: `${secret} about me`, since: at })
    .execute();
  await db
    .insertInto('group_prompts')
    .values({ guild_id, group_id: 'group-1', prompt_id: 'fetal-shunts-at-birth', used_at: at })
    .execute();
  await db
    .insertInto('session_people')
    .values({ guild_id, session_id: 'session-1', user_id: userId, answer: 'come', here_at: at, line: `${secret} line` })
    .execute();
  await db
    .insertInto('formations')
    .values({ id: 'formation-1', guild_id, state: 'published', by_itself: 0, seed: 1, created_at: at, closed_at: at })
    .execute();
  await db
    .insertInto('formation_people')
    .values({ formation_id: 'formation-1', guild_id, user_id: userId, topic: 'arriving', number: 1, waiting: 0 })
    .execute();
  await db
    .insertInto('seekers')
    .values({
      guild_id,
      user_id: userId,
      kind: 'circle',
      topic: 'arriving',
      place: 'ohio',
      languages: '["ur"]',
      sessions: 1,
      since: at,
    })
    .execute();
}
