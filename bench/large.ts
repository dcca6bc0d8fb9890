/**
 * Every command in a community of a million, beside the same in an empty database: how many statements it makes and how
 * long they take in all. The guild has a million registered members and their history; beside it stand 10,000 guilds of
 * 500. Then each statement that was made is explained by its database: one that goes through a whole table of more than
 * 10,000 rows is named, and the program ends with 1.
 *
 *   node bench/large.ts [--members 1000000] [--guilds 10000] [--of 500] [--rounds 3] [--only sqlite|postgres]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import SqliteDatabase from 'better-sqlite3';
import {
  type APIApplicationCommand,
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { type Kysely, sql } from 'kysely';
import { Client } from 'pg';
import { Temporal } from 'temporal-polyfill';
import type { Actor, GuildHandle, OptionValue } from '../sandbox/api.ts';
import { startSandbox } from '../sandbox/index.ts';
import { type Bot, startBot } from '../src/bot.ts';
import { isPostgres, openDatabase } from '../src/db/open.ts';
import type { Schema } from '../src/db/schema.ts';
import { invitePermissions } from '../src/discord/permissions.ts';
import { ask, isOpenRequest, register } from '../test/support/play.ts';
import { testKey } from '../test/support/postgres/database.ts';
import { startPostgres } from '../test/support/postgres/server.ts';
import { setUp } from '../test/support/set-up.ts';
import { testStart } from '../test/support/time.ts';
import { quantile } from './statistics.ts';

const { values } = parseArgs({
  options: {
    members: { type: 'string', default: '1000000' },
    guilds: { type: 'string', default: '10000' },
    of: { type: 'string', default: '500' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string' },
  },
});
const [members, guilds, of, rounds] = [values.members, values.guilds, values.of, values.rounds].map(Number) as [number, number, number, number]; // prettier-ignore
/** One in so many is a mentor. */
const mentorOneOf = 10;
/** A table with more rows is one that no command may go through. */
const largeRows = 10_000;
/** How many of the dearest statements are printed. */
const shownStatements = 12;
/** How long to go on counting after the answer: what the bot does next was caused by the command, too. */
const restMs = 25;

/** Each statement made since this was last emptied, with how long the database took. */
const made: { sql: string; ms: number }[] = [];
/** Every statement that was made in the large community, with the longest that it took. */
const seen = new Map<string, number>();
watchSqlite();
watchPostgres();

