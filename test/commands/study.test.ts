import { setTimeout } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import type { Actor, APIMessage } from '../../sandbox/api.ts';
import { upsertHours } from '../../src/db/hours.ts';
import { upsertMember } from '../../src/db/members.ts';
import { openDatabase } from '../../src/db/open.ts';
import type { Window } from '../../src/hours/week.ts';
import { openTown, type Town } from '../support/town.ts';
import { evenings } from '../study/support.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

let town: Town;
let people: Actor[];
beforeEach(async () => {
  town = await openTown({ setUp: true });
  people = ['Ada', 'Omar', 'Zara', 'Luis'].map((name) => town.guild.join({ name }));
  return async () => await town.close();
});

/** Gives people a week, straight in the database. */
async function know(actors: readonly Actor[], windows: readonly Window[] = evenings): Promise<void> {
  const db = await openDatabase(town.database);
  const at = new Date(town.sandbox.clock.now()).toISOString();
  for (const { id } of actors) {
    const whose = { guildId: town.guild.id, userId: id };
    await upsertMember(db, { guild_id: town.guild.id, user_id: id, zone: 'Asia/Karachi', created_at: at });
    await db.transaction().execute((trx) => upsertHours(trx, whose, { windows, until: null }, at));
  }
  await db.destroy();
}

async function pass(ms: number): Promise<void> {
  town.sandbox.clock.advance(ms);
  await town.bot.tick();
}

const seek = async (actor: Actor, target = '2027-03') => {
  await actor.slash('study match', { topic: 'step-1' });
  return await actor.submit({
    'When is the exam, or what you work toward?': [target],
    'Languages to talk in': ['en'],
    'Sessions a week': ['1'],
  });
};

/** Lets the bot do what is due until something is there: however busy the machine is. */
async function soon<T>(what: string, look: () => T | undefined | false): Promise<T> {
  for (let tries = 0; tries < 300; tries += 1) {
    const found = look();
    if (found) return found;
    await town.bot.tick();
    await setTimeout(30);
  }
  throw new Error(`${what} never came`);
}

/** The newest message that somebody sees in the group's thread under a title, once it says something. */
async function inThread(actor: Actor, title: string, says = ''): Promise<APIMessage> {
  return await soon(`${title} in the thread, with ${says}`, () => {
    const [thread] = town.guild.threads().filter(({ memberIds }) => memberIds.includes(actor.id));
    const message = thread && actor.messages(thread.id).findLast(({ embeds }) => embeds[0]?.title?.includes(title));
    return message && stateOf(message).includes(says) ? message : undefined;
  });
}

async function letterOf(actor: Actor, title: string): Promise<APIMessage> {
  return await soon(`${title} at ${actor.name}`, () =>
    actor.dms().findLast(({ embeds }) => embeds[0]?.title?.includes(title)),
  );
}

const stateOf = (message: APIMessage) => message.embeds[0]?.description ?? '';

