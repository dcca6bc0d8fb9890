import type { Locator, Page as Tab } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type BotProcess, startBot } from '../../sandbox/bot.ts';
import { demoSettings, guide, openStage, type Stage } from '../../sandbox/demo/index.ts';
import { startSandbox } from '../../sandbox/index.ts';
import { startPage, type Page } from '../../sandbox/page-server/index.ts';
import { personas } from '../../sandbox/personas.ts';
import { testStart } from '../support/time.ts';
import { lacksBrowser } from './browser.ts';
import { expectFits } from './fits.ts';
import { closeBrowser, findBarriers, openBrowser, reach, visit } from './visit.ts';

// With nothing set up, on the screen of a phone, and without a mouse: every act is Tab, Enter, Space, letters and arrows.
let stage: Stage;
let bot: BotProcess;
let page: Page;
const absent = await lacksBrowser();
/** Acts that are not typing: what a visitor has to press from here to the first accepted request. */
let presses = 0;

beforeAll(async () => {
  if (absent) return;
  const sandbox = await startSandbox({ startAt: Date.parse(testStart) });
  stage = openStage(sandbox);
  [bot] = await Promise.all([startBot(sandbox, { env: demoSettings, byHand: true }), openBrowser()]);
  page = await startPage({ sandbox, guild: stage.guild, people: personas, bot, tour: guide(stage) });
});
afterAll(async () => {
  if (absent) return;
  await closeBrowser();
  await page.close();
  await bot.stop();
  await stage.sandbox.close();
});
afterEach(() => absent || stage.sandbox.assertNoRefusals());

async function press(tab: Tab, wanted: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await reach(tab, wanted);
  await tab.keyboard.press(key);
  presses += 1;
}

async function become(tab: Tab, name: string): Promise<void> {
  await press(tab, tab.getByRole('button', { name: 'Channels' }));
  await press(tab, tab.getByRole('button', { name: /^Switch person/ }));
  await press(tab, tab.getByRole('dialog').getByRole('button', { name: new RegExp(`^${name}\\b`) }));
  await tab.getByRole('dialog').waitFor({ state: 'detached' });
  await tab.getByRole('status').getByText(`You are ${name} now.`).waitFor({ state: 'attached' });
}

async function openPlace(tab: Tab, name: RegExp): Promise<void> {
  await press(tab, tab.getByRole('button', { name: 'Channels' }));
  await press(tab, tab.getByRole('navigation').getByRole('button', { name }));
}

/** A slash anywhere begins a command. */
async function type(tab: Tab, command: string): Promise<void> {
  // Out of whatever is typed in, as one would with Escape or Tab.
  await tab.evaluate('document.activeElement?.blur()');
  await tab.keyboard.press('/');
  await tab.keyboard.type(command);
  await tab
    .getByRole('option', { name: `/${command}` })
    .first()
    .waitFor();
  await tab.keyboard.press('Enter');
  presses += 1;
}

