import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  areUsual,
  fitScale,
  isWeights,
  parts,
  reweigh,
  sameWeights,
  usualWeights,
  type Weights,
} from '../../src/matching/index.ts';

const weightsOf = (...given: Parameters<typeof reweigh>): Weights => {
  const result = reweigh(...given);
  if ('fault' in result) throw new Error(JSON.stringify(result.fault));
  return result.weights;
};
const faultOf = (...given: Parameters<typeof reweigh>) => {
  const result = reweigh(...given);
  return 'fault' in result ? result.fault : undefined;
};

describe('a part with another percentage', () => {
  test('leaves the others what remains, in their old proportion', () => {
    // 65 of 100 were shared as 35 : 15 : 15 : 5 beside topics; now it is 30 of 100.
    const weights = weightsOf(usualWeights, { topics: 60 });
    expect(weights).toEqual({ topics: 6_000, specialty: 2_000, stage: 857, hours: 857, country: 286 });
  });

  test('may be the only one that counts', () => {
    expect(weightsOf(usualWeights, { topics: 100 })).toEqual({
      topics: 10_000,
      specialty: 0,
      stage: 0,
      hours: 0,
      country: 0,
    });
  });

  test('changes nothing when it is what it was', () => {
    expect(weightsOf(usualWeights, { specialty: 35 })).toEqual(usualWeights);
    expect(areUsual(weightsOf(usualWeights, {}))).toBe(true);
  });

  test.each([
    [{ topics: 12.5 }, { is: 'not-whole', part: 'topics' }],
    [{ hours: -1 }, { is: 'not-whole', part: 'hours' }],
    [{ hours: 101 }, { is: 'not-whole', part: 'hours' }],
    [{ hours: Number.NaN }, { is: 'not-whole', part: 'hours' }],
    [
      { topics: 60, specialty: 50 },
      { is: 'sum', sum: 110, all: false },
    ],
    [
      { specialty: 20, topics: 20, stage: 20, hours: 20, country: 10 },
      { is: 'sum', sum: 90, all: true },
    ],
  ] as const)('is refused where the percentages cannot be: %o', (given, fault) => {
    expect(faultOf(usualWeights, given)).toEqual(fault);
  });

  test('is refused where nobody could take what is left', () => {
    const onlyTopics = weightsOf(usualWeights, { topics: 100 });
    expect(faultOf(onlyTopics, { topics: 70 })).toEqual({ is: 'nobody-left', left: 30 });
    expect(weightsOf(onlyTopics, { topics: 70, stage: 30 })).toMatchObject({ topics: 7_000, stage: 3_000 });
  });
});

test('weights are whole, none is negative, and they add up to the scale, whatever is changed one after the other', () => {
  const change = fc.dictionary(fc.constantFrom(...parts), fc.integer({ min: 0, max: 100 }), { maxKeys: 5 });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 6 }), (changes) => {
      let weights = usualWeights;
      for (const given of changes) {
        const result = reweigh(weights, given);
        if ('fault' in result) continue;
        ({ weights } = result);
        expect(isWeights(weights), JSON.stringify(weights)).toBe(true);
        for (const [part, percent] of Object.entries(given)) expect(weights[part as never]).toBe(percent * 100);
      }
    }),
    { seed: 20_261_123, numRuns: 300 },
  );
});

test.each([
  ['nothing', null],
  ['a list', [1, 2]],
  ['a part too few', { specialty: fitScale, topics: 0, stage: 0, hours: 0 }],
  ['a part that does not exist', { ...usualWeights, charm: 0 }],
  ['a sum beside the scale', { ...usualWeights, topics: 1 }],
  ['a negative weight', { ...usualWeights, topics: -3_000, specialty: 9_500 }],
  ['a fraction', { ...usualWeights, topics: 2_999.5, specialty: 3_500.5 }],
])('%s is no set of weights', (_, value) => {
  expect(isWeights(value)).toBe(false);
});

test('two guilds that weigh alike are told from two that do not', () => {
  expect(sameWeights(usualWeights, { ...usualWeights })).toBe(true);
  expect(sameWeights(usualWeights, weightsOf(usualWeights, { hours: 20 }))).toBe(false);
});
