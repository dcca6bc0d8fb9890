/** A mentorship from its first meeting to the last word, on the narrowest phone: every card fits, and says what it is. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../sandbox/api.ts';
import { lacksBrowser } from './browser.ts';
import { closeAll, type Opened, openSetUp } from './opened.ts';
import { bringTogether, registerPersona } from './pairs.ts';
import { visitByPhone } from './phone.ts';

const hour = 60 * 60_000;
const day = 24 * hour;
const absent = await lacksBrowser();
let opened: Opened;
let [ifeoma, amara, hamza, sana, priya, andres]: Actor[] = [];

beforeAll(async () => {
  if (absent) return;
  opened = await openSetUp();
  [ifeoma, amara, hamza, sana, priya, andres] = await registerAll(
    'Ifeoma',
    'Amara',
    'Hamza',
    'Sana',
    'Priya',
    'Andrés',
  );
  await bringTogether(opened, ifeoma!, amara!);
  await bringTogether(opened, hamza!, sana!);
  await bringTogether(opened, priya!, andres!);
});
afterAll(async () => {
  if (!absent) await closeAll(opened);
});
afterEach(() => absent || opened.stage.sandbox.assertNoRefusals());

async function registerAll(...names: readonly string[]): Promise<Actor[]> {
  const all: Actor[] = [];
  for (const name of names) all.push(await registerPersona(opened, name));
  return all;
}

/** Lets time pass, and the bot do what falls due by it. */
async function pass(ms: number): Promise<void> {
  opened.stage.sandbox.clock.advance(ms);
  await opened.bot.settled();
}

test.skipIf(absent)('they find a time, move and keep it, meet, set a goal, and enter what was elsewhere', async () => {
  const { tab, be, go, run, hears, reads, fits, formFits, press, submit, form, newest, complaints, hasNoBarriers } = await visitByPhone(opened.page.url, 'life'); // prettier-ignore
  await be('Amara');
  await run('mentorship show');
  await hears(/None agreed yet: \/mentorship meet finds a time/);
  await fits('show');
  await press('Find a time');
  await hears(/These times suit both you and/);
  await press('Choose up to five times');
  await newest.getByRole('checkbox').nth(1).check();
  await newest.getByRole('checkbox').first().check();
  const at = Number(await newest.getByRole('checkbox').first().evaluate((box) => (box as unknown as { value: string }).value)); // prettier-ignore
  await newest.getByRole('button', { name: 'Choose', exact: true }).click();
  await hears(/I have asked .*, in your thread and by direct message/);
  await fits('proposed');

  await be('Ifeoma');
  await go(/private thread/);
  await reads('When shall we meet?');
  await fits('proposal');
  await press('Take 1');
  await reads(/Agreed: you and/);
  await opened.bot.tick();
  await reads('You have a meeting');
  await fits('agreed');
  await press(/^Calendar file/);
  await reads(/Open this file with your calendar/);
  await press('Call off');
  await reads(/Do you want to call off your meeting/);
  await fits('call-off');
  await press('Keep it');
  await reads(/You meet as agreed/);
  await press('Move');
  await reads(/it stays where it is until they take one/);
  await run('mentorship place', { link: 'https://example.org/room' });
  await reads(/You meet here now: .*example.org/);
  await fits('thread');
  await hasNoBarriers('the thread of two who have agreed');

  await pass(at - opened.stage.sandbox.clock.now() - hour);
  await reads('You meet in an hour');
  await pass(2 * hour);
  await reads('How was your meeting?');
  await press('We met');
  await reads(/Good to hear\. It is noted/);
  await fits('held');
  await press('Set a goal');
  await form.getByLabel(/^What do you want to reach/).fill('Have my personal statement read by two people');
  await form.getByLabel(/^Until when/).fill('2026-11-01');
  await formFits('goal');
  await submit();
  await reads(/That day has passed/);
  await press('Open the form again');
  await expect.poll(() => form.getByLabel(/^What do you want to reach/).inputValue()).toMatch(/^Have my personal/);
  await form.getByLabel(/^Until when/).fill('');
  await submit();
  await reads(/Set for you and/);
  await go(/general/);
  await run('mentorship log', { minutes: '20', line: 'By phone, about the list of programs' });
  await hears(/Noted: you and .* met on/);
  await run('mentorship goal reached', { goal: /^Have my personal/ });
  await hears(/Well done/);
  await run('mentorship pace', { often: 'Every month' });
  await hears(/mean to meet: Every month/);
  await run('mentorship reminders', { on: 'No' });
  await hears(/I no longer mention you/);
  await run('mentorship show');
  await hears(/2 times.*By phone, about the list of programs/s);
  await fits('full');
  await hasNoBarriers('what they entered');
  await tab.close();
  expect(complaints).toEqual([]);
});

