/**
 * Everything that stands below a message about a mentorship has a command that leads to the same: the message may be in
 * an archived thread, or in a mailbox that was closed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor, APIMessage } from '../../sandbox/api.ts';
import { readCustomId } from '../../src/discord/custom-ids.ts';
import { keys } from '../../src/discord/keys.ts';
import { commandBodies } from '../support/commands.ts';
import { openMentor, pass } from '../support/pairs.ts';
import { ask, day, hour, minute, register, requestAt, threadsOf } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';

/** Buttons that are a command themselves. */
const typed: Readonly<Record<string, string>> = {
  [keys.mentorship.show]: 'mentorship show',
  [keys.mentorship.meet]: 'mentorship meet',
  [keys.mentorship.goal]: 'mentorship goal add',
  [keys.mentor.find]: 'mentor find',
  [keys.mentor.requests]: 'mentor requests',
  // A request that came back with a mentor's note is asked anew.
  [keys.mentor.askAfterAll]: 'mentor request',
  [keys.mentor.withdraw]: 'mentor withdraw',
};
/** Buttons after which all is as if nobody had pressed. */
const leaves: readonly string[] = [
  // Whoever was asked to mentor is not asked again for 90 days, whatever they press.
  keys.mentor.notNow,
];
/** The commands whose answers have the others. */
const showing = ['mentorship show', 'mentorship kept', 'mentor requests', 'mentor waiting'];

let town: Town;
let mentor: Actor;
let mentee: Actor;
let other: Actor;
let next: Actor;
/** What stood below a message, and was found in the answer to a command. */
const found = new Set<string>();
const looked = new Set<string>();

beforeAll(async () => {
  town = await openTown({ setUp: true, env: { TAKE_BACK_SECONDS: '60', ACTS_AT_ONCE: '0' } });
  mentor = await openMentor(town, 'Ifeoma');
  [mentee, other, next] = ['Hamza', 'Sana', 'Lina'].map((name) => town.guild.join({ name })) as [Actor, Actor, Actor];
  for (const each of [mentee, other, next]) await register(each, 'mentee', {});
});
afterAll(() => town.close());

/** Custom ids of what can be pressed, without the guild that a direct message names in them. */
function buttonsOf(message: APIMessage | undefined): string[] {
  const ids = JSON.stringify(message?.components ?? []).matchAll(/"custom_id":"([^"]+)"/g);
  return [...ids].map(([, id = '']) => id.replace(/@[0-9a-z]+/, ''));
}

/** What the commands show to somebody; of several mentorships each that can be opened. */
async function shownTo(person: Actor): Promise<string[]> {
  const shown: string[] = [];
  for (const command of showing) {
    const answer = await person.slash(command);
    const ids = buttonsOf(answer.message);
    shown.push(...ids);
    for (const open of ids.filter((id) => id.startsWith(`${keys.mentorship.show}:`)))
      shown.push(...buttonsOf((await person.press(open, answer)).message));
  }
  return shown;
}

/**
 * Looks at each message that has come to two people since the last look: whatever can be pressed there, a command shows to
 * whoever got it; of what stands in their thread, to one of the two, as whoever proposed something does not answer it.
 */
async function lookAt(one: Actor, two: Actor): Promise<void> {
  await town.bot.tick();
  const shown = { [one.id]: await shownTo(one), [two.id]: await shownTo(two) };
  const all = Object.values(shown).flat();
  const inThreads = threadsOf(town, one)
    .filter(({ memberIds }) => memberIds.includes(two.id))
    .flatMap((thread) => [...one.messages(thread)]);
  const places = [
    { whose: `${one.name}’s messages`, messages: one.dms(), doors: shown[one.id] },
    { whose: `${two.name}’s messages`, messages: two.dms(), doors: shown[two.id] },
    { whose: `the thread of ${one.name} and ${two.name}`, messages: inThreads, doors: all },
  ];
  for (const { whose, messages, doors } of places) {
    for (const message of messages.filter(({ id }) => !looked.has(id))) {
      looked.add(message.id);
      for (const id of buttonsOf(message).filter((each) => /^mentor(ship)?-/.test(each))) {
        const { key } = readCustomId(id);
        if (key in typed || leaves.includes(key)) continue;
        expect(doors, `${id} stands in ${whose}, and no command shows it`).toContain(id);
        found.add(key);
      }
    }
  }
}

