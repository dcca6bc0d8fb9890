import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPair, type Pair, pass, titlesTo } from '../support/pairs.ts';
import { day, hour, minute } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';
import { setUp } from '../support/set-up.ts';

let town: Town;
let pair: Pair;
beforeEach(async () => {
  town = await openTown({ setUp: true });
  pair = await openPair(town);
});
afterEach(async () => await town.close());

const threadOf = () => {
  const thread = pair.thread();
  if (!thread) throw new Error('they have no thread');
  return thread;
};
const staff = () => {
  const channel = town.guild.channel('mentoring-staff');
  return town.moderator.messages(channel).map((message) => message.embeds[0]?.description ?? '');
};

/** They have another thread, are told so there, and heard of nothing twice. */
async function expectAnother(oldId: string): Promise<void> {
  const thread = threadOf();
  expect(thread.id).not.toBe(oldId);
  const messages = pair.mentee.messages(thread);
  expect(messages).toHaveLength(1);
  expect(messages[0]?.content).toContain(`<@${pair.mentee.id}>`);
  expect(messages[0]?.embeds[0]?.title).toBe('Your thread, opened again');
  const shown = (await pair.mentee.slash('mentorship show')).text;
  expect(shown).toContain(thread.id);
  expect(shown).not.toContain(oldId);
}

describe('a pair whose thread was deleted', () => {
  test('has another at once', async () => {
    const old = threadOf();
    town.guild.deleteThread(old);
    await town.sandbox.until('another thread', () => pair.thread() && pair.mentee.messages(threadOf()).length > 0);
    await pass(town, day, hour);
    await expectAnother(old.id);
  });

  test('has another after the bot was off', async () => {
    const old = threadOf();
    await town.bot.stop();
    town.guild.deleteThread(old);
    town.sandbox.clock.advance(hour);
    await town.start();
    await pass(town, minute);
    await expectAnother(old.id);
  });

  test('has another after a connection was down, and the moderators hear of a role deleted meanwhile', async () => {
    const old = threadOf();
    town.sandbox.clock.advance(hour);
    town.sandbox.dropGateway('invalid');
    town.guild.deleteThread(old);
    town.guild.deleteRole(town.guild.role('Mentee'));
    await town.sandbox.botReady();
    await expect
      .poll(async () => {
        await pass(town, minute);
        return pair.thread() !== undefined;
      })
      .toBe(true);
    await expectAnother(old.id);
    expect(staff().filter((text) => text.includes('A role that was set for mentors or mentees'))).toHaveLength(1);
  });

  test('is found by /setup check, which has it opened again', async () => {
    const old = threadOf();
    await town.bot.stop();
    town.guild.deleteThread(old);
    await town.start();
    town.sandbox.clock.advance(minute);
    const answer = await town.moderator.slash('setup check');
    expect(answer.text).toContain('thread was deleted');
    await town.bot.tick();
    await expectAnother(old.id);
    expect((await town.moderator.slash('setup check')).text).toContain('Everything is in order');
  });
});

describe('a pair whose channel was deleted with their thread', () => {
  beforeEach(async () => {
    town.guild.deleteChannel(town.guild.channel('mentoring'));
    await pass(town, 10 * minute, minute);
  });

  test('is told once by direct message, and the moderators that they have to act', async () => {
    await pass(town, 3 * day, 6 * hour);
    expect(titlesTo(pair.mentor).filter((title) => title === 'Your thread with Omar is gone')).toHaveLength(1);
    expect(titlesTo(pair.mentee).filter((title) => title === 'Your thread with Ada is gone')).toHaveLength(1);
    expect(staff().filter((text) => text.includes('mentoring'))).toHaveLength(1);
    expect((await town.moderator.slash('setup check')).text).toContain('The mentoring channel was deleted');
  });

  test('has another thread as soon as there is a channel again', async () => {
    await setUp(town.moderator);
    await pass(town, minute);
    expect(pair.mentee.messages(threadOf())[0]?.embeds[0]?.title).toBe('Your thread, opened again');
  });
});

describe('somebody who is no longer in their thread', () => {
  test('is brought back within a day, and then left in peace for a week', async () => {
    town.guild.takeFromThread(threadOf(), pair.mentee);
    await pass(town, day + hour, hour);
    expect(pair.thread()).toBeDefined();
    town.guild.takeFromThread(threadOf(), pair.mentee);
    await pass(town, 5 * day, 6 * hour);
    expect(pair.thread()).toBeUndefined();
    await pass(town, 3 * day, 6 * hour);
    expect(pair.thread()).toBeDefined();
    const [first, ...others] = pair.mentee.messages(threadOf()).map(({ embeds }) => embeds[0]?.title);
    expect(others).not.toContain(first);
  });

  test('is brought back into one that has fallen asleep', async () => {
    const old = threadOf();
    town.guild.closeThread(old);
    town.guild.takeFromThread(old, pair.mentee);
    await pass(town, day + hour, hour);
    expect(threadOf()).toMatchObject({ id: old.id, archived: false });
  });

  test('stays out of one that a moderator locked; the moderators are told once that the mentorship goes on', async () => {
    const old = threadOf();
    town.guild.closeThread(old, true);
    town.guild.takeFromThread(old, pair.mentee);
    // What would go into the thread comes by direct message instead, once Discord has said no.
    await pass(town, 3 * day, 6 * hour);
    town.sandbox.expectRefusal(({ code }) => code === 50083);
    expect(pair.thread()).toBeUndefined();
    expect(staff().filter((text) => text.includes(`<#${old.id}>, was locked`))).toHaveLength(1);
    expect((await town.moderator.slash('setup check')).text).toContain(`<#${old.id}>`);
  });
});

test('a channel that is closed to the bot is no reason to take a thread for deleted', async () => {
  const { id } = threadOf();
  town.guild.denyBot(PermissionFlagsBits.ViewChannel, town.guild.channel('mentoring'));
  await pass(town, 2 * day, 6 * hour);
  town.guild.allowBot(PermissionFlagsBits.ViewChannel, town.guild.channel('mentoring'));
  await pass(town, 2 * day, 6 * hour);
  expect(pair.thread()?.id).toBe(id);
  expect(town.guild.threads()).toHaveLength(1);
});
