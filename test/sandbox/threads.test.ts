import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Actor, GuildHandle, Sandbox } from '../../sandbox/api.ts';
import { startSandbox } from '../../sandbox/index.ts';
import { permissionBits } from '../../sandbox/permissions.ts';
import { call, type Json } from './raw.ts';

let sandbox: Sandbox;
let guild: GuildHandle;
let ada: Actor;
let bob: Actor;
let parent: string;

beforeEach(async () => {
  sandbox = await startSandbox();
  guild = sandbox.createGuild({ name: 'House' });
  ada = guild.join({ name: 'Ada' });
  bob = guild.join({ name: 'Bob' });
  parent = `/channels/${guild.channel('general').id}`;
});
afterEach(() => sandbox.close());

async function open(more: Json = {}): Promise<{ id: string; path: string }> {
  const { json } = await call(sandbox, 'POST', `${parent}/threads`, { name: 'pair', type: 12, ...more });
  return { id: String(json['id']), path: `/channels/${String(json['id'])}` };
}
const add = (path: string, person: { id: string }) => call(sandbox, 'PUT', `${path}/thread-members/${person.id}`);

test('a private thread is seen by its members, and by those who manage threads', async () => {
  const { id, path } = await open();
  await add(path, ada);
  const moderator = guild.join({ name: 'Mod', permissions: permissionBits.MANAGE_THREADS });
  expect(ada.messages(id)).toEqual([]);
  expect(moderator.messages(id)).toEqual([]);
  expect(() => bob.messages(id)).toThrow('cannot see');
});

test('who is removed from a private thread sees it no longer', async () => {
  const { id, path } = await open();
  await add(path, ada);
  expect((await call(sandbox, 'DELETE', `${path}/thread-members/${ada.id}`)).status).toBe(204);
  expect(() => ada.messages(id)).toThrow('cannot see');
});

test('a member who cannot see the channel cannot be added to its thread', async () => {
  const { path } = await open();
  guild.hideChannel(guild.channel('general'), ada);
  expect(await add(path, ada)).toMatchObject({ status: 403, json: { code: 50001 } });
});

test('a member who loses sight of the channel loses the thread', async () => {
  const { id, path } = await open();
  await add(path, ada);
  guild.hideChannel(guild.channel('general'), ada);
  expect(() => ada.messages(id)).toThrow('cannot see');
});

test('a public thread is there for everybody who sees the channel', async () => {
  const { id } = await open({ type: 11 });
  expect(bob.messages(id)).toEqual([]);
});

test('a private thread needs the permission for private threads', async () => {
  guild.denyBot(permissionBits.CREATE_PRIVATE_THREADS);
  const { json } = await call(sandbox, 'POST', `${parent}/threads`, { name: 'x', type: 12 });
  expect(json['code']).toBe(50013);
});

test('the members of a thread are told, with or without who they are', async () => {
  const { path } = await open();
  await add(path, ada);
  const members = (await call(sandbox, 'GET', `${path}/thread-members?with_member=true`)).json as unknown as Json[];
  expect(members).toMatchObject([
    { user_id: sandbox.botUserId },
    { user_id: ada.id, member: { user: { username: 'Ada' } } },
  ]);
  expect((await call(sandbox, 'GET', `${path}/thread-members/${bob.id}`)).json['code']).toBe(10007);
});

test('an archived thread takes no members until somebody writes', async () => {
  const { id, path } = await open();
  await call(sandbox, 'PATCH', path, { archived: true });
  expect(await add(path, ada)).toMatchObject({ status: 400, json: { code: 50083 } });
  expect((await call(sandbox, 'POST', `${path}/messages`, { content: 'awake' })).status).toBe(200);
  expect((await add(path, ada)).status).toBe(204);
  expect(guild.threads()).toMatchObject([
    { id, archived: false, private: true, memberIds: [sandbox.botUserId, ada.id] },
  ]);
});

test('into a locked and archived thread only those who manage threads write', async () => {
  guild.denyBot(permissionBits.MANAGE_THREADS);
  const locked = await open();
  // Locking needs the permission, so a moderator's doing is imitated before it is taken away.
  expect((await call(sandbox, 'PATCH', locked.path, { locked: true, archived: true })).json['code']).toBe(50013);
  const other = sandbox.createGuild({ name: 'Other' });
  const at = `/channels/${other.channel('general').id}/threads`;
  const { json } = await call(sandbox, 'POST', at, { name: 'x', type: 11 });
  await call(sandbox, 'PATCH', `/channels/${String(json['id'])}`, { locked: true, archived: true });
  other.denyBot(permissionBits.MANAGE_THREADS);
  const posted = await call(sandbox, 'POST', `/channels/${String(json['id'])}/messages`, { content: 'x' });
  expect(posted.json['code']).toBe(50083);
});

test('a thread in which nothing is written is archived when its time has passed', async () => {
  const { id, path } = await open({ auto_archive_duration: 60 });
  sandbox.clock.advance(59 * 60_000);
  await call(sandbox, 'POST', `${path}/messages`, { content: 'still here' });
  sandbox.clock.advance(59 * 60_000);
  expect(guild.threads()).toMatchObject([{ id, archived: false }]);
  sandbox.clock.advance(2 * 60_000);
  expect(guild.threads()).toMatchObject([{ id, archived: true }]);
});

test('active and archived threads are listed apart', async () => {
  const active = await open();
  const archived = await open();
  const open11 = await open({ type: 11 });
  await call(sandbox, 'PATCH', archived.path, { archived: true });
  await call(sandbox, 'PATCH', open11.path, { archived: true });
  const names = async (path: string) =>
    ((await call(sandbox, 'GET', path)).json['threads'] as Json[]).map(({ id }) => id);
  expect(await names(`/guilds/${guild.id}/threads/active`)).toEqual([active.id]);
  expect(await names(`${parent}/threads/archived/private`)).toEqual([archived.id]);
  expect(await names(`${parent}/threads/archived/public`)).toEqual([open11.id]);
});

test('a thread from a message has its id, and there is only one', async () => {
  const { id } = ada.say('general', 'let us talk');
  const at = `${parent}/messages/${id}/threads`;
  expect((await call(sandbox, 'POST', at, { name: 'talk' })).json).toMatchObject({ id, type: 11 });
  expect((await call(sandbox, 'POST', at, { name: 'talk' })).json['code']).toBe(160004);
});

test('a thread goes with its channel', async () => {
  const { path } = await open();
  guild.deleteChannel(guild.channel('general'));
  expect((await call(sandbox, 'GET', path)).json['code']).toBe(10003);
  sandbox.assertNoRefusals();
});

test('who writes in a thread or is pinged there is in it', async () => {
  const { id, path } = await open({ type: 11 });
  bob.say(id, 'may I?');
  await call(sandbox, 'POST', `${path}/messages`, { content: `ask <@${ada.id}>` });
  expect(guild.threads()[0]?.memberIds).toEqual([sandbox.botUserId, bob.id, ada.id]);
});

test('a mention that pings nobody brings nobody into a private thread', async () => {
  const { id, path } = await open();
  await call(sandbox, 'POST', `${path}/messages`, { content: `<@${ada.id}>`, allowed_mentions: { parse: [] } });
  expect(() => ada.messages(id)).toThrow('cannot see');
});

test('who leaves the guild leaves its threads', async () => {
  const { path } = await open();
  await add(path, ada);
  ada.leave();
  expect(guild.threads()).toMatchObject([{ memberIds: [sandbox.botUserId] }]);
});
