import { PermissionFlagsBits } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor, Answer } from '../../sandbox/api.ts';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
let sana: Actor;
let omar: Actor;
beforeAll(async () => {
  town = await openTown({ setUp: true, env: { ACTS_AT_ONCE: '0' } });
  sana = town.guild.join({ name: 'Sana' });
  omar = town.guild.join({ name: 'Omar' });
});
afterAll(() => town.close());

const to = async (at: string): Promise<void> => {
  town.sandbox.clock.advance(Date.parse(at) - town.sandbox.clock.now());
  await town.bot.tick();
};
const labels = ({ message }: Answer): string => JSON.stringify(message);
const tips = () => town.moderator.messages('tips').map((message) => JSON.stringify(message));

describe('Match Week', () => {
  test('outside of it /match says what is known of it, and offers no answer', async () => {
    const shown = await sana.slash('match');
    expect(shown.ephemeral).toBe(true);
    expect(shown.text).toContain('Match Week 2027');
    expect(shown.text).toContain('Not announced here yet');
    expect(labels(shown)).not.toContain('I matched');
  });

  test('moderators say what it is like here; members are told whose command that is', async () => {
    const shown = await town.moderator.slash('setup match');
    expect(shown.text).toContain('On Sunday at 9:00 Eastern I post one word in');
    expect(shown.text).toContain('never say, count or keep who matched');
    const words = await town.moderator.slash('setup words');
    expect(words.text).toContain('Somebody speaks of dying');
    expect(words.text).toContain('your life matters');
    const hidden = await town.moderator.slash('setup match', { quiet: false });
    expect(hidden.text).toContain('go on as in any week');
    await town.moderator.slash('setup match', { quiet: true });
  });

  test('on Sunday one word says what comes when, where joy belongs and who listens', async () => {
    await to('2027-03-14T14:00:00.000Z');
    await to('2027-03-14T15:00:00.000Z');
    const words = tips().filter((message) => message.includes('Match Week 2027'));
    expect(words).toHaveLength(1);
    expect(words[0]).toContain('Where joy belongs');
    expect(words[0]).toContain('/support');
    const shown = await sana.slash('match');
    expect(shown.text).toContain('Nobody knows anything before Monday');
    expect(labels(shown)).not.toContain('I matched');
  });

  test('from Monday on each is answered privately; whoever did not match sees SOAP and who listens', async () => {
    await to('2027-03-15T14:01:00.000Z');
    const not = await omar.press('Not this time', await omar.slash('match'));
    expect(not.ephemeral).toBe(true);
    expect(not.text).toContain('SOAP, if you want it');
    expect(not.text).toContain('nrmp.org/match-week-and-soap-guides');
    expect(not.text).toContain('I am sorry');
    expect(labels(not)).toContain('Somebody to talk to');
    const back = await omar.press('Back', not);
    expect((await omar.press('Rather not say', back)).text).toContain('Nothing was kept');
    const matched = await sana.press('I matched', await sana.slash('match'));
    expect(matched.text).toContain('Congratulations, doctor');
    expect(labels(matched)).not.toContain('Share it');
    const listening = await omar.press('Somebody to talk to', not);
    expect(listening.text).toContain('988');
  });

  test('from Friday noon a line is shared in the words of the member, pings nobody, and is taken back', async () => {
    await to('2027-03-19T16:01:00.000Z');
    const matched = await sana.press('I matched', await sana.slash('match'));
    await sana.press('Share it', matched);
    const sent = await sana.submit({ line: 'Thank you **all**, @everyone' });
    expect(sent.text).toContain('Your line goes to');
    await town.bot.tick();
    const posted = () => tips().filter((message) => message.includes(sana.id));
    expect(posted()).toHaveLength(1);
    expect(posted()[0]).toContain(`<@${sana.id}>: Thank you`);
    expect(posted()[0]).not.toContain('@everyone');
    expect(posted()[0]).not.toContain('**all**');
    await sana.press('Share it', matched);
    expect((await sana.submit({ line: 'Again' })).text).toContain('You have shared a line this year');
    expect((await sana.press('Take my line back', await sana.slash('match'))).text).toContain('Taken back');
    await town.bot.tick();
    expect(tips().some((message) => message.includes('Thank you'))).toBe(false);
    await sana.press('Share it', matched);
    expect((await sana.submit({ line: 'Again' })).text).toContain('You have shared a line this year');
  });

  test('with a road, a press and nothing else changes the stage; two weeks later they are asked to help, once', async () => {
    await omar.slash('roadmap show', { timezone: 'Asia/Karachi', stage: 'interviewing' });
    await omar.press('Begin my road');
    const matched = await omar.press('I matched', await omar.slash('match'));
    expect((await omar.press('Change my stage to matched', matched)).text).toContain('Your road now shows');
    await to('2027-04-03T05:00:00.000Z');
    await to('2027-04-04T05:00:00.000Z');
    const asked = omar.dms().filter((message) => JSON.stringify(message).includes('Would you help those behind you?'));
    expect(asked).toHaveLength(1);
  });

  test('in a direct message it answers as well, and shares nothing', async () => {
    const shown = await sana.slash('match', {}, { channelId: 'dm' });
    expect(shown.text).toContain('Match Week 2028');
  });
});

test('a channel that was chosen for Match Week and is gone, or closed to me, stands in /setup check', async () => {
  const check = async () => (await town.moderator.slash('setup check')).text;
  const channel = town.guild.createChannel({ name: 'match-week' });
  await town.moderator.slash('setup match', { channel, post: true });
  expect(await check()).not.toContain(channel.id);
  town.guild.denyBot(PermissionFlagsBits.SendMessages, channel);
  expect(await check()).toContain(channel.id);
  town.guild.deleteChannel(channel);
  expect(await check()).toContain('The channel that was chosen for Match Week is gone');
  await town.moderator.slash('setup match', { post: false, share: false });
  expect(await check()).not.toContain('Match Week is gone');
});
