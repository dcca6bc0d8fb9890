import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Actor, GuildHandle, Sandbox } from '../../sandbox/api.ts';
import { ask, day, hour, minute, register, requestAt } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';

// The machine's clock is wrong by this much, while Discord's is right.
let ahead = 0;
let town: Town;
let sandbox: Sandbox;
let guild: GuildHandle;
let imani: Actor;
beforeEach(async () => {
  ahead = 0;
  town = await openTown({ setUp: true, clockError: () => ahead });
  ({ sandbox, guild, moderator: imani } = town);
});
afterEach(() => town.close());

/** Lets time pass in steps after each of which the bot does what is due, before anything is too late to be posted. */
const step = 4 * hour;
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= step) {
    sandbox.clock.advance(Math.min(left, step));
    await town.bot.tick();
  }
}

const tips = () => imani.messages('tips').filter(({ author }) => author.id === sandbox.botUserId);
const shownNext = async (): Promise<string | undefined> =>
  /Tip\*\*.*?Next: <t:(\d+)/s.exec((await imani.slash('schedule list')).text)?.[1];

async function pair(): Promise<{ mentor: Actor; mentee: Actor }> {
  const mentor = guild.join({ name: 'Hamza' });
  await register(mentor, 'mentor', { stage: 'resident', capacity: 2 });
  await imani.slash('mentors verify', { member: mentor, level: 'resident', method: 'video-call' });
  const mentee = guild.join({ name: 'Sana' });
  await register(mentee, 'mentee', { stage: 'applying' });
  await ask(mentee, mentor);
  await town.bot.tick();
  return { mentor, mentee };
}

const jumps = [
  ['twenty minutes ahead', 20 * minute],
  ['400 days ahead', 400 * day],
  ['twenty minutes behind', -20 * minute],
  ['three years behind', -3 * 365 * day],
] as const;

describe.each(jumps)('a clock that is %s', (_how, ms) => {
  test('for one heartbeat changes nothing: requests wait, the record stays, tips come as /schedule list says', async () => {
    const { mentor, mentee } = await pair();
    const record = (await imani.slash('audit')).text;
    const promised = await shownNext();
    ahead = ms;
    await town.bot.tick();
    ahead = 0;
    await town.bot.tick();
    expect((await imani.slash('audit')).text).toBe(record);
    expect(await shownNext()).toBe(promised);
    expect(mentee.dms().filter((message) => /in time/.test(JSON.stringify(message)))).toEqual([]);
    expect((await mentor.press('Accept', await requestAt({ sandbox }, mentor, mentee))).text).toMatch(/accepted/);
    await pass(8 * day);
    expect(tips()).toHaveLength(2);
    expect(Date.parse(tips()[0]?.timestamp ?? '')).toBeGreaterThanOrEqual(Number(promised) * 1000);
    expect(Date.parse(tips()[0]?.timestamp ?? '')).toBeLessThanOrEqual(Number(promised) * 1000 + step);
  });

  test('all the time goes unnoticed: Discord’s time counts', async () => {
    ahead = ms;
    await town.bot.tick();
    const { mentor, mentee } = await pair();
    await pass(8 * day);
    expect(tips()).toHaveLength(2);
    // Seven days after it was asked, and not before, nobody having answered.
    expect(mentee.dms().filter((message) => /in time/.test(JSON.stringify(message)))).toHaveLength(1);
    expect(mentor.dms().length).toBeGreaterThan(1);
    expect((await imani.slash('audit')).text).toMatch(/verified/);
  });
});

test('while Discord cannot be asked nothing is posted, expired or purged by a clock that jumped; then all is made up for', async () => {
  const { mentee } = await pair();
  const cut = sandbox.fault({ kind: 'cut', route: /./, times: Infinity });
  ahead = 400 * day;
  await town.bot.tick();
  await town.bot.tick();
  cut.clear();
  ahead = 0;
  await town.bot.tick();
  expect(mentee.dms().filter((message) => /in time/.test(JSON.stringify(message)))).toEqual([]);
  expect((await imani.slash('audit')).text).toMatch(/verified/);
  await pass(8 * day);
  expect(tips()).toHaveLength(2);
});

test('an announcement for next week is not posted by a clock that is ahead, but at its time', async () => {
  await imani.slash('announce compose', { time: 'in 7 days' });
  const preview = await imani.submit({ Title: 'Fees', Text: 'New fees from January.' });
  await imani.press('Schedule', preview);
  const posted = () => imani.messages('announcements').filter(({ author }) => author.id === sandbox.botUserId);
  const cut = sandbox.fault({ kind: 'cut', route: /gateway/, times: Infinity });
  ahead = 30 * day;
  await town.bot.tick();
  expect(posted()).toEqual([]);
  cut.clear();
  await town.bot.tick();
  expect(posted()).toEqual([]);
  ahead = 0;
  await pass(6.5 * day);
  expect(posted()).toEqual([]);
  await pass(0.8 * day);
  expect(posted()).toHaveLength(1);
});
