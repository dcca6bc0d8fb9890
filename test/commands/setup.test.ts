import { PermissionFlagsBits } from 'discord.js';
import { afterEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../sandbox/api.ts';
import { invitePermissions } from '../../src/discord/permissions.ts';
import { openTown, type Town } from '../support/town.ts';

const channelNames = ['mentoring', 'mentoring-staff', 'tips', 'study-groups', 'announcements'];

let town: Town;
afterEach(async () => await town.close());

function names(things: readonly { name: string }[]): string[] {
  return things.map(({ name }) => name);
}

function creations({ sandbox }: Town): number {
  return sandbox.requests.filter(
    ({ method, path, status }) => method === 'POST' && /\/guilds\/\d+\/(channels|roles)$/.test(path) && status < 300,
  ).length;
}

/** A text with mentions as people see them. */
function seen({ text }: Answer): string {
  return text
    .replaceAll(/<#(\d+)>/g, (_, id) => `#${town.guild.channels.find((each) => each.id === id)?.name}`)
    .replaceAll(/<@&(\d+)>/g, (_, id) => `@${town.guild.roles.find((each) => each.id === id)?.name}`);
}

async function checks(from: Town = town): Promise<string> {
  return (await from.moderator.slash('setup check')).text;
}

describe('/setup start', () => {
  test('creates every channel and role that is missing, and says so', async () => {
    town = await openTown();
    const answer = await town.moderator.slash('setup start', { timezone: 'Asia/Karachi' });
    expect(answer.ephemeral).toBe(true);
    expect(answer.text).toContain('Preceptor is set up');
    expect(answer.text).toContain('Karachi');
    expect(answer.text).toContain('/register mentor');
    // What is posted by itself from now on surprises nobody.
    expect(seen(answer)).toContain('- Tip in #tips: Mondays at 09:00');
    expect(seen(answer)).toContain('- Study prompt in #study-groups: Tuesdays and Thursdays at 18:00');
    expect(answer.text).toContain('/schedule list');
    expect(names(town.guild.channels)).toEqual(expect.arrayContaining(channelNames));
    expect(names(town.guild.roles)).toEqual(expect.arrayContaining(['Mentor', 'Mentee']));
    expect(await checks()).toContain('Everything is in order');
  });

  test('without a zone takes UTC and says how to choose one', async () => {
    town = await openTown();
    expect((await town.moderator.slash('setup start')).text).toContain('UTC until you choose');
  });

  test('a second run creates nothing, keeps what was chosen and changes only what it names', async () => {
    town = await openTown();
    await town.moderator.slash('setup start', { timezone: 'Asia/Karachi', verification: 'off' });
    const before = creations(town);
    const second = await town.moderator.slash('setup start', { request_days: 10 });
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
    await Promise.all([town.moderator.slash('setup start'), other.slash('setup start')]);
    expect(creations(town)).toBe(channelNames.length + 2);
  });

  test('a run that broke off before anything was stored makes no second set', async () => {
    town = await openTown({ guild: { channels: ['general', 'mentoring', 'tips'] } });
    const answer = await town.moderator.slash('setup start');
    expect(names(town.guild.channels).filter((name) => name === 'mentoring')).toHaveLength(1);
    expect(answer.text).toContain('Already here');
  });

  test('a channel of the staff channel’s name that everybody reads is not used for staff', async () => {
    town = await openTown({ guild: { channels: ['mentoring-staff'] } });
    await town.moderator.slash('setup start');
    expect(names(town.guild.channels).filter((name) => name === 'mentoring-staff')).toHaveLength(2);
    expect(await checks()).toContain('Everything is in order');
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
    const answer = await town.moderator.slash('setup start', { mentoring: town.guild.channel('lounge') });
    expect(seen(answer)).toContain('mentoring: #lounge');
    expect(names(town.guild.channels)).not.toContain('mentoring');
  });

  test.each([
    ['a zone that does not exist', { timezone: 'Middle/Earth' }, 'not a time zone'],
    ['a zone that is nothing but letters', { timezone: 'x'.repeat(100) }, 'not a time zone'],
  ])('refuses %s and changes nothing', async (_, options, why) => {
    town = await openTown();
    const answer = await town.moderator.slash('setup start', options);
    expect(answer.text).toContain(why);
    expect(answer.ephemeral).toBe(true);
    expect(creations(town)).toBe(0);
    expect(await checks()).toContain('not set up here yet');
  });

  test('refuses @everyone and a bot’s own role as the mentor role', async () => {
    town = await openTown();
    const { guild, moderator } = town;
    const refusal = async (name: string) =>
      (await moderator.slash('setup start', { mentor_role: guild.role(name) })).text;
    expect(await refusal('@everyone')).toContain('@everyone cannot be');
    expect(await refusal('Preceptor')).toContain('belongs to a bot');
    expect(creations(town)).toBe(0);
  });

  test('refuses a role with moderating permissions: whoever registers would get them', async () => {
    town = await openTown();
    const boss = town.guild.join({ name: 'Boss', permissions: PermissionFlagsBits.BanMembers });
    const [roleId] = town.guild.rolesOf(boss);
    const role = town.guild.roles.find(({ id }) => id === roleId);
    const answer = await town.moderator.slash('setup start', { mentor_role: role! });
    expect(answer.text).toContain('moderating permissions');
    expect(creations(town)).toBe(0);
  });

  test('refuses a role that is not below the bot’s own', async () => {
    town = await openTown({ setUp: true });
    town.guild.putBotRoleBelow(town.guild.role('Mentor'));
    const answer = await town.moderator.slash('setup start', { mentor_role: town.guild.role('Mentor') });
    expect(seen(answer)).toContain('@Mentor is not below my own highest role');
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
    expect((await junior.slash('setup start', { mentor_role: role })).text).toContain(
      'not below your own highest role',
    );
    expect(creations(town)).toBe(0);
    // Above it, but without the permission to give roles.
    expect((await moderator.slash('setup start', { mentor_role: role })).text).toContain('may not give roles');
    expect(creations(town)).toBe(0);
    const answer = await giver.slash('setup start', { mentor_role: role });
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
    const answer = await town.moderator.slash('setup start');
    expect(answer.text).toContain('you may not give roles in this server');
    expect(seen(answer)).toContain('mentees: @Mentee');
    expect(seen(answer)).toContain('mentors: not set');
  });

  test('refuses one channel for staff and for members', async () => {
    town = await openTown();
    const general = town.guild.channel('general');
    const answer = await town.moderator.slash('setup start', { staff: general, tips: general });
    expect(answer.text).toContain('channel of its own');
    expect(creations(town)).toBe(0);
  });

  test('without Manage Channels keeps what works and says what to do', async () => {
    town = await openTown({ guild: { botPermissions: invitePermissions & ~PermissionFlagsBits.ManageChannels } });
    const answer = await town.moderator.slash('setup start');
    expect(answer.text).toContain('I may not create channels');
    expect(answer.text).toContain('#mentoring');
    expect(answer.text).toContain('Manage Channels');
    expect(names(town.guild.roles)).toEqual(expect.arrayContaining(['Mentor', 'Mentee']));
    expect(names(town.guild.channels)).toEqual(['general']);
  });

  test('without any permission still stores the settings and names what is missing', async () => {
    town = await openTown({ guild: { botPermissions: 0n } });
    const answer = await town.moderator.slash('setup start', { timezone: 'Africa/Cairo' });
    expect(answer.text).toContain('I may not create channels');
    expect(answer.text).toContain('I may not create roles');
    expect((await town.moderator.slash('setup show')).text).toContain('Cairo');
  });

  test('a channel that Discord fails to create is made by the next run, and the rest is kept', async () => {
    town = await openTown();
    // The try and the one after it.
    town.sandbox.fault({ kind: 'error', route: /^POST \/guilds\/\d+\/channels$/, status: 500, times: 2 });
    const first = await town.moderator.slash('setup start');
    expect(first.text).toContain('Discord did not create');
    const second = await town.moderator.slash('setup start');
    expect(second.text).toContain('Created');
    expect(names(town.guild.channels).filter((name) => name === 'mentoring')).toHaveLength(1);
    expect(await checks()).toContain('Everything is in order');
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
    const first = await town.moderator.slash('setup start');
    expect(first.text).not.toContain('Discord did not create');
    for (const made of [names(town.guild.channels), names(town.guild.roles)]) {
      expect(made.toSorted()).toEqual([...new Set(made)].toSorted());
    }
    expect(await checks()).toContain('Everything is in order');
  });

  test('is for moderators only, also where a server handed the command to somebody else', async () => {
    town = await openTown();
    const member = town.guild.join({ name: 'Omar' });
    await expect(member.slash('setup start')).rejects.toThrow();
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
    expect((await town.moderator.slash('setup start', { timezone: 'asia/karachi' })).text).toContain('Karachi');
  });
});

describe('/setup check', () => {
  async function problemsAfter(spoil: (town: Town) => void | Promise<void>): Promise<Answer> {
    town = await openTown({ setUp: true });
    await spoil(town);
    return await town.moderator.slash('setup check');
  }

  test('before set-up says how to begin', async () => {
    town = await openTown();
    expect(await checks()).toContain('/setup start');
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
    expect(seen(answer)).toContain(`In #${channel} I lack`);
    expect(answer.text).toContain(name);
    expect(answer.text).toContain('Fix:');
  });

  test('names Manage Roles when it is missing in the server', async () => {
    const answer = await problemsAfter(({ guild }) => guild.denyBot(PermissionFlagsBits.ManageRoles));
    expect(answer.text).toContain('Manage Roles');
  });

  test('names a wrong role order', async () => {
    const answer = await problemsAfter(({ guild }) => guild.putBotRoleBelow(guild.role('Mentor')));
    expect(seen(answer)).toContain('My highest role, @Preceptor, is not above @Mentor');
    expect(seen(answer)).toContain('drag @Preceptor above @Mentor');
  });

  test('names a deleted channel, and the button checks again on the same card', async () => {
    const answer = await problemsAfter(async ({ guild, sandbox }) => {
      guild.deleteChannel(guild.channel('tips'));
      await sandbox.until('the deletion has arrived', () => true);
    });
    expect(answer.text).toContain('The tips channel was deleted');
    // The schedule follows the channel that is set, so that is all there is to mend.
    expect(answer.text).toContain('One thing needs fixing');
    await town.moderator.slash('setup start');
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
    expect(seen(answer)).toContain('In #closed I lack **Send Messages**');
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

describe('/setup weights', () => {
  test('shows what counts; then what would change, and changes it only when asked to', async () => {
    town = await openTown({ setUp: true });
    const { moderator } = town;
    expect((await moderator.slash('setup weights')).text).toContain('Specialty: 35%');
    const preview = await moderator.slash('setup weights', { topics: 60 });
    expect(preview.ephemeral).toBe(true);
    expect(preview.text).toContain('Topics of help: 30% → **60%**');
    expect(preview.text).toContain('Specialty: 35% → **20%**');
    expect(preview.text).toContain('Nobody is looking for a mentor');
    expect((await moderator.slash('setup weights')).text).toContain('Specialty: 35%');
    const other = await moderator.slash('setup weights', { topics: 90 });
    const saved = await moderator.press('Use these weights', preview);
    expect(saved.kind).toBe('update');
    expect(saved.text).toContain('From now on');
    expect((await moderator.slash('setup weights')).text).toContain('own weights');
    // Another card is still there; its time has passed.
    expect((await moderator.press('Use these weights', other)).text).toContain('have been changed since');
    await moderator.press('Use these weights', await moderator.slash('setup weights', { usual: true }));
    expect((await moderator.slash('setup weights')).text).toContain('usual weights');
  });

  test('keeps the old ones, also after a restart in between', async () => {
    town = await openTown({ setUp: true });
    const preview = await town.moderator.slash('setup weights', { hours: 40 });
    await town.bot.stop();
    await town.start();
    expect((await town.moderator.press('Keep the old ones', preview)).text).toContain('Everything stays');
    expect((await town.moderator.slash('setup weights')).text).toContain('Waking hours in common: 15%');
  });

  test('refuses percentages that cannot be, in words', async () => {
    town = await openTown({ setUp: true });
    const answer = await town.moderator.slash('setup weights', { hours: 70, topics: 40 });
    expect(answer.text).toContain('110 percent');
  });
});
