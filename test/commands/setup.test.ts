import { PermissionFlagsBits } from 'discord.js';
import { afterEach, describe, expect, test } from 'vitest';
import type { Answer } from '../../sandbox/api.ts';
import { invitePermissions } from '../../src/discord/permissions.ts';
import { register } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';
import { setUp } from '../support/set-up.ts';

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
    const answer = await setUp(town.moderator, { timezone: 'Asia/Karachi' });
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
    const answer = await setUp(town.moderator, { mentoring: town.guild.channel('lounge') });
    expect(seen(answer)).toContain('mentoring: #lounge');
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
    expect(await checks()).toContain('not set up here yet');
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
    expect(seen(answer)).toContain('mentees: @Mentee');
    expect(seen(answer)).toContain('mentors: not set');
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
    const first = await setUp(town.moderator);
    expect(first.text).not.toContain('Discord did not create');
    for (const made of [names(town.guild.channels), names(town.guild.roles)]) {
      expect(made.toSorted()).toEqual([...new Set(made)].toSorted());
    }
    expect(await checks()).toContain('Everything is in order');
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
    expect(seen(shown)).toContain('Already here, and used from then on:** #tips');
    expect(shown.text).toContain('Karachi');
    expect(seen(shown)).toContain('- Tip in #tips: Mondays at 09:00');
    expect(shown.text).toContain('- Study prompt in #study-groups: Tuesdays and Thursdays at 18:00');
    expect(creations(town)).toBe(0);
    expect(await checks()).toContain('not set up here yet');
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

function goOnId(answer: Answer): string {
  return /setup-go-on:\w+/.exec(JSON.stringify(answer.message?.components))?.[0] ?? '';
}

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
    expect(await checks()).toContain('not set up here yet');
    expect((await town.moderator.slash('setup undo')).text).toContain('nothing to undo');
    expect((await setUp(town.moderator)).text).toContain('Tip in');
    expect(await checks()).toContain('Everything is in order');
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
    expect(await checks()).not.toContain('not set up here yet');
  });

  test('of a later run takes back what that made, and the rest stays', async () => {
    town = await openTown({ setUp: true });
    await register(town.guild.join({ name: 'Ana' }), 'mentee', {});
    town.guild.deleteChannel(town.guild.channel('tips'));
    await town.sandbox.until('the news has arrived', () => true);
    await setUp(town.moderator);
    expect(names(town.guild.channels)).toContain('tips');
    const asked = await town.moderator.slash('setup undo');
    expect(seen(asked)).toContain('#tips');
    expect((await town.moderator.press('Undo the set-up', asked)).text).toContain('undone');
    expect(names(town.guild.channels)).not.toContain('tips');
    expect(names(town.guild.channels)).toContain('mentoring');
    expect(await checks()).toContain('The tips channel was deleted');
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
    expect(seen(undone)).toContain('I may not delete #mentoring');
    expect(names(town.guild.roles)).not.toContain('Mentor');
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
