import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openMentor, openPair, pass, titlesTo } from '../support/pairs.ts';
import { day, hour, minute, register } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
afterEach(async () => await town.close());

/** The bot's alerts in the staff channel. */
const staff = () => {
  const channel = town.guild.channel('mentoring-staff');
  return town.moderator.messages(channel).map((message) => message.embeds[0]?.description ?? '');
};

describe('a role that another took from a verified mentor', () => {
  beforeEach(async () => {
    town = await openTown({ setUp: true });
  });

  test('is theirs again within a week, whether or not they do anything', async () => {
    const mentor = await openMentor(town, 'Ada');
    const role = town.guild.role('Mentor');
    town.guild.takeRole(mentor, role);
    await pass(town, 8 * day, 6 * hour);
    expect(town.guild.rolesOf(mentor)).toContain(role.id);
    expect(titlesTo(mentor)).toHaveLength(1);
  });

  test('is theirs again as soon as they use the bot', async () => {
    const mentor = await openMentor(town, 'Ada');
    const role = town.guild.role('Mentor');
    town.guild.takeRole(mentor, role);
    await mentor.slash('profile show');
    // Compared once the answer has gone out, which is all that they wait for.
    await town.sandbox.until('the role', () => town.guild.rolesOf(mentor).includes(role.id));
    expect(town.guild.rolesOf(mentor)).toContain(role.id);
  });

  test('is theirs again when a moderator checks', async () => {
    const mentor = await openMentor(town, 'Ada');
    const role = town.guild.role('Mentor');
    town.guild.takeRole(mentor, role);
    town.sandbox.clock.advance(hour);
    expect((await town.moderator.slash('setup check')).text).toContain(
      'A member’s roles are not as their profile says',
    );
    await town.bot.tick();
    expect(town.guild.rolesOf(mentor)).toContain(role.id);
    expect((await town.moderator.slash('setup check')).text).toContain('Everything is in order');
  });

  test('is not given where it has come to moderate, however often they are looked at', async () => {
    const mentor = await openMentor(town, 'Ada');
    const role = town.guild.role('Mentor');
    town.guild.takeRole(mentor, role);
    town.guild.changeRole(role, { permissions: PermissionFlagsBits.ManageMessages });
    const before = town.sandbox.requests.length;
    await pass(town, 8 * day, 6 * hour);
    expect(town.guild.rolesOf(mentor)).not.toContain(role.id);
    expect(town.sandbox.requests.slice(before).filter(({ method }) => method === 'PUT')).toEqual([]);
  });
});

test('with the intent for members a role that another took is theirs again at once', async () => {
  town = await openTown({ setUp: true, env: { DISCORD_MEMBER_INTENT: 'on' } });
  const mentor = await openMentor(town, 'Ada');
  const role = town.guild.role('Mentor');
  town.guild.takeRole(mentor, role);
  await town.sandbox.until('the role', () => town.guild.rolesOf(mentor).includes(role.id));
});

test('a role that was given by hand without the profile for it is taken back within a week', async () => {
  town = await openTown({ setUp: true });
  const mentee = town.guild.join({ name: 'Omar' });
  await register(mentee, 'mentee', {});
  await town.bot.tick();
  town.guild.giveRole(mentee, town.guild.role('Mentor'));
  await pass(town, 8 * day, 6 * hour);
  expect(town.guild.rolesOf(mentee)).toEqual([town.guild.role('Mentee').id]);
});

describe('somebody who leaves and comes back', () => {
  test.each([
    ['without doing anything', async () => {}],
    ['and uses the bot', async () => void (await town.guild.as('Omar').slash('profile show'))],
  ])(
    'while the bot was off, %s: has roles, mentorship and thread again, and their mentor hears nothing',
    async (_, act) => {
      town = await openTown({ setUp: true });
      const { mentor, mentee, thread } = await openPair(town);
      const before = { thread: thread()?.id, roles: town.guild.rolesOf(mentee), told: titlesTo(mentor) };
      await town.bot.stop();
      town.sandbox.clock.advance(hour);
      mentee.leave();
      town.sandbox.clock.advance(5 * minute);
      town.guild.join({ name: 'Omar' });
      expect(town.guild.rolesOf(mentee)).toEqual([]);
      town.sandbox.clock.advance(minute);
      await town.start();
      await act();
      await pass(town, 2 * minute, minute);
      expect(thread()?.id).toBe(before.thread);
      expect(town.guild.rolesOf(mentee)).toEqual(before.roles);
      expect(titlesTo(mentor)).toEqual(before.told);
      expect((await mentee.slash('mentorship show')).text).toContain(`<#${before.thread}>`);
    },
  );

  test('is found to be back by the sweep alone, days after it was seen that they left', async () => {
    town = await openTown({ setUp: true });
    const mentor = await openMentor(town, 'Ada');
    mentor.leave();
    await pass(town, 8 * day, 6 * hour);
    town.guild.join({ name: 'Ada' });
    await pass(town, day + hour, hour);
    expect(town.guild.rolesOf(mentor)).toContain(town.guild.role('Mentor').id);
  });
});

test('whoever left while the bot was off is missed within minutes of its start', async () => {
  town = await openTown({ setUp: true });
  const { mentor, mentee } = await openPair(town);
  const before = titlesTo(mentee).length;
  await town.bot.stop();
  mentor.leave();
  town.sandbox.clock.advance(hour);
  await town.start();
  await pass(town, 2 * minute, minute);
  expect(titlesTo(mentee).length).toBe(before + 1);
});

test('channels and roles that were deleted while the bot was off are told to the moderators, each once', async () => {
  town = await openTown({ setUp: true });
  const { guild, moderator, sandbox } = town;
  const extra = guild.createChannel({ name: 'extra' });
  await moderator.slash('schedule add', { kind: 'tip', when: 'Fri 12:00', channel: extra });
  await moderator.press('Offer Study prompts', await moderator.slash('notify'));
  await town.bot.stop();
  guild.deleteRole(guild.role('Mentee'));
  guild.deleteRole(guild.role('Notify: Study prompts'));
  guild.deleteChannel(guild.channel('announcements'));
  guild.deleteChannel(extra);
  sandbox.clock.advance(minute);
  await town.start();
  await pass(town, 2 * day, 6 * hour);
  for (const what of ['for announcements', 'mentors or mentees', 'take with `/notify`', 'an announcement is planned'])
    expect(staff().filter((text) => text.includes(what))).toHaveLength(1);
});
