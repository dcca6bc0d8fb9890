/**
 * A storm over posts: the bot is killed (SIGKILL) again and again between the moment slots come due and the moment Discord
 * has them, at requests held on either side of their effect and at moments drawn by chance, also while it is making up
 * for the last kill. After each kill Discord refuses one request, with every code of the table in turn, and loses one:
 * a cut connection or an error, before or after the request was carried out. Afterwards every slot must have been posted,
 * once, and published once where that was asked, and no schedule may rest. They go to channels, to a thread, and to a forum,
 * where each is a post of its own with the chosen tag.
 * Now and then any request is lost, also the one that asks for the time; the machine's clock jumps ahead or back, with
 * Discord out of reach or not; and the machine sleeps for hours, after which the last slot is posted and those before it
 * are kept as skipped.
 * Where a small disk can be made (Linux, as root) it is full now and then while posts come due.
 * Seeded: the same seed draws the same kills and faults.
 *
 *   node test/storm.ts [--kills 40] [--seed 1] [--seconds 3600]
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Channel } from '../sandbox/api.ts';
import { startBot } from '../sandbox/bot.ts';
import { startSandbox } from '../sandbox/index.ts';
import { openDatabase } from '../src/db/open.ts';
import { causes, treatmentOf } from '../src/delivery/refusals.ts';
import { insertSchedule } from '../src/db/schedules.ts';
import { listNextDue, nextDue } from '../src/posts/due.ts';
import { seededRandom } from './support/context.ts';
import { setUp } from './support/set-up.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '40' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '3600' },
  },
});
const mostKills = Number(values.kills);
/** Ends earlier on a slow machine, with as many kills as there were by then. */
const mostMs = Number(values.seconds) * 1000;
const random = seededRandom(Number(values.seed));
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

const cron = '0,30 * * * *';
const zone = 'America/New_York';
/** Longer than a claim holds (45 s): whoever comes next takes over what a killed process had in hand. */
const leaseOverMs = 46_000;
const announcementType = 5;
const forumType = 15;
const crossposted = 1;

const began = performance.now();
const folder = mkdtempSync(join(tmpdir(), 'preceptor-storm-'));
const disk = join(folder, 'disk');
mkdirSync(disk);
/** A disk of its own that can be filled; elsewhere that part of the storm is left out. */
const isSmall = process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', disk]).status === 0; // prettier-ignore
const giveDiskBack = () => isSmall && spawnSync('umount', ['-l', disk]);
process.on('exit', giveDiskBack);
const databaseFile = join(disk, 'preceptor.db');
const sandbox = await startSandbox();
const guild = sandbox.createGuild({ name: 'IMG Commons' });
const moderator = guild.join({ name: 'Imani', permissions: PermissionFlagsBits.ManageGuild });
const env = { LOG_LEVEL: 'warn' };
/** The whole bot only sets the guild up; what lies between due and delivered is killed. */
let bot = await startBot(sandbox, { databaseFile, env });
const module = new URL('support/post-bot.ts', import.meta.url).pathname;
let clockErrorMs = 0;
const start = () => startBot(sandbox, { databaseFile, module, env, clockError: () => clockErrorMs });
await sandbox.botReady();
await setUp(moderator, { timezone: zone });

const channels = [
  ...['tips-1', 'tips-2'].map((name) => guild.createChannel({ name })),
  guild.createChannel({ name: 'news', type: announcementType }),
];
const forum = guild.createChannel({ name: 'library', type: forumType, tags: [{ name: 'Tips' }] });
const thread = guild.openThread(channels[0] as Channel, 'Tips here, too');
interface Place {
  readonly channel_id: string;
  readonly parent_id?: string;
  readonly tag_id?: string;
}
/** Two schedules for each channel; the announcement channel publishes the first of its own. */
const places: readonly Place[] = [
  ...[...channels, ...channels].map(({ id }) => ({ channel_id: id })),
  { channel_id: thread.id, parent_id: channels[0]?.id ?? '' },
  { channel_id: forum.id, tag_id: guild.tagsOf(forum)[0]?.id ?? '' },
];
await bot.stop();
const startedAt = new Date(sandbox.clock.now()).toISOString();
await plan();
// A clean end leaves behind what Node has compiled: each of the many starts to come is quicker for it.
await (await start()).stop();
bot = await start();

