/** Several processes of the bot on one PostgreSQL and one local Discord, and what becomes of what people do there. */
import { readFileSync } from 'node:fs';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Actor, Answer, GuildHandle, Sandbox } from '../../sandbox/api.ts';
import type { BotProcess } from '../../sandbox/bot.ts';
import { startSandbox } from '../../sandbox/index.ts';
import { texts } from '../../src/texts/en.ts';
import { type PostgresServer, startPostgres } from './postgres/server.ts';
import { startProcess } from './processes.ts';
import { setUp } from './set-up.ts';
import { testStart } from './time.ts';

/** What becomes of an act: an answer, words that nothing could be stored or that something failed, or nothing at all. */
type Fate = 'answered' | 'not stored' | 'failed' | 'silence';

/** An act that is over. */
export interface Done {
  readonly fate: Fate;
  readonly what: string;
  /** Where it was done. */
  readonly where: string;
  /** Until the first answer, in milliseconds; the whole time where none came. */
  readonly ms: number;
  /** What the person read, or why there was nothing to read. */
  readonly says: string;
  /** Whether the machine kept a process from running for so much of that time that it was not the bot's. */
  readonly isMachines: boolean;
}

export interface Fleet {
  readonly sandbox: Sandbox;
  readonly server: PostgresServer;
  /** The address of the database. */
  readonly address: string;
  readonly guilds: readonly GuildHandle[];
  /** Who may manage each of them, in the same order. */
  readonly moderators: readonly Actor[];
  /** The processes that run; whoever replaces one changes it here. */
  bots: BotProcess[];
  /** Starts one more. @param shards for example `0` or `0-1`. */
  readonly start: (shards: string, count: number) => Promise<BotProcess>;
  /** Has somebody do something, and notes what became of it. */
  act(what: string, where: string, work: () => Promise<Answer | undefined>): Promise<Answer | undefined>;
  /** All acts so far. */
  readonly done: readonly Done[];
  close(): Promise<void>;
}

/** Of the three seconds that Discord waits, a process has to be able to run for two. */
const mostWaited = 1 / 3;

/**
 * How long these processes have waited for a core since they began, in milliseconds, by Linux's own account; elsewhere
 * nothing is known, and every silence is the bot's.
 */
function waitedMs(pids: readonly number[]): Map<number, number> {
  const waited = new Map<number, number>();
  for (const pid of pids) {
    try {
      const [, nanoseconds] = readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ');
      waited.set(pid, Number(nanoseconds) / 1e6);
    } catch {
      // It has ended, or this is no Linux.
    }
  }
  return waited;
}

/**
 * Starts a PostgreSQL, a Discord with so many guilds and a process for each shard, and sets the guilds up.
 * @param shardsOf the shards of the n-th process; its own number when absent.
 * @returns undefined where this machine has no PostgreSQL; it says so.
 */
export async function openFleet(options: {
  readonly shards: number;
  readonly guilds: number;
  readonly shardsOf?: (process: number) => string;
  readonly env?: Readonly<Record<string, string>>;
}): Promise<Fleet | undefined> {
  const { shards, shardsOf = String } = options;
  const server = await startPostgres({ durable: true });
  if (!server) {
    console.log('No PostgreSQL can be started on this machine: nothing was tried.');
    return undefined;
  }
  const sandbox = await startSandbox({ startAt: Date.parse(testStart), shards, maxConcurrency: 16 });
  const address = server.addressOf('postgres');
  const env = { ACTS_AT_ONCE: '0', ...options.env };
  const start = (some: string, count: number) => startProcess(sandbox, address, some, count, env);
  const done: Done[] = [];
  const guilds = Array.from({ length: options.guilds }, (_, i) => sandbox.createGuild({ name: `Guild ${i}` }));
  const fleet: Fleet = {
    sandbox,
    server,
    address,
    guilds,
    moderators: guilds.map((guild, i) =>
      guild.join({ name: `Imani ${i}`, permissions: PermissionFlagsBits.ManageGuild }),
    ),
    bots: [],
    start,
    done,
    async act(what, where, work) {
      const before = waitedMs([process.pid, ...fleet.bots.map(({ pid }) => pid)]);
      const from = performance.now();
      const note = (fate: Fate, says: string, ms: number) => {
        const after = waitedMs([...before.keys()]);
        const waited = [...after].map(([pid, sum]) => sum - (before.get(pid) ?? sum));
        done.push({
          fate,
          what,
          where,
          says,
          ms,
          isMachines: waited.some((one) => one >= mostWaited * (performance.now() - from)),
        });
      };
      try {
        const answer = await work();
        if (answer === undefined) return undefined;
        note(fateOf(answer.text), answer.text, answer.ackMs);
        return answer;
      } catch (error) {
        note('silence', (error as Error).message.split('\n')[0] ?? '', performance.now() - from);
        return undefined;
      }
    },
    async close() {
      await Promise.all(fleet.bots.map((bot) => bot.stop()));
      await sandbox.close();
      await server.stop();
    },
  };
  try {
    fleet.bots = await Promise.all(Array.from({ length: shards }, (_, i) => start(shardsOf(i), shards)));
    await sandbox.botReady();
    for (const moderator of fleet.moderators) await setUp(moderator, { timezone: 'America/New_York' });
  } catch (error) {
    await fleet.close();
    throw error;
  }
  return fleet;
}

function fateOf(text: string): Fate {
  if (text.includes(texts.common.cannotStore)) return 'not stored';
  // What stands around the id.
  const [wrong = ''] = texts.common.somethingWentWrong('\0').split('\0');
  return text.includes(wrong.trimEnd()) ? 'failed' : 'answered';
}

/** How many acts were given more than one first answer; Discord takes the first of them. */
export function answeredTwice({ sandbox }: Pick<Fleet, 'sandbox'>): number {
  const first = sandbox.requests.filter(({ method, path }) => method === 'POST' && /^\/interactions\/\d+\/.*\/callback$/.test(path)); // prettier-ignore
  return first.length - new Set(first.map(({ path }) => path)).size;
}

/** A quantile of how long answers took, in whole milliseconds. */
export function quantile(times: readonly number[], at: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? 0);
}
