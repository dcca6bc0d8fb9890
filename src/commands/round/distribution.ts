/** How well the pairs of a round suit, as bars: in a picture, and in the same words for those who do not see it. */
import { drawBars } from '../../pictures/bars.ts';
import type { Texts } from '../../texts/en.ts';

/** How many bars the distribution has: one for each ten percent of the fit. */
const barCount = 10;
/** The width of a bar on the scale of the fit. */
const barWidth = 1_000;

/** Pure: how many pairs there are in each tenth of the scale of the fit. */
export function distributionOf(fits: readonly number[]): readonly number[] {
  const bars = Array.from({ length: barCount }, () => 0);
  for (const fit of fits) {
    const bar = Math.min(barCount - 1, Math.max(0, Math.floor(fit / barWidth)));
    bars[bar] = (bars[bar] ?? 0) + 1;
  }
  return bars;
}

const percentAt = (bar: number): number => (bar * 100) / barCount;

/** The distribution as a PNG. */
export async function drawDistribution(t: Texts, bars: readonly number[]): Promise<Buffer> {
  const { picture } = t.rounds.card;
  return await drawBars({
    title: picture.title,
    axis: picture.axis,
    counts: bars,
    labels: bars.map((n) => (n === 0 ? '' : t.words.number(n))),
    edges: Array.from({ length: bars.length + 1 }, (_, i) => t.words.number(percentAt(i))),
  });
}

/** Pure: the distribution in words. */
export function sayDistribution(t: Texts, bars: readonly number[]): string {
  const { picture } = t.rounds.card;
  const said = bars.flatMap((n, i) => (n > 0 ? [picture.bar(percentAt(i), percentAt(i + 1), n)] : []));
  return picture.alt(said.join('; '));
}