async function pairWith(person: Actor): Promise<void> {
  await ask(person, mentor);
  const request = await requestAt(town, mentor, person);
  await lookAt(mentor, person);
  await mentor.press('Accept', request);
  looked.delete(request.id);
  await lookAt(mentor, person);
  await pass(town, 2 * minute, minute);
  expect(threadsOf(town, person)).toHaveLength(1);
  await lookAt(mentor, person);
}

const both = async () => await lookAt(mentor, mentee);

test('a request, its answer, and a first look into the thread', async () => {
  await mentor.slash('hours edit');
  await mentor.submit({ Weekdays: ['08-12', '18-21'], Weekend: ['08-12'] });
  await mentee.slash('hours edit');
  await mentee.submit({ Weekdays: ['08-12', '18-21'] });
  const declined = town.guild.join({ name: 'Omar' });
  await register(declined, 'mentee', {});
  await ask(declined, mentor);
  await mentor.press('Decline', await requestAt(town, mentor, declined));
  await mentor.submit({ Reason: ['no-place'] });
  await pass(town, 2 * minute, minute);
  await lookAt(mentor, declined);
  // Whoever left the waitlist reads in such a letter how to join it again.
  await declined.press('Leave the waitlist', await declined.slash('mentor requests'));
  expect(buttonsOf((await declined.slash('mentor waiting')).message)).toContain(keys.mentor.waitlist);
  found.add(keys.mentor.waitlist);
  await pairWith(mentee);
  await pairWith(other);
  await next.press('Join the waitlist', await next.slash('mentor find'));
  expect([...found]).toEqual(expect.arrayContaining([keys.mentor.accept, keys.mentor.decline, keys.mentor.takeBack]));
});

test('times that the bot found, that the other proposed, and to which a meeting would move', async () => {
  await pass(town, 4 * day, day);
  await both();
  const ofBot = await mentee.slash('mentorship show');
  expect(ofBot.text).toMatch(/Times are proposed/);
  await mentee.press('None of these', ofBot);
  await both();
  const times = await mentee.slash('mentorship meet');
  const value = /"value":"(\d+)"/.exec(JSON.stringify(times.message?.components))?.[1] ?? '';
  await mentee.select('Choose up to five times', [value], times);
  await both();
  await mentor.press('Take 1', await mentor.slash('mentorship show', { member: mentee }));
  await both();
  const move = await mentor.press('Move', await mentor.slash('mentorship show', { member: mentee }));
  const later = [...JSON.stringify(move.message?.components).matchAll(/"value":"(\d+)"/g)].map(([, at]) => at ?? '').find((at) => at !== value) ?? ''; // prettier-ignore
  await mentor.select('Choose up to five times', [later], move);
  await both();
  const moving = await mentee.slash('mentorship show');
  expect(moving.text).toMatch(/It may move/);
  expect((await mentee.press('None of these', moving)).text).toMatch(/I have told/);
  expect((await mentee.slash('mentorship show')).text).not.toMatch(/It may move/);
  expect([...found]).toEqual(
    expect.arrayContaining([keys.mentorship.take, keys.mentorship.none, keys.mentorship.calendar, keys.mentorship.callOff]), // prettier-ignore
  );
});

test('a question of the bot’s, and how a meeting was; what one said can be said anew', async () => {
  // A day at a time: what stood below a reminder is over with the meeting.
  for (let n = 0; n < 4; n += 1) {
    await pass(town, day, day / 2);
    await both();
  }
  await lookAt(mentor, other);
  expect([...found]).toEqual(expect.arrayContaining([keys.mentorship.say, keys.mentorship.answer, keys.mentorship.until, keys.mentorship.notFit])); // prettier-ignore
  const shown = await mentee.slash('mentorship show');
  expect(shown.text).toMatch(/How was your meeting\?/);
  await mentee.press('It did not happen', shown);
  const again = await mentee.slash('mentorship show');
  expect(again.text).toMatch(/you said “It did not happen”/);
  // What one said is theirs.
  expect((await mentor.slash('mentorship show', { member: mentee })).text).not.toMatch(/you said/);
  await mentee.press('We met', again);
  expect((await mentor.slash('mentorship show', { member: mentee })).text).toMatch(/1 time/);
  const asked = await other.slash('mentorship show');
  expect(asked.text).toMatch(/A question from me/);
  await other.press('We have met already', asked);
  expect((await other.slash('mentorship show')).text).not.toMatch(/A question from me/);
});

