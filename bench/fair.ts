/**
 * How long somebody waits while others keep the bot busy, through the local Discord with its limit of 50 requests a second:
 * a person in an untouched server, beside fifty who act at once elsewhere; and a stranger's request to a mentor behind
 * settings of a large server and behind three matching rounds. And what one person can cost: requests, and the thread.
 *
 *   node bench/fair.ts [--seconds 8]
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Actor, Answer, GuildHandle } from '../sandbox/api.ts';
import { startBot } from '../sandbox/bot.ts';
import { startSandbox } from '../sandbox/index.ts';
import { openDatabase } from '../src/db/open.ts';
import { addCrowd } from '../test/support/crowd.ts';
import { ask, register, verify } from '../test/support/play.ts';
import { quantile, report } from './statistics.ts';
import { setUp } from '../test/support/set-up.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '8' } } });
const seconds = Number(values.seconds);
/** Discord gives three seconds for an answer; a stranger's message has as long. */
const longestWaitMs = 3_000;

const folder = mkdtempSync(join(tmpdir(), 'preceptor-fair-'));
const databaseFile = join(folder, 'preceptor.db');
const sandbox = await startSandbox({ limiter: true, reactionMs: 1, startAt: Date.parse('2026-11-23T12:00:00Z') });
const moderators = new Map<GuildHandle, Actor>();
function open(name: string): GuildHandle {
  const guild = sandbox.createGuild({ name });
  moderators.set(guild, guild.join({ name: `Moderator ${name}`, permissions: PermissionFlagsBits.ManageGuild }));
  return guild;
}
const moderatorOf = (guild: GuildHandle) => moderators.get(guild)!;
const [large, quiet, ...rounds] = ['large', 'quiet', 'round 1', 'round 2', 'round 3'].map(open) as [GuildHandle, ...GuildHandle[]]; // prettier-ignore
const bot = await startBot(sandbox, { databaseFile, env: { LOG_LEVEL: 'warn' } });
const settle = async () => {
  await bot.tick();
  await delay(1_100);
};

try {
  await sandbox.botReady();
  for (const guild of moderators.keys()) await setUp(moderatorOf(guild));
  await onePerson();
  await beside();
  await behindSettings();
  await behindRounds();
} finally {
  await bot.kill();
  await sandbox.close();
  rmSync(folder, { recursive: true });
}

/** A mentor and a mentee who have nothing to do with the rest; gives how long her request takes to reach him. */
async function stranger(guild: GuildHandle, name: string): Promise<() => Promise<number>> {
  const mentor = guild.join({ name: `Mentor ${name}` });
  const mentee = guild.join({ name: `Mentee ${name}` });
  await register(mentor, 'mentor', { stage: 'resident', capacity: 3 });
  await verify({ moderator: moderatorOf(guild) }, mentor);
  await register(mentee, 'mentee', {});
  await settle();
  return async () => {
    const before = mentor.dms().length;
    const from = performance.now();
    await ask(mentee, mentor);
    await sandbox.until('the message', () => mentor.dms().length > before, 150_000);
    return performance.now() - from;
  };
}

async function crowd(guild: GuildHandle, mentees: number, mentors: number): Promise<void> {
  const ids = guild.joinMany(mentees + mentors, `Member of ${guild.name}`).map(({ id }) => id);
  const db = await openDatabase(databaseFile);
  await addCrowd(db, guild.id, { mentees: ids.slice(mentors), mentors: ids.slice(0, mentors) });
  await db.destroy();
}

async function beside(): Promise<void> {
  const person = quiet!.join({ name: 'Noor' });
  const many = Array.from({ length: 50 }, (_, i) => large.join({ name: `Busy ${i}` }));
  const measure = async (until: number) => {
    const times: number[] = [];
    while (performance.now() < until) {
      const from = performance.now();
      await person.slash('inbox');
      times.push(performance.now() - from);
      // As a person would, and within what one person may do.
      await delay(120);
    }
    return times;
  };
  await measure(performance.now() + 1_000);
  const atRest = quantile(await measure(performance.now() + 5_000), 0.99);
  const until = performance.now() + seconds * 1_000;
  let [done, refused] = [0, 0];
  const busy = many.map(async (actor) => {
    while (performance.now() < until) {
      const answer: Answer = await actor.slash('inbox');
      done += 1;
      if (answer.text.includes('a lot in a short time')) refused += 1;
    }
  });
  const meanwhile = await measure(until);
  await Promise.all(busy);
  console.log(`\n50 members of one server act at once, each as soon as they are answered: ${done} acts in ${seconds} s, ${refused} of them put off`); // prettier-ignore
  report('a person in an untouched server, at rest: p99', atRest, 'ms');
  report('the same beside them: p99', quantile(meanwhile, 0.99), 'ms', { atMost: atRest + 100 });
  report('the same beside them: longest', Math.max(...meanwhile), 'ms');
  await delay(1_100);
}

