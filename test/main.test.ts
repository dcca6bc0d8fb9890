/** The program as an operator meets it: a process, its words and its exit code. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import type { Fault, Sandbox } from '../sandbox/api.ts';
import { compiled } from '../sandbox/bot.ts';
import { startSandbox } from '../sandbox/index.ts';
import { setUp } from './support/set-up.ts';

const entry = fileURLToPath(new URL('../src/start.js', import.meta.url));

let folder: string;
let sandbox: Sandbox | undefined;
let servers: Server[] = [];
let running: ChildProcess | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'preceptor-'));
});
afterEach(async () => {
  running?.kill('SIGKILL');
  running = undefined;
  for (const server of servers) server.close();
  servers = [];
  await sandbox?.close();
  sandbox = undefined;
  rmSync(folder, { recursive: true });
});

interface Run {
  readonly child: ChildProcess;
  /** All that it has written so far, both ways. */
  text(): string;
  /** What it said to the operator: standard error. */
  said(): string;
  readonly ended: Promise<number | null>;
  /** Resolves when it has written this. */
  wrote(text: string): Promise<void>;
}

function run(env: Record<string, string | undefined>, nodeArguments: readonly string[] = []): Run {
  const child = spawn(process.execPath, [...nodeArguments, entry], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', ...compiled, DATABASE_URL: `file:${join(folder, 'preceptor.db')}`, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running = child;
  const written = { out: '', err: '' };
  const listeners = new Set<() => void>();
  const collect = (kind: 'out' | 'err') => (chunk: Buffer) => {
    written[kind] += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', collect('out'));
  child.stderr.on('data', collect('err'));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const text = () => written.out + written.err;
  return {
    child,
    text,
    said: () => written.err,
    ended,
    wrote: async (wanted) =>
      await new Promise<void>((resolve, reject) => {
        const look = () => {
          if (text().includes(wanted)) resolve();
        };
        listeners.add(look);
        look();
        void ended.then((code) => reject(new Error(`ended with ${code} before it wrote ${wanted}: ${text()}`)));
      }),
  };
}

async function sandboxEnv(options: Parameters<typeof startSandbox>[0] = {}): Promise<Record<string, string>> {
  sandbox = await startSandbox(options);
  return { DISCORD_TOKEN: sandbox.token, DISCORD_API_URL: sandbox.apiUrl };
}

test('without a token says in one line what is missing, and ends with 78', async () => {
  const bot = run({});
  expect(await bot.ended).toBe(78);
  expect(bot.text().trim().split('\n')).toHaveLength(1);
  expect(bot.text()).toContain('npm run demo');
});

test('keeps compiled code and read content in a folder of its own, closed to others, and mends what is damaged there', async () => {
  const at = join(folder, 'data');
  const own = { DATABASE_URL: `file:${join(at, 'preceptor.db')}`, TMPDIR: folder, NODE_COMPILE_CACHE: undefined };
  const env = { ...(await sandboxEnv()), ...own };
  await startAndStop(env);
  const kept = readdirSync(join(at, 'compiled'), { recursive: true, encoding: 'utf8' });
  expect(statSync(join(at, 'compiled')).mode & 0o777).toBe(0o700);
  const content = kept.filter((name) => name.endsWith('.json')).map((name) => join(at, 'compiled', name));
  expect(content.length).toBeGreaterThan(3);
  expect(kept.length).toBeGreaterThan(content.length + 500);
  const whole = content.map((file) => readFileSync(file, 'utf8'));
  for (const [i, file] of content.entries()) writeFileSync(file, whole[i]?.slice(0, -1) ?? '');
  await startAndStop(env);
  expect(content.map((file) => readFileSync(file, 'utf8'))).toEqual(whole);
  expect(existsSync(join(folder, 'node-compile-cache'))).toBe(false);
});

async function startAndStop(env: Record<string, string | undefined>): Promise<void> {
  const bot = run(env);
  await bot.wrote('"ready"');
  bot.child.kill('SIGTERM');
  expect(await bot.ended).toBe(0);
}

// Other tests move the clock instead: this one waits for a real minute to be over.
test('whoever brought the bot hears from it within a minute, without anybody doing anything', async () => {
  const env = await sandboxEnv();
  const guild = sandbox!.createGuild({ name: 'IMG Commons' });
  const owner = guild.as('Owner of IMG Commons');
  await run(env).wrote('"ready"');
  expect(owner.dms()).toEqual([]);
  await expect.poll(() => owner.dms().length, { timeout: 90_000 }).toBe(1);
});

/** Puts this in place of all that follows once `start.js` has decided where compiled code may lie. */
const alone = `import { registerHooks } from 'node:module';
  const instead = { format: 'module', source: 'console.log("alone")', shortCircuit: true };
  registerHooks({ load: (url, context, next) => (url.endsWith('/src/main.ts') ? instead : next(url, context)) });`;

test.each<[string, () => string, boolean]>([
  ['a folder of its own', () => join(folder, 'data'), true],
  ['a folder that everybody may write to', () => open(join(folder, 'shared'), 0o777), false],
  ['a folder in which somebody has prepared compiled code', () => (open(join(folder, 'data/compiled'), 0o777), join(folder, 'data')), false], // prettier-ignore
])('with %s, keeps compiled code there: %s', async (_, place, isKept) => {
  const at = place();
  const own = { DATABASE_URL: `file:${join(at, 'preceptor.db')}`, TMPDIR: folder, NODE_COMPILE_CACHE: undefined };
  const bot = run(own, ['--import', `data:text/javascript,${encodeURIComponent(alone)}`]);
  expect(await bot.ended).toBe(0);
  expect(bot.text()).toContain('alone');
  const compiled = join(at, 'compiled');
  expect((existsSync(compiled) ? readdirSync(compiled) : []).length > 0).toBe(isKept);
  expect(existsSync(join(folder, 'node-compile-cache'))).toBe(false);
});

/** Makes a folder that others may use like this, whatever the umask. */
function open(path: string, mode: number): string {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  chmodSync(path, mode);
  return path;
}

test('on an old Node says in one line which one it needs', async () => {
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.0' } })`;
  const bot = run({}, ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`]);
  expect(await bot.ended).toBe(1);
  expect(bot.text().trim().split('\n')).toHaveLength(1);
  expect(bot.text()).toContain('needs Node 22.18 or newer; this is 20.19.0');
});

test('a token that Discord refuses is named, not shown, and ends with 78', async () => {
  const env = await sandboxEnv();
  const bot = run({ ...env, DISCORD_TOKEN: 'not-the-token' });
  expect(await bot.ended).toBe(78);
  expect(bot.said().trim().split('\n')).toHaveLength(1);
  expect(bot.said()).toContain('does not accept DISCORD_TOKEN');
  expect(bot.text()).not.toContain('not-the-token');
});

test('an intent that is not switched on is named and ends with 78', async () => {
  const env = await sandboxEnv({ privilegedIntents: 0 });
  const bot = run({ ...env, DISCORD_MEMBER_INTENT: 'on' });
  expect(await bot.ended).toBe(78);
  expect(bot.said()).toContain('Server Members Intent');
});

test('a Discord that cannot be reached is said so, and ends with 1', async () => {
  const bot = run({ DISCORD_TOKEN: 'abc', DISCORD_API_URL: 'http://127.0.0.1:9' });
  expect(await bot.ended).toBe(1);
  expect(bot.said()).toContain('Discord cannot be reached');
});

test.each([
  ['lies inside a file', () => writeFileSync(join(folder, 'plain'), ''), 'plain/preceptor.db'],
  ['is a folder', () => mkdirSync(join(folder, 'here')), 'here'],
  ['is no database', () => writeFileSync(join(folder, 'letter'), 'Dear colleague, '.repeat(100)), 'letter'],
])('a database path that %s is named and ends with 78', async (_, prepare, path) => {
  prepare();
  const bot = run({ DISCORD_TOKEN: 'abc', DATABASE_URL: `file:${join(folder, path)}` });
  expect(await bot.ended).toBe(78);
  expect(bot.said()).toContain(`DATABASE_URL names ${join(folder, path)}`);
});

test('a health port in use is named and ends with 1', async () => {
  const server = createServer();
  servers.push(server);
  await once(server.listen(0), 'listening');
  const { port } = server.address() as AddressInfo;
  const bot = run({ ...(await sandboxEnv()), HEALTH_PORT: String(port) });
  expect(await bot.ended).toBe(1);
  expect(bot.said()).toContain(`HEALTH_PORT ${port} is in use`);
});

test('reads the token from .env, creates the folder of its database, and ends with 0 after SIGTERM', async () => {
  const { DISCORD_TOKEN, DISCORD_API_URL } = await sandboxEnv();
  writeFileSync(join(folder, '.env'), `DISCORD_TOKEN=${DISCORD_TOKEN}\nDISCORD_API_URL=${DISCORD_API_URL}\n`);
  const bot = run({ DATABASE_URL: 'file:deep/down/preceptor.db' });
  await bot.wrote('"ready"');
  expect(existsSync(join(folder, 'deep/down/preceptor.db'))).toBe(true);
  bot.child.kill('SIGTERM');
  expect(await bot.ended).toBe(0);
  expect(bot.text()).toContain('"stopped"');
});

test('ends with 0 after SIGINT', async () => {
  const bot = run(await sandboxEnv());
  await bot.wrote('"ready"');
  bot.child.kill('SIGINT');
  expect(await bot.ended).toBe(0);
  expect(bot.text()).toContain('"stopped"');
});

test('ends with 0 after SIGTERM while it is still starting', async () => {
  const env = await sandboxEnv();
  sandbox?.fault({ kind: 'slow', route: /gateway/, ms: 20_000 });
  const bot = run({ ...env, LOG_LEVEL: 'debug' });
  await sandbox?.until('the bot has opened its database', () => existsSync(join(folder, 'preceptor.db')), 25_000);
  bot.child.kill('SIGTERM');
  expect(await bot.ended).toBe(0);
});

test('finishes an answer that is on its way before it ends', async () => {
  const env = await sandboxEnv();
  const guild = sandbox!.createGuild({ name: 'IMG Commons' });
  const moderator = guild.join({ name: 'Imani', permissions: PermissionFlagsBits.ManageGuild });
  const bot = run(env);
  await bot.wrote('"ready"');
  sandbox!.fault({ kind: 'slow', route: /\/guilds\/\d+\/channels$/, ms: 700 });
  const answer = setUp(moderator);
  await sandbox!.until('the bot creates its roles', () => guild.roles.some(({ name }) => name === 'Mentee'), 25_000);
  bot.child.kill('SIGTERM');
  expect((await answer).text).toContain('Preceptor is set up');
  expect(await bot.ended).toBe(0);
});

/** The bare minimum of a Discord: lets the bot in, and then does what a test makes of its connections. */
async function openBareDiscord(): Promise<{ gateway: WebSocketServer; api: Server; env: Record<string, string> }> {
  const gateway = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(gateway, 'listening');
  const url = `ws://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
  gateway.on('connection', (socket) => {
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 45_000 } }));
    socket.on('message', (raw: Buffer) => {
      if ((JSON.parse(raw.toString()) as { op: number }).op !== 2) return;
      const user = { id: '1', username: 'Preceptor', discriminator: '0', bot: true };
      const d = {
        v: 10,
        user,
        guilds: [],
        session_id: 's',
        resume_gateway_url: url,
        application: { id: '1', flags: 0 },
      };
      socket.send(JSON.stringify({ op: 0, t: 'READY', s: 1, d }));
    });
  });
  const api = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    const limits = { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 };
    const body = request.url?.includes('/gateway/bot') ? { url, shards: 1, session_start_limit: limits } : [];
    response.end(JSON.stringify(body));
  });
  servers.push(api);
  await once(api.listen(0, '127.0.0.1'), 'listening');
  const env = { DISCORD_TOKEN: 'abc', DISCORD_API_URL: `http://127.0.0.1:${(api.address() as AddressInfo).port}/api` };
  return { gateway, api, env };
}

