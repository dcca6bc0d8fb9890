/**
 * `npm run move -- FROM TO`: everything from one database into another that is empty, SQLite or PostgreSQL, and the proof
 * that it is the same. The bot does not run meanwhile.
 *
 *   npm run move -- file:data/preceptor.db postgres://user:password@host/preceptor?sslmode=verify-full
 *   npm run move -- FROM TO --guild ID     one server alone, into a database that may hold others
 */
import { parseArgs } from 'node:util';
import { ConfigError } from '../config.ts';
import { markGuildLeft, voidNoticesOfGuild } from '../db/guilds.ts';
import { copyAll } from '../db/moving.ts';
import { type Db, isPostgres, openDatabase } from '../db/open.ts';
import { isPostgresAddress, nameOfDatabase } from '../db/postgres/address.ts';
import { listRunning } from '../db/processes.ts';
import { findKeyFingerprint } from '../db/protection-keys.ts';
import { isInUse } from '../db/sqlite/files.ts';
import { DatabaseRefused } from '../db/trouble.ts';
import { inTurn } from '../guild/turn.ts';
import { fingerprintOf, findProtectionKey, keyFileOf } from '../protection-key.ts';
import { silentMinutes } from '../running.ts';
import { counted, runScript } from './script.ts';

/** How often it says how far it is. */
const sayEveryMs = 2_000;

const usage = `Name two databases:
  npm run move -- file:data/preceptor.db postgres://user:password@host/preceptor?sslmode=verify-full
  npm run move -- FROM TO --guild ID     one server alone`;

await runScript(async (config, args) => {
  const { values, positionals } = parseArgs({ args: [...args], options: { guild: { type: 'string' } }, allowPositionals: true }); // prettier-ignore
  const [from, to] = positionals.map((each) => each.replace(/^file:/, ''));
  if (from === undefined || to === undefined || from === to) throw new ConfigError(usage);
  if (values.guild !== undefined && !/^\d{17,20}$/.test(values.guild)) throw new ConfigError(usage);
  for (const file of [from, to]) if (!isPostgresAddress(file) && isInUse(file)) throw new DatabaseRefused(runs(file));
  const [source, target] = [await openDatabase(from), await openDatabase(to)];
  try {
    for (const [db, name] of [[source, from], [target, to]] as const) if (await isRunning(db)) throw new DatabaseRefused(runs(name)); // prettier-ignore
    await requireKey(source, target, { from, to, given: config.protectionKey });
    const began = performance.now();
    const counts = await copyAll(source, target, sayHowFar(), values.guild);
    const rows = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    if (values.guild !== undefined) {
      const { guild } = values;
      if (!counts.get('guilds')) throw new DatabaseRefused(`${nameOfDatabase(from)} knows no server ${guild}.`);
      await inTurn(source, guild, async (trx) => {
        if (await markGuildLeft(trx, guild, new Date().toISOString())) await voidNoticesOfGuild(trx, guild);
      });
      return `Moved ${counted(rows, 'row')} of the server ${guild} in ${seconds} s: the same in both. In ${nameOfDatabase(from)} it counts as left, and is forgotten there after 90 days. What is a person's and no server's stayed there.`;
    }
    return [
      `Moved ${counted(rows, 'row')} of ${counted(counts.get('guilds') ?? 0, 'server')} in ${seconds} s: the same in both, row by row.`,
      `Set DATABASE_URL to the new one${isPostgresAddress(to) ? ' (and leave PROTECTION_KEY set)' : ''}, and start the bot. ${nameOfDatabase(from)} is unchanged: delete it once all is well, since what people delete from now on stays in it.`,
    ].join('\n');
  } finally {
    await Promise.all([source.destroy(), target.destroy()]);
  }
});

function runs(database: string): string {
  return `A bot is using ${nameOfDatabase(database)}. Stop it first; after a crash, wait ${silentMinutes} minutes.`;
}

async function isRunning(db: Db): Promise<boolean> {
  if (!isPostgres(db)) return false;
  const since = new Date(Date.now() - silentMinutes * 60_000).toISOString();
  return (await listRunning(db, since)).length > 0;
}

/** What the database was used with has to go on with it: otherwise whoever was blocked would be known to nobody. */
async function requireKey(
  source: Db,
  target: Db,
  { from, to, given }: { readonly from: string; readonly to: string; readonly given: string | undefined },
): Promise<void> {
  const [known, there] = [await findKeyFingerprint(source), await findKeyFingerprint(target)];
  if (known === undefined) return;
  if (there !== undefined && there !== known) {
    throw new DatabaseRefused(
      `The two were used with different protection keys: whoever was blocked or suspended in one would be known to nobody in the other.`,
    );
  }
  const key = findProtectionKey({ database: to, protectionKey: given });
  if (key !== undefined && fingerprintOf(key) === known) return;
  const place = isPostgresAddress(from) ? 'the one it was used with' : `what ${keyFileOf(from)} holds`;
  throw new ConfigError(
    key === undefined
      ? `Set PROTECTION_KEY to ${place}, for this and for the bot from now on.`
      : `PROTECTION_KEY is not the one with which ${nameOfDatabase(from)} was used. Set it to ${place}.`,
  );
}

function sayHowFar(): (done: number, all: number) => void {
  let said = performance.now();
  return (done, all) => {
    if (performance.now() - said < sayEveryMs) return;
    said = performance.now();
    console.error(`${Math.round((100 * done) / all)} %`);
  };
}
