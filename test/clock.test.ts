import { describe, expect, test } from 'vitest';
import { Temporal } from 'temporal-polyfill';
import { createTimekeeper, type Timekeeper } from '../src/clock.ts';
import { testStart } from './support/time.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

/** A machine whose clock can be set, and Discord, whose cannot. */
function open(options: { counts?: boolean } = {}) {
  let trueMs = Date.parse(testStart);
  let error = 0;
  let reachable = true;
  const clock = {
    now: () => Temporal.Instant.fromEpochMilliseconds(trueMs + error),
    ...(options.counts === false ? {} : { steadyMs: () => trueMs }),
  };
  const time = createTimekeeper(clock);
  const ask = () => Promise.resolve(reachable ? trueMs : undefined);
  return {
    time,
    /** Lets real time pass. */
    pass: (ms: number) => void (trueMs += ms),
    /** Sets the clock this far from the truth. */
    set: (ms: number) => void (error = ms),
    cut: (isCut: boolean) => void (reachable = !isCut),
    beat: () => time.confirm(ask),
    hear: () => time.listen()(trueMs),
    off: () => Date.parse(time.now()) - trueMs,
  };
}

const jumps = [
  ['eleven minutes ahead', 11 * minute],
  ['four days ahead', 4 * day],
  ['400 days ahead', 400 * day],
  ['thirty years ahead', 30 * year],
  ['eleven minutes back', -11 * minute],
  ['four days back', -4 * day],
  ['two years back', -2 * year],
] as const;

async function beats(of: { time: Timekeeper; pass(ms: number): void; beat(): Promise<void> }, count: number) {
  for (let n = 0; n < count; n += 1) {
    of.pass(minute);
    await of.beat();
  }
}

describe.each([
  ['that counts apart from its clock', true],
  ['that has nothing but its clock', false],
])('on a machine %s', (_, counts) => {
  test.each(jumps)(
    'a clock that goes %s is found out with the next heartbeat, and Discord’s time counts',
    async (_how, ms) => {
      const world = open({ counts });
      await world.beat();
      expect(world.time.isSure()).toBe(true);
      world.set(ms);
      expect(world.time.isSure()).toBe(false);
      await world.beat();
      expect([world.time.isSure(), world.off()]).toEqual([true, 0]);
      world.pass(minute);
      expect(world.off()).toBe(0);
      world.set(0);
      await world.beat();
      expect([world.time.isSure(), world.off(), world.time.errorMs()]).toEqual([true, 0, 0]);
    },
  );

  test.each(jumps)('a clock that goes %s while Discord is away makes nothing sure for a day', async (_how, ms) => {
    const world = open({ counts });
    await world.beat();
    world.cut(true);
    world.set(ms);
    await beats(world, 60 * 23);
    expect(world.time.isSure()).toBe(false);
    await beats(world, 62);
    expect(world.time.isSure()).toBe(true);
  });

  test('a clock that is set again and again is never believed without Discord', async () => {
    const world = open({ counts });
    await world.beat();
    world.cut(true);
    for (let n = 0; n < 6; n += 1) {
      world.set(n % 2 === 0 ? 9 * day : -2 * day);
      await beats(world, 60 * 12);
      expect(world.time.isSure()).toBe(false);
    }
    world.cut(false);
    await world.beat();
    expect([world.time.isSure(), world.off()]).toEqual([true, 0]);
  });

  test('a clock that is wrong from the start never counts', async () => {
    const world = open({ counts });
    world.set(-2 * year);
    world.hear();
    expect(world.time.isSure()).toBe(false);
    await world.beat();
    expect([world.time.isSure(), world.off()]).toEqual([true, 0]);
  });

  test('what Discord says by the way confirms the time, and keeps anybody from being asked', async () => {
    const world = open({ counts });
    await world.beat();
    world.cut(true);
    for (let n = 0; n < 300; n += 1) {
      world.pass(5 * minute);
      world.hear();
      await world.beat();
      expect(world.time.isSure()).toBe(true);
    }
  });

  test('what Discord says by the way against the clock raises a doubt', async () => {
    const world = open({ counts });
    await world.beat();
    world.set(10 * minute + 1);
    world.hear();
    expect([world.time.isSure() && world.off() !== 0]).toEqual([false]);
    await world.beat();
    expect([world.time.isSure(), world.off()]).toEqual([true, 0]);
  });

  test('a clock that is a minute off is right enough', async () => {
    const world = open({ counts });
    world.set(minute);
    await world.beat();
    expect([world.time.isSure(), world.time.errorMs(), world.off()]).toEqual([true, 0, minute]);
  });
});

test('a machine that counts never shows a jump, not even before the next heartbeat', async () => {
  const world = open();
  await world.beat();
  for (const [, ms] of jumps) {
    world.set(ms);
    expect(world.off()).toBe(0);
  }
});

test('a machine that slept is sure again once Discord has said how long', async () => {
  // What counts stands still meanwhile: the clock is right, and looks as if it had been set.
  let trueMs = Date.parse(testStart);
  let counted = 0;
  const clock = { now: () => Temporal.Instant.fromEpochMilliseconds(trueMs), steadyMs: () => counted };
  const time = createTimekeeper(clock);
  await time.confirm(() => Promise.resolve(trueMs));
  trueMs += 9 * hour;
  counted += minute;
  expect(time.isSure()).toBe(false);
  await time.confirm(() => Promise.resolve(trueMs));
  expect([time.isSure(), time.now()]).toEqual([true, new Date(trueMs).toISOString()]);
});

test('an answer that was long under way raises no doubt; one that was wrong from the first does', async () => {
  const world = open({ counts: false });
  await world.beat();
  const hear = world.time.listen();
  const said = Date.parse(world.time.now());
  world.pass(3 * minute);
  hear(said);
  expect([world.time.isSure(), world.off()]).toEqual([true, 0]);
  hear(said - 3 * minute);
  expect(world.time.isSure()).toBe(false);
});