test('a mentor with several sees for each what waits, and opens one', async () => {
  const list = await mentor.slash('mentorship show');
  expect(list.text).toMatch(/1 · Your mentee/);
  expect(list.text).toMatch(/Waits for your answer\s+how your meeting was/);
  const one = await mentor.press('Open 1', list);
  expect(one.text).toContain(mentee.id);
  expect(one.text).not.toContain(other.id);
  expect((await mentor.press('We met', one)).text).toMatch(/noted/);
  expect((await mentor.slash('mentorship show')).text).not.toMatch(/how your meeting was/);
  // Somebody else's opens nothing.
  const forged = buttonsOf(list.message).find((id) => id.startsWith(`${keys.mentorship.show}:`)) ?? '';
  expect((await other.forge({ kind: 'button', customId: forged })).text).toMatch(/not one of your mentorships/);
});

test('whether both are done, a word at the end, a word that was given, and a place that opens', async () => {
  const ends = await mentee.slash('mentorship end', { reason: 'completed' });
  await mentee.press('Yes, we are done', ends);
  await both();
  const asked = await mentor.slash('mentorship show', { member: mentee });
  expect(asked.text).toMatch(/Are the two of you done\?/);
  await mentor.press('Not yet', asked);
  expect((await mentor.slash('mentorship show', { member: mentee })).text).not.toMatch(/Are the two of you done\?/);
  await mentee.press('Yes, we are done', await mentee.slash('mentorship end', { reason: 'completed' }));
  await town.bot.tick();
  await mentor.press('Yes, we are done', await mentor.slash('mentorship show', { member: mentee }));
  await both();
  for (const each of [mentor, mentee]) {
    const kept = await each.slash('mentorship kept');
    expect(kept.text).toMatch(/A word that you can still say/);
    await each.press('A word to 1', kept);
    await each.submit({ 'Your goals': ['all'], 'How did it go? Only moderators see this': ['good'], 'A word to the other (optional)': `Thank you from ${each.name}.` }); // prettier-ignore
  }
  await both();
  const given = await mentor.slash('mentorship kept');
  expect(given.text).toMatch(/Given to you, and not kept yet.*Thank you from Hamza/s);
  expect(given.text).not.toMatch(/can still say/);
  await mentor.press('Keep 1', given);
  expect((await mentor.slash('mentorship kept')).text).toMatch(/\*\*1\.\*\* .*Thank you from Hamza/s);
  await pass(town, 2 * hour, hour);
  await lookAt(next, mentor);
  const waits = await next.slash('mentor waiting');
  expect(waits.text).toMatch(/A place has opened for you/);
  expect((await next.press('Not this one', waits)).text).toMatch(/You keep your turn/);
  expect((await next.slash('mentor waiting')).text).not.toMatch(/A place has opened for you/);
});

/** Every button that a message about mentoring is delivered with, read from where they are made. */
function delivered(): Set<string> {
  const folder = new URL('../../src/delivery/', import.meta.url);
  const made = new Set<string>();
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue;
    const source = readFileSync(new URL(name, folder), 'utf8');
    for (const [, of = '', key = ''] of source.matchAll(/\bkeys\.(mentorship|mentor)\.(\w+)/g)) {
      const known: Readonly<Record<string, string>> = of === 'mentor' ? keys.mentor : keys.mentorship;
      made.add(known[key] ?? `${of}.${key}`);
    }
  }
  return made;
}

test('no button below a message about mentoring is without a command', () => {
  const lines = new Set(commandBodies.flatMap((body) => linesOf(body as Part)));
  for (const command of [...Object.values(typed), ...showing]) expect(lines).toContain(command);
  const made = delivered();
  expect(made.size).toBeGreaterThan(20);
  const without = [...made].filter((key) => !(key in typed) && !leaves.includes(key) && !found.has(key));
  expect(without, 'show each in a command of `showing`, and play it above').toEqual([]);
  // None is listed that is no longer made.
  expect([...Object.keys(typed), ...leaves].filter((key) => !made.has(key))).toEqual([]);
});

interface Part {
  readonly name: string;
  readonly type?: number;
  readonly options?: readonly Part[];
}

/** Every line that can be typed for a command. */
function linesOf({ name, options = [] }: Part, before = ''): string[] {
  const deeper = options.filter(({ type }) => type === 1 || type === 2);
  return deeper.length > 0 ? deeper.flatMap((each) => linesOf(each, `${before}${name} `)) : [`${before}${name}`];
}
