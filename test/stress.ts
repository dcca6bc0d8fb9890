/**
 * Many people act at once in the same guilds, each of which two of four processes serve, so that both databases' turns are
 * needed at every step. Then the same while processes are killed at random, and while the database is away. Everybody must
 * be answered, nobody may read of a lock, and in the end every promise must hold and every message have arrived, once.
 * Seeded: the same seed draws the same acts. Where no PostgreSQL can be started it says so.
 *
 *   node test/stress.ts [--acts 5000] [--kills 100] [--away 10] [--at-once 12] [--seed 1]
 */
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Actor, Answer, APIMessage, GuildHandle } from '../sandbox/api.ts';
import type { BotProcess } from '../sandbox/bot.ts';
import { worldOf } from '../sandbox/index.ts';
import { openDatabase } from '../src/db/open.ts';
import { seededRandom } from './support/context.ts';
import { answeredTwice, type Done, type Fleet, openFleet, quantile } from './support/fleet.ts';
import { ask, day, isOpenRequest, minute, register } from './support/play.ts';

const { values } = parseArgs({
  options: {
    acts: { type: 'string', default: '5000' },
    kills: { type: 'string', default: '100' },
    away: { type: 'string', default: '10' },
    'at-once': { type: 'string', default: '12' },
    seed: { type: 'string', default: '1' },
  },
});
const [acts, kills, awaySeconds, atOnce] = [values.acts, values.kills, values.away, values['at-once']].map(Number) as [number, number, number, number]; // prettier-ignore
const random = seededRandom(Number(values.seed));
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

const processes = 4;
/** An answer that takes no longer is none of which anybody asks why. */
const slowMs = 1_000;
/** Each guild is served by two processes, and what is done in direct messages by two as well. */
const shardsOf = (process: number) => [process, (process + 1) % processes].toSorted((a, b) => a - b).join(',');
const mentorsOf = 4;
const menteesOf = 8;

interface Town {
  readonly guild: GuildHandle;
  readonly moderator: Actor;
  readonly mentors: readonly Actor[];
  readonly mentees: readonly Actor[];
}

async function play(fleet: Fleet): Promise<void> {
  const towns = await Promise.all(fleet.guilds.map((guild, i) => settle(guild, fleet.moderators[i]!)));
  await actUntil(fleet, towns, (done) => done >= acts, true);
  const quiet = fleet.done.slice();
  report('Together', quiet, 0);

  const killing = kills > 0 ? await killSome(fleet, towns) : [];
  // Where the database cannot say who answers, both do, and Discord takes the first.
  const double = answeredTwice(fleet);
  const away = awaySeconds > 0 ? await loseDatabase(fleet, towns) : [];

  // Calm again: claims of killed processes run out, retries come due.
  for (let i = 0; i < 4; i += 1) {
    fleet.sandbox.clock.advance(20 * minute);
    await Promise.all(fleet.bots.map((bot) => bot.tick()));
  }
  const faults = await findBroken(fleet, towns);
  const locked = fleet.bots.flatMap(({ log }) => log).filter((line) => /40P01|deadlock/.test(line));
  const refs = countRefs(fleet);
  const twice = [...refs.values()].filter((times) => times > 1).length;
  console.log(`${refs.size} messages arrived, ${twice} twice; ${faults.length} promises broken; ${locked.length} deadlocks.`); // prettier-ignore

  assert.deepEqual(faults, [], 'every promise holds');
  assert.equal(twice, 0, 'no message arrived twice');
  assert.deepEqual(locked, [], 'nobody waited for each other');
  assert.deepEqual(wrong(quiet, ['answered']), [], 'everybody was answered');
  assert.deepEqual(wrong(killing, ['answered', 'silence']), [], 'what a killed process leaves unanswered is all that people notice'); // prettier-ignore
  assert.deepEqual(wrong(away, ['answered', 'not stored']), [], 'that the database is away is said in words');
  // A process that may not run for a second cannot ask who answers.
  const starved = fleet.done.filter(({ isMachines, ms }) => isMachines && ms > slowMs).length;
  if (starved > 0)
    console.log(`${double} answered by two processes; this machine kept one waiting during ${starved} acts, so that is not counted.`); // prettier-ignore
  else assert.equal(double, 0, 'nobody was answered twice');
}

