import type { Client } from 'discord.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseConfig } from '../../src/config.ts';
import { createOutbox, type Outbox } from '../../src/delivery/outbox.ts';
import { createClient } from '../../src/discord/client.ts';
import { leaveGuild, returnToGuild } from '../../src/guild/guilds.ts';
import { endSession } from '../../src/study/sessions/press.ts';
import { movePlanned, planExtra } from '../../src/study/sessions/extra.ts';
import { closeAsModerator } from '../../src/study/groups/consent.ts';
import { setSessions } from '../../src/study/plan.ts';
import { saveStudy } from '../../src/study/settings.ts';
import { later } from '../../src/time.ts';
import type { TestContext } from '../support/context.ts';
import { startTinyDiscord, type TinyDiscord } from '../support/tiny-discord.ts';
import { activeGroup, by, guildId, openStudy, pass } from '../study/support.ts';

const voice = '900000000000000077';
const making = /^POST .*\/scheduled-events$/;

let discord: TinyDiscord;
let ctx: TestContext;
let client: Client;
let outbox: Outbox;
let group: string;

/** A group that is listed openly, with one session in three days. */
beforeEach(async () => {
  discord = await startTinyDiscord({ channels: ['900000000000000006'] });
  ctx = await openStudy();
  Object.assign(ctx, {
    config: parseConfig({ DISCORD_TOKEN: 'test', LOG_LEVEL: 'silent', DISCORD_API_URL: discord.apiUrl }),
  });
  discord.now = () => ctx.now();
  client = createClient(ctx.config);
  outbox = createOutbox(ctx, client);
  group = await activeGroup(ctx);
  await saveStudy(ctx, by('1'), { events: true, voiceChannelId: voice });
  await setSessions(ctx, by('1'), group, { openly: true });
  await planExtra(ctx, by('1'), group, later(ctx.now(), { days: 3 }));
});
afterEach(async () => {
  await outbox.stop();
  await client.destroy();
  await ctx.db.destroy();
  await discord.close();
});

const asked = (route: RegExp) => discord.requests.filter((request) => route.test(request)).length;
const session = async () =>
  (await ctx.db.selectFrom('group_sessions').select('id').where('state', '=', 'planned').executeTakeFirstOrThrow()).id;

test('a process that dies between the request and its answer leaves one event, which the next finds and keeps in line', async () => {
  discord.fault({ route: making, how: 'hold', afterEffect: true });
  const dying = createOutbox(ctx, client);
  dying.wake();
  await expect.poll(() => discord.events.length).toBe(1);
  // Meanwhile it is moved: what the next finds is another's event by its time, and this one's by its reference.
  await movePlanned(ctx, by('2'), await session(), later(ctx.now(), { days: 4 }));
  ctx.advance({ minutes: 2 });
  await outbox.deliverDue();
  ctx.advance({ minutes: 2 });
  await outbox.deliverDue();
  discord.letGo('cut');
  await dying.stop();
  expect(asked(making)).toBe(2);
  expect(discord.events.map((each) => each.scheduled_start_time.slice(0, 10))).toEqual([
    later(ctx.now(), { days: 4 }).slice(0, 10),
  ]);
});

test('a session that is called off, and a group that is closed, take their events with them; nothing is asked twice', async () => {
  await planExtra(ctx, by('1'), group, later(ctx.now(), { days: 5 }));
  await outbox.deliverDue();
  expect(discord.events).toHaveLength(2);
  await endSession(ctx, by('1'), await session());
  await outbox.deliverDue();
  expect(discord.events).toHaveLength(1);
  // A change of other things than the event asks nothing of Discord but whether it is there.
  await setSessions(ctx, by('1'), group, { shape: '25-5', openly: true });
  await outbox.deliverDue();
  expect(asked(/^PATCH .*scheduled-events/)).toBe(0);
  await closeAsModerator(ctx, by('9'), group);
  await outbox.deliverDue();
  expect(discord.events).toEqual([]);
});

test('an event that a moderator deletes stays away, and one whose bot was removed meanwhile goes once it is back', async () => {
  await planExtra(ctx, by('1'), group, later(ctx.now(), { days: 5 }));
  await outbox.deliverDue();
  const [first] = discord.events.splice(0, 1);
  await saveStudy(ctx, by('1'), { voiceChannelId: null });
  await outbox.deliverDue();
  expect(discord.events.map(({ id }) => id)).not.toContain(first?.id);
  expect(asked(making)).toBe(2);

  await leaveGuild(ctx, guildId);
  await pass(ctx, 6 * 24);
  await outbox.deliverDue();
  expect(discord.events).toHaveLength(1);
  await returnToGuild(ctx, guildId);
  await pass(ctx, 6);
  await outbox.deliverDue();
  expect(discord.events).toEqual([]);
});

test('without a study channel a session stands there all the same; what has begun before the bot could add it does not', async () => {
  await ctx.db.updateTable('guilds').set({ study_channel_id: null }).execute();
  await saveStudy(ctx, by('1'), { voiceChannelId: null });
  await outbox.deliverDue();
  const place = (event: unknown) => (event as { entity_metadata: { location: string } }).entity_metadata.location;
  expect(discord.events.map(place)).toEqual(['In this server']);
  discord.fault({ route: making, how: { status: 403, code: 50_013 }, times: Infinity });
  await planExtra(ctx, by('1'), group, later(ctx.now(), { hours: 1 }));
  await outbox.deliverDue();
  discord.clearFaults();
  ctx.advance({ hours: 7 });
  await outbox.deliverDue();
  expect(discord.events).toHaveLength(1);
});