let isWorse = false;
const folder = mkdtempSync(join(tmpdir(), 'preceptor-large-'));
try {
  if (values.only !== 'postgres') await measure('SQLite', join(folder, 'preceptor.db'));
  if (values.only !== 'sqlite') {
    const server = await startPostgres();
    if (!server) console.log('No PostgreSQL can be started on this machine: it is left out.');
    else {
      try {
        await measure('PostgreSQL', server.addressOf('postgres'));
      } finally {
        await server.stop();
      }
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
process.exitCode = isWorse ? 1 : 0;

/** Times every statement that better-sqlite3 runs. */
function watchSqlite(): void {
  const { value: prepare } = Object.getOwnPropertyDescriptor(SqliteDatabase.prototype, 'prepare') as TypedPropertyDescriptor<(text: string) => SqliteDatabase.Statement>; // prettier-ignore
  if (!prepare) throw new Error('better-sqlite3 prepares in another way');
  SqliteDatabase.prototype.prepare = function (this: SqliteDatabase.Database, text: string) {
    const statement = prepare.call(this, text);
    for (const method of ['all', 'run', 'get'] as const) {
      const run = statement[method].bind(statement);
      statement[method] = ((...args: unknown[]) => {
        const from = performance.now();
        try {
          return run(...args);
        } finally {
          made.push({ sql: text, ms: performance.now() - from });
        }
      }) as never;
    }
    return statement as never;
  };
}

/** And every one that goes to PostgreSQL, the way there and back included. */
function watchPostgres(): void {
  const { value: query } = Object.getOwnPropertyDescriptor(Client.prototype, 'query') as TypedPropertyDescriptor<(...args: unknown[]) => unknown>; // prettier-ignore
  if (!query) throw new Error('pg queries in another way');
  Client.prototype.query = function (this: Client, ...args: unknown[]) {
    const [text] = args;
    const from = performance.now();
    const answer = query.apply(this, args);
    const done = () => {
      if (typeof text === 'string') made.push({ sql: text, ms: performance.now() - from });
    };
    if (answer instanceof Promise) void answer.finally(done).catch(() => undefined);
    return answer;
  } as never;
}

/** The cost of a command: the number of its statements, and their total time in the first run and in the median run. */
interface Cost {
  readonly statements: number;
  readonly firstMs: number;
  readonly ms: number;
}

async function measure(name: string, database: string): Promise<void> {
  const sandbox = await startSandbox({ startAt: Date.parse(testStart) });
  const guild = sandbox.createGuild({ name: 'Large', botPermissions: invitePermissions });
  const moderator = guild.join({ name: 'Imani', permissions: PermissionFlagsBits.ManageGuild });
  const settings = database.startsWith('postgres:')
    ? { DATABASE_URL: database, PROTECTION_KEY: testKey }
    : { DATABASE_URL: `file:${database}` };
  const start = async (): Promise<Bot> => {
    const started = await startBot(
      {
        DISCORD_TOKEN: sandbox.token,
        DISCORD_API_URL: sandbox.apiUrl,
        LOG_LEVEL: 'error',
        ACTS_AT_ONCE: '0',
        TAKE_BACK_SECONDS: '0',
        ...settings,
      },
      { now: () => Temporal.Instant.fromEpochMilliseconds(sandbox.clock.now()) },
    );
    await sandbox.botReady();
    return started;
  };
  let bot = await start();
  await sandbox.until('the commands', () => sandbox.commands().length > 0);
  await setUp(moderator, { timezone: 'America/New_York' });
  const people = await openPeople(guild, moderator);
  await bot.tick();
  const before = await playAll(sandbox.commands(), guild, people, moderator);
  const emptyTick = await cost(() => bot.tick());
  await bot.stop();

  const db = await openDatabase(database);
  const from = performance.now();
  await seed(db, guild.id);
  console.log(
    `\n${name}: ${members} registered in one guild, ${guilds} guilds of ${of} beside it, filled in ${((performance.now() - from) / 1000).toFixed(0)} s`,
  );
  await db.destroy();

  bot = await start();
  await bot.tick();
  seen.clear();
  const after = await playAll(sandbox.commands(), guild, people, moderator);
  const fullTick = await cost(() => bot.tick());
  await bot.stop();
  print(before, after);
  console.log(`${'a heartbeat'.padEnd(42)} ${line(emptyTick)} ${line(fullTick)}`);
  printDearest();
  await sandbox.close();
  await explainAll(name, database);
}

/** Those who run the commands: a mentor and a mentee who are a pair, and somebody who looks for a mentor. */
async function openPeople(guild: GuildHandle, moderator: Actor): Promise<readonly Actor[]> {
  const [mentor, mentee, seeker] = ['Amara', 'Noor', 'Tomas'].map((name) => guild.join({ name })) as [Actor, Actor, Actor]; // prettier-ignore
  await register(mentor, 'mentor', { stage: 'resident', capacity: 2 });
  await moderator.slash('mentors verify', { member: mentor, level: 'resident', method: 'video-call' });
  for (const each of [mentee, seeker]) await register(each, 'mentee', { stage: 'applying' });
  await ask(mentee, mentor);
  for (let i = 0; i < 100 && !mentor.dms().some(isOpenRequest); i += 1) await delay(50);
  await mentor.press('Accept');
  return [mentor, mentee, seeker];
}

/** Waits until nothing is going on: what the bot does by itself is nobody's command. */
async function nothingElse(): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    made.length = 0;
    await delay(restMs);
    if (made.length === 0) return;
  }
}

async function cost(act: () => Promise<unknown>): Promise<Cost> {
  const taken: number[] = [];
  let statements = 0;
  for (let i = 0; i < rounds; i += 1) {
    await nothingElse();
    made.length = 0;
    await act();
    await delay(restMs);
    for (const each of made) seen.set(each.sql, Math.max(seen.get(each.sql) ?? 0, each.ms));
    taken.push(made.reduce((sum, { ms }) => sum + ms, 0));
    statements = Math.max(statements, made.length);
  }
  return { statements, firstMs: taken[0] ?? 0, ms: quantile(taken, 0.5) };
}

/** Plays every subcommand that is deployed; what many may use by each of the people, of whom the dearest counts. */
async function playAll(
  commands: readonly APIApplicationCommand[],
  guild: GuildHandle,
  people: readonly Actor[],
  moderator: Actor,
): Promise<ReadonlyMap<string, Cost>> {
  const costs = new Map<string, Cost>();
  for (const command of commands) {
    if (command.type !== ApplicationCommandType.ChatInput) continue;
    const isForAll = (command.default_member_permissions ?? null) === null;
    for (const { path, options } of pathsOf(command)) {
      for (const actor of isForAll ? [...people, moderator] : [moderator]) {
        const typed = await optionsFor(actor, path, options, guild, people);
        const each = await cost(() => actor.slash(path, typed).catch(() => undefined));
        const sofar = costs.get(`/${path}`);
        if (!sofar || each.ms > sofar.ms) costs.set(`/${path}`, each);
      }
      for (const option of options) {
        if (!('autocomplete' in option) || option.autocomplete !== true) continue;
        const actor = isForAll ? (people[2] as Actor) : moderator;
        costs.set(`/${path} ${option.name}:…`, await cost(() => actor.complete(path, option.name, 'a').catch(() => undefined))); // prettier-ignore
      }
    }
  }
  return costs;
}

function pathsOf(command: APIApplicationCommand): { path: string; options: APIApplicationCommandBasicOption[] }[] {
  const walk = (path: string, options: readonly APIApplicationCommandOption[] = []): ReturnType<typeof pathsOf> => {
    const below = options.filter(
      (each) =>
        each.type === ApplicationCommandOptionType.Subcommand ||
        each.type === ApplicationCommandOptionType.SubcommandGroup,
    );
    if (below.length > 0) return below.flatMap((each) => walk(`${path} ${each.name}`, each.options));
    return [{ path, options: options as APIApplicationCommandBasicOption[] }];
  };
  return walk(command.name, command.options);
}

/** The options of somebody who fills in only the required ones. */
async function optionsFor(
  actor: Actor,
  path: string,
  options: readonly APIApplicationCommandBasicOption[],
  guild: GuildHandle,
  people: readonly Actor[],
): Promise<Record<string, OptionValue>> {
  const typed: Record<string, OptionValue> = {};
  for (const option of options) {
    if (option.required !== true) continue;
    switch (option.type) {
      case ApplicationCommandOptionType.User:
        typed[option.name] = people.find((each) => each !== actor) as Actor;
        break;
      case ApplicationCommandOptionType.Channel:
        typed[option.name] = guild.channels[0]?.id ?? '';
        break;
      case ApplicationCommandOptionType.Integer:
      case ApplicationCommandOptionType.Number:
        typed[option.name] = ('choices' in option ? option.choices?.[0]?.value : undefined) ?? option.min_value ?? 1;
        break;
      case ApplicationCommandOptionType.Boolean:
        typed[option.name] = true;
        break;
      case ApplicationCommandOptionType.String: {
        const found = 'autocomplete' in option && option.autocomplete === true ? await actor.complete(path, option.name, '', typed).catch(() => []) : []; // prettier-ignore
        typed[option.name] = ('choices' in option ? option.choices?.[0]?.value : undefined) ?? found[0]?.value ?? 'America/New_York'; // prettier-ignore
        break;
      }
      default:
    }
  }
  return typed;
}

/**
 * Registers everybody straight in the database, with what a community of some years has behind it. The other guilds have
 * members only.
 */
async function seed(db: Kysely<Schema>, guildId: string): Promise<void> {
  const at = testStart;
  const chunk = 50_000;
  const series = (first: number, last: number) =>
    sql`with recursive series(i) as (select ${sql.lit(first)} union all select i + 1 from series where i < ${sql.lit(last)})`;
  /** Runs an insert for the numbers from 1, some at a time. `i` is the number. */
  const fill = async (count: number, insert: (numbers: ReturnType<typeof series>) => ReturnType<typeof sql>) => {
    for (let first = 1; first <= count; first += chunk) {
      await insert(series(first, Math.min(count, first + chunk - 1))).execute(db);
    }
  };
  const text = (value: ReturnType<typeof sql>) => sql`cast(${value} as text)`;
  const person = text(sql`800000000000000000 + i`);
  const otherGuild = text(sql`700000000000000000 + (i - 1) / ${sql.lit(of)}`);
  const [mine] = [sql`cast(${guildId} as text)`];
  const registered = async (count: number, guild: ReturnType<typeof sql>, inAll: string) => {
    await fill(
      count,
      (
        numbers,
      ) => sql`insert into members (guild_id, user_id, zone, conduct_version, conduct_agreed_at, created_at, seen_at)
      ${numbers} select ${guild}, ${person}, case i % 4 when 0 then 'America/New_York' when 1 then 'Asia/Karachi' when 2 then 'Africa/Cairo' else 'Asia/Manila' end, 1, ${sql.lit(at)}, ${sql.lit(at)}, ${sql.lit(at)} from series`,
    );
    await fill(
      count,
      (
        numbers,
      ) => sql`insert into profiles (id, guild_id, user_id, role, state, specialties, stage, languages, topics, about, capacity, verification, verified_level, created_at, updated_at)
      ${numbers} select ${sql.lit(inAll)} || i, ${guild}, ${person}, case when i % ${sql.lit(mentorOneOf)} = 0 then 'mentor' else 'mentee' end, 'active',
        case i % 5 when 0 then '["internal-medicine"]' when 1 then '["family-medicine"]' when 2 then '["pediatrics","psychiatry"]' when 3 then '["neurology"]' else '["internal-medicine","pathology"]' end,
        case when i % ${sql.lit(mentorOneOf)} = 0 then 'resident' when i % 3 = 0 then 'applying' else 'step-2-ck' end,
        case when i % ${sql.lit(mentorOneOf)} = 3 then '["eu"]' else '["en"]' end, case i % 3 when 0 then '["interviews"]' when 1 then '["exams","visas"]' else '["research"]' end, 'Happy to help.',
        case when i % ${sql.lit(mentorOneOf)} = 0 then 1 + i % 3 else 0 end, case when i % ${sql.lit(mentorOneOf)} = 0 then 'verified' else 'none' end,
        case when i % ${sql.lit(mentorOneOf)} = 0 then 'resident' end, ${sql.lit(at)}, ${sql.lit(at)} from series`,
    );
  };
  await fill(guilds, (numbers) => sql`insert into guilds (id, zone, set_up_at) ${numbers} select ${text(sql`700000000000000000 + i - 1`)}, 'America/New_York', ${sql.lit(at)} from series`); // prettier-ignore
  await registered(members, mine, 'p');
  await registered(guilds * of, otherGuild, 'q');
  await db.updateTable('guilds').set({ pool_version: sql`pool_version + 1`, pool_whole_version: sql`pool_version + 1` }).where('id', '=', guildId).execute(); // prettier-ignore

  // A year of history: requests that were declined, pairs that ended, mentees who wait and whose language no mentor
  // speaks (nothing is owed to them just now), what was written.
  const past = Math.floor(members / 5);
  const partner = text(sql`800000000000000000 + ((i * 37) % ${sql.lit(Math.max(1, Math.floor(members / mentorOneOf)))} + 1) * ${sql.lit(mentorOneOf)}`); // prettier-ignore
  const mentee = text(sql`800000000000000000 + i * ${sql.lit(mentorOneOf / 2)} + 1`);
  const old = '2025-11-24T12:00:00.000Z';
  await fill(
    past,
    (
      numbers,
    ) => sql`insert into requests (id, guild_id, mentee_id, mentor_id, state, message, created_at, sent_at, expires_at, decided_at, decided_by, decline_reason)
    ${numbers} select 'r' || i, ${mine}, ${mentee}, ${partner}, 'declined', 'Hello.', ${sql.lit(old)}, ${sql.lit(old)}, ${sql.lit(old)}, ${sql.lit(old)}, 'mentor', 'no-time' from series`,
  );
  await fill(
    past,
    (
      numbers,
    ) => sql`insert into mentorships (id, guild_id, mentor_id, mentee_id, state, started_at, due_at, ended_at, end_reason, ended_by, look_at)
    ${numbers} select 'm' || i, ${mine}, ${partner}, ${mentee}, 'completed', ${sql.lit(old)}, '2027-01-01T12:00:00.000Z',
      ${sql.lit(at)}, 'completed', 'mentee', '2027-01-01T12:00:00.000Z' from series`,
  );
  await fill(Math.floor(past / 10), (numbers) => sql`insert into waitlist (guild_id, mentee_id, joined_at, looked_at) ${numbers} select ${mine}, ${text(sql`800000000000000000 + i * ${sql.lit(mentorOneOf)} + 3`)}, ${sql.lit(at)}, ${sql.lit(at)} from series`); // prettier-ignore
  await fill(past, (numbers) => sql`insert into audit (id, guild_id, at, actor_id, action, subject_id) ${numbers} select 'a' || i, ${mine}, ${sql.lit(at)}, ${sql.lit('1')}, 'mentor-verified', ${person} from series`); // prettier-ignore
  await fill(
    past,
    (
      numbers,
    ) => sql`insert into notices (id, guild_id, kind, user_id, subject_id, state, delivered_revision, due_at, channel_id, message_id, delivered_at, created_at)
    ${numbers} select 'n' || i, ${mine}, 'request-declined', ${mentee}, 'r' || i, 'delivered', 1, ${sql.lit(at)}, '1', '1', ${sql.lit(at)}, ${sql.lit(at)} from series`,
  );
  await sql`${sql.raw(isPostgres(db) ? 'vacuum analyze' : 'analyze')}`.execute(db);
}

function line({ statements, firstMs, ms }: Cost): string {
  return `${String(statements).padStart(4)} ${firstMs.toFixed(2).padStart(9)} ${ms.toFixed(2).padStart(8)}`;
}

function print(before: ReadonlyMap<string, Cost>, after: ReadonlyMap<string, Cost>): void {
  console.log(
    `${''.padEnd(42)} ${'empty: n, first, median ms'.padStart(23)} ${'full: n, first, median ms'.padStart(23)}`,
  );
  const dearest = [...after].toSorted(([, a], [, b]) => b.ms - a.ms);
  for (const [path, full] of dearest) {
    const empty = before.get(path);
    if (empty) console.log(`${path.padEnd(42)} ${line(empty)} ${line(full)}`);
  }
}

/** Prints the statements that took longest. */
function printDearest(): void {
  console.log('\nThe dearest statements, ms:');
  for (const [text, ms] of [...seen].toSorted(([, a], [, b]) => b - a).slice(0, shownStatements)) {
    console.log(`${ms.toFixed(1).padStart(9)}  ${text.replaceAll(/\s+/g, ' ').slice(0, 240)}`);
  }
}

/** Asks the database how it would run each statement that was seen, and names those that go through a large table. */
async function explainAll(name: string, database: string): Promise<void> {
  const db = await openDatabase(database);
  const large: string[] = [];
  for (const table of ['members', 'profiles', 'guilds', 'requests', 'mentorships', 'waitlist', 'audit', 'notices']) {
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db);
    if (Number(rows[0]?.n) > largeRows) large.push(table);
  }
  const steps = isPostgres(db) ? await explainOnPostgres(database) : explainOnSqlite(database);
  await db.destroy();
  const faults = [...steps].flatMap(([statement, plan]) => {
    const through = plan.filter((step) => large.some((table) => new RegExp(`\\b${table}\\b`).test(step)));
    return through.length > 0 ? [`${through.join('; ')}\n    ${statement.replaceAll(/\s+/g, ' ')}`] : [];
  });
  console.log(`${name}: ${steps.size} different statements explained, ${faults.length} go through one of ${large.join(', ')}`); // prettier-ignore
  for (const fault of faults) console.log(`  ${fault}`);
  if (faults.length > 0) isWorse = true;
}

