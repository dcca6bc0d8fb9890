/** What a moderator sees and may do in a channel is looked at when they act: to be a moderator alone is not enough. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PermissionFlagsBits } from 'discord.js';
import type { Actor, Answer, Channel, Role } from '../../sandbox/api.ts';
import { buttonId } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';
import { setUp } from '../support/set-up.ts';

let town: Town;
let ada: Actor;
let noor: Actor;
let council: Channel;
beforeEach(async () => {
  town = await openTown({ setUp: true });
  ada = town.guild.join({ name: 'Ada', permissions: PermissionFlagsBits.Administrator });
  noor = town.guild.join({ name: 'Noor', permissions: PermissionFlagsBits.ManageGuild });
  council = town.guild.createChannel({ name: 'council' });
  town.guild.hideChannel(council, noor);
  town.guild.allowBot(PermissionFlagsBits.MentionEveryone);
});
afterEach(() => town.close());

/** Composes up to the preview. */
async function compose(
  by: Actor,
  options: Readonly<Record<string, string | boolean | Channel | Role>>,
): Promise<Answer> {
  await by.slash('announce compose', options);
  return await by.submit({ title: 'Secret plans', text: 'Nobody else knows.' });
}
async function schedules(by: Actor, options: Readonly<Record<string, string | boolean | Channel | Role>>) {
  return await by.press('Schedule', await compose(by, options));
}
const idIn = async (by: Actor, command: string, option: string) =>
  String((await by.complete(command, option, ''))[0]?.value ?? '');

describe('an announcement for a channel that a moderator cannot see', () => {
  test('is neither listed nor suggested to them, nor named by /setup check; to others it is', async () => {
    await schedules(ada, { channel: council, time: 'in 5 days', everyone: false });
    expect((await ada.slash('announce list')).text).toContain('Secret plans');
    expect((await noor.slash('announce list')).text).toContain('Nothing here yet');
    expect(await noor.complete('announce edit', 'announcement', 'secret')).toEqual([]);
    town.guild.denyBot(PermissionFlagsBits.SendMessages, council);
    town.guild.deleteChannel(council);
    expect((await ada.slash('setup check')).text).toContain('Secret plans');
    const check = (await noor.slash('setup check')).text;
    expect(check).toContain('An announcement for a channel that you cannot see');
    expect(check).not.toContain('Secret plans');
  });

  test('is not theirs to open, edit, call off or post, whatever ids they send; nothing changes', async () => {
    const preview = await compose(ada, { channel: council, time: 'in 5 days' });
    const id = buttonId(preview.message!, 'Schedule').split(':')[1]!;
    await ada.press('Schedule', preview);
    const on = (await noor.slash('announce list')).message!;
    for (const key of ['open', 'edit', 'cancel', 'discard', 'post', 'everyone']) {
      const forged = await noor.forge({ kind: 'button', on, customId: `announce-${key}:${id}:2` });
      expect(forged.text, key).toContain('no longer there');
    }
    for (const act of ['edit', 'cancel'])
      expect((await noor.slash(`announce ${act}`, { announcement: id })).text).toContain('no longer there');
    expect((await ada.slash('announce list')).text).toContain('Scheduled');
  });

  test('stays its author’s own when the channel is gone, and administrators’', async () => {
    const plans = town.guild.createChannel({ name: 'plans' });
    await schedules(noor, { channel: plans, time: 'in 5 days' });
    town.guild.deleteChannel(plans);
    expect((await noor.slash('announce list')).text).toContain('Secret plans');
    expect((await ada.slash('announce list')).text).toContain('Secret plans');
    expect((await town.moderator.slash('announce list')).text).not.toContain('Secret plans');
  });
});

