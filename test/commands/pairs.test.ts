import { afterEach, beforeEach, expect, test } from 'vitest';
import { PermissionFlagsBits } from 'discord.js';
import type { Actor } from '../../sandbox/api.ts';
import { ask, day, register, requestAt, verify } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
let mentor: Actor;
let mentee: Actor;
beforeEach(async () => {
  town = await openTown({ setUp: true });
  mentor = town.guild.join({ name: 'Hamza' });
  mentee = town.guild.join({ name: 'Sana' });
  await register(mentor, 'mentor', { stage: 'resident' });
  await verify(town, mentor);
  await register(mentee, 'mentee', {});
  await ask(mentee, mentor);
  await mentor.press('Accept', await requestAt(town, mentor, mentee));
  await town.bot.tick();
});
afterEach(() => town.close());

const thread = () => {
  const [found] = town.guild.threads();
  if (!found) throw new Error('the pair has no thread');
  return found;
};
const heard = (who: Actor, words: RegExp) => who.dms().some((message) => words.test(message.embeds[0]?.title ?? ''));

test('a moderator sees every pair, and ends one with a question asked once: both read neutral words, the thread is closed', async () => {
  const list = await town.moderator.slash('mentors pairs');
  expect(list.text).toMatch(/1 mentorship/);
  expect(list.text).toContain(mentor.id);
  expect(list.text).toMatch(/going on/);
  const asked = await town.moderator.press('End 1', list);
  expect(asked.text).toMatch(/Do you want to end/);
  const kept = await town.moderator.press('Keep the mentorship', asked);
  expect(kept.text).toMatch(/Nothing was changed/);
  await town.moderator.press('End the mentorship', await town.moderator.press('End 1', list));
  await town.bot.tick();
  for (const who of [mentor, mentee]) expect(heard(who, /has ended/)).toBe(true);
  expect(thread()).toMatchObject({ archived: true, locked: false });
  expect(thread().memberIds).not.toContain(mentor.id);
  expect(thread().memberIds).not.toContain(mentee.id);
  expect((await town.moderator.slash('mentors pairs')).text).toMatch(/no mentorship/);
  expect((await town.moderator.slash('audit')).text).toMatch(/ended the mentorship of/);
});

test('where the bot may manage threads, the thread of an ended pair is locked too; the same two get a new one', async () => {
  town.guild.allowBot(PermissionFlagsBits.ManageThreads);
  await mentee.press('End it', await mentee.slash('mentorship end', { reason: 'no-time' }));
  await town.bot.tick();
  expect(thread()).toMatchObject({ archived: true, locked: true });
  await ask(mentee, mentor);
  await mentor.press('Accept', await requestAt(town, mentor, mentee));
  await town.bot.tick();
  const [first, second] = town.guild.threads();
  expect(second?.id).not.toBe(first?.id);
  expect(town.guild.threads().filter(({ archived }) => !archived)).toHaveLength(1);
});

test('one of the two lets it rest: the other reads until when, and both read on the day that it goes on', async () => {
  const said = await mentee.slash('mentorship pause', { days: 3 });
  expect(said.text).toMatch(/rests until/);
  await town.bot.tick();
  expect(heard(mentor, /rests for now/)).toBe(true);
  expect((await mentor.slash('mentorship show')).text).toMatch(/At rest until/);
  expect((await town.moderator.slash('mentors pairs')).text).toMatch(/at rest until/);
  town.sandbox.clock.advance(3 * day);
  await town.bot.tick();
  for (const who of [mentor, mentee]) expect(heard(who, /goes on/)).toBe(true);
  expect(thread().archived).toBe(false);
});

test('somebody who deletes their data is taken out of the thread as well', async () => {
  await mentee.press('Delete everything', await mentee.slash('profile delete'));
  await town.bot.tick();
  expect(thread().archived).toBe(true);
  expect(thread().memberIds).not.toContain(mentee.id);
  expect(thread().memberIds).not.toContain(mentor.id);
});
