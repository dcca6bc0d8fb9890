import { createCanvas, loadImage } from '@napi-rs/canvas';
import { describe, expect, test } from 'vitest';
import { drawBars } from '../../src/pictures/bars.ts';
import { drawPicture, fontOf, palette, pictureWidth } from '../../src/pictures/canvas.ts';

/** The points of a picture, as a reader of the file sees them. */
async function look(png: Buffer) {
  const image = await loadImage(png);
  const canvas = createCanvas(image.width, image.height);
  const brush = canvas.getContext('2d');
  brush.drawImage(image, 0, 0);
  const { data, width, height } = brush.getImageData(0, 0, image.width, image.height);
  const colorAt = (x: number, y: number): string =>
    `#${[...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
  return { data, width, height, colorAt, alphaAt: (x: number, y: number) => data[(y * width + x) * 4 + 3] };
}

const words = async (text: string) =>
  (
    await look(
      await drawPicture(60, ({ brush }) => {
        brush.fillStyle = palette.ink;
        brush.font = fontOf(24);
        brush.fillText(text, 10, 40);
      }),
    )
  ).data;

describe('a picture', () => {
  test('has letters for the scripts that people write in, and no empty boxes', async () => {
    const nowhere = await words('\u{E000}');
    const seen = new Set<string>();
    const letters = ['a', 'ł', 'д', 'ї', 'λ', 'ế', 'न', 'ष', 'ن', 'پ', '%'];
    for (const letter of letters) {
      const drawn = await words(letter);
      expect(Buffer.compare(Buffer.from(drawn), Buffer.from(nowhere)), letter).not.toBe(0);
      seen.add(Buffer.from(drawn).toString('base64'));
    }
    expect(seen.size).toBe(letters.length);
  });

  test('brings its own paper, so that it reads in either theme, and is round like those of Discord', async () => {
    const { colorAt, alphaAt, width, height } = await look(await drawPicture(100, () => undefined));
    expect([width, height]).toEqual([2 * pictureWidth, 200]);
    expect(colorAt(width / 2, height / 2)).toBe(palette.paper);
    expect(alphaAt(0, 0)).toBe(0);
    expect(contrastOf(palette.ink, palette.paper)).toBeGreaterThan(7);
    expect(contrastOf(palette.bar, palette.paper)).toBeGreaterThan(4.5);
  });
});

test('bars are as high as their numbers, under a title, over a scale with a name', async () => {
  const counts = [0, 2, 4, 1];
  const given = {
    title: 'Waiting',
    counts,
    labels: ['', '2', '4', '1'],
    edges: ['0', '1', '2', '3', '4'],
    axis: 'Weeks',
  };
  const { colorAt, width, height } = await look(await drawBars(given));
  const bar = (i: number) => {
    const x = Math.round(32 + ((i + 0.5) * (width - 76)) / counts.length);
    return Array.from({ length: height }, (_, y) => colorAt(x, y)).filter((color) => color === palette.bar).length;
  };
  const tall = counts.map((_, i) => bar(i));
  expect(tall[0]).toBe(0);
  expect(Math.abs(tall[2]! / tall[1]! - 2)).toBeLessThan(0.05);
  expect(Math.abs(tall[2]! / tall[3]! - 4)).toBeLessThan(0.1);
  const untitled = await look(await drawBars({ ...given, title: '', axis: '' }));
  const inked = (from: number, to: number, { colorAt: at }: { colorAt: typeof colorAt }) => {
    let count = 0;
    for (let y = from; y < to; y += 1) for (let x = 0; x < width; x += 1) if (at(x, y) === palette.ink) count += 1;
    return count;
  };
  for (const [from, to] of [
    [20, 70],
    [height - 50, height],
  ] as const) {
    expect(inked(from, to, { colorAt })).toBeGreaterThan(inked(from, to, untitled) + 20);
  }
});

/** By WCAG 2.2: relative luminance. */
function contrastOf(one: string, other: string): number {
  const luminance = (color: string) => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}
