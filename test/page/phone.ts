/** What somebody does with one hand on the narrowest phone, and whether what they then see fits on it. */
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import { become, findBarriers, keepPicture, openPlace, type, type Visit, visit } from './visit.ts';

/** The narrowest screen that anything has to fit on. */
const screen = { width: 320, height: 700 } as const;

/** Opens the page on the narrowest phone. @param pictures how the names of its pictures begin. */
export async function visitByPhone(url: string, pictures: string) {
  const opened = await visit(url, { viewport: screen });
  return { ...opened, ...phone(opened.tab, pictures) };
}

function phone(tab: Visit['tab'], pictures: string) {
  const messages = tab.getByRole('region', { name: /^Messages/ });
  const newest = messages.locator('.message-list > li').last();
  const form = tab.getByRole('dialog');
  const channels = () => tab.getByRole('button', { name: 'Channels' }).click();
  /** The newest message before the command that was sent last: its answer is another. */
  let before = '';
  return {
    messages,
    newest,
    form,
    be: async (name: string) => {
      await channels();
      await become(tab, name);
    },
    go: async (place: RegExp) => {
      await channels();
      await openPlace(tab, place);
      await messages.getByRole('listitem').first().waitFor();
    },
    press: async (name: string | RegExp) => {
      before = '';
      await messages.getByRole('button', { name }).last().click();
    },
    submit: async () => {
      await form.getByRole('button', { name: 'Submit' }).click();
      await form.waitFor({ state: 'detached' });
    },
    /** @param options what is filled in, by name; a pattern is one of what is suggested. */
    run: async (command: string, options: Readonly<Record<string, string | RegExp>> = {}) => {
      before = (await newest.count()) > 0 ? ((await newest.getAttribute('id')) ?? '') : '';
      if (!(await type(tab, command))) return;
      for (const [name, value] of Object.entries(options)) await fillOption(tab, name, value);
      await tab.getByRole('button', { name: `Send /${command}` }).click();
    },
    /** Some message says it. */
    reads: (words: string | RegExp) => messages.getByText(words).last().waitFor(),
    /** The newest message says it: the answer, in a place where nothing else comes. */
    hears: async (words: string | RegExp) => {
      const answer = before === '' ? newest : newest.and(tab.locator(`:not(#${before})`));
      const wait = answer.filter({ hasText: words }).waitFor();
      await wait.catch(async (error: unknown) => {
        throw new Error(`instead of ${words} the newest message says: ${await newest.innerText()}`, { cause: error });
      });
    },
    /** All messages lie on the screen from side to side, and whatever can be pressed there is called something. */
    fits: async (picture: string) => {
      await keepPicture(tab, `${pictures}-${picture}`);
      await expect.poll(() => findMisfits(messages), { message: picture }).toEqual([]);
      await expect
        .poll(() => tab.evaluate('document.documentElement.scrollWidth'), { message: picture })
        .toBeLessThanOrEqual(screen.width);
    },
    /** The same of an open form. */
    formFits: async (picture: string) => {
      await keepPicture(tab, `${pictures}-${picture}`);
      await expect.poll(() => findMisfits(form), { message: picture }).toEqual([]);
    },
    hasNoBarriers: async (picture: string) => expect(await findBarriers(tab), picture).toEqual([]),
  };
}

/** Fills in an option of the open command; an optional one is asked for first. */
async function fillOption(tab: Visit['tab'], name: string, value: string | RegExp): Promise<void> {
  const panel = tab.locator('form.command');
  const field = panel.locator(`#option-${name}`);
  const more = panel.getByRole('button', { name: `+ ${name}`, exact: true });
  await field.or(more).first().waitFor();
  if ((await more.count()) > 0) await more.click();
  await field.waitFor();
  if (typeof value !== 'string') {
    await field.focus();
    return await panel.getByRole('option', { name: value }).first().click();
  }
  if ((await field.evaluate((element) => element.tagName)) === 'SELECT') await field.selectOption({ label: value });
  else await field.fill(value);
}

/** What is asked of an element of the page; its types are the browser's. */
interface Part {
  readonly tagName: string;
  readonly textContent: string | null;
  readonly shadowRoot: Pick<Part, 'querySelectorAll'> | null;
  readonly scrollWidth: number;
  readonly clientWidth: number;
  querySelectorAll(selector: string): Iterable<Part>;
  getBoundingClientRect(): { readonly left: number; readonly right: number; readonly width: number };
  getAttribute(name: string): string | null;
  matches(selector: string): boolean;
  closest(selector: string): unknown;
}

/** What of an element reaches out of the screen, and what can be pressed and is called nothing; shadows too. */
async function findMisfits(shown: Locator): Promise<string[]> {
  return await shown.evaluate((root: Part, screenWidth: number) => {
    const all = (from: Pick<Part, 'querySelectorAll'>): Part[] =>
      [...from.querySelectorAll('*')].flatMap((each) => [each, ...(each.shadowRoot ? all(each.shadowRoot) : [])]);
    const nameOf = (each: Part) => (each.getAttribute('aria-label') ?? each.textContent ?? '').trim();
    return all(root).flatMap((each) => {
      const { left, right, width } = each.getBoundingClientRect();
      // A single pixel is read out and not seen.
      if (width <= 1 || each.closest('.visually-hidden') !== null) return [];
      const is = `${each.tagName.toLowerCase()} “${nameOf(each).slice(0, 60)}”`;
      if (left < 0 || right > screenWidth) return [`${is} lies from ${left} to ${right}`];
      // What flows in a line has no width of its own; what is typed into a field moves under the cursor.
      if (each.matches('input, textarea')) return [];
      if (each.clientWidth > 0 && each.scrollWidth > each.clientWidth + 1) return [`${is} holds what is wider`];
      return each.matches('button, a[href]') && nameOf(each) === '' ? [`${is} has no name`] : [];
    });
  }, screen.width);
}
