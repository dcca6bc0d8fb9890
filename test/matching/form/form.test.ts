import { describe, expect, test } from 'vitest';
import { makeSeekers } from '../../../bench/seekers.ts';
import { formGroups, type FormInput, type FormPlan, mendGroup, type Seeker } from '../../../src/matching/form/index.ts';
import { seededRandom } from '../../support/context.ts';
import { faultsOf, valueOf } from './reference.ts';
import { someone, tryBound, tryNearMisses, tryWindows } from './proof.ts';

/** Both halves of the world change their clocks within the eight weeks that follow. */
const from = Date.UTC(2027, 1, 22, 9);
const minutes = 60;

const form = (seekers: readonly Seeker[], rest: Partial<FormInput> = {}) =>
  formGroups({ seekers, from, minutes, seed: 1, ...rest });

function expectSound(seekers: readonly Seeker[], plan: FormPlan): void {
  const byId = new Map(seekers.map((seeker) => [seeker.id, seeker]));
  const everybody = [...plan.groups.flatMap(({ members }) => members), ...plan.left.map(({ id }) => id)];
  expect(everybody.toSorted()).toEqual(seekers.map(({ id }) => id).toSorted());
  for (const { members, value } of plan.groups) {
    const group = members.map((id) => byId.get(id)!);
    expect(faultsOf(group, from, minutes), members.join()).toEqual([]);
    expect(value).toBeCloseTo(valueOf(group, from, minutes), 3);
  }
  expect(plan.figures.placed).toBe(plan.groups.flatMap(({ members }) => members).length);
  expect(plan.figures.bound).toBeGreaterThanOrEqual(plan.figures.placed);
}

describe('common windows', () => {
  test('are those that a look at every minute finds, in weeks with and without changes of clocks', () => {
    for (const firstWeek of [0, 13, 46]) {
      const { met, wrong } = tryWindows({ groups: 15, weeks: 4, seed: 7 + firstWeek, firstWeek });
      expect(wrong).toEqual([]);
      expect(met).toBeGreaterThan(0);
    }
  });
});

describe('a formation', () => {
  test('makes groups that obey every rule in every week, and is worth what the days say', () => {
    for (const zones of ['steady', 'real'] as const) {
      const seekers = makeSeekers(zones === 'steady' ? 60 : 40, 5, zones);
      expectSound(seekers, form(seekers));
    }
  });

  test('keeps blocks, targets that are not fixed, ranges of months and two languages apart', () => {
    const random = seededRandom(3);
    for (let round = 0; round < 4; round += 1) {
      const seekers = Array.from({ length: 24 }, (_, i) => someone(random, String(i)));
      expectSound(seekers, form(seekers));
    }
  });

  test('values in a circle the time and the specialties that its people share', () => {
    const random = seededRandom(11);
    const seekers = Array.from({ length: 12 }, (_, i): Seeker => ({
      ...someone(random, String(i)),
      kind: 'circle',
      topic: 'applying',
      languages: ['en'],
      target: undefined,
      families: [['medicine', 'surgery'][i % 2]!],
      hours: [0, 2, 4].map((weekday) => ({ from: weekday * 1440 + 720, to: weekday * 1440 + 1440 })),
    }));
    const plan = form(seekers);
    expectSound(seekers, plan);
    expect(plan.groups.length).toBeGreaterThan(0);
  });

  test('never mixes exams, circles or their places', () => {
    const seekers = makeSeekers(60, 2).map((seeker, i): Seeker => {
      if (i % 3 === 0) return seeker;
      return { ...seeker, kind: 'circle', topic: i % 3 === 1 ? 'arriving' : 'arriving, NY' };
    });
    const plan = form(seekers);
    expectSound(seekers, plan);
    expect(new Set(plan.groups.map(({ topic }) => topic)).size).toBeGreaterThan(2);
  });

  test('gives the same groups for the same seed, in whatever order people are listed, and others for another', () => {
    const seekers = makeSeekers(300, 9);
    const plan = form(seekers);
    expect(form(seekers.toReversed())).toEqual(plan);
    expect(form(seekers, { seed: 2 }).groups).not.toEqual(plan.groups);
  });

  test('places at least 99 % of 2,000 whose clocks stay, and never fewer than building alone', () => {
    const seekers = makeSeekers(2000, 1);
    const plan = form(seekers);
    const alone = form(seekers, { effort: 0 });
    expect(plan.figures.placed).toBeGreaterThanOrEqual(1980);
    expect(plan.figures.placed).toBeGreaterThanOrEqual(alone.figures.placed);
    expect(plan.figures.value).toBeGreaterThan(1.1 * alone.figures.value);
    expect(plan.figures.placed).toBeGreaterThan(5 * plan.beside.sorted.placed);
  });

  test('says nothing of what it was not asked: nobody, and two', () => {
    expect(form([]).groups).toEqual([]);
    const two = form(makeSeekers(2, 1).map((seeker) => ({ ...seeker, topic: 'step-1' })));
    expect(two.groups).toEqual([]);
    expect(two.left.map(({ waiting }) => waiting)).toEqual([1, 1]);
  });

  test('somebody without any hour by day is left over, and reads which hours would do', () => {
    const [first, ...others] = makeSeekers(60, 4);
    const seekers = [{ ...first!, hours: [{ from: 0, to: 300 }], target: undefined, languages: ['en'] }, ...others];
    const left = form(seekers).left.find(({ id }) => id === first!.id);
    expect(left?.nearMisses[0]?.is).toBe('hours');
  });
});