/** A guild with people who are registered, and mentors who are verified. */
async function settle(guild: GuildHandle, moderator: Actor): Promise<Town> {
  const people = (count: number, name: string) => Array.from({ length: count }, (_, i) => guild.join({ name: `${name} ${guild.name} ${i}` })); // prettier-ignore
  const [mentors, mentees] = [people(mentorsOf, 'Mentor'), people(menteesOf, 'Mentee')];
  for (const [i, mentor] of mentors.entries()) {
    await register(mentor, 'mentor', { stage: 'resident', capacity: 1 + (i % 3) });
    await moderator.slash('mentors verify', { member: mentor, level: 'resident', method: 'video-call' });
  }
  for (const mentee of mentees) await register(mentee, 'mentee', {});
  return { guild, moderator, mentors, mentees };
}

const hasButton = (label: string) => (message: APIMessage) =>
  JSON.stringify(message.components ?? []).includes(`"label":"${label}`);

/** One thing that somebody does; undefined where there is nothing of that kind to do just now. */
type Act = readonly [who: (town: Town) => Actor, work: (town: Town, who: Actor) => Promise<Answer | undefined>];

const byMentee = ({ mentees }: Town) => pick(mentees);
const byMentor = ({ mentors }: Town) => pick(mentors);
const byModerator = ({ moderator }: Town) => moderator;

/** Presses a button of some open request in this mentor's direct messages. */
async function answerSome(mentor: Actor, button: string): Promise<Answer | undefined> {
  const open = mentor.dms().filter((message) => isOpenRequest(message) && hasButton(button)(message));
  return open.length === 0 ? undefined : await mentor.press(button, pick(open));
}

const kinds: Readonly<Record<string, Act>> = {
  ask: [byMentee, ({ mentors }, mentee) => ask(mentee, pick(mentors))],
  find: [byMentee, (_, mentee) => mentee.slash('mentor find')],
  accept: [byMentor, (_, mentor) => answerSome(mentor, 'Accept')],
  decline: [
    byMentor,
    async (_, mentor) => {
      const form = await answerSome(mentor, 'Decline');
      return form?.kind === 'modal'
        ? await mentor.submit({ Reason: [pick(['no-place', 'not-my-area', 'away'])] })
        : form;
    },
  ],
  withdraw: [byMentee, ({ mentors }, mentee) => mentee.slash('mentor withdraw', { member: pick(mentors) })],
  end: [
    ({ mentors, mentees }) => pick([...mentors, ...mentees]),
    async (_, who) => {
      const asked = await who.slash('mentorship end', { reason: 'no-time' });
      return asked.message && hasButton('End it')(asked.message) ? await who.press('End it', asked) : asked;
    },
  ],
  join: [byMentee, (_, mentee) => mentee.forge({ customId: 'find-waitlist', kind: 'button' })],
  leave: [byMentee, (_, mentee) => mentee.forge({ customId: 'find-waitlist-leave', kind: 'button' })],
  pause: [byMentor, (_, mentor) => mentor.slash('profile pause', { role: 'mentor' })],
  resume: [byMentor, (_, mentor) => mentor.slash('profile resume', { role: 'mentor' })],
  verify: [byModerator, ({ mentors }, moderator) => moderator.slash('mentors verify', { member: pick(mentors), level: 'resident', method: 'video-call' })], // prettier-ignore
  suspend: [byModerator, ({ mentors }, moderator) => moderator.slash('mentors suspend', { member: pick(mentors) })],
  requests: [byMentee, (_, mentee) => mentee.slash('mentor requests')],
  home: [byMentee, (_, mentee) => mentee.slash('home')],
  inbox: [byMentor, (_, mentor) => mentor.slash('inbox')],
};

/** Asking and answering come before all else. */
const drawn = [...Object.keys(kinds), 'ask', 'ask', 'ask', 'ask', 'accept', 'accept', 'accept', 'accept', 'decline', 'end', 'verify', 'verify', 'resume']; // prettier-ignore

/** After so many acts a day passes in which nobody acts: what a week bounds goes on. */
const actsOfDay = 200;

