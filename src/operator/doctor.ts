/**
 * `npm run doctor`: looks whether everything is as it should be, beside the running bot or before its first start, and
 * changes nothing. Ends with 1 where something has to be done.
 */
import { readdirSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type APIApplication, type APIGatewayBotInfo, ApplicationFlags, type Client, Routes } from 'discord.js';
import { sql } from 'kysely';
import type { Config } from '../config.ts';
import { isPostgresAddress, nameOfDatabase } from '../db/postgres/address.ts';
import { openPostgres } from '../db/postgres/open.ts';
import type { Db } from '../db/open.ts';
import { listRunning } from '../db/processes.ts';
import { findSharingFaults } from '../db/shards.ts';
import { findDamage } from '../db/sqlite/thread.ts';
import { createClient } from '../discord/client.ts';
import { askTime } from '../discord/time.ts';
import { explainFailure } from '../failure.ts';
import { findProtectionKey } from '../protection-key.ts';
import { silentMinutes } from '../running.ts';
import { later } from '../time.ts';
import { counted, noToken, placeOfKey, runScript } from './script.ts';

/** What was looked at: all right, worth a thought, or something to be done. */
interface Finding {
  readonly is: 'ok' | 'note' | 'wrong';
  readonly says: string;
}

const ok = (says: string): Finding => ({ is: 'ok', says });
const note = (says: string): Finding => ({ is: 'note', says });
const wrong = (says: string): Finding => ({ is: 'wrong', says });

