import { z } from 'zod';
import { isPostgresAddress } from './db/postgres/address.ts';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Empty values count as absent: `.env` files often hold `NAME=` for what is not used. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);

const missingToken =
  'is missing: copy it from https://discord.com/developers/applications → your application → Bot → Reset Token into .env (see .env.example). To try Preceptor without Discord: npm run demo';

const port = 'must be a port number, 1 to 65535';

const acts = 'must be a whole number, 0 to 10000';

const takeBack = 'must be a whole number of seconds, 0 to 600';

/** Discord names no bound; sixteen thousand shards hold forty million guilds. */
const shardsAtMost = 16_000;

const shardCount = `must be a whole number, 1 to ${shardsAtMost}`;

const environment = z.object({
  DISCORD_TOKEN: optional(
    z
      .string(missingToken)
      .trim()
      .min(1, missingToken)
      // It travels in a header, which takes nothing else.
      .regex(/^[\x21-\x7e]*$/, 'holds characters that no token has: copy it again, alone'),
  ),
  DISCORD_API_URL: optional(
    z
      .url({
        protocol: /^https?$/,
        error: 'must be an http(s) address without the version, for example https://discord.com/api',
      })
      // discord.js adds /v10.
      .transform((url) => url.replace(/\/+$/, ''))
      .optional(),
  ),
  DISCORD_DEV_GUILD: optional(
    z
      .string()
      .regex(/^\d{17,20}$/, 'must be the id of a server (17 to 20 digits)')
      .optional(),
  ),
  DISCORD_MEMBER_INTENT: optional(z.enum(['on', 'off'], 'must be on or off').default('off')),
  DATABASE_URL: optional(
    z
      .string()
      .regex(
        /^(file:|postgres(ql)?:\/\/).+/i,
        'must be file: and a path, for example file:data/preceptor.db, or the address of a PostgreSQL database, for example postgres://user:password@host/preceptor?sslmode=verify-full',
      )
      .default('file:data/preceptor.db'),
  ),
  PROTECTION_KEY: optional(
    z
      .string()
      .trim()
      .min(32, 'must have at least 32 characters that nobody can guess, for example from: openssl rand -base64 32')
      .optional(),
  ),
  OPERATOR_CONTACT: optional(z.string().trim().max(300, 'must have at most 300 characters').optional()),
  LOG_LEVEL: optional(z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info')),
  HEALTH_HOST: optional(z.string().trim().default('127.0.0.1')),
  ACTS_AT_ONCE: optional(z.coerce.number(acts).int(acts).min(0, acts).max(10_000, acts).default(60)),
  TAKE_BACK_SECONDS: optional(z.coerce.number(takeBack).int(takeBack).min(0, takeBack).max(600, takeBack).default(60)),
  SHARD_COUNT: optional(
    z.coerce.number(shardCount).int(shardCount).min(1, shardCount).max(shardsAtMost, shardCount).optional(),
  ),
  SHARDS: optional(
    z
      .string()
      .trim()
      .regex(/^\d+(-\d+)?(,\d+(-\d+)?)*$/, 'must be numbers of shards from 0 on, for example 0-3 or 0,2')
      .optional(),
  ),
  HEALTH_PORT: optional(z.coerce.number(port).int(port).min(1, port).max(65_535, port).optional()),
});

/** Everything an operator can set, read once at start. */
export interface Config {
  readonly token: string;
  /** Another base of Discord's REST API, without the version: a proxy or the sandbox. */
  readonly apiUrl: string | undefined;
  /** Deploy the commands to this guild only, where changes show at once. */
  readonly devGuildId: string | undefined;
  /** Whether the privileged intent for members joining and leaving is on. */
  readonly memberIntent: boolean;
  /** Path of the SQLite file, or the address of a PostgreSQL database. */
  readonly database: string;
  /** The key of what protects people beyond a deletion; on SQLite a file beside the database where it is not set. */
  readonly protectionKey: string | undefined;
  /** Who runs this bot and answers questions about people's data, as it is shown to them. */
  readonly operatorContact: string | undefined;
  readonly logLevel: (typeof logLevels)[number];
  /** From where `/healthz` may be asked: the address it listens on. */
  readonly healthHost: string;
  readonly healthPort: number | undefined;
  /** How much one person may do in a guild at once, and again in each minute; 0 without a bound. */
  readonly actsAtOnce: number;
  /** For how long a mentor's answer to a request can be taken back, in seconds; 0: not at all. */
  readonly takeBackSeconds: number;
  /** Over how many connections Discord spreads the guilds; undefined: one, or what Discord recommends to a large bot. */
  readonly shardCount: number | undefined;
  /** Which of them are this process's, in order; undefined: all. */
  readonly shards: readonly number[] | undefined;
}

/** Thrown with one line per fault, so that an operator mends them all in one go. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the configuration from environment variables.
 * @throws ConfigError that lists every fault.
 */
export function parseConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('\n'));
  }
  const values = parsed.data;
  const database = values.DATABASE_URL.replace(/^file:/, '');
  const shards = readShards(values.SHARDS, values.SHARD_COUNT, isPostgresAddress(database));
  return {
    token: values.DISCORD_TOKEN,
    apiUrl: values.DISCORD_API_URL,
    devGuildId: values.DISCORD_DEV_GUILD,
    memberIntent: values.DISCORD_MEMBER_INTENT === 'on',
    database,
    protectionKey: values.PROTECTION_KEY,
    operatorContact: values.OPERATOR_CONTACT,
    logLevel: values.LOG_LEVEL,
    healthHost: values.HEALTH_HOST,
    healthPort: values.HEALTH_PORT,
    actsAtOnce: values.ACTS_AT_ONCE,
    takeBackSeconds: values.TAKE_BACK_SECONDS,
    shardCount: values.SHARD_COUNT,
    shards,
  };
}

/**
 * The shards that `SHARDS` names.
 * @throws ConfigError where they are not some of `SHARD_COUNT`, or a part of them on a database of one process.
 */
function readShards(named: string | undefined, count: number | undefined, isShared: boolean): number[] | undefined {
  if (named === undefined) return undefined;
  if (count === undefined) throw new ConfigError('SHARDS needs SHARD_COUNT: of how many these are some.');
  const shards = new Set<number>();
  for (const [first = 0, last = first] of named.split(',').map((part) => part.split('-').map(Number))) {
    if (first > last) throw new ConfigError(`SHARDS names ${first}-${last}; write the lower number first.`);
    if (last >= count) {
      throw new ConfigError(`SHARDS names ${last}, but with SHARD_COUNT=${count} the last is ${count - 1}.`);
    }
    for (let shard = first; shard <= last; shard += 1) shards.add(shard);
  }
  if (shards.size < count && !isShared) {
    throw new ConfigError(
      'SHARDS names a part of the shards, and the others would need this database, too. On SQLite one process has all: leave SHARDS out, or move to PostgreSQL.',
    );
  }
  return [...shards].toSorted((a, b) => a - b);
}