test.skipIf(absent)(
  'whoever is silent is asked, answers by a press or a form, and is told kindly when it ends',
  async () => {
    const { be, go, run, reads, fits, formFits, press, submit, form, complaints, hasNoBarriers } = await visitByPhone(opened.page.url, "asked"); // prettier-ignore
    await amara!.slash('mentorship log', { minutes: 20 });
    for (let days = 0; days < 8; days += 4) await pass(4 * day);
    await be('Sana');
    await go(/direct messages/);
    await reads(/how is your start\?/);
    await press('I need until …');
    await form.getByRole('radio').first().check();
    await formFits('until');
    await submit();
    await reads(/Take your time\. I ask again after/);
    await fits('first-week');
    await be('Hamza');
    await go(/direct messages/);
    await press('It does not fit');
    await reads(/Shall it end\? The other reads that it was not the right fit/);
    await fits('not-fit');
    await press('Keep the mentorship');
    await reads(/goes on as before/);
    await press('Ask the moderators');
    await reads(/The moderators know now/);
    await hasNoBarriers('questions of the first week');
    await be('Thandiwe');
    await go(/mentoring-staff/);
    await reads('One of a pair would like to talk to you');
    await fits('staff');
    await run('mentors pairs');
    await reads(/needs a look: one of them asked for a moderator/);
    await fits('pairs');
    await hasNoBarriers('pairs for moderators');

    // Two who never answer: warned, and closed kindly. Two who met: how it is, and whether it goes on.
    for (let days = 0; days < 40; days += 4) await pass(4 * day);
    await be('Andrés');
    await go(/direct messages/);
    await reads(/still there\?/);
    await fits('never-met');
    await hasNoBarriers('an end that nobody asked for');
    await be('Amara');
    await go(/direct messages/);
    await reads(/How is it with/);
    await reads(/still going\?/);
    await fits('later');
    await hasNoBarriers('later questions');
    expect(complaints).toEqual([]);
  },
);

test.skipIf(absent)(
  'a rest and its end, both are done, and each reads the other’s word, keeps it and lets it go',
  async () => {
    const { be, go, run, hears, reads, fits, formFits, press, submit, form, complaints, hasNoBarriers } = await visitByPhone(opened.page.url, 'end'); // prettier-ignore
    const [youssef, karim] = await registerAll('Youssef', 'Karim');
    await bringTogether(opened, youssef!, karim!);
    await be('Karim');
    await run('mentorship kept');
    await hears(/You have kept no words yet/);
    await run('mentorship quiet', { weeks: '2' });
    await hears(/I ask you two nothing until/);
    await run('mentorship pause', { days: '7' });
    await hears(/rests until .*they are told so kindly/);
    await fits('pause');
    await run('mentorship resume');
    await hears(/goes on, and they are told/);
    await run('mentorship end', { reason: 'There is no time for it' });
    await hears(/Do you want to end your mentorship/);
    await fits('confirm');
    await press('Keep the mentorship');
    await hears(/goes on as before/);
    await run('mentorship end', { reason: 'We are done: it has reached its aim' });
    await hears(/Have you and .* reached your aim\?/);
    await fits('done');
    await press('Yes, we are done');
    await hears(/I have asked .* to confirm/);
    await hasNoBarriers('rests and ends');
    await opened.bot.tick();

    await be('Youssef');
    await go(/direct messages/);
    await reads(/says that the two of you have reached your aim/);
    await fits('asked');
    await press('Yes, we are done');
    await reads(/is complete\. Thank you both/);
    await press('A word at the end');
    await form.getByRole('group', { name: /^Your goals/ }).getByRole('radio').first().check(); // prettier-ignore
    await form.getByRole('group', { name: /^How did it go/ }).getByRole('radio').first().check(); // prettier-ignore
    await form.getByLabel(/^A word to the other/).fill('You ask the right questions. Keep asking them.');
    await formFits('closing');
    await hasNoBarriers('the form of a word');
    await submit();
    await reads(/Your word goes to them once they have said something/);
    await fits('complete');
    await karim!.press('A word at the end', karim!.dms().findLast(({ components }) => JSON.stringify(components).includes('mentorship-closing'))); // prettier-ignore
    await karim!.submit({ 'Your goals': 'all', 'How did it go? Only moderators see this': 'good' });
    await opened.bot.tick();

    await be('Karim');
    await go(/direct messages/);
    await reads(/A word from/);
    await press('Keep it');
    await reads(/It is kept for you/);
    await fits('word');
    await go(/general/);
    await run('mentorship kept');
    await hears(/You ask the right questions/);
    await fits('kept');
    await hasNoBarriers('words that were kept');
    await press('Remove 1');
    await hears(/You have kept no words yet.*You ask the right questions/s);
    await fits('not-kept');
    await run('mentorship show');
    await hears(/You are in no mentorship here/);
    expect(complaints).toEqual([]);
  },
);