/** So far the machine's clock may be from Discord's, in seconds: more is mended by the bot, and worth mending there. */
const clockSeconds = 10;
/** Discord refuses a connection with more guilds than this; well before, it is time for another. */
const guildsPerShard = { most: 2_500, full: 2_000 };
/** Discord resets the token of a bot that begins more sessions than it may in a day. */
const fewSessions = 50;
/** Less free space than this is worth a thought, in bytes; a backup and a rewrite each need as much as the database. */
const leastFree = 500 * 1024 * 1024;
/** A backup older than this is worth a thought, in days. */
const freshDays = 2;

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1024 / 1024).toLocaleString('en')} MB`;

await runScript(async (config) => {
  const findings = [
    lookAtSettings(config),
    ...(await lookAtDatabase(config)),
    ...(isPostgresAddress(config.database) ? [] : [await lookAtDisk(config.database), lookAtBackups(config.database)]),
    ...(config.token === noToken ? [] : await lookAtDiscord(config)),
  ];
  const bad = findings.filter(({ is }) => is === 'wrong').length;
  if (bad > 0) process.exitCode = 1;
  const words = { ok: 'ok   ', note: 'note ', wrong: 'WRONG' };
  const result = bad === 0 ? 'Nothing has to be done.' : `${counted(bad, 'thing')} to be done, marked as WRONG.`;
  return [...findings.map(({ is, says }) => `${words[is]} ${says}`), '', result].join('\n');
});

function lookAtSettings({ token, shardCount, shards }: Config): Finding {
  if (token === noToken) {
    return wrong('Settings: DISCORD_TOKEN is missing. Copy it from https://discord.com/developers/applications → your application → Bot → Reset Token into .env.'); // prettier-ignore
  }
  if (process.getuid !== undefined && ((statSync('.env', { throwIfNoEntry: false })?.mode ?? 0) & 0o077) !== 0) {
    return wrong('Settings: other users of this machine can read .env, and the token in it: chmod 600 .env');
  }
  const own = shards === undefined ? 'all of them here' : `here ${shards.join(', ')}`;
  return ok(`Settings: complete. Shards: ${shardCount === undefined ? 'as many as needed' : `${shardCount}, ${own}`}.`);
}

async function lookAtDatabase(config: Config): Promise<Finding[]> {
  const { database } = config;
  const key =
    findProtectionKey(config) === undefined
      ? note(
          `Protection key: there is none yet. The first start makes one beside a SQLite database; keep a copy of it.`,
        )
      : ok(`Protection key: ${placeOfKey(config)}. Keep a copy of it in another place.`);
  if (isPostgresAddress(database)) return [...(await lookAtPostgres(database)), key];
  const file = statSync(database, { throwIfNoEntry: false });
  if (!file) return [note(`Database: ${database} is not there. The first start makes it.`), key];
  try {
    const damage = await findDamage(database);
    if (damage.length > 0) {
      return [wrong(`Database: ${database} is damaged. Put a backup in place: npm run restore -- FILE`), key];
    }
    return [ok(`Database: ${database}, ${megabytes(file.size)}, whole.`), key];
  } catch (error) {
    return [wrong(`Database: ${explainFailure(error).message}`), key];
  }
}

async function lookAtPostgres(address: string): Promise<Finding[]> {
  try {
    // It only looks: tables are made and changed by the bot.
    const { db } = await openPostgres(address, () => Promise.resolve());
    try {
      const { rows } = await sql<{ version: string; isSafe: boolean; bytes: number }>`
        select current_setting('server_version') as version, pg_database_size(current_database()) as bytes,
          coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as "isSafe"`.execute(db);
      const [{ version, isSafe, bytes } = { version: '', isSafe: false, bytes: 0 }] = rows;
      const name = nameOfDatabase(address);
      return [
        ok(`Database: ${name}, PostgreSQL ${version}, ${megabytes(bytes)}.`),
        isSafe
          ? ok('TLS: the connection to the database is encrypted.')
          : note('TLS: the connection to the database is not encrypted. That is right only on this machine or a network of its own.'), // prettier-ignore
        await lookAtProcesses(db),
        note('Backup: PostgreSQL has its own tools (pg_dump). When the last one was made cannot be seen from here.'),
      ];
    } finally {
      await db.destroy();
    }
  } catch (error) {
    return [wrong(`Database: ${explainFailure(error).message}`)];
  }
}

/** Whether those who share the database share out the shards. */
async function lookAtProcesses(db: Db): Promise<Finding> {
  const { rows } = await sql<{ isThere: boolean }>`select to_regclass('processes') is not null as "isThere"`.execute(
    db,
  );
  if (!rows[0]?.isThere) return note('Processes: there are no tables yet. The first start makes them.');
  const running = await listRunning(db, later(new Date().toISOString(), { minutes: -silentMinutes }));
  if (running.length === 0) return note('Processes: none runs at the moment.');
  const { counts, missing } = findSharingFaults(running.map(({ shards }) => shards));
  const says = `Processes: ${counted(running.length, 'process', 'processes')}`;
  if (counts.length > 0) {
    return wrong(`${says} with different numbers of shards (${counts.join(', ')}). That is right only while they are replaced by others; otherwise set the same SHARD_COUNT for all.`); // prettier-ignore
  }
  const [{ shards: { count } } = { shards: { count: 0 } }] = running; // prettier-ignore
  if (missing.length === 0) return ok(`${says}, and each of ${counted(count, 'shard')} is served.`);
  return wrong(`${says}, but nobody serves ${missing.length === 1 ? 'shard' : 'the shards'} ${missing.join(', ')} of ${count}: people in those servers get no answer. Start a process with SHARDS=${missing.join(',')}.`); // prettier-ignore
}

async function lookAtDisk(file: string): Promise<Finding> {
  const folder = dirname(file);
  if (!statSync(folder, { throwIfNoEntry: false })) return note(`Disk: the folder ${folder} is not there yet.`);
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const needed = Math.max(leastFree, 2 * (statSync(file, { throwIfNoEntry: false })?.size ?? 0));
  const says = `Disk: ${megabytes(free)} free in ${folder}`;
  return free < needed ? wrong(`${says}; ${megabytes(needed)} should be, also for backups.`) : ok(`${says}.`);
}

function lookAtBackups(file: string): Finding {
  const folder = join(dirname(file), 'backups');
  const times = statSync(folder, { throwIfNoEntry: false })
    ? readdirSync(folder).map((name) => statSync(join(folder, name)).mtimeMs)
    : [];
  if (times.length === 0)
    return note(`Backup: there is none in ${folder}. Make one with npm run backup, best every night.`);
  const days = (Date.now() - Math.max(...times)) / 86_400_000;
  const says = `Backup: the last of ${times.length} in ${folder} is ${days < 1 ? 'less than a day' : counted(Math.floor(days), 'day')} old`;
  return days > freshDays ? note(`${says}. Make one every night.`) : ok(`${says}.`);
}

async function lookAtDiscord(config: Config): Promise<Finding[]> {
  const client = createClient(config);
  client.rest.setToken(config.token);
  try {
    const clock = await lookAtClock(client);
    const application = (await client.rest.get(Routes.currentApplication())) as APIApplication;
    const gateway = (await client.rest.get(Routes.gatewayBot())) as APIGatewayBotInfo;
    const { remaining, total, max_concurrency: atOnce, reset_after: resetMs } = gateway.session_start_limit;
    const sessions = `Discord's limit: ${remaining} of ${total} sessions left for ${Math.round(resetMs / 3_600_000)} hours, ${atOnce} at once`; // prettier-ignore
    return [
      ok(`Discord: the token is that of ${application.name}.`),
      lookAtTls(config.apiUrl),
      clock,
      lookAtShards(config, application.approximate_guild_count ?? 0, gateway.shards),
      remaining < fewSessions ? wrong(`${sessions}. Something starts the bot over and over; stop that first.`) : ok(`${sessions}.`), // prettier-ignore
      lookAtIntent(config, application.flags ?? 0),
    ];
  } catch (error) {
    return [wrong(`Discord: ${explainFailure(error).message}`)];
  } finally {
    await client.destroy();
  }
}

