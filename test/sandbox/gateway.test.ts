import { once } from 'node:events';
import { createInflate } from 'node:zlib';
import { WebSocket } from 'ws';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Actor, GuildHandle, Sandbox } from '../../sandbox/api.ts';
import { startSandbox } from '../../sandbox/index.ts';
import { allIntents, call, intents, RawGateway } from './raw.ts';

let sandbox: Sandbox;
let guild: GuildHandle;
let ada: Actor;

beforeEach(async () => {
  sandbox = await startSandbox();
  guild = sandbox.createGuild({ name: 'House' });
  ada = guild.join({ name: 'Ada' });
});
afterEach(() => sandbox.close());

test('it says hello with a heartbeat interval and acknowledges heartbeats', async () => {
  const gateway = await RawGateway.open(sandbox);
  expect(gateway.packets[0]?.d['heartbeat_interval']).toBeGreaterThan(1000);
  gateway.send(1, null);
  await gateway.until(({ op }) => op === 11);
});

test('READY names the guilds, and each of them follows', async () => {
  const second = sandbox.createGuild({ name: 'Second' });
  const gateway = await RawGateway.identify(sandbox);
  const ready = await gateway.event('READY');
  expect(ready['guilds']).toEqual([guild.id, second.id].map((id) => ({ id, unavailable: true })));
  expect((await gateway.events('GUILD_CREATE')).map(({ name }) => name)).toEqual(['House', 'Second']);
});

test('a guild arrives with channels and roles, but of its members only the bot', async () => {
  const gateway = await RawGateway.identify(sandbox);
  const created = await gateway.event('GUILD_CREATE');
  expect(created['channels']).toMatchObject([{ name: 'general', type: 0 }]);
  expect(created['members']).toMatchObject([{ user: { id: sandbox.botUserId } }]);
  expect(created['member_count']).toBe(3);
});

test('a shard that is none of their number is closed with 4010, and one of too many guilds with 4011', async () => {
  const gateway = await RawGateway.open(sandbox);
  gateway.send(2, { token: sandbox.token, intents: 1, properties: {}, shard: [2, 2] });
  expect(await gateway.closed).toBe(4010);
  for (let i = 1; i <= 2_500; i += 1) sandbox.createGuild({ name: `Guild ${i}`, channels: [] });
  const crowded = await RawGateway.open(sandbox);
  crowded.send(2, { token: sandbox.token, intents: 1, properties: {} });
  expect(await crowded.closed).toBe(4011);
  const half = await RawGateway.open(sandbox);
  half.send(2, { token: sandbox.token, intents: 1, properties: {}, shard: [0, 2] });
  expect(await half.event('READY')).toMatchObject({ shard: [0, 2] });
});

test('whoever identifies again too soon is sent away where the limit is enforced, and every try counts', async () => {
  const strict = await startSandbox({ identifyLimiter: true, maxConcurrency: 2 });
  const identify = async (shard: number) => {
    const gateway = await RawGateway.open(strict);
    gateway.send(2, { token: strict.token, intents: 1, properties: {}, shard: [shard, 4] });
    return gateway;
  };
  await (await identify(0)).event('READY');
  await (await identify(1)).event('READY');
  // Shards 0 and 2 share a place.
  await (await identify(2)).until(({ op }) => op === 9);
  const { json } = await call(strict, 'GET', '/gateway/bot');
  expect(json).toMatchObject({ session_start_limit: { total: 1000, remaining: 997, max_concurrency: 2 } });
  await strict.close();
});

test('a wrong token is closed with 4004', async () => {
  const gateway = await RawGateway.open(sandbox);
  gateway.send(2, { token: 'wrong', intents: 1, properties: {} });
  expect(await gateway.closed).toBe(4004);
});

test('a privileged intent that the application is not allowed is closed with 4014', async () => {
  const strict = await startSandbox({ privilegedIntents: 0 });
  const gateway = await RawGateway.open(strict);
  gateway.send(2, { token: strict.token, intents: intents.members, properties: {} });
  expect(await gateway.closed).toBe(4014);
  await strict.close();
});

test.each([
  ['text that is no JSON', 4002, (gateway: RawGateway) => gateway.sendText('{')],
  ['an opcode that does not exist', 4001, (gateway: RawGateway) => gateway.send(99, null)],
  ['a request before identifying', 4003, (gateway: RawGateway) => gateway.send(8, { guild_id: '1' })],
  ['a shard beyond the count', 4010, (g: RawGateway) => g.send(2, { token: sandbox.token, intents: 1, shard: [2, 2] })],
  ['intents that are no number', 4013, (g: RawGateway) => g.send(2, { token: sandbox.token, intents: 'all' })],
])('%s is closed with %i', async (_what, code, act) => {
  const gateway = await RawGateway.open(sandbox);
  act(gateway);
  expect(await gateway.closed).toBe(code);
});

test('without the members intent nobody is heard joining, changing or leaving', async () => {
  const gateway = await RawGateway.identify(sandbox, allIntents & ~intents.members);
  const bob = guild.join({ name: 'Bob', permissions: 8n });
  bob.leave();
  for (const t of ['GUILD_MEMBER_ADD', 'GUILD_MEMBER_UPDATE', 'GUILD_MEMBER_REMOVE']) {
    expect(await gateway.events(t)).toEqual([]);
  }
});