/** A post for each place, every half hour. */
async function plan(): Promise<void> {
  const db = await openDatabase(databaseFile);
  await db.deleteFrom('schedules').execute();
  for (const [i, place] of places.entries()) {
    const schedule = {
      id: `storm-${i}`,
      guild_id: guild.id,
      kind: 'tip' as const,
      ...place,
      cron,
      zone,
      crosspost: i === 2 ? (1 as const) : (0 as const),
      state: 'active' as const,
      next_due_at: nextDue(cron, zone, startedAt) ?? null,
      created_at: startedAt,
      updated_at: startedAt,
    };
    await insertSchedule(db, schedule, 25);
  }
  await db.destroy();
}

/** Where the bot dies: on either side of the effect of a request, or whenever it happens. */
const points: Readonly<Record<string, RegExp>> = {
  post: /^POST \/channels\/\d+\/messages$/,
  publish: /^POST \/channels\/\d+\/messages\/\d+\/crosspost$/,
  look: /^GET \/channels\/\d+\/messages/,
  forum: /^POST \/channels\/\d+\/threads$/,
  'look in the forum': /^GET \/(guilds\/\d+\/threads\/active|channels\/\d+\/threads\/archived)/,
};
/** What is only asked for after an answer to this was lost. */
const lookedFor: Readonly<Record<string, string>> = { look: 'post', 'look in the forum': 'forum' };
const drawn = ['post', 'post', 'post', 'publish', 'look', 'forum', 'forum', 'look in the forum', 'any', 'any'];
const refusable = ['post', 'post', 'publish', 'look', 'forum', 'look in the forum'];
const tally = new Map<string, number>();
let lastNew = sandbox.clock.now();

/** The codes with which Discord refuses what is posted, one after the other; last one that nobody knows. */
const codes = [...Object.values(causes).flat(), 99_999];
const refusedWith = new Set<number>();
/** What is published need not be tried again after some of them: there the storm could not tell what is right. */
const isFinalFor = (code: number) => ['done', 'void'].includes(treatmentOf(String(code), 'crosspost').is);

/** The disk is full while posts come due: nothing is posted by half, and everything once there is space again. */
async function fillDisk(): Promise<void> {
  const filler = join(disk, 'filler');
  spawnSync('dd', ['if=/dev/zero', `of=${filler}`, 'bs=64k'], { stdio: 'ignore' });
  sandbox.clock.advance(untilNextSlot());
  await bot.tick().catch(() => undefined);
  rmSync(filler);
  full += 1;
  // Claims of what was sent and could not be noted run out.
  sandbox.clock.advance(leaseOverMs);
  await bot.tick();
}

const minuteMs = 60_000;
/** When the machine slept: what came due then, but for the last, is skipped. */
const asleep: { readonly from: string; readonly until: string }[] = [];
let full = 0;
let kills = 0;
for (; kills < mostKills && performance.now() - began < mostMs; kills += 1) {
  const point = pick(drawn);
  const afterEffect = random() < 0.5;
  // New slots, or the same again while the last kill is being made up for.
  const isNew = random() < 0.6 || sandbox.clock.now() - lastNew > 20 * 60_000;
  const route = points[point];
  const skip = point.includes('forum') ? 0 : Math.floor(random() * 4);
  const hold = route ? sandbox.fault({ kind: 'hold', route, skip, afterEffect }) : undefined;
  sandbox.clock.advance(isNew ? untilNextSlot() : leaseOverMs);
  if (isNew) lastNew = sandbox.clock.now();
  const done = bot.tick().then(() => false, () => false); // prettier-ignore
  const isHit = hold ? await Promise.race([hold.reached.then(() => true), done]) : await delay(random() * 120, true);
  await bot.kill();
  hold?.clear();
  const name = route ? (isHit ? `${point} ${afterEffect ? 'done' : 'asked'}` : 'idle') : 'any';
  count(name);
  bot = await start();
  await bot.tick();
  // A post that is killed at every turn for six hours is too late by then, and rightly skipped: now and then it is calm.
  if (isSmall && kills % 10 === 9) await fillDisk();
  if (kills % 5 === 4) {
    sandbox.clock.advance(leaseOverMs);
    await bot.tick();
  }
  await refuse(codes[kills % codes.length] as number);
  await lose();
  if (kills % 3 === 0) await loseAnything();
  if (kills % 3 === 1) await jump();
  if (kills % 6 === 2) await sleep();
}