test('a connection that Discord ends for good ends the program, with the reason', async () => {
  const { gateway, env } = await openBareDiscord();
  const bot = run(env);
  await bot.wrote('"ready"');
  for (const socket of gateway.clients) socket.close(4004);
  expect(await bot.ended).toBe(78);
  expect(bot.said()).toContain('does not accept DISCORD_TOKEN');
  gateway.close();
});

test('ends after SIGTERM although the connection is dead and nobody says goodbye', async () => {
  const { gateway, env } = await openBareDiscord();
  const bot = run(env);
  await bot.wrote('"ready"');
  for (const socket of gateway.clients) socket.pause();
  bot.child.kill('SIGTERM');
  expect(await endedByItself(bot)).toBe(0);
  expect(bot.text()).toContain('"stopped"');
  for (const socket of gateway.clients) socket.terminate();
  gateway.close();
});

test('ends after SIGTERM although what is in hand gets no answer', async () => {
  const env = await sandboxEnv();
  const guild = sandbox!.createGuild({ name: 'IMG Commons' });
  const moderator = guild.join({ name: 'Imani', permissions: PermissionFlagsBits.ManageGuild });
  const bot = run(env);
  await bot.wrote('"ready"');
  const hold = sandbox!.fault({ kind: 'hold', route: /\/guilds\/\d+\/(roles|channels)$/, times: Infinity });
  // Nobody answers it: it is not waited for.
  void setUp(moderator).catch(() => undefined);
  await hold.reached;
  bot.child.kill('SIGTERM');
  expect(await endedByItself(bot)).toBe(0);
  hold.clear();
});