test('three people find each other, agree on a time, meet, say how it went, and their owner goes', async () => {
  const [ada, omar, zara] = people as [Actor, Actor, Actor];
  // Whoever has given no hours yet gives them on the way, and goes on where they were.
  const needed = await ada.slash('study create', { topic: 'step-1', minutes: 90 });
  expect(needed.text).toContain('when you can usually meet');
  await ada.press('Enter my hours', needed);
  await ada.press('I agree', await ada.submit({ 'Your time zone': 'Karachi' }));
  const refused = await ada.submit({ Weekdays: ['18-21', '21-24'], 'More exactly (optional)': 'Tue 25:00' });
  await ada.press('Open the form again', refused);
  const kept = await ada.submit({ 'More exactly (optional)': 'Tue 18-22; Wed 18-22; Thu 18-22; Sat 18-22; Sun 18-22' });
  expect(kept.text).toContain('Tue** 18:00–22:00');
  await know(people);
  const create = await ada.press('Go on', kept);
  expect(JSON.stringify(create.modal)).toContain('step-1::90');
  const created = await ada.submit({
    'When is the exam, or what you work toward?': ['2027-03'],
    'Languages to talk in': ['en'],
    'Sessions a week': ['1'],
    'How many people, with you': ['4'],
    'What you use, and how you work (optional)': 'One system a week',
  });
  expect(created.text).toContain('you are its first member');
  for (const each of [omar, zara]) {
    const found = await each.slash('study find', { topic: 'step-1' });
    expect(found.text).toContain('times that suit all of you');
    expect((await each.press('Join 1', found)).text).toContain('You are in');
  }
  const vote = await inThread(ada, 'Your weekly time');
  for (const each of [ada, omar, zara]) await each.press('Tue 18:00', vote);
  await inThread(ada, 'Your weekly time', 'You meet');
  const shown = await ada.slash('study show');
  expect(shown.text).toContain('Tue 18:00 (Asia/Karachi)');
  expect(shown.message?.attachments?.map(({ filename }) => filename)).toEqual(['study-sessions.ics']);

  // The owner says how sessions go; a plan and prompts are everybody's.
  expect((await zara.slash('study settings', { shape: 'teach-back' })).text).toContain('Only whoever looks after');
  expect((await ada.slash('study settings', { shape: 'teach-back' })).text).toContain('Teach-back');
  const plan = await zara.slash('study plan');
  expect(plan.text).toContain('until March 2027');
  const ticked = await zara.select('Choose what you have done', ['cardiovascular'], plan);
  expect(ticked.text).toContain(`✓ **Cardiovascular system**: <@${zara.id}>`);
  const prompts = await omar.slash('study prompts', { weekday: '3' });
  expect(prompts.text).toContain('each Wednesday');
  expect((await omar.select('About what (nothing chosen: everything)', ['renal-urinary'], prompts)).text).toContain(
    'About Renal and urinary system',
  );
  const more = await omar.slash('study session');
  expect(more.text).toContain('Within the hours of all of you');

  // Monday noon in London; the session is on Tuesday at 13:00 UTC.
  await pass(60 * minute);
  const session = await inThread(ada, 'Session');
  expect((await zara.press('I cannot', session)).text).toContain('Nobody counts that as missed');
  expect((await ada.press('I am here', session)).text).toContain('ten minutes before');
  await pass(day - 5 * minute);
  await ada.press('I am here', session);
  await pass(5 * minute);
  const running = await inThread(ada, 'Session', 'It is on');
  await omar.press('My line', running);
  expect((await omar.submit({ 'One line': 'Ten cards on the heart' })).text).toContain('stands in the session');
  const alone = await inThread(ada, 'Session', 'Ten cards');
  expect(stateOf(alone)).toContain('think it through');
  expect((await zara.press('Next part', alone)).text).toContain('Only those who are here');
  await omar.press('Pause', alone);
  const paused = await inThread(ada, 'Session', `Paused by <@${omar.id}>`);
  await omar.press('Go on', paused);
  await omar.press('Next part', await inThread(ada, 'Session', 'went on with the timer'));
  await ada.press('Next part', await inThread(ada, 'Session', 'explains it'));
  const points = await inThread(ada, 'Session', 'Checkpoints');
  expect((await ada.press('Show what a good answer has', points)).text).toContain('Why');
  await pass(90 * minute);
  const held = await inThread(ada, 'Session', 'Held');
  // Afterwards nobody’s presence is shown.
  expect(stateOf(held)).not.toContain(ada.id);
  expect((await omar.press('Partly', held)).text).toContain('for you alone');
  expect((await zara.press('Done', held)).text).toContain('those who were here');

  // Luis waits for a place: the members are asked first, as their owner wants it.
  await ada.slash('study settings', { by_application: true });
  const luis = people[3]!;
  await luis.press('Apply 1', await luis.slash('study find', { topic: 'step-1' }));
  await luis.submit({ 'A line about you (optional)': 'I come on Mondays' });
  // A slip: taken back after one question, once, and sent again.
  const waits = await luis.slash('study show');
  expect(waits.text).toContain('its members are being asked');
  const asked = await luis.press('Take back: USMLE Step 1', waits);
  expect((await luis.press('Keep it', asked)).text).toContain('Nothing has changed');
  const takenBack = await luis.press('Take it back', await luis.press('Take back: USMLE Step 1', waits));
  expect(takenBack.text).toContain('If that was a slip');
  expect((await luis.press('Take back: USMLE Step 1', waits)).text).toContain('nothing to take back');
  await luis.press('Apply again', takenBack);
  expect((await luis.submit({ 'A line about you (optional)': 'I come every Tuesday' })).text).toContain(
    'in their thread',
  );
  const application = await inThread(ada, 'Somebody would like to join you', 'every Tuesday');
  expect((await omar.press('Take them in', application)).text).toContain('Only whoever looks after');
  expect((await ada.press('Take them in', application)).text).toContain('They are in');
  await letterOf(luis, 'You are in');
  expect((await ada.press('Close the group', await ada.slash('study close'))).text).toContain('I ask all of you');
  const poll = await inThread(omar, 'Shall this group close?', 'Yes: 1');
  await omar.press('No', poll);
  await zara.press('No', poll);
  await inThread(ada, 'Shall this group close?', 'nothing changes');

  // In the thread, which with that she sees no more.
  const threadId = town.guild.threads()[0]?.id ?? '';
  await ada.press('Leave the group', await ada.slash('study leave', {}, { channelId: threadId }));
  await letterOf(ada, 'You have left your group');
  expect((await omar.press('Rather not', await letterOf(omar, 'Would you look after'))).text).toContain('next of you');
  const opening = await inThread(omar, 'Study group', 'Nobody in particular');
  expect((await zara.press('I will look after it', opening)).text).toContain('You look after the group');
  expect((await omar.press('I will look after it', opening)).text).toContain('Only whoever looks after');
  await soon('Ada is out', () => !town.guild.threads()[0]?.memberIds.includes(ada.id));
});

