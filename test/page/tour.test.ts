import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { BotProcess } from '../../sandbox/bot.ts';
import type { Stage } from '../../sandbox/demo/index.ts';
import type { Page } from '../../sandbox/page-server/index.ts';
import { lacksBrowser } from './browser.ts';
import { closeAll, openDemo, soon } from './opened.ts';
import { become, findBarriers, keepPicture, openPlace, type, type Visit, visit } from './visit.ts';

let stage: Stage;
let bot: BotProcess;
let page: Page;
const absent = await lacksBrowser();

beforeAll(async () => {
  if (!absent) ({ stage, bot, page } = await openDemo());
});
afterAll(async () => {
  if (!absent) await closeAll({ stage, bot, page });
});
afterEach(() => absent || stage.sandbox.assertNoRefusals());

test.skipIf(absent)(
  'a visitor plays the tour: each step says what to click, and notices when it was done',
  async () => {
    const { tab, complaints, strangers } = await visit(page.url);
    const tour = tab.getByRole('region', { name: 'Guided tour' });
    const step = (title: RegExp) => tour.getByRole('heading', { name: title }).waitFor();

    await step(/Step 1 .*Amara registers/);
    await tour.getByText('Be Amara').waitFor();
    await become(tab, 'Amara');
    await tour.getByText('/register mentee').waitFor();
    await type(tab, 'register mentee');
    const zone = tab.getByRole('combobox', { name: /^timezone/ });
    await zone.fill('lagos');
    await tab.getByRole('option', { name: /^Lagos \(/ }).waitFor();
    await zone.press('Enter');
    await expect.poll(() => zone.inputValue()).toMatch(/Lagos/);
    await tab.getByRole('button', { name: 'Send /register mentee' }).click();
    await tab.getByRole('button', { name: 'I agree' }).click();
    const form = tab.getByRole('dialog');
    await form
      .getByRole('group', { name: /^Specialties/ })
      .getByRole('checkbox', { name: /^Pediatrics/ })
      .check();
    await form.getByLabel(/^Stage/).selectOption({ value: 'step-1' });
    await form
      .getByRole('group', { name: /^Languages/ })
      .getByRole('checkbox', { name: /^English/ })
      .check();
    await form
      .getByRole('group', { name: /^Topics/ })
      .getByRole('checkbox')
      .first()
      .check();
    await form.getByLabel(/^About you/).fill('Fifteen hours a week, after night shifts. <img src=x onerror=alert(1)>');
    await keepPicture(tab, 'form');
    expect(await findBarriers(tab)).toEqual([]);
    await form.getByRole('button', { name: 'Submit' }).click();

    await step(/Step 2 .*Thandiwe verifies/);
    await become(tab, 'Thandiwe');
    await openPlace(tab, /mentoring-staff/);
    await tab
      .getByRole('button', { name: /^Verify/ })
      .last()
      .click();
    const level = tab.getByRole('dialog');
    await level.getByRole('button', { name: 'Submit' }).waitFor();
    await keepPicture(tab, 'verify');
    for (const radio of await level.getByRole('group').all()) await radio.getByRole('radio').last().check();
    for (const menu of await level.getByRole('combobox').all()) await menu.selectOption({ index: 1 });
    await level.getByRole('button', { name: 'Submit' }).click();

    await step(/Step 3 .*Amara finds/);
    await become(tab, 'Amara');
    await type(tab, 'mentor find');
    await tab
      .getByText(/suit you best|fits you|suits you/)
      .first()
      .waitFor();
    await keepPicture(tab, 'found');
    await tab.getByRole('button', { name: /Request Ifeoma/ }).click();
    const note = tab.getByRole('dialog');
    await note.getByRole('textbox').first().fill('Would you look at my plan for Step 1?');
    await note.getByRole('button', { name: 'Submit' }).click();

    await step(/Step 4 .*mentor accepts/);
    await become(tab, 'Ifeoma');
    await openPlace(tab, /direct messages with Preceptor/);
    await tab
      .getByRole('button', { name: /^Accept/ })
      .last()
      .click();
    // For a minute she could take it back.
    await tab.getByRole('group', { name: 'Clock' }).getByRole('button', { name: 'Next post' }).click();
    await step(/Step 5 .*thread of their own/);
    await openPlace(tab, /private thread/);
    await keepPicture(tab, 'thread');

    await step(/Step 6 .*Monday/);
    const tips = () => stage.person('Amara').actor.messages(stage.guild.channel('tips'));
    while (tips().length === 0) await forward(tab, 'Next post');
    await tour.getByText('Open “tips”').waitFor();
    await openPlace(tab, /channel tips/);
    await keepPicture(tab, 'tip');
    await step(/Step 7 .*announcement/);

    await become(tab, 'Thandiwe');
    await type(tab, 'announce compose');
    await tab.getByRole('button', { name: 'Send /announce compose' }).click();
    const announcement = tab.getByRole('dialog');
    await announcement.getByRole('textbox', { name: /^Title/ }).fill('Office hour on Thursday');
    await announcement
      .getByRole('textbox', { name: /^Text/ })
      .fill('Bring your **personal statement**; Ifeoma reads three of them.');
    await announcement.getByRole('button', { name: 'Submit' }).click();
    await tab.getByRole('button', { name: 'Post now' }).click();
    await step(/Step 8 .*Amara’s road/);
    await become(tab, 'Amara');
    await type(tab, 'roadmap show');
    await tab.getByRole('button', { name: 'Send /roadmap show' }).click();
    await tab.getByRole('button', { name: 'Begin my road' }).last().click();
    await tab.getByRole('button', { name: 'My next steps' }).last().click();
    await tab.getByRole('button', { name: 'Picture' }).last().click();
    await step(/Step 9 .*who says so/);
    await keepPicture(tab, 'road');
    await type(tab, 'deadlines show');
    await tab.getByRole('button', { name: 'Send /deadlines show' }).click();
    await step(/Step 10 .*wants to hear of/);
    await keepPicture(tab, 'dates');
    await type(tab, 'deadlines pick');
    const date = tab.getByRole('combobox', { name: /^date/ });
    await date.fill('match day');
    await tab
      .getByRole('option', { name: /Match Day/ })
      .first()
      .waitFor();
    await date.press('Enter');
    await tab.getByRole('button', { name: 'Send /deadlines pick' }).click();
    await step(/Step 11 .*question for the guide/);
    await type(tab, 'guide ask');
    await tab.getByRole('textbox', { name: /^question/ }).fill('can i do step 2 befor step 1');
    await tab.getByRole('button', { name: 'Send /guide ask' }).click();
    await tab.getByText('Must Step 1 come before Step 2 CK?').last().waitFor();
    await keepPicture(tab, 'guide');
    await playMonth(tab, step);
    await playOffice(tab, step);
    await become(tab, 'Amara');
    await playStudy(tab, step);
    await tour.getByRole('heading', { name: 'The tour is done' }).waitFor();
    await openPlace(tab, /channel announcements/);
    await tab
      .getByRole('region', { name: /^Messages/ })
      .getByText('Office hour on Thursday')
      .waitFor();
    await keepPicture(tab, 'announcement');

    await become(tab, 'Liza');
    const threads = tab.getByRole('navigation').getByRole('button', { name: /private thread/ });
    await expect.poll(() => threads.count()).toBe(0);
    expect(complaints).toEqual([]);
    expect(strangers).toEqual([]);
  },
);

/** Whether one of somebody's threads holds these words. The page hears of them a little later. */
function reads(name: string, words: string): boolean {
  const { actor } = stage.person(name);
  const own = stage.guild.threads().filter(({ memberIds }) => memberIds.includes(actor.id));
  return own.some((thread) => JSON.stringify(actor.messages(thread)).includes(words));
}

/** Presses a button of the page's clock, and waits until the bot has done all that fell due by it. */
async function forward(tab: Visit['tab'], name: string): Promise<void> {
  const button = tab.getByRole('group', { name: 'Clock' }).getByRole('button', { name });
  await button.click();
  // Only with its next frame the page shows that the clock moves.
  await tab.evaluate('new Promise((drawn) => requestAnimationFrame(drawn))');
  await expect.poll(() => button.getAttribute('aria-disabled')).toBeNull();
  await bot.settled();
}

/** The first month of the pair: they find a time, agree, set a goal and meet; and a report that the moderator never sees. */
async function playMonth(tab: Visit['tab'], step: (title: RegExp) => Promise<void>): Promise<void> {
  const last = (name: string | RegExp) => tab.getByRole('button', { name }).last();
  const form = tab.getByRole('dialog');
  await step(/Step 12 .*time for two/);
  await openPlace(tab, /private thread/);
  await last('Find a time').click();
  await last(/^Choose up to five times/).click();
  await tab.getByRole('checkbox').first().check();
  await last('Choose').click();
  await step(/Step 13 .*One press agrees/);
  await become(tab, 'Ifeoma');
  await openPlace(tab, /private thread/);
  await last('Take 1').click();
  await step(/Step 14 .*want to reach/);
  await last('Set a goal').click();
  await form.getByRole('textbox').first().fill('A plan for Step 1');
  await form.getByRole('button', { name: 'Submit' }).click();
  await step(/Step 15 .*day comes/);
  while (!reads('Amara', 'We met')) await forward(tab, '+1 day');
  await step(/Step 16/);
  await become(tab, 'Amara');
  await openPlace(tab, /private thread/);
  await keepPicture(tab, 'meeting');
  await last('We met').click();
  await step(/Step 17 .*In confidence/);
  await type(tab, 'report member');
  await tab.getByRole('combobox', { name: /^member/ }).selectOption('Thandiwe');
  await tab.getByRole('button', { name: 'Send /report member' }).click();
  await form.getByRole('button', { name: 'Submit' }).waitFor();
  await form.getByLabel(/^What it is about/).selectOption({ label: 'Something else' });
  await form.getByRole('textbox').first().fill('She told a stranger what I had written to her in confidence.');
  await keepPicture(tab, 'report');
  await form.getByRole('button', { name: 'Submit' }).click();
  await step(/Step 18 .*Thandiwe sees nothing/);
  await become(tab, 'Thandiwe');
  await type(tab, 'reports list');
  await tab.getByRole('button', { name: 'Send /reports list' }).click();
  await step(/Step 19 .*month goes by/);
  stage.sandbox.clock.advance(27 * 86_400_000);
  await forward(tab, '+1 day');
  await step(/Step 20 .*How it stands/);
  await become(tab, 'Amara');
  const hasOptions = await type(tab, 'mentorship show');
  if (hasOptions) await tab.getByRole('button', { name: 'Send /mentorship show' }).click();
}

/** A mentor offers office hours; somebody takes a place and asks beforehand, without a name. */
async function playOffice(tab: Visit['tab'], step: (title: RegExp) => Promise<void>): Promise<void> {
  const last = (name: string | RegExp) => tab.getByRole('button', { name }).last();
  const form = tab.getByRole('dialog');
  const submit = async () => {
    await form.getByRole('button', { name: 'Submit' }).click();
    await form.waitFor({ state: 'detached' });
  };
  await step(/Step 21 .*whoever comes/);
  await become(tab, 'Ifeoma');
  await type(tab, 'officehours offer');
  await form.getByLabel(/^What people can ask/).fill('The first weeks on a US ward');
  await form.getByLabel(/^When it begins/).fill('in 2 days');
  await form.getByLabel(/^Where/).selectOption({ label: '#Lounge' });
  await submit();
  await step(/Step 22 .*place, and a question/);
  await become(tab, 'Amara');
  await openPlace(tab, /channel mentoring$|channel mentoring new/);
  await last('Take a place').click();
  await last('Send a question').click();
  await form.getByRole('textbox').fill('How do I present a patient whom I have just met?');
  await submit();
  await step(/Step 23 .*Read beforehand/);
  await keepPicture(tab, 'office-hours');
  await become(tab, 'Ifeoma');
  await last('Read the questions').click();
  await tab.getByText('How do I present a patient').last().waitFor();
}

/** A study group is formed, agrees on a time and meets; and what the menu of a message is for. */
async function playStudy(tab: Visit['tab'], step: (title: RegExp) => Promise<void>): Promise<void> {
  const last = (name: string | RegExp) => tab.getByRole('button', { name }).last();
  const form = tab.getByRole('dialog');
  const submit = async () => {
    await form.getByRole('button', { name: 'Submit' }).click();
    await form.waitFor({ state: 'detached' });
  };
  await step(/Step 24 .*Company/);
  await openPlace(tab, /channel general/);
  await tab.getByRole('region', { name: 'Messages in general' }).waitFor();
  await type(tab, 'study match');
  await tab.getByRole('combobox', { name: /^topic/ }).selectOption('OET');
  await tab.getByRole('button', { name: 'Send /study match' }).click();
  await last('Enter my hours').click();
  await form
    .getByRole('group', { name: /^Weekdays/ })
    .getByRole('checkbox', { name: /^Evening/ })
    .check();
  await submit();
  await last('Go on').click();
  await submit();
  await step(/Step 25 .*from three weeks/);
  await become(tab, 'Thandiwe');
  await type(tab, 'study form preview');
  await last('Offer these groups').click();
  await step(/Step 26 .*say yes/);
  for (const name of ['Amara', 'Karim', 'Sana']) {
    await become(tab, name);
    await openPlace(tab, /direct messages/);
    await last('Yes, I am in').click();
    await last('Yes, I am in').waitFor({ state: 'detached' });
  }
  await step(/Step 27 .*time for all/);
  await become(tab, 'Amara');
  const votes = () => stage.guild.threads().some((each) => each.name.startsWith('OET') && JSON.stringify(stage.person('Amara').actor.messages(each)).includes('study-vote:')); // prettier-ignore
  await soon({ bot }, 'the vote', votes);
  await openPlace(tab, /private thread OET/);
  const time = tab.getByRole('button', { name: /^\w{3} \d\d:\d\d$/ }).first();
  const label = await time.innerText();
  await time.click();
  await tab.getByText('Press again to take it back').first().waitFor();
  // The others need not be played on the page: otherwise it would close after two days.
  for (const name of ['Karim', 'Sana']) await stage.person(name).actor.press(label);
  await step(/Step 28 .*hour comes/);
  const thread = stage.guild.threads().find(({ name }) => name.startsWith('OET'))!;
  const meets = JSON.stringify(stage.person('Amara').actor.messages(thread)).match(/You meet.*?<t:(\d+):F>/);
  stage.sandbox.clock.advance(Number(meets![1]) * 1000 - stage.sandbox.clock.now() - 20 * 60_000);
  await bot.settled();
  while (!reads('Amara', 'We begin ')) await forward(tab, 'Next post');
  await step(/Step 29 .*They meet/);
  for (const name of ['Amara', 'Karim']) {
    await become(tab, name);
    await openPlace(tab, /private thread OET/);
    await last('I am here').click();
    await tab
      .getByText(/Say with/)
      .last()
      .waitFor();
  }
  await step(/Step 30 .*How it went/);
  await keepPicture(tab, 'study');
  await tab.getByRole('group', { name: 'Clock' }).getByRole('button', { name: '+1 hour' }).click();
  await last('Done').waitFor();
  await become(tab, 'Amara');
  await openPlace(tab, /private thread OET/);
  await last('Done').click();
  await step(/Step 31 .*Is this true/);
  await openPlace(tab, /channel introductions/);
  await last('Apps for the message by Andrés').click();
  await tab.getByRole('menuitem', { name: 'Is this true?' }).click();
  await form.getByLabel(/^What is it about/).selectOption({ index: 1 });
  await submit();
  await step(/Step 32 .*Not here/);
  await keepPicture(tab, 'menu');
  await last('Apps for the message by Liza').click();
  await tab.getByRole('menuitem', { name: 'Report exam content' }).click();
  await submit();
}
