import { PermissionFlagsBits } from 'discord-api-types/v10';
import { beforeEach, describe, expect, it } from 'vitest';
import { startBot } from '../../sandbox/bot.ts';
import type { Channel } from '../../sandbox/api.ts';
import { updateGuild } from '../../src/db/guilds.ts';
import { findSchedule } from '../../src/db/schedules.ts';
import { claimDue } from '../../src/posts/claim.ts';
import { confirmContent, draftContent, retireContent, versionOf } from '../../src/posts/content/own.ts';
import { readTip } from '../../src/posts/content/write.ts';
import { addSchedule, editSchedule, pauseSchedule, resumeSchedule, runSchedule } from '../../src/posts/schedules.ts';
import { day, hour, minute } from '../support/play.ts';
import { settingsOf } from '../support/postgres/database.ts';
import { posterOf } from '../support/poster.ts';
import { ctx, eachBeforeNine, file, guild, outbox, reader, sandbox, staff } from './posting.ts';

const announcementType = 5;
const crossposted = 1;

let tips: Channel;

eachBeforeNine();
beforeEach(() => {
  tips = guild.createChannel({ name: 'tips' });
});

const by = () => posterOf({ guildId: guild.id, userId: reader.id }, { channel: { isNews: true } });
type Wanted = Partial<Parameters<typeof addSchedule>[2]>;
async function add(wanted: Wanted = {}): Promise<string> {
  const plan = { kind: 'tip', channelId: tips.id, cron: '0 9 * * 1', ...wanted } as const;
  return (await addSchedule(ctx, by(), plan)).schedule.id;
}
/** Time passes, and the heart beats. */
async function pass(ms: number): Promise<void> {
  sandbox.clock.advance(ms);
  await claimDue(ctx);
  await outbox.deliverDue();
}
const states = async () =>
  (await ctx.db.selectFrom('slots').selectAll().orderBy('due_at').execute()).map(({ state, why }) => why ?? state);
const stateOf = async (id: string) => (await findSchedule(ctx.db, guild.id, id))?.state;

describe('a tip that is due', () => {
  it('stands in its channel, mentions the role that was chosen, and its slot knows where it is', async () => {
    const role = guild.createRole({ name: 'Tips', mentionable: true });
    await add({ roleId: role.id });
    await pass(minute);
    const [message] = reader.messages(tips);
    expect(message?.content).toBe(`<@&${role.id}>`);
    expect(message?.mention_roles).toEqual([role.id]);
    const slot = await ctx.db.selectFrom('slots').selectAll().executeTakeFirstOrThrow();
    expect([slot.state, slot.channel_id, slot.message_id]).toEqual(['posted', tips.id, message?.id]);
    expect(slot.content_id).not.toBeNull();
  });

  it('is there once when the answer to it was lost', async () => {
    await add();
    sandbox.fault({ kind: 'cut', route: /messages$/, afterEffect: true });
    await pass(minute);
    expect(await states()).toEqual(['claimed']);
    await pass(20 * minute);
    expect(reader.messages(tips)).toHaveLength(1);
    expect(await states()).toEqual(['posted']);
  });

  it('is there once when the answer was lost and its schedule was sent to another channel meanwhile', async () => {
    const id = await add();
    const other = guild.createChannel({ name: 'other' });
    sandbox.fault({ kind: 'cut', route: /messages$/, afterEffect: true });
    await pass(minute);
    await editSchedule(ctx, by(), id, { channelId: other.id });
    await pass(20 * minute);
    expect([reader.messages(tips).length, reader.messages(other).length]).toEqual([1, 0]);
    expect(await states()).toEqual(['posted']);
  });

  it('goes where its schedule was sent before anything was tried', async () => {
    const id = await add();
    const other = guild.createChannel({ name: 'other' });
    sandbox.fault({ kind: 'rate-limit', route: /messages$/, retryAfterMs: 60_000 });
    await pass(minute);
    await editSchedule(ctx, by(), id, { channelId: other.id });
    sandbox.fault({ kind: 'cut', route: /messages$/, afterEffect: true });
    await pass(5 * minute);
    await editSchedule(ctx, by(), id, { channelId: tips.id });
    await pass(20 * minute);
    expect([reader.messages(tips).length, reader.messages(other).length]).toEqual([0, 1]);
  });

  it('is not posted any more when Discord was away until it was too late', async () => {
    await add();
    const outage = sandbox.fault({ kind: 'error', status: 503, route: /messages/, times: 1_000 });
    for (let i = 0; i < 7; i += 1) await pass(hour);
    expect(await states()).toEqual(['claimed']);
    outage.clear();
    await pass(hour);
    expect(await states()).toEqual(['late']);
    expect(reader.messages(tips)).toEqual([]);
  });

  it('is another when the server has retired the one that was chosen before it could be posted', async () => {
    await updateGuild(ctx.db, guild.id, { content_mix: 'guild' });
    const write = async (title: string) => {
      const words = readTip({ category: 'resilience', title, text: 'Two nights.', see: '' });
      const draft = await draftContent(ctx, by(), words);
      await confirmContent(ctx, by(), draft.id, versionOf(draft));
    };
    await write('Wrong');
    await add();
    sandbox.fault({ kind: 'rate-limit', route: /messages$/, retryAfterMs: 60_000 });
    await pass(minute);
    const chosen = await ctx.db.selectFrom('slots').selectAll().executeTakeFirstOrThrow();
    await retireContent(ctx, by(), chosen.content_id ?? '');
    await write('Right');
    await pass(20 * minute);
    expect(reader.messages(tips).map(({ embeds }) => embeds[0]?.title)).toEqual(['Right']);
  });

  it('is not posted when its schedule was paused before', async () => {
    const id = await add();
    sandbox.fault({ kind: 'rate-limit', route: /messages$/, retryAfterMs: 60_000 });
    await pass(minute);
    await pauseSchedule(ctx, by(), id);
    await pass(20 * minute);
    expect(reader.messages(tips)).toEqual([]);
    expect(await states()).toEqual(['stopped']);
  });

  it('differs from all before it until every tip was shown', async () => {
    await add({ cron: '0,30 * * * *' });
    for (let i = 0; i < 24; i += 1) await pass(30 * minute);
    const titles = reader.messages(tips).map(({ embeds }) => embeds[0]?.title);
    expect(titles).toHaveLength(24);
    expect(new Set(titles).size).toBe(24);
  });
});

