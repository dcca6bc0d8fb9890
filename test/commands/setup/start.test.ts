import { PermissionFlagsBits } from 'discord.js';
import { afterEach, describe, expect, test } from 'vitest';
import { invitePermissions } from '../../../src/discord/permissions.ts';
import { openTown, type Town } from '../../support/town.ts';
import { setUp } from '../../support/set-up.ts';
import { channelNames, checks, creations, goOnId, names, seen } from './support.ts';

let town: Town;
afterEach(async () => await town.close());

describe('/setup start', () => {
  test('creates every channel and role that is missing, and says so', async () => {
    town = await openTown();
    const answer = await setUp(town.moderator, { timezone: 'Asia/Karachi' });
    expect(answer.ephemeral).toBe(true);
    expect(answer.text).toContain('Preceptor is set up');
    expect(answer.text).toContain('Karachi');
    expect(answer.text).toContain('/register mentor');
    // What is posted by itself from now on surprises nobody.
    expect(seen(town, answer)).toContain('- Tip in #tips: Mondays at 09:00');
    expect(seen(town, answer)).toContain('- Study prompt in #study-groups: Tuesdays and Thursdays at 18:00');
    expect(answer.text).toContain('/schedule list');
    expect(names(town.guild.channels)).toEqual(expect.arrayContaining(channelNames));
    expect(names(town.guild.roles)).toEqual(expect.arrayContaining(['Mentor', 'Mentee']));
    expect(await checks(town)).toContain('Everything is in order');
  });

  test('without a zone takes UTC and says how to choose one', async () => {
    town = await openTown();
    expect((await setUp(town.moderator)).text).toContain('UTC until you choose');
  });

  test('a second run creates nothing, keeps what was chosen and changes only what it names', async () => {
    town = await openTown();
    await setUp(town.moderator, { timezone: 'Asia/Karachi', verification: 'off' });
    const before = creations(town);
    const second = await setUp(town.moderator, { request_days: 10 });
    expect(creations(town)).toBe(before);
    expect(second.text).toContain('nothing was created');
    expect(second.text).toContain('Karachi');
    expect(second.text).toContain('as soon as they register');
    expect(second.text).toContain('after 10 days');
    expect(second.text).not.toContain('Mondays');
  });

  test('two moderators at once get one set of channels', async () => {
    town = await openTown();
    const other = town.guild.join({ name: 'Noor', permissions: PermissionFlagsBits.ManageGuild });
    await Promise.all([setUp(town.moderator), setUp(other)]);
    expect(creations(town)).toBe(channelNames.length + 2);
  });

  test('a run that broke off before anything was stored makes no second set', async () => {
    town = await openTown({ guild: { channels: ['general', 'mentoring', 'tips'] } });
    const answer = await setUp(town.moderator);
    expect(names(town.guild.channels).filter((name) => name === 'mentoring')).toHaveLength(1);
    expect(answer.text).toContain('Already here');
  });

  test('a channel of the staff channel’s name that everybody reads is not used for staff', async () => {
    town = await openTown({ guild: { channels: ['mentoring-staff'] } });
    await setUp(town.moderator);
    expect(names(town.guild.channels).filter((name) => name === 'mentoring-staff')).toHaveLength(2);
    expect(await checks(town)).toContain('Everything is in order');
  });

  test('the staff channel is hidden from members and open to the moderator who ran it', async () => {
    town = await openTown({ setUp: true });
    const member = town.guild.join({ name: 'Omar' });
    const staff = town.guild.channel('mentoring-staff');
    expect(() => member.messages(staff)).toThrow();
    expect(town.moderator.messages(staff)).toEqual([]);
  });

  test('uses the channels and roles that were chosen', async () => {
    town = await openTown({ guild: { channels: ['general', 'lounge'] } });
    const answer = await setUp(town.moderator, { mentoring: town.guild.channel('lounge') });
    expect(seen(town, answer)).toContain('mentoring: #lounge');
    expect(names(town.guild.channels)).not.toContain('mentoring');
  });

  test.each([
    ['a zone that does not exist', { timezone: 'Middle/Earth' }, 'not a time zone'],
    ['a zone that is nothing but letters', { timezone: 'x'.repeat(100) }, 'not a time zone'],
  ])('refuses %s and changes nothing', async (_, options, why) => {
    town = await openTown();
    const answer = await setUp(town.moderator, options);
    expect(answer.text).toContain(why);
    expect(answer.ephemeral).toBe(true);
    expect(creations(town)).toBe(0);
    expect(await checks(town)).toContain('not set up here yet');
  });

  test('refuses @everyone and a bot’s own role as the mentor role', async () => {
    town = await openTown();
    const { guild, moderator } = town;
    const refusal = async (name: string) => (await setUp(moderator, { mentor_role: guild.role(name) })).text;
    expect(await refusal('@everyone')).toContain('@everyone cannot be');
    expect(await refusal('Preceptor')).toContain('belongs to a bot');
    expect(creations(town)).toBe(0);
  });

  test('refuses a role with moderating permissions: whoever registers would get them', async () => {
    town = await openTown();
    const boss = town.guild.join({ name: 'Boss', permissions: PermissionFlagsBits.BanMembers });
    const [roleId] = town.guild.rolesOf(boss);
    const role = town.guild.roles.find(({ id }) => id === roleId);
    const answer = await setUp(town.moderator, { mentor_role: role! });
    expect(answer.text).toContain('moderating permissions');
    expect(creations(town)).toBe(0);
  });

  test('refuses a role that is not below the bot’s own', async () => {
    town = await openTown({ setUp: true });
    town.guild.putBotRoleBelow(town.guild.role('Mentor'));
    const answer = await setUp(town.moderator, { mentor_role: town.guild.role('Mentor') });
    expect(seen(town, answer)).toContain('@Mentor is not below my own highest role');
  });

  test('refuses a role that the moderator could not give, and takes it from one who could', async () => {
    town = await openTown();
    const { guild, moderator } = town;
    const mayGive = PermissionFlagsBits.ManageGuild | PermissionFlagsBits.ManageRoles;
    const giver = guild.join({ name: 'Giver', permissions: mayGive });
    const elder = guild.join({ name: 'Elder', permissions: PermissionFlagsBits.AddReactions });
    // Whoever joins later has a lower role.
    const junior = guild.join({ name: 'Noor', permissions: PermissionFlagsBits.ManageGuild });
    const role = guild.roles.find(({ id }) => guild.rolesOf(elder).includes(id))!;
    expect((await setUp(junior, { mentor_role: role })).text).toContain('not below your own highest role');
    expect(creations(town)).toBe(0);
    // Above it, but without the permission to give roles.
    expect((await setUp(moderator, { mentor_role: role })).text).toContain('may not give roles');
    expect(creations(town)).toBe(0);
    const answer = await setUp(giver, { mentor_role: role });
    expect(answer.text).toContain('Preceptor is set up');
  });

  test('adopts a role of the usual name only where it opens nothing that the moderator could not give', async () => {
    town = await openTown();
    const { guild } = town;
    guild.createRole({ name: 'Mentee' });
    guild.createRole({ name: 'Mentor', permissions: PermissionFlagsBits.AttachFiles });
    guild.changeRole(guild.role('@everyone'), {
      permissions: PermissionFlagsBits.ViewChannel | PermissionFlagsBits.UseApplicationCommands,
    });
    const answer = await setUp(town.moderator);
    expect(answer.text).toContain('you may not give roles in this server');
    expect(seen(town, answer)).toContain('mentees: @Mentee');
    expect(seen(town, answer)).toContain('mentors: not set');
  });

  test('refuses one channel for staff and for members', async () => {
    town = await openTown();
    const general = town.guild.channel('general');
    const answer = await setUp(town.moderator, { staff: general, tips: general });
    expect(answer.text).toContain('channel of its own');
    expect(creations(town)).toBe(0);
  });

  test('without Manage Channels keeps what works and says what to do', async () => {
    town = await openTown({ guild: { botPermissions: invitePermissions & ~PermissionFlagsBits.ManageChannels } });
    const answer = await setUp(town.moderator);
    expect(answer.text).toContain('I may not create channels');
    expect(answer.text).toContain('#mentoring');
    expect(answer.text).toContain('Manage Channels');
    expect(names(town.guild.roles)).toEqual(expect.arrayContaining(['Mentor', 'Mentee']));
    expect(names(town.guild.channels)).toEqual(['general']);
  });

  test('without any permission still stores the settings and names what is missing', async () => {
    town = await openTown({ guild: { botPermissions: 0n } });
    const answer = await setUp(town.moderator, { timezone: 'Africa/Cairo' });
    expect(answer.text).toContain('I may not create channels');
    expect(answer.text).toContain('I may not create roles');
    expect((await town.moderator.slash('setup show')).text).toContain('Cairo');
  });

  test('a channel that Discord fails to create is made by the next run, and the rest is kept', async () => {
    town = await openTown();
    // The try and the one after it.
    town.sandbox.fault({ kind: 'error', route: /^POST \/guilds\/\d+\/channels$/, status: 500, times: 2 });
    const first = await setUp(town.moderator);
    expect(first.text).toContain('Discord did not create');
    const second = await setUp(town.moderator);
    expect(second.text).toContain('Created');
    expect(names(town.guild.channels).filter((name) => name === 'mentoring')).toHaveLength(1);
    expect(await checks(town)).toContain('Everything is in order');
  });

  test.each([
    ['is answered with a 5xx', { kind: 'error', status: 502, afterEffect: true }],
    ['loses its connection', { kind: 'cut', afterEffect: true }],
  ] as const)('what Discord makes although the bot %s is there once, and counts', async (_, fault) => {
    town = await openTown();
    for (const what of ['channels', 'roles']) {
      const route = new RegExp(`^POST /guilds/\\d+/${what}$`);
      town.sandbox.fault({ ...fault, route, times: 1 });
      town.sandbox.fault({ ...fault, route, skip: 1, times: 1 });
    }
    const first = await setUp(town.moderator);
    expect(first.text).not.toContain('Discord did not create');
    for (const made of [names(town.guild.channels), names(town.guild.roles)]) {
      expect(made.toSorted()).toEqual([...new Set(made)].toSorted());
    }
    expect(await checks(town)).toContain('Everything is in order');
  });

  test('is for moderators only, also where a server handed the command to somebody else', async () => {
    town = await openTown();
    const member = town.guild.join({ name: 'Omar' });
    await expect(setUp(member)).rejects.toThrow();
    // Any message of the bot's that a member sees can carry a forged button.
    const other = await member.forge({ customId: 'nothing-such', kind: 'modal', fields: {} });
    const forged = await member.forge({
      customId: 'setup-check',
      kind: 'button',
      ...(other.message && { on: other.message }),
    });
    expect(forged.text).toContain('Only moderators');
  });

  test('suggests time zones by city', async () => {
    town = await openTown();
    const choices = await town.moderator.complete('setup start', 'timezone', 'kara');
    expect(choices[0]?.value).toBe('Asia/Karachi');
    expect((await setUp(town.moderator, { timezone: 'asia/karachi' })).text).toContain('Karachi');
  });
});

