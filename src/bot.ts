import { setTimeout as delay } from 'node:timers/promises';
import { type Client, Events } from 'discord.js';
import { createTimekeeper } from './clock.ts';
import { commands } from './commands/index.ts';
import { prepareZones } from './content/zones/index.ts';
import { type Config, ConfigError, parseConfig } from './config.ts';
import type { Context } from './context.ts';
import { isPostgres, openDatabase } from './db/open.ts';
import { serveShards, servesFirstShard } from './db/owned.ts';
import type { StorageTrouble } from './db/trouble.ts';
import { createClient } from './discord/client.ts';
import { startDeployment } from './discord/deploy.ts';
import { GatewayLost } from './discord/gateway-lost.ts';
import { chooseShards, shardsOf, throttleIdentify } from './discord/shards.ts';
import { keepTime } from './discord/time.ts';
import { createOutbox } from './delivery/outbox.ts';
import { subscribe } from './events/index.ts';
import { serveHealth } from './health.ts';
import { secureRandom } from './ids.ts';
import { everyMinute } from './every-minute.ts';
import { startHeartbeat } from './jobs/index.ts';
import { createLog } from './log.ts';
import { openKeyedHash } from './protection-key.ts';
import { type PresentGuild, reconcileGuilds } from './guild/guilds.ts';
import { createLanguages, type Languages } from './texts/languages.ts';
import { sayRunning } from './running.ts';
import { type Clock, systemClock } from './time.ts';

/** How long a clean end waits for what is in hand: whatever is left unfinished then is done at the next start. */
const longestStopMs = 6_000;

/** How long it waits for Discord to close the connection, which a dead one never does. */
const longestGoodbyeMs = 1_000;

/** How long a start waits for Discord to take the commands; what takes longer goes on beside it. */
const longestDeployMs = 5_000;

/** A running bot. */
export interface Bot {
  /** Does now what the next heartbeat would do, and resolves when it is done. */
  tick(): Promise<void>;
  /** Finishes what is in hand (but waits no longer than 6 s for it), then leaves Discord and closes the database. */
  stop(): Promise<void>;
  /** Rejects with GatewayLost or StorageTrouble when the bot cannot go on; never resolves. */
  readonly lost: Promise<never>;
}

/**
 * Starts the bot: config → database → context → client → events → login → jobs → commands.
 * @param env environment variables, see `.env.example`.
 * @param languages the catalogues of texts; English alone when absent.
 * @throws ConfigError when a setting is missing or wrong; whatever the database or Discord refuse.
 */
export async function startBot(
  env: Readonly<Record<string, string | undefined>>,
  clock: Clock = systemClock,
  languages: Languages = createLanguages(),
): Promise<Bot> {
  const config = parseConfig(env);
  const log = createLog(config.logLevel);
  const time = createTimekeeper(clock);
  const now = () => time.now();
  let lose: (reason: unknown) => void = () => undefined;
  const lost = new Promise<never>((_, reject) => (lose = reject));
  // Whoever is interested waits for it; nobody has to.
  lost.catch(() => undefined);
  const db = await openConfigured(config, (trouble) => {
    log.fatal({ err: trouble }, trouble.says);
    lose(trouble);
  });
  const keyedHash = await openKeyedHash(db, config, now()).catch(async (error: unknown) => {
    await db.destroy();
    throw error;
  });
  // Loaded only where somebody reads the figures.
  const metrics = config.healthPort === undefined ? undefined : (await import('./metrics.ts')).createMetrics();
  const ctx: Context = {
    config,
    db,
    log,
    random: secureRandom,
    now,
    time,
    languages,
    keyedHash,
    measures: metrics?.measures,
  };
  const client = createClient(config, isPostgres(db) ? throttleIdentify(db) : undefined);
  if (config.shards && config.shardCount) serveShards(db, { count: config.shardCount, own: config.shards });
  const confirmTime = keepTime(client, time, log);
  client.on(Events.ShardDisconnect, ({ code }, shard) => {
    log.error({ shard, code }, 'gateway closed for good');
    lose(new GatewayLost(code));
  });

  /** What has to be closed again, in the order in which it was opened. */
  const opened: (() => Promise<unknown>)[] = [() => db.destroy(), () => within(client.destroy(), longestGoodbyeMs)];
  const close = async () => {
    for (const each of opened.toReversed()) await each();
  };
  try {
    const outbox = createOutbox(ctx, client);
    const subscription = subscribe(ctx, client, outbox);
    if (config.healthPort !== undefined && metrics) {
      const health = await serveHealth(ctx, client, { port: config.healthPort, host: config.healthHost }, metrics);
      opened.push(() => health.close());
    }
    const ready = new Promise<void>((resolve) => void client.once(Events.ClientReady, () => resolve()));
    await chooseShards(config, client);
    await client.login(config.token);
    await Promise.race([ready, lost]);
    if (!client.isReady()) throw new Error('the client is not ready after its ready event');
    opened.push(await sayRunning(ctx, shardsOf(client)));
    // By a clock that was wrong from the start nothing is written down.
    await confirmTime();
    await reconcileGuilds(ctx, presentGuilds(client));
    const heartbeat = startHeartbeat(ctx, client, outbox, confirmTime, clock.everyMinute ?? everyMinute);
    const deployment = servesFirstShard(db) ? startDeployment(ctx, client, commands) : undefined;
    if (deployment) await within(deployment.tried, longestDeployMs);
    log.info({ guilds: client.guilds.cache.size, shards: client.ws.shards.size }, 'ready');
    // What a former run still owes goes out at once.
    outbox.wake();
    void prepareZones(clock.now().epochMilliseconds);
    return {
      lost,
      tick: () => heartbeat.beat(),
      async stop() {
        deployment?.stop();
        const inHand = Promise.all([subscription.stop(), heartbeat.stop(), outbox.stop()]);
        if (!(await within(inHand, longestStopMs)))
          log.warn('stopping with work in hand: it is done at the next start');
        await close();
        log.info('stopped');
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Waits for something, but no longer than this. @returns false when it took longer; what it comes to then is nobody's. */
async function within(work: Promise<unknown>, ms: number): Promise<boolean> {
  return await Promise.race([work.then(() => true), delay(ms, false, { ref: false })]);
}

/** Codes of a file or folder that cannot be used as it is; trying again does not help. */
const unusableFile = /^(EACCES|EEXIST|EISDIR|ENOTDIR|ENOENT|EPERM|EROFS|SQLITE_(CANTOPEN|READONLY|NOTADB|PERM)\w*)$/;

/** @throws ConfigError when the path is at fault. */
async function openConfigured({ database }: Config, onLost: (trouble: StorageTrouble) => void) {
  try {
    return await openDatabase(database, onLost);
  } catch (error) {
    const code = String((error as { code?: unknown }).code);
    if (!unusableFile.test(code)) throw error;
    throw new ConfigError(
      `DATABASE_URL names ${database}, which cannot be opened for writing as a database (${code}). Choose a file in a folder that this user may write to.`,
    );
  }
}

function presentGuilds(client: Client<true>): PresentGuild[] {
  return client.guilds.cache.map((guild) => ({
    id: guild.id,
    has: guild.available ? (id: string) => guild.channels.cache.has(id) || guild.roles.cache.has(id) : undefined,
  }));
}
