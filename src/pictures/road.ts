/**
 * A road that winds down the paper, stage by stage: what is behind, where somebody stands, and what comes next. Shapes and
 * brightness say it, not colors, so that it can be printed in black and pinned on a wall.
 */
import { type Drawing, drawPicture, fontOf, palette, pictureWidth } from './canvas.ts';

/** A stage on the road. */
export interface Stop {
  readonly name: string;
  /** How far, in a few words. */
  readonly note: string;
  /** How far, from 0 to 1. */
  readonly part: number;
  readonly is: 'behind' | 'here' | 'ahead';
}

/** A short list on the sign at the stage that somebody stands at. */
interface Signpost {
  readonly heading: string;
  readonly lines: readonly string[];
}

export interface RoadPicture {
  readonly title: string;
  readonly stops: readonly Stop[];
  readonly signposts: readonly Signpost[];
}

/** A stop with its place, and the end of the road. */
interface Layout {
  readonly height: number;
  readonly marks: readonly (Point & { readonly stop: Stop })[];
  /** From where to where the sign goes, and what is on it line by line. */
  readonly sign: { readonly top: number; readonly bottom: number; readonly lines: readonly SignLine[] } | undefined;
  readonly end: Point;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

interface SignLine {
  readonly text: string;
  readonly y: number;
  readonly is: 'heading' | 'line' | 'rest';
}

const size = { title: 19, stop: 14.5, note: 12, heading: 11.5, line: 13 } as const;
/** The road sways between these, and words begin beyond it. */
const at = { left: 36, right: 68, words: 104, edge: pictureWidth - 18 } as const;
const space = { top: 76, stop: 44, sign: 17, pad: 12, line: 17, apart: 9, end: 46, bottom: 34 } as const;
const road = { width: 24, shoulder: 3 } as const;
const radius = { stop: 9.5, here: 13 } as const;
const bar = { width: 92, height: 5 } as const;
/** Letters of a line on the sign: what is longer goes on in the next, so that nothing is squeezed. */
const lettersOfLine = 40;

/** Pure: where everything goes, from top to bottom. */
export function layOut({ stops, signposts }: RoadPicture): Layout {
  const posts = signposts.filter(({ lines }) => lines.length > 0);
  const marks: (Point & { stop: Stop })[] = [];
  let sign: Layout['sign'];
  let y: number = space.top;
  stops.forEach((stop, i) => {
    marks.push({ x: i % 2 === 0 ? at.left : at.right, y, stop });
    y += space.stop;
    if (stop.is !== 'here' || posts.length === 0) return;
    const top = y - space.stop / 2 + 6;
    const lines: SignLine[] = [];
    y = top + space.pad;
    posts.forEach(({ heading, lines: said }, nth) => {
      if (nth > 0) y += space.apart;
      lines.push({ text: heading, y: (y += space.sign) - 5, is: 'heading' });
      for (const line of said) {
        wrap(line).forEach((text, part) => lines.push({ text, y: (y += space.line) - 4, is: part === 0 ? 'line' : 'rest' })); // prettier-ignore
      }
    });
    sign = { top, bottom: y + space.pad, lines };
    y = sign.bottom + space.stop / 2 + 8;
  });
  const end = { x: stops.length % 2 === 0 ? at.left : at.right, y: y + space.end - space.stop };
  return { height: Math.round(end.y + space.bottom), marks, sign, end };
}

/** Pure: a text in lines, broken between words. */
function wrap(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= lettersOfLine)
      lines[lines.length - 1] = `${last} ${word}`; // prettier-ignore
    else lines.push(word);
  }
  return lines;
}

/** Draws the road. @returns a PNG. */
export async function drawRoad(picture: RoadPicture): Promise<Buffer> {
  const layout = layOut(picture);
  return await drawPicture(layout.height, (drawing) => {
    const { brush } = drawing;
    brush.fillStyle = palette.ink;
    brush.font = fontOf(size.title, 'bold');
    brush.fillText(picture.title, 20, 38, pictureWidth - 40);
    drawWay(drawing, layout);
    for (const mark of layout.marks) drawStop(drawing, mark);
    if (layout.sign) drawSign(drawing, layout.sign);
    drawEnd(drawing, layout.end);
  });
}

