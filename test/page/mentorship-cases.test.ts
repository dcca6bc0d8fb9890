/** Reports and blocks on the narrowest phone: what cannot be is named and nothing is lost, and nobody finds what is not theirs. */
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../sandbox/api.ts';
import { lacksBrowser } from './browser.ts';
import { closeAll, type Opened, openSetUp } from './opened.ts';
import { bringTogether, registerPersona } from './pairs.ts';
import { visitByPhone } from './phone.ts';

const absent = await lacksBrowser();
const words = 'He asked me for two hundred dollars for a letter.';
let opened: Opened;
let [hamza, sana]: Actor[] = [];
const person = (name: string) => opened.stage.person(name).actor;

beforeAll(async () => {
  if (absent) return;
  opened = await openSetUp();
  hamza = await registerPersona(opened, 'Hamza');
  sana = await registerPersona(opened, 'Sana');
  await bringTogether(opened, hamza, sana);
  // Another who handles reports, so that one of them may be left out.
  opened.stage.guild.join({ name: 'Imani', permissions: PermissionFlagsBits.ManageGuild });
});
afterAll(async () => {
  if (!absent) await closeAll(opened);
});
afterEach(() => absent || opened.stage.sandbox.assertNoRefusals());

/** Reports somebody without the page. @returns the number. */
async function report(
  by: Actor,
  about: Actor,
  more: Readonly<Record<string, readonly string[]>> = {},
): Promise<string> {
  await by.slash('report member', { member: about });
  const { text } = await by.submit({ 'What it is about': ['money'], 'What happened': words, ...more });
  await opened.bot.tick();
  return numberIn(text);
}

const numberIn = (text: string) => /Its number is \*\*(\w+)\*\*/.exec(text)?.[1] ?? '';

test.skipIf(absent)(
  'a report that cannot be is refused by name, and what was written is given back, to copy and in the form',
  async () => {
    const { be, run, hears, fits, formFits, press, submit, form, complaints, hasNoBarriers } = await visitByPhone(opened.page.url, 'reports'); // prettier-ignore
    const happened = form.getByLabel(/^What happened/);
    await be('Amara');
    await run('report mine');
    await hears(/You have reported nothing here/);
    await fits('none');
    await run('report member', { member: 'Amara' });
    await hears(/You cannot report yourself/);
    await run('report member', { member: 'Preceptor' });
    await hears(/That is a bot/);
    await fits('bot');

    await run('report member', { member: 'Karim' });
    await form.getByLabel(/^What it is about/).selectOption({ label: 'Harassment' });
    await happened.fill('He asked for money!');
    await formFits('form');
    await hasNoBarriers('the form');
    // Discord's client does not send it, and says why; the form stays as it is.
    await form.getByRole('button', { name: 'Submit' }).click();
    await expect.poll(() => happened.evaluate((field) => (field as unknown as { validity: { tooShort: boolean } }).validity.tooShort)).toBe(true); // prettier-ignore
    await expect.poll(() => happened.inputValue()).toBe('He asked for money!');
    await happened.fill('He asked for money!     ');
    await submit();
    await hears(/What happened needs at least 20 characters.*yours has 19. Nothing was sent yet.*He asked for money!/s);
    await fits('short');
    await press('Open the form again');
    await expect.poll(() => happened.inputValue()).toMatch(/^He asked for money!/);
    await expect.poll(() => form.getByLabel(/^What it is about/).inputValue()).toBe('harassment');
    await happened.fill(words);
    await form.getByLabel(/^What it is about/).selectOption({ label: 'Somebody may be at risk' });
    await submit();
    await hears(/Your report is with the moderators/);
    await hears(/988.*Its number is/s);
    await fits('filed');

    for (const name of ['Liza', 'Nusrat']) await report(person('Amara'), person(name));
    await run('report member', { member: 'Andrés' });
    await form.getByLabel(/^What it is about/).selectOption({ label: 'Something else' });
    await happened.fill(words);
    await submit();
    await hears(/You have 3 open reports here.*to copy it.*two hundred dollars for a letter/s);
    await fits('fourth');
    await press('Open the form again');
    await expect.poll(() => happened.inputValue()).toBe(words);
    await form.getByRole('button', { name: 'Cancel' }).click();
    await form.waitFor({ state: 'detached' });
    await run('report mine');
    await hears(/nobody has taken it yet/);
    await fits('mine');
    await hasNoBarriers('own reports');
    expect((await person('Amara').slash('report mine')).text.match(/nobody has taken it yet/g)).toHaveLength(3);
    expect(complaints).toEqual([]);
  },
);

