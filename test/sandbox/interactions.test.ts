/** Interactions from both ends: the person on one side, the protocol by hand on the bot's side. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Actor, Answer, GuildHandle, Sandbox } from '../../sandbox/api.ts';
import { startSandbox } from '../../sandbox/index.ts';
import { call, RawGateway, type Json } from './raw.ts';

let sandbox: Sandbox;
let guild: GuildHandle;
let ada: Actor;
let gateway: RawGateway;

const row = (...components: Json[]) => ({ type: 1, components });
const button = (label: string, customId: string, more: Json = {}) => ({
  type: 2,
  style: 1,
  label,
  custom_id: customId,
  ...more,
});
const modal = (...components: Json[]) => ({ type: 9, data: { custom_id: 'form', title: 'A form', components } });
const labeled = (label: string, component: Json) => ({ type: 18, label, component });

beforeEach(async () => {
  sandbox = await startSandbox();
  guild = sandbox.createGuild({ name: 'House' });
  ada = guild.join({ name: 'Ada' });
  gateway = await RawGateway.identify(sandbox);
  await call(sandbox, 'PUT', `/applications/${sandbox.botUserId}/commands`, [
    { name: 'go', description: 'Goes' },
    {
      name: 'ask',
      description: 'Asks',
      options: [{ type: 3, name: 'what', description: 'What', required: true, autocomplete: true }],
    },
  ]);
});
afterEach(() => sandbox.close());

let seen = 0;
beforeEach(() => {
  seen = 0;
});

/** The next interaction that arrives at the bot. */
async function next(): Promise<Json & { id: string; token: string }> {
  const all = () => gateway.packets.filter(({ t }) => t === 'INTERACTION_CREATE');
  await gateway.until(() => all().length > seen);
  const found = all()[seen]!;
  seen += 1;
  return found.d as Json & { id: string; token: string };
}

const callback = ({ id, token }: { id: string; token: string }, body: unknown, query = '') =>
  call(sandbox, 'POST', `/interactions/${id}/${token}/callback${query}`, body);
const webhook = ({ token }: { token: string }) => `/webhooks/${sandbox.botUserId}/${token}`;

/** Starts something as a person, answers it as the bot, and gives the bot's end and the person's end. */
async function exchange(acting: Promise<Answer>, body: unknown) {
  const interaction = await next();
  const response = await callback(interaction, body);
  return { interaction, response, answer: await acting };
}

const say = (content: string, more: Json = {}) => ({ type: 4, data: { content, ...more } });

test('a slash command says who, where, and what they and the bot may do', async () => {
  const { interaction } = await exchange(ada.slash('go'), say('ok'));
  expect(interaction).toMatchObject({
    type: 2,
    application_id: sandbox.botUserId,
    guild_id: guild.id,
    channel: { id: guild.channel('general').id, type: 0 },
    context: 0,
    locale: 'en-US',
    guild_locale: 'en-US',
    entitlements: [],
    authorizing_integration_owners: { '0': guild.id },
    attachment_size_limit: 10 * 1024 * 1024,
    member: { user: { id: ada.id }, permissions: expect.stringMatching(/^\d+$/) as unknown },
    app_permissions: expect.stringMatching(/^\d+$/) as unknown,
    data: { name: 'go', type: 1 },
  });
  expect(interaction).not.toHaveProperty('user');
});

test('in direct messages there is a user and no member', async () => {
  ada.say('dm', 'hello');
  const { interaction } = await exchange(ada.slash('go', {}, { channelId: 'dm' }), say('ok'));
  expect(interaction).toMatchObject({ user: { id: ada.id }, context: 1, channel: { type: 1 } });
  expect(interaction).not.toHaveProperty('member');
  expect(interaction).not.toHaveProperty('guild_id');
});