async function behindSettings(): Promise<void> {
  const reach = await stranger(quiet!, 'of settings');
  await crowd(large, 1_600, 400);
  for (const verification of ['off', 'on', 'off']) await setUp(moderatorOf(large), { verification });
  console.log('\nA server with 2,000 members switches verification off, on and off');
  report('a stranger’s request reaches its mentor after', await reach(), 'ms', { atMost: longestWaitMs });
}

async function behindRounds(): Promise<void> {
  const others = rounds.slice(-3);
  const [elsewhere, within] = [await stranger(quiet!, 'of rounds'), await stranger(others[0]!, 'within')];
  for (const guild of others) {
    await crowd(guild, 600, 600);
    const moderator = moderatorOf(guild);
    await moderator.slash('round preview');
    const isPreview = () => moderator.ephemerals().some((one) => JSON.stringify(one).includes('Publish'));
    await sandbox.until('the preview', isPreview, 60_000);
    await moderator.slash('round publish');
    await moderator.press('Publish now');
  }
  assert.ok((await countPublished()) > 1_500, 'the rounds were published');
  console.log('\nThree servers publish a matching round of 600 pairs each');
  report('a stranger’s request in another server', await elsewhere(), 'ms', { atMost: longestWaitMs });
  report('a stranger’s request in one of the three', await within(), 'ms', { atMost: longestWaitMs });
}

async function countPublished(): Promise<number> {
  const db = await openDatabase(databaseFile);
  const rows = await db.selectFrom('requests').select('id').where('round_id', 'is not', null).execute();
  await db.destroy();
  return rows.length;
}

async function onePerson(): Promise<void> {
  const guild = open('one person');
  const moderator = moderatorOf(guild);
  await setUp(moderator);
  await moderator.press('Offer Tips', await moderator.slash('notify'));
  await settle();
  const hasty = guild.join({ name: 'Hasty' });
  const on = (await hasty.slash('notify')).message;
  const asked = (path: string) => sandbox.requests.filter((request) => request.path.includes(path)).length;
  for (let i = 0; i < 100; i += 1) {
    await hasty.forge({ kind: 'button', ...(on && { on }), customId: `notify-choose:tips:${i % 2 ? 'off' : 'on'}` });
  }
  await delay(11_000);
  await settle();
  console.log('\nOne person');
  report('presses a button of /notify 100 times: requests', asked(`/members/${hasty.id}`), '', { atMost: 20 });

  const mentor = guild.join({ name: 'Sought' });
  await register(mentor, 'mentor', { stage: 'resident', capacity: 3 });
  const db = await openDatabase(databaseFile);
  const at = new Date(sandbox.clock.now()).toISOString();
  const expiry = new Date(sandbox.clock.now() + 5 * 86_400_000).toISOString();
  const row = { guild_id: guild.id, mentor_id: mentor.id, state: 'pending' as const, message: 'Please', created_at: at, sent_at: at, expires_at: expiry }; // prettier-ignore
  const mentees = guild.joinMany(250, 'Mentee');
  await db.insertInto('requests').values(mentees.map(({ id }) => ({ ...row, id: `fair-${id}`, mentee_id: id }))).execute(); // prettier-ignore
  await db.destroy();
  const before = asked('/members/');
  await mentor.slash('inbox');
  report('opens /inbox with 250 waiting: requests', asked('/members/') - before, '', { atMost: 10 });

  const person = quiet!.join({ name: 'Waiting' });
  const typists = guild.joinMany(8, 'Typist');
  const typed = 'new york '.repeat(700).slice(0, 6_000);
  const all = typists.map((actor) => actor.slash('register mentee', { timezone: typed }).catch(() => undefined));
  const from = performance.now();
  await person.slash('inbox');
  report('eight send a time zone of 6,000 characters: another waits', performance.now() - from, 'ms', { atMost: 100 });
  await Promise.all(all);
}
