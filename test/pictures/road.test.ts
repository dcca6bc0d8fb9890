import { createCanvas, loadImage } from '@napi-rs/canvas';
import { expect, test } from 'vitest';
import { palette } from '../../src/pictures/canvas.ts';
import { drawRoad } from '../../src/pictures/road.ts';

test('a road tells what is behind, here and ahead by shape, without color', async () => {
  const stops = (['behind', 'here', 'ahead'] as const).map((is) => ({ name: is, note: '', is }));
  const image = await loadImage(await drawRoad({ title: '', stops, signposts: [] }));
  const canvas = createCanvas(image.width, image.height);
  const brush = canvas.getContext('2d');
  brush.drawImage(image, 0, 0);
  const { data } = brush.getImageData(0, 0, image.width, image.height);
  /** How much of a stop's circle is inked, in gray. */
  const inked = (i: number): number => {
    let count = 0;
    const middle = 2 * (58 + 9 + i * 34);
    for (let y = middle - 20; y < middle + 20; y += 1)
      for (let x = 48; x < 88; x += 1) if (data[(y * image.width + x) * 4]! < 128) count += 1;
    return count;
  };
  const [behind, here, ahead] = [inked(0), inked(1), inked(2)];
  expect(behind).toBeGreaterThan(here * 1.2);
  expect(here).toBeGreaterThan(ahead * 1.3);
  expect(ahead).toBeGreaterThan(50);
  expect(palette.bar).not.toBe(palette.paper);
});

test('a road is as high as what it has to say, and fits on a phone', async () => {
  const stops = Array.from({ length: 9 }, (_, i) => ({ name: `Stage ${i}`, note: '3 of 12', is: i === 4 ? ('here' as const) : i < 4 ? ('behind' as const) : ('ahead' as const) })); // prettier-ignore
  const empty = await loadImage(await drawRoad({ title: 'My road', stops, signposts: [] }));
  const lines = ['1. A step', '2. Another', '3. A third'];
  const full = await loadImage(await drawRoad({ title: 'My road', stops, signposts: [{ heading: 'Next', lines }] }));
  expect(full.height).toBeGreaterThan(empty.height);
  expect([full.width, full.height < 1_400]).toEqual([800, true]);
});