test('moderators form groups from those who wait, who say yes; whoever is left over takes a near miss', async () => {
  const [ada, omar, zara, luis] = people as [Actor, Actor, Actor, Actor];
  expect((await town.moderator.slash('study form preview')).text).toContain('nobody waits');
  expect((await ada.slash('study form preview')).text).toContain('moderators');
  await know([ada, omar, zara]);
  await know([luis], [{ from: 6 * 60, to: 9 * 60 }]);
  for (const each of people) expect((await seek(each)).text).toContain('You wait for a group');
  // Luis thinks again, and again.
  const own = await luis.slash('study show');
  const stop = await luis.press('Stop looking: USMLE Step 1', own);
  expect(stop.text).toContain('those who came meanwhile are before you');
  const stopped = await luis.press('Stop looking', stop);
  expect(stopped.text).toContain('no longer wait');
  expect((await luis.press('Stop looking: USMLE Step 1', own)).text).toContain('have stopped already');
  await luis.press('Wait again', stopped);
  await luis.submit({
    'When is the exam, or what you work toward?': ['2027-03'],
    'Languages to talk in': ['en'],
    'Sessions a week': ['1'],
  });
  const preview = await town.moderator.slash('study form preview');
  expect(preview.text).toContain('Placed **3** of at most 3 of 4');
  expect(preview.text).toContain('Sorted by time zone and target');
  const groups = await town.moderator.press('Show the groups', preview);
  expect(groups.text).toContain('Group 1 of 1');
  for (const each of people) expect(groups.text).toContain(each.id);
  expect((await town.moderator.press('Offer these groups', preview)).text).toContain('1 group is offered to 3 people');
  // Wherever they look, the offer waits with its buttons, and nothing reads as if they waited for another group.
  for (const command of ['inbox', 'home', 'study show']) {
    const shown = await ada.slash(command);
    expect(shown.text).toMatch(command === 'inbox' ? /Yes, I am in/ : /Join the group for USMLE Step 1/);
    expect(shown.text).not.toContain('waiting for a group');
  }
  for (const each of [ada, omar, zara]) {
    const offer = await letterOf(each, 'A study group for USMLE Step 1');
    expect(stateOf(offer)).toContain('2 people');
    expect((await each.press('Yes, I am in', offer)).text).toContain('you are in the group');
  }
  await inThread(ada, 'Your weekly time');
  const left = await letterOf(luis, 'No group for USMLE Step 1 yet');
  expect(stateOf(left)).toMatch(/would put you with 3 others/);
  const [row] = (left.components ?? []) as { components: { label: string }[] }[];
  expect((await luis.press(row!.components[0]!.label, left)).text).toContain('you are in a group');
  await soon('Luis is in', () => town.guild.threads()[0]?.memberIds.includes(luis.id));
});

