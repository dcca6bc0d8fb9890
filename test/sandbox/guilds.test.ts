import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Actor, GuildHandle, Sandbox } from '../../sandbox/api.ts';
import { startSandbox } from '../../sandbox/index.ts';
import { permissionBits } from '../../sandbox/permissions.ts';
import { call, RawGateway, type Json } from './raw.ts';

let sandbox: Sandbox;
let guild: GuildHandle;
let ada: Actor;
let at: string;

beforeEach(async () => {
  sandbox = await startSandbox();
  guild = sandbox.createGuild({ name: 'House' });
  ada = guild.join({ name: 'Ada' });
  at = `/guilds/${guild.id}`;
});
afterEach(() => sandbox.close());

const list = async (path: string) => (await call(sandbox, 'GET', path)).json as unknown as Json[];
const future = () => new Date(sandbox.clock.now() + 86_400_000).toISOString();

test('a wrong token is refused with 401', async () => {
  const response = await fetch(`${sandbox.apiUrl}/v10/users/@me`, { headers: { Authorization: 'Bot wrong' } });
  expect(response.status).toBe(401);
});

test('a route that Discord does not have is 404, and so is one that only the sandbox lacks', async () => {
  expect(await call(sandbox, 'GET', '/no/such/route')).toMatchObject({
    status: 404,
    json: { code: 0, message: '404: Not Found' },
  });
  const lacking = await call(sandbox, 'GET', `${at}/welcome-screen`);
  expect(lacking).toMatchObject({
    status: 404,
    json: { message: expect.stringContaining('the sandbox does not') as unknown },
  });
});

test('the bot knows itself, its application and its guild', async () => {
  expect((await call(sandbox, 'GET', '/users/@me')).json).toMatchObject({ id: sandbox.botUserId, bot: true });
  expect((await call(sandbox, 'GET', '/applications/@me')).json).toMatchObject({ id: sandbox.botUserId });
  expect((await call(sandbox, 'GET', `${at}?with_counts=true`)).json).toMatchObject({
    name: 'House',
    approximate_member_count: 3,
  });
});

test('what does not exist has its own code', async () => {
  const unknown: [string, number][] = [
    ['/guilds/1', 10004],
    ['/channels/1', 10003],
    ['/users/1', 10013],
    [`${at}/members/1`, 10013],
    [`${at}/members/${sandbox.createGuild({ name: 'Other' }).join({ name: 'Zoe' }).id}`, 10007],
    [`${at}/roles/1`, 10011],
    [`${at}/scheduled-events/1`, 10070],
    [`/channels/${guild.channel('general').id}/messages/1`, 10008],
  ];
  for (const [path, code] of unknown) expect((await call(sandbox, 'GET', path)).json['code']).toBe(code);
});

test('a guild that the bot was removed from gives Missing Access, as the driver wanted', async () => {
  guild.kickBot();
  expect(await call(sandbox, 'GET', at)).toMatchObject({ status: 403, json: { code: 50001 } });
  sandbox.assertNoRefusals();
});

test('a deleted channel is unknown, as the driver wanted', async () => {
  const { id } = guild.channel('general');
  guild.deleteChannel(guild.channel('general'));
  expect(await call(sandbox, 'POST', `/channels/${id}/messages`, { content: 'x' })).toMatchObject({
    json: { code: 10003 },
  });
  sandbox.assertNoRefusals();
});

test('a refusal that nobody expected fails the run, unless it is declared', async () => {
  await call(sandbox, 'GET', '/channels/1');
  expect(() => sandbox.assertNoRefusals()).toThrow('GET /channels/1 → 404, code 10003');
  sandbox.expectRefusal(({ code }) => code === 10003);
  sandbox.assertNoRefusals();
});

test('a permission taken away refuses with 50013, in the whole guild or in one channel', async () => {
  guild.denyBot(permissionBits.MANAGE_ROLES);
  expect(await call(sandbox, 'POST', `${at}/roles`, { name: 'x' })).toMatchObject({
    status: 403,
    json: { code: 50013 },
  });
  guild.denyBot(permissionBits.SEND_MESSAGES, guild.channel('general'));
  const messages = `/channels/${guild.channel('general').id}/messages`;
  expect(await call(sandbox, 'POST', messages, { content: 'x' })).toMatchObject({ json: { code: 50013 } });
  sandbox.assertNoRefusals();
});

test('a permission that everybody has is taken from the bot alone, also in channels made later', async () => {
  guild.denyBot(permissionBits.SEND_MESSAGES);
  const { id } = guild.createChannel({ name: 'later' });
  expect(await call(sandbox, 'POST', `/channels/${id}/messages`, { content: 'x' })).toMatchObject({
    json: { code: 50013 },
  });
  ada.say('later', 'I still can');
});

