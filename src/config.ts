import { z } from 'zod';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Empty values count as absent: `.env` files often hold `NAME=` for what is not used. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);

const missingToken =
  'is missing: copy it from https://discord.com/developers/applications → your application → Bot → Reset Token into .env (see .env.example). To try Preceptor without Discord: npm run demo';

const port = 'must be a port number, 1 to 65535';

const acts = 'must be a whole number, 0 to 10000';

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
      .regex(/^file:.+/, 'must be file: and a path, for example file:data/preceptor.db')
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
  /** Path of the SQLite file. */
  readonly databaseFile: string;
  /** The key of what protects people beyond a deletion; a file beside the database where it is not set. */
  readonly protectionKey: string | undefined;
  /** Who runs this bot and answers questions about people's data, as it is shown to them. */
  readonly operatorContact: string | undefined;
  readonly logLevel: (typeof logLevels)[number];
  /** From where `/healthz` may be asked: the address it listens on. */
  readonly healthHost: string;
  readonly healthPort: number | undefined;
  /** How much one person may do in a guild at once, and again in each minute; 0 without a bound. */
  readonly actsAtOnce: number;
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
  return {
    token: values.DISCORD_TOKEN,
    apiUrl: values.DISCORD_API_URL,
    devGuildId: values.DISCORD_DEV_GUILD,
    memberIntent: values.DISCORD_MEMBER_INTENT === 'on',
    databaseFile: values.DATABASE_URL.slice('file:'.length),
    protectionKey: values.PROTECTION_KEY,
    operatorContact: values.OPERATOR_CONTACT,
    logLevel: values.LOG_LEVEL,
    healthHost: values.HEALTH_HOST,
    healthPort: values.HEALTH_PORT,
    actsAtOnce: values.ACTS_AT_ONCE,
  };
}
