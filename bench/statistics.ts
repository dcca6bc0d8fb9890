/** The value below which the share `q` (0 to 1) of the samples lies: nearest rank, no interpolation. */
export function quantile(samples: readonly number[], q: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? Number.NaN;
}

/** One line of a benchmark's report. A target is met or not; the figure stands either way. */
export function report(what: string, value: number, unit: string, target?: { atMost: number }): void {
  const verdict = target
    ? value <= target.atMost
      ? `target ≤ ${target.atMost}: met`
      : `target ≤ ${target.atMost}: MISSED`
    : '';
  console.log(`${what.padEnd(58)} ${value.toFixed(2).padStart(9)} ${unit.padEnd(3)} ${verdict}`.trimEnd());
}
