import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assert, integer, property } from 'fast-check';
import type { EntryUse } from '../../src/db/slots.ts';
import { letsOwn, letsPrompt } from '../../src/posts/categories.ts';
import { type Candidate, chooseEntry, readPool } from '../../src/posts/choice.ts';
import { updateGuild } from '../../src/db/guilds.ts';
import { insertGuildContent } from '../../src/db/guild-contents.ts';
import { tips } from '../../src/content/library.ts';
import { openTestContext, type TestContext, testGuildId } from '../support/context.ts';

const entries = (...ids: string[]): Candidate[] => ids.map((id) => ({ id, source: 'library' }));

/** Chooses so many times in a row, noting each choice as the database would. */
function chooseMany(candidates: readonly Candidate[], times: number, uses: EntryUse[] = [], start = 0): string[] {
  const chosen: string[] = [];
  for (let i = start; i < start + times; i += 1) {
    const entry = chooseEntry(candidates, uses, `guild:schedule:${i}`);
    if (!entry) break;
    const old = uses.findIndex(({ content_id: id }) => id === entry.id);
    if (old !== -1) uses.splice(old, 1);
    uses.push({ content_id: entry.id, cycle: entry.cycle, last: String(i).padStart(6, '0') });
    chosen.push(entry.id);
  }
  return chosen;
}

describe('the choice of content', () => {
  it('shows everything once before anything twice, whatever there is', () => {
    assert(
      property(integer({ min: 1, max: 40 }), integer({ min: 1, max: 4 }), (size, cycles) => {
        const ids = Array.from({ length: size }, (_, i) => `entry-${i}`);
        const chosen = chooseMany(entries(...ids), size * cycles);
        for (let cycle = 0; cycle < cycles; cycle += 1) {
          expect(new Set(chosen.slice(cycle * size, (cycle + 1) * size)).size).toBe(size);
        }
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  it('keeps those apart that belong together, within a cycle and from one to the next', () => {
    assert(
      property(
        integer({ min: 30, max: 60 }),
        integer({ min: 1, max: 4 }),
        integer({ min: 0, max: 999 }),
        (size, pairs, start) => {
          const all = Array.from({ length: size }, (_, i): Candidate => {
            return { id: `entry-${i}`, source: 'library', apart: i < pairs * 2 ? `pair-${i % pairs}` : undefined };
          });
          const nameOf = new Map(all.map(({ id, apart }) => [id, apart]));
          const names = chooseMany(all, size * 3, [], start).map((id) => nameOf.get(id));
          names.forEach((name, i) => {
            if (name !== undefined) expect(names.slice(i + 1, i + 9)).not.toContain(name);
          });
          for (let cycle = 0; cycle < 3; cycle += 1) {
            const shown = chooseMany(all, size * 3, [], start).slice(cycle * size, (cycle + 1) * size);
            expect(new Set(shown).size).toBe(size);
          }
        },
      ),
      { seed: 7, numRuns: 40 },
    );
    // Where there is nothing else, they are shown all the same.
    const two: Candidate[] = ['a', 'b'].map((id) => ({ id, source: 'library', apart: 'pair' }));
    expect(new Set(chooseMany(two, 2)).size).toBe(2);
  });

  it('does not begin a cycle with what ended the last', () => {
    const ids = Array.from({ length: 20 }, (_, i) => `entry-${i}`);
    const chosen = chooseMany(entries(...ids), 40);
    expect(chosen.slice(10, 20)).not.toContain(chosen[20]);
  });

  it('is the same when it is made again, and another for another slot', () => {
    const ids = entries(...Array.from({ length: 50 }, (_, i) => `entry-${i}`));
    expect(chooseEntry(ids, [], 'a')).toEqual(chooseEntry(ids, [], 'a'));
    const others = new Set(Array.from({ length: 20 }, (_, i) => chooseEntry(ids, [], `slot-${i}`)?.id));
    expect(others.size).toBeGreaterThan(10);
  });

  it('shows an entry that is added later once in the cycle that runs, not until it has caught up', () => {
    const uses: EntryUse[] = [];
    chooseMany(entries('a', 'b', 'c'), 7, uses);
    const after = chooseMany(entries('a', 'b', 'c', 'new'), 3, uses, 7);
    expect(after.filter((id) => id === 'new')).toHaveLength(1);
  });

  it('goes on for others when a schedule of few categories has begun anew', () => {
    const uses: EntryUse[] = [];
    chooseMany(entries('a', 'b'), 4, uses);
    expect(new Set(chooseMany(entries('a', 'b', 'c', 'd'), 2, uses, 4))).toEqual(new Set(['c', 'd']));
  });

  it('is nothing where there is nothing', () => {
    expect(chooseEntry([], [], 'a')).toBeUndefined();
  });
});

describe('what may be posted', () => {
  let ctx: TestContext;
  beforeEach(async () => {
    ctx = await openTestContext();
  });
  afterEach(async () => await ctx.db.destroy());

  const own = async (state: 'approved' | 'suggested') => {
    const at = ctx.now();
    const body = JSON.stringify({ title: 'Ours', text: 'Written here.', see: null });
    const row = { guild_id: testGuildId, kind: 'tip', category: 'resilience', body, author_id: '7' } as const;
    await insertGuildContent(ctx.db, { ...row, id: `own-${state}`, state, created_at: at, updated_at: at });
  };
  const ids = async (categories: readonly string[] | null = null) =>
    (await readPool(ctx, testGuildId, 'tip', categories)).candidates.map(({ id }) => id);

  it('is the library, and what the server approved of its own', async () => {
    await own('approved');
    await own('suggested');
    const all = await ids();
    expect(all).toContain('own-approved');
    expect(all).not.toContain('own-suggested');
    expect(all.length).toBeGreaterThan(1);
  });

  it('is only one of the two where the server wants that', async () => {
    await own('approved');
    await updateGuild(ctx.db, testGuildId, { content_mix: 'guild' });
    expect(await ids()).toEqual(['own-approved']);
    // Where it has nothing of its own, the library stands in.
    expect(await ids(['cultural-adaptation'])).not.toEqual([]);
    await updateGuild(ctx.db, testGuildId, { content_mix: 'library' });
    expect(await ids()).not.toContain('own-approved');
  });

  it('is nothing whose facts are due for review, and it is counted how much that is', async () => {
    const dated = tips().filter((tip) => tip.review_by !== undefined);
    expect(dated).not.toEqual([]);
    ctx.advance({ days: 20 * 365 });
    const pool = await readPool(ctx, testGuildId, 'tip', null);
    expect(pool.outdated).toBe(dated.length);
    expect(pool.candidates).toHaveLength(tips().length - dated.length);
  });

  it('narrows by categories of different sorts, and widens by those of one', () => {
    const heart = { exam: 'step-1', system: 'cardiovascular', discipline: 'physiology' } as const;
    expect(letsPrompt(['step-1', 'cardiovascular'], heart)).toBe(true);
    expect(letsPrompt(['step-1', 'step-3', 'renal-urinary', 'cardiovascular'], heart)).toBe(true);
    expect(letsPrompt(['step-2-ck', 'cardiovascular'], heart)).toBe(false);
    expect(letsOwn('prompt', ['cardiovascular'], 'step-1')).toBe(true);
    expect(letsOwn('prompt', ['step-3'], 'step-1')).toBe(false);
  });
});
