import { encodePng } from './png.ts';

/** How many bars the distribution has: one for each ten percent of the fit. */
export const barCount = 10;
/** The width of a bar on the scale of the fit. */
export const barWidth = 1_000;

const size = { width: 640, height: 300 };
const margin = { left: 20, right: 20, top: 34, bottom: 36 };
const gap = 8;
/** Pixels of one dot of a digit. */
const dot = 2;

/** Numbers of the colors: dark on light, so that it reads in either theme of Discord. */
const color = { paper: 0, ink: 1, bar: 2 } as const;
const palette = [0xf7f8f8, 0x1f2a2a, 0x2f6f6b];

/** Digits of five by seven dots, a row each. */
const glyphs: Readonly<Record<string, readonly string[]>> = {
  '0': ['.###.', '#...#', '#..##', '#.#.#', '##..#', '#...#', '.###.'],
  '1': ['..#..', '.##..', '..#..', '..#..', '..#..', '..#..', '.###.'],
  '2': ['.###.', '#...#', '....#', '...#.', '..#..', '.#...', '#####'],
  '3': ['.###.', '#...#', '....#', '..##.', '....#', '#...#', '.###.'],
  '4': ['...#.', '..##.', '.#.#.', '#..#.', '#####', '...#.', '...#.'],
  '5': ['#####', '#....', '####.', '....#', '....#', '#...#', '.###.'],
  '6': ['..##.', '.#...', '#....', '####.', '#...#', '#...#', '.###.'],
  '7': ['#####', '....#', '...#.', '..#..', '.#...', '.#...', '.#...'],
  '8': ['.###.', '#...#', '#...#', '.###.', '#...#', '#...#', '.###.'],
  '9': ['.###.', '#...#', '#...#', '.####', '....#', '...#.', '.##..'],
  '%': ['##..#', '##..#', '...#.', '..#..', '.#...', '#..##', '#..##'],
};
const glyphWidth = 6 * dot;
const glyphHeight = 7 * dot;

/** Pure: how many pairs there are in each tenth of the scale of the fit. */
export function distributionOf(fits: readonly number[]): readonly number[] {
  const bars = Array.from({ length: barCount }, () => 0);
  for (const fit of fits) {
    const bar = Math.min(barCount - 1, Math.max(0, Math.floor(fit / barWidth)));
    bars[bar] = (bars[bar] ?? 0) + 1;
  }
  return bars;
}

/** Pure: the distribution as a picture, each bar with its number above it and the scale in percent below. */
export function drawDistribution(bars: readonly number[]): Buffer {
  const { width, height } = size;
  const pixels = new Uint8Array(width * height).fill(color.paper);
  const fill = (x: number, y: number, w: number, h: number, with_: number) => {
    for (let row = Math.round(y); row < Math.round(y + h); row += 1) {
      pixels.fill(with_, row * width + Math.round(x), row * width + Math.round(x + w));
    }
  };
  const write = (text: string, center: number, top: number) => {
    let x = Math.min(
      width - text.length * glyphWidth,
      Math.max(0, Math.round(center - (text.length * glyphWidth) / 2)),
    );
    for (const sign of text) {
      glyphs[sign]?.forEach((row, i) => {
        for (let j = 0; j < row.length; j += 1) {
          if (row[j] === '#') fill(x + j * dot, top + i * dot, dot, dot, color.ink);
        }
      });
      x += glyphWidth;
    }
  };

  const floor = height - margin.bottom;
  const room = floor - margin.top;
  const step = (width - margin.left - margin.right) / bars.length;
  const highest = Math.max(1, ...bars);
  fill(margin.left, floor, width - margin.left - margin.right, dot, color.ink);
  bars.forEach((n, i) => {
    const left = margin.left + i * step;
    const tall = (n / highest) * room;
    fill(left + gap / 2, floor - tall, step - gap, tall, color.bar);
    if (n > 0) write(String(n), left + step / 2, floor - tall - glyphHeight - 2 * dot);
    write(String((i * 100) / bars.length), left, floor + 4 * dot);
  });
  write('100%', width - margin.right, floor + 4 * dot);
  return encodePng({ width, height, palette, pixels });
}
