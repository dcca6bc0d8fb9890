/** Several processes of the bot, which share a PostgreSQL and the bot's guilds. */
import type { Sandbox } from '../../sandbox/api.ts';
import { type BotProcess, startBot } from '../../sandbox/bot.ts';
import { testKey } from './postgres/database.ts';

/** Several that start at once on a busy machine take their time, and may have to wait for each other's login. */
const startMs = 60_000;

/** Starts a process that serves some of the bot's shards. @param shards for example `0-1`. */
export async function startProcess(
  sandbox: Sandbox,
  address: string,
  shards: string,
  count: number,
  env: Readonly<Record<string, string>> = {},
): Promise<BotProcess> {
  const settings = { DATABASE_URL: address, PROTECTION_KEY: testKey, SHARDS: shards, SHARD_COUNT: String(count) };
  return await startBot(sandbox, { env: { ...settings, LOG_LEVEL: 'warn', ...env }, timeoutMs: startMs });
}
