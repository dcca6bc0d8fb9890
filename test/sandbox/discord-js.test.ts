/** The unmodified discord.js client through trouble. */
import { Client, Events, GatewayIntentBits, PermissionFlagsBits, type ClientOptions } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Actor, GuildHandle, Sandbox } from '../../sandbox/api.ts';
import { startSandbox } from '../../sandbox/index.ts';

let sandbox: Sandbox;
let guild: GuildHandle;
let ada: Actor;
const clients: Client[] = [];

beforeEach(async () => {
  sandbox = await startSandbox();
  guild = sandbox.createGuild({ name: 'House' });
  ada = guild.join({ name: 'Ada' });
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.destroy()));
  await sandbox.close();
});

const { Guilds, GuildMembers, GuildMessages, MessageContent } = GatewayIntentBits;

async function login(options: Partial<ClientOptions> = {}): Promise<Client<true>> {
  const client = new Client({
    intents: [Guilds, GuildMembers, GuildMessages, MessageContent],
    ...options,
    rest: { api: sandbox.apiUrl, ...options.rest },
  });
  clients.push(client);
  const ready = new Promise<Client<true>>((resolve) => void client.once(Events.ClientReady, resolve));
  await client.login(sandbox.token);
  return ready;
}

function wordsHeardBy(client: Client): string[] {
  const words: string[] = [];
  client.on(Events.MessageCreate, ({ content }) => void words.push(content));
  return words;
}

test('it logs in and has the guild, its channels, roles and itself in the cache', async () => {
  const client = await login();
  const house = client.guilds.cache.get(guild.id);
  expect(house?.name).toBe('House');
  expect(house?.channels.cache.map(({ name }) => name)).toEqual(['general']);
  expect(house?.members.me?.permissions.has(PermissionFlagsBits.ManageRoles)).toBe(true);
});

test('it logs in without any guild', async () => {
  guild.kickBot();
  expect((await login()).guilds.cache.size).toBe(0);
});

test('a wrong token is told as such', async () => {
  const client = new Client({ intents: [], rest: { api: sandbox.apiUrl } });
  await expect(client.login('wrong')).rejects.toMatchObject({ code: 'TokenInvalid' });
});

test.each(['resumable', 'cut', 'reconnect'] as const)('it resumes after "%s" and misses nothing', async (how) => {
  const client = await login();
  const words = wordsHeardBy(client);
  const resumed = new Promise((resolve) => void client.once(Events.ShardResume, resolve));
  sandbox.dropGateway(how);
  ada.say('general', 'meanwhile');
  await resumed;
  await sandbox.until('the message', () => words.includes('meanwhile'));
  ada.say('general', 'afterwards');
  await sandbox.until('the next message', () => words.includes('afterwards'));
  expect(words).toEqual(['meanwhile', 'afterwards']);
});

test('it identifies anew when its session is gone, and goes on', async () => {
  const client = await login();
  const words = wordsHeardBy(client);
  const ready = new Promise((resolve) => void client.once(Events.ShardReady, resolve));
  sandbox.dropGateway('invalid');
  ada.say('general', 'missed');
  await ready;
  await sandbox.botReady();
  ada.say('general', 'heard');
  await sandbox.until('the message', () => words.length > 0);
  expect(words).toEqual(['heard']);
});

test('it waits out rate limits and sends once', async () => {
  const client = await login();
  const channel = client.channels.cache.get(guild.channel('general').id);
  sandbox.fault({ kind: 'rate-limit', retryAfterMs: 20, times: 3 });
  if (channel?.isSendable()) await channel.send('through');
  expect(ada.messages('general')).toHaveLength(1);
});

test('it repeats after a server error, which an enforced nonce makes harmless', async () => {
  const client = await login();
  const channel = client.channels.cache.get(guild.channel('general').id);
  sandbox.fault({ kind: 'error', status: 502, route: /messages$/, afterEffect: true });
  if (channel?.isSendable()) await channel.send({ content: 'once', nonce: '1', enforceNonce: true });
  expect(ada.messages('general')).toHaveLength(1);
  expect(sandbox.requests.filter(({ method }) => method === 'POST')).toHaveLength(2);
});

test('it runs in several shards', async () => {
  for (let i = 0; i < 4; i += 1) sandbox.createGuild({ name: `Guild ${i}` });
  const client = await login({ shards: [0, 1], shardCount: 2 });
  expect(client.guilds.cache.size).toBe(5);
  expect(new Set(client.guilds.cache.map(({ shardId }) => shardId))).toEqual(new Set([0, 1]));
});

test('it fetches all members of a large guild', async () => {
  guild.joinMany(1500);
  const client = await login();
  const members = await client.guilds.cache.get(guild.id)!.members.fetch();
  expect(members.size).toBe(1503);
});

test('its caches follow channels, roles, threads and members', async () => {
  const client = await login();
  const house = client.guilds.cache.get(guild.id)!;
  const channel = await house.channels.create({ name: 'new' });
  const role = await house.roles.create({ name: 'Mentor' });
  const member = await house.members.fetch(ada.id);
  await member.roles.add(role);
  const thread = await channel.threads.create({ name: 'talk' });
  await thread.members.add(ada.id);
  await thread.setArchived(true);
  guild.denyBot(PermissionFlagsBits.ManageRoles);
  await sandbox.until('the role', () => !house.members.me?.permissions.has(PermissionFlagsBits.ManageRoles));
  expect(house.members.cache.get(ada.id)?.roles.cache.has(role.id)).toBe(true);
  expect(thread.archived).toBe(true);
  guild.deleteChannel(guild.channel('new'));
  await sandbox.until('the channel to be gone', () => !house.channels.cache.has(channel.id));
  const left = new Promise((resolve) => void client.once(Events.GuildMemberRemove, resolve));
  ada.leave();
  await left;
  guild.kickBot();
  await sandbox.until('the guild to be gone', () => client.guilds.cache.size === 0);
  sandbox.assertNoRefusals();
});
