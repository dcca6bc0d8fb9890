import { Client, type ClientOptions, GatewayIntentBits, Partials } from 'discord.js';
import type { Config } from '../config.ts';
import { cleanOutput } from './border.ts';
import { cacheFactory, thinIncoming } from './memory.ts';
import { noticeMissedGuilds } from './missed-guilds.ts';

/** How long one request to Discord may take before its outcome counts as unknown. */
const requestTimeoutMs = 15_000;

/** A rate limit longer than this is handed back to the caller, who can wait without holding a claim. */
const longestSilentWaitMs = 20_000;

/** How a client waits for its turn to log in at the gateway. */
type IdentifyThrottlerOption = NonNullable<NonNullable<ClientOptions['ws']>['buildIdentifyThrottler']>;

/**
 * The client with least intents: guilds, that somebody wrote to the bot itself, and members only where the operator turned
 * that on. Never message content.
 */
export function createClient(config: Config, throttler?: IdentifyThrottlerOption): Client {
  const shardCount = config.shardCount ?? 1;
  // discord.js reads it as well, and takes an empty one for none.
  if (process.env['SHARD_COUNT'] === '') delete process.env['SHARD_COUNT'];
  const client = new Client({
    // Always named: where they are absent discord.js reads SHARDS from the environment, in another form than ours.
    shardCount,
    shards: config.shards ?? Array.from({ length: shardCount }, (_, shard) => shard),
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.DirectMessages,
      ...(config.memberIntent ? [GatewayIntentBits.GuildMembers] : []),
    ],
    // Without it members who leave while not in the cache would go unnoticed.
    partials: [Partials.GuildMember, Partials.Channel],
    ...(throttler && { ws: { buildIdentifyThrottler: throttler } }),
    // Nobody is pinged unless a message names whom.
    allowedMentions: { parse: [] },
    makeCache: cacheFactory(),
    rest: {
      ...(config.apiUrl ? { api: config.apiUrl } : {}),
      // discord.js would repeat by itself what timed out or met a 5xx, and Discord may have carried it out both times:
      // channels and roles would be made twice. Whoever may repeat a request does so knowingly.
      retries: 0,
      // discord.js would count answers to interactions too, so that one busy server kept all others waiting. Discord does
      // not, and what it does count goes through the gate of `src/delivery/pace.ts`.
      globalRequestsPerSecond: Infinity,
      timeout: requestTimeoutMs,
      rejectOnRateLimit: ({ timeToReset, retryAfter }) => Math.max(timeToReset, retryAfter) > longestSilentWaitMs,
    },
  });
  cleanOutput(client.rest);
  thinIncoming(client);
  noticeMissedGuilds(client);
  return client;
}
