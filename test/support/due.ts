/** Guilds whose posts come due in the same minute. */
import type { Kysely } from 'kysely';
import { parseConfig } from '../../src/config.ts';
import type { Context } from '../../src/context.ts';
import type { Schema } from '../../src/db/schema.ts';
import { secureRandom } from '../../src/ids.ts';
import { createLog } from '../../src/log.ts';
import { nextDue } from '../../src/posts/due.ts';
import { keyedHashWith } from '../../src/protection-key.ts';
import { createLanguages } from '../../src/texts/languages.ts';
import type { Instant } from '../../src/time.ts';

const rowsAtOnce = 500;
const cron = '0 9 * * 1';
const zone = 'America/New_York';

/** Half a minute before nine on a Monday in New York, when all of them are due. */
export const beforeDue = '2026-11-23T13:59:30.000Z';
/** And a second after. */
export const afterDue = '2026-11-23T14:00:01.000Z';

/** Ids of so many guilds, spread over the shards. */
export function guildIds(count: number): string[] {
  return Array.from({ length: count }, (_, i) => String((BigInt(i) + 300_000_000n) << 22n));
}

/** Sets these guilds up, with a schedule each, which is due at nine. */
export async function seedDue(
  db: Kysely<Schema>,
  guilds: readonly { readonly id: string; readonly channelId: string }[],
): Promise<void> {
  const at = beforeDue;
  for (let from = 0; from < guilds.length; from += rowsAtOnce) {
    const some = guilds.slice(from, from + rowsAtOnce);
    await db.insertInto('guilds').values(some.map(({ id }) => ({ id, zone, set_up_at: at }))).execute(); // prettier-ignore
    await db
      .insertInto('schedules')
      .values(
        some.map(({ id, channelId }) => ({
          id: `s${id}`,
          guild_id: id,
          kind: 'tip' as const,
          channel_id: channelId,
          cron,
          zone,
          state: 'active' as const,
          next_due_at: nextDue(cron, zone, at) ?? null,
          created_at: at,
          updated_at: at,
        })),
      )
      .execute();
  }
}

/** What claims what is due, without a bot around it. */
export function claimerContext(db: Kysely<Schema>, now: () => Instant = () => afterDue): Context {
  return {
    config: parseConfig({ DISCORD_TOKEN: 'none', LOG_LEVEL: 'silent' }),
    db,
    languages: createLanguages(),
    keyedHash: keyedHashWith('a key of nobody’s, as long as it has to be'),
    log: createLog('silent'),
    random: secureRandom,
    now,
    time: { isSure: () => true },
  };
}
