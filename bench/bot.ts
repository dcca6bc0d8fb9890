/**
 * Preceptor beside a bare discord.js bot, both through the same kind of local Discord in one run: round trips, time from
 * start to ready, and resident memory, with 5,000 registered members. Prints figures and ratios.
 *
 *   node bench/bot.ts [--rounds 1000] [--starts 7]
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import SqliteDatabase from 'better-sqlite3';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Actor, Answer } from '../sandbox/api.ts';
import { type BotProcess, startBot } from '../sandbox/bot.ts';
import { startSandbox } from '../sandbox/index.ts';
import { openDatabase } from '../src/db/open.ts';
import { register } from '../test/support/play.ts';
import { seedCommunity } from './seed.ts';
import { quantile, report } from './statistics.ts';
import { setUp } from '../test/support/set-up.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '1000' }, starts: { type: 'string', default: '7' } },
});
const rounds = Number(values.rounds);
const starts = Number(values.starts);
const members = { mentors: 1_000, mentees: 4_000 };
const bareEntry = new URL('./bare-bot.ts', import.meta.url).pathname;
/** The program itself, as `npm start` runs it: the same script with the same options of the engine. */
const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  scripts: { start: string };
};
const [, ...execArgv] = scripts.start.split(' ');
const ownEntry = new URL(`../${execArgv.pop()}`, import.meta.url).pathname;

const folder = mkdtempSync(join(tmpdir(), 'preceptor-bench-'));
const databaseFile = join(folder, 'preceptor.db');

/** Two of everything, so that both bots meet the same conditions: a sandbox, a guild of 5,000, a bot. */
const [ours, bare] = await Promise.all([openSandbox(), openSandbox()]);

async function openSandbox() {
  const sandbox = await startSandbox();
  const guild = sandbox.createGuild({ name: 'Bench' });
  const people = Array.from({ length: members.mentors + members.mentees }, (_, i) =>
    guild.join({ name: `Member ${i}` }),
  );
  const moderator = guild.join({ name: 'Imani', permissions: PermissionFlagsBits.ManageGuild });
  return { sandbox, guild, people, moderator, mentee: guild.join({ name: 'Noor' }) };
}

try {
  await seed();
  await measureStarts();
  const [bot, bareBot] = await Promise.all([startOurs(), startBare()]);
  await bare.sandbox.until('the commands', () => bare.sandbox.commands().length > 0);
  await measureRoundTrips();
  measureMemory(bot, bareBot);
  await bot.stop();
  await bareBot.stop();
  ours.sandbox.assertNoRefusals();
} finally {
  await ours.sandbox.close();
  await bare.sandbox.close();
  rmSync(folder, { recursive: true });
}

/** Sets the guild up as a moderator would, then registers 5,000 members straight in the database. */
async function seed() {
  const bot = await startOurs();
  await ours.sandbox.until('the commands', () => ours.sandbox.commands().length > 0);
  await setUp(ours.moderator, { timezone: 'America/New_York' });
  await register(ours.mentee, 'mentee', { stage: 'applying', topics: ['interviews', 'visas'] });
  await bot.stop();
  const db = await openDatabase(databaseFile);
  await seedCommunity(db, ours.guild.id, ours.people.map((person) => person.id), members); // prettier-ignore
  await db.destroy();
}

async function startOurs(): Promise<BotProcess> {
  const bot = await startBot(ours.sandbox, {
    entry: ownEntry,
    execArgv,
    databaseFile,
    env: { LOG_LEVEL: 'warn', ACTS_AT_ONCE: '0' },
  });
  await ours.sandbox.botReady();
  return bot;
}

async function startBare(): Promise<BotProcess> {
  const bot = await startBot(bare.sandbox, { entry: bareEntry });
  await bare.sandbox.botReady();
  return bot;
}

