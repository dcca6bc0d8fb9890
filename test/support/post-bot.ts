/**
 * The part of the bot that lies between due and delivered, as a process of its own: the database, the claims of the
 * heartbeat and the outbox, without gateway and commands. It starts in a fraction of the time, for tests that kill it a
 * thousand times.
 */
import { createTimekeeper } from '../../src/clock.ts';
import { parseConfig } from '../../src/config.ts';
import type { Context } from '../../src/context.ts';
import { openDatabase } from '../../src/db/open.ts';
import { serveShards } from '../../src/db/owned.ts';
import { createClient } from '../../src/discord/client.ts';
import { askTime } from '../../src/discord/time.ts';
import { createOutbox } from '../../src/delivery/outbox.ts';
import { secureRandom } from '../../src/ids.ts';
import { openKeyedHash } from '../../src/protection-key.ts';
import { createLog } from '../../src/log.ts';
import { claimDue } from '../../src/posts/claim.ts';
import { createLanguages } from '../../src/texts/languages.ts';
import type { Clock } from '../../src/time.ts';

/** As `startBot` of `src/bot.ts`. */
export async function startBot(env: Readonly<Record<string, string | undefined>>, clock: Clock) {
  const config = parseConfig(env);
  const db = await openDatabase(config.database);
  if (config.shards && config.shardCount) serveShards(db, { count: config.shardCount, own: config.shards });
  const log = createLog(config.logLevel);
  const time = createTimekeeper(clock);
  const ctx: Context = {
    config,
    db,
    log,
    random: secureRandom,
    now: time.now,
    time,
    languages: createLanguages(),
    keyedHash: await openKeyedHash(db, config, time.now()),
  };
  const client = createClient(config);
  const outbox = createOutbox(ctx, client);
  return {
    async tick() {
      await time.confirm(() => askTime(client));
      if (time.isSure()) await claimDue(ctx);
      await outbox.deliverDue();
    },
    async stop() {
      await outbox.stop();
      await client.destroy();
      await db.destroy();
    },
  };
}
