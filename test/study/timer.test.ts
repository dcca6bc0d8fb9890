import { beforeEach, describe, expect, test } from 'vitest';
import { prompts } from '../../src/content/library.ts';
import { findGroup, updateGroup } from '../../src/db/study/groups.ts';
import { findNextSession, findSession } from '../../src/db/study/sessions.ts';
import type { SessionShape } from '../../src/db/schema.ts';
import { phaseAt, phaseOf } from '../../src/study/phases.ts';
import { nextPrompt } from '../../src/study/outline.ts';
import { movePlanned, suggestExtra } from '../../src/study/sessions/extra.ts';
import { readTicks, setPrompts, setSessions, tickSystems, weeksTo } from '../../src/study/plan.ts';
import { endSession, sayHere, sayWhetherComing } from '../../src/study/sessions/press.ts';
import { runSessions } from '../../src/study/sessions/run.ts';
import { finishSession, goToNextPart, pauseTimer } from '../../src/study/sessions/timer.ts';
import { vote } from '../../src/study/vote.ts';
import { epochMs, later } from '../../src/time.ts';
import type { TestContext } from '../support/context.ts';
import { activeGroup, by, openStudy, pass } from './support.ts';

let ctx: TestContext;
let id: string;
beforeEach(async () => {
  ctx = await openStudy();
  id = await activeGroup(ctx);
  return async () => await ctx.db.destroy();
});

/** All press the first time, and the session of this shape begins with the first two of them there. */
async function begin(shape: SessionShape): Promise<string> {
  const [time = -1] = (await findGroup(ctx.db, id))?.vote ?? [];
  for (const each of ['1', '2', '3']) await vote(ctx, by(each), id, time);
  await setSessions(ctx, by('1'), id, { shape });
  const session = (await findNextSession(ctx.db, id))!;
  ctx.advance({ ms: epochMs(session.starts_at) - epochMs(ctx.now()) });
  await runSessions(ctx);
  for (const each of ['1', '2']) await sayHere(ctx, by(each), session.id);
  return session.id;
}

const minutesPass = async (minutes: number) => {
  ctx.advance({ minutes });
  await runSessions(ctx);
};
const owed = async (kind: string) =>
  await ctx.db
    .selectFrom('notices')
    .selectAll()
    .where('kind', '=', kind as never)
    .orderBy('created_at')
    .execute();

describe('the timer of a session', () => {
  test('goes from part to part by the clock, however late the bot looks', () => {
    const from = '2027-03-01T18:00:00.000Z';
    const first = later(from, { minutes: 25 });
    for (const [minutes, number] of [
      [0, 0],
      [25, 1],
      [29, 1],
      [30, 2],
      [55, 3],
      [60, 4],
      [119, 7],
    ] as const) {
      const at = phaseAt('25-5', { number: 0, until: first }, later(from, { minutes }));
      expect([minutes, at.number, phaseOf('25-5', at.number)?.is]).toEqual([minutes, number, number % 2 === 0 ? 'work' : 'break']); // prettier-ignore
      expect(at.until > later(from, { minutes })).toBe(true);
    }
    expect(phaseOf('one', 3)).toBeUndefined();
  });

  test('is touched by those who are there alone, once for two presses, and says who', async () => {
    const session = await begin('25-5');
    await expect(pauseTimer(ctx, by('3'), session, true)).rejects.toThrow(/Only those who are here/);
    const before = (await findSession(ctx.db, session))!.phase_until!;
    await minutesPass(5);
    await Promise.all([pauseTimer(ctx, by('1'), session, true), pauseTimer(ctx, by('2'), session, true)]);
    await minutesPass(30);
    expect((await findSession(ctx.db, session))?.phase).toBe(0);
    await Promise.all([pauseTimer(ctx, by('2'), session, false), pauseTimer(ctx, by('2'), session, false)]);
    expect((await findSession(ctx.db, session))?.phase_until).toBe(later(before, { minutes: 30 }));
    await Promise.all([goToNextPart(ctx, by('1'), session, 0), goToNextPart(ctx, by('2'), session, 0)]);
    const now = await findSession(ctx.db, session);
    expect([now?.phase, now?.changed, now?.changed_by]).toEqual([1, 'next', '1']);
  });

  test('leads a teach-back through alone, aloud and checkpoints, each round with another prompt', async () => {
    const session = await begin('teach-back');
    const first = (await findSession(ctx.db, session))!;
    expect(phaseOf(first.shape, first.phase)?.is).toBe('alone');
    await minutesPass(2);
    await minutesPass(6);
    const points = (await findSession(ctx.db, session))!;
    expect([phaseOf(points.shape, points.phase)?.is, points.prompt_id]).toEqual(['points', first.prompt_id]);
    await minutesPass(4);
    const second = (await findSession(ctx.db, session))!;
    expect(phaseOf(second.shape, second.phase)?.is).toBe('alone');
    expect(second.prompt_id).not.toBe(first.prompt_id);
  });

  test('ends the session for all where somebody there says so; alone it counts as called off, and as missed for nobody', async () => {
    const session = await begin('50-10');
    await finishSession(ctx, by('2'), session);
    expect((await findSession(ctx.db, session))?.state).toBe('held');
    await expect(finishSession(ctx, by('1'), session)).rejects.toThrow(/over/);
    const next = (await findNextSession(ctx.db, id))!;
    ctx.advance({ ms: epochMs(next.starts_at) - epochMs(ctx.now()) });
    await runSessions(ctx);
    await sayHere(ctx, by('3'), next.id);
    await finishSession(ctx, by('3'), next.id);
    expect((await findSession(ctx.db, next.id))?.state).toBe('called-off');
    const missed = await ctx.db.selectFrom('group_members').select('missed').where('group_id', '=', id).execute();
    expect(missed.every((each) => each.missed === 0)).toBe(true);
  });
});