test('ends after SIGTERM although whoever reads the log has stopped reading', async () => {
  const env = await sandboxEnv();
  const full = join(folder, 'full.mjs');
  writeFileSync(full, `process.stdout.write('x'.repeat(1_000_000) + '\\n');`);
  const bot = run(env, ['--import', full]);
  bot.child.stdout?.pause();
  await sandbox?.botReady();
  bot.child.kill('SIGTERM');
  expect(await endedByItself(bot, 'exit')).toBe(0);
});

test('goes on when whoever read the log has gone', async () => {
  const env = await sandboxEnv();
  const bot = run({ ...env, LOG_LEVEL: 'trace' });
  bot.child.stdout?.destroy();
  await sandbox?.botReady();
  sandbox?.dropGateway('cut');
  await sandbox?.botReady();
  bot.child.kill('SIGTERM');
  expect(await endedByItself(bot, 'exit')).toBe(0);
});

test.each<[string, Fault, string]>([
  ['has trouble', { kind: 'error', status: 503, times: Infinity }, 'Discord has trouble of its own (it answers 503)'],
  ['wants to be left alone', { kind: 'rate-limit', retryAfterMs: 3_600_000 }, 'asks to wait 360'],
])('a Discord that %s when the bot logs in is said so', async (_, fault, said) => {
  const env = await sandboxEnv();
  sandbox?.fault({ ...fault, route: /gateway/ });
  const bot = run(env);
  expect(await bot.ended).toBe(1);
  expect(bot.said()).toContain(said);
});

