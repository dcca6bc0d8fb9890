import { Events } from 'discord.js';
import { commands } from './commands/index.ts';
import { parseConfig } from './config.ts';
import type { Context } from './context.ts';
import { openDatabase } from './db/open.ts';
import { createClient } from './discord/client.ts';
import { deployCommands } from './discord/deploy.ts';
import { createOutbox } from './discord/outbox.ts';
import { subscribe } from './events/index.ts';
import { serveHealth } from './health.ts';
import { startHeartbeat } from './jobs/index.ts';
import { createLog } from './log.ts';
import { secureRandom } from './ids.ts';
import { type Clock, systemClock, toInstant } from './time.ts';

/** A running bot. */
export interface Bot {
  /** Does now what the next heartbeat would do, and resolves when it is done. */
  tick(): Promise<void>;
  /** Finishes what is in hand, then leaves Discord and closes the database. */
  stop(): Promise<void>;
}

/**
 * Starts the bot: config → database → context → client → events → login → commands → jobs.
 * @param env environment variables, see `.env.example`.
 * @throws ConfigError when a setting is missing or wrong; whatever the database or Discord refuse.
 */
export async function startBot(
  env: Readonly<Record<string, string | undefined>>,
  clock: Clock = systemClock,
): Promise<Bot> {
  const config = parseConfig(env);
  const log = createLog(config.logLevel);
  const db = await openDatabase(config.databaseFile);
  const ctx: Context = { config, db, log, random: secureRandom, now: () => toInstant(clock.now()) };
  const client = createClient(config);
  const outbox = createOutbox(ctx, client);
  subscribe(ctx, client, outbox);

  try {
    const ready = new Promise<void>((resolve) => void client.once(Events.ClientReady, () => resolve()));
    await client.login(config.token);
    await ready;
    if (!client.isReady()) throw new Error('the client is not ready after its ready event');
    await deployCommands(ctx, client, commands);
    const heartbeat = startHeartbeat(ctx, client, outbox);
    const health = config.healthPort === undefined ? undefined : await serveHealth(ctx, client, config.healthPort);
    log.info({ guilds: client.guilds.cache.size }, 'ready');
    // What a former run still owes goes out at once.
    outbox.wake();
    return {
      tick: () => heartbeat.beat(),
      async stop() {
        await heartbeat.stop();
        await outbox.stop();
        await health?.close();
        await client.destroy();
        await db.destroy();
        log.info('stopped');
      },
    };
  } catch (error) {
    await client.destroy();
    await db.destroy();
    throw error;
  }
}
