import { request } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Actor, GuildHandle, Sandbox } from '../../sandbox/api.ts';
import { startSandbox, worldOf } from '../../sandbox/index.ts';
import { buildPage } from '../../sandbox/page-server/assets.ts';
import { startPage, type Page } from '../../sandbox/page-server/index.ts';
import { permissionBits } from '../../sandbox/permissions.ts';
import { lacksBrowser } from './browser.ts';
import { expectFits } from './fits.ts';
import { become, closeBrowser, findBarriers, keepPicture, openBrowser, openPlace, type, visit } from './visit.ts';

// No bot runs here: what one would send is sent by hand, so that everything that Discord allows can be seen.
let sandbox: Sandbox;
let guild: GuildHandle;
let page: Page;
let ada: Actor;
const absent = await lacksBrowser();

beforeAll(async () => {
  if (absent) return;
  [sandbox] = await Promise.all([startSandbox(), openBrowser()]);
  guild = sandbox.createGuild({ name: 'House', channels: ['general', 'cards', 'staff'] });
  guild.join({ name: 'Mod', permissions: permissionBits.MANAGE_GUILD });
  ada = guild.join({ name: 'Ada' });
  guild.join({ name: 'Bo' });
  guild.hideChannel(guild.channel('staff'), ada);
  await api('PUT', `/applications/${sandbox.botUserId}/commands`, [
    {
      name: 'plan',
      description: 'Plan a meeting',
      options: [
        { type: 3, name: 'topic', description: 'What about', required: true },
        { type: 6, name: 'member', description: 'With whom' },
        { type: 5, name: 'remind', description: 'A reminder' },
        { type: 4, name: 'minutes', description: 'How long', choices: [{ name: 'Half an hour', value: 30 }] },
      ],
    },
    { name: 'ban', description: 'For moderators', default_member_permissions: String(permissionBits.MANAGE_GUILD) },
  ]);
  const people = ['Mod', 'Ada', 'Bo'].map((name) => ({ name, timeZone: 'Asia/Karachi' }));
  page = await startPage({ sandbox, guild, people });
});
afterAll(async () => {
  if (absent) return;
  await closeBrowser();
  await page.close();
  await sandbox.close();
});