test('an answer is a message that everybody in the channel sees', async () => {
  const { answer, interaction } = await exchange(ada.slash('go'), say('Gone.'));
  expect(answer).toMatchObject({ kind: 'message', ephemeral: false, text: 'Gone.', interactionId: interaction.id });
  expect(guild.join({ name: 'Bob' }).messages('general')).toMatchObject([{ content: 'Gone.', type: 20 }]);
});

test('an ephemeral answer is seen by one person and by no route for messages', async () => {
  const { answer } = await exchange(ada.slash('go'), say('psst', { flags: 64 }));
  expect(answer.ephemeral).toBe(true);
  expect(ada.messages('general')).toHaveLength(1);
  expect(guild.join({ name: 'Bob' }).messages('general')).toHaveLength(0);
  const at = `/channels/${guild.channel('general').id}/messages/${answer.message!.id}`;
  expect(await call(sandbox, 'GET', at)).toMatchObject({ json: { code: 10008 } });
});

test('a response tells of its message when asked to', async () => {
  const acting = ada.slash('go');
  const { json } = await callback(await next(), say('ok', { flags: 64 }), '?with_response=true');
  expect(json).toMatchObject({
    interaction: { type: 2, response_message_loading: false, response_message_ephemeral: true },
    resource: { type: 4, message: { content: 'ok' } },
  });
  await acting;
});

test('a second response is refused with 40060', async () => {
  const { interaction } = await exchange(ada.slash('go'), say('one'));
  expect(await callback(interaction, say('two'))).toMatchObject({ status: 400, json: { code: 40060 } });
});

test('after three seconds without a response the token is dead, and the person reads that', async () => {
  const acting = ada.slash('go');
  const interaction = await next();
  await expect(acting).rejects.toThrow('did not respond');
  expect(await callback(interaction, say('late'))).toMatchObject({ status: 404, json: { code: 10062 } });
});

test('fifteen minutes after it was sent the token is worth nothing', async () => {
  const { interaction } = await exchange(ada.slash('go'), say('ok'));
  const original = `${webhook(interaction)}/messages/@original`;
  sandbox.clock.advance(14 * 60_000);
  expect((await call(sandbox, 'PATCH', original, { content: 'still' })).status).toBe(200);
  sandbox.clock.advance(60_001);
  expect(await call(sandbox, 'PATCH', original, { content: 'no more' })).toMatchObject({
    status: 401,
    json: { code: 50027 },
  });
});

test('nothing can be followed up before the first response', async () => {
  const acting = ada.slash('go');
  const interaction = await next();
  expect(await call(sandbox, 'POST', webhook(interaction), { content: 'x' })).toMatchObject({ json: { code: 10015 } });
  await callback(interaction, say('ok'));
  await acting;
});

test('a deferral thinks until it is edited, and stays as ephemeral as it was', async () => {
  const acting = ada.slash('go');
  const interaction = await next();
  await callback(interaction, { type: 5, data: { flags: 64 } });
  expect(ada.ephemerals()).toMatchObject([{ content: '', flags: 64 | 128 }]);
  await call(sandbox, 'PATCH', `${webhook(interaction)}/messages/@original`, { content: 'done' });
  expect(await acting).toMatchObject({ kind: 'message', ephemeral: true, text: 'done', message: { flags: 64 } });
});

test('the first follow-up after a deferral takes the place of the thinking message', async () => {
  const acting = ada.slash('go');
  const interaction = await next();
  await callback(interaction, { type: 5 });
  await call(sandbox, 'POST', webhook(interaction), { content: 'done', flags: 64 });
  expect(await acting).toMatchObject({ ephemeral: false, text: 'done' });
  expect(ada.messages('general')).toHaveLength(1);
});

test('follow-ups are messages of their own, and can be changed and removed', async () => {
  const { interaction, answer } = await exchange(ada.slash('go'), say('ok'));
  const { json } = await call(sandbox, 'POST', webhook(interaction), { content: 'more', flags: 64 });
  expect(answer.followUps).toMatchObject([{ content: 'more' }]);
  const at = `${webhook(interaction)}/messages/${String(json['id'])}`;
  await call(sandbox, 'PATCH', at, { content: 'even more' });
  expect(ada.ephemerals()).toMatchObject([{ content: 'even more', flags: 64 }]);
  expect((await call(sandbox, 'DELETE', at)).status).toBe(204);
  expect(ada.ephemerals()).toEqual([]);
});