test.skipIf(absent)(
  'a handler who is left out or reported, and everybody else, finds no such case; those who may see one see it through',
  async () => {
    const { be, go, run, hears, fits, formFits, press, submit, form, complaints, hasNoBarriers } = await visitByPhone(opened.page.url, 'cases'); // prettier-ignore
    const message = hamza!.say('general', `My offer is on https://example.org/${'letters'.repeat(20)}`);
    await sana!.contextMenu('Report to staff', message);
    const { text } = await sana!.submit({ 'What it is about': ['money'], 'What happened': words });
    const number = numberIn(text);
    const hidden = await report(person('Karim'), person('Liza'), {
      'Who should not see this?': [person('Thandiwe').id],
    });
    const about = await report(person('Karim'), person('Thandiwe'));
    await be('Thandiwe');
    for (const id of [hidden, about, 'k000000', number.slice(1)]) {
      await run('reports show', { case: id });
      await hears(/^.*There is no such case\./s);
      await run('reports take', { case: id });
      await hears(/There is no such case\./);
    }
    await fits('no-such');
    await be('Priya');
    await run('reports list');
    await hears(/There is no such case\./);
    await run('reports show', { case: number });
    await hears(/There is no such case\./);

    await be('Thandiwe');
    await run('reports list');
    await hears(new RegExp(number));
    await fits('list');
    await press(`Open ${number}`);
    await hears(/two hundred dollars.*The message of .*My offer is on/s);
    await fits('new');
    await press('Take it');
    await hears(/taken, by/);
    await fits('taken');
    await press('Ask the reporter');
    await form.getByRole('textbox').fill('Was it in writing?');
    await formFits('ask');
    await submit();
    await hears(/waits for the reporter/);
    await fits('waiting');
    await hasNoBarriers('a case');
    await opened.bot.tick();

    await be('Sana');
    await go(/direct messages/);
    await hears(/The moderators have a question/);
    await hears(/Was it in writing\?/);
    await fits('question');
    await press('Answer');
    await form.getByRole('textbox').fill('Yes, on Monday.');
    await submit();
    await hears(/Your answer is with the handler/);
    const handler = person('Thandiwe');
    await handler.press('Let the reporter decide', await handler.slash('reports show', { case: number }));
    await opened.bot.tick();
    await hears(/What would you like to happen\?/);
    await fits('wish');
    await press('Keep it paused for now');
    await hears(/Whoever handles your report reads what you chose/);
    await fits('wished');
    await hasNoBarriers('letters to a reporter');

    await be('Thandiwe');
    await run('reports show', { case: number });
    await hears(/Yes, on Monday\./);
    await press('Note');
    await form.getByRole('textbox').fill('Spoke with both.');
    await submit();
    await hears(/noted: Spoke with both\./);
    await press('Close');
    await form.getByLabel(/^How it ended/).selectOption({ label: 'Talked to' });
    await formFits('close');
    await submit();
    await hears(/still rests/);
    await fits('still-rests');
    await run('reports act', { case: number, what: 'Let the mentorship go on' });
    await hears(/let the mentorship go on/);
    await run('reports close', { case: number, outcome: 'Talked to' });
    await hears(/closed it/);
    await fits('closed');
    await opened.bot.tick();
    await be('Sana');
    await go(/direct messages/);
    await hears(/Your report is closed/);
    await fits('closed-letter');
    await go(/general/);
    await run('report mine');
    await hears(new RegExp(`${number}.*closed`, 's'));
    await fits('closed-mine');
    await press(`Open ${number} again`);
    await form.getByRole('textbox').fill('He wrote to me again today.');
    await formFits('again');
    await submit();
    await hears(/open again, with what you added/);
    await fits('reopened');
    await hasNoBarriers('a closed report');
    expect(complaints).toEqual([]);
  },
);

test.skipIf(absent)(
  'a block of oneself, of the bot and a fifty-first is refused by name, and nobody is blocked by it',
  async () => {
    const { tab, be, run, hears, fits, press, complaints, hasNoBarriers } = await visitByPhone(opened.page.url, 'blocks'); // prettier-ignore
    await be('Sana');
    await run('block list');
    await hears(/You have blocked nobody here/);
    await run('block add', { member: 'Sana' });
    await hears(/You cannot block yourself/);
    await run('block add', { member: 'Preceptor' });
    await hears(/That is a bot/);
    await run('block remove', { member: 'Karim' });
    await hears(/You have not blocked/);
    await fits('refused');
    await run('block add', { member: 'Hamza' });
    await hears(/is blocked\. You are not suggested.*Your mentorship with .* goes on until one of you ends it/s);
    await fits('mentorship');
    await press('Keep the mentorship');
    await hears(/goes on as before/);
    await run('block add', { member: 'Hamza' });
    await hears(/You have already blocked/);

    for (const other of opened.stage.guild.joinMany(49)) await sana!.slash('block add', { member: other });
    await tab.getByRole('button', { name: /^More: clock/ }).click();
    await tab.getByRole('button', { name: 'Members' }).click();
    await tab.getByRole('button', { name: 'Apps for Karim', exact: true }).click();
    await tab.getByRole('menuitem', { name: 'Block in Preceptor' }).click();
    await hears(/You have blocked 50 members already.*Nobody was blocked now/s);
    await fits('many');
    await run('block list');
    await hears(/Member 49/);
    await fits('list');
    await hasNoBarriers('blocks');
    expect((await sana!.slash('block list')).text).not.toContain(person('Karim').id);
    expect(complaints).toEqual([]);
  },
);