describe('the bound', () => {
  test('is never below the optimum of small instances, which is found by trying everything', () => {
    const { wrong, most, below } = tryBound({ instances: 30, seed: 20_261_126 });
    expect(wrong).toEqual([]);
    expect(most).toBeGreaterThan(1);
    expect(below).toBeLessThan(0.1);
  });
});

describe('near misses', () => {
  test('each one that is shown puts its seeker with those it names, whoever takes it', () => {
    const { shown, wrong } = tryNearMisses({ left: 80, seed: 1 });
    expect(wrong).toEqual([]);
    for (const count of Object.values(shown)) expect(count).toBeGreaterThan(0);
  });
});

describe('a group that is looked at again', () => {
  /** All sets of so many of these people. */
  const setsOf = (people: readonly Seeker[]) =>
    Array.from({ length: 2 ** people.length }, (_, set) => people.filter((_, i) => (set & (1 << i)) !== 0));

  test('is as it was while every rule holds, and else as many as still can be one, by rules looked at one by one', () => {
    const seekers = makeSeekers(48, 9, 'real');
    const byId = new Map(seekers.map((seeker) => [seeker.id, seeker]));
    let [whole, smaller, none] = [0, 0, 0];
    for (const [n, { members, value }] of form(seekers).groups.entries()) {
      const group = members.map((id) => byId.get(id)!);
      expect(mendGroup(group, { from, minutes })).toMatchObject({ members, value });
      whole += 1;
      // One has other hours now, one blocks another, or one studies for a later month.
      const [first, second, ...others] = group as [Seeker, Seeker, ...Seeker[]];
      const changed = [
        { ...first, hours: [{ from: 7 * 60, to: 10 * 60 }] },
        { ...first, blocked: [second.id] },
        { ...first, target: { from: 30_000, until: 30_000 } },
      ][n % 3]!;
      const now = [changed, second, ...others];
      const most = Math.max(
        0,
        ...setsOf(now).filter((some) => some.length > 2 && faultsOf(some, from, minutes).length === 0).map((some) => some.length), // prettier-ignore
      );
      const mended = mendGroup(now, { from, minutes });
      expect(mended?.members.length ?? 0).toBe(most);
      if (!mended) none += 1;
      else {
        smaller += 1;
        const kept = now.filter(({ id }) => mended.members.includes(id));
        expect(faultsOf(kept, from, minutes)).toEqual([]);
        expect(mended.value).toBeCloseTo(valueOf(kept, from, minutes), 3);
      }
    }
    expect([whole, smaller, none].every((count) => count > 0)).toBe(true);
  });
});
