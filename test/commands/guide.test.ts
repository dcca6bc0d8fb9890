import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../sandbox/api.ts';
import { journey, themes } from '../../src/content/journey.ts';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
let sana: Actor;
beforeAll(async () => {
  town = await openTown({ env: { ACTS_AT_ONCE: '0' } });
  sana = town.guild.join({ name: 'Sana' });
});
afterAll(() => town.close());

describe('/guide', () => {
  test('answers a question in somebody’s own words, with the page and how it was read', async () => {
    const shown = await sana.slash('guide ask', { question: 'do i need epic verifcation' });
    expect(shown.ephemeral).toBe(true);
    expect(shown.text).toContain('Do I need EPIC for certification?');
    expect(shown.text).toContain('ecfmg.org/psv');
    expect(shown.text).toContain('read in a stored copy');
    const second = await sana.slash('guide ask', { question: 'is my old oet valid' }, { channelId: 'dm' });
    expect(second.text).toContain('Second hand');
  });

  test('of what it does not know says so, without an error, and leads to the pages', async () => {
    const none = await sana.slash('guide ask', { question: 'zzzzzz **qqqqqq**' });
    expect(none.text).toContain('nothing on');
    const pages = await sana.select('Choose a theme', ['resilience'], none);
    expect(pages.text).toContain('988lifeline.org');
    await sana.press('Ask something else', pages);
    expect((await sana.submit({ question: 'rank order' })).text).toContain('In what order do I rank?');
    expect((await sana.slash('guide page', { category: 'usmle-preparation' })).text).toContain('usmle.org');
  });

  test('has a page for each theme: its questions, each with its answer, the steps on the road, who says so', async () => {
    const { guide, roadmap, sources } = journey();
    for (const { id, name } of themes) {
      const page = await sana.slash('guide page', { category: id });
      expect(page.text).toContain(name);
      const questions = guide.filter(({ theme }) => theme === id);
      const steps = roadmap.filter(({ theme }) => theme === id);
      const pages = sources.filter((source) => source.themes.includes(id));
      for (const said of [...questions.map(({ question }) => question), ...steps.map(({ title }) => title), ...pages.map(({ url }) => url)]) expect(page.text, id).toContain(said); // prettier-ignore
      expect([questions.length >= 5, steps.length >= 3, pages.length >= 1], id).toEqual([true, true, true]);
      const [first] = questions;
      const read = await sana.select('Read an answer', [first!.id], page);
      expect(read.text).toContain(first!.answer.slice(0, 40));
      expect((await sana.press(`Back to ${name}`, read)).text).toContain(first!.question);
    }
  });

  test('no longer states what nobody has looked at for too long: the page is left', async () => {
    town.sandbox.clock.advance(120 * 86_400_000);
    const shown = await sana.slash('guide ask', { question: 'do i need epic' });
    expect(shown.text).toContain('not been looked at for too long');
    expect(shown.text).not.toContain('is another service');
    expect(shown.text).toContain('ecfmg.org/psv');
  });
});
