import { Temporal } from 'temporal-polyfill';
import type { Kysely } from 'kysely';
import { parseConfig } from '../../src/config.ts';
import type { ActContext } from '../../src/discord/command.ts';
import { upsertGuild } from '../../src/db/guilds.ts';
import { openDatabase } from '../../src/db/open.ts';
import type { Schema } from '../../src/db/schema.ts';
import type { Random } from '../../src/ids.ts';
import { createLog } from '../../src/log.ts';
import { keyedHashWith } from '../../src/protection-key.ts';
import { createLanguages } from '../../src/texts/languages.ts';
import { toInstant } from '../../src/time.ts';
import { openEmpty, placeOf } from './postgres/database.ts';
import { testStart } from './time.ts';
import { texts as english } from '../../src/texts/en.ts';

/** A context with a real database in memory, a clock that the test moves, and chance that repeats itself. */
export interface TestContext extends ActContext {
  readonly db: Kysely<Schema>;
  /** Moves the clock forward (or back, when negative). */
  advance(by: { days?: number; hours?: number; minutes?: number; ms?: number }): void;
}

export const testGuildId = '900000000000000001';

/** Opens a test context at a fixed moment, with one guild (`testGuildId`) that is set up. */
export async function openTestContext(
  options: { at?: string; seed?: number; file?: string } = {},
): Promise<TestContext> {
  let ms = Temporal.Instant.from(options.at ?? testStart).epochMilliseconds;
  const db = await (options.file === undefined ? openEmpty() : openDatabase(await placeOf(options.file)));
  const ctx: TestContext = {
    config: parseConfig({ DISCORD_TOKEN: 'test', LOG_LEVEL: 'silent' }),
    db,
    languages: createLanguages(),
    keyedHash: keyedHashWith('a key for tests, as long as it has to be'),
    t: english,
    log: createLog('silent'),
    random: seededRandom(options.seed ?? 1),
    now: () => toInstant(Temporal.Instant.fromEpochMilliseconds(ms)),
    time: { isSure: () => true },
    advance(by) {
      const minutes = ((by.days ?? 0) * 24 + (by.hours ?? 0)) * 60 + (by.minutes ?? 0);
      ms += minutes * 60_000 + (by.ms ?? 0);
    },
  };
  await upsertGuild(db, {
    id: testGuildId,
    zone: 'America/Chicago',
    set_up_at: ctx.now(),
    mentoring_channel_id: '900000000000000002',
    staff_channel_id: '900000000000000003',
    mentor_role_id: '900000000000000004',
    mentee_role_id: '900000000000000005',
  });
  return ctx;
}

/** Mulberry32: a small generator that gives the same numbers for the same seed. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
