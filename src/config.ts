import { z } from 'zod';

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** Empty values count as absent: `.env` files often hold `NAME=` for what is not used. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);

const environment = z.object({
  DISCORD_TOKEN: optional(z.string('is missing').trim().min(1, 'is missing')),
  DISCORD_API_URL: optional(z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).optional()),
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
  LOG_LEVEL: optional(z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info')),
  HEALTH_PORT: optional(z.coerce.number('must be a port number').int().min(1).max(65_535).optional()),
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
  readonly logLevel: (typeof logLevels)[number];
  readonly healthPort: number | undefined;
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
    logLevel: values.LOG_LEVEL,
    healthPort: values.HEALTH_PORT,
  };
}
