/**
 * PostgreSQL beside SQLite in one run, both durable, each behind the same program and its own local Discord with 5,000
 * registered members: start, a search, a button that writes; then claiming what is due in 10,000 guilds at once, and how
 * close four processes on PostgreSQL together come to the 50 requests a second that Discord permits. Prints ratios.
 *
 *   node bench/databases.ts [--rounds 500] [--starts 7] [--guilds 10000] [--seconds 60] [--only starts|acts|claims|delivery]
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Actor, Answer } from '../sandbox/api.ts';
import { type BotProcess, startBot } from '../sandbox/bot.ts';
import { startSandbox } from '../sandbox/index.ts';
import { openDatabase } from '../src/db/open.ts';
import { claimDue } from '../src/posts/claim.ts';
import { beforeDue, claimerContext, guildIds, seedDue } from '../test/support/due.ts';
import { register } from '../test/support/play.ts';
import { testKey } from '../test/support/postgres/database.ts';
import { type PostgresServer, startPostgres } from '../test/support/postgres/server.ts';
import { setUp } from '../test/support/set-up.ts';
import { seedCommunity } from './seed.ts';
import { quantile, report } from './statistics.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '500' },
    starts: { type: 'string', default: '7' },
    guilds: { type: 'string', default: '10000' },
    seconds: { type: 'string', default: '60' },
    only: { type: 'string' },
  },
});
const [rounds, starts, guilds, seconds] = [values.rounds, values.starts, values.guilds, values.seconds].map(Number) as [number, number, number, number]; // prettier-ignore
const members = { mentors: 1_000, mentees: 4_000 };
const betweenLoginsMs = 5_200;
const asks = (...parts: readonly string[]): boolean => values.only === undefined || parts.includes(values.only);
/** The program itself, as `npm start` runs it. */
const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  scripts: { start: string };
};
const [, ...execArgv] = scripts.start.split(' ');
const entry = new URL(`../${execArgv.pop()}`, import.meta.url).pathname;

const postgresql = await startPostgres({ durable: true });
if (!postgresql) {
  console.log('No PostgreSQL can be started on this machine: there is nothing to compare.');
  process.exit(0);
}
const folder = mkdtempSync(join(tmpdir(), 'preceptor-databases-'));
try {
  if (asks('starts', 'acts')) {
    const sides = [
      await openSide(join(folder, 'preceptor.db')),
      await openSide(postgresql.addressOf('postgres')),
    ] as const;
    if (asks('starts')) await measureStarts(...sides);
    if (asks('acts')) await measureActs(...sides);
    for (const { sandbox } of sides) {
      sandbox.assertNoRefusals();
      await sandbox.close();
    }
  }
  if (asks('claims')) await measureClaims(postgresql);
  if (asks('delivery')) await measureDelivery(postgresql);
} finally {
  await postgresql.stop();
  rmSync(folder, { recursive: true });
}

/** One of the two: a Discord with a guild of 5,000, and the program on this database. */
interface Side {
  readonly sandbox: Awaited<ReturnType<typeof startSandbox>>;
  readonly mentee: Actor;
  start(): Promise<BotProcess>;
}

/** Sets the guild up as a moderator would, then registers 5,000 members straight in the database. */
async function openSide(database: string): Promise<Side> {
  const sandbox = await startSandbox();
  const guild = sandbox.createGuild({ name: 'Bench' });
  const people = guild.joinMany(members.mentors + members.mentees);
  const moderator = guild.join({ name: 'Imani', permissions: PermissionFlagsBits.ManageGuild });
  const mentee = guild.join({ name: 'Noor' });
  const isServer = database.startsWith('postgres:');
  // Beside the file, or the folder of one that is not there, lies the compiled code: both sides have theirs.
  const settings: Readonly<Record<string, string>> = isServer
    ? { DATABASE_URL: database, PROTECTION_KEY: testKey }
    : {};
  const env = { LOG_LEVEL: 'warn', ACTS_AT_ONCE: '0', NODE_COMPILE_CACHE: join(folder, 'compiled'), ...settings };
  const start = async () => {
    const bot = await startBot(sandbox, { entry, execArgv, env, ...(isServer ? {} : { databaseFile: database }) });
    await sandbox.botReady();
    return bot;
  };
  const bot = await start();
  await sandbox.until('the commands', () => sandbox.commands().length > 0);
  await setUp(moderator, { timezone: 'America/New_York' });
  await register(mentee, 'mentee', { stage: 'applying', topics: ['interviews', 'visas'] });
  await bot.stop();
  const db = await openDatabase(database);
  await seedCommunity(db, guild.id, people.map(({ id }) => id), members); // prettier-ignore
  await db.destroy();
  return { sandbox, mentee, start };
}

/** Runs both in turn, so that both meet the same conditions. Gives how long each run took, in milliseconds. */
async function alternate(times: number, one: () => Promise<number>, other: () => Promise<number>) {
  const taken = { one: [] as number[], other: [] as number[] };
  for (let i = 0; i < times; i += 1) {
    taken.one.push(await one());
    taken.other.push(await other());
  }
  return taken;
}

function compare(what: string, sqlite: readonly number[], postgres: readonly number[], atMost: number): void {
  console.log(`\n${what}`);
  const [here, there] = [quantile(sqlite, 0.5), quantile(postgres, 0.5)];
  report('SQLite, median', here, 'ms');
  report('PostgreSQL, median', there, 'ms');
  report('ratio', there / here, '×', { atMost });
}

