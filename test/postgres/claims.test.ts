import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Kysely } from 'kysely';
import { claimNotices } from '../../src/db/notices/claims.ts';
import { insertNotices, type NewNotice } from '../../src/db/notices/write.ts';
import { openDatabase } from '../../src/db/open.ts';
import { isOwnGuild, owned, serveShards } from '../../src/db/owned.ts';
import { takeInteraction, takePlaces } from '../../src/db/processes.ts';
import type { Schema } from '../../src/db/schema.ts';
import { shardOf } from '../../src/db/shards.ts';
import { claimDue } from '../../src/posts/claim.ts';
import { nextDue } from '../../src/posts/due.ts';
import { later } from '../../src/time.ts';
import { openTestContext, type TestContext } from '../support/context.ts';
import { onPostgres, placeOf, removePlace } from '../support/postgres/database.ts';

const file = 'claims';
let ctx: TestContext;
let other: Kysely<Schema>;
const guilds = Array.from({ length: 40 }, (_, i) => String((300_000_000n + BigInt(i)) << 22n));

describe.runIf(onPostgres)('two processes on one PostgreSQL', () => {
  beforeEach(async () => {
    ctx = await openTestContext({ file });
    other = await openDatabase(await placeOf(file));
    const rows = guilds.map((id) => ({ id, zone: 'Etc/UTC', set_up_at: ctx.now() }));
    await ctx.db.insertInto('guilds').values(rows).execute();
  });
  afterEach(async () => {
    await Promise.all([ctx.db.destroy(), other.destroy()]);
    await removePlace(file);
  });

  test('that claim at once take each notice once, and leave none', async () => {
    const notices = guilds.flatMap((guildId) =>
      Array.from({ length: 5 }, (_, i): NewNotice => ({ guildId, kind: 'member-roles', userId: String(i) })),
    );
    await ctx.db.transaction().execute((trx) => insertNotices(trx, ctx, notices));
    const until = later(ctx.now(), { minutes: 1 });
    const claimed: string[] = [];
    const take = async (db: Kysely<Schema>) => {
      const turn = { after: '', roomOf: () => 60, wasContested: false };
      for (;;) {
        const some = await claimNotices(db, ctx.now(), until, 15, 'people', turn);
        claimed.push(...some.map(({ id }) => id));
        if (some.length === 0 && !turn.wasContested) return;
      }
    };
    await Promise.all([take(ctx.db), take(other), take(ctx.db), take(other)]);
    expect(claimed).toHaveLength(notices.length);
    expect(new Set(claimed).size).toBe(notices.length);
  });

  test('that find the same posts due post each once', async () => {
    const due = nextDue('0 * * * *', 'Etc/UTC', ctx.now()) ?? null;
    const schedules = guilds.map((id) => ({
      id: `s${id}`,
      guild_id: id,
      kind: 'tip' as const,
      channel_id: '1',
      cron: '0 * * * *',
      zone: 'Etc/UTC',
      state: 'active' as const,
      next_due_at: due,
      created_at: ctx.now(),
      updated_at: ctx.now(),
    }));
    await ctx.db.insertInto('schedules').values(schedules).execute();
    ctx.advance({ hours: 1 });
    const owed = await Promise.all([claimDue(ctx), claimDue({ ...ctx, db: other }), claimDue(ctx)]);
    expect(owed.reduce((sum, one) => sum + one)).toBe(guilds.length);
    expect(await ctx.db.selectFrom('slots').select('id').execute()).toHaveLength(guilds.length);
  });

  test('share out the guilds as Discord does: each is one process’s', async () => {
    serveShards(ctx.db, { count: 3, own: [0, 2] });
    serveShards(other, { count: 3, own: [1] });
    const own = await ctx.db.selectFrom('guilds').select('id').$call(owned(ctx.db, 'id')).execute();
    const others = await other.selectFrom('guilds').select('id').$call(owned(other, 'guilds.id')).execute();
    expect([...own, ...others]).toHaveLength(guilds.length + 1);
    expect(own.every(({ id }) => shardOf(id, 3) !== 1 && isOwnGuild(ctx.db, id))).toBe(true);
    expect(others.every(({ id }) => shardOf(id, 3) === 1 && !isOwnGuild(ctx.db, id))).toBe(true);
  });

  test('answer an interaction once', async () => {
    const taken = await Promise.all([takeInteraction(ctx.db, '1', ctx.now()), takeInteraction(other, '1', ctx.now())]);
    expect(taken.toSorted()).toEqual([false, true]);
  });

  test('stand in one line for requests to Discord', async () => {
    const ahead: number[] = [];
    for (let i = 0; i < 10; i += 1) ahead.push(await takePlaces(i % 2 === 0 ? ctx.db : other, 5, 1000, 1000));
    // Fifty places of a second each; what passed meanwhile is less than that by far.
    expect(ahead.at(-1)).toBeGreaterThan(40_000);
    expect(ahead.at(-1)).toBeLessThan(45_001);
  });
});
