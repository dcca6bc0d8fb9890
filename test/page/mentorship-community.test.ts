/** What a community sees around its mentorships, on the narrowest phone: waiting, the season, office hours, figures. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { insertFigures, moveFigures } from '../../src/db/figures.ts';
import { openDatabase } from '../../src/db/open.ts';
import { inTurn } from '../../src/guild/turn.ts';
import { lacksBrowser } from './browser.ts';
import { closeAll, type Opened, openSetUp, soon } from './opened.ts';
import { registerPersona } from './pairs.ts';
import { visitByPhone } from './phone.ts';

const absent = await lacksBrowser();
let folder: string;
let opened: Opened;

beforeAll(async () => {
  if (absent) return;
  folder = mkdtempSync(join(tmpdir(), 'preceptor-'));
  opened = await openSetUp(false, { databaseFile: join(folder, 'preceptor.db') });
  opened.stage.guild.createChannel({ name: 'Lounge', type: 2 });
  for (const name of ['Hamza', 'Youssef', 'Sana', 'Karim']) await registerPersona(opened, name);
});
afterAll(async () => {
  if (absent) return;
  await closeAll(opened);
  rmSync(folder, { recursive: true });
});
afterEach(() => absent || opened.stage.sandbox.assertNoRefusals());

test.skipIf(absent)('a mentor’s week and season, and what whoever asks or waits reads of them', async () => {
  const { tab, be, run, hears, fits, formFits, press, submit, form, complaints, hasNoBarriers } = await visitByPhone(opened.page.url, 'season'); // prettier-ignore
  await be('Hamza');
  await run('mentor limit', { most: '2' });
  await hears(/From now on 2 new requests reach you in seven days/);
  // Discord's client does not send it, and says why.
  await run('mentor limit', { most: '21' });
  await tab.getByRole('alert').getByText(/20/).waitFor();
  await tab.getByRole('button', { name: 'Cancel' }).click();
  await run('mentor season', { selecting: 'Yes', until: 'next spring' });
  await hears(/That is no day in the coming year/);
  await run('mentor season', { selecting: 'Yes', place: 'Mercy *General*' });
  await hears(/Noted until .*whoever asks you reads it first/);
  await run('mentor season');
  await hears(/Say what you mean/);
  await fits('mentor');
  await hasNoBarriers('a mentor’s season');

  await be('Sana');
  await run('mentor waiting');
  await hears(/You are not on the waitlist/);
  await fits('waiting');
  await press('Join the waitlist');
  await hears(/You are on the waitlist|number 1/);
  await run('mentor waiting');
  await hears(/You have been looking since/);
  await run('mentor find');
  await hears(/Helps to choose residents/);
  await fits('find');
  await press(/Request Hamza/);
  await hears(/helps to choose residents at Mercy \*General\*\. If you apply there/);
  await fits('guard');
  await press('I do not apply there');
  await form.getByRole('textbox').fill('Would you read my list of programs?');
  await formFits('request');
  await submit();
  await hears(/is on its way/);
  await fits('asked');
  await run('mentor season', { rounds: 'Yes' });
  await hears(/a round may propose a mentor to you/);
  await hasNoBarriers('asking in the season');
  expect(complaints).toEqual([]);
});

test.skipIf(absent)('office hours from the offer to calling them off', async () => {
  const { be, go, run, hears, reads, fits, formFits, press, submit, form, newest, complaints, hasNoBarriers } = await visitByPhone(opened.page.url, 'office'); // prettier-ignore
  await be('Sana');
  await run('officehours show');
  await hears(/No office hours are coming/);
  await run('officehours offer');
  await hears(/whom the moderators accept/);
  await be('Hamza');
  await run('officehours show');
  await hears(/You can offer some/);
  await press('Offer office hours');
  await form.getByLabel(/^What people can ask you about/).fill('Interviews from abroad');
  await form.getByLabel(/^When it begins/).fill('Funday');
  await form.getByLabel(/^Where/).selectOption({ label: '#Lounge' });
  await formFits('form');
  await hasNoBarriers('the form of office hours');
  await submit();
  await hears(/do not understand when/);
  await fits('refused');
  await press('Open the form again');
  await expect.poll(() => form.getByLabel(/^When it begins/).inputValue()).toBe('Funday');
  await form.getByLabel(/^When it begins/).fill('in 2 days');
  await submit();
  await hears(/Offered: it stands in.*These are yours/s);
  await fits('offered');

  await be('Sana');
  await go(/channel mentoring(?!-)/);
  await soon(opened, 'the message for everybody', () =>
    JSON.stringify(opened.stage.person('Sana').actor.messages('mentoring')).includes('Interviews from abroad'),
  );
  await reads(/0 of \d+ places taken/);
  await fits('post');
  await press('Take a place');
  await reads(/The place is yours/);
  await press('Send a question');
  await form.getByLabel(/^What would you like to ask/).fill('How many programs did you apply to?');
  await formFits('question');
  await submit();
  await reads(/You would like to ask \(without your name\)/);
  await fits('place');
  await press(/^Calendar file/);
  await reads(/Open the file/);
  await hasNoBarriers('a place in office hours');

  await be('Hamza');
  await run('officehours show');
  await hears(/1 question was sent beforehand/);
  await press('Read the questions');
  await reads(/How many programs did you apply to/);
  await fits('questions');
  await press('Move');
  await form.getByLabel(/^When it begins/).fill('in 3 days');
  await formFits('move');
  await submit();
  await reads(/Everybody on the list is told/);
  await hasNoBarriers('a mentor’s office hours');
  await be('Thandiwe');
  await run('officehours list');
  await hears(/1 of \d+ places taken/);
  await fits('list');
  await press('Choose one');
  await newest.getByRole('radio').first().check();
  await newest.getByRole('button', { name: 'Choose', exact: true }).click();
  await press('Call off');
  await hears(/1 person is told/);
  await fits('call-off');
  await press('Yes, call it off');
  await hears(/so is the mentor/);
  await fits('called-off');
  await hasNoBarriers('office hours for moderators');
  expect(complaints).toEqual([]);
});

test.skipIf(absent)(
  'figures: none yet, then a card, what each is, and a picture that says the same in words',
  async () => {
    const { be, run, hears, reads, fits, press, newest, complaints, hasNoBarriers } = await visitByPhone(opened.page.url, 'figures'); // prettier-ignore
    await be('Thandiwe');
    await run('stats');
    await hears(/There are no figures yet/);
    await fits('none');
    await press('What is this?');
    await reads(/at least 5 mentors and 5 mentees/);
    await fits('about');
    await hasNoBarriers('what figures are');
    await writeFigures();
    await run('stats');
    await hears(/Mentors: 15 to 19.*Accepted: 23, within 6 to 24 hours/s);
    const picture = newest.getByRole('img', { name: /^Figures of September 2026 to November 2026/ });
    await picture.waitFor();
    await expect
      .poll(() => picture.getAttribute('alt'))
      .toMatch(/Accepted: 23, within 6 to 24 hours.*Completed: not shown/s);
    await expect.poll(() => picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)).toBe(800); // prettier-ignore
    await fits('card');
    await hasNoBarriers('figures');
    await run('mentors waiting');
    await hears(/on the waitlist/);
    await fits('waiting');
    await run('mentors pairs');
    await hears(/There is no mentorship at the moment/);
    await run('home');
    await hears(/Your home/);
    await fits('home');
    await hasNoBarriers('what moderators look at');
    expect(complaints).toEqual([]);
  },
);

/** Figures of three months, as the bot closes them. */
async function writeFigures(): Promise<void> {
  const db = await openDatabase(join(folder, 'preceptor.db'));
  const figure = (cell: string, since: string, until: string, count: number, middle: number | null = null) => ({ cell, since, until, count, middle }); // prettier-ignore
  const { id } = opened.stage.guild;
  await inTurn(db, id, async (trx) => {
    await moveFigures(trx, id, null, { until: '2026-11', at: '2027-01-01T08:00:00.000Z' });
    await insertFigures(trx, id, [
      figure('accepted', '2026-09', '2026-10', 12, 24),
      figure('accepted', '2026-11', '2026-11', 11, 6),
      figure('third', '2026-09', '2026-10', 6, 42),
      figure('mentors', '2026-11', '2026-11', 15),
      figure('demand:applying:primary-care', '2026-11', '2026-11', 20),
      figure('supply:applying:primary-care', '2026-11', '2026-11', 5),
    ]);
  });
  await db.destroy();
}
