/** Two doctors, ten time zones apart in winter, find a time, move it, meet, and say so. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor, APIMessage } from '../../sandbox/api.ts';
import { hour, threadsOf } from '../support/play.ts';
import { openPair, pass } from '../support/pairs.ts';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
let mentor: Actor;
let mentee: Actor;
beforeAll(async () => {
  town = await openTown({ setUp: true });
  ({ mentor, mentee } = await openPair(town, ['Ifeoma', 'Hamza']));
  await mentee.slash('hours edit', { timezone: 'Asia/Karachi' });
});
afterAll(() => town.close());

const inThread = (): APIMessage[] => {
  const [thread] = threadsOf(town, mentee);
  return thread ? [...mentee.messages(thread)] : [];
};
const said = (title: string) => inThread().filter((message) => message.embeds[0]?.title === title);
const textOf = (message: APIMessage | undefined) => JSON.stringify(message?.embeds ?? []);

test('hours are entered in one form; what is not understood is named, and the form comes back filled in', async () => {
  await mentee.slash('hours edit');
  const refused = await mentee.submit({ Weekdays: ['18-21'], 'Not on': ['4'], 'More exactly (optional)': 'Tue 25:00' });
  expect(refused.text).toMatch(/“Tue 25:00”.*00:00 to 24:00/s);
  const again = await mentee.press('Open the form again', refused);
  const form = JSON.stringify(again.modal);
  expect(form).toMatch(/"value":"Tue 25:00"/);
  expect(form.match(/"default":true/g)).toHaveLength(3);
  const saved = await mentee.submit({ 'More exactly (optional)': 'Tue 19:00-21:30' });
  expect(saved.text).toMatch(/saved/);
  expect(saved.text).toMatch(/\*\*Mon\*\* 18:00–21:00\n\*\*Tue\*\* 19:00–21:30/);
  expect(saved.text).toMatch(/\*\*Fri\*\* no time/);
  expect((await mentee.slash('hours show')).text).toMatch(/Karachi \(UTC\+5\)/);
  await mentor.slash('hours edit');
  await mentor.submit({ Weekdays: ['08-12'], Weekend: ['08-12'] });
});

test('somebody without a profile agrees to the code of conduct first, and needs a time zone', async () => {
  const guest = town.guild.join({ name: 'Guest' });
  const none = await guest.slash('hours show');
  expect(none.text).toMatch(/not entered any hours/);
  await guest.press('Enter my hours', none);
  expect((await guest.submit({ 'Your time zone': 'usa' })).text).toMatch(/several time zones/);
  expect((await guest.slash('hours edit')).kind).toBe('modal');
  const consent = await guest.submit({ 'Your time zone': 'Lagos' });
  expect(consent.text).toMatch(/code of conduct/i);
  await guest.press('I agree', consent);
  expect((await guest.submit({ Weekend: ['12-15'] })).text).toMatch(/Lagos/);
  // An empty form removes them.
  await guest.slash('hours edit');
  expect((await guest.submit({ Weekend: [] })).text).toMatch(/no hours are kept/);
  expect((await guest.slash('mentorship meet')).text).toMatch(/no mentorship/);
});

test('times are written out in both zones; the other takes one with a press, in the thread or a direct message', async () => {
  const times = await mentee.slash('mentorship meet', { minutes: 45 });
  expect(times.text).toMatch(/suit both you and/);
  const labels = JSON.stringify(times.message?.components);
  expect(labels).toMatch(/Tue, Nov 24, 19:30 Karachi · 09:30 New York/);
  expect(labels).toContain('within both your hours');
  const values = [...labels.matchAll(/"value":"(\d+)"/g)].map(([, at]) => at ?? '');
  const tuesday = String(Date.parse('2026-11-24T14:30:00Z'));
  const other = values.find((at) => at > tuesday) ?? '';
  const proposed = await mentee.select('Choose up to five times', [other, tuesday], times);
  expect(proposed.text).toMatch(/I have asked/);
  await town.bot.tick();
  expect(said('When shall we meet?')).toHaveLength(1);
  const letter = mentor.dms().findLast((message) => message.embeds[0]?.title?.includes('proposes times'));
  expect(textOf(letter)).toMatch(/09:30 New York · 19:30 Karachi/);
  // The inbox has them with the same buttons, for the other and not for whoever proposed.
  const inbox = await mentor.slash('inbox');
  expect(inbox.text).toMatch(/One thing is still open/);
  expect(inbox.text).toMatch(/Hamza proposes times/);
  expect(inbox.text).toMatch(/09:30 New York · 19:30 Karachi/);
  expect(JSON.stringify(inbox.message?.components)).toMatch(/Take 1.*Take 2.*None/s);
  expect((await mentee.slash('inbox')).text).toMatch(/Your inbox is empty/);
  // Whoever proposed does not choose.
  expect((await mentee.press('Take 1', said('When shall we meet?')[0])).text).toMatch(/proposed these times yourself/);
  // The same stands where the thread is archived: in a command that is there anywhere.
  const standing = await mentor.slash('mentorship show');
  expect(standing.text).toMatch(/\*\*1\.\*\* <t:/);
  expect(JSON.stringify((await mentee.slash('mentorship show')).message?.components)).not.toContain('Take 1');
  const taken = await mentor.press('Take 1', standing);
  expect(taken.text).toMatch(/Agreed: you and/);
  expect((await mentor.press('Take 2', letter)).text).toMatch(/agreed already/);
  await town.bot.tick();
  expect(textOf(said('You have a meeting')[0])).toMatch(/45 minutes/);
  const file = await mentee.press('Calendar file', said('You have a meeting')[0]);
  expect(file.message?.attachments?.[0]?.filename).toBe('meeting.ics');
  const shown = await mentee.slash('mentorship show');
  expect(shown.text).toMatch(/Next meeting/);
  expect((await mentee.press('Call off', shown)).text).toMatch(/Do you want to call off/);
});

test('the bot reminds both a day and an hour before, but whoever turned that off', async () => {
  expect((await mentor.slash('mentorship reminders', { on: false })).text).toMatch(/no longer mention/);
  // It is Monday 12:00; they meet on Tuesday 14:30.
  await pass(town, 26 * hour, hour);
  expect(said('You meet tomorrow')).toHaveLength(1);
  const [soon] = said('You meet in an hour');
  expect(soon?.content).toContain(mentee.id);
  expect(soon?.content).not.toContain(mentor.id);
});

test('after the meeting one press is enough, and nobody is asked twice', async () => {
  await pass(town, 2 * hour, hour / 4);
  const [question] = said('How was your meeting?');
  expect((await mentee.press('We met', question)).text).toMatch(/noted/);
  expect((await mentor.press('We met', question)).text).toMatch(/noted/);
  expect((await mentor.slash('mentorship show')).text).toMatch(/1 time/);
  expect((await mentee.slash('mentorship log', { line: 'Read the rank list', minutes: 20 })).text).toMatch(
    /Noted: you and/,
  );
  expect((await mentor.slash('mentorship show')).text).toMatch(/2 times.*Read the rank list/s);
  const mistaken = await mentee.slash('mentorship log');
  expect((await mentor.slash('mentorship show')).text).toMatch(/3 times/);
  expect((await mentor.forge({ kind: 'button', customId: /mentorship-unlog:[^"]+/.exec(JSON.stringify(mistaken.message?.components))?.[0] ?? '' })).text).toMatch(/cannot be taken back/); // prettier-ignore
  expect((await mentee.press('Take it back', mistaken)).text).toMatch(/not counted/);
  expect((await mentor.slash('mentorship show')).text).toMatch(/2 times/);
  const place = await mentee.slash('mentorship place');
  expect((await mentee.press('Find a time', place)).text).toMatch(/Choose up to five|no time/);
  expect((await mentee.slash('mentorship log', { date: '2027-01-01' })).text).toMatch(/yet to come/);
  expect((await mentee.slash('mentorship log', { date: 'last week' })).text).toMatch(/year, month, and day/);
});

test('a meeting moves, keeps its entry in calendars, and is called off with a word', async () => {
  const found = await mentor.slash('mentorship meet');
  const value = /"value":"(\d+)"/.exec(JSON.stringify(found.message?.components))?.[1] ?? '';
  await mentor.select('Choose up to five times', [value], found);
  await town.bot.tick();
  const behind = await mentee.slash('mentorship show');
  await mentee.press('Take 1', said('When shall we meet?').at(-1));
  await town.bot.tick();
  const card = said('You have a meeting').at(-1);
  const move = await mentee.press('Move', card);
  expect(move.text).toMatch(/it stays where it is/);
  const other = [...JSON.stringify(move.message?.components).matchAll(/"value":"(\d+)"/g)].map(([, at]) => at ?? '').find((at) => at !== value) ?? ''; // prettier-ignore
  await mentee.select('Choose up to five times', [other], move);
  await town.bot.tick();
  await mentor.press('Take 1', said('Shall we move our meeting?')[0]);
  await town.bot.tick();
  // The card of before says where it went, and its buttons are gone.
  const [before] = inThread().filter((message) => /It has moved/.test(textOf(message)));
  expect(before?.components).toHaveLength(0);
  // A time that has passed meanwhile: the refusal brings the nearest that are possible.
  const late = await mentor.slash('mentorship meet');
  const gone = await mentor.forge({ kind: 'menu', on: late.message!, customId: JSON.stringify(late.message?.components).match(/"custom_id":"([^"]+)"/)?.[1] ?? '', values: [String(town.sandbox.clock.now() - hour)] }); // prettier-ignore
  expect(gone.text).toMatch(/has passed/);
  expect(JSON.stringify(gone.message?.components)).toMatch(/"value":"\d+"/);
  expect((await mentor.slash('mentorship place', { link: 'http://example.org' })).text).toMatch(/https/);
  expect((await mentor.slash('mentorship place', { link: 'https://example.org/room' })).text).toMatch(
    /example.org\/room/,
  );
  await town.bot.tick();
  expect(textOf(said('You have a meeting').at(-1))).toContain('https://example.org/room');
  const asked = await mentor.press('Call off', said('You have a meeting').at(-1));
  expect((await mentor.press('Keep it', asked)).text).toMatch(/as agreed/);
  const askedAgain = await mentor.press('Call off', said('You have a meeting').at(-1));
  await mentor.press('Call it off', askedAgain);
  await town.bot.tick();
  expect(mentee.dms().at(-1)?.embeds[0]?.title).toMatch(/called off/);
  // Whoever takes it from a card of before reads what holds now, and no meeting comes of it.
  expect((await mentee.press('Take 1', behind)).text).toMatch(/was called off or is over/);
  expect((await mentee.slash('mentorship show')).text).toMatch(/None agreed yet/);
  // No reminder follows.
  const count = said('You meet tomorrow').length + said('You meet in an hour').length;
  await pass(town, 10 * 24 * hour, 12 * hour);
  expect(said('You meet tomorrow').length + said('You meet in an hour').length).toBe(count);
});