async function measureStarts() {
  const times = { ours: [] as number[], bare: [] as number[] };
  for (let i = 0; i < starts; i += 1) {
    for (const [name, start] of [
      ['ours', startOurs],
      ['bare', startBare],
    ] as const) {
      // prettier-ignore
      const from = performance.now();
      const bot = await start();
      times[name].push(performance.now() - from);
      await bot.stop();
    }
  }
  console.log(`\nStart to ready, median of ${starts} starts`);
  const ratio = quantile(times.ours, 0.5) / quantile(times.bare, 0.5);
  report('bare discord.js bot', quantile(times.bare, 0.5), 'ms');
  report('preceptor', quantile(times.ours, 0.5), 'ms');
  report('ratio', ratio, '×', { atMost: 1.5 });
}

async function measureRoundTrips() {
  const find = () => ours.mentee.slash('mentor find');
  const ping = () => bare.mentee.slash('ping');
  // Both halves warm up first: the engine compiles what is hot, and the pool of mentors is packed once.
  for (let i = 0; i < 200; i += 1) await Promise.all([find(), ping()]);

  const command = await alternate(find, ping);
  compare(`/mentor find with ${members.mentors + members.mentees} registered members`, command);

  await ours.mentee.slash('mentor find');
  const asked = await bare.mentee.slash('ping');
  const button = await alternate(waitlistButton(ours.mentee), () => bare.mentee.press('Again 0', asked));
  compare('a button that writes (join and leave the waitlist)', button);
  report('of that: one commit, synchronized to this disk, p50', quantile(commitTimes(), 0.5), 'ms');
}

/** What the disk alone takes for a commit that survives a power cut, as the bot's do. */
function commitTimes(): number[] {
  const database = new SqliteDatabase(join(folder, 'disk.db'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('create table numbers (n integer) strict');
  const insert = database.prepare('insert into numbers values (?)');
  const times = Array.from({ length: rounds }, (_, n) => {
    const from = performance.now();
    insert.run(n);
    return performance.now() - from;
  });
  database.close();
  return times;
}

/** A button that writes to the database every time: joining the waitlist, leaving it, joining … */
function waitlistButton(mentee: Actor): () => Promise<Answer> {
  let isWaiting = false;
  return async () => {
    isWaiting = !isWaiting;
    return await mentee.forge({ customId: isWaiting ? 'find-waitlist' : 'find-waitlist-leave', kind: 'button' });
  };
}

/**
 * Runs the two in turn, so that a slower minute of the machine falls on both. What counts is the time from the dispatch
 * of the interaction to the bot's answer, in milliseconds.
 */
async function alternate(a: () => Promise<Answer>, b: () => Promise<Answer>) {
  const times = { ours: [] as number[], bare: [] as number[] };
  for (let i = 0; i < rounds; i += 1) {
    times.ours.push((await a()).ackMs);
    times.bare.push((await b()).ackMs);
  }
  return times;
}

function compare(what: string, times: { ours: number[]; bare: number[] }) {
  console.log(`\nRound trip: ${what}, ${rounds} times each`);
  report('bare discord.js bot, p50', quantile(times.bare, 0.5), 'ms');
  report('preceptor, p50', quantile(times.ours, 0.5), 'ms');
  report('ratio of p50', quantile(times.ours, 0.5) / quantile(times.bare, 0.5), '×', { atMost: 1.5 });
  report('bare discord.js bot, p99', quantile(times.bare, 0.99), 'ms');
  report('preceptor, p99', quantile(times.ours, 0.99), 'ms', { atMost: 100 });
}

function measureMemory(bot: BotProcess, bareBot: BotProcess) {
  console.log('\nResident memory after the round trips');
  report('bare discord.js bot', residentMb(bareBot.pid), 'MB');
  report('preceptor', residentMb(bot.pid), 'MB');
  report('difference', residentMb(bot.pid) - residentMb(bareBot.pid), 'MB', { atMost: 40 });
}

/** Resident memory of a process, from the kernel's own account (Linux). */
function residentMb(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1]) / 1024;
}
