import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../sandbox/api.ts';
import { ask, type Community, hour, minute, openCommunity, requestAt, threadsOf } from '../support/play.ts';

let community: Community;
beforeAll(async () => {
  community = await openCommunity();
});
afterAll(() => community.close());

const threadOf = (mentor: Actor, mentee: Actor) =>
  threadsOf(community, mentor).find(({ memberIds }) => memberIds.includes(mentee.id));

/** Two pairs whose threads are deleted while the bot is off. */
async function openPairs(name: string): Promise<(readonly [Actor, Actor])[]> {
  const pairs: (readonly [Actor, Actor])[] = [];
  for (const each of ['one', 'two']) {
    const mentor = await community.mentor(`Ada ${name} ${each}`);
    const mentee = await community.mentee(`Omar ${name} ${each}`);
    await ask(mentee, mentor);
    await mentor.press('Accept', await requestAt(community, mentor, mentee));
    await community.sandbox.until('their thread', () => threadOf(mentor, mentee));
    pairs.push([mentor, mentee]);
  }
  await community.bot.settled();
  await community.bot.stop();
  for (const [mentor, mentee] of pairs) community.guild.deleteThread(threadOf(mentor, mentee) ?? { id: '' });
  return pairs;
}

// Among the looks at both threads, and the opening of the new ones.
test.each([1, 4, 8])(
  'killed at request %i of the sweep or of what follows from it: each pair has one other thread with one message',
  async (nth) => {
    const pairs = await openPairs(`${nth}`);
    community.sandbox.clock.advance(hour);
    await community.start();
    const hold = community.sandbox.fault({
      kind: 'hold',
      route: /\/channels\//,
      skip: nth,
      afterEffect: nth % 2 === 0,
    });
    const beat = community.bot.tick().catch(() => undefined);
    await hold.reached;
    await community.bot.kill();
    hold.clear();
    await beat;
    await community.start();
    await community.pass(5 * minute);
    await community.pass(5 * minute);
    for (const [mentor, mentee] of pairs) {
      const thread = await community.sandbox.until('another thread', () => threadOf(mentor, mentee));
      expect(community.guild.threads().filter(({ name }) => name.includes(mentee.name))).toHaveLength(1);
      expect(
        mentee.messages(thread).filter(({ embeds }) => embeds[0]?.title === 'Your thread, opened again'),
      ).toHaveLength(1);
    }
  },
);
