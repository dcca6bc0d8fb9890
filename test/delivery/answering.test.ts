/** Who answers for a post, and whom it notifies, is looked at when it is posted; whoever it concerns hears of it. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MessageFlags, PermissionFlagsBits } from 'discord.js';
import type { Actor, Answer, APIMessage, Channel, Role } from '../../sandbox/api.ts';
import { day, hour } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';
import { setUp } from '../support/set-up.ts';

const may = PermissionFlagsBits.ManageGuild | PermissionFlagsBits.MentionEveryone;

let town: Town;
let noor: Actor;
let ada: Actor;
beforeEach(async () => {
  town = await openTown({ setUp: true });
  town.guild.allowBot(PermissionFlagsBits.MentionEveryone);
  ada = town.guild.join({ name: 'Ada', permissions: PermissionFlagsBits.Administrator });
  noor = town.guild.join({ name: 'Noor', permissions: may });
});
afterEach(() => town.close());

type Options = Readonly<Record<string, string | boolean | Channel | Role>>;

async function plan(
  options: Options,
  by = noor,
  fields = { title: 'Fees', text: 'Send money here.' },
): Promise<Answer> {
  await by.slash('announce compose', { channel: town.guild.channel('announcements'), ...options });
  const asked = await by.press('Schedule', await by.submit(fields));
  return options['everyone'] === true ? await by.press('Yes, notify everyone', asked) : asked;
}
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 6 * hour) {
    town.sandbox.clock.advance(Math.min(left, 6 * hour));
    await town.bot.tick();
  }
}
const isOurs = ({ author, flags }: APIMessage) =>
  author.id === town.sandbox.botUserId && ((flags ?? 0) & MessageFlags.Ephemeral) === 0;
const posted = (name = 'announcements') => ada.messages(town.guild.channel(name)).filter(isOurs);
const embedsOf = (messages: readonly APIMessage[]) => messages.map(({ embeds }) => JSON.stringify(embeds));
const staff = (words: string) =>
  embedsOf(ada.messages(town.guild.channel('mentoring-staff'))).filter((text) => text.includes(words));
const letters = (who: Actor, words: string) => embedsOf(who.dms()).filter((text) => text.includes(words));
/** The role that gave somebody their permissions. */
const roleOf = (who: Actor) => town.guild.roles.find(({ id }) => town.guild.rolesOf(who).includes(id))!;

describe('an announcement whose moderator', () => {
  test.each([{ everyone: true }, { everyone: false }])('has left is not posted unseen (%o)', async (options) => {
    await plan({ time: 'in 2 days', ...options });
    noor.leave();
    await pass(3 * day);
    expect(posted()).toEqual([]);
    expect(staff('was not posted: whoever confirmed it is no longer a moderator')).toHaveLength(1);
    expect(staff('Fees')).toEqual([]);
    // Another moderator looks at it, and answers for it from then on.
    const list = await ada.slash('announce list');
    expect(list.text).toContain('no longer a moderator here');
    let again = await ada.press('Post again', await ada.press('Open 1', list));
    if (options.everyone) again = await ada.press('Yes, notify everyone', again);
    await town.bot.tick();
    expect(posted().map(({ mention_everyone: all }) => all)).toEqual([options.everyone]);
  });

  test('was demoted is not posted; they and the others read why', async () => {
    await plan({ time: 'in 2 days', everyone: true });
    town.guild.takeRole(noor, roleOf(noor));
    expect((await ada.slash('setup check')).text).toContain('planned by somebody who is no longer a moderator here');
    await pass(3 * day);
    expect(posted()).toEqual([]);
    expect(staff('was not posted')).toHaveLength(1);
    expect(letters(noor, 'no longer a moderator here')).toHaveLength(1);
  });

  test('no longer sees its channel is not posted', async () => {
    await plan({ time: 'in 2 days' });
    town.guild.hideChannel(town.guild.channel('announcements'), noor);
    await pass(3 * day);
    expect(posted()).toEqual([]);
    expect(staff('was not posted')).toHaveLength(1);
  });

  test('may no longer notify everyone comes without it; they and the others are told, and an edit does not feign it', async () => {
    await plan({ time: 'in 2 days', everyone: true });
    town.guild.changeRole(roleOf(noor), { permissions: PermissionFlagsBits.ManageGuild });
    expect((await ada.slash('setup check')).text).toContain('So it notifies nobody');
    await pass(3 * day);
    expect(posted().map(({ content, mention_everyone: all }) => [content, all])).toEqual([['', false]]);
    expect(staff('without notifying anybody')).toHaveLength(1);
    expect(letters(noor, 'notified nobody')).toHaveLength(1);
    await ada.slash('announce edit', {
      announcement: String((await ada.complete('announce edit', 'announcement', ''))[0]?.value),
    });
    await ada.press('Save the change', await ada.submit({ title: 'Fees', text: 'There are none.' }));
    await town.bot.tick();
    expect(posted().map(({ content }) => content)).toEqual(['']);
    expect(embedsOf(posted())[0]).toContain('There are none.');
  });

  test('is still one, with a bot that may no longer notify: it comes without, and they are told', async () => {
    await plan({ time: 'in 2 days', everyone: true });
    town.guild.denyBot(PermissionFlagsBits.MentionEveryone);
    await pass(3 * day);
    expect(posted().map(({ content }) => content)).toEqual(['']);
    expect(letters(noor, 'I may not notify those')).toHaveLength(1);
  });

  test('is still one, with a role that was deleted: it comes without, and they are told', async () => {
    const role = town.guild.createRole({ name: 'Readers', mentionable: true });
    await plan({ time: 'in 2 days', role });
    town.guild.deleteRole(role);
    await pass(3 * day);
    expect(posted()).toHaveLength(1);
    expect(letters(noor, 'was deleted')).toHaveLength(1);
    expect(staff('without notifying anybody')).toHaveLength(1);
  });

  test('has left after another changed what it says: the other answers for it', async () => {
    await plan({ time: 'in 2 days' });
    await ada.slash('announce edit', {
      announcement: String((await ada.complete('announce edit', 'announcement', ''))[0]?.value),
    });
    await ada.press('Save the change', await ada.submit({ title: 'No fees', text: 'Never send money.' }));
    noor.leave();
    await pass(3 * day);
    expect(embedsOf(posted())[0]).toContain('Never send money.');
  });
});

