/** How each kind of delivery is brought about, and what a person sees of it. */
import type { Client } from 'discord.js';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { parseConfig } from '../../src/config.ts';
import { announcementKey, insertAnnouncement } from '../../src/db/announcements.ts';
import { upsertMember } from '../../src/db/members.ts';
import type { NoticeKind } from '../../src/db/notice-kinds.ts';
import { upsertProfile } from '../../src/db/profiles.ts';
import { createOutbox, type Outbox } from '../../src/delivery/outbox.ts';
import type { Delivery } from '../../src/delivery/refusals.ts';
import { createClient } from '../../src/discord/client.ts';
import { newId } from '../../src/ids.ts';
import { claimDue } from '../../src/posts/claim.ts';
import { addSchedule } from '../../src/posts/schedules.ts';
import { epochMs, later } from '../../src/time.ts';
import { openTestContext, type TestContext, testGuildId } from '../support/context.ts';
import { posterOf } from '../support/poster.ts';
import { startTinyDiscord, type TinyDiscord } from '../support/tiny-discord.ts';
import { insertNotice, type NewNotice, reviseNotices } from '../../src/db/notices/write.ts';

export const mentoring = '900000000000000002';
const staff = '900000000000000003';
const menteeRole = '900000000000000005';
const chosen = '900000000000000021';
export const ada = '800000000000000011';
export const omar = '800000000000000012';
export const imani = '800000000000000013';
const by = posterOf({ guildId: testGuildId, userId: imani });

export let discord: TinyDiscord;
export let ctx: TestContext;
let outbox: Outbox;
let client: Client;
let startedAt: string;
/** When the session of an event that is changed begins now. */
let movedTo: string;

/** A small Discord, a database and an outbox for the file that calls this; after each test all of it is forgotten. */
export function eachFromNothing(): void {
  beforeAll(async () => {
    discord = await startTinyDiscord({ channels: [mentoring, staff, chosen] });
    ctx = await openTestContext();
    Object.assign(ctx, {
      config: parseConfig({ DISCORD_TOKEN: 'test', LOG_LEVEL: 'silent', DISCORD_API_URL: discord.apiUrl }),
    });
    discord.now = () => ctx.now();
    discord.guildOwnerId = imani;
    startedAt = ctx.now();
  });
  beforeEach(open);
  afterEach(async () => {
    await close();
    await startOver();
  });
  afterAll(async () => {
    await ctx.db.destroy();
    await discord.close();
  });
}

export function open(): void {
  client = createClient(ctx.config);
  outbox = createOutbox(ctx, client);
}
export async function close(): Promise<void> {
  await outbox.stop();
  await client.destroy();
}

async function owe(notice: NewNotice): Promise<void> {
  await ctx.db.transaction().execute((trx) => insertNotice(trx, ctx, notice));
}
async function revise(id: string, kind: NoticeKind): Promise<void> {
  await ctx.db.transaction().execute((trx) => reviseNotices(trx, id, kind, ctx.now()));
}
async function join(userId: string): Promise<void> {
  await upsertMember(ctx.db, { guild_id: testGuildId, user_id: userId, zone: 'Asia/Karachi', created_at: ctx.now() });
}
async function register(userId: string, role: 'mentor' | 'mentee'): Promise<string> {
  await join(userId);
  const id = newId(ctx.random);
  const answers = { specialties: ['neurology'], stage: 'applying', languages: ['en'], topics: ['interviews'] };
  const more = { about: 'Likes rounds', capacity: role === 'mentor' ? 1 : 0, acceptsFrom: null, priority: null };
  const verification = role === 'mentor' ? 'waiting' : 'none';
  const whose = { guildId: testGuildId, userId, role };
  await upsertProfile(ctx.db, whose, { ...answers, ...more }, { id, verification }, ctx.now());
  return id;
}

/** Time passes, and everything that becomes due in it is tried. */
export async function pass(ms: number): Promise<void> {
  const end = epochMs(ctx.now()) + ms;
  for (;;) {
    await outbox.deliverDue();
    const owed = await ctx.db.selectFrom('notices').select('due_at').where('state', '=', 'owed').execute();
    const next = Math.min(...owed.map(({ due_at: at }) => epochMs(at)).filter((at) => at > epochMs(ctx.now())));
    ctx.advance({ ms: Math.min(next, end) - epochMs(ctx.now()) });
    if (next >= end) break;
  }
  await outbox.deliverDue();
}

export const alertTitle = 'Preceptor needs a moderator';
export const messagesIn = (channel: string) => discord.messages.filter(({ channel_id: id }) => id === channel);
export const alerts = () => messagesIn(staff).filter(({ embeds }) => embeds[0]?.title === alertTitle).length;
const edits = () => discord.messages.reduce((sum, message) => sum + message.edits, 0);

/** How one kind of delivery is brought about, at which request it is refused, and what a person sees of it. */
export interface Play {
  readonly kind: NoticeKind;
  readonly route: RegExp;
  owe(): Promise<void>;
  /** How often people see what was to be delivered. */
  seen(): number;
}

