import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Page as Tab } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { BotProcess } from '../../sandbox/bot.ts';
import type { Stage } from '../../sandbox/demo/index.ts';
import type { Page } from '../../sandbox/page-server/index.ts';
import { lacksBrowser } from './browser.ts';
import { expectFits } from './fits.ts';
import { closeAll, openSetUp } from './opened.ts';
import { become, findBarriers, keepPicture, openPlace, reach, visit } from './visit.ts';

// What apps put into the menu of a message or a member, as somebody finds it who plays on the page.
let stage: Stage;
let bot: BotProcess;
let page: Page;
const absent = await lacksBrowser();
const onMessage = ['Is this true?', 'Report exam content', 'Report to staff'];

beforeAll(async () => {
  if (absent) return;
  ({ stage, bot, page } = await openSetUp());
  stage.person('Hamza').actor.say('general', 'An OET result is valid for life.');
});
afterAll(async () => {
  if (!absent) await closeAll({ stage, bot, page });
});
afterEach(() => absent || stage.sandbox.assertNoRefusals());

const button = (tab: Tab, name: string) => tab.getByRole('button', { name, exact: true });
const hamzas = 'Apps for the message by Hamza';
const entries = (tab: Tab) => tab.getByRole('menu').getByRole('menuitem');

async function listed(tab: Tab, name: string): Promise<string[]> {
  await button(tab, name).click();
  await entries(tab).first().waitFor();
  const texts = await entries(tab).allInnerTexts();
  await tab.keyboard.press('Escape');
  return texts.map((text) => text.trim());
}

test.skipIf(absent)(
  'by keyboard alone on the narrowest phone: from a message to “Is this true?”, and back to where one was',
  async () => {
    const { tab, complaints } = await visit(page.url, { viewport: { width: 320, height: 700 } });
    const opener = button(tab, hamzas);
    const isBack = () => expect.poll(() => opener.evaluate((el) => el === el.ownerDocument.activeElement)).toBe(true);
    const focused = (name: string) => tab.locator(':focus').filter({ hasText: name }).waitFor();
    await reach(tab, opener);
    await expect.poll(() => opener.getAttribute('aria-expanded')).toBe('false');
    await tab.keyboard.press('Space');
    await focused('Is this true?');
    await expect.poll(() => opener.getAttribute('aria-expanded')).toBe('true');
    const box = await tab.getByRole('menu', { name: hamzas }).boundingBox();
    expect(box!.x).toBeGreaterThanOrEqual(0);
    expect(box!.x + box!.width).toBeLessThanOrEqual(320);
    // Beside its button, and not in the middle of everything.
    const from = await opener.boundingBox();
    expect(Math.min(Math.abs(box!.y - from!.y - from!.height), Math.abs(box!.y + box!.height - from!.y))).toBeLessThan(
      20,
    );
    await keepPicture(tab, 'apps-narrow');
    expect(await findBarriers(tab)).toEqual([]);
    await tab.keyboard.press('ArrowUp');
    await focused('Report to staff');
    await tab.keyboard.press('Escape');
    await isBack();
    await expect.poll(() => tab.getByRole('menu').count()).toBe(0);

    await tab.keyboard.press('Enter');
    await focused('Is this true?');
    await tab.keyboard.press('ArrowDown');
    await tab.keyboard.press('ArrowDown');
    await tab.keyboard.press('ArrowDown');
    await focused('Is this true?');
    await tab.keyboard.press('Enter');
    await tab.getByRole('dialog', { name: 'Is this true?' }).waitFor();
    await keepPicture(tab, 'apps-form');
    await tab.keyboard.press('Escape');
    await isBack();

    // Members stand in a drawer here: Escape leaves the menu first, and then the drawer.
    await tab.getByRole('button', { name: /^More: clock/ }).press('Enter');
    await tab.getByRole('button', { name: 'Members' }).press('Enter');
    await button(tab, 'Apps for Hamza').press('Enter');
    await focused('Block in Preceptor');
    await keepPicture(tab, 'apps-drawer');
    await tab.keyboard.press('Escape');
    await tab.locator(':focus').and(button(tab, 'Apps for Hamza')).waitFor();
    await expectFits(tab.getByRole('region', { name: /^Messages/ }), 'messages with their menus');
    expect(complaints).toEqual([]);
  },
);

test.skipIf(absent)(
  'a report by mouse, of a message and of a member; the answer that only its reader sees has no menu',
  async () => {
    const { tab, complaints } = await visit(page.url);
    await become(tab, 'Amara');
    await openPlace(tab, /general/);
    // A second press on the button closes it, and one elsewhere as well.
    await button(tab, hamzas).click();
    await entries(tab).first().waitFor();
    await button(tab, hamzas).click();
    await tab.getByRole('menu').waitFor({ state: 'detached' });
    await button(tab, hamzas).click();
    await entries(tab).first().waitFor();
    await button(tab, 'Apps for Hamza').click();
    await expect.poll(() => entries(tab).allInnerTexts()).toEqual(['Block in Preceptor', 'Report to staff']);
    await keepPicture(tab, 'apps-member');
    await tab.getByRole('menuitem', { name: 'Report to staff' }).click();
    const form = tab.getByRole('dialog');
    await form.getByRole('button', { name: 'Cancel' }).click();
    await form.waitFor({ state: 'detached' });

    await button(tab, hamzas).click();
    await tab.getByRole('menuitem', { name: 'Report to staff' }).click();
    await form.getByLabel(/^What it is about/).selectOption({ index: 1 });
    await form.getByLabel(/^What happened/).fill('He offers this as a fact, and it is not one.');
    await keepPicture(tab, 'apps-report');
    await form.getByRole('button', { name: 'Submit' }).click();
    const answer = tab.getByRole('listitem').filter({ hasText: 'Only you can see this' });
    await answer.last().waitFor();
    await keepPicture(tab, 'apps-answer');
    await expect.poll(() => answer.getByRole('button', { name: /^Apps/ }).count()).toBe(0);
    expect(await findBarriers(tab)).toEqual([]);
    expect(complaints).toEqual([]);
  },
);

test.skipIf(absent)(
  'each is offered what Discord would offer: by permissions, at once when it is deployed, and in direct messages what runs there',
  async () => {
    const { tab } = await visit(page.url);
    await become(tab, 'Thandiwe');
    await openPlace(tab, /general/);
    await expect.poll(() => listed(tab, hamzas)).toEqual(onMessage);
    const { sandbox, guild } = stage;
    const response = await fetch(
      `${sandbox.apiUrl}/v10/applications/${sandbox.botUserId}/guilds/${guild.id}/commands`,
      {
        method: 'POST',
        headers: { Authorization: `Bot ${sandbox.token}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ type: 3, name: 'For moderators', default_member_permissions: String(PermissionFlagsBits.ManageGuild) }), // prettier-ignore
      },
    );
    expect(response.status).toBe(201);
    await expect.poll(() => listed(tab, hamzas)).toEqual(['For moderators', ...onMessage]);
    await become(tab, 'Amara');
    await openPlace(tab, /general/);
    await expect.poll(() => listed(tab, hamzas)).toEqual(onMessage);

    await openPlace(tab, /direct messages with Preceptor/);
    await tab.getByRole('combobox', { name: /Preceptor, or .* for commands$/ }).fill('My result is from 2019.');
    await tab.keyboard.press('Enter');
    await expect.poll(() => listed(tab, 'Apps for the message by Amara')).toEqual(['Is this true?']);
    await expect.poll(() => tab.getByRole('button', { name: 'Apps for Hamza' }).count()).toBe(0);
  },
);