/**
 * The exit code, or "still running" long after the program should have ended: by itself it ends within the ten seconds after
 * which supervisors kill, and a busy machine may take its time over that.
 */
async function endedByItself({ child }: Run, event: 'close' | 'exit' = 'close'): Promise<unknown> {
  const ended = once(child, event).then(([code]) => code as unknown);
  const late = new AbortController();
  const result = await Promise.race([ended, delay(25_000, 'still running', { signal: late.signal })]);
  late.abort();
  return result;
}

test('a fault that nothing catches ends the program with 1, and one line says where it was and not what was in it', async () => {
  const env = await sandboxEnv();
  const faulty = join(folder, 'faulty.mjs');
  writeFileSync(faulty, `process.on('SIGUSR2', () => void Promise.reject(new Error('what a person typed')));`);
  const bot = run(env, ['--import', faulty]);
  await bot.wrote('"ready"');
  bot.child.kill('SIGUSR2');
  expect(await bot.ended).toBe(1);
  const last = bot.said().trim().split('\n').at(-1) ?? '';
  expect(JSON.parse(last)).toMatchObject({ level: 60, msg: 'a fault nothing caught', err: { type: 'Error' } });
  expect(last).toContain('faulty.mjs');
  expect(bot.text()).not.toContain('typed');
});
