/** Over how many connections Discord spreads the bot's guilds: none may hold more than 2,500, or Discord closes it (4011). */
import { type APIApplication, type Client, Routes, Status } from 'discord.js';
import type { Config } from '../config.ts';
import { keepHeapSmall } from './memory.ts';

/** Above so many guilds Discord's own recommendation counts. It refuses a connection with 2,500. */
const guildsOfOneShard = 2_000;

/** How long Discord gets to say in how many guilds the bot is. */
const answerMs = 5_000;

/** Chooses before the login, where the operator has not: one connection, or as many as Discord recommends to a large bot. */
export async function chooseShards(config: Config, client: Client): Promise<void> {
  if (config.shardCount === undefined) await followRecommendation(config, client);
  const { shards } = client.options;
  if (shards === 'auto' || (Array.isArray(shards) && shards.length > 1)) keepHeapSmall();
}

async function followRecommendation({ token }: Config, client: Client): Promise<void> {
  client.rest.setToken(token);
  const signal = AbortSignal.timeout(answerMs);
  try {
    const application = (await client.rest.get(Routes.currentApplication(), { signal })) as APIApplication;
    if ((application.approximate_guild_count ?? 0) > guildsOfOneShard) client.options.shards = 'auto';
  } catch {
    // The login that follows meets the same trouble, and says it in words.
  }
}

/** Whether each of this process's connections is up and has its guilds. */
export function isEveryShardReady(client: Client): boolean {
  const { shards } = client.ws;
  return client.isReady() && shards.size > 0 && shards.every(({ status }) => status === Status.Ready);
}
