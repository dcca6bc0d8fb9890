import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';

/** Runs the demo as `npm run demo` does; `typed` are the lines of somebody at the terminal. */
async function runDemo(
  args: readonly string[],
  typed = '',
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, ['sandbox/start.js', ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  child.stdin.end(typed);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out, err };
}

test('the scripted demo tells the main job from set-up to the private thread and ends well', async () => {
  const { code, out, err } = await runDemo(['--script']);
  expect(err).toBe('');
  expect(code).toBe(0);
  for (const seen of [
    '/setup start',
    'presses [Verify]',
    '/mentor find',
    'presses [Decline]',
    'presses [Accept]',
    'private thread',
    '/inbox',
    'How was your meeting?',
    'No report is waiting that you may see.',
    'Met so far: 1 time',
  ]) {
    expect(out).toContain(seen);
  }
  expect(out).not.toMatch(/undefined|\[object|<@|<#|<t:/);
});

test('the demo in the terminal lets one be anybody, and ends with the input', async () => {
  const { code, out, err } = await runDemo(['--terminal'], 'people\nas Thandiwe\n/setup show\nhelp\nquit\n');
  expect(err).toBe('');
  expect(code).toBe(0);
  expect(out).toContain('Thandiwe');
});

test('an option that the demo does not know is answered with how to use it', async () => {
  const { code, err } = await runDemo(['--scirpt']);
  expect(code).toBe(2);
  expect(err).toMatch(/usage/i);
});

test('the demo prints the address of its page, serves it, and ends cleanly when asked to', async () => {
  const child = spawn(process.execPath, ['sandbox/start.js'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  const address = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      const [found] = /http:\/\/127\.0\.0\.1:\d+\/#key=\S+/.exec(out) ?? [];
      if (found) resolve(found);
    });
    child.once('close', () => reject(new Error(`the demo ended: ${err}`)));
  });
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const response = await fetch(await address);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  child.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(err).toBe('');
});

test.each([
  ['linux', 'run "npm ci" (without --omit=optional)'],
  ['darwin', 'please install Node 24 from https://nodejs.org'],
  ['win32', 'please install Node 24 from https://nodejs.org'],
])('on an old Node the demo says kindly what %s needs', async (platform, words) => {
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.19.0' } });
    Object.defineProperty(process, 'platform', { value: '${platform}' });`;
  const child = spawn(process.execPath, ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, 'sandbox/start.js']); // prettier-ignore
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(1);
  expect(said.trim().split('\n')).toHaveLength(1);
  expect(said).toContain('needs Node 22.18 or newer, and this is 20.19.0');
  expect(said).toContain(words);
});
