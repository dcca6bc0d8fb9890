import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Actor, GuildHandle, Sandbox } from '../../sandbox/api.ts';
import { startSandbox } from '../../sandbox/index.ts';
import { call } from './raw.ts';

let sandbox: Sandbox;
let guild: GuildHandle;
let ada: Actor;
let path: string;

beforeEach(async () => {
  sandbox = await startSandbox();
  guild = sandbox.createGuild({ name: 'House' });
  ada = guild.join({ name: 'Ada' });
  path = `/channels/${guild.channel('general').id}/messages`;
});
afterEach(async () => {
  sandbox.assertNoRefusals();
  await sandbox.close();
});

const post = () => call(sandbox, 'POST', path, { content: 'x' });
const written = () => ada.messages('general').length;

test('every answer carries rate limit headers', async () => {
  const { headers } = await post();
  expect(headers.get('x-ratelimit-limit')).toMatch(/^\d+$/);
  expect(headers.get('x-ratelimit-remaining')).toMatch(/^\d+$/);
  expect(headers.get('x-ratelimit-reset-after')).toMatch(/^[\d.]+$/);
  expect(headers.get('x-ratelimit-bucket')).not.toBeNull();
});

test('a rate limit answers 429 once, with when to come back, and nothing is carried out', async () => {
  sandbox.fault({ kind: 'rate-limit', retryAfterMs: 1500 });
  const limited = await post();
  expect(limited).toMatchObject({ status: 429, json: { retry_after: 1.5, global: false } });
  expect(limited.headers.get('retry-after')).toBe('1.5');
  expect(limited.headers.get('x-ratelimit-scope')).toBe('user');
  expect(limited.headers.get('x-ratelimit-remaining')).toBe('0');
  expect(written()).toBe(0);
  expect((await post()).status).toBe(200);
});

test('a global and a shared rate limit say so', async () => {
  sandbox.fault({ kind: 'rate-limit', global: true, retryAfterMs: 1 });
  sandbox.fault({ kind: 'rate-limit', shared: true, retryAfterMs: 1 });
  const global = await post();
  expect(global.headers.get('x-ratelimit-global')).toBe('true');
  expect(global.json['global']).toBe(true);
  expect((await post()).headers.get('x-ratelimit-scope')).toBe('shared');
});

test('a global rate limit does not bind interactions', async () => {
  const fault = sandbox.fault({ kind: 'rate-limit', global: true, retryAfterMs: 1 });
  expect((await call(sandbox, 'POST', '/interactions/1/x/callback', { type: 5 })).status).toBe(404);
  sandbox.expectRefusal(({ code }) => code === 10062);
  fault.clear();
});

test('a request that its sender breaks off is no refusal', async () => {
  const socket = connect(Number(new URL(sandbox.apiUrl).port), '127.0.0.1');
  const head = `POST /api/v10${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bot ${sandbox.token}\r\n`;
  socket.write(`${head}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"content"`);
  await new Promise((resolve) => void setTimeout(resolve, 50));
  socket.destroy();
  await sandbox.until('the end of the request', () => sandbox.requests.length > 0);
  expect(sandbox.requests).toMatchObject([{ status: 0 }]);
});

test('a fault meets only its route, after those it skips, as often as it says', async () => {
  sandbox.fault({ kind: 'error', status: 503, route: /^POST \/channels\/\d+\/messages$/, skip: 1, times: 2 });
  expect((await call(sandbox, 'GET', path)).status).toBe(200);
  const statuses: number[] = [];
  for (let i = 0; i < 4; i += 1) statuses.push((await post()).status);
  expect(statuses).toEqual([200, 503, 503, 200]);
});

test('an error after the effect loses only the answer', async () => {
  sandbox.fault({ kind: 'error', status: 500, afterEffect: true });
  expect((await post()).status).toBe(500);
  expect(written()).toBe(1);
});

test('a repetition that is refused because its first attempt took effect is expected', async () => {
  const { id } = ada.say('general', 'x');
  guild.allowBot(1n << 13n);
  sandbox.fault({ kind: 'error', status: 500, afterEffect: true });
  expect((await call(sandbox, 'DELETE', `${path}/${id}`)).status).toBe(500);
  expect((await call(sandbox, 'DELETE', `${path}/${id}`)).json['code']).toBe(10008);
  sandbox.assertNoRefusals();
  expect((await call(sandbox, 'DELETE', `${path}/${id}`)).json['code']).toBe(10008);
  expect(() => sandbox.assertNoRefusals()).toThrow('10008');
  sandbox.expectRefusal(() => true);
});

test('a cut connection gives no answer, with or without the effect', async () => {
  sandbox.fault({ kind: 'cut' });
  await expect(post()).rejects.toThrow();
  expect(written()).toBe(0);
  sandbox.fault({ kind: 'cut', afterEffect: true });
  await expect(post()).rejects.toThrow();
  expect(written()).toBe(1);
  expect(sandbox.requests.map(({ status }) => status)).toEqual([0, 0]);
});

test('a held request says that it was reached and ends when the fault is cleared', async () => {
  const fault = sandbox.fault({ kind: 'hold', afterEffect: true });
  const request = expect(post()).rejects.toThrow();
  await fault.reached;
  await sandbox.until('the effect', () => written() === 1);
  fault.clear();
  await request;
});

test('a slow request is carried out all the same', async () => {
  sandbox.fault({ kind: 'slow', ms: 30 });
  expect((await post()).status).toBe(200);
});

test('a fault that is cleared does nothing', async () => {
  sandbox.fault({ kind: 'error', status: 500, times: Infinity }).clear();
  expect((await post()).status).toBe(200);
});

test('every request is on record, with its body', async () => {
  await call(sandbox, 'GET', `${path}?limit=5`);
  await post();
  expect(sandbox.requests).toMatchObject([
    { method: 'GET', path, query: '?limit=5', status: 200 },
    { method: 'POST', path, query: '', status: 200, body: { content: 'x' } },
  ]);
});

test('with the limiter the fifty-first request of a second is refused, but never an interaction', async () => {
  const limited = await startSandbox({ limiter: true });
  const answers = await Promise.all(Array.from({ length: 60 }, () => call(limited, 'GET', '/users/@me')));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]?.headers.get('x-ratelimit-global')).toBe('true');
  const unlimited = await Promise.all(
    Array.from({ length: 60 }, () => call(limited, 'POST', '/interactions/1/x/callback', { type: 5 })),
  );
  expect(unlimited.every(({ status }) => status === 404)).toBe(true);
  await limited.close();
});

test('waiting in vain explains itself', async () => {
  await post();
  await expect(sandbox.until('rain', () => false, 30)).rejects.toThrow(/in vain for rain[^]*POST .*messages → 200/);
});