describe('a session that few come to', () => {
  test('can be moved: the old one is called off, the new one planned, once', async () => {
    const time = (await findGroup(ctx.db, id))?.vote?.at(-1) ?? -1;
    for (const each of ['1', '2', '3']) await vote(ctx, by(each), id, time);
    const session = (await findNextSession(ctx.db, id))!;
    const at = later(session.starts_at, { hours: 26 });
    expect((await owed('group-few'))[0]?.due_at).toBe(later(session.starts_at, { hours: -2 }));
    await sayWhetherComing(ctx, by('1'), session.id, 'come');
    await movePlanned(ctx, by('2'), session.id, at);
    await expect(movePlanned(ctx, by('3'), session.id, later(at, { hours: 1 }))).rejects.toThrow(/over/);
    expect((await findSession(ctx.db, session.id))?.state).toBe('called-off');
    expect((await findNextSession(ctx.db, id))?.starts_at).toBe(at);
  });
});

test('one more session is suggested within the hours of all, in ten days, and never twice at a time', async () => {
  const group = (await findGroup(ctx.db, id))!;
  const times = await suggestExtra(ctx, group);
  expect(times).toHaveLength(5);
  for (const at of times) {
    const hour = new Date(epochMs(at) + 5 * 3_600_000).getUTCHours();
    expect(hour >= 18 && hour < 22).toBe(true);
    expect(at > later(ctx.now(), { hours: 12 })).toBe(true);
  }
});

describe('a plan', () => {
  test('holds who has done what, for those who are in the group, and untick is as easy', async () => {
    await tickSystems(ctx, by('1'), id, ['cardiovascular', 'renal-urinary', 'nonsense']);
    await tickSystems(ctx, by('2'), id, ['cardiovascular']);
    const group = (await findGroup(ctx.db, id))!;
    expect((await readTicks(ctx, group)).get('cardiovascular')).toEqual(['1', '2']);
    await tickSystems(ctx, by('1'), id, []);
    expect((await readTicks(ctx, group)).get('cardiovascular')).toEqual(['2']);
    await expect(tickSystems(ctx, by('9'), id, [])).rejects.toThrow(/not in this group/);
    expect(weeksTo('2027-03', '2027-02-15T00:00:00.000Z')).toBe(2);
    expect(weeksTo('2027-03', '2027-03-15T00:00:00.000Z')).toBe(0);
  });
});

describe('a group’s own prompts', () => {
  test('come on their day about what was chosen, none twice before all were there, and rest without sessions', async () => {
    await setPrompts(ctx, by('2'), id, { weekday: 3, systems: ['cardiovascular'] });
    await updateGroup(ctx.db as never, id, { held_at: later(ctx.now(), { days: 10 }) });
    await pass(ctx, 14 * 24);
    const posts = (await owed('group-prompt')).map(({ detail }) => (JSON.parse(detail!) as { prompt: string }).prompt);
    expect(posts).toHaveLength(2);
    expect(new Set(posts).size).toBe(2);
    for (const each of posts) expect(prompts().find((prompt) => prompt.id === each)?.system).toBe('cardiovascular');
    await updateGroup(ctx.db as never, id, { held_at: later(ctx.now(), { days: -15 }), asked_at: null });
    await pass(ctx, 7 * 24 - 60);
    expect(await owed('group-prompt')).toHaveLength(2);
    await setPrompts(ctx, by('2'), id, { weekday: null });
    expect((await findGroup(ctx.db, id))?.prompt_at).toBeNull();
  });

  test('go through the outline, then begin with the one that was had longest ago', () => {
    const now = '2026-12-01T00:00:00.000Z';
    const had = new Map<string, string>();
    const all = prompts().filter(({ exam, system }) => exam === 'step-1' && system === 'immune');
    for (const [i] of all.entries())
      had.set(nextPrompt('step-1', ['immune'], had, now, new Map())!.id, later(now, { days: i }));
    expect(had.size).toBe(all.length);
    expect(nextPrompt('step-1', ['immune'], had, now, new Map())?.id).toBe(all[0]?.id);
    expect(nextPrompt('oet', [], had, now, new Map())).toBeUndefined();
  });

  test('a line on the week comes on Sundays, once, until the owner turns it off', async () => {
    await expect(setSessions(ctx, by('2'), id, { line: false })).rejects.toThrow(/looks after/);
    await updateGroup(ctx.db as never, id, { held_at: later(ctx.now(), { days: 10 }) });
    await pass(ctx, 15 * 24);
    expect((await owed('group-week')).length).toBe(2);
    await setSessions(ctx, by('1'), id, { line: false });
    await pass(ctx, 7 * 24);
    expect((await owed('group-week')).length).toBe(2);
  });
});

test('a session that is called off ends the question of who comes', async () => {
  const time = (await findGroup(ctx.db, id))?.vote?.at(-1) ?? -1;
  for (const each of ['1', '2', '3']) await vote(ctx, by(each), id, time);
  const session = (await findNextSession(ctx.db, id))!;
  await ctx.db.updateTable('notices').set({ state: 'delivered' }).where('kind', '=', 'group-few').execute();
  await endSession(ctx, by('1'), session.id);
  expect((await owed('group-few'))[0]?.state).toBe('owed');
});
