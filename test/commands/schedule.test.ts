import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PermissionFlagsBits } from 'discord.js';
import type { Actor, Answer } from '../../sandbox/api.ts';
import { openTown, type Town } from '../support/town.ts';
import { setUp } from '../support/set-up.ts';

let town: Town;
let imani: Actor;
let member: Actor;
beforeAll(async () => {
  town = await openTown({ setUp: true });
  imani = town.moderator;
  member = town.guild.join({ name: 'Noor' });
});
afterAll(() => town.close());

function expectRefusal(answer: Answer, about: RegExp): void {
  expect(answer.ephemeral).toBe(true);
  expect(answer.text).toMatch(about);
  expect(answer.text).not.toMatch(/went wrong/i);
}

const idOf = async (word: string) => String((await imani.complete('schedule edit', 'schedule', word))[0]?.value ?? '');
const posts = (channel: string) => imani.messages(town.guild.channel(channel).id);

describe('/schedule add', () => {
  test('shows when it comes next, where, whom it notifies, and that the bot may post there', async () => {
    const answer = await imani.slash('schedule add', {
      kind: 'tip',
      when: 'every Wed at 6pm',
      timezone: 'Asia/Karachi',
    });
    expect(answer.text).toMatch(/Schedule added/);
    expect(answer.text).toMatch(/Wednesdays at 18:00/);
    expect(answer.text).toMatch(/Karachi/);
    expect(answer.text.match(/<t:\d+:F>/g)).toHaveLength(3);
    expect(answer.text).toMatch(/Nobody/);
    expect(answer.text).toMatch(/I may post there/);
    expect(answer.text).toContain(town.guild.channel('tips').id);
  });

  test('while typing shows the next three due times in the chosen zone, and sends what was shown', async () => {
    const [choice] = await imani.complete('schedule add', 'when', 'Mon and Thu 18:30', { kind: 'prompt' });
    expect(choice?.name.match(/18:30/g)).toHaveLength(4);
    expect(choice?.value).toBe('30 18 * * 1,4');
    expect((await imani.complete('schedule add', 'when', '')).length).toBeGreaterThan(2);
    const zones = await imani.complete('schedule add', 'timezone', '');
    expect(zones[0]?.name).toMatch(/This server’s: New York/);
  });

  test('narrows to categories, several of them, chosen by name', async () => {
    const [choice] = await imani.complete('schedule add', 'categories', 'step-1, cardio', { kind: 'prompt' });
    expect(choice).toEqual({ name: 'Step 1, Cardiovascular system', value: 'step-1,cardiovascular' });
    const answer = await imani.slash('schedule add', {
      kind: 'prompt',
      when: '30 18 * * 1,4',
      categories: String(choice?.value),
    });
    expect(answer.text).toMatch(/Study prompt · Step 1 and Cardiovascular system/);
    expect(answer.text).toMatch(/Mondays and Thursdays at 18:30/);
  });

  test('refuses what cannot be, says why, and adds nothing', async () => {
    const before = (await imani.slash('schedule list')).text;
    const add = (options: Record<string, string>) =>
      imani.slash('schedule add', { kind: 'tip', when: 'Mon 09:00', ...options });
    expectRefusal(await add({ when: 'now and then' }), /do not understand/);
    expectRefusal(await add({ when: 'every other Monday' }), /not at what time.*`every other Monday 09:00`/);
    expectRefusal(await add({ when: '*/10 * * * *' }), /every 30 minutes/);
    expectRefusal(await add({ when: '0 9 31 2 *' }), /never come/);
    expectRefusal(await add({ timezone: 'Atlantis' }), /not a time zone/);
    expectRefusal(await add({ categories: 'astrology' }), /not a category/);
    const quiet = town.guild.createRole({ name: 'Quiet', mentionable: false });
    expectRefusal(await imani.slash('schedule add', { kind: 'tip', when: 'Mon 09:00', role: quiet }), /may not notify/);
    const hidden = town.guild.createChannel({ name: 'hidden' });
    town.guild.hideChannel(hidden, imani);
    expectRefusal(await imani.slash('schedule add', { kind: 'tip', when: 'Mon 09:00', channel: hidden }), /yourself/);
    expect((await imani.slash('schedule list')).text).toBe(before);
  });

  test('offers times of day where only the days were typed', async () => {
    const choices = await imani.complete('schedule add', 'when', 'last day of the month');
    expect(choices.map(({ value }) => value)).toEqual(['0 9 L * *', '0 12 L * *', '0 18 L * *']);
  });

  test('notices a schedule that would post everything twice, and says what else posts there', async () => {
    const wanted = { kind: 'tip', when: 'Fri 07:00', categories: 'resilience' };
    expect((await imani.slash('schedule add', wanted)).text).toMatch(/Schedule added/);
    expectRefusal(await imani.slash('schedule add', wanted), /would be posted twice, so nothing was added/);
    const second = await imani.slash('schedule add', { ...wanted, when: 'Fri 19:00' });
    expect(second.text).toMatch(/by another schedule as well: .*Fridays at 07:00/);
  });

  test('names the fix when the bot may not post there, and the role that is notified', async () => {
    const closed = town.guild.createChannel({ name: 'closed' });
    town.guild.denyBot(PermissionFlagsBits.SendMessages, closed);
    const role = town.guild.createRole({ name: 'Readers', mentionable: true });
    const answer = await imani.slash('schedule add', { kind: 'tip', when: 'Fri 12:00', channel: closed, role });
    expect(answer.text).toMatch(/Fix these before it can post/);
    expect(answer.text).toMatch(/Send Messages/);
    expect(answer.text).toContain(`<@&${role.id}>`);
    expectRefusal(await imani.slash('schedule run', { schedule: await idOf('closed') }), /Send Messages/);
  });
});

