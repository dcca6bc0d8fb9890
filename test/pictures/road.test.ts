import { createCanvas, loadImage } from '@napi-rs/canvas';
import { expect, test } from 'vitest';
import { palette } from '../../src/pictures/canvas.ts';
import { drawRoad, layOut } from '../../src/pictures/road.ts';

test('a road tells what is behind, here and ahead by shape, without color', async () => {
  const stops = (['behind', 'here', 'ahead'] as const).map((is) => ({ name: is, note: '', part: 0, is }));
  const picture = { title: '', stops, signposts: [] };
  const { marks } = layOut(picture);
  const image = await loadImage(await drawRoad(picture));
  const canvas = createCanvas(image.width, image.height);
  const brush = canvas.getContext('2d');
  brush.drawImage(image, 0, 0);
  const { data } = brush.getImageData(0, 0, image.width, image.height);
  /** How dark a stop's circle is between two distances from its middle, in units: from 0 to 1, in gray. */
  const dark = (i: number, from: number, to: number): number => {
    let [count, all] = [0, 0];
    for (let y = -30; y <= 30; y += 1) {
      for (let x = -30; x <= 30; x += 1) {
        const away = Math.hypot(x, y) / 2;
        if (away < from || away > to) continue;
        all += 1;
        const { x: middleX, y: middleY } = marks[i]!;
        if (data[((2 * middleY + y) * image.width + 2 * middleX + x) * 4]! < 128) count += 1;
      }
    }
    return count / all;
  };
  // A full circle with a check in it, a dot in a wide ring, a thin ring.
  expect([dark(0, 0, 9), dark(1, 0, 5), dark(2, 0, 6)].map((part) => Math.round(part * 2) / 2)).toEqual([1, 1, 0]);
  expect([dark(0, 7, 9), dark(1, 7, 9), dark(2, 8, 9)].map((part) => part > 0.8)).toEqual([true, false, true]);
  expect(dark(1, 10, 12.5)).toBeGreaterThan(0.8);
  expect(palette.bar).not.toBe(palette.paper);
});

test('a road is as high as what it has to say, and fits on a phone', async () => {
  const stops = Array.from({ length: 9 }, (_, i) => ({ name: `Stage ${i}`, note: '3 of 12', part: 0.25, is: i === 4 ? ('here' as const) : i < 4 ? ('behind' as const) : ('ahead' as const) })); // prettier-ignore
  const empty = await loadImage(await drawRoad({ title: 'My road', stops, signposts: [] }));
  const lines = ['1. A step', '2. Another', '3. A third'];
  const full = await loadImage(await drawRoad({ title: 'My road', stops, signposts: [{ heading: 'Next', lines }] }));
  expect(full.height).toBeGreaterThan(empty.height);
  expect([full.width, full.height < 1_400]).toEqual([800, true]);
});

test('a road dark where it was walked and light before: the way itself says it too, and long titles go on in the next line', async () => {
  const stops = (['behind', 'here', 'ahead', 'ahead'] as const).map((is) => ({ name: is, note: '', part: 0, is }));
  const long = 'A step with a title that is as long as a title can be at all';
  const picture = { title: '', stops, signposts: [{ heading: 'Next', lines: [long] }] };
  const { marks, sign } = layOut(picture);
  expect(sign!.lines.map(({ text }) => text).join(' ')).toBe(`Next ${long}`);
  expect(sign!.lines.every(({ text }) => text.length <= 40)).toBe(true);
  const image = await loadImage(await drawRoad(picture));
  const canvas = createCanvas(image.width, image.height);
  const brush = canvas.getContext('2d');
  brush.drawImage(image, 0, 0);
  /** How dark the way is across, halfway between two stops: the share of dark pixels. */
  const dark = (i: number): number => {
    const y = marks[i]!.y + marks[i + 1]!.y;
    const row = brush.getImageData(0, y, 180, 1).data;
    return Array.from({ length: 180 }, (_, x) => row[x * 4]!).filter((value) => value < 128).length;
  };
  expect(dark(0)).toBeGreaterThan(dark(2) * 2);
  expect(dark(2)).toBeGreaterThan(0);
});
