import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Actor, GuildHandle, Sandbox } from '../../sandbox/api.ts';
import { startSandbox } from '../../sandbox/index.ts';
import { permissionBits } from '../../sandbox/permissions.ts';
import { call, RawGateway, type Json } from './raw.ts';

let sandbox: Sandbox;
let guild: GuildHandle;
let ada: Actor;
let path: string;

beforeEach(async () => {
  sandbox = await startSandbox();
  guild = sandbox.createGuild({ name: 'House', channels: ['general', 'other'] });
  ada = guild.join({ name: 'Ada' });
  path = `/channels/${guild.channel('general').id}/messages`;
});
afterEach(() => sandbox.close());

const post = (body: unknown) => call(sandbox, 'POST', path, body);
const openDm = async (person: { id: string }) =>
  String((await call(sandbox, 'POST', '/users/@me/channels', { recipient_id: person.id })).json['id']);

test('a message can be read, edited and deleted, and is then unknown', async () => {
  const { json } = await post({ content: 'first' });
  const at = `${path}/${String(json['id'])}`;
  expect((await call(sandbox, 'GET', at)).json['content']).toBe('first');
  const edited = await call(sandbox, 'PATCH', at, { content: 'second' });
  expect(edited.json).toMatchObject({ content: 'second', edited_timestamp: expect.any(String) as unknown });
  expect((await call(sandbox, 'DELETE', at)).status).toBe(204);
  expect(await call(sandbox, 'GET', at)).toMatchObject({ status: 404, json: { code: 10008 } });
});

test('lists come newest first, and go before, after and around a message', async () => {
  const ids: string[] = [];
  for (const word of ['a', 'b', 'c', 'd', 'e']) ids.push(String((await post({ content: word })).json['id']));
  const words = async (query: string) =>
    ((await call(sandbox, 'GET', `${path}?${query}`)).json as unknown as Json[]).map(({ content }) => content);
  expect(await words('limit=2')).toEqual(['e', 'd']);
  expect(await words(`before=${ids[2]}`)).toEqual(['b', 'a']);
  expect(await words(`after=${ids[2]}`)).toEqual(['e', 'd']);
  expect(await words(`around=${ids[2]}&limit=3`)).toEqual(['d', 'c', 'b']);
});

test('an enforced nonce gives the earlier message again within three minutes, and no second one', async () => {
  const body = { content: 'once', nonce: 'n1', enforce_nonce: true };
  const first = await post(body);
  const second = await post(body);
  expect(second.json['id']).toBe(first.json['id']);
  expect(ada.messages('general')).toHaveLength(1);
  sandbox.clock.advance(3 * 60_000 + 1);
  const late = await post(body);
  expect(late.json['id']).not.toBe(first.json['id']);
});

test('a nonce counts for its channel only, and not when it is not enforced', async () => {
  await post({ content: 'x', nonce: 7 });
  await post({ content: 'x', nonce: 7 });
  expect(ada.messages('general')).toHaveLength(2);
  const elsewhere = `/channels/${guild.channel('other').id}/messages`;
  await call(sandbox, 'POST', elsewhere, { content: 'x', nonce: 7, enforce_nonce: true });
  expect(ada.messages('other')).toHaveLength(1);
});

test('a nonce is told when the message is made, and never again', async () => {
  const gateway = await RawGateway.identify(sandbox);
  const { json } = await post({ content: 'hi', nonce: 'n2' });
  expect(json['nonce']).toBe('n2');
  expect((await gateway.event('MESSAGE_CREATE'))['nonce']).toBe('n2');
  expect((await call(sandbox, 'GET', `${path}/${String(json['id'])}`)).json).not.toHaveProperty('nonce');
});

test('an ordinary message pings whom it names', async () => {
  const { json } = await post({ content: `<@${ada.id}>` });
  expect(json['mentions']).toMatchObject([{ id: ada.id }]);
});

