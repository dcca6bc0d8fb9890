import { type Client, Collection } from 'discord.js';
import { beforeEach, expect, test } from 'vitest';
import { upsertGuild } from '../../src/db/guilds.ts';
import { upsertMember } from '../../src/db/members.ts';
import { requestsPerMinute, sweep } from '../../src/jobs/sweep.ts';
import { openTestContext, type TestContext, testGuildId } from '../support/context.ts';

const smallId = '900000000000000900';
let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
  await upsertGuild(ctx.db, { id: smallId, zone: 'Etc/UTC', set_up_at: ctx.now() });
  for (let n = 0; n < 150; n += 1) await join(testGuildId, `${n}`);
  await join(smallId, 'only');
  ctx.advance({ days: 8 });
  return async () => await ctx.db.destroy();
});

const join = (guildId: string, userId: string) =>
  upsertMember(ctx.db, { guild_id: guildId, user_id: userId, zone: 'Etc/UTC', created_at: ctx.now() });

/** Two guilds in which everybody is; what is asked about them is written down. */
function watch(): { asked: string[]; client: Client<true> } {
  const asked: string[] = [];
  const guild = (id: string) => ({
    id,
    available: true,
    channels: { cache: new Collection() },
    roles: { cache: new Collection() },
    members: {
      me: null,
      fetch({ user }: { user: string }) {
        asked.push(`${id}:${user}`);
        return Promise.resolve({ joinedTimestamp: 0, roles: { cache: new Collection() } });
      },
    },
  });
  const cache = new Collection([testGuildId, smallId].map((id) => [id, guild(id)]));
  return { asked, client: { guilds: { cache } } as unknown as Client<true> };
}

test('a beat asks no more than it may, and a small server does not wait behind a large one', async () => {
  const { asked, client } = watch();
  await sweep.run(ctx, client);
  expect(asked).toHaveLength(requestsPerMinute);
  expect(asked).toContain(`${smallId}:only`);
});

test('everybody is looked for once, however many beats that takes, and then nobody for days', async () => {
  const { asked, client } = watch();
  for (let beat = 0; beat < 3; beat += 1) {
    await sweep.run(ctx, client);
    ctx.advance({ minutes: 1 });
  }
  expect(new Set(asked).size).toBe(151);
  for (let hour = 0; hour < 48; hour += 1) {
    ctx.advance({ hours: 1 });
    await sweep.run(ctx, client);
  }
  expect(asked).toHaveLength(151);
});

test('another process goes on where one was killed', async () => {
  const first = watch();
  await sweep.run(ctx, first.client);
  ctx.advance({ minutes: 1 });
  const second = watch();
  for (let beat = 0; beat < 2; beat += 1) await sweep.run(ctx, second.client);
  expect(new Set([...first.asked, ...second.asked]).size).toBe(151);
  expect(second.asked.filter((one) => first.asked.includes(one))).toEqual([]);
});