describe('facts that are due for review', () => {
  it('are left out, and the moderators hear of it once', async () => {
    await add();
    await pass(1_043 * 7 * day);
    await pass(minute);
    for (let i = 0; i < 3; i += 1) await pass(7 * day);
    const shown = reader.messages(tips).flatMap(({ embeds }) => embeds.map(({ description }) => description ?? ''));
    expect(shown.length).toBeGreaterThanOrEqual(3);
    expect(shown.filter((text) => text.includes('Source: '))).toEqual([]);
    expect(reader.messages(staff)).toHaveLength(1);
    expect(reader.messages(staff)[0]?.embeds[0]?.description).toMatch(/review/);
  });
});

describe('a test of a schedule', () => {
  it('says that it is one, mentions nobody, and leaves slot and content for the real one', async () => {
    const role = guild.createRole({ name: 'Tips', mentionable: true });
    const id = await add({ roleId: role.id });
    await runSchedule(ctx, by(), id);
    await outbox.deliverDue();
    const [test] = reader.messages(tips);
    expect(test?.content).toMatch(/test/);
    expect(test?.mention_roles).toEqual([]);
    await pass(minute);
    expect(reader.messages(tips)).toHaveLength(2);
    expect(await states()).toEqual(['posted', 'posted']);
  });
});

describe('a schedule that cannot post', () => {
  it.each([
    ['because its channel is gone', 'channel-deleted', () => guild.deleteChannel(tips)],
    ['because it may not write there', 'channel-closed', () => guild.denyBot(PermissionFlagsBits.SendMessages, tips)],
  ] as const)('%s pauses, and the moderators hear of it once', async (_why, problem, happen) => {
    const id = await add({ cron: '0,30 * * * *' });
    const other = guild.createChannel({ name: 'other' });
    happen();
    await pass(minute);
    expect(await states()).toEqual([problem]);
    expect(await stateOf(id)).toBe('paused');
    for (let i = 0; i < 3; i += 1) await pass(hour);
    expect(reader.messages(staff)).toHaveLength(1);
    expect(reader.messages(staff)[0]?.embeds[0]?.description).toMatch(/paused/);

    // Mended, it goes on; broken again, they hear of it again.
    await editSchedule(ctx, by(), id, { channelId: other.id });
    await resumeSchedule(ctx, by(), id);
    await pass(30 * minute);
    expect(reader.messages(other)).toHaveLength(1);
    guild.deleteChannel(other);
    await pass(30 * minute);
    await pass(minute);
    expect(reader.messages(staff)).toHaveLength(2);
    sandbox.expectRefusal(({ code }) => [10_003, 50_001, 50_013].includes(code));
  });
});