test("a token reaches only its own interaction's messages", async () => {
  const { answer } = await exchange(ada.slash('go'), say('first'));
  const { interaction } = await exchange(ada.slash('go'), say('second'));
  const at = `${webhook(interaction)}/messages/${answer.message!.id}`;
  expect(await call(sandbox, 'DELETE', at)).toMatchObject({ json: { code: 10008 } });
});

test('a button carries its message, and its answer can change that message', async () => {
  await exchange(ada.slash('go'), say('Sure?', { components: [row(button('Yes', 'yes'))] }));
  const { interaction, answer } = await exchange(ada.press('Yes'), {
    type: 7,
    data: { content: 'Done.', components: [] },
  });
  expect(interaction).toMatchObject({
    type: 3,
    data: { custom_id: 'yes', component_type: 2 },
    message: { content: 'Sure?' },
  });
  expect(answer).toMatchObject({ kind: 'update', text: 'Done.' });
  await expect(ada.press('Yes')).rejects.toThrow('no button "Yes"');
});

test('the newest button that a person sees is pressed, and the error names what there is', async () => {
  await exchange(ada.slash('go'), say('old', { components: [row(button('Yes', 'old'))] }));
  await exchange(ada.slash('go'), say('new', { flags: 64, components: [row(button('Yes', 'new'))] }));
  expect((await exchange(ada.press('Yes'), say('ok'))).interaction['data']).toMatchObject({ custom_id: 'new' });
  const bob = guild.join({ name: 'Bob' });
  expect((await exchange(bob.press('Yes'), say('ok'))).interaction['data']).toMatchObject({ custom_id: 'old' });
  await expect(bob.press('No')).rejects.toThrow('there is "Yes"');
});

test('a disabled button and a link cannot be pressed', async () => {
  const link = { type: 2, style: 5, label: 'Site', url: 'https://example.org' };
  await exchange(ada.slash('go'), say('x', { components: [row(button('Off', 'off', { disabled: true }), link)] }));
  await expect(ada.press('Off')).rejects.toThrow('disabled');
  await expect(ada.press('Site')).rejects.toThrow('link');
});

test('a menu sends values and what they stand for, and keeps its limits', async () => {
  const users = { type: 5, custom_id: 'who', placeholder: 'Who?', max_values: 2 };
  await exchange(ada.slash('go'), say('x', { components: [row(users)] }));
  const bob = guild.join({ name: 'Bob' });
  await expect(ada.select('Who?', [])).rejects.toThrow('1 to 2');
  await expect(ada.select('Who?', ['Nobody'])).rejects.toThrow('cannot choose');
  const { interaction } = await exchange(ada.select('Who?', ['Bob', ada.id]), say('ok'));
  expect(interaction['data']).toMatchObject({
    component_type: 5,
    values: [bob.id, ada.id],
    resolved: { users: { [bob.id]: { username: 'Bob' } }, members: { [ada.id]: { roles: [] } } },
  });
});

// Without the edit being noticed the person would look for ten seconds.
test('a silent acknowledgement is followed by what the bot does to the message', async () => {
  const { answer: asked } = await exchange(ada.slash('go'), say('x', { components: [row(button('Go', 'go'))] }));
  const acting = ada.press('Go');
  const interaction = await next();
  await callback(interaction, { type: 6 });
  await call(sandbox, 'PATCH', `/channels/${asked.message!.channel_id}/messages/${asked.message!.id}`, {
    content: 'y',
  });
  expect(await acting).toMatchObject({ kind: 'update', message: { content: 'y' } });
}, 8_000);