describe('/setup start shows first', () => {
  test('what it would make, in which zone and what it would post, and makes nothing before the press', async () => {
    town = await openTown({ guild: { channels: ['general', 'tips'] } });
    const shown = await town.moderator.slash('setup start', { timezone: 'Asia/Karachi' });
    expect(shown.text).toContain('**#mentoring-staff**: Where moderators verify mentors');
    expect(shown.text).toContain('**@Mentee**: the role of mentees');
    expect(seen(town, shown)).toContain('Already here, and used from then on:** #tips');
    expect(shown.text).toContain('Karachi');
    expect(seen(town, shown)).toContain('- Tip in #tips: Mondays at 09:00');
    expect(shown.text).toContain('- Study prompt in #study-groups: Tuesdays and Thursdays at 18:00');
    expect(creations(town)).toBe(0);
    expect(await checks(town)).toContain('not set up here yet');
    const left = await town.moderator.press('Leave it as it is', shown);
    expect(left.text).toContain('Nothing was created');
    expect(creations(town)).toBe(0);
    expect((await town.moderator.press('Set up this server', left)).kind).toBe('modal');
  });

  test('another time zone on the same card, and a press that comes after a restart', async () => {
    town = await openTown();
    const shown = await town.moderator.slash('setup start', { verification: 'off' });
    expect(shown.text).toContain('UTC');
    await town.moderator.press('Choose the time zone', shown);
    const again = await town.moderator.submit({ 'Time zone of this server': 'Lagos' });
    expect(again.kind).toBe('update');
    expect(again.text).toContain('Lagos');
    await town.bot.stop();
    await town.start();
    const done = await town.moderator.press('Set it up', again);
    expect(done.text).toContain('Preceptor is set up');
    expect(done.text).toContain('Lagos');
    // What was chosen in the command is kept as well.
    expect(done.text).toContain('as soon as they register');
    const made = creations(town);
    expect((await town.moderator.forge({ kind: 'button', on: done.message!, customId: goOnId(again) })).text).toContain(
      'done already',
    );
    expect(creations(town)).toBe(made);
  });

  test('anew where it would make more by now than was shown', async () => {
    town = await openTown({ guild: { channels: ['general', 'tips', 'lounge'] } });
    const shown = await town.moderator.slash('setup start', { mentoring: town.guild.channel('lounge') });
    town.guild.deleteChannel(town.guild.channel('tips'));
    town.guild.createRole({ name: 'Mentor' });
    await town.sandbox.until('the news has arrived', () => true);
    const done = await town.moderator.press('Set it up', shown);
    // A channel that it said it would use, and a role that it said it would have, are no surprise.
    expect(done.text).toContain('Preceptor is set up');
    const next = await town.moderator.slash('setup start');
    expect(next.text).toContain('nothing was created');
    town.guild.deleteChannel(town.guild.channel('tips'));
    await town.sandbox.until('the news has arrived', () => true);
    const one = await town.moderator.slash('setup start');
    expect(one.text).toContain('**#tips**');
    expect(one.text).not.toContain('**#study-groups**');
    town.guild.deleteChannel(town.guild.channel('study-groups'));
    await town.sandbox.until('the news has arrived', () => true);
    const both = await town.moderator.press('Set it up', one);
    expect(both.text).toContain('**#study-groups**');
    expect((await town.moderator.press('Set it up', both)).text).toContain('Created');
  });
});