async function oweRequest(): Promise<string> {
  await Promise.all([join(ada), join(omar)]);
  const id = newId(ctx.random);
  const pair = { mentee_id: omar, mentor_id: ada, guild_id: testGuildId };
  const times = { created_at: ctx.now(), sent_at: ctx.now(), expires_at: later(ctx.now(), { days: 7 }) };
  await ctx.db
    .insertInto('requests')
    .values({ id, ...pair, ...times, state: 'pending', message: 'Hello' })
    .execute();
  await owe({ guildId: testGuildId, kind: 'request-received', userId: ada, subjectId: id });
  return id;
}
async function oweCard(): Promise<string> {
  const id = await register(ada, 'mentor');
  await owe({ guildId: testGuildId, kind: 'mentor-review', subjectId: id });
  return id;
}
async function oweAnnouncement(): Promise<string> {
  await join(imani);
  const id = newId(ctx.random);
  const at = ctx.now();
  const words = { title: 'Office hours', text: 'On Monday.', link: null, image_url: null };
  const times = { at, zone: 'Etc/UTC', created_at: at, updated_at: at };
  const where = { guild_id: testGuildId, author_id: imani, sender_id: imani, channel_id: chosen, role_id: null };
  await insertAnnouncement(ctx.db, { id, ...where, ...words, ...times, state: 'scheduled' });
  await owe({ guildId: testGuildId, kind: 'announcement', subjectId: id, dedupeKey: announcementKey(id) });
  return id;
}
async function owePost(): Promise<string> {
  const { schedule } = await addSchedule(ctx, by, { kind: 'tip', channelId: chosen, cron: '0 9 * * 1' });
  ctx.advance({ ms: epochMs(schedule.next_due_at ?? ctx.now()) - epochMs(ctx.now()) });
  await claimDue(ctx);
  return schedule.id;
}

async function oweThread(): Promise<string> {
  await Promise.all([join(ada), join(omar)]);
  const id = newId(ctx.random);
  const times = { started_at: ctx.now(), due_at: later(ctx.now(), { days: 84 }) };
  const pair = { guild_id: testGuildId, mentor_id: ada, mentee_id: omar };
  await ctx.db
    .insertInto('mentorships')
    .values({ id, ...pair, ...times, state: 'active' })
    .execute();
  await owe({ guildId: testGuildId, kind: 'mentorship-thread', subjectId: id });
  return id;
}

const threadOfTwo = '700000000000000099';
/** A pair that has its thread, and times that were proposed in it. */
async function oweMeeting(): Promise<void> {
  await Promise.all([join(ada), join(omar)]);
  discord.channels.add(threadOfTwo);
  const [id, at] = [newId(ctx.random), ctx.now()];
  const pair = { guild_id: testGuildId, mentor_id: ada, mentee_id: omar, thread_id: threadOfTwo };
  await ctx.db
    .insertInto('mentorships')
    .values({ id, ...pair, started_at: at, due_at: later(at, { days: 84 }), state: 'active' })
    .execute();
  const options = JSON.stringify([later(at, { days: 2 })]);
  const proposal = { state: 'proposed', proposed_by: 'mentor', proposed_at: at, minutes: 30, options } as const;
  await ctx.db
    .insertInto('meetings')
    .values({ id, guild_id: testGuildId, mentorship_id: id, series_id: id, ...proposal })
    .execute();
  await owe({ guildId: testGuildId, kind: 'meeting-thread', subjectId: id, detail: { part: 'proposed' } });
}

/** A session of a group that is listed openly, where moderators want those among the server's events. */
async function oweEvent(): Promise<string> {
  const [id, at] = [newId(ctx.random), ctx.now()];
  await ctx.db.updateTable('guilds').set({ study_events: 1, study_voice_channel_id: '900000000000000077' }).execute();
  const about = { id, guild_id: testGuildId, kind: 'exam', topic: 'step-1', place: '', state: 'active', target: null } as const; // prettier-ignore
  await ctx.db
    .insertInto('study_groups')
    .values({
      ...about,
      languages: '["en"]',
      size: 4,
      sessions: 1,
      minutes: 60,
      about: '',
      is_listed: 1,
      created_at: at,
    })
    .execute();
  const times = { starts_at: later(at, { days: 5 }), ends_at: later(at, { days: 5, hours: 1 }) };
  await ctx.db
    .insertInto('group_sessions')
    .values({ id, group_id: id, guild_id: testGuildId, ...times, is_extra: 0, state: 'planned' })
    .execute();
  await owe({ guildId: testGuildId, kind: 'session-event', subjectId: id });
  return id;
}