/** The next heartbeat, a minute later. */
async function beat(): Promise<void> {
  sandbox.clock.advance(minuteMs);
  await bot.tick();
}

/** Right after a start any request may be lost on the way there or back, also the one that asks for the time. */
async function loseAnything(): Promise<void> {
  await bot.stop();
  const losses = Array.from({ length: 3 }, () =>
    sandbox.fault({ kind: 'cut', afterEffect: random() < 0.5, skip: Math.floor(random() * 6) }),
  );
  sandbox.clock.advance(untilNextSlot());
  lastNew = sandbox.clock.now();
  bot = await start();
  await bot.tick();
  for (const loss of losses) loss.clear();
  await beat();
  await calm();
  count('anything lost');
}

/** The machine's clock is wrong while slots come due; half the time Discord cannot be asked for the right time. */
async function jump(): Promise<void> {
  const isAway = random() < 0.5;
  const away = isAway ? sandbox.fault({ kind: 'cut', route: /^GET \/gateway$/, times: Infinity }) : undefined;
  clockErrorMs = pick([-26 * 60, -3 * 60, -20, 20, 40, 5 * 60, 3 * 24 * 60]) * minuteMs;
  await bot.tick();
  sandbox.clock.advance(untilNextSlot());
  lastNew = sandbox.clock.now();
  await bot.tick();
  if (random() < 0.3) {
    await bot.kill();
    bot = await start();
    await bot.tick();
  }
  away?.clear();
  await beat();
  const name = `clock ${clockErrorMs > 0 ? 'ahead' : 'behind'}${isAway ? ', Discord away' : ''}`;
  clockErrorMs = 0;
  await beat();
  await calm();
  count(name);
}

/** The machine is suspended for hours. */
async function sleep(): Promise<void> {
  const from = sandbox.clock.now();
  sandbox.clock.advance((2 + Math.floor(random() * 8)) * 30 * minuteMs);
  sandbox.clock.advance(untilNextSlot());
  await bot.tick();
  lastNew = sandbox.clock.now();
  asleep.push({ from: new Date(from).toISOString(), until: new Date(lastNew).toISOString() });
  await calm();
  count('asleep');
}

/** Nothing is looked for unless an answer was lost. */
function loseWhatIsLookedFor(point: string): void {
  const first = points[lookedFor[point] ?? ''];
  if (first) sandbox.fault({ kind: 'cut', route: first, afterEffect: random() < 0.5 });
}

/** One request of a new slot is refused, and the next half hour is as usual. */
async function refuse(code: number): Promise<void> {
  const point = pick(refusable.filter((each) => each !== 'publish' || !isFinalFor(code)));
  const status = pick([400, 403, 404] as const);
  const skip = point === 'post' ? Math.floor(random() * 6) : 0;
  const refusal = sandbox.fault({ kind: 'refusal', status, code, route: points[point] as RegExp, skip });
  loseWhatIsLookedFor(point);
  sandbox.clock.advance(untilNextSlot());
  lastNew = sandbox.clock.now();
  await bot.tick();
  await calm();
  const isHit = await Promise.race([refusal.reached.then(() => true), delay(0, false)]);
  refusal.clear();
  if (isHit) refusedWith.add(code);
  count(isHit ? `${point} refused` : 'idle');
}

/** One request is lost on the way there or back. */
async function lose(): Promise<void> {
  const point = pick(refusable);
  const fault = pick([{ kind: 'cut' }, { kind: 'error', status: 500 }, { kind: 'error', status: 503 }] as const);
  const afterEffect = random() < 0.5;
  loseWhatIsLookedFor(point);
  const loss = sandbox.fault({ ...fault, afterEffect, route: points[point] as RegExp });
  sandbox.clock.advance(untilNextSlot());
  lastNew = sandbox.clock.now();
  await bot.tick();
  await calm();
  const isHit = await Promise.race([loss.reached.then(() => true), delay(0, false)]);
  loss.clear();
  count(isHit ? `${point} lost` : 'idle');
}

