/**
 * Resident memory of one process in many guilds, beside a bare discord.js bot with its default caches, one after the
 * other in the same local Discord. Each guild has 40 channels, and 200 members whom both have met: as if each of them had
 * used a command once.
 *
 *   node bench/guilds.ts [--guilds 5000] [--channels 40] [--members 200] [--shards 4]
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type BotProcess, startBot } from '../sandbox/bot.ts';
import { startSandbox, worldOf } from '../sandbox/index.ts';
import { report } from './statistics.ts';

const { values } = parseArgs({
  options: {
    guilds: { type: 'string', default: '5000' },
    channels: { type: 'string', default: '40' },
    members: { type: 'string', default: '200' },
    shards: { type: 'string', default: '4' },
  },
});
const [guilds, channels, members] = [values.guilds, values.channels, values.members].map(Number) as [number, number, number]; // prettier-ignore
const atMostMb = 300;
let lastId = 900_000_000_000_000_000n;
const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  scripts: { start: string };
};
const [, ...execArgv] = scripts.start.split(' ');
const ownEntry = new URL(`../${execArgv.pop()}`, import.meta.url).pathname;
const bareEntry = new URL('./bare-bot.ts', import.meta.url).pathname;

const sandbox = await startSandbox({ shards: Number(values.shards) });
const names = Array.from({ length: channels }, (_, i) => `channel-${i}`);
for (let i = 0; i < guilds; i += 1) sandbox.createGuild({ name: `Guild ${i}`, channels: names });
const env = { SHARD_COUNT: values.shards, LOG_LEVEL: 'warn' };

console.log(`${guilds} guilds of ${channels} channels and ${members} members, ${values.shards} shards`);
const bare = await measure('bare discord.js bot, default caches', { entry: bareEntry, env });
const folder = mkdtempSync(join(tmpdir(), 'preceptor-guilds-'));
const own = { entry: ownEntry, execArgv, env, databaseFile: join(folder, 'preceptor.db') };
// The first start compiles, which takes memory that no later one does.
await (await startBot(sandbox, { ...own, timeoutMs: 120_000 })).stop();
const ours = await measure('preceptor', own);
rmSync(folder, { recursive: true });
report('bare discord.js bot, default caches', bare.afterMeeting, 'MB');
report('preceptor', ours.afterMeeting, 'MB', { atMost: atMostMb });
report('ratio', ours.afterMeeting / bare.afterMeeting, '×');
await sandbox.close();

/** Starts a bot, lets it meet everybody, and gives its memory in megabytes. */
async function measure(name: string, options: Parameters<typeof startBot>[1]) {
  const from = performance.now();
  const bot = await startBot(sandbox, { ...options, timeoutMs: 120_000 });
  await sandbox.botReady(120_000);
  const readyMs = performance.now() - from;
  const ready = await settledMb(bot);
  for (const guild of worldOf(sandbox).guilds.values()) {
    const d = { guild_id: guild.id, chunk_index: 0, chunk_count: 1, members: strangers(guild.id) };
    worldOf(sandbox).dispatch({ t: 'GUILD_MEMBERS_CHUNK', d, guild });
    // As fast as a bot keeps up with: what waits in its socket would count as well.
    await delay(4);
  }
  const afterMeeting = await settledMb(bot);
  console.log(`  ${name}: ready after ${(readyMs / 1000).toFixed(1)} s with ${ready.toFixed(0)} MB, ${afterMeeting.toFixed(0)} MB after meeting the members`); // prettier-ignore
  await bot.stop();
  return { ready, afterMeeting };
}

function strangers(guildId: string): object[] {
  return Array.from({ length: members }, () => {
    const id = String((lastId += 1n));
    return {
      user: {
        id,
        username: `member${id.slice(-7)}`,
        discriminator: '0',
        global_name: `Member ${id.slice(-7)}`,
        avatar: null,
      },
      nick: null,
      avatar: null,
      roles: [guildId],
      joined_at: '2026-11-01T00:00:00.000Z',
      deaf: false,
      mute: false,
      flags: 0,
    };
  });
}

/** Resident memory once it has not grown for two seconds, from the kernel's own account (Linux). */
async function settledMb(bot: BotProcess): Promise<number> {
  let last = 0;
  for (let quiet = 0; quiet < 4;) {
    await delay(500);
    const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${bot.pid}/status`, 'utf8'));
    const now = Number(line?.[1]) / 1024;
    quiet = Math.abs(now - last) < 1 ? quiet + 1 : 0;
    last = now;
  }
  return last;
}
