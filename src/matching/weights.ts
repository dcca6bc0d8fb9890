import { fitScale, parts, usualWeights } from './fit.ts';
import type { Part, Weights } from './types.ts';

/** Percent that one part of the fit may weigh. */
export const percentRange = { min: 0, max: 100 } as const;

/** Why percentages cannot become weights. */
export type WeightsFault =
  | { readonly is: 'not-whole'; readonly part: Part }
  /** All five are named, and do not add up to 100; or those named add up to more. */
  | { readonly is: 'sum'; readonly sum: number; readonly all: boolean }
  /** What is left of 100 would have to go to parts that count nothing so far. */
  | { readonly is: 'nobody-left'; readonly left: number };

/**
 * Pure: the weights after some parts were given another percentage. The parts that are not named share what is left in
 * the proportion they have now, and everything adds up to the scale of the fit to the last point.
 * @param given percent by part, whole, 0 to 100.
 */
export function reweigh(
  current: Weights,
  given: Readonly<Partial<Record<Part, number>>>,
): { readonly weights: Weights } | { readonly fault: WeightsFault } {
  const named = parts.filter((part) => given[part] !== undefined);
  const unsound = named.find((part) => !isPercent(given[part] ?? Number.NaN));
  if (unsound) return { fault: { is: 'not-whole', part: unsound } };
  const percent = named.reduce((sum, part) => sum + (given[part] ?? 0), 0);
  const others = parts.filter((part) => given[part] === undefined);
  if (percent > 100 || (others.length === 0 && percent !== 100)) {
    return { fault: { is: 'sum', sum: percent, all: others.length === 0 } };
  }
  const left = fitScale - (percent * fitScale) / 100;
  const shared = others.reduce((sum, part) => sum + current[part], 0);
  if (left > 0 && shared === 0) return { fault: { is: 'nobody-left', left: 100 - percent } };
  const exact = (part: Part) =>
    given[part] === undefined ? (shared === 0 ? 0 : (current[part] * left) / shared) : (given[part] * fitScale) / 100;
  return { weights: wholeWeights(exact) };
}

function isPercent(value: number): boolean {
  return Number.isInteger(value) && value >= percentRange.min && value <= percentRange.max;
}

/** Rounds so that the sum stays the scale: what rounding down leaves goes to the largest remainders. */
function wholeWeights(exact: (part: Part) => number): Weights {
  const weights = new Map(parts.map((part) => [part, Math.floor(exact(part))]));
  const left = fitScale - [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const byRemainder = parts.toSorted((a, b) => (exact(b) % 1) - (exact(a) % 1));
  for (const part of byRemainder.slice(0, left)) weights.set(part, (weights.get(part) ?? 0) + 1);
  return Object.fromEntries(weights) as Weights;
}

/**
 * Pure: whether something can be a guild's weights: every part named, whole, not negative, the scale of the fit in all.
 */
export function isWeights(value: unknown): value is Weights {
  if (typeof value !== 'object' || value === null) return false;
  const entries = new Map<string, unknown>(Object.entries(value));
  if (entries.size !== parts.length) return false;
  let sum = 0;
  for (const part of parts) {
    const weight = entries.get(part);
    if (typeof weight !== 'number' || !Number.isInteger(weight) || weight < 0) return false;
    sum += weight;
  }
  return sum === fitScale;
}

/** Pure: whether two weigh every part alike. */
export function sameWeights(a: Weights, b: Weights): boolean {
  return parts.every((part) => a[part] === b[part]);
}

/** Pure: whether these are the weights of a guild that has not decided otherwise. */
export function areUsual(weights: Weights): boolean {
  return sameWeights(weights, usualWeights);
}
