import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BotProcess } from '../../sandbox/bot.ts';
import type { Stage } from '../../sandbox/demo/index.ts';
import type { Page } from '../../sandbox/page-server/index.ts';
import { lacksBrowser } from './browser.ts';
import { expectFits } from './fits.ts';
import { closeAll, openSetUp } from './opened.ts';
import { become, findBarriers, keepPicture, openPlace, reach, type, visit } from './visit.ts';

let stage: Stage;
let bot: BotProcess;
let page: Page;
const absent = await lacksBrowser();

beforeAll(async () => {
  if (absent) return;
  ({ stage, bot, page } = await openSetUp(true));
});
afterAll(async () => {
  if (!absent) await closeAll({ stage, bot, page });
});

test.skipIf(absent)(
  'a newcomer comes in by the door on a phone: who has no command in mind presses, and fills in two forms',
  async () => {
    const { tab, complaints } = await visit(page.url, { viewport: { width: 390, height: 800 } });
    await tab.getByRole('button', { name: 'Channels' }).click();
    await become(tab, 'Amara');
    await type(tab, 'home');
    await tab.getByRole('button', { name: 'I look for a mentor' }).click();
    const form = tab.getByRole('dialog');
    await form.getByLabel(/^Your time zone/).fill('usa');
    await form.getByRole('button', { name: 'Submit' }).click();
    await tab.getByText('There are several time zones').first().waitFor();
    await keepPicture(tab, 'door-zones');
    await tab.getByRole('button', { name: 'I look for a mentor' }).first().click();
    await form.getByLabel(/^Your time zone/).fill('Lagos');
    await form.getByRole('button', { name: 'Submit' }).click();
    await tab.getByRole('button', { name: 'I agree' }).click();
    await form
      .getByRole('group', { name: /^Specialties/ })
      .getByRole('checkbox')
      .first()
      .waitFor();
    await form.getByRole('button', { name: 'Cancel' }).click();
    await type(tab, 'help');
    await tab.getByRole('button', { name: 'My data' }).click();
    await tab.getByText('Your profile and your data').first().waitFor();
    await keepPicture(tab, 'door-help');
    await expectFits(tab.getByRole('region', { name: /^Messages/ }), 'the door');
    expect(await findBarriers(tab)).toEqual([]);
    expect(complaints).toEqual([]);
  },
);

test.skipIf(absent)(
  'what nobody can take is named on the narrowest phone, with what was typed, and nothing has changed',
  async () => {
    const { tab, complaints } = await visit(page.url, { viewport: { width: 320, height: 700 } });
    await tab.getByRole('button', { name: 'Channels' }).click();
    await become(tab, 'Thandiwe');
    await type(tab, 'guide add');
    const form = tab.getByRole('dialog');
    await form.getByLabel(/^The question/).fill('What does the xylophone cost?');
    await form.getByLabel(/^The answer/).fill('It costs 985 dollars a year.');
    await form.getByRole('button', { name: 'Submit' }).click();
    await tab.getByText('Name the official page that says so').first().waitFor();
    await expect.poll(() => tab.getByText('It costs 985 dollars a year.').count()).toBeGreaterThan(0);
    await keepPicture(tab, 'refused-answer');
    await type(tab, 'review next');
    await tab.getByRole('button', { name: 'Later' }).first().waitFor();
    await keepPicture(tab, 'review');
    await expectFits(tab.getByRole('region', { name: /^Messages/ }), 'what is refused, and what follows');
    await tab.getByRole('button', { name: 'Channels' }).click();
    await become(tab, 'Amara');
    await type(tab, 'guide ask');
    await tab.getByRole('textbox', { name: /^question/ }).fill('xylophone');
    await tab.getByRole('button', { name: 'Send /guide ask' }).click();
    await tab.getByText('I have nothing on').first().waitFor();
    await tab.getByRole('button', { name: 'Ask the moderators' }).click();
    await tab.getByText('The moderators have it now').first().waitFor();
    await expectFits(tab.getByRole('region', { name: /^Messages/ }), 'what is refused, and what follows');
    expect(await findBarriers(tab)).toEqual([]);
    expect(complaints).toEqual([]);
  },
);

test.skipIf(absent)(
  'on the narrowest phone the messages have most of the screen; clock, colors, members and all steps are under “More”',
  async () => {
    const { tab, complaints } = await visit(page.url, { viewport: { width: 320, height: 700 } });
    const more = tab.getByRole('button', { name: /^More: clock/ });
    const clock = tab.getByRole('group', { name: 'Clock' });
    const steps = tab.getByText(/^All \d+ steps/);
    const headHeight = async () => (await tab.getByRole('region', { name: /^Messages/ }).boundingBox())?.y;
    const tour = tab.getByRole('region', { name: 'Guided tour' });
    await tour.getByText('Next:').waitFor();
    await tour.getByRole('heading', { name: /^Step 1 / }).waitFor();
    await expect.poll(headHeight).toBeLessThan(700 / 3);
    await clock.waitFor({ state: 'hidden' });
    await steps.waitFor({ state: 'hidden' });
    await expect.poll(() => more.getAttribute('aria-expanded')).toBe('false');
    await keepPicture(tab, 'head-folded');

    await reach(tab, more);
    await tab.keyboard.press('Enter');
    await expect.poll(() => more.getAttribute('aria-expanded')).toBe('true');
    await tab.locator(':focus').and(more).waitFor();
    await reach(tab, clock.getByRole('button', { name: 'Next post' }));
    await reach(tab, tab.getByRole('button', { name: 'Members' }));
    await steps.click();
    await tab.getByRole('list', { name: 'Steps' }).waitFor();
    await keepPicture(tab, 'head-unfolded');
    await expectFits(tab.getByRole('main'), 'the head');
    expect(await findBarriers(tab)).toEqual([]);

    await reach(tab, tab.getByRole('button', { name: /colors$/ }));
    await tab.keyboard.press('Escape');
    await tab.locator(':focus').and(more).waitFor();
    await clock.waitFor({ state: 'hidden' });
    expect(await findBarriers(tab)).toEqual([]);

    // Whoever goes elsewhere wants to read there.
    await more.click();
    await clock.waitFor();
    await tab.getByRole('button', { name: 'Channels' }).click();
    await openPlace(tab, /channel tips/);
    await expect.poll(() => more.getAttribute('aria-expanded')).toBe('false');
    await expect.poll(headHeight).toBeLessThan(700 / 3);
    expect(complaints).toEqual([]);
  },
);
