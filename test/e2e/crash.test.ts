import { MessageType } from 'discord-api-types/v10';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../sandbox/api.ts';
import { killAt, sidesOfRequest } from '../support/kill.ts';
import { ask, type Community, openCommunity, requestAt, speaksOf, threadsOf } from '../support/play.ts';

/**
 * `kill -9` at every request that follows an Accept, once before Discord has carried it out and once after. The story
 * must end as if nothing had happened: one thread with both in it, one opening message, one word to the mentee. Where the
 * bot was killed while it still asked Discord whether both are there, nothing was done: the mentor presses again.
 */
let community: Community;
beforeAll(async () => {
  community = await openCommunity();
});
afterAll(() => community.close());

/** Deliveries; neither what answers the person who pressed nor what only looks is among them: a kill there changes nothing. */
const isDelivery = /^(POST|PUT|PATCH|DELETE) \/(channels|guilds|users)\//;
/** The gate kills at each of them, on PostgreSQL; `npm test` at every other one. */
const step = process.env['TEST_POSTGRES'] === 'all' ? 1 : 2;
/** An Accept leads to at least so many: edit, direct message, thread, two members, opening message. */
const leastDeliveries = 6;

test.each(sidesOfRequest)(
  'killed at any request after the Accept, %s: everything arrives exactly once',
  async (_, afterEffect) => {
    let deliveries = 0;
    while (await killedAt(deliveries, afterEffect)) deliveries += step;
    expect(deliveries).toBeGreaterThanOrEqual(leastDeliveries);
  },
);

/** Plays an Accept with a kill at its `nth` delivery. Returns false when there are not as many. */
async function killedAt(nth: number, afterEffect: boolean): Promise<boolean> {
  const name = `${nth}${afterEffect ? 'b' : 'a'}`;
  const mentor = await community.mentor(`Ada ${name}`);
  const mentee = await community.mentee(`Omar ${name}`);
  await ask(mentee, mentor);
  const request = await requestAt(community, mentor, mentee);
  await community.bot.tick();

  const kill = { route: isDelivery, nth, afterEffect };
  const isKilled = await killAt(community, kill, async () => {
    await mentor.press('Accept', request);
    await community.bot.tick();
  });
  if (isKilled) {
    const card = mentor.dms().find((message) => speaksOf(message, mentee));
    if (card && (card.components ?? []).length > 0) await mentor.press('Accept', card);
  }
  await arrivedOnce(mentor, mentee);
  return isKilled;
}

async function arrivedOnce(mentor: Actor, mentee: Actor): Promise<void> {
  const { sandbox } = community;
  await sandbox.until('both in the thread', () =>
    threadsOf(community, mentor).some((t) => t.memberIds.includes(mentee.id)),
  );
  const [thread, ...more] = community.guild.threads().filter((t) => t.name.includes(mentee.name));
  expect(more).toHaveLength(0);
  if (!thread) throw new Error('no thread');
  await sandbox.until('the opening message', () => mentee.messages(thread).length > 0);
  await sandbox.until('the word to the mentee', () => mentee.dms().some((m) => speaksOf(m, mentor)));
  await community.bot.settled();
  expect(
    mentee.messages(thread).filter((m) => m.author.id === sandbox.botUserId && m.type === MessageType.Default),
  ).toHaveLength(1);
  expect(mentee.dms().filter((m) => speaksOf(m, mentor))).toHaveLength(1);
  expect(mentor.dms().filter((m) => speaksOf(m, mentee))).toHaveLength(1);
  expect(mentor.dms().find((m) => speaksOf(m, mentee))?.components).toHaveLength(0);
}