test('an announcement that comes back rests when its moderator is gone, and goes on in the name of whoever resumes it', async () => {
  await plan({ repeat: 'every Mon 18:00', everyone: true });
  await pass(7 * day);
  expect(posted()).toHaveLength(1);
  noor.leave();
  await pass(7 * day);
  expect(posted()).toHaveLength(1);
  expect(staff('rests: whoever planned it is no longer a moderator')).toHaveLength(1);
  expect((await ada.slash('schedule list')).text).toContain('whoever planned it is no longer a moderator here');
  const [choice] = await ada.complete('schedule resume', 'schedule', 'announcement');
  await ada.slash('schedule resume', { schedule: String(choice?.value) });
  await pass(7 * day);
  expect(posted().map(({ mention_everyone: all }) => all)).toEqual([true, true]);
});

describe('a schedule that notifies a role', () => {
  const tips = (messages = posted('tips')) => messages.map(({ content }) => content);
  let team: Role;
  beforeEach(async () => {
    team = town.guild.createRole({ name: 'Team' });
    const [choice] = await ada.complete('schedule remove', 'schedule', 'tip');
    await ada.press('Remove it', await ada.slash('schedule remove', { schedule: String(choice?.value) }));
  });

  test('goes on without it when whoever chose the role is gone; moderators are told once, and choose anew', async () => {
    await noor.slash('schedule add', {
      kind: 'tip',
      when: 'daily 09:00',
      channel: town.guild.channel('tips'),
      role: team,
    });
    await pass(day);
    noor.leave();
    await pass(2 * day);
    expect(tips()).toEqual([`<@&${team.id}>`, '', '']);
    expect(staff('notified nobody, though it was to notify a role')).toHaveLength(1);
    expect((await ada.slash('setup check')).text).toContain('may no longer notify them. So it notifies nobody');
    const [choice] = await ada.complete('schedule edit', 'schedule', 'tip');
    await ada.slash('schedule edit', { schedule: String(choice?.value), when: 'daily 10:00' });
    await pass(day);
    expect(tips().at(-1)).toBe(`<@&${team.id}>`);
  });

  test('that members took with /notify needs nobody who answers for it', async () => {
    await noor.press('Offer Tips', await noor.slash('notify'));
    await town.sandbox.until('the word about it', () => JSON.stringify(noor.ephemerals()).includes('no permissions'));
    await noor.slash('schedule add', { kind: 'tip', when: 'daily 09:00', channel: town.guild.channel('tips') });
    noor.leave();
    await pass(day);
    expect(tips()).toEqual([`<@&${town.guild.role('Notify: Tips').id}>`]);
    // Somebody takes from the bot what it needs to mention it.
    town.guild.denyBot(PermissionFlagsBits.MentionEveryone | PermissionFlagsBits.ManageRoles);
    await pass(day);
    expect(tips().at(-1)).toBe('');
    expect(staff('notified nobody')).toHaveLength(1);
  });

  test('and was moved by /setup start is not chosen for the new channel', async () => {
    const [choice] = await ada.complete('schedule edit', 'schedule', 'prompt');
    await ada.slash('schedule edit', { schedule: String(choice?.value), role: team });
    await setUp(town.moderator, { study: town.guild.channel('general') });
    await pass(7 * day);
    expect(posted('general').length).toBeGreaterThan(0);
    expect(new Set(tips(posted('general')))).toEqual(new Set(['']));
    expect(staff('notified nobody')).toHaveLength(1);
  });

  test('a post that came without it does not get it by an edit', async () => {
    await noor.slash('schedule add', {
      kind: 'prompt',
      when: 'daily 09:00',
      channel: town.guild.channel('general'),
      role: team,
    });
    noor.leave();
    await pass(day);
    const [prompt] = posted('general');
    expect(prompt?.content).toBe('');
    const member = town.guild.join({ name: 'Omar' });
    await member.press('We did it', prompt);
    await town.bot.tick();
    expect(posted('general').map(({ content }) => content)).toEqual(['']);
  });
});