test('autocomplete takes choices, and nothing else does', async () => {
  const acting = ada.complete('ask', 'what', 'ap');
  const interaction = await next();
  expect(interaction).toMatchObject({
    type: 4,
    data: { options: [{ name: 'what', type: 3, value: 'ap', focused: true }] },
  });
  expect(await callback(interaction, say('no'))).toMatchObject({ status: 400, json: { code: 50035 } });
  await callback(interaction, { type: 8, data: { choices: [{ name: 'Apple', value: 'apple' }] } });
  expect(await acting).toEqual([{ name: 'Apple', value: 'apple' }]);
  const slash = ada.slash('go');
  const second = await next();
  expect((await callback(second, { type: 8, data: { choices: [] } })).status).toBe(400);
  await callback(second, say('ok'));
  await slash;
});

test('a form is filled in by label, keeps what was filled in before, and tells which command opened it', async () => {
  const { answer } = await exchange(
    ada.slash('go'),
    modal(
      labeled('Name', { type: 4, custom_id: 'name', style: 1, min_length: 2 }),
      labeled('Note', { type: 4, custom_id: 'note', style: 2, value: 'kept', required: false }),
      labeled('Level', {
        type: 3,
        custom_id: 'level',
        options: [
          { label: 'One', value: '1' },
          { label: 'Two', value: '2', default: true },
        ],
      }),
      labeled('Agree', { type: 23, custom_id: 'agree' }),
    ),
  );
  expect(answer).toMatchObject({ kind: 'modal', text: expect.stringContaining('Name') as unknown });
  await expect(ada.submit({ Nme: 'x' })).rejects.toThrow('no field "Nme"; it has "Name"');
  await expect(ada.submit({})).rejects.toThrow('"Name" is required');
  await expect(ada.submit({ Name: 'A' })).rejects.toThrow('at least 2');
  const { interaction } = await exchange(ada.submit({ Name: 'Ada', agree: true }), say('thanks'));
  expect(interaction).toMatchObject({
    type: 5,
    data: {
      custom_id: 'form',
      components: [
        { type: 18, component: { type: 4, custom_id: 'name', value: 'Ada' } },
        { component: { custom_id: 'note', value: 'kept' } },
        { component: { custom_id: 'level', values: ['2'] } },
        { component: { custom_id: 'agree', value: true } },
      ],
    },
  });
  await expect(ada.submit({})).rejects.toThrow('no form is open');
});

test('a form cannot answer a form', async () => {
  const input = labeled('Name', { type: 4, custom_id: 'name', style: 1, required: false });
  await exchange(ada.slash('go'), modal(input));
  const acting = ada.submit({});
  const interaction = await next();
  expect(await callback(interaction, modal(input))).toMatchObject({ status: 400, json: { code: 50035 } });
  await callback(interaction, say('ok'));
  await acting;
});

test('a form opened by a button can change the message of the button', async () => {
  await exchange(ada.slash('go'), say('x', { components: [row(button('Open', 'open'))] }));
  await exchange(ada.press('Open'), modal(labeled('Name', { type: 4, custom_id: 'name', style: 1 })));
  const { interaction, answer } = await exchange(ada.submit({ Name: 'Ada' }), { type: 7, data: { content: 'Ada!' } });
  expect(interaction).toMatchObject({ message: { content: 'x' } });
  expect(answer).toMatchObject({ kind: 'update', message: { content: 'Ada!' } });
});

test('a hostile client can send any custom id', async () => {
  await exchange(ada.slash('go'), say('x', { components: [row(button('Yes', 'yes'))] }));
  const pressed = await exchange(ada.forge({ kind: 'button', customId: 'admin:1' }), say('no'));
  expect(pressed.interaction).toMatchObject({ type: 3, data: { custom_id: 'admin:1' } });
  const sent = await exchange(ada.forge({ kind: 'modal', customId: 'any', fields: { a: 'b' } }), say('no'));
  expect(sent.interaction).toMatchObject({
    type: 5,
    data: { custom_id: 'any', components: [{ component: { custom_id: 'a', value: 'b' } }] },
  });
});