/** Types into whatever has the focus; Discord's client puts it into the field that is asked for. */
async function fillZone(tab: Tab, typed: string): Promise<void> {
  const zone = tab.getByRole('combobox', { name: /^timezone/ });
  await expect.poll(() => zone.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
  // A phone has no room for a name beside its field.
  expect((await zone.boundingBox())?.width).toBeGreaterThan(200);
  await tab.keyboard.type(typed);
  await tab
    .getByRole('option', { name: new RegExp(typed, 'i') })
    .first()
    .waitFor();
  await tab.keyboard.press('Enter');
  presses += 1;
}

async function fillRegistration(tab: Tab, specialty: RegExp, stageValue: string): Promise<void> {
  const form = tab.getByRole('dialog');
  await press(tab, form.getByRole('checkbox', { name: specialty }), 'Space');
  const stageMenu = form.getByLabel(/^Stage/);
  await reach(tab, stageMenu);
  // The browser's own menu takes letters.
  await tab.keyboard.type(stageValue);
  const languages = form.getByRole('group', { name: /^Languages/ });
  await press(tab, languages.getByRole('checkbox', { name: /^English/ }), 'Space');
  await press(
    tab,
    form
      .getByRole('group', { name: /^Topics/ })
      .getByRole('checkbox')
      .first(),
    'Space',
  );
  await press(tab, form.getByRole('button', { name: 'Submit' }));
}

test.skipIf(absent)(
  'the tour begins with the set-up, and ends with an accepted request, by keyboard alone on a phone',
  async () => {
    const { tab, complaints } = await visit(page.url, { viewport: { width: 390, height: 800 } });
    const tour = tab.getByRole('region', { name: 'Guided tour' });
    const step = (title: RegExp) => tour.getByRole('heading', { name: title }).waitFor();
    const next = (text: string | RegExp) => tour.getByText(text).first().waitFor();

    await step(/Step 1 .*Thandiwe sets the bot up/);
    await next(/Type \/setup start/);
    await type(tab, 'setup start');
    await next('press “Send /setup start”');
    await press(tab, tab.getByRole('button', { name: '+ timezone' }));
    await fillZone(tab, 'New York');
    await press(tab, tab.getByRole('button', { name: 'Send /setup start' }));
    await next('Press “Set it up”');
    await press(tab, tab.getByRole('button', { name: 'Set it up' }));

    await step(/Step 2 .*Ifeoma offers/);
    await next('Be Ifeoma');
    await become(tab, 'Ifeoma');
    await type(tab, 'register mentor');
    await fillZone(tab, 'New York');
    await press(tab, tab.getByRole('button', { name: 'Send /register mentor' }));
    await next('Press “I agree”');
    await press(tab, tab.getByRole('button', { name: 'I agree' }));
    await next('press “Submit”');
    await fillRegistration(tab, /^Pediatrics/, 'Att');

    await step(/Step 3 .*Amara registers/);
    await become(tab, 'Amara');
    await type(tab, 'register mentee');
    await fillZone(tab, 'Lagos');
    await press(tab, tab.getByRole('button', { name: 'Send /register mentee' }));
    await press(tab, tab.getByRole('button', { name: 'I agree' }));
    await fillRegistration(tab, /^Pediatrics/, 'Step 1');

    await step(/Step 4 .*Thandiwe verifies/);
    await become(tab, 'Thandiwe');
    await next(/Open “mentoring-staff”/);
    await openPlace(tab, /mentoring-staff/);
    await next('Press “Verify”');
    await press(tab, tab.getByRole('button', { name: /^Verify/ }).last());
    const level = tab.getByRole('dialog');
    await reach(tab, level.getByLabel(/^Level/));
    await tab.keyboard.type('Att');
    await reach(tab, level.getByLabel(/^How you know/));
    await tab.keyboard.type('Video');
    await press(tab, level.getByRole('button', { name: 'Submit' }));

    await step(/Step 5 .*Amara finds/);
    await become(tab, 'Amara');
    await type(tab, 'mentor find');
    await press(tab, tab.getByRole('button', { name: /Request Ifeoma/ }));
    const note = tab.getByRole('dialog');
    await reach(tab, note.getByRole('textbox').first());
    await tab.keyboard.type('Would you look at my plan for Step 1?');
    await press(tab, note.getByRole('button', { name: 'Submit' }));

    await step(/Step 6 .*mentor accepts/);
    await become(tab, 'Ifeoma');
    await openPlace(tab, /direct messages with Preceptor/);
    await next('Press “Accept”');
    await press(tab, tab.getByRole('button', { name: /^Accept/ }).last());
    // For a minute she could take it back.
    await next('Press “Next post”');
    const more = tab.getByRole('button', { name: /^More: clock/ });
    await tab.locator('.pointed-at').and(more).waitFor();
    await press(tab, more);
    await press(tab, tab.getByRole('group', { name: 'Clock' }).getByRole('button', { name: 'Next post' }));
    await step(/Step 7 .*thread of their own/);
    // The README says how many: what makes them more is noticed.
    expect(presses).toBeLessThanOrEqual(mostPresses);
    await expectFits(tab.getByRole('region', { name: /^Messages/ }), 'what the first steps left');
    expect(await findBarriers(tab)).toEqual([]);
    expect(complaints).toEqual([]);
  },
);

/** From an empty server to the first accepted request, three people's acts together, the set-up among them. */
const mostPresses = 50;
