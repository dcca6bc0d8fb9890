/** What somebody does with one hand on the narrowest phone, and whether what they then see fits on it. */
import { expect } from 'vitest';
import { expectFits } from './fits.ts';
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
      await expectFits(messages, picture);
    },
    /** The same of an open form. */
    formFits: async (picture: string) => {
      await keepPicture(tab, `${pictures}-${picture}`);
      await expectFits(form, picture);
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