test('a moderator sees what changed before it is offered, discards, looks back; and lets the week do it by itself', async () => {
  const [ada, omar, zara, luis] = people as [Actor, Actor, Actor, Actor];
  const { moderator } = town;
  await know(people);
  for (const each of people) await seek(each);
  expect((await moderator.slash('study form publish')).text).toContain('There is no preview');
  const preview = await moderator.slash('study form preview');
  expect((await ada.slash('study form publish')).text).toContain('moderators');
  await luis.slash('study stop', { topic: 'step-1' });
  const changed = await moderator.press('Offer these groups', preview);
  expect(changed.text).toContain('Group 1 (USMLE Step 1): 1 person no longer waits; 3 people remain.');
  expect((await moderator.press('Discard', changed)).text).toContain('Nobody hears of it');
  expect((await moderator.slash('study form discard')).text).toContain('There is no preview');
  await moderator.slash('study form preview');
  const asked = await moderator.slash('study form publish');
  expect(asked.text).toContain('This offers 1 group to 3 people');
  expect((await moderator.press('Discard', asked)).text).toContain('Discarded');
  const history = await moderator.slash('study form history');
  expect(history.text).toContain(`discarded by <@${moderator.id}>`);
  expect(history.text).toContain('when a moderator runs');

  const weekly = await moderator.slash('setup study', { weekly: true });
  expect(weekly.text).toContain('every Sunday at 12:00');
  expect((await moderator.slash('setup show')).text).toContain('Weekly study groups');
  expect((await seek(luis)).text).toContain('The next groups are formed');
  for (let days = 0; days < 7; days += 1) await pass(day);
  for (const each of [ada, omar, zara, luis]) await letterOf(each, 'A study group for USMLE Step 1');
  const staff = town.guild.channels.find(({ name }) => name === 'mentoring-staff')!;
  const lines = () => moderator.messages(staff).filter(({ content }) => content.includes('The weekly run'));
  await soon('the line', () => lines().length > 0);
  expect(lines().map(({ content }) => content)).toEqual([
    expect.stringContaining('offered 1 group to 4 people of 4 who waited') as string,
  ]);
});

test('a thread that a moderator deleted is opened again, once, and says so', async () => {
  await know(people);
  for (const each of people.slice(0, 3)) await seek(each);
  await town.moderator.press('Offer these groups', await town.moderator.slash('study form preview'));
  for (const each of people.slice(0, 3)) await each.press('Yes, I am in', await letterOf(each, 'A study group'));
  const [ada] = people as [Actor];
  const vote = await inThread(ada, 'Your weekly time');
  town.guild.deleteThread(town.guild.threads()[0]!);
  for (const each of people.slice(0, 3)) await each.slash('study time').catch(() => undefined);
  const again = await inThread(ada, 'Study group');
  expect(stateOf(again)).toContain('takes the place');
  expect(town.guild.threads()).toHaveLength(1);
  expect(vote.id).not.toBe(again.id);
});

test('a moderator looks at every group, and closes one, whose members hear of it', async () => {
  await know(people);
  for (const each of people.slice(0, 3)) await seek(each);
  await town.moderator.press('Offer these groups', await town.moderator.slash('study form preview'));
  for (const each of people.slice(0, 3)) await each.press('Yes, I am in', await letterOf(each, 'A study group'));
  const [ada] = people as [Actor];
  await inThread(ada, 'Your weekly time');
  const list = await town.moderator.slash('study list');
  const [row] = (list.message?.components ?? []) as { components: { options: { value: string }[] }[] }[];
  const chosen = await town.moderator.select('Choose a group', [row!.components[0]!.options[0]!.value], list);
  expect(chosen.text).toContain('no other group for the same');
  const asked = await town.moderator.press('Close it', chosen);
  expect((await town.moderator.press('Close it', asked)).text).toContain('The group is closed');
  await letterOf(ada, 'is closed');
});

test('in a server with 950 open threads a group begins without one, moderators hear why, and it opens once there is room', async () => {
  const channel = town.guild.channels.find(({ name }) => name.startsWith('study'))!;
  const open = Array.from({ length: 950 }, (_, i) => town.guild.openThread(channel, `thread ${i}`));
  await know(people);
  for (const each of people.slice(0, 3)) await seek(each);
  await town.moderator.press('Offer these groups', await town.moderator.slash('study form preview'));
  for (const each of people.slice(0, 3)) await each.press('Yes, I am in', await letterOf(each, 'A study group'));
  const [ada] = people as [Actor];
  const staff = town.guild.channels.find(({ name }) => name === 'mentoring-staff')!;
  await soon('the alert', () =>
    town.moderator.messages(staff).some((message) => stateOf(message).includes('900 open threads')),
  );
  expect(town.guild.threads().some(({ memberIds }) => memberIds.includes(ada.id))).toBe(false);
  expect((await ada.slash('study show')).text).toContain('USMLE Step 1');
  for (const thread of open.slice(0, 100)) town.guild.closeThread(thread);
  for (let hours = 0; hours < 30; hours += 6) await pass(6 * 60 * minute);
  await inThread(ada, 'Your weekly time');
});