function lookAtTls(apiUrl: string | undefined): Finding {
  const address = new URL(apiUrl ?? 'https://discord.com/api');
  if (address.protocol === 'https:') return ok('TLS: requests to Discord are encrypted.');
  const isHere = ['127.0.0.1', 'localhost', '[::1]'].includes(address.hostname);
  return isHere
    ? note(`TLS: DISCORD_API_URL names ${address.host} on this machine, without encryption.`)
    : wrong(`TLS: DISCORD_API_URL sends the token to ${address.host} without encryption. Use https.`);
}

async function lookAtClock(client: Client): Promise<Finding> {
  const asked = Date.now();
  const said = await askTime(client);
  if (said === undefined) return note("Clock: Discord's time could not be learned.");
  // The answer names whole seconds, and was under way for a while.
  const seconds = Math.round((said - (asked + Date.now()) / 2) / 1000);
  if (Math.abs(seconds) <= clockSeconds) return ok('Clock: it agrees with Discord.');
  const how = `${counted(Math.abs(seconds), 'second')} ${seconds > 0 ? 'behind' : 'ahead of'} Discord's`;
  return wrong(`Clock: this machine's is ${how}. The bot goes by Discord's where it can; switch on time synchronization.`); // prettier-ignore
}

function lookAtShards({ shardCount }: Config, guilds: number, recommended: number): Finding {
  const { most, full } = guildsPerShard;
  const shards = shardCount ?? (guilds > full ? recommended : 1);
  const each = Math.ceil(guilds / shards);
  const says = `Shards: about ${counted(guilds, 'server')} on ${counted(shards, 'connection')}`;
  if (each > most) return wrong(`${says}; Discord takes ${most} on each. Set SHARD_COUNT to ${recommended} or more.`);
  if (each > full) return note(`${says}; Discord takes ${most} on each. Raise SHARD_COUNT soon, best to ${recommended}.`); // prettier-ignore
  return ok(`${says}; Discord takes ${most} on each.`);
}

function lookAtIntent({ memberIntent }: Config, flags: number): Finding {
  const given = ApplicationFlags.GatewayGuildMembers | ApplicationFlags.GatewayGuildMembersLimited;
  if (!memberIntent) return ok('Intents: no privileged one is asked for.');
  return flags & given
    ? ok('Intents: "Server Members Intent" is on, as DISCORD_MEMBER_INTENT=on needs.')
    : wrong('Intents: DISCORD_MEMBER_INTENT=on needs "Server Members Intent" to be switched on: https://discord.com/developers/applications → your application → Bot.'); // prettier-ignore
}
