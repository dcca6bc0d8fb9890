import { PermissionFlagsBits } from 'discord.js';
import { afterEach, describe, expect, test } from 'vitest';
import { register } from '../../support/play.ts';
import { openTown, type Town } from '../../support/town.ts';
import { setUp } from '../../support/set-up.ts';
import { channelNames, checks, names, seen } from './support.ts';

let town: Town;
afterEach(async () => await town.close());

describe('undoing a set-up', () => {
  const before = ['general'];

  test('takes back everything that nobody has used, also after a restart, and it can be set up again', async () => {
    town = await openTown();
    const roles = names(town.guild.roles);
    const done = await setUp(town.moderator, { timezone: 'Asia/Karachi' });
    await town.bot.stop();
    await town.start();
    const undone = await town.moderator.press('Undo the set-up', done);
    expect(undone.text).toContain('The set-up is undone');
    expect(names(town.guild.channels)).toEqual(before);
    expect(names(town.guild.roles)).toEqual(roles);
    expect(await checks(town)).toContain('not set up here yet');
    expect((await town.moderator.slash('setup undo')).text).toContain('nothing to undo');
    expect((await setUp(town.moderator)).text).toContain('Tip in');
    expect(await checks(town)).toContain('Everything is in order');
  });

  test.each([
    [
      'somebody has registered',
      'Members have begun',
      async () => void (await register(town.guild.join({ name: 'Ana' }), 'mentee', {})),
    ],
    ['somebody has written in a channel', 'Somebody has written in', async () => void town.guild.join({ name: 'Ana' }).say('study-groups', 'Hello?')], // prettier-ignore
    ['somebody was given a role', 'Somebody has the role', async () => town.guild.giveRole(town.guild.join({ name: 'Ana' }), town.guild.role('Mentor'))], // prettier-ignore
    ['a tip was posted', 'I have posted something', async () => { await town.moderator.slash('schedule run', { schedule: (await town.moderator.complete('schedule run', 'schedule', ''))[0]!.value }); await town.bot.tick(); }], // prettier-ignore
    ['a moderator has begun to work with it', 'Moderators have planned', async () => { await town.moderator.slash('announce compose'); await town.moderator.submit({ title: 'A call', text: 'Join us.' }); }], // prettier-ignore
  ])('is refused, with the reason, where %s', async (_, why, use) => {
    town = await openTown();
    const done = await setUp(town.moderator);
    await use();
    const refused = await town.moderator.press('Undo the set-up', done);
    expect(refused.text).toContain(why);
    expect(refused.text).toContain('I undo nothing');
    expect(names(town.guild.channels)).toEqual(expect.arrayContaining(channelNames));
    expect(await checks(town)).not.toContain('not set up here yet');
  });

  test('of a later run takes back what that made, and the rest stays', async () => {
    town = await openTown({ setUp: true });
    await register(town.guild.join({ name: 'Ana' }), 'mentee', {});
    town.guild.deleteChannel(town.guild.channel('tips'));
    await town.sandbox.until('the news has arrived', () => true);
    await setUp(town.moderator);
    expect(names(town.guild.channels)).toContain('tips');
    const asked = await town.moderator.slash('setup undo');
    expect(seen(town, asked)).toContain('#tips');
    expect((await town.moderator.press('Undo the set-up', asked)).text).toContain('undone');
    expect(names(town.guild.channels)).not.toContain('tips');
    expect(names(town.guild.channels)).toContain('mentoring');
    expect(await checks(town)).toContain('The tips channel was deleted');
  });

  test('that a kill breaks off is ended by the next start', async () => {
    town = await openTown();
    const done = await setUp(town.moderator);
    const fault = { kind: 'error', route: /^DELETE \/guilds\/\d+\/roles/, status: 500, times: Infinity } as const;
    const away = town.sandbox.fault(fault);
    await town.moderator.press('Undo the set-up', done);
    expect(names(town.guild.roles)).toContain('Mentor');
    await town.bot.stop();
    away.clear();
    await town.start();
    await town.bot.tick();
    expect(names(town.guild.roles)).not.toContain('Mentor');
    expect(names(town.guild.channels)).toEqual(before);
    expect((await town.moderator.slash('setup undo')).text).toContain('nothing to undo');
  });

  test('what the bot may not delete it names', async () => {
    town = await openTown();
    const done = await setUp(town.moderator);
    town.guild.denyBot(PermissionFlagsBits.ManageChannels);
    await town.sandbox.until('the permission has arrived', () => true);
    const undone = await town.moderator.press('Undo the set-up', done);
    expect(seen(town, undone)).toContain('I may not delete #mentoring');
    expect(names(town.guild.roles)).not.toContain('Mentor');
  });
});