/** What was refused is tried again within five minutes, what was lost within a second or two. */
async function calm(): Promise<void> {
  for (let i = 0; i < 4; i += 1) {
    sandbox.clock.advance(5.5 * 60_000);
    await bot.tick();
  }
}

function count(name: string): void {
  tally.set(name, (tally.get(name) ?? 0) + 1);
}

function untilNextSlot(): number {
  const halfHour = 30 * 60_000;
  return halfHour - (sandbox.clock.now() % halfHour) + 1_000;
}

// Calm again: the claims of the dead run out.
for (let i = 0; i < 5; i += 1) {
  sandbox.clock.advance(leaseOverMs);
  await bot.tick();
}
const endedAt = new Date(sandbox.clock.now()).toISOString();
await bot.stop();

const db = await openDatabase(databaseFile);
const slots = await db.selectFrom('slots').selectAll().execute();
const resting = await db.selectFrom('schedules').select('id').where('state', '<>', 'active').execute();
await db.destroy();
const due = listNextDue(cron, zone, startedAt, 100_000).filter((at) => at <= endedAt);
assert.equal(slots.length, due.length * places.length, 'every due time of every schedule is a slot');
assert.deepEqual(resting, [], 'no schedule rests because of a refusal that is over');
const isMissed = ({ due_at: at, schedule_id: id }: (typeof slots)[number]) =>
  asleep.some(
    ({ from, until }) =>
      at > from &&
      at <= until &&
      slots.some((other) => other.schedule_id === id && other.due_at > at && other.due_at <= until),
  );
const missed = slots.filter(isMissed);
for (const { due_at, state, why } of missed)
  assert.equal(`${state} ${why}`, 'skipped collapsed', `missed at ${due_at}`);
const kept = slots.filter((slot) => !isMissed(slot));
const unposted = kept.filter(({ state }) => state !== 'posted').map(({ due_at, state, why }) => `${due_at} ${state} ${why}`); // prettier-ignore
assert.deepEqual(unposted, [], 'every slot was posted');

const posts = guild.threads().filter(({ parentId }) => parentId === forum.id);
for (const post of posts) assert.deepEqual(post.tags, ['Tips'], `${post.name} has the chosen tag`);
const messages = [...channels, thread, ...posts].flatMap((place) => moderator.messages(place));
const refs = messages.map((message) => message.embeds.at(-1)?.footer?.text ?? message.embeds.at(-1)?.author?.url ?? '');
assert.equal(new Set(refs).size, refs.length, 'nothing was posted twice');
assert.equal(messages.length, kept.length, 'as many messages as slots that were not slept through');
for (const slot of kept) {
  assert.ok(messages.some(({ id }) => id === slot.message_id), `slot ${slot.id} knows its message`); // prettier-ignore
}
const published = new Set(messages.filter(({ flags }) => ((flags ?? 0) & crossposted) !== 0).map(({ id }) => id));
const asked = kept.filter(({ schedule_id: id }) => id === 'storm-2').map(({ message_id: id }) => id ?? '');
assert.deepEqual([...published].toSorted(), asked.toSorted(), 'what was to be published was, and nothing else');

await sandbox.close();
giveDiskBack();
rmSync(folder, { recursive: true });
const seconds = (performance.now() - began) / 1000;
const where = [...tally].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, n]) => `${n} ${name}`).join(', '); // prettier-ignore
console.log(
  `${kills} kills (${where}), ${isSmall ? `${full} times a full disk` : 'no disk to fill'}, in ${seconds.toFixed(0)} s`,
);
console.log(`Refused with ${refusedWith.size} of ${codes.length} codes.`);
console.log(`${kept.length} slots, each posted exactly once, ${missed.length} slept through; ${published.size} published. Seed ${values.seed}.`); // prettier-ignore
