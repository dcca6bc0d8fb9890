import { PermissionFlagsBits } from 'discord.js';
import { afterEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../../sandbox/api.ts';
import { openTown, type Town } from '../../support/town.ts';
import { setUp } from '../../support/set-up.ts';
import { checks, seen } from './support.ts';

let town: Town;
afterEach(async () => await town.close());

describe('/setup check', () => {
  async function problemsAfter(spoil: (town: Town) => void | Promise<void>): Promise<Answer> {
    town = await openTown({ setUp: true });
    await spoil(town);
    return await town.moderator.slash('setup check');
  }

  test('before set-up says how to begin', async () => {
    town = await openTown();
    expect(await checks(town)).toContain('/setup start');
    expect((await town.moderator.slash('setup show')).text).toContain('/setup start');
  });

  test.each([
    ['mentoring', PermissionFlagsBits.CreatePrivateThreads, 'Create Private Threads'],
    ['mentoring', PermissionFlagsBits.SendMessagesInThreads, 'Send Messages in Threads'],
    ['mentoring-staff', PermissionFlagsBits.ViewChannel, 'View Channel'],
    ['tips', PermissionFlagsBits.EmbedLinks, 'Embed Links'],
    ['announcements', PermissionFlagsBits.SendMessages, 'Send Messages'],
  ])('in #%s names a missing permission and its fix', async (channel, permission, name) => {
    const answer = await problemsAfter(({ guild }) => guild.denyBot(permission, guild.channel(channel)));
    expect(seen(town, answer)).toContain(`In #${channel} I lack`);
    expect(answer.text).toContain(name);
    expect(answer.text).toContain('Fix:');
  });

  test('names Manage Roles when it is missing in the server', async () => {
    const answer = await problemsAfter(({ guild }) => guild.denyBot(PermissionFlagsBits.ManageRoles));
    expect(answer.text).toContain('Manage Roles');
  });

  test('names a wrong role order', async () => {
    const answer = await problemsAfter(({ guild }) => guild.putBotRoleBelow(guild.role('Mentor')));
    expect(seen(town, answer)).toContain('My highest role, @Preceptor, is not above @Mentor');
    expect(seen(town, answer)).toContain('drag @Preceptor above @Mentor');
  });

  test('names a deleted channel, and the button checks again on the same card', async () => {
    const answer = await problemsAfter(async ({ guild, sandbox }) => {
      guild.deleteChannel(guild.channel('tips'));
      await sandbox.until('the deletion has arrived', () => true);
    });
    expect(answer.text).toContain('The tips channel was deleted');
    // The schedule follows the channel that is set, so that is all there is to mend.
    expect(answer.text).toContain('One thing needs fixing');
    await setUp(town.moderator);
    const again = await town.moderator.press('Check again', answer);
    expect(again.kind).toBe('update');
    expect(again.text).toContain('Everything is in order');
  });

  test('names what keeps a schedule from posting or from notifying anybody, and says so in the list', async () => {
    const answer = await problemsAfter(async ({ guild, moderator, sandbox }) => {
      const closed = guild.createChannel({ name: 'closed' });
      const gone = guild.createChannel({ name: 'gone' });
      const role = guild.createRole({ name: 'Readers', mentionable: true });
      await moderator.slash('schedule add', { kind: 'tip', when: 'Fri 12:00', channel: closed });
      await moderator.slash('schedule add', { kind: 'tip', when: 'Sat 12:00', role });
      await moderator.slash('schedule add', { kind: 'prompt', when: 'Sun 12:00', channel: gone });
      await moderator.slash('announce compose', { time: 'in 3 hours', role });
      await moderator.press('Schedule', await moderator.submit({ title: 'A *call*', text: 'Join us.' }));
      guild.denyBot(PermissionFlagsBits.SendMessages, closed);
      guild.deleteRole(role);
      guild.deleteChannel(gone);
      await sandbox.until('the deletions have arrived', () => true);
    });
    expect(seen(town, answer)).toContain('In #closed I lack **Send Messages**');
    expect(answer.text).toContain('The schedule for tips (Saturdays at 12:00) is to notify a role that was deleted');
    expect(answer.text).toContain('The schedule for study prompts (Sundays at 12:00) has no channel any more');
    expect(answer.text).toContain(String.raw`The announcement “A \*call\*” is to notify a role that was deleted`);
    expect(answer.text).toContain('/schedule edit');
    const list = (await town.moderator.slash('schedule list')).text;
    expect(list.match(/Something is in its way/g)).toHaveLength(3);
  });

  test('names a role of /notify that was deleted, until it is offered again', async () => {
    const answer = await problemsAfter(async ({ guild, moderator, sandbox }) => {
      await moderator.press('Offer Study prompts', await moderator.slash('notify'));
      guild.deleteRole(guild.role('Notify: Study prompts'));
      await sandbox.until('the deletion has arrived', () => true);
    });
    expect(answer.text).toContain('The role that members take with `/notify` (Study prompts) was deleted');
    expect(answer.text).toContain('Press **Offer Study prompts** in `/notify`');
    await town.moderator.press('Offer Study prompts', await town.moderator.slash('notify'));
    expect((await town.moderator.press('Check again', answer)).text).toContain('Everything is in order');
  });

  test('says that a schedule still rests after what stopped it is mended', async () => {
    const answer = await problemsAfter(async ({ guild, moderator, bot, sandbox }) => {
      const [, due] = /Study prompt.*\n.*<t:(\d+):F>/.exec((await moderator.slash('schedule list')).text) ?? [];
      guild.denyBot(PermissionFlagsBits.SendMessages, guild.channel('study-groups'));
      sandbox.clock.advance(Number(due) * 1000 + 60_000 - sandbox.clock.now());
      await bot.tick();
      // Before that is mended nothing says that the schedule could go on.
      expect((await moderator.slash('setup check')).text).toMatch(/One thing needs fixing.*Send Messages/s);
      guild.allowBot(PermissionFlagsBits.SendMessages, guild.channel('study-groups'));
      await sandbox.until('the permission has arrived', () => true);
    });
    expect(answer.text).toContain('The schedule for study prompts (Tuesdays and Thursdays at 18:00) was paused');
    expect(answer.text).toContain('/schedule resume');
  });

  test('tells moderators once in the staff channel when a channel in use is deleted', async () => {
    town = await openTown({ setUp: true });
    const staff = town.guild.channel('mentoring-staff');
    town.guild.deleteChannel(town.guild.channel('tips'));
    await town.sandbox.until('an alert', () => town.moderator.messages(staff).length === 1);
    await town.bot.stop();
    await town.start();
    await town.bot.tick();
    expect(town.moderator.messages(staff)).toHaveLength(1);
  });

  test('hears at its next start of a channel deleted while it was away', async () => {
    town = await openTown({ setUp: true });
    await town.bot.stop();
    town.guild.deleteChannel(town.guild.channel('study-groups'));
    await town.start();
    await town.bot.tick();
    const staff = town.guild.channel('mentoring-staff');
    expect(town.moderator.messages(staff)).toHaveLength(1);
  });
});
