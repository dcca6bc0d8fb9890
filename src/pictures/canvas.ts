/** The canvas of every picture: a card with its own color, readable in Discord's light and dark themes. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type * as Library from '@napi-rs/canvas';

/** Pixels of a picture for one of the units it is drawn in: sharp where a screen has more than one pixel to the point. */
const scale = 2;
/** The width of every picture, in units. On a phone of 320 points eleven of them are a letter that can be read. */
export const pictureWidth = 400;

/** Dark on light, each with a contrast of more than 4.5 to the paper. */
export const palette = { paper: '#f7f8f8', ink: '#1f2a2a', bar: '#2f6f6b', line: '#7d8a8a' } as const;

/** Open fonts (OFL 1.1) for the scripts that names and languages come in, by package and subset. */
const fonts: readonly (readonly [pack: string, subset: string])[] = [
  ...['latin', 'latin-ext', 'cyrillic', 'cyrillic-ext', 'greek', 'vietnamese', 'devanagari'].map(
    (subset) => ['noto-sans', subset] as const,
  ),
  ['noto-sans-arabic', 'arabic'],
];
const weights = [400, 700] as const;

const family = (pack: string, subset: string): string => `Preceptor ${pack} ${subset}`;
/** All of them: for each letter the first that has it is taken. */
const families = fonts.map(([pack, subset]) => `"${family(pack, subset)}"`).join(', ');

/** A picture that is being drawn, in units from its upper left corner. */
export interface Drawing {
  readonly brush: Library.SKRSContext2D;
  readonly width: number;
  readonly height: number;
}

let loaded: Promise<typeof Library> | undefined;

/** The library is large, so it is loaded with the first picture that somebody wants. */
async function load(): Promise<typeof Library> {
  const library = await import('@napi-rs/canvas');
  const find = createRequire(import.meta.url);
  for (const [pack, subset] of fonts) {
    const folder = join(dirname(find.resolve(`@fontsource/${pack}/package.json`)), 'files');
    for (const weight of weights) {
      const file = join(folder, `${pack}-${subset}-${weight}-normal.woff2`);
      // Each in a turn of its own: together they would hold everybody up.
      await setImmediate();
      if (!library.GlobalFonts.registerFromPath(file, family(pack, subset))) throw new Error(`no font in ${file}`);
    }
  }
  return library;
}

/** The font of a text, to be set as the brush's `font`. @param size of its letters, in units. */
export function fontOf(size: number, weight: 'regular' | 'bold' = 'regular'): string {
  return `${weight === 'bold' ? 700 : 400} ${size}px ${families}`;
}

/**
 * Draws a picture of {@link pictureWidth} by `height` units.
 * @param draw puts onto the paper what it shows.
 * @returns a PNG; encoded beside the thread.
 */
export async function drawPicture(height: number, draw: (drawing: Drawing) => void): Promise<Buffer> {
  loaded ??= load();
  const library = await loaded;
  const canvas: Library.Canvas = library.createCanvas(pictureWidth * scale, height * scale);
  const brush = canvas.getContext('2d');
  brush.scale(scale, scale);
  brush.fillStyle = palette.paper;
  brush.beginPath();
  // Round like Discord's own pictures; outside of it whatever is behind shows.
  brush.roundRect(0, 0, pictureWidth, height, 8);
  brush.fill();
  draw({ brush, width: pictureWidth, height });
  return await canvas.encode('png');
}