describe('a schedule that the bot has put to rest', () => {
  const may = PermissionFlagsBits.SendMessages;
  const rest = async (wanted: Wanted = {}): Promise<string> => {
    const id = await add(wanted);
    guild.denyBot(may, tips);
    await pass(minute);
    expect(await stateOf(id)).toBe('paused');
    sandbox.expectRefusal(({ code }) => code === 50_013);
    return id;
  };

  it('posts what it owes as soon as it may, and goes on with its next time', async () => {
    const id = await rest();
    guild.allowBot(may, tips);
    await pass(6 * minute);
    expect(reader.messages(tips)).toHaveLength(1);
    expect(await stateOf(id)).toBe('active');
    await pass(7 * day);
    expect(reader.messages(tips)).toHaveLength(2);
    expect(reader.messages(staff)).toHaveLength(1);
  });

  it('is tried ever more rarely, and tells the moderators no second time', async () => {
    await rest();
    for (let i = 0; i < 24; i += 1) await pass(15 * minute);
    const tried = sandbox.requests.filter(({ method, path }) => method === 'POST' && path === `/channels/${tips.id}/messages`); // prettier-ignore
    expect(tried.length).toBeLessThan(10);
    expect(reader.messages(staff)).toHaveLength(1);
  });

  it('stays at rest when a moderator pauses it then', async () => {
    const id = await rest();
    await pauseSchedule(ctx, by(), id);
    guild.allowBot(may, tips);
    for (let i = 0; i < 8; i += 1) await pass(day);
    expect(reader.messages(tips)).toEqual([]);
    expect(await stateOf(id)).toBe('paused');
  });

  it('goes on in another channel without being told to', async () => {
    const id = await rest();
    const other = guild.createChannel({ name: 'other' });
    await editSchedule(ctx, by(), id, { channelId: other.id });
    await outbox.deliverDue();
    expect(reader.messages(other)).toHaveLength(1);
    expect(await stateOf(id)).toBe('active');
  });

  it('goes on when a test of it arrives', async () => {
    const id = await rest();
    guild.allowBot(may, tips);
    await runSchedule(ctx, by(), id);
    await outbox.deliverDue();
    expect(await stateOf(id)).toBe('active');
  });
});

describe('an announcement channel', () => {
  it('publishes what was asked for, ten times an hour at most, and nothing twice', async () => {
    const news = guild.createChannel({ name: 'news', type: announcementType });
    const published = () => reader.messages(news).filter(({ flags }) => ((flags ?? 0) & crossposted) !== 0).length;
    for (let i = 0; i < 12; i += 1) await add({ channelId: news.id, crosspost: true });
    await add({ channelId: news.id });
    sandbox.fault({ kind: 'cut', route: /crosspost$/, afterEffect: true });
    await pass(minute);
    await pass(20 * minute);
    expect(reader.messages(news)).toHaveLength(13);
    expect(published()).toBe(10);
    await pass(hour);
    await pass(hour);
    expect(published()).toBe(12);
    sandbox.expectRefusal(({ code }) => code === 40_033);
  });
});

describe('two processes on one database', () => {
  it('post every slot once', async () => {
    for (let i = 0; i < 10; i += 1) await add({ cron: '0,30 * * * *' });
    const module = new URL('../support/post-bot.ts', import.meta.url).pathname;
    const options = { env: await settingsOf(file), module };
    const bots = await Promise.all([startBot(sandbox, options), startBot(sandbox, options)]);
    for (let i = 0; i < 3; i += 1) {
      sandbox.clock.advance(30 * minute);
      await Promise.all(bots.map((bot) => bot.settled()));
    }
    // What one had claimed when the other found nothing is under way for a moment longer.
    await Promise.all(bots.map((bot) => bot.tick()));
    const refs = reader.messages(tips).map(({ embeds }) => embeds[0]?.footer?.text);
    expect(refs).toHaveLength(30);
    expect(new Set(refs).size).toBe(30);
    expect(await states()).toEqual(Array.from({ length: 30 }, () => 'posted'));
    await Promise.all(bots.map((bot) => bot.stop()));
  });
});
