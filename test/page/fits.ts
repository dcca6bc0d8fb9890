/** Whether what is shown fits on the screen from side to side. */
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';

/**
 * Everything in it lies on the screen, and whatever can be pressed is called something. The width of the whole document says
 * nothing of that: the page cuts off what is too wide in a message.
 */
export async function expectFits(shown: Locator, what: string): Promise<void> {
  await expect.poll(() => findMisfits(shown), { message: what }).toEqual([]);
  const { width } = shown.page().viewportSize() ?? { width: 0 };
  const widest = () => shown.page().evaluate('document.documentElement.scrollWidth');
  await expect.poll(widest, { message: what }).toBeLessThanOrEqual(width);
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
  const screenWidth = shown.page().viewportSize()?.width ?? 0;
  return await shown.evaluate((root: Part, most: number) => {
    const all = (from: Pick<Part, 'querySelectorAll'>): Part[] =>
      [...from.querySelectorAll('*')].flatMap((each) => [each, ...(each.shadowRoot ? all(each.shadowRoot) : [])]);
    const nameOf = (each: Part) => (each.getAttribute('aria-label') ?? each.textContent ?? '').trim();
    return all(root).flatMap((each) => {
      const { left, right, width } = each.getBoundingClientRect();
      // A single pixel is read out and not seen.
      if (width <= 1 || each.closest('.visually-hidden') !== null) return [];
      const is = `${each.tagName.toLowerCase()} “${nameOf(each).slice(0, 60)}”`;
      if (left < 0 || right > most) return [`${is} lies from ${left} to ${right}`];
      // What flows in a line has no width of its own; what is typed into a field moves under the cursor.
      if (each.matches('input, textarea')) return [];
      if (each.clientWidth > 0 && each.scrollWidth > each.clientWidth + 1) return [`${is} holds what is wider`];
      return each.matches('button, a[href]') && nameOf(each) === '' ? [`${is} has no name`] : [];
    });
  }, screenWidth);
}
