import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { population } from '../../../bench/population.ts';
import { planRound, type HelperData, type RoundPlan } from '../../../src/matching/index.ts';
import { awaitLook, chunkLooker } from '../../../src/matching/round/board.ts';
import { type Calling, withHelp } from '../../../src/matching/round/helper.ts';
import { lookForAll, pricesFor } from '../../../src/matching/round/look.ts';
import { type People, readPeople } from '../../../src/matching/round/people.ts';
import type { OnFound, Profiles, Wanted } from '../../../src/matching/round/profiles.ts';
import { startHelper, startRound } from '../../../src/mentoring/rounds/thread/start.ts';
import type { WorkerMessage } from '../../../src/mentoring/rounds/thread/work.ts';
import { seededRandom } from '../../support/context.ts';

const input = population({ mentees: 2_500, mentors: 300, seed: 5 });
const people = readPeople(input);
const { weights } = input.rules;
const lookers = people.profiles;

describe('looking with the help of another thread', () => {
  test('tells of the same mentors in the same order, whoever was quicker', () => {
    const shared: number[] = [];
    helped(people, { call: startHelper }, (profiles, looked) => {
      // The first looks are over before the thread has begun.
      for (let seed = 1; shared.filter((share) => share > 0).length < 40; seed += 1) {
        const wanted = wantedBy(seed);
        const before = looked();
        expect(told(profiles, wanted)).toEqual(told(lookers, wanted));
        shared.push(lookers.searchers.count - (looked() - before));
        pause(1);
      }
    });
    expect(Math.max(...shared)).toBeLessThanOrEqual(lookers.searchers.count);
    // Nobody is looked for twice where there is room.
    expect(Math.min(...shared)).toBeGreaterThanOrEqual(0);
  });

  test('looks again at whom a tray has no room for', () => {
    const everybody = { ...wantedBy(1), most: 300, atLeast: all(-20_000), floor: all(0) };
    helped(people, { call: () => {} }, (profiles, looked) => {
      expect(told(profiles, everybody)).toEqual(told(lookers, everybody));
      expect(looked()).toBeGreaterThan(lookers.searchers.count);
    });
  });

  test('goes on alone when the helper stops in the middle, then and later', () => {
    const wanted = wantedBy(2);
    let data: HelperData | undefined;
    const call = (given: HelperData) => {
      data = given;
    };
    helped(people, { call, patienceMs: 5 }, (profiles) => {
      let hasStopped = false;
      const seen = told(profiles, wanted, () => {
        if (hasStopped) return;
        hasStopped = true;
        const { chunks } = awaitLook(data!.board, 0)!;
        const stop = () => {
          throw new Error('stopped');
        };
        expect(chunkLooker(data!.board, chunks, stop)).toThrow('stopped');
      });
      expect(hasStopped).toBe(true);
      expect(seen).toEqual(told(lookers, wanted));
      expect(awaitLook(data!.board, 0)).toBeUndefined();
      expect(told(profiles, wantedBy(3))).toEqual(told(lookers, wantedBy(3)));
    });
  });

  test('is not asked for in a round of usual size', () => {
    let calls = 0;
    planRound(input, undefined, () => {
      calls += 1;
    });
    expect(calls).toBe(0);
  });

  test('ends with the round, also when that fails, and a helper that waits can be ended at any time', async () => {
    const helpers: ReturnType<typeof startHelper>[] = [];
    const call = (data: HelperData) => void helpers.push(startHelper(data));
    const fail = () =>
      helped(people, { call }, (profiles, looked) => {
        let before = 0;
        do {
          before = looked();
          told(profiles, wantedBy(4));
          pause(1);
        } while (looked() - before === lookers.searchers.count);
        // The helper has filled every tray before the first one is told.
        told(profiles, wantedBy(4), () => {
          pause(100);
          throw new Error('it failed');
        });
      });
    expect(fail).toThrow('it failed');
    await once(helpers[0]!, 'exit');

    let data: HelperData | undefined;
    helped(people, { call: (given) => (data = structuredClone(given)) }, () => {});
    const waiting = startHelper({ ...data!, board: fresh(data!) });
    await once(waiting, 'online');
    await sleep(200);
    expect(await waiting.terminate()).toBe(1);
  });
});

describe('the thread of a large round', () => {
  test('calls for help, and its plan is the same without', async () => {
    const large = population({ mentees: 10_000, mentors: 300, seed: 6 });
    const calls: HelperData[] = [];
    const planned = (isHelped: boolean) =>
      new Promise<RoundPlan>((resolve, reject) => {
        const thread = startRound(large);
        thread.on('error', reject);
        thread.on('message', (message: WorkerMessage) => {
          if (message.is === 'plan') resolve(message.plan);
          if (message.is !== 'call') return;
          calls.push(message.data);
          if (isHelped) startHelper(message.data).on('error', reject);
        });
      });
    const [helped, alone] = [await planned(true), await planned(false)];
    expect(calls).toHaveLength(2);
    expect(JSON.stringify(helped)).toBe(JSON.stringify(alone));
  });
});

/** Does some work with help; `looked` tells how often somebody was looked for in this thread. */
function helped<T>(people: People, calling: Calling, work: (profiles: Profiles, looked: () => number) => T): T {
  let looked = 0;
  const { searchers } = people.profiles;
  const counting = {
    count: searchers.count,
    own: (i: number) => {
      looked += 1;
      return searchers.own(i);
    },
    plain: (i: number) => {
      looked += 1;
      return searchers.plain(i);
    },
  };
  const profiles = { ...people.profiles, searchers: counting };
  return withHelp({ ...people, profiles }, weights, { from: 1, ...calling }, (those) => work(those, () => looked));
}

/** Everybody who was found, in the order in which they were told of. */
function told(profiles: Profiles, wanted: Wanted, also?: OnFound): readonly unknown[] {
  const seen: unknown[] = [];
  lookForAll(profiles, wanted, (i, found) => {
    const { size, mentor, fit, profit } = found;
    seen.push([i, ...[mentor, fit, profit].map((column) => Array.from(column.subarray(0, size)))]);
    also?.(i, found);
  });
  return seen;
}

/** Something to look for: other prices, views and demands for each seed. */
function wantedBy(seed: number): Wanted {
  const random = seededRandom(seed);
  const prices = () => pricesFor(lookers, lookers.capacity.map(() => Math.floor(random() * 9_000))); // prettier-ignore
  const one = { view: random() < 0.5 ? 'own' : 'plain', most: 1 + Math.floor(random() * 12) } as const;
  const demands = { atLeast: all(0).map(() => random() * 8_000 - 5_000), floor: all(0).map(() => random() * 7_000) };
  if (random() < 0.3) return { ...one, ...demands, prices: [prices()] };
  return { ...one, ...demands, prices: [prices(), prices()], list: Uint8Array.from(demands.floor, () => (random() < 0.5 ? 1 : 0)) }; // prettier-ignore
}

function all(value: number): Float64Array {
  return new Float64Array(lookers.searchers.count).fill(value);
}

/** The same board before anything was looked for. */
function fresh({ board }: HelperData): HelperData['board'] {
  const control = new Int32Array(new SharedArrayBuffer(board.control.byteLength));
  return { ...board, control };
}

/** Lets the other thread go on. */
function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