async function measureStarts(sqlite: Side, postgres: Side): Promise<void> {
  const last = new Map<Side, number>();
  const timed = (side: Side) => async () => {
    // Discord wants five seconds between two logins of the same bot, and on PostgreSQL it keeps them by itself.
    await delay(Math.max(0, (last.get(side) ?? 0) + betweenLoginsMs - performance.now()));
    const from = performance.now();
    const bot = await side.start();
    last.set(side, performance.now());
    const ms = performance.now() - from;
    await bot.stop();
    return ms;
  };
  // The first start on each side compiles.
  for (const side of [sqlite, postgres]) await timed(side)();
  const taken = await alternate(starts, timed(sqlite), timed(postgres));
  compare(`Start to ready, ${starts} starts`, taken.one, taken.other, 1.15);
}

async function measureActs(sqlite: Side, postgres: Side): Promise<void> {
  const bots = [await sqlite.start(), await postgres.start()];
  const timed = (act: () => Promise<Answer>) => async () => (await act()).ackMs;
  const find = ({ mentee }: Side) => timed(() => mentee.slash('mentor find'));
  await alternate(100, find(sqlite), find(postgres));
  const found = await alternate(rounds, find(sqlite), find(postgres));
  compare(`/mentor find with ${members.mentors + members.mentees} registered members`, found.one, found.other, 2.5);

  const button = ({ mentee }: Side) => {
    let joins = false;
    return timed(() => {
      joins = !joins;
      return mentee.press(joins ? 'Join the waitlist' : 'Leave the waitlist');
    });
  };
  for (const { mentee } of [sqlite, postgres]) await mentee.slash('mentor find');
  const pressed = await alternate(rounds, button(sqlite), button(postgres));
  compare('A button that writes (join and leave the waitlist)', pressed.one, pressed.other, 2);
  for (const bot of bots) await bot.stop();
}

/** How long one process takes to claim the posts of so many guilds that are due at once. */
async function measureClaims(server: PostgresServer): Promise<void> {
  const claim = async (database: string) => {
    const db = await openDatabase(database);
    for (const table of ['notices', 'slots', 'schedules', 'guilds'] as const) await db.deleteFrom(table).execute();
    await seedDue(db, guildIds(guilds).map((id) => ({ id, channelId: '1' }))); // prettier-ignore
    const from = performance.now();
    assert.equal(await claimDue(claimerContext(db)), guilds);
    const ms = performance.now() - from;
    await db.destroy();
    return ms;
  };
  const [file, address] = [join(folder, 'claims.db'), server.addressOf('postgres')];
  const taken = await alternate(3, () => claim(file), () => claim(address)); // prettier-ignore
  compare(`Claiming what is due in ${guilds} guilds at once`, taken.one, taken.other, 5);
}

/** Posts of many guilds, delivered by four processes with a shard each, while Discord limits them. */
async function measureDelivery(server: PostgresServer): Promise<void> {
  const [processes, leastRate, limitedAMinute] = [4, 43, 5];
  const address = server.addressOf('postgres');
  const sandbox = await startSandbox({ limiter: true, startAt: Date.parse(beforeDue), shards: processes });
  const perSecond = 50;
  const count = Math.ceil((seconds + 30) * perSecond);
  const db = await openDatabase(address);
  for (const table of ['notices', 'slots', 'schedules', 'guilds'] as const) await db.deleteFrom(table).execute();
  const there = Array.from({ length: count }, (_, i) => sandbox.createGuild({ name: `Community ${i}` }));
  await seedDue(db, there.map(({ id, channels }) => ({ id, channelId: channels[0]?.id ?? '' }))); // prettier-ignore
  await db.destroy();
  sandbox.clock.advance(31_000);
  const module = new URL('../test/support/post-bot.ts', import.meta.url).pathname;
  const settings = {
    DATABASE_URL: address,
    PROTECTION_KEY: testKey,
    SHARD_COUNT: String(processes),
    LOG_LEVEL: 'warn',
  };
  const start = (shard: number) => startBot(sandbox, { module, env: { ...settings, SHARDS: String(shard) }, timeoutMs: 60_000 }); // prettier-ignore
  const bots = await Promise.all(Array.from({ length: processes }, (_, shard) => start(shard)));
  for (const bot of bots) void bot.tick().catch(() => undefined);
  // Without the gateway a process has no channel in memory, and asks for each what kind it is before it posts: both count.
  const made = () => sandbox.requests.filter(({ path }) => path.startsWith('/channels/'));
  // The first seconds open connections and read the library.
  await delay(5_000);
  const before = made().length;
  const from = performance.now();
  await delay(seconds * 1_000);
  const elapsed = (performance.now() - from) / 1_000;
  const requests = made().slice(before);
  const rate = requests.length / elapsed;
  const posts = requests.filter(({ method }) => method === 'POST').length;
  const limited = sandbox.requests.filter(({ status }) => status === 429).length;
  for (const bot of bots) await bot.kill();
  await sandbox.close();
  console.log(`\nDelivery by ${processes} processes, ${seconds} s: ${rate.toFixed(1)} requests a second of the ${perSecond} that Discord permits, ${((100 * posts) / requests.length).toFixed(0)} % of them posts (target ≥ ${leastRate}: ${rate >= leastRate ? 'met' : 'MISSED'})`); // prettier-ignore
  report('429 a minute', (60 * limited) / (elapsed + 5), '', { atMost: limitedAMinute });
}
