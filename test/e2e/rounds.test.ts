import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../sandbox/api.ts';
import { openDatabase } from '../../src/db/open.ts';
import { addCrowd } from '../support/crowd.ts';
import { type Community, minute, openCommunity } from '../support/play.ts';

/** `kill -9` while a round is computed, and while one is being published: nothing is ever half there. */
let community: Community;
let mentees: readonly Actor[];
let mentors: readonly Actor[];
let db: Awaited<ReturnType<typeof openDatabase>>;
beforeAll(async () => {
  community = await openCommunity();
  db = await openDatabase(community.database);
  mentees = community.guild.joinMany(60, 'Mentee');
  mentors = community.guild.joinMany(24, 'Mentor');
  const idsOf = (people: readonly Actor[]) => people.map(({ id }) => id);
  await addCrowd(db, community.guild.id, { mentees: idsOf(mentees), mentors: idsOf(mentors) });
});
afterAll(async () => {
  await db.destroy();
  await community.close();
});

const roundsIn = async (state: 'preview' | 'failed' | 'published') =>
  await db.selectFrom('rounds').selectAll().where('state', '=', state).execute();

const count = async (table: 'round_pairs' | 'requests') => {
  const row = await db
    .selectFrom(table)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
};

/** Waits for something in the database, where another process writes it. */
async function until(look: () => Promise<boolean>): Promise<void> {
  while (!(await look())) await delay(5);
}

test('killed in the middle of computing: taken back, whoever began it is told, and the next works', async () => {
  const { moderator, sandbox } = community;
  let begun = 0;
  await until(async () => {
    const rounds = await db.selectFrom('rounds').select('state').execute();
    if (rounds.some(({ state }) => state === 'computing')) return true;
    if (rounds.length === begun) {
      // Never answered, because the bot dies meanwhile; unless it was done before anybody looked, and is begun again.
      void moderator.slash('round preview').catch(() => undefined);
      begun += 1;
    }
    return false;
  });
  await community.bot.kill();
  await community.start();
  expect((await moderator.slash('round publish')).text).toMatch(/still being computed/);
  await community.pass(2 * minute);
  expect(await roundsIn('failed')).toHaveLength(1);
  expect([await count('round_pairs'), await count('requests')]).toEqual([0, 0]);
  const told = await db.selectFrom('notices').select('user_id').where('kind', '=', 'round-interrupted').execute();
  expect(told).toEqual([{ user_id: moderator.id }]);
  await sandbox.until('the word to the moderator', () =>
    moderator.dms().some((message) => JSON.stringify(message).includes('was interrupted')),
  );
  await moderator.slash('round preview');
  await until(async () => (await roundsIn('preview')).length === 1);
});

test('killed in the middle of publishing: the rest is published after the next start, and every request arrives once', async () => {
  const { moderator, sandbox } = community;
  await moderator.slash('round publish');
  const pairs = await count('round_pairs');
  const before = await count('requests');
  void moderator.press('Publish now').catch(() => undefined);
  await until(async () => (await count('requests')) > before);
  await community.bot.kill();
  await community.start();
  // What the killed process had in hand is taken over when its claim has run out.
  await community.pass(5 * minute);
  await community.pass(5 * minute);
  expect((await count('requests')) - before).toBe(pairs);
  expect(await roundsIn('published')).toMatchObject([
    { outcome: expect.stringContaining(`"requests":${pairs}`) as string },
  ]);
  const requests = await db.selectFrom('requests').select(['mentee_id', 'mentor_id']).execute();
  const telling = (people: readonly Actor[], id: string, what: string) =>
    people
      .find((one) => one.id === id)
      ?.dms()
      .filter((message) => JSON.stringify(message).includes(what)).length;
  for (const { mentee_id: mentee, mentor_id: mentor } of requests) {
    await sandbox.until('both to be told', () => telling(mentees, mentee, mentor) && telling(mentors, mentor, mentee));
    expect([telling(mentees, mentee, mentor), telling(mentors, mentor, mentee)]).toEqual([1, 1]);
  }
});