/** A request of the bot. */
async function api(method: string, path: string, body: unknown): Promise<{ id: string }> {
  const response = await fetch(`${sandbox.apiUrl}/v10${path}`, {
    method,
    headers: { Authorization: `Bot ${sandbox.token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === '' ? { id: '' } : (JSON.parse(text) as { id: string });
}

const post = (channel: string, body: unknown) => api('POST', `/channels/${guild.channel(channel).id}/messages`, body);

/** Answers the interaction that somebody is waiting in, as the bot would. */
async function answer(body: { type: number; data?: unknown }): Promise<{ id: string; token: string; data: unknown }> {
  const found = await sandbox.until('an interaction', () =>
    [...worldOf(sandbox).interactionById.values()].find(({ state }) => state === 'waiting'),
  );
  await api('POST', `/interactions/${found.id}/${found.token}/callback`, body);
  return { id: found.id, token: found.token, data: undefined };
}

const at = Date.UTC(2027, 0, 5, 12) / 1000;

/** What a visitor loads at most, compressed. */
const heaviestPageBytes = 300_000;

test('the whole page weighs less than 300 kB', async () => {
  let bytes = 0;
  for (const { body } of (await buildPage()).values()) bytes += gzipSync(body).length;
  expect(bytes).toBeLessThan(heaviestPageBytes);
});

describe.skipIf(absent)('in a browser', () => {
  test('what a bot sends looks as on Discord: Markdown, stamps in one’s zone, mentions, cards, components v2', async () => {
    const general = guild.channel('general').id;
    await post('cards', {
      content: `# Plan\n**bold** *soft* ~~gone~~ \`code\` ||secret||\n- one\n- two\n> quoted\n<t:${at}:t> <@${ada.id}> <#${general}> 5 \\* 3`,
      embeds: [
        {
          title: 'A card',
          description: 'With a [link](https://example.org/a)',
          fields: [{ name: 'Where', value: 'Here', inline: true }],
          footer: { text: 'the end' },
          color: 0x123456,
        },
      ],
    });
    await post('cards', {
      flags: 1 << 15,
      components: [
        {
          type: 17,
          accent_color: 0xff0000,
          components: [
            {
              type: 9,
              components: [{ type: 10, content: '## Inside' }],
              accessory: { type: 2, style: 2, label: 'Go', custom_id: 'go' },
            },
            { type: 14 },
            { type: 12, items: [{ media: { url: 'https://example.org/far.png' }, description: 'A far picture' }] },
          ],
        },
      ],
    });
    const { tab, strangers } = await visit(page.url);
    await become(tab, 'Ada');
    await openPlace(tab, /cards/);
    const messages = tab.getByRole('region', { name: 'Messages in cards' });
    await messages.getByText('bold', { exact: true }).waitFor();
    const text = await messages.innerText();
    expect(text).toContain('Plan');
    expect(text).toContain('17:00');
    expect(text).toContain('Ada');
    expect(text).toContain('5 * 3');
    expect(text).not.toMatch(/\*\*|~~|<t:|<@|<#/);
    await expect
      .poll(() => messages.getByRole('link', { name: 'link' }).getAttribute('href'))
      .toBe('https://example.org/a');
    await messages.getByRole('group', { name: 'A card' }).waitFor();
    await messages.getByRole('button', { name: 'Go' }).waitFor();
    await messages.getByText('A far picture').waitFor();
    expect(strangers).toEqual([]);
  });

  test('a moment that no calendar has is said to be none, and the page goes on', async () => {
    await post('cards', {
      content: 'see you <t:8640000000001:R> or <t:9999999999999:F>',
      embeds: [{ title: 'At <t:-8640000000001>' }],
    });
    await post('cards', { content: 'and after it' });
    const { tab } = await visit(page.url);
    await become(tab, 'Ada');
    await openPlace(tab, /cards/);
    const messages = tab.getByRole('region', { name: 'Messages in cards' });
    await messages.getByText('and after it').waitFor();
    await expect.poll(() => messages.innerText()).toContain('see you Invalid Date or Invalid Date');
  });

  test('nothing that was typed becomes a part of the page', async () => {
    const nasty = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
    ada.say(
      'general',
      `${nasty} [click](javascript:alert(1)) javascript:alert(1) [x](https://a.b/"onmouseover=alert(1))`,
    );
    await post('general', {
      embeds: [
        { title: nasty, description: `${nasty} [a](javascript:alert(1))`, fields: [{ name: nasty, value: nasty }] },
      ],
      components: [{ type: 1, components: [{ type: 2, style: 1, label: nasty.slice(0, 60), custom_id: 'x' }] }],
    });
    const { tab, complaints } = await visit(page.url);
    await openPlace(tab, /general/);
    const messages = tab.getByRole('region', { name: 'Messages in general' });
    await messages.getByText(nasty).first().waitFor();
    await expect.poll(() => messages.locator('img, script, iframe').count()).toBe(0);
    const links = await messages
      .getByRole('link')
      .evaluateAll((all) => all.map((each) => String(Reflect.get(each, 'href'))));
    expect(links.filter((href) => !/^https?:/.test(href))).toEqual([]);
    expect(await tab.evaluate(() => (globalThis as { hacked?: number }).hacked)).toBeUndefined();
    expect(complaints).toEqual([]);
  });

  test('a command is filled in with its options; the bot thinks, answers only its reader, and opens forms', async () => {
    const { tab } = await visit(page.url);
    await become(tab, 'Ada');
    await openPlace(tab, /general/);
    await type(tab, 'plan');
    const command = tab.getByRole('form', { name: '/plan' });
    await command.getByRole('button', { name: 'Send /plan' }).click();
    await command.getByRole('alert').getByText('Still needed: topic').waitFor();
    await command.getByRole('textbox', { name: /^topic/ }).fill('Visas');
    await command.getByRole('button', { name: '+ member' }).click();
    await command.getByRole('combobox', { name: /^member/ }).selectOption('Bo');
    await command.getByRole('button', { name: '+ minutes' }).click();
    await command.getByRole('combobox', { name: /^minutes/ }).selectOption('Half an hour');
    await command.getByRole('button', { name: 'Send /plan' }).click();
    const { token } = await answer({ type: 5, data: { flags: 64 } });
    await tab.getByText('is thinking…').waitFor();
    await api('PATCH', `/webhooks/${sandbox.botUserId}/${token}/messages/@original`, {
      content: 'Only for Ada',
      components: [
        {
          type: 1,
          components: [
            {
              type: 3,
              custom_id: 'pick',
              placeholder: 'Pick one',
              options: [
                { label: 'First', value: '1' },
                { label: 'Second', value: '2' },
              ],
            },
          ],
        },
        { type: 1, components: [{ type: 5, custom_id: 'who', placeholder: 'Pick people', max_values: 2 }] },
      ],
    });
    await tab
      .getByRole('region', { name: /^Messages/ })
      .getByText('Only for Ada')
      .waitFor();
    await tab.getByText('Only you can see this').last().waitFor();

    await tab.getByRole('button', { name: 'Pick one' }).click();
    await tab.getByRole('radio', { name: 'Second' }).check();
    await tab.getByRole('button', { name: 'Choose', exact: true }).click();
    await answer({
      type: 9,
      data: {
        custom_id: 'details',
        title: 'Details',
        components: [
          { type: 18, label: 'Why', component: { type: 4, custom_id: 'why', style: 2, required: false } },
          {
            type: 18,
            label: 'How',
            component: {
              type: 21,
              custom_id: 'how',
              options: [
                { label: 'Call', value: 'c' },
                { label: 'Meet', value: 'm' },
              ],
            },
          },
          {
            type: 18,
            label: 'Days',
            component: {
              type: 22,
              custom_id: 'days',
              min_values: 1,
              max_values: 2,
              options: [
                { label: 'Mon', value: '1' },
                { label: 'Tue', value: '2' },
              ],
            },
          },
          { type: 18, label: 'Sure', component: { type: 23, custom_id: 'sure' } },
          { type: 18, label: 'Where', component: { type: 8, custom_id: 'where', required: false } },
        ],
      },
    });
    const form = tab.getByRole('dialog', { name: 'Details' });
    await form.getByRole('radio', { name: 'Meet' }).check();
    await form.getByRole('checkbox', { name: 'Tue' }).check();
    await form.getByRole('checkbox', { name: /^Sure/ }).check();
    await form.getByRole('combobox', { name: /^Where/ }).selectOption('#general');
    expect(await findBarriers(tab)).toEqual([]);
    await form.getByRole('button', { name: 'Submit' }).click();
    await answer({ type: 4, data: { content: 'Planned', flags: 64 } });
    await tab.getByText('Planned', { exact: true }).waitFor();
    await form.waitFor({ state: 'detached' });

    await become(tab, 'Bo');
    await openPlace(tab, /general/);
    await expect.poll(() => tab.getByText('Only for Ada').count()).toBe(0);
  });

  test('a form keeps the focus inside, closes with Escape, and gives the focus back', async () => {
    await post('cards', {
      content: 'A form',
      components: [{ type: 1, components: [{ type: 2, style: 1, label: 'Open it', custom_id: 'form' }] }],
    });
    const { tab } = await visit(page.url);
    await openPlace(tab, /cards/);
    await tab.getByRole('button', { name: 'Open it' }).focus();
    await tab.keyboard.press('Enter');
    await answer({
      type: 9,
      data: {
        custom_id: 'f',
        title: 'One field',
        components: [{ type: 18, label: 'Name', component: { type: 4, custom_id: 'n', style: 1 } }],
      },
    });
    const form = tab.getByRole('dialog', { name: 'One field' });
    await form.waitFor();
    for (let press = 0; press < 5; press += 1) {
      await tab.keyboard.press('Tab');
      const outside = await tab.evaluate(
        'document.activeElement !== document.body && document.activeElement.closest("dialog") === null',
      );
      expect(outside).toBe(false);
    }
    await tab.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
    await expect.poll(() => tab.evaluate('document.activeElement.textContent.trim()')).toBe('Open it');

    await tab.keyboard.press('Enter');
    await answer({
      type: 9,
      data: {
        custom_id: 'f',
        title: 'One field',
        components: [{ type: 18, label: 'Name', component: { type: 4, custom_id: 'n', style: 1 } }],
      },
    });
    await form.getByRole('textbox', { name: 'Name' }).fill('Ada');
    await tab.keyboard.press('Enter');
    await answer({ type: 4, data: { content: 'Thanks', flags: 64 } });
    await form.waitFor({ state: 'detached' });
    await expect.poll(() => tab.evaluate('document.activeElement.textContent.trim()')).toBe('Open it');
  });

  test('people see the channels and commands that are theirs', async () => {
    const { tab } = await visit(page.url);
    await become(tab, 'Ada');
    const places = tab.getByRole('navigation');
    await expect.poll(() => places.getByRole('button', { name: /staff/ }).count()).toBe(0);
    const box = tab.getByRole('combobox', { name: /for commands$/ });
    await box.fill('/');
    await tab.getByRole('option', { name: '/plan' }).waitFor();
    await expect.poll(() => tab.getByRole('option', { name: '/ban' }).count()).toBe(0);
    await box.fill('');
    await become(tab, 'Mod');
    await places.getByRole('button', { name: /staff/ }).waitFor();
    await box.fill('/');
    await tab.getByRole('option', { name: '/ban' }).waitFor();
  });

  test('an interaction that the bot does not answer has failed after three seconds', async () => {
    await post('cards', {
      content: 'Slow',
      components: [{ type: 1, components: [{ type: 2, style: 2, label: 'Never', custom_id: 'never' }] }],
    });
    const { tab } = await visit(page.url);
    await openPlace(tab, /cards/);
    await tab.getByRole('button', { name: 'Never' }).click();
    await tab.getByText('Waiting for the bot').waitFor();
    await tab.getByRole('alert').getByText('This interaction failed').waitFor();
  });

  test.for([
    ['dark', { colorScheme: 'dark', viewport: { width: 1280, height: 800 } }],
    ['light', { colorScheme: 'light', viewport: { width: 1280, height: 800 } }],
    ['phone', { colorScheme: 'dark', viewport: { width: 375, height: 720 } }],
  ] as const)('axe finds no barriers: %s', async ([name, options]) => {
    const { tab } = await visit(page.url, options);
    if (name === 'phone') await tab.getByRole('button', { name: 'Channels' }).click();
    await openPlace(tab, /cards/);
    await tab.getByText('A card').waitFor();
    expect(await findBarriers(tab)).toEqual([]);
    await expectFits(tab.getByRole('region', { name: 'Messages in cards' }), 'nothing sticks out at the side');
    await keepPicture(tab, `cards-${name}`);
    if (name === 'phone') await tab.getByRole('button', { name: 'Channels' }).click();
    await tab.getByRole('button', { name: /^Switch person/ }).click();
    expect(await findBarriers(tab)).toEqual([]);
    await keepPicture(tab, `people-${name}`);
  });

  test('only the page itself, opened by its printed address, is let in', async () => {
    const { host, port, hash } = new URL(page.url);
    const status = (headers: Record<string, string>) =>
      new Promise<number | undefined>((resolve, reject) => {
        const asked = request({ host: '127.0.0.1', port, path: '/', headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        asked.on('error', reject).end();
      });
    expect(await status({ Host: host })).toBe(200);
    expect(await status({ Host: `rebound.example:${port}` })).toBe(403);

    const outcome = (origin: string, key: string) =>
      new Promise<string>((resolve) => {
        const socket = new WebSocket(`ws://${host}/live`, { origin });
        socket.on('unexpected-response', (_, response) => resolve(String(response.statusCode)));
        socket.on('open', () => socket.send(JSON.stringify({ do: 'hello', key, as: null, number: 0 })));
        socket.on('message', () => {
          socket.close();
          resolve('welcome');
        });
        socket.on('close', (code) => resolve(`closed ${code}`));
      });
    const key = new URLSearchParams(hash.slice(1)).get('key') ?? '';
    expect(await outcome('http://evil.example', key)).toBe('403');
    expect(await outcome(`http://${host}`, 'guessed')).toBe('closed 1008');
    expect(await outcome(`http://${host}`, key)).toBe('welcome');
  });
});