test('allowed mentions decide who is pinged', async () => {
  const bob = guild.join({ name: 'Bob' });
  const { json } = await post({
    content: `<@${ada.id}> <@${bob.id}>`,
    allowed_mentions: { parse: [], users: [bob.id] },
  });
  expect(json['mentions']).toMatchObject([{ id: bob.id }]);
});

test('a role is pinged only if it is mentionable or the bot may mention everyone', async () => {
  const quiet = guild.createRole({ name: 'Quiet' });
  const loud = guild.createRole({ name: 'Loud', mentionable: true });
  const { json } = await post({ content: `<@&${quiet.id}> <@&${loud.id}> @everyone` });
  expect(json).toMatchObject({ mention_roles: [loud.id], mention_everyone: false });
  const mighty = sandbox.createGuild({ name: 'Mighty', botPermissions: permissionBits.ADMINISTRATOR });
  const role = mighty.createRole({ name: 'Quiet' });
  const at = `/channels/${mighty.channel('general').id}/messages`;
  const all = await call(sandbox, 'POST', at, { content: `<@&${role.id}> @everyone` });
  expect(all.json).toMatchObject({ mention_roles: [role.id], mention_everyone: true });
});

test('a text among the components pings like content does', async () => {
  const { json } = await post({ flags: 32768, components: [{ type: 10, content: `Hello <@${ada.id}>` }] });
  expect(json['mentions']).toMatchObject([{ id: ada.id }]);
});

test('a reply carries the message that it answers and pings its author', async () => {
  const { id } = ada.say('general', 'a question');
  const { json } = await post({ content: 'an answer', message_reference: { message_id: id } });
  expect(json).toMatchObject({
    type: 19,
    referenced_message: { id, content: 'a question' },
    mentions: [{ id: ada.id }],
  });
});

test('files of a multipart form are kept and served', async () => {
  const form = new FormData();
  form.set('payload_json', JSON.stringify({ content: 'see', attachments: [{ id: 0, description: 'figures' }] }));
  form.set('files[0]', new Blob(['a,b\n1,2\n'], { type: 'text/csv' }), 'stats.csv');
  const { json } = await post(form);
  const [attachment] = json['attachments'] as Json[];
  expect(attachment).toMatchObject({ filename: 'stats.csv', size: 8, description: 'figures' });
  expect(await (await fetch(String(attachment?.['url']))).text()).toBe('a,b\n1,2\n');
});

test('an embed refers to an attachment by its name', async () => {
  const form = new FormData();
  form.set('payload_json', JSON.stringify({ embeds: [{ title: 'Chart', image: { url: 'attachment://chart.png' } }] }));
  form.set('files[0]', new Blob(['png'], { type: 'image/png' }), 'chart.png');
  const { json } = await post(form);
  expect(json['embeds']).toMatchObject([{ image: { url: expect.stringContaining('/chart.png') as unknown } }]);
});

test('limits are kept: content of more than 2000 characters, and nothing at all', async () => {
  expect(await post({ content: 'x'.repeat(2001) })).toMatchObject({ status: 400, json: { code: 50035 } });
  expect(await post({})).toMatchObject({ status: 400, json: { code: 50006 } });
  expect(sandbox.refusals).toHaveLength(2);
});

test('a message in components v2 stays so, and takes no content', async () => {
  const { json } = await post({ flags: 32768, components: [{ type: 10, content: 'Hello' }] });
  const at = `${path}/${String(json['id'])}`;
  expect(await call(sandbox, 'PATCH', at, { content: 'words' })).toMatchObject({ status: 400, json: { code: 50035 } });
  const edited = await call(sandbox, 'PATCH', at, { components: [{ type: 10, content: 'Bye' }] });
  expect(edited.json).toMatchObject({ flags: 32768, components: [{ content: 'Bye' }] });
});

