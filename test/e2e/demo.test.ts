import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';

/** Runs the demo as `npm run demo` does; `typed` are the lines of somebody at the terminal. */
async function runDemo(
  args: readonly string[],
  typed = '',
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, ['sandbox/demo.ts', ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
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
  ]) {
    expect(out).toContain(seen);
  }
  expect(out).not.toMatch(/undefined|\[object|<@|<#|<t:/);
}, 60_000);

test('the demo in the terminal lets one be anybody, and ends with the input', async () => {
  const { code, out, err } = await runDemo([], 'people\nas Thandiwe\n/setup show\nhelp\nquit\n');
  expect(err).toBe('');
  expect(code).toBe(0);
  expect(out).toContain('Thandiwe');
}, 60_000);

test('an option that the demo does not know is answered with how to use it', async () => {
  const { code, err } = await runDemo(['--scirpt']);
  expect(code).toBe(2);
  expect(err).toMatch(/usage/i);
});
