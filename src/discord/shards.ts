/** Over how many connections Discord spreads the bot's guilds: none may hold more than 2,500, or Discord closes it (4011). */
import { setTimeout as delay } from 'node:timers/promises';
import { type APIApplication, type Client, type ClientOptions, type Guild, Routes, Status } from 'discord.js';
import type { Config } from '../config.ts';
import type { Context } from '../context.ts';
import { isOwnGuild } from '../db/owned.ts';
import type { Db } from '../db/open.ts';
import { takeIdentify } from '../db/processes.ts';
import type { Shards } from '../db/shards.ts';
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

/** The shards that a client that is ready serves, of as many as Discord spreads the guilds over by its word. */
export function shardsOf({ ws, options }: Client<true>): Shards {
  const own = [...ws.shards.keys()].toSorted((a, b) => a - b);
  return { count: options.shardCount ?? own.length, own };
}

/** Whether each of this process's connections is up and has its guilds. */
export function isEveryShardReady(client: Client): boolean {
  const { shards } = client.ws;
  return client.isReady() && shards.size > 0 && shards.every(({ status }) => status === Status.Ready);
}

type Throttler = NonNullable<NonNullable<ClientOptions['ws']>['buildIdentifyThrottler']>;

/** How long a login waits where the database does not say when its turn is. */
const identifyBlindMs = 5_100;

/**
 * Lets the connections of all processes log in one after the other, five seconds apart, as Discord wants it of a bot.
 * https://docs.discord.com/developers/events/gateway#rate-limiting
 */
export function throttleIdentify(db: Db): Throttler {
  return async (manager) => {
    const { session_start_limit: limit } = await manager.fetchGatewayInformation();
    return {
      async waitForIdentify(shardId, signal) {
        const ms = await takeIdentify(db, shardId % limit.max_concurrency).catch(() => identifyBlindMs);
        await delay(ms, undefined, { signal });
      },
    };
  };
}

/**
 * A guild that somebody acts about from a direct message, all of which reach the process with the first shard. One of
 * another process's is not in the memory of this one, and is asked for: three requests.
 * @returns undefined where the bot is not in it, or an outage hides it.
 */
export async function findGuildOfAny(ctx: Context, client: Client<true>, guildId: string): Promise<Guild | undefined> {
  const known = client.guilds.cache.get(guildId);
  if (known || isOwnGuild(ctx.db, guildId)) return known?.available ? known : undefined;
  try {
    const guild = await client.guilds.fetch({ guild: guildId, force: true, cache: false });
    await Promise.all([guild.channels.fetch(), guild.members.fetchMe()]);
    return guild;
  } catch (error) {
    ctx.log.warn({ err: error, guild: guildId }, 'a guild of another process could not be asked for');
    return undefined;
  }
}