describe('a schedule of a channel that a moderator cannot see', () => {
  test('is neither listed, suggested, nor theirs to change, test or remove', async () => {
    await ada.slash('schedule add', { kind: 'tip', when: 'Wed 10:00', channel: council });
    const id = String((await ada.complete('schedule edit', 'schedule', 'council'))[0]?.value);
    expect((await noor.slash('schedule list')).text).not.toContain(council.id);
    expect(await noor.complete('schedule edit', 'schedule', 'council')).toEqual([]);
    for (const act of ['edit', 'pause', 'resume', 'remove', 'run'])
      expect((await noor.slash(`schedule ${act}`, { schedule: id })).text, act).toMatch(/choose a schedule/i);
    const on = (await noor.slash('schedule list')).message!;
    for (const key of ['schedule-run', 'schedule-remove'])
      expect((await noor.forge({ kind: 'button', on, customId: `${key}:${id}` })).text).toMatch(/choose a|no longer/);
    expect((await ada.slash('schedule list')).text).toContain(council.id);
  });
});

describe('a schedule that notifies a role which a moderator may not notify', () => {
  let team: Role;
  let id: string;
  beforeEach(async () => {
    team = town.guild.createRole({ name: 'Everybody here' });
    const tips = town.guild.channel('tips');
    await ada.slash('schedule add', { kind: 'tip', when: 'Wed 10:00', channel: tips, role: team });
    id = String((await ada.complete('schedule edit', 'schedule', 'Wed'))[0]?.value);
  });

  test.each([
    ['moved', { channel: 'general' }],
    ['made more frequent', { when: '*/30 * * * *' }],
    ['moved to another zone', { timezone: 'Asia/Karachi' }],
  ])('cannot be %s by them with its mention', async (_, change: Record<string, string>) => {
    const options = 'channel' in change ? { channel: town.guild.channel('general') } : change;
    const answer = await noor.slash('schedule edit', { schedule: id, ...options });
    expect(answer.text).toMatch(/You may not notify.*Nothing was changed/s);
    expect((await ada.slash('schedule list')).text).toContain('Wednesdays at 10:00');
  });

  test('can be changed by them without it, and by whoever may notify it', async () => {
    expect((await ada.slash('schedule edit', { schedule: id, when: 'Thu 11:00' })).text).toContain(team.id);
    const quiet = await noor.slash('schedule edit', { schedule: id, when: 'Fri 11:00', notify: false });
    expect(quiet.text).toMatch(/Fridays at 11:00/);
    expect(quiet.text).not.toContain(team.id);
  });

  test('rests when they pause it, and is not theirs to wake', async () => {
    await noor.slash('schedule pause', { schedule: id });
    expect((await noor.slash('schedule resume', { schedule: id })).text).toMatch(/You may not notify/);
    expect((await ada.slash('schedule resume', { schedule: id })).text).toMatch(/resumed/i);
  });

  test('a role that members took with /notify is nobody’s to refuse', async () => {
    await ada.press('Offer Tips', await ada.slash('notify'));
    town.guild.changeRole(town.guild.role('Notify: Tips'), { mentionable: false });
    const own = String((await noor.complete('schedule edit', 'schedule', 'Mondays'))[0]?.value);
    expect((await noor.slash('schedule edit', { schedule: own, when: 'Tue 09:00' })).text).toMatch(/Tuesdays/);
  });
});

test('a repeating announcement for everyone is not resumed by whoever may not notify everyone', async () => {
  const general = town.guild.channel('general');
  const asked = await schedules(ada, { channel: general, repeat: 'every Mon 18:00', everyone: true });
  await ada.press('Yes, notify everyone', asked);
  const id = await idIn(ada, 'schedule pause', 'schedule');
  const all = await ada.complete('schedule pause', 'schedule', 'announcement');
  const own = String(all[0]?.value ?? id);
  await noor.slash('schedule pause', { schedule: own });
  expect((await noor.slash('schedule resume', { schedule: own })).text).toMatch(/may not notify everyone/);
  expect((await ada.slash('schedule resume', { schedule: own })).text).toMatch(/resumed/i);
});

test('/setup start takes no channel that whoever runs it cannot see', async () => {
  const answer = await setUp(noor, { tips: council });
  expect(answer.text).toMatch(/You cannot see .* yourself, so it is not yours to choose/);
  expect((await noor.slash('setup show')).text).not.toContain(council.id);
});
