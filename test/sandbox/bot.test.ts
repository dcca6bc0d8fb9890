import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { startBot, type BotOptions, type BotProcess } from '../../sandbox/bot.ts';
import { Clock } from '../../sandbox/clock.ts';

const module = fileURLToPath(new URL('../support/clockwork-bot.ts', import.meta.url));
const entry = fileURLToPath(new URL('../support/foreign-bot.ts', import.meta.url));
const HOUR = 3_600_000;
const start = Date.parse('2026-11-30T09:00:00Z');

const running: BotProcess[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((bot) => bot.kill()));
});

async function begin(options: BotOptions) {
  const clock = new Clock(start);
  const sandbox = { apiUrl: 'http://127.0.0.1:1/api', token: 'a-token', clock, botReady: () => Promise.resolve() };
  const bot = await startBot(sandbox, options);
  running.push(bot);
  return { bot, clock };
}

/** The hours of the lines that begin with this word. */
function hours(bot: BotProcess, word: string): string[] {
  return bot.log.filter((line) => line.startsWith(word)).map((line) => /T(\d\d)/.exec(line)?.[1] ?? '');
}

describe('a bot on the clock of the sandbox', () => {
  it("starts in the sandbox' time, with its settings and no others", async () => {
    const { bot } = await begin({ module, env: { LOG_LEVEL: 'debug' } });
    await bot.stop();
    expect(hours(bot, 'started')).toEqual(['09']);
    expect(bot.log[0]).toMatch(/with DATABASE_URL DISCORD_API_URL DISCORD_TOKEN LOG_LEVEL( NODE_\w+)* PATH/);
  });

  it('does what is due after every move of the clock before it counts as settled', async () => {
    const { bot, clock } = await begin({ module });
    clock.advance(HOUR);
    await bot.settled();
    clock.advance(HOUR);
    clock.advance(HOUR);
    await bot.settled();
    await bot.tick();
    await bot.stop();
    expect(hours(bot, 'ticked').at(0)).toBe('10');
    expect(hours(bot, 'ticked').slice(-2)).toEqual(['12', '12']);
    expect(hours(bot, 'ticked')).toHaveLength(4);
  });

  it('stops on request with code 0, and a later move is nothing to it', async () => {
    const { bot, clock } = await begin({ module });
    expect(await bot.stop()).toBe(0);
    clock.advance(HOUR);
    await bot.settled();
    expect(bot.log.at(-1)).toBe('stopped');
    expect(await bot.stop()).toBe(0);
  });

  it('can be killed, without a word', async () => {
    const { bot } = await begin({ module });
    await bot.kill();
    expect(await bot.exited).toBeNull();
    expect(bot.log).not.toContain('stopped');
  });

  it('says why it could not start', async () => {
    await expect(begin({ module, env: { FAIL: 'start' } })).rejects.toThrow(/no such token/);
  });

  it('says why it could not do what was due', async () => {
    const { bot, clock } = await begin({ module, env: { FAIL: 'tick' } });
    clock.advance(HOUR);
    await expect(bot.settled()).rejects.toThrow(/the job broke/);
  });

  it('takes its temporary database along when it ends', async () => {
    const { bot } = await begin({ module });
    const find = () => bot.log.find((each) => each.startsWith('database file:'))?.slice('database file:'.length);
    await expect.poll(find).toBeDefined();
    const folder = dirname(find() ?? '');
    expect(existsSync(folder)).toBe(true);
    await bot.stop();
    expect(existsSync(folder)).toBe(false);
  });
});

describe("somebody else's bot", () => {
  it('is started from its own script', async () => {
    const { bot } = await begin({ entry });
    await bot.tick();
    await expect.poll(() => bot.log).toContain('token a-token at http://127.0.0.1:1/api');
    expect(await bot.stop()).toBeNull();
  });
});