describe('a role that was deleted', () => {
  test('is not mentioned: the post comes all the same', async () => {
    const role = town.guild.createRole({ name: 'Early birds', mentionable: true });
    await imani.slash('schedule add', { kind: 'prompt', when: 'Sun 06:00', role });
    const [, due] = /<t:(\d+):F>/.exec((await imani.slash('schedule list')).text.split('Sundays at 06:00')[1]!) ?? [];
    town.guild.deleteRole(role);
    expect((await imani.slash('setup check')).text).toContain('a role that was deleted');
    town.sandbox.clock.advance(Number(due) * 1000 + 60_000 - town.sandbox.clock.now());
    await town.bot.tick();
    const post = await town.sandbox.until('the prompt', () => posts('study-groups').at(-1));
    expect(post.content).toBe('');
    expect(post.embeds[0]?.author?.name).toMatch(/^Study prompt/);
    await imani.slash('schedule remove', { schedule: await idOf('Sundays') });
  });
});

describe('an existing schedule', () => {
  test('is changed, paused and resumed, each with what comes next', async () => {
    const id = await idOf('Wednesdays');
    const edited = await imani.slash('schedule edit', { schedule: id, when: 'daily 07:05', timezone: 'server' });
    expect(edited.text).toMatch(/Every day at 07:05/);
    expect(edited.text).toMatch(/New York.*as this server/s);
    expectRefusal(await imani.slash('schedule edit', { schedule: id }), /name what should change/);
    expect((await imani.slash('schedule pause', { schedule: id })).text).toMatch(/Nothing while it is paused/);
    expect((await imani.complete('schedule resume', 'schedule', 'paused'))[0]?.value).toBe(id);
    expectRefusal(await imani.slash('schedule pause', { schedule: id }), /already paused/);
    expect((await imani.slash('schedule list')).text).toMatch(/Paused by a moderator/);
    expect((await imani.slash('schedule resume', { schedule: id })).text.match(/<t:\d+:F>/g)).toHaveLength(3);
  });

  test('posts a test, marked as one, that notifies nobody', async () => {
    const id = await idOf('07:05');
    const before = posts('tips').length;
    expect((await imani.slash('schedule run', { schedule: id })).text).toMatch(/A test goes to/);
    const post = await town.sandbox.until('the test', () => posts('tips')[before]);
    expect(post.content).toMatch(/test/i);
    expect(post.embeds[0]?.author?.name).toMatch(/^Tip · /);
  });

  test('is removed after one question, and the question can be answered no', async () => {
    const id = await idOf('07:05');
    const question = await imani.slash('schedule remove', { schedule: id });
    expect(question.text).toMatch(/for good\?/);
    expect((await imani.press('Keep it', question)).text).toMatch(/nothing was changed/i);
    expect((await imani.press('Remove it', await imani.slash('schedule remove', { schedule: id }))).text).toMatch(
      /^Removed/,
    );
    expect(await imani.complete('schedule edit', 'schedule', '07:05')).toEqual([]);
    expectRefusal(await imani.slash('schedule pause', { schedule: id }), /choose a schedule/i);
  });
});

test('members change nothing, whatever they send', async () => {
  const id = await idOf('Fri');
  const on = (await member.slash('inbox')).message;
  for (const key of ['schedule-run', 'schedule-remove']) {
    expectRefusal(await member.forge({ kind: 'button', ...(on && { on }), customId: `${key}:${id}` }), /moderators/i);
  }
  const other = town.sandbox.createGuild({ name: 'Elsewhere' });
  const foreign = other.join({ name: 'Foreign', permissions: PermissionFlagsBits.ManageGuild });
  await setUp(foreign, { timezone: 'Europe/Paris' });
  const there = (await foreign.slash('inbox')).message;
  const forged = { kind: 'button' as const, ...(there && { on: there }), customId: `schedule-remove:${id}` };
  expectRefusal(await foreign.forge(forged), /no longer exists here/);
});