test('a command is offered as its deployment says: permissions, context, required and listed values', async () => {
  await call(sandbox, 'PUT', `/applications/${sandbox.botUserId}/guilds/${guild.id}/commands`, [
    { name: 'admin', description: 'x', default_member_permissions: '32' },
    {
      name: 'pick',
      description: 'x',
      options: [
        { type: 3, name: 'one', description: 'x', required: true, choices: [{ name: 'Red', value: 'r' }] },
        { type: 4, name: 'count', description: 'x', min_value: 1, max_value: 3 },
        { type: 6, name: 'who', description: 'x' },
      ],
    },
  ]);
  await expect(ada.slash('admin')).rejects.toThrow('not offered to Ada');
  await expect(ada.slash('nothing')).rejects.toThrow('not deployed');
  await expect(ada.slash('pick')).rejects.toThrow('needs the option "one"');
  await expect(ada.slash('pick', { one: 'blue' })).rejects.toThrow('offers Red');
  await expect(ada.slash('pick', { one: 'r', count: 4 })).rejects.toThrow('at most 3');
  await expect(ada.slash('pick', { one: 'r', hue: 1 })).rejects.toThrow('no option "hue"');
  const { interaction } = await exchange(ada.slash('pick', { one: 'Red', count: 2, who: ada }), say('ok'));
  expect(interaction['data']).toMatchObject({
    guild_id: guild.id,
    options: [
      { name: 'one', value: 'r' },
      { name: 'count', value: 2 },
      { name: 'who', value: ada.id },
    ],
    resolved: { users: { [ada.id]: {} }, members: { [ada.id]: { permissions: expect.any(String) as unknown } } },
  });
  const moderator = guild.join({ name: 'Mod', permissions: 32n });
  await exchange(moderator.slash('admin'), say('ok'));
});

test('entries of context menus name their target', async () => {
  await call(sandbox, 'POST', `/applications/${sandbox.botUserId}/commands`, { type: 2, name: 'Inspect' });
  await call(sandbox, 'POST', `/applications/${sandbox.botUserId}/commands`, { type: 3, name: 'Quote' });
  const bob = guild.join({ name: 'Bob' });
  const onPerson = await exchange(ada.contextMenu('Inspect', bob), say('ok'));
  expect(onPerson.interaction['data']).toMatchObject({
    type: 2,
    target_id: bob.id,
    resolved: { users: { [bob.id]: {} } },
  });
  const message = bob.say('general', 'words');
  const onMessage = await exchange(ada.contextMenu('Quote', message), say('ok'));
  expect(onMessage.interaction['data']).toMatchObject({
    target_id: message.id,
    resolved: { messages: { [message.id]: { content: 'words' } } },
  });
});

test('commands keep their ids when they are deployed again', async () => {
  const at = `/applications/${sandbox.botUserId}/commands`;
  const ids = async () => ((await call(sandbox, 'GET', at)).json as unknown as Json[]).map(({ id }) => id);
  const before = await ids();
  await call(sandbox, 'PUT', at, [
    { name: 'new', description: 'x' },
    { name: 'go', description: 'Changed' },
  ]);
  const after = await ids();
  expect(after[1]).toBe(before[0]);
  expect(after).toHaveLength(2);
});

test('an attachment can come with an answer', async () => {
  const acting = ada.slash('go');
  const { id, token } = await next();
  const form = new FormData();
  form.set('payload_json', JSON.stringify({ type: 4, data: { content: 'see' } }));
  form.set('files[0]', new Blob(['BEGIN:VCALENDAR']), 'dates.ics');
  expect((await call(sandbox, 'POST', `/interactions/${id}/${token}/callback`, form)).status).toBe(204);
  const answer = await acting;
  expect(answer.message?.attachments).toMatchObject([{ filename: 'dates.ics' }]);
  expect(answer.text).toContain('dates.ics');
});