test('with the members intent all of that is heard', async () => {
  const gateway = await RawGateway.identify(sandbox);
  const bob = guild.join({ name: 'Bob', permissions: 8n });
  bob.leave();
  for (const t of ['GUILD_MEMBER_ADD', 'GUILD_MEMBER_UPDATE', 'GUILD_MEMBER_REMOVE']) {
    expect(await gateway.events(t)).toMatchObject([{ guild_id: guild.id, user: { id: bob.id } }]);
  }
});

test('the bot hears of a change to its own roles without the members intent', async () => {
  const gateway = await RawGateway.identify(sandbox, intents.guilds);
  guild.giveRole({ id: sandbox.botUserId, name: 'bot' }, guild.createRole({ name: 'Helper' }));
  expect(await gateway.event('GUILD_MEMBER_UPDATE')).toMatchObject({ user: { id: sandbox.botUserId } });
});

test('without the content intent words are empty, except direct ones and those that mention the bot', async () => {
  const gateway = await RawGateway.identify(sandbox, allIntents & ~intents.content);
  ada.say('general', 'between us');
  ada.say('general', `hello <@${sandbox.botUserId}>`);
  ada.say('dm', 'privately');
  const words = (await gateway.events('MESSAGE_CREATE')).map(({ content }) => content);
  expect(words).toEqual(['', `hello <@${sandbox.botUserId}>`, 'privately']);
});

test('messages come only with the intent for messages', async () => {
  const gateway = await RawGateway.identify(sandbox, intents.guilds | intents.content);
  ada.say('general', 'hello');
  expect(await gateway.events('MESSAGE_CREATE')).toEqual([]);
});

test('a channel that the bot cannot see is silent', async () => {
  const gateway = await RawGateway.identify(sandbox);
  guild.denyBot(1n << 10n, guild.channel('general'));
  ada.say('general', 'is it gone?');
  expect(await gateway.events('MESSAGE_CREATE')).toEqual([]);
});

test('guilds are spread over shards by their ids, and direct messages go to shard 0', async () => {
  for (let i = 0; i < 5; i += 1) sandbox.createGuild({ name: `Guild ${i}` });
  const first = await RawGateway.open(sandbox);
  const second = await RawGateway.open(sandbox);
  for (const [shard, gateway] of [first, second].entries()) {
    gateway.send(2, { token: sandbox.token, intents: allIntents, properties: {}, shard: [shard, 2] });
    await gateway.event('READY');
  }
  await sandbox.botReady();
  for (const [shard, gateway] of [first, second].entries()) {
    const ids = (await gateway.events('GUILD_CREATE')).map(({ id }) => BigInt(id as string));
    expect(ids.length).toBeGreaterThan(0);
    expect(ids.every((id) => Number((id >> 22n) % 2n) === shard)).toBe(true);
  }
  ada.say('dm', 'psst');
  expect(await first.events('MESSAGE_CREATE')).toHaveLength(1);
  expect(await second.events('MESSAGE_CREATE')).toHaveLength(0);
});

test('a resumed session is sent what it missed, once and in order', async () => {
  const before = await RawGateway.identify(sandbox);
  const { session_id: session } = await before.event('READY');
  const seq = before.sequence;
  before.cut();
  await before.closed;
  for (const word of ['one', 'two', 'three']) ada.say('general', word);
  const after = await RawGateway.open(sandbox);
  after.send(6, { token: sandbox.token, session_id: session, seq });
  await after.event('RESUMED');
  expect((await after.events('MESSAGE_CREATE')).map(({ content }) => content)).toEqual(['one', 'two', 'three']);
  expect(await after.events('GUILD_CREATE')).toEqual([]);
  ada.say('general', 'four');
  await after.event('MESSAGE_CREATE', ({ content }) => content === 'four');
});

test('a session that is forgotten, unknown or closed by the client is invalid', async () => {
  const before = await RawGateway.identify(sandbox);
  const { session_id: session } = await before.event('READY');
  before.close(1000);
  await before.closed;
  for (const id of [session, 'made-up']) {
    const after = await RawGateway.open(sandbox);
    after.send(6, { token: sandbox.token, session_id: id, seq: 1 });
    expect(await after.until(({ op }) => op === 9)).toMatchObject({ d: false });
  }
});

test('members are requested by id, with those that are not there named', async () => {
  const gateway = await RawGateway.identify(sandbox);
  gateway.send(8, { guild_id: guild.id, user_ids: [ada.id, '1'], nonce: 'x' });
  expect(await gateway.event('GUILD_MEMBERS_CHUNK')).toMatchObject({
    members: [{ user: { username: 'Ada' } }],
    not_found: ['1'],
    nonce: 'x',
  });
});

