/** A visit to the page in a real browser: opening it, and doing what a person does, by roles and labels. */
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, type Locator, type Page as Tab } from 'playwright-core';
import { launchBrowser } from './browser.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Screenshots are kept for people to look at; not in the repository. */
const pictures = process.env['PAGE_PICTURES'] ?? 'data/page-tests';
/** Long enough for a machine with two busy cores. */
const patienceMs = 20_000;
/** More stops than a page of it has: then something cannot be reached. */
const mostTabs = 150;

export interface Visit {
  readonly tab: Tab;
  /** What the browser complained about: errors of scripts, and whatever the page was refused. */
  readonly complaints: readonly string[];
  /** Addresses outside of this machine that the page asked for. */
  readonly strangers: readonly string[];
}

let browser: Promise<Browser> | undefined;

/** The browser of this test file; `closeBrowser` ends it. */
export function openBrowser(): Promise<Browser> {
  return (browser ??= launchBrowser());
}

export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}

/** Opens the page in a fresh window. */
export async function visit(url: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await (await openBrowser()).newContext({ viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(patienceMs);
  const tab = await context.newPage();
  const [complaints, strangers]: [string[], string[]] = [[], []];
  tab.on('pageerror', (error) => complaints.push(error.message));
  tab.on('console', (line) => {
    if (line.type() === 'error' || line.type() === 'warning') complaints.push(line.text());
  });
  tab.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol !== 'data:' && hostname !== '127.0.0.1') strangers.push(request.url());
  });
  await tab.goto(url);
  await tab.getByRole('navigation').or(tab.getByRole('main')).first().waitFor();
  return { tab, complaints, strangers };
}

/** Becomes somebody else by the switch at the bottom left. */
export async function become(tab: Tab, name: string): Promise<void> {
  await tab.getByRole('button', { name: /^Switch person/ }).click();
  await tab
    .getByRole('dialog')
    .getByRole('button', { name: new RegExp(`^${name}\\b`) })
    .click();
  await tab.getByRole('dialog').waitFor({ state: 'detached' });
  await tab.getByRole('status').getByText(`You are ${name} now.`).waitFor({ state: 'attached' });
}

/** Opens a channel, a thread or the direct messages. What was being typed is gone then. */
export async function openPlace(tab: Tab, name: string | RegExp): Promise<void> {
  await tab.getByRole('navigation').getByRole('button', { name }).click();
  // On a phone the list is away again by then.
  const open = tab.getByRole('button', { name, includeHidden: true }).and(tab.locator('[aria-current="page"]'));
  await open.waitFor({ state: 'attached' });
}

/**
 * Types a command until it is the chosen one, and takes it.
 * @returns whether it has options, to be filled in or left and sent; without, it is on its way.
 */
export async function type(tab: Tab, command: string): Promise<boolean> {
  const box = tab.getByRole('combobox', { name: /for commands$/ });
  await box.fill(`/${command}`);
  const found = tab.getByRole('option', { name: `/${command}` }).first();
  await found.waitFor();
  const options = await found.locator('.option-name').count();
  await box.press('Enter');
  return options > 0;
}

/** Goes on with Tab until something has the focus. */
export async function reach(tab: Tab, wanted: Locator): Promise<void> {
  await wanted.waitFor({ state: 'visible' });
  for (let n = 0; n < mostTabs; n += 1) {
    if (await wanted.evaluate((element) => element === element.ownerDocument.activeElement)) return;
    await tab.keyboard.press('Tab');
  }
  throw new Error(`${String(wanted)} cannot be reached with Tab`);
}

/** Keeps a picture of what is seen. */
export async function keepPicture(tab: Tab, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await tab.screenshot({ path: join(pictures, `${name}.png`) });
}

/** What axe-core finds fault with: one line for each rule, with the elements. */
export async function findBarriers(tab: Tab): Promise<string[]> {
  await tab.evaluate(axeSource);
  return await tab.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(): Promise<{
          violations: { id: string; help: string; nodes: { html: string; failureSummary?: string }[] }[];
        }>;
      };
    };
    const { violations } = await axe.run();
    return violations.map(
      ({ id, help, nodes }) =>
        `${id}: ${help}\n${nodes.map(({ html, failureSummary }) => `  ${html.slice(0, 200)} ${failureSummary ?? ''}`).join('\n')}`,
    );
  });
}