test('a channel that the bot cannot see gives Missing Access', async () => {
  guild.denyBot(permissionBits.VIEW_CHANNEL, guild.channel('general'));
  expect(await call(sandbox, 'GET', `/channels/${guild.channel('general').id}`)).toMatchObject({
    json: { code: 50001 },
  });
});

test('a permission that the invite never gave is an unexpected refusal', async () => {
  expect(await call(sandbox, 'PATCH', at, { name: 'Mine' })).toMatchObject({ json: { code: 50013 } });
  expect(() => sandbox.assertNoRefusals()).toThrow('50013');
});

test('channels are made with a category, overwrites and a name as Discord writes it', async () => {
  const { json: category } = await call(sandbox, 'POST', `${at}/channels`, { name: 'Mentoring', type: 4 });
  const { status, json } = await call(sandbox, 'POST', `${at}/channels`, {
    name: 'The Staff Room',
    type: 0,
    parent_id: category['id'],
    permission_overwrites: [{ id: guild.id, type: 0, deny: String(permissionBits.VIEW_CHANNEL) }],
  });
  expect(status).toBe(201);
  expect(json).toMatchObject({
    name: 'the-staff-room',
    parent_id: category['id'],
    permission_overwrites: [{ id: guild.id, type: 0, allow: '0', deny: '1024' }],
  });
  expect(() => ada.messages('the-staff-room')).toThrow('no channel');
  const sees = `/channels/${String(json['id'])}/permissions/${ada.id}`;
  expect(await call(sandbox, 'GET', `/channels/${String(json['id'])}`)).toMatchObject({ json: { code: 50001 } });
  expect((await call(sandbox, 'PUT', sees, { type: 1, allow: '1024' })).json['code']).toBe(50001);
});

test('an overwrite lets somebody in, and its removal shuts them out', async () => {
  const { json } = await call(sandbox, 'POST', `${at}/channels`, {
    name: 'staff',
    permission_overwrites: [
      { id: guild.id, type: 0, deny: '1024' },
      { id: sandbox.botUserId, type: 1, allow: String(1024n | permissionBits.MANAGE_ROLES) },
    ],
  });
  const overwrite = `/channels/${String(json['id'])}/permissions/${ada.id}`;
  expect((await call(sandbox, 'PUT', overwrite, { type: 1, allow: '1024' })).status).toBe(204);
  expect(ada.messages('staff')).toEqual([]);
  expect((await call(sandbox, 'DELETE', overwrite)).status).toBe(204);
  expect(() => ada.messages('staff')).toThrow();
});

test('nobody gives away a permission that they do not have', async () => {
  const overwrite = { type: 1, allow: String(permissionBits.MANAGE_GUILD) };
  const path = `/channels/${guild.channel('general').id}/permissions/${ada.id}`;
  expect(await call(sandbox, 'PUT', path, overwrite)).toMatchObject({ json: { code: 50013 } });
  const role = { name: 'x', permissions: String(permissionBits.BAN_MEMBERS) };
  expect(await call(sandbox, 'POST', `${at}/roles`, role)).toMatchObject({ json: { code: 50013 } });
});

test('a role is made, given, taken and deleted', async () => {
  const { json: role } = await call(sandbox, 'POST', `${at}/roles`, { name: 'Mentor', mentionable: true });
  const path = `${at}/members/${ada.id}/roles/${String(role['id'])}`;
  expect((await call(sandbox, 'PUT', path)).status).toBe(204);
  expect(guild.rolesOf(ada)).toEqual([role['id']]);
  expect((await call(sandbox, 'DELETE', path)).status).toBe(204);
  expect(guild.rolesOf(ada)).toEqual([]);
  expect((await call(sandbox, 'DELETE', `${at}/roles/${String(role['id'])}`)).status).toBe(204);
  expect((await call(sandbox, 'PUT', path)).json['code']).toBe(10011);
});

test('a role above its own the bot can neither give nor change', async () => {
  const role = guild.createRole({ name: 'Mentor' });
  guild.putBotRoleBelow(role);
  expect(await call(sandbox, 'PUT', `${at}/members/${ada.id}/roles/${role.id}`)).toMatchObject({
    json: { code: 50013 },
  });
  expect(await call(sandbox, 'PATCH', `${at}/roles/${role.id}`, { name: 'x' })).toMatchObject({
    json: { code: 50013 },
  });
  sandbox.assertNoRefusals();
});

