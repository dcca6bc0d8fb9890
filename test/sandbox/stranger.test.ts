/** Somebody else's bot, unmodified discord.js in a process of its own, is played by people in the sandbox. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor, GuildHandle, Sandbox } from '../../sandbox/api.ts';
import { type BotProcess, startBot } from '../../sandbox/bot.ts';
import { startSandbox, textOfMessage } from '../../sandbox/index.ts';

let sandbox: Sandbox;
let guild: GuildHandle;
let bot: BotProcess;
let mei: Actor;
let tom: Actor;

beforeAll(async () => {
  sandbox = await startSandbox({ botName: 'Stranger' });
  guild = sandbox.createGuild({ name: 'Elsewhere' });
  mei = guild.join({ name: 'Mei' });
  tom = guild.join({ name: 'Tom' });
  bot = await startBot(sandbox, { entry: new URL('stranger-bot.ts', import.meta.url).pathname });
  await sandbox.until('the commands', () => sandbox.commands().length > 0);
});

afterAll(async () => {
  await bot.stop();
  await sandbox.close();
  sandbox.assertNoRefusals();
});

test('it answers a slash command, and its button changes the answer', async () => {
  const pong = await mei.slash('ping');
  expect(pong).toMatchObject({ kind: 'message', ephemeral: false });
  expect(pong.text).toContain('Pong!');
  const again = await mei.press('Again', pong);
  expect(again).toMatchObject({ kind: 'update', text: 'Pong, again!' });
});

test('what it says in secret only one person sees', async () => {
  const answer = await mei.slash('secret');
  expect(answer.ephemeral).toBe(true);
  expect(mei.ephemerals().map(textOfMessage)).toContain('Psst!');
  expect(tom.messages('general').map(textOfMessage)).not.toContain('Psst!');
});

test('a deferred reply is waited out, and its follow-up arrives', async () => {
  const answer = await mei.slash('slow');
  expect(answer.text).toBe('Done thinking.');
  const followUp = await sandbox.until('the follow-up', () => answer.followUps[0]);
  expect(followUp.content).toBe('One more thing.');
});

test('a select menu takes a choice by its label', async () => {
  const menu = await mei.slash('menu');
  const chosen = await mei.select('Make a selection!', ['Charmander'], menu);
  expect(chosen.text).toBe('You chose charmander!');
});

test('a form is filled in and answered', async () => {
  const form = await mei.slash('form');
  expect(form).toMatchObject({ kind: 'modal' });
  expect(form.text).toContain('Your favorite hobby');
  await expect(mei.submit({ 'Your favorite hobby': 'x'.repeat(21) })).rejects.toThrow('at most 20');
  const thanks = await mei.submit({ 'Your favorite hobby': 'chess' });
  expect(thanks).toMatchObject({ ephemeral: true, text: 'Enjoy chess!' });
});

test('its collector hears the press of the person who asked', async () => {
  await tom.slash('confirm');
  const done = await tom.press('Confirm');
  expect(done).toMatchObject({ kind: 'update', text: 'It is done.' });
});

test('autocomplete offers what fits', async () => {
  const choices = await mei.complete('fruit', 'name', 'ap');
  expect(choices.map(({ value }) => value)).toEqual(['apple', 'apricot']);
  expect((await mei.slash('fruit', { name: 'apricot' })).text).toBe('One apricot for you.');
});

test('subcommands know the server and its members', async () => {
  expect((await mei.slash('server info')).text).toMatch(/^Elsewhere has \d+ members\.$/);
  expect((await mei.slash('server member', { who: tom })).text).toMatch(/^Tom joined at /);
});

test('it opens a private thread with somebody and writes to them directly', async () => {
  const answer = await mei.slash('talk');
  const [thread] = guild.threads();
  expect(answer.text).toContain(thread?.id);
  expect(mei.messages(thread!.id).map(textOfMessage)).toEqual(['Just the two of us.']);
  expect(mei.dms().map(textOfMessage)).toEqual(['Look at the thread.']);
  expect(() => tom.messages(thread!.id)).toThrow('cannot see');
});

test('it reads messages and replies to them', async () => {
  tom.say('general', '!ping');
  const reply = await sandbox.until('the reply', () =>
    tom.messages('general').find(({ content }) => content === 'Pong, the old way!'),
  );
  expect(reply.mentions.map(({ id }) => id)).toEqual([tom.id]);
});

test('it hears of people who join', async () => {
  guild.join({ name: 'Newcomer' });
  await sandbox.until('the welcome', () => bot.log.some((line) => line.includes('welcome Newcomer')));
});