test('all members of a large guild come in chunks of a thousand', async () => {
  guild.joinMany(2500);
  const gateway = await RawGateway.identify(sandbox);
  gateway.send(8, { guild_id: guild.id, query: '', limit: 0 });
  await gateway.event('GUILD_MEMBERS_CHUNK', ({ chunk_index: index }) => index === 2);
  const chunks = await gateway.events('GUILD_MEMBERS_CHUNK');
  expect(chunks.map(({ members }) => (members as unknown[]).length)).toEqual([1000, 1000, 503]);
});

test('the start of a name finds members, up to a limit', async () => {
  guild.joinMany(20, 'Student');
  const gateway = await RawGateway.identify(sandbox);
  gateway.send(8, { guild_id: guild.id, query: 'stud', limit: 5 });
  const { members } = await gateway.event('GUILD_MEMBERS_CHUNK');
  expect(members).toHaveLength(5);
});

test('a guild created later, and one that the bot is removed from, are told', async () => {
  const gateway = await RawGateway.identify(sandbox);
  const later = sandbox.createGuild({ name: 'Later' });
  await gateway.event('GUILD_CREATE', ({ id }) => id === later.id);
  later.kickBot();
  expect(await gateway.event('GUILD_DELETE')).toEqual({ id: later.id });
});

test('a bot that can see a channel again is told of its threads', async () => {
  const general = guild.channel('general');
  const { json } = await call(sandbox, 'POST', `/channels/${general.id}/threads`, { name: 't', type: 11 });
  const gateway = await RawGateway.identify(sandbox);
  guild.denyBot(1n << 10n, general);
  guild.allowBot(1n << 10n, general);
  expect(await gateway.event('THREAD_LIST_SYNC')).toMatchObject({
    channel_ids: [general.id],
    threads: [{ id: json['id'] }],
    members: [{ user_id: sandbox.botUserId }],
  });
});

test('payloads come as one zlib stream to those who ask for it', async () => {
  const { json } = await call(sandbox, 'GET', '/gateway/bot');
  const ws = new WebSocket(`${String(json['url'])}?v=10&encoding=json&compress=zlib-stream`);
  const inflate = createInflate();
  let text = '';
  inflate.on('data', (chunk: Buffer) => (text += chunk.toString()));
  ws.on('message', (data: Buffer) => inflate.write(data));
  await once(ws, 'open');
  ws.send(JSON.stringify({ op: 2, d: { token: sandbox.token, intents: 1, properties: {} } }));
  await expect.poll(() => text).toContain('GUILD_CREATE');
  expect(text).toMatch(/^{"op":10.*}{"op":0,"t":"READY"/);
  ws.close();
});

test('everything that changes a guild is told by its own event', async () => {
  const gateway = await RawGateway.identify(sandbox);
  const at = `/guilds/${guild.id}`;
  const { json: channel } = await call(sandbox, 'POST', `${at}/channels`, { name: 'new', type: 0 });
  await call(sandbox, 'PATCH', `/channels/${String(channel['id'])}`, { topic: 'changed' });
  const { json: message } = await call(sandbox, 'POST', `/channels/${String(channel['id'])}/messages`, {
    content: 'hi',
  });
  const messagePath = `/channels/${String(channel['id'])}/messages/${String(message['id'])}`;
  await call(sandbox, 'PATCH', messagePath, { content: 'hi there' });
  await call(sandbox, 'PUT', `/channels/${String(channel['id'])}/messages/pins/${String(message['id'])}`);
  await call(sandbox, 'DELETE', messagePath);
  const { json: thread } = await call(sandbox, 'POST', `/channels/${String(channel['id'])}/threads`, {
    name: 't',
    type: 11,
  });
  await call(sandbox, 'PUT', `/channels/${String(thread['id'])}/thread-members/${ada.id}`);
  await call(sandbox, 'PATCH', `/channels/${String(thread['id'])}`, { archived: true });
  await call(sandbox, 'DELETE', `/channels/${String(thread['id'])}`);
  const { json: role } = await call(sandbox, 'POST', `${at}/roles`, { name: 'Mentor' });
  await call(sandbox, 'PATCH', `${at}/roles/${String(role['id'])}`, { mentionable: true });
  await call(sandbox, 'PUT', `${at}/members/${ada.id}/roles/${String(role['id'])}`);
  await call(sandbox, 'DELETE', `${at}/roles/${String(role['id'])}`);
  await call(sandbox, 'DELETE', `/channels/${String(channel['id'])}`);
  await gateway.events('anything');
  const told = new Set(gateway.packets.map(({ t }) => t));
  for (const t of [
    'CHANNEL_CREATE',
    'CHANNEL_UPDATE',
    'CHANNEL_DELETE',
    'CHANNEL_PINS_UPDATE',
    'MESSAGE_CREATE',
    'MESSAGE_UPDATE',
    'MESSAGE_DELETE',
    'THREAD_CREATE',
    'THREAD_UPDATE',
    'THREAD_DELETE',
    'THREAD_MEMBERS_UPDATE',
    'GUILD_ROLE_CREATE',
    'GUILD_ROLE_UPDATE',
    'GUILD_ROLE_DELETE',
    'GUILD_MEMBER_UPDATE',
  ]) {
    expect(told).toContain(t);
  }
  sandbox.assertNoRefusals();
});