export const plays: Readonly<Record<Delivery, Play>> = {
  letter: {
    kind: 'request-received',
    route: /^POST .*\/channels\/6\d+\/messages$/,
    owe: async () => void (await oweRequest()),
    seen: () => discord.dmsOf(ada).length,
  },
  'staff-card': {
    kind: 'mentor-review',
    route: new RegExp(`^POST .*/channels/${staff}/messages$`),
    owe: async () => void (await oweCard()),
    seen: () => messagesIn(staff).length - alerts(),
  },
  mention: {
    kind: 'inbox-mention',
    route: new RegExp(`^POST .*/channels/${mentoring}/messages$`),
    async owe() {
      await oweRequest();
      await ctx.db.updateTable('notices').set({ state: 'undeliverable' }).execute();
      await owe({ guildId: testGuildId, kind: 'inbox-mention', userId: ada });
    },
    seen: () => messagesIn(mentoring).length,
  },
  post: {
    kind: 'post',
    route: new RegExp(`^POST .*/channels/${chosen}/messages$`),
    owe: async () => void (await owePost()),
    seen: () => messagesIn(chosen).length,
  },
  announcement: {
    kind: 'announcement',
    route: new RegExp(`^POST .*/channels/${chosen}/messages$`),
    owe: async () => void (await oweAnnouncement()),
    seen: () => messagesIn(chosen).length,
  },
  roles: {
    kind: 'member-roles',
    route: /^PUT .*\/roles\//,
    async owe() {
      await register(omar, 'mentee');
      await owe({ guildId: testGuildId, kind: 'member-roles', userId: omar });
    },
    seen: () => (discord.roles.get(omar)?.has(menteeRole) ? 1 : 0),
  },
  thread: {
    kind: 'mentorship-thread',
    route: /^POST .*\/threads$/,
    owe: async () => void (await oweThread()),
    seen: () => discord.threads.filter(({ id, members }) => members.size === 3 && messagesIn(id).length === 1).length,
  },
  'thread-members': {
    kind: 'thread-members',
    route: /^GET .*\/channels\/7\d+$/,
    async owe() {
      const id = await oweThread();
      await outbox.deliverDue();
      discord.threads[0]?.members.delete(ada);
      await owe({ guildId: testGuildId, kind: 'thread-members', subjectId: id });
    },
    seen: () => (discord.threads[0]?.members.has(ada) ? 1 : 0),
  },
  pair: {
    kind: 'meeting-thread',
    route: /^POST .*\/channels\/7\d+\/messages$/,
    owe: oweMeeting,
    seen: () => messagesIn(threadOfTwo).length,
  },
  crosspost: {
    kind: 'crosspost',
    route: /^POST .*\/crosspost$/,
    owe: () => owe({ guildId: testGuildId, kind: 'crosspost', detail: { channelId: chosen, messageId: '5' } }),
    seen: () => discord.published.size,
  },
  removal: {
    kind: 'exam-removal',
    route: /^DELETE .*\/messages\/5$/,
    owe: async () => {
      await ctx.db.updateTable('guilds').set({ hide_exam_content: 1 }).execute();
      await owe({
        guildId: testGuildId,
        kind: 'exam-removal',
        userId: ada,
        detail: { channelId: chosen, messageId: '5', caseId: 'none' },
      });
    },
    seen: () => discord.removed.size,
  },
  event: {
    kind: 'session-event',
    route: /^POST .*\/scheduled-events$/,
    owe: async () => void (await oweEvent()),
    seen: () => discord.events.length,
  },
  'event-change': {
    kind: 'session-event',
    route: /^PATCH .*\/scheduled-events\//,
    async owe() {
      const id = await oweEvent();
      await outbox.deliverDue();
      const [made] = discord.events;
      movedTo = later(made?.scheduled_start_time ?? ctx.now(), { minutes: 30 });
      await ctx.db.updateTable('group_sessions').set({ starts_at: movedTo }).execute();
      await revise(id, 'session-event');
    },
    seen: () => discord.events.filter((each) => each.scheduled_start_time === movedTo).length,
  },
  'letter-correction': {
    kind: 'request-received',
    route: /^PATCH /,
    async owe() {
      const id = await oweRequest();
      await outbox.deliverDue();
      await ctx.db.updateTable('requests').set({ state: 'withdrawn' }).execute();
      await revise(id, 'request-received');
    },
    seen: edits,
  },
  'channel-correction': {
    kind: 'mentor-review',
    route: /^PATCH /,
    async owe() {
      const id = await oweCard();
      await outbox.deliverDue();
      await revise(id, 'mentor-review');
    },
    seen: edits,
  },
  'announcement-correction': {
    kind: 'announcement',
    route: /^PATCH /,
    async owe() {
      const id = await oweAnnouncement();
      await outbox.deliverDue();
      await revise(id, 'announcement');
    },
    seen: edits,
  },
};

/** Forgets everything, between two plays. The clock goes back, so that no fact of the library has become old. */
export async function startOver(): Promise<void> {
  discord.clearFaults();
  ctx.advance({ ms: epochMs(startedAt) - epochMs(ctx.now()) });
  for (const list of [discord.requests, discord.bodies, discord.messages, discord.threads, discord.events])
    list.splice(0);
  for (const set of [discord.roles, discord.published, discord.removed]) set.clear();
  for (const table of [
    'notices',
    'slots',
    'schedules',
    'announcements',
    'group_sessions',
    'study_groups',
    'meetings',
    'mentorships',
    'requests',
    'profiles',
    'members',
  ] as const)
    // prettier-ignore
    await ctx.db.deleteFrom(table).execute();
}
