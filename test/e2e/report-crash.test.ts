import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../sandbox/api.ts';
import { killAt, sidesOfRequest } from '../support/kill.ts';
import { type Community, openCommunity } from '../support/play.ts';

/**
 * `kill -9` at every request that follows a report, its acknowledgement first, once before Discord has carried it out and
 * once after. The case is there once, its reporter finds it, and whoever handles reports hears of it once.
 */
let community: Community;
beforeAll(async () => {
  community = await openCommunity();
  // The bot knows as handlers those who have done something.
  await community.moderator.slash('setup mentoring', { requests: 4 });
});
afterAll(() => community.close());

const follows = /^(POST|PATCH) \/(interactions|webhooks|users|channels)\//;
/** The gate kills at each of them, on PostgreSQL; `npm test` at every third one. */
const step = process.env['TEST_POSTGRES'] === 'all' ? 1 : 3;
/** A report leads to at least so many: the acknowledgement, the handler's letter, the line in the channel. */
const least = 3;

test.each(sidesOfRequest)(
  'killed at any request after a report, %s: there is one case, told of once',
  async (_, afterEffect) => {
    let nth = 0;
    while (await killedAt(nth, afterEffect)) nth += step;
    expect(nth).toBeGreaterThanOrEqual(least);
  },
);

/** Plays a report with a kill at its `nth` request. Returns false when there are not as many. */
async function killedAt(nth: number, afterEffect: boolean): Promise<boolean> {
  const { guild, moderator } = community;
  const name = `${nth}${afterEffect ? 'b' : 'a'}`;
  const reporter = guild.join({ name: `Sana ${name}` });
  const reported = guild.join({ name: `Hamza ${name}` });
  await community.bot.settled();
  const letters = lettersTo(moderator);
  const open = await casesSeenBy(moderator);
  await reporter.slash('report member', { member: reported });
  const report = { 'What it is about': ['money'], 'What happened': 'They asked me for two hundred dollars.' };
  const isKilled = await killAt(community, { route: follows, nth, afterEffect }, async () => {
    // Where the bot dies before it has answered nobody reads anything.
    await reporter.submit(report).catch(() => undefined);
    await community.bot.tick();
  });
  await community.bot.settled();
  expect((await casesSeenBy(moderator)) - open, `killed at ${name}`).toBe(1);
  expect(lettersTo(moderator) - letters, `letters of ${name}`).toBe(1);
  const mine = await reporter.slash('report mine');
  expect(mine.text.match(/nobody has taken it yet/g), `what ${name} finds`).toHaveLength(1);
  // Whoever got no answer sends the form again: it is there once all the same, and they read where.
  if (nth === 0 && !afterEffect) {
    expect((await reporter.submit(report)).text).toContain('was sent already');
    expect(await casesSeenBy(moderator)).toBe(open + 1);
  }
  return isKilled;
}

const lettersTo = (who: Actor) =>
  who.dms().filter((each) => JSON.stringify(each).includes('A report is waiting')).length;

async function casesSeenBy(handler: Actor): Promise<number> {
  const { text } = await handler.slash('reports list');
  return Number(/(\d+) reports?/.exec(text)?.[1] ?? 0);
}