test('roles change places below the role of the bot', async () => {
  const low = guild.createRole({ name: 'Low' });
  const high = guild.createRole({ name: 'High' });
  await call(sandbox, 'PATCH', `${at}/roles`, [
    { id: high.id, position: 1 },
    { id: low.id, position: 2 },
  ]);
  const positions = new Map((await list(`${at}/roles`)).map(({ name, position }) => [name, position as number]));
  expect(positions.get('Low')).toBeGreaterThan(positions.get('High')!);
});

test('members are listed by id, searched by name and renamed', async () => {
  const bob = guild.join({ name: 'Bob' });
  expect((await list(`${at}/members?limit=10&after=${ada.id}`)).map(({ user }) => (user as Json)['id'])).toEqual([
    bob.id,
  ]);
  expect(await list(`${at}/members/search?query=bo&limit=5`)).toMatchObject([{ user: { id: bob.id } }]);
  expect((await call(sandbox, 'PATCH', `${at}/members/${bob.id}`, { nick: 'Bobby' })).json['code']).toBe(50013);
});

test('a list of members is only for applications with the members intent', async () => {
  const strict = await startSandbox({ privilegedIntents: 0 });
  const house = strict.createGuild({ name: 'House' });
  expect(await call(strict, 'GET', `/guilds/${house.id}/members`)).toMatchObject({
    status: 403,
    json: { code: 50001 },
  });
  await strict.close();
});

test('somebody who has left is not a member any more, as the driver wanted', async () => {
  ada.leave();
  expect(await call(sandbox, 'GET', `${at}/members/${ada.id}`)).toMatchObject({ json: { code: 10007 } });
  await expect(ada.slash('x')).rejects.toThrow('not in House any more');
  sandbox.assertNoRefusals();
});

test('a scheduled event is made, started, completed and told', async () => {
  const gateway = await RawGateway.identify(sandbox);
  const { json } = await call(sandbox, 'POST', `${at}/scheduled-events`, {
    name: 'Study session',
    privacy_level: 2,
    entity_type: 3,
    entity_metadata: { location: 'Online' },
    scheduled_start_time: future(),
    scheduled_end_time: new Date(sandbox.clock.now() + 2 * 86_400_000).toISOString(),
  });
  expect(json).toMatchObject({ status: 1, creator_id: sandbox.botUserId });
  const event = `${at}/scheduled-events/${String(json['id'])}`;
  expect((await call(sandbox, 'PATCH', event, { status: 3 })).json['code']).toBe(50035);
  expect((await call(sandbox, 'PATCH', event, { status: 2 })).json['status']).toBe(2);
  expect((await call(sandbox, 'PATCH', event, { status: 3 })).json['status']).toBe(3);
  expect((await call(sandbox, 'PATCH', event, { name: 'x' })).json['code']).toBe(180000);
  expect((await call(sandbox, 'DELETE', event)).status).toBe(204);
  await gateway.event('GUILD_SCHEDULED_EVENT_DELETE');
  expect(await gateway.events('GUILD_SCHEDULED_EVENT_UPDATE')).toHaveLength(2);
});

test('an event needs the permission to create events and a time to come', async () => {
  const event = {
    name: 'x',
    privacy_level: 2,
    entity_type: 3,
    entity_metadata: { location: 'y' },
    scheduled_start_time: new Date(sandbox.clock.now() - 1000).toISOString(),
    scheduled_end_time: future(),
  };
  expect((await call(sandbox, 'POST', `${at}/scheduled-events`, event)).json['code']).toBe(50035);
  guild.denyBot(permissionBits.CREATE_EVENTS);
  const later = { ...event, scheduled_start_time: new Date(sandbox.clock.now() + 1000).toISOString() };
  expect((await call(sandbox, 'POST', `${at}/scheduled-events`, later)).json['code']).toBe(50013);
});

test('a server has 100 events at most, and one in a voice channel is planned by whoever sees and may join it', async () => {
  const voice = guild.createChannel({ name: 'Study room', type: 2 });
  const event = { name: 'x', privacy_level: 2, entity_type: 2, channel_id: voice.id, scheduled_start_time: future() };
  const plan = async (channel = voice) =>
    (await call(sandbox, 'POST', `${at}/scheduled-events`, { ...event, channel_id: channel.id })).json['code'];
  expect(await plan(guild.channels[0])).toBe(50035);
  guild.denyBot(permissionBits.CONNECT, voice);
  expect(await plan()).toBe(50013);
  guild.allowBot(permissionBits.CONNECT, voice);
  for (let i = 0; i < 99; i += 1) guild.planEvent(`event ${i}`);
  expect([await plan(), await plan()]).toEqual([undefined, 30038]);
  expect(guild.events()).toHaveLength(100);
});