/** Statements about tables in a file or on a server that look at something; those in memory are the program's own. */
function explainable(): string[] {
  return [...seen.keys()].filter((text) => /^\s*(with|select|update|delete|insert)\b/i.test(text) && !/guide_search|where false/.test(text)); // prettier-ignore
}

/** By statement: the steps of its plan that read a table from end to end. https://www.sqlite.org/eqp.html */
function explainOnSqlite(file: string): ReadonlyMap<string, readonly string[]> {
  const database = new SqliteDatabase(file);
  const plans = new Map<string, readonly string[]>();
  for (const text of explainable()) {
    const nothing = Array.from({ length: text.match(/\?/g)?.length ?? 0 }, () => null);
    const steps = database.prepare(`explain query plan ${text}`).all(...nothing) as { detail: string }[];
    plans.set(text, steps.map(({ detail }) => detail).filter((step) => /^SCAN (?!.*USING)/.test(step))); // prettier-ignore
  }
  database.close();
  return plans;
}

/** The same. https://www.postgresql.org/docs/current/sql-explain.html */
async function explainOnPostgres(address: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const client = new Client({ connectionString: address });
  await client.connect();
  // Where most rows are asked for it is right to go through all: what counts is whether an index would do.
  await client.query('set enable_seqscan = off');
  const plans = new Map<string, readonly string[]>();
  for (const text of explainable()) {
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain (generic_plan) ${text}`);
    plans.set(text, rows.map((row) => row['QUERY PLAN']).filter((step) => step.includes('Seq Scan on'))); // prettier-ignore
  }
  await client.end();
  return plans;
}
