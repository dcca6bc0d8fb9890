import type { Page as Tab, WebSocketRoute } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GuildHandle, Sandbox } from '../../sandbox/api.ts';
import { startSandbox } from '../../sandbox/index.ts';
import { startPage, type Page } from '../../sandbox/page-server/index.ts';
import { permissionBits } from '../../sandbox/permissions.ts';
import { lacksBrowser } from './browser.ts';
import { closeBrowser, openBrowser, openPlace, visit } from './visit.ts';

// What the server says after a click is held back: somebody types before the other place is there.
let sandbox: Sandbox;
let guild: GuildHandle;
let page: Page;
const absent = await lacksBrowser();

beforeAll(async () => {
  if (absent) return;
  [sandbox] = await Promise.all([startSandbox(), openBrowser()]);
  guild = sandbox.createGuild({ name: 'House', channels: ['general', 'cards', 'staff', 'passing'] });
  guild.join({ name: 'Mod', permissions: permissionBits.MANAGE_GUILD });
  const ada = guild.join({ name: 'Ada' });
  guild.hideChannel(guild.channel('staff'), ada);
  const response = await fetch(`${sandbox.apiUrl}/v10/applications/${sandbox.botUserId}/commands`, {
    method: 'PUT',
    headers: { Authorization: `Bot ${sandbox.token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify([
      { name: 'plan', description: 'Plan a meeting', options: [{ type: 3, name: 'topic', description: 'What about' }] },
    ]),
  });
  expect(response.status).toBe(200);
  page = await startPage({
    sandbox,
    guild,
    people: ['Mod', 'Ada'].map((name) => ({ name, timeZone: 'Asia/Karachi' })),
  });
});
afterAll(async () => {
  if (absent) return;
  await closeBrowser();
  await page.close();
  await sandbox.close();
});

/** Opens the page; what the server says to it can be held back. */
async function visitSlowly() {
  const { tab, complaints } = await visit(page.url);
  const held: { readonly type: string; readonly text: string }[] = [];
  let isHolding = false;
  let route: WebSocketRoute | undefined;
  await tab.routeWebSocket(/\/live$/, (toPage) => {
    route = toPage;
    toPage.connectToServer().onMessage((data) => {
      const text = data.toString();
      if (isHolding) held.push({ type: (JSON.parse(text) as { type: string }).type, text });
      else toPage.send(text);
    });
  });
  await tab.reload();
  const box = tab.getByRole('combobox', { name: /for commands$/ });
  await box.waitFor();
  return {
    tab,
    complaints,
    box,
    hold: () => {
      isHolding = true;
    },
    /** The place and its messages are on their way, one after the other. Types a letter after each that arrives. */
    releaseTyping: async (letters: string) => {
      await expect.poll(() => held.map(({ type }) => type)).toEqual(expect.arrayContaining(['messages', 'reply']));
      for (const letter of letters) {
        const next = held.shift();
        if (next) route?.send(next.text);
        await drawn(tab);
        await tab.keyboard.type(letter);
      }
      isHolding = false;
      for (const { text } of held.splice(0)) route?.send(text);
    },
  };
}

/** Two frames: whatever the page has heard is drawn. */
async function drawn(tab: Tab): Promise<void> {
  await tab.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}

test.skipIf(absent)(
  'what is typed after a click on another channel stays, what was typed before it does not',
  async () => {
    const { tab, complaints, box, hold, releaseTyping } = await visitSlowly();
    await openPlace(tab, /channel general/);
    await box.fill('for general only');
    hold();
    await tab
      .getByRole('navigation')
      .getByRole('button', { name: /channel cards/ })
      .click();
    await expect.poll(() => box.inputValue()).toBe('');
    await box.click();
    await tab.keyboard.type('/');
    await releaseTyping('plan');
    await tab.getByRole('combobox', { name: 'Message #cards, or / for commands' }).waitFor();
    await expect.poll(() => box.inputValue()).toBe('/plan');
    await tab.getByRole('option', { name: '/plan' }).waitFor();
    await tab.keyboard.press('Enter');
    await tab.getByRole('form', { name: '/plan' }).waitFor();
    expect(complaints).toEqual([]);
  },
);

test.skipIf(absent)('so does what is typed after becoming somebody who cannot see the place; they say it', async () => {
  const { tab, complaints, box, hold, releaseTyping } = await visitSlowly();
  await openPlace(tab, /channel staff/);
  await box.fill('for the staff only');
  hold();
  await tab.getByRole('button', { name: /^Switch person/ }).click();
  await tab.getByRole('dialog').getByRole('button', { name: /^Ada/ }).click();
  await expect.poll(() => box.inputValue()).toBe('');
  await box.click();
  await tab.keyboard.type('Good ');
  await releaseTyping('evening');
  await expect.poll(() => box.inputValue()).toBe('Good evening');
  await tab.locator(':focus').and(box).waitFor();
  await tab.keyboard.press('Enter');
  const said = tab.getByRole('region', { name: 'Messages in general' }).getByRole('listitem');
  await said.filter({ hasText: /Ada.*Good evening/s }).waitFor();
  expect(complaints).toEqual([]);
});

test.skipIf(absent)(
  'what was typed in a channel that is deleted is not said in the one that opens instead',
  async () => {
    const { tab, box } = await visitSlowly();
    await openPlace(tab, /channel passing/);
    await box.fill('for these few only');
    const response = await fetch(`${sandbox.apiUrl}/v10/channels/${guild.channel('passing').id}`, {
      method: 'DELETE',
      headers: { Authorization: `Bot ${sandbox.token}` },
    });
    expect(response.status).toBe(200);
    await tab.getByRole('combobox', { name: 'Message #general, or / for commands' }).waitFor();
    await expect.poll(() => box.inputValue()).toBe('');
  },
);