/** Lets so many people act at once until it is enough, by how many acts there were. */
async function actUntil(
  fleet: Fleet,
  towns: readonly Town[],
  isEnough: (done: number) => boolean,
  daysPass = false,
): Promise<void> {
  const from = fleet.done.length;
  const sofar = () => fleet.done.length - from;
  for (let days = 1; !isEnough(sofar()); days += 1) {
    const busy = new Set<Actor>();
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        const until = daysPass ? days * actsOfDay : Infinity;
        while (!isEnough(sofar()) && sofar() < until) {
          const [town, kind] = [pick(towns), pick(drawn)];
          const [by, work] = kinds[kind]!;
          const who = by(town);
          if (busy.has(who)) {
            // A person does one thing at a time.
            await delay(5);
            continue;
          }
          busy.add(who);
          await fleet.act(kind, town.guild.name, () => work(town, who));
          busy.delete(who);
        }
      }),
    );
    // Not while somebody waits: what answers them is good for 15 minutes only.
    if (daysPass) fleet.sandbox.clock.advance(day);
  }
}

/** Kills processes at random while people act, and starts them again. */
async function killSome(fleet: Fleet, towns: readonly Town[]): Promise<readonly Done[]> {
  const from = fleet.done.length;
  const over = new AbortController();
  const acting = actUntil(fleet, towns, () => over.signal.aborted);
  const killed = Array.from({ length: processes }, () => 0);
  let left = kills;
  // Two at a time are down, or on their way back, at most.
  await Promise.all(
    [0, 1].map(async (half) => {
      while (left > 0) {
        left -= 1;
        const process = half * 2 + Math.floor(random() * 2);
        await delay(random() * 800);
        await fleet.bots[process]?.kill();
        killed[process] = (killed[process] ?? 0) + 1;
        const next: BotProcess = await fleet.start(shardsOf(process), processes);
        fleet.bots = fleet.bots.with(process, next);
      }
    }),
  );
  over.abort();
  await acting;
  const done = fleet.done.slice(from);
  report(`While processes were killed ${kills} times (${killed.join(', ')})`, done, 0);
  return done;
}

/** The database crashes while people act, and comes back. */
async function loseDatabase(fleet: Fleet, towns: readonly Town[]): Promise<readonly Done[]> {
  const from = fleet.done.length;
  const over = new AbortController();
  const acting = actUntil(fleet, towns, () => over.signal.aborted);
  await delay(1_000);
  await fleet.server.crash();
  await delay(awaySeconds * 1_000);
  await fleet.server.startAgain();
  const back = performance.now();
  await delay(5_000);
  over.abort();
  await acting;
  const done = fleet.done.slice(from);
  report(`While the database was away for ${awaySeconds} s`, done, performance.now() - back);
  for (const bot of fleet.bots) {
    const code = await Promise.race([bot.exited.then(String), delay(0, 'running')]);
    assert.equal(code, 'running', 'a database that is away ends no process');
  }
  return done;
}

/** Acts with another fate than these, but for those that the machine kept from being answered. */
function wrong(done: readonly Done[], fates: readonly Done['fate'][]): string[] {
  const others = done.filter(({ fate }) => !fates.includes(fate));
  return others
    .filter(({ fate, isMachines }) => fate !== 'silence' || !isMachines)
    .map(({ what, where, fate, says }) => `${what} in ${where}: ${fate}, ${says.slice(0, 200)}`);
}

function report(when: string, done: readonly Done[], ms: number): void {
  const count = (fate: Done['fate']) => done.filter((one) => one.fate === fate).length;
  const times = (some: readonly Done[]) => some.filter(({ fate }) => fate === 'answered').map((one) => one.ms);
  const byTown = [...Map.groupBy(done, ({ where }) => where).values()].map((some) => quantile(times(some), 0.99));
  const machines = done.filter(({ fate, isMachines }) => fate === 'silence' && isMachines).length;
  const fates = `${count('answered')} answered, ${count('not stored')} told that nothing could be stored, ${count('failed')} failed, ${count('silence')} not answered (${machines} of them while this machine kept a process waiting)`; // prettier-ignore
  console.log(`${when}: ${done.length} acts, ${fates}; p50 ${quantile(times(done), 0.5)}, p99 ${quantile(times(done), 0.99)} ms, by guild ${byTown.join(', ')}, the longest ${quantile(times(done), 1)}${ms > 0 ? '; all processes went on' : ''}.`); // prettier-ignore
}

/** How often each notice is to be seen, in all of this Discord. */
function countRefs(fleet: Fleet): Map<string, number> {
  const seen = new Map<string, number>();
  for (const channel of worldOf(fleet.sandbox).channels.values()) {
    for (const message of channel.messages.values()) {
      if (message.ephemeralFor) continue;
      for (const { footer, author } of message.json.embeds) {
        const ref = footer?.text ?? author?.url ?? '';
        if (ref.includes('ref')) seen.set(ref, (seen.get(ref) ?? 0) + 1);
      }
    }
  }
  return seen;
}

