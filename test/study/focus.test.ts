import { beforeEach, expect, test } from 'vitest';
import { findRoom, listFocusPeople } from '../../src/db/study/focus.ts';
import { deleteMemberData } from '../../src/lifecycle/personal-data.ts';
import { endFocus, focusPhase, joinFocus, partAt, runFocus, sayFocusDone, startFocus } from '../../src/study/focus.ts';
import { later } from '../../src/time.ts';
import type { TestContext } from '../support/context.ts';
import { by, openStudy, person } from './support.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openStudy();
  return async () => await ctx.db.destroy();
});

const wish = { minutes: 25, rounds: 2, what: 'Ten cards' };

test('goes from work to break to work, and ends with the last work, however late the bot looks', async () => {
  const { id } = await startFocus(ctx, by('1'), wish);
  const begun = ctx.now();
  for (const [minutes, phase] of [
    [25, 1],
    [5, 2],
    [24, 2],
  ] as const) {
    ctx.advance({ minutes });
    await runFocus(ctx);
    expect((await findRoom(ctx.db, id))?.phase).toBe(phase);
  }
  await expect(sayFocusDone(ctx, by('1'), id, 'done')).rejects.toThrow(/once it is over/);
  ctx.advance({ hours: 3 });
  await runFocus(ctx);
  expect((await findRoom(ctx.db, id))?.ended_at).toBe(later(begun, { minutes: 55 }));
  await sayFocusDone(ctx, by('1'), id, 'partly');
  await expect(joinFocus(ctx, by('2'), id)).rejects.toThrow(/over/);
  await expect(sayFocusDone(ctx, by('2'), id, 'done')).rejects.toThrow(/not in it/);
  expect(focusPhase({ minutes: 25, rounds: 1 }, 1)).toBeUndefined();
  expect(partAt({ minutes: 90, rounds: 3, phase: 0, phase_until: begun }, begun)).toEqual({ phase: 1, phase_until: later(begun, { minutes: 15 }) }); // prettier-ignore
});

test('is at most one of a member and three of a guild, whoever presses at once', async () => {
  const results = await Promise.allSettled(
    ['1', '1', '2', '3', '4', '5'].map((each) => startFocus(ctx, by(each), wish)),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  await expect(startFocus(ctx, by('9'), { ...wish, what: 'uworld pdf free download' })).rejects.toThrow(
    /nobody may share/,
  );
  await expect(startFocus(ctx, by('9'), { ...wish, minutes: 24 })).rejects.toThrow();
});

test('keeps lines of those who joined, ends for whoever began it alone, and forgets who deletes their data', async () => {
  const { id } = await startFocus(ctx, by('1'), wish);
  await person(ctx, '2');
  await joinFocus(ctx, by('2'), id);
  await joinFocus(ctx, by('2'), id, 'A letter');
  await joinFocus(ctx, by('2'), id);
  expect((await listFocusPeople(ctx.db, id)).map((each) => [each.user_id, each.line])).toEqual([['1', 'Ten cards'], ['2', 'A letter']]); // prettier-ignore
  await expect(endFocus(ctx, by('2'), id)).rejects.toThrow(/Only whoever began/);
  await deleteMemberData(ctx, by('2'));
  expect(await listFocusPeople(ctx.db, id)).toHaveLength(1);
  await endFocus(ctx, by('1'), id);
  expect((await findRoom(ctx.db, id))?.ended_at).toBe(ctx.now());
});