test("nobody else's message can be edited", async () => {
  const { id } = ada.say('general', 'mine');
  expect(await call(sandbox, 'PATCH', `${path}/${id}`, { content: 'yours' })).toMatchObject({
    status: 403,
    json: { code: 50005 },
  });
});

test('bulk deletion takes what is there, and refuses what is older than two weeks', async () => {
  const ids: string[] = [];
  for (const word of ['a', 'b', 'c']) ids.push(ada.say('general', word).id);
  expect((await call(sandbox, 'POST', `${path}/bulk-delete`, { messages: ids.slice(0, 2) })).status).toBe(204);
  expect(ada.messages('general')).toHaveLength(1);
  sandbox.clock.advance(15 * 86_400_000);
  const fresh = ada.say('general', 'd').id;
  expect(await call(sandbox, 'POST', `${path}/bulk-delete`, { messages: [ids[2], fresh] })).toMatchObject({
    json: { code: 50034 },
  });
});

test('pins are set and listed by the new and by the old routes', async () => {
  const { json } = await post({ content: 'rules' });
  const channel = `/channels/${guild.channel('general').id}`;
  expect((await call(sandbox, 'PUT', `${channel}/messages/pins/${String(json['id'])}`)).status).toBe(204);
  expect((await call(sandbox, 'GET', `${channel}/messages/pins`)).json).toMatchObject({
    items: [{ message: { content: 'rules' } }],
  });
  expect((await call(sandbox, 'GET', `${channel}/pins`)).json).toMatchObject([{ content: 'rules' }]);
  expect((await call(sandbox, 'DELETE', `${channel}/pins/${String(json['id'])}`)).status).toBe(204);
});

test('only announcement channels are crossposted from', async () => {
  const { json } = await post({ content: 'news' });
  expect(await call(sandbox, 'POST', `${path}/${String(json['id'])}/crosspost`)).toMatchObject({
    json: { code: 50024 },
  });
  const news = guild.createChannel({ name: 'news', type: 5 });
  const posted = await call(sandbox, 'POST', `/channels/${news.id}/messages`, { content: 'news' });
  const at = `/channels/${news.id}/messages/${String(posted.json['id'])}/crosspost`;
  expect((await call(sandbox, 'POST', at)).json['flags']).toBe(1);
  expect(await call(sandbox, 'POST', at)).toMatchObject({ json: { code: 40033 } });
});

test('a direct message arrives at one person', async () => {
  const dm = await openDm(ada);
  await call(sandbox, 'POST', `/channels/${dm}/messages`, { content: 'for you' });
  expect(ada.dms().map(({ content }) => content)).toEqual(['for you']);
  expect(await openDm(ada)).toBe(dm);
});

test('closed direct messages refuse with 50007 until they are opened, and that is expected', async () => {
  const dm = await openDm(ada);
  guild.closeDms(ada);
  expect(await call(sandbox, 'POST', `/channels/${dm}/messages`, { content: 'hi' })).toMatchObject({
    status: 403,
    json: { code: 50007 },
  });
  guild.openDms(ada);
  expect((await call(sandbox, 'POST', `/channels/${dm}/messages`, { content: 'hi' })).status).toBe(200);
  sandbox.assertNoRefusals();
});

test('who shares no guild with the bot cannot be reached: 50278', async () => {
  const dm = await openDm(ada);
  ada.leave();
  expect(await call(sandbox, 'POST', `/channels/${dm}/messages`, { content: 'hi' })).toMatchObject({
    json: { code: 50278 },
  });
});

test('without the content intent the history is empty of words', async () => {
  const shy = await startSandbox({ privilegedIntents: 0 });
  const house = shy.createGuild({ name: 'House' });
  const { id } = house.join({ name: 'Ada' }).say('general', 'secret');
  const { json } = await call(shy, 'GET', `/channels/${house.channel('general').id}/messages/${id}`);
  expect(json['content']).toBe('');
  await shy.close();
});