/** What was promised and does not hold, in words. */
async function findBroken(fleet: Fleet, towns: readonly Town[]): Promise<string[]> {
  const broken: string[] = [];
  const db = await openDatabase(fleet.address);
  const [requests, mentorships, profiles, waiting, notices] = await Promise.all([
    db.selectFrom('requests').selectAll().execute(),
    db.selectFrom('mentorships').selectAll().execute(),
    db.selectFrom('profiles').selectAll().execute(),
    db.selectFrom('waitlist').selectAll().execute(),
    db.selectFrom('notices').selectAll().execute(),
  ]);
  await db.destroy();
  const live = requests.filter(({ state }) => state === 'pending' || state === 'queued');
  const running = mentorships.filter(({ state }) => state === 'active' || state === 'paused');
  for (const { guild, mentees, mentors } of towns) {
    for (const mentee of mentees) {
      const own = live.filter((row) => row.mentee_id === mentee.id);
      const pairs = running.filter((row) => row.mentee_id === mentee.id);
      if (own.filter(({ state }) => state === 'pending').length > 1)
        broken.push(`${mentee.name} waits for two answers`);
      if (pairs.length > 1) broken.push(`${mentee.name} has two mentors`);
      if (pairs.length > 0 && own.length > 0) broken.push(`${mentee.name} has a mentor and asks`);
      if (pairs.length > 0 && waiting.some((row) => row.mentee_id === mentee.id)) broken.push(`${mentee.name} has a mentor and waits for one`); // prettier-ignore
    }
    for (const mentor of mentors) {
      const profile = profiles.find((row) => row.user_id === mentor.id && row.role === 'mentor');
      const own = running.filter((row) => row.mentor_id === mentor.id);
      const asked = live.filter((row) => row.mentor_id === mentor.id && row.state === 'pending');
      if (own.length > (profile?.capacity ?? 0)) broken.push(`${mentor.name} has more mentees than places`);
      if (own.length >= (profile?.capacity ?? 0) && asked.length > 0) broken.push(`${mentor.name} is full and asked`);
      if ((profile?.state !== 'active' || profile.verification === 'suspended') && asked.length > 0) broken.push(`${mentor.name} is away and asked`); // prettier-ignore
    }
    const threads = guild.threads().map(({ name, memberIds }) => `${name} ${memberIds.toSorted().join()}`);
    if (new Set(threads).size < threads.length - mentorships.length) broken.push(`${guild.name} has a thread too many`);
  }
  const owed = (kind: string, subjectId: string) => notices.filter((row) => row.kind === kind && row.subject_id === subjectId).length; // prettier-ignore
  for (const { id } of requests) {
    for (const kind of ['request-received', 'request-accepted']) {
      if (owed(kind, id) > 1) broken.push(`${kind} is owed twice for ${id}`);
    }
  }
  for (const { id, request_id, state } of mentorships) {
    if (owed('mentorship-thread', id) !== 1) broken.push(`${owed('mentorship-thread', id)} threads are owed to ${id}`);
    if (requests.find((row) => row.id === request_id)?.state !== 'accepted') broken.push(`${id} comes from no accepted request`); // prettier-ignore
    const thread = mentorships.find((row) => row.id === id)?.thread_id;
    if (state === 'active' && thread === null) broken.push(`${id} has no thread`);
  }
  const threadIds = mentorships.flatMap(({ thread_id }) => thread_id ?? []);
  if (new Set(threadIds).size < threadIds.length) broken.push('two pairs share a thread');
  const all = fleet.guilds.flatMap((guild) => guild.threads().map(({ id }) => id));
  for (const id of all) if (!threadIds.includes(id)) broken.push(`the thread ${id} is no pair’s`);
  const now = new Date(fleet.sandbox.clock.now()).toISOString();
  const { channels } = worldOf(fleet.sandbox);
  for (const { id, kind, state, due_at, channel_id, message_id } of notices) {
    if (state === 'owed' && due_at <= now) broken.push(`${kind} ${id} is still owed`);
    if (state !== 'delivered' || message_id === null) continue;
    if (!channels.get(channel_id ?? '')?.messages.has(message_id)) broken.push(`${kind} ${id} was lost`);
  }
  return broken;
}

const fleet = await openFleet({ shards: processes, guilds: 4, shardsOf });
if (fleet) {
  try {
    await play(fleet);
  } finally {
    await fleet.close();
  }
}
