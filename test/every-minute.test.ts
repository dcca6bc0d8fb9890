import { afterEach, expect, test } from 'vitest';
import { type BotProcess, startBot } from '../sandbox/bot.ts';
import { startSandbox } from '../sandbox/index.ts';
import type { Sandbox } from '../sandbox/api.ts';
import { testStart } from './support/time.ts';

let sandbox: Sandbox;
let bot: BotProcess;
afterEach(async () => {
  await bot.stop();
  await sandbox.close();
});

/** All other tests move the clock instead: this one waits for a real minute to be over. */
test('whoever brought the bot hears from it within a minute, without anybody doing anything', async () => {
  sandbox = await startSandbox({ startAt: Date.parse(testStart) });
  const guild = sandbox.createGuild({ name: 'IMG Commons' });
  bot = await startBot(sandbox);
  const owner = guild.as('Owner of IMG Commons');
  expect(owner.dms()).toEqual([]);
  await expect.poll(() => owner.dms().length, { timeout: 90_000 }).toBe(1);
});
