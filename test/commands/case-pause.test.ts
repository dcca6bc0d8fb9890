import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor, Answer } from '../../sandbox/api.ts';
import { ask, register, requestAt, verify } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';

/** Somebody whose mentorship rests, and their partner. */
interface Pair {
  readonly mentor: Actor;
  readonly mentee: Actor;
}

const day = 86_400_000;
let town: Town;
/** In one the partner asked for a rest, in the other the partner reported them. */
let own: Pair;
let reported: Pair;
beforeAll(async () => {
  town = await openTown({ setUp: true });
  own = await pairOf('Hamza A', 'Sana A');
  reported = await pairOf('Hamza B', 'Sana B');
  await own.mentee.slash('mentorship pause', { days: 28 });
  await reported.mentee.slash('report member', { member: reported.mentor });
  await reported.mentee.submit({ 'What it is about': ['money'], 'What happened': 'He asked me for two hundred dollars.' }); // prettier-ignore
  await town.bot.tick();
});
afterAll(() => town.close());

async function pairOf(mentorName: string, menteeName: string): Promise<Pair> {
  const [mentor, mentee] = [town.guild.join({ name: mentorName }), town.guild.join({ name: menteeName })];
  await register(mentor, 'mentor', { stage: 'resident', capacity: 1 });
  await verify(town, mentor);
  await register(mentee, 'mentee', {});
  await ask(mentee, mentor);
  await mentor.press('Accept', await requestAt(town, mentor, mentee));
  await town.bot.tick();
  return { mentor, mentee };
}

/** The same for both pairs: names and ids without what tells them apart. */
function plain({ mentor, mentee }: Pair, text: string): string {
  return (
    text
      .replaceAll(mentor.id, 'MENTOR')
      .replaceAll(mentee.id, 'MENTEE')
      .replaceAll(mentor.name, 'Hamza')
      .replaceAll(mentee.name, 'Sana')
      .replaceAll(/\d{17,20}/g, 'ID')
      .replaceAll(/(?<=:|ref )[0-9a-z]{12}\b/g, 'KEY')
      // To the hour: the clock goes on between two acts.
      .replaceAll(/<t:(\d+)/g, (_, at: string) => `<t:${Math.round(Number(at) / 3_600)}`)
  );
}

function seen(pair: Pair, answer: Answer): string {
  return plain(pair, JSON.stringify([answer.kind, answer.text, answer.message?.embeds, answer.message?.components]));
}

function letters(pair: Pair): string[] {
  return pair.mentor
    .dms()
    .map(({ content, embeds, components }) => plain(pair, JSON.stringify([content, embeds, components])));
}

/** What the mentor of a pair reads at each of these steps. */
async function tryEverything(pair: Pair): Promise<string[]> {
  const { mentor } = pair;
  const read: string[] = [];
  const look = async (command: string, options: Readonly<Record<string, string | number>> = {}) => {
    read.push(`${command}: ${seen(pair, await mentor.slash(command, options))}`);
  };
  await look('mentorship show');
  await look('home');
  await look('mentorship resume');
  await look('mentorship pause', { days: 7 });
  await look('mentorship show');
  await look('mentorship resume');
  await look('mentorship resume');
  await look('mentorship pause', { days: 40 });
  await look('mentorship show');
  await look('mentorship resume');
  await look('mentorship meet');
  await look('mentorship log');
  await look('mentorship goal add', { goal: 'Pass Step 3' });
  await look('mentorship quiet', { weeks: 1 });
  await look('mentorship pace', { often: 'weekly' });
  await look('mentor requests');
  await look('inbox');
  const done = await mentor.slash('mentorship end', { reason: 'completed' });
  read.push(seen(pair, done));
  read.push(seen(pair, await mentor.press('Yes, we are done', done)));
  const end = await mentor.slash('mentorship end', { reason: 'no-time' });
  read.push(seen(pair, end));
  read.push(seen(pair, await mentor.press('Keep the mentorship', end)));
  return read;
}

test('to whoever was reported, a rest for a case is their partner’s own in every answer, letter and list', async () => {
  expect(letters(reported)).toEqual(letters(own));
  expect(letters(own).at(-1)).toContain('rests until');
  const [asIfOwn, asReported] = [await tryEverything(own), await tryEverything(reported)];
  expect(asReported).toEqual(asIfOwn);
  // What they read is about the rest: this would also be equal where nothing rests.
  expect(asIfOwn.filter((text) => /rests until|At rest until/.test(text)).length).toBeGreaterThan(5);
  await town.bot.tick();
  expect(letters(reported)).toEqual(letters(own));
  // As moderators see them all.
  const pairs = (await town.moderator.slash('mentors pairs')).text.split('\n').filter((line) => line.includes('rests'));
  expect(new Set([plain(own, pairs[0] ?? ''), plain(reported, pairs[1] ?? '')].map((line) => line.slice(2))).size).toBe(1); // prettier-ignore
});

test('nor by what happens when the day comes: where the partner needs longer, and where the report is still looked into', async () => {
  town.sandbox.clock.advance(28 * day - 60_000);
  await own.mentee.slash('mentorship pause', { days: 28 });
  town.sandbox.clock.advance(60_000);
  await town.bot.tick();
  const [asIfOwn, asReported] = [await tryEverything(own), await tryEverything(reported)];
  expect(asReported).toEqual(asIfOwn);
  await town.bot.tick();
  expect(letters(reported)).toEqual(letters(own));
});

test('the reporter reads why it rests, and that taking the report back lifts it; then both pairs go on alike', async () => {
  const refused = await reported.mentee.slash('mentorship resume');
  expect(refused.text).toMatch(/while your report is looked into/);
  await own.mentee.slash('mentorship resume');
  await reported.mentee.press('Take', await reported.mentee.slash('report mine'));
  await town.bot.tick();
  const strip = (texts: string[]) => texts.map((text) => text.replaceAll(/<t:\d+/g, '<t:0'));
  expect(strip(letters(reported))).toEqual(strip(letters(own)));
  expect(letters(own).at(-1)).toMatch(/goes on/);
  expect((await reported.mentor.slash('mentorship show')).text).not.toMatch(/At rest/);
});