/** The road: dark where somebody has walked it, light before them, with the line in its middle. */
function drawWay({ brush }: Drawing, { marks, end }: Layout): void {
  const points: readonly Point[] = [...marks, end];
  const here = marks.findIndex(({ stop }) => stop.is === 'here');
  const walkedTo = here >= 0 ? here : marks.filter(({ stop }) => stop.is === 'behind').length - 1;
  const path = (from: number, to: number): void => {
    brush.beginPath();
    for (let i = from; i <= to; i += 1) {
      const [before, point] = [points[i - 1], points[i]];
      if (!point) continue;
      if (i === from || !before) brush.moveTo(point.x, point.y);
      else {
        const middle = (before.y + point.y) / 2;
        brush.bezierCurveTo(before.x, middle, point.x, middle, point.x, point.y);
      }
    }
  };
  const stroke = (color: string, width: number, dash: readonly number[] = []): void => {
    brush.strokeStyle = color;
    brush.lineWidth = width;
    brush.setLineDash([...dash]);
    brush.stroke();
    brush.setLineDash([]);
  };
  brush.lineCap = 'round';
  brush.lineJoin = 'round';
  path(0, points.length - 1);
  stroke(palette.bar, road.width);
  path(Math.max(walkedTo, 0), points.length - 1);
  stroke(palette.paper, road.width - road.shoulder);
  if (walkedTo > 0) {
    path(0, walkedTo);
    stroke(palette.bar, road.width);
    brush.lineCap = 'butt';
    stroke(palette.paper, 1.8, [6, 6]);
  }
  brush.lineCap = 'butt';
  path(Math.max(walkedTo, 0), points.length - 1);
  stroke(palette.line, 1.8, [6, 6]);
}

/** A stop: a check, a full dot in a wide ring, or an empty ring; its name, how far, and the same as a bar. */
function drawStop({ brush }: Drawing, { x, y, stop }: Point & { readonly stop: Stop }): void {
  const { name, note, part, is } = stop;
  const disc = (of: number, color: string): void => {
    brush.fillStyle = color;
    brush.beginPath();
    brush.arc(x, y, of, 0, 2 * Math.PI);
    brush.fill();
  };
  const wide = is === 'here' ? radius.here : radius.stop;
  disc(wide + 3, palette.paper);
  disc(wide, palette.bar);
  if (is !== 'behind') disc(wide - (is === 'here' ? 3.5 : 2), palette.paper);
  if (is === 'here') disc(wide / 2, palette.bar);
  if (is === 'behind') {
    brush.strokeStyle = palette.paper;
    brush.lineWidth = 2.2;
    brush.lineCap = 'round';
    brush.beginPath();
    brush.moveTo(x - 4.5, y);
    brush.lineTo(x - 1.2, y + 3.6);
    brush.lineTo(x + 4.8, y - 3.8);
    brush.stroke();
  }
  brush.fillStyle = palette.ink;
  brush.font = fontOf(is === 'here' ? size.stop + 1.5 : size.stop, is === 'here' ? 'bold' : 'regular');
  brush.fillText(name, at.words, y + 5, at.edge - at.words - bar.width - 10);
  brush.font = fontOf(size.note);
  brush.textAlign = 'right';
  brush.fillText(note, at.edge, y, bar.width);
  brush.textAlign = 'left';
  const from = at.edge - bar.width;
  brush.strokeStyle = palette.bar;
  brush.lineWidth = 1;
  brush.beginPath();
  brush.roundRect(from, y + 6, bar.width, bar.height, bar.height / 2);
  brush.stroke();
  const done = bar.width * Math.min(1, Math.max(0, part));
  if (done < bar.height) return;
  brush.fillStyle = palette.bar;
  brush.beginPath();
  brush.roundRect(from, y + 6, done, bar.height, bar.height / 2);
  brush.fill();
}

/** The sign beside the stage that somebody stands at. */
function drawSign({ brush }: Drawing, { top, bottom, lines }: NonNullable<Layout['sign']>): void {
  const left = at.words - 10;
  brush.fillStyle = '#ffffff';
  brush.strokeStyle = palette.bar;
  brush.lineWidth = 1.6;
  brush.beginPath();
  brush.roundRect(left, top, at.edge - left + 8, bottom - top, 8);
  brush.fill();
  brush.stroke();
  for (const { text, y, is } of lines) {
    brush.fillStyle = is === 'heading' ? palette.bar : palette.ink;
    brush.font = is === 'heading' ? fontOf(size.heading, 'bold') : fontOf(size.line);
    const indent = is === 'rest' ? 14 : 0;
    brush.fillText(text, at.words + 2 + indent, y, at.edge - at.words - indent);
  }
}

/** Where the road leads: the sign of a hospital. */
function drawEnd({ brush }: Drawing, { x, y }: Point): void {
  const half = 14;
  brush.fillStyle = palette.paper;
  brush.beginPath();
  brush.roundRect(x - half - 3, y - half - 3, 2 * half + 6, 2 * half + 6, 8);
  brush.fill();
  brush.fillStyle = palette.bar;
  brush.beginPath();
  brush.roundRect(x - half, y - half, 2 * half, 2 * half, 6);
  brush.fill();
  brush.fillStyle = palette.paper;
  brush.fillRect(x - 2.5, y - 8, 5, 16);
  brush.fillRect(x - 8, y - 2.5, 16, 5);
}
