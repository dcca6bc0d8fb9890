import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deleteMemberData } from '../../../src/lifecycle/personal-data.ts';
import { startOf } from '../../../src/mentoring/figures/months.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../../support/context.ts';
import { differences, keyOf, readOutputs, solve } from './solver.ts';
import { live, look, see, type Truth, type World, zone } from './world.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext({ at: startOf('2026-09', zone) });
});
afterEach(() => ctx.db.destroy());

/** Who is in some events. */
function peopleIn(
  world: World,
  atoms: readonly string[],
): { mentors: Set<string>; mentees: Set<string>; events: Truth[] } {
  const wanted = new Set(atoms);
  const events = world.truths.filter((truth) => wanted.has(keyOf(truth)));
  return { events, mentors: new Set(events.map((e) => e.mentor)), mentees: new Set(events.map((e) => e.mentee)) };
}

/** Solves all that was shown, and says what it found that is about fewer than five people, or about everybody. */
function findAnybody(world: World): { found: string[]; blocks: number } {
  const { equations, ranges } = readOutputs(world.outputs);
  const found: string[] = [];
  for (const { atoms, count } of equations)
    if (peopleIn(world, atoms).events.length !== count) found.push(`untrue: ${atoms.join()} = ${count}`);
  const seen = new Set<string>();
  const solved = solve(equations);
  for (const row of solved) {
    const atoms = [...row.keys()];
    for (const [atom, factor] of row) {
      // Blocks overlap nowhere, so that nothing but their sums can be made of them.
      if (factor !== 1 || seen.has(atom)) found.push(`overlaps: ${atom}`);
      seen.add(atom);
    }
    check(atoms, 'solved');
    if (peopleIn(world, atoms).mentees.size === world.mentees.length) found.push(`all mentees in ${atoms.join()}`);
  }
  for (const atoms of differences(equations)) check(atoms, 'subtracted');
  function check(atoms: readonly string[], how: string): void {
    const { mentors, mentees } = peopleIn(world, atoms);
    if (Math.min(mentors.size, mentees.size) < 5) found.push(`${how}: few in ${atoms.join()}`);
  }
  for (const { cell, month, low, high } of ranges)
    if (low < 5 || low % 5 !== 0 || high !== low + 4) found.push(`exact: ${cell} ${month} ${low} to ${high}`);
  return { found, blocks: solved.length };
}

describe('a guild of twelve, of whom everything shown in every form over fourteen months is solved as equations', () => {
  test.each([1, 2, 3, 4])('shows nobody (seed %i)', async (seed) => {
    const world = await live(ctx, { mentors: 6, mentees: 6, months: 14, busy: 0.7, seed });
    const { found, blocks } = findAnybody(world);
    expect(found).toEqual([]);
    expect(blocks).toBeGreaterThan(0);
    const shown = world.outputs.map(({ card, alt, csv }) => card + alt + csv).join();
    for (const id of [...world.mentors, ...world.mentees]) expect(shown).not.toContain(id);
  });
});

test.each([11, 12, 13, 14])('a guild of any size shows nobody, and what it shows is true (seed %i)', async (seed) => {
  const size = { mentors: 6 + seed, mentees: 8 * (seed - 9), months: 7, busy: 0.5 + (seed % 3) * 0.2, seed };
  const world = await live(ctx, size);
  const { found, blocks } = findAnybody(world);
  expect(found).toEqual([]);
  expect(blocks).toBeGreaterThan(2);
  // Office hours are among what was shown.
  expect(
    readOutputs(world.outputs)
      .equations.flatMap(({ atoms }) => atoms)
      .join(),
  ).toContain('office-hours');
});

test('what was shown of a month stays as it is in every form, whatever people do and delete later, and nobody is kept for it', async () => {
  const world = await live(ctx, { mentors: 8, mentees: 30, months: 6, busy: 0.8, seed: 5 });
  const before = await see(ctx, null);
  expect(before.card).toMatch(/Accepted: \*\*\d+/);
  const [mentor, mentee] = [world.mentors[0]!, world.mentees[0]!];
  for (const userId of [mentor, mentee]) await deleteMemberData(ctx, { guildId, userId });
  await ctx.db.updateTable('requests').set({ state: 'withdrawn' }).where('mentor_id', '=', world.mentors[1]!).execute();
  expect(await see(ctx, null)).toEqual(before);
  const rows = JSON.stringify(await ctx.db.selectFrom('figures').selectAll().execute());
  for (const id of [...world.mentors, ...world.mentees]) expect(rows).not.toContain(id);
  await look(ctx, world, 'later');
  // What one who is gone had part in is not shown as a difference later, either.
  ctx.advance({ days: 70 });
  await look(ctx, world, 'much later');
  expect(readOutputs(world.outputs).equations.length).toBeGreaterThan(3);
});

test('a server in which five mentors are all there are is shown nothing of them', async () => {
  const world = await live(ctx, { mentors: 5, mentees: 30, months: 3, busy: 0.9, seed: 5 });
  expect(readOutputs(world.outputs)).toEqual({ equations: [], ranges: expect.anything() as unknown });
});

test('a solver that is shown one figure too much finds somebody', () => {
  const block = ['a', 'b', 'c'];
  const solved = solve([
    { atoms: block, count: 9 },
    { atoms: ['a', 'b'], count: 6 },
  ]);
  expect(solved.map((row) => [...row.keys()])).toContainEqual(['c']);
  expect(differences([{ atoms: block, count: 9 }, { atoms: ['a', 'b'], count: 6 }])).toContainEqual(['c']); // prettier-ignore
});
