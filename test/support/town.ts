/**
 * A local Discord with one guild, and the bot inside the test's own process: quick, and the bot's own parts are within
 * reach. `play.ts` starts the bot as a process instead.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PermissionFlagsBits } from 'discord.js';
import { Temporal } from 'temporal-polyfill';
import type { Actor, GuildHandle, GuildSpec, Sandbox } from '../../sandbox/api.ts';
import { startSandbox } from '../../sandbox/index.ts';
import { type Bot, startBot } from '../../src/bot.ts';
import { invitePermissions } from '../../src/discord/permissions.ts';
import type { Texts } from '../../src/texts/en.ts';
import { createLanguages } from '../../src/texts/languages.ts';
import { placeOf, removePlace, settingsOf } from './postgres/database.ts';
import { testStart } from './time.ts';
import { setUp } from './set-up.ts';

export interface Town {
  readonly sandbox: Sandbox;
  readonly guild: GuildHandle;
  /** May manage the guild, and nothing else. */
  readonly moderator: Actor;
  /** The running bot; another one after `start`. */
  readonly bot: Bot;
  /** Where the bot keeps its data, for `openDatabase`. */
  readonly database: string;
  /** The file of an SQLite database, for whoever copies or reads it as a file. */
  readonly databaseFile: string;
  /** Starts the bot again on the same data, with other settings where some are given. */
  start(env?: Readonly<Record<string, string>>): Promise<void>;
  /** Stops everything, and fails when the bot sent anything that Discord refuses. */
  close(): Promise<void>;
}

/** Opens a town. The bot has the permissions of the README's invitation unless others are given. */
export async function openTown(
  options: {
    guild?: Partial<GuildSpec>;
    env?: Record<string, string>;
    setUp?: boolean;
    /** Deploys the commands to the one guild instead of globally. */
    devGuild?: boolean;
    /** Catalogues beside English, by Discord's locale. */
    translations?: Readonly<Record<string, Texts>>;
    /** The moderator's name and Discord locale. */
    moderator?: { name: string; locale: string };
    /** By how many milliseconds the clock of the bot's machine is wrong. */
    clockError?: () => number;
    /** How many shards Discord recommends; 1 when absent. */
    shards?: number;
  } = {},
): Promise<Town> {
  const folder = mkdtempSync(join(tmpdir(), 'preceptor-'));
  const databaseFile = join(folder, 'preceptor.db');
  const sandbox = await startSandbox({ startAt: Date.parse(testStart), shards: options.shards ?? 1 });
  const guild = sandbox.createGuild({ name: 'IMG Commons', botPermissions: invitePermissions, ...options.guild });
  const moderator = guild.join({ name: 'Imani', permissions: PermissionFlagsBits.ManageGuild, ...options.moderator });
  const start = async (env: Readonly<Record<string, string>> = {}) =>
    await startBot(
      {
        DISCORD_TOKEN: sandbox.token,
        DISCORD_API_URL: sandbox.apiUrl,
        ...(await settingsOf(databaseFile)),
        LOG_LEVEL: process.env['TEST_LOG'] ?? 'silent',
        // Answers go out at once, but in the tests of their rest.
        TAKE_BACK_SECONDS: '0',
        ...(options.devGuild && { DISCORD_DEV_GUILD: guild.id }),
        ...options.env,
        ...env,
      },
      {
        now: () => Temporal.Instant.fromEpochMilliseconds(sandbox.clock.now() + (options.clockError?.() ?? 0)),
        // Only `tick` is a heartbeat: one that came by itself, at the end of a real minute, would come by chance.
        everyMinute: () => ({ destroy: () => undefined }),
      },
      createLanguages(options.translations),
    );
  let bot = await start();
  await sandbox.botReady();
  if (options.setUp) await setUp(moderator, { timezone: 'America/New_York' });
  return {
    sandbox,
    guild,
    moderator,
    database: await placeOf(databaseFile),
    databaseFile,
    get bot() {
      return bot;
    },
    async start(env) {
      bot = await start(env);
      await sandbox.botReady();
    },
    async close() {
      await bot.stop();
      await sandbox.close();
      rmSync(folder, { recursive: true });
      await removePlace(databaseFile);
      sandbox.assertNoRefusals();
    },
  };
}
