/** A road of stages, from the top: what is behind, where somebody stands, and what comes next. Shapes say it, not colors. */
import { drawPicture, fontOf, palette, type Drawing } from './canvas.ts';

/** A stage on the road. */
export interface Stop {
  readonly name: string;
  /** How far, in a few words. */
  readonly note: string;
  readonly is: 'behind' | 'here' | 'ahead';
}

/** A short list below the stage that somebody stands at. */
export interface Signpost {
  readonly heading: string;
  readonly lines: readonly string[];
}

export interface RoadPicture {
  readonly title: string;
  readonly stops: readonly Stop[];
  readonly signposts: readonly Signpost[];
}

const margin = { left: 20, right: 16, top: 58, bottom: 18 };
const step = { stop: 34, line: 18, gap: 8 };
const size = { title: 17, stop: 14, note: 12, line: 12.5 } as const;
/** Where the road runs, and where words begin. */
const at = { road: 34, words: 58 };
const radius = 9;

/** Draws the road. @returns a PNG. */
export async function drawRoad({ title, stops, signposts }: RoadPicture): Promise<Buffer> {
  const posts = signposts.filter(({ lines }) => lines.length > 0);
  const extra = posts.reduce((sum, { lines }) => sum + step.line * (lines.length + 1) + step.gap, 0);
  const height = margin.top + stops.length * step.stop + extra + margin.bottom;
  return await drawPicture(Math.round(height), (drawing) => {
    const { brush, width } = drawing;
    const room = width - at.words - margin.right;
    brush.fillStyle = palette.ink;
    brush.textAlign = 'left';
    brush.font = fontOf(size.title, 'bold');
    brush.fillText(title, margin.left, 32, width - margin.left - margin.right);
    let y = margin.top + radius;
    const marks: { readonly y: number; readonly is: Stop['is'] }[] = [];
    for (const { name, note, is } of stops) {
      marks.push({ y, is });
      brush.fillStyle = palette.ink;
      brush.font = fontOf(size.stop, is === 'here' ? 'bold' : 'regular');
      brush.fillText(name, at.words, y + 5, room * 0.62);
      brush.font = fontOf(size.note);
      brush.textAlign = 'right';
      brush.fillText(note, width - margin.right, y + 5, room * 0.36);
      brush.textAlign = 'left';
      y += step.stop;
      if (is !== 'here') continue;
      for (const { heading, lines } of posts) {
        brush.font = fontOf(size.line, 'bold');
        brush.fillText(heading, at.words, y - 8, room);
        brush.font = fontOf(size.line);
        for (const line of lines) {
          y += step.line;
          brush.fillText(line, at.words, y - 8, room);
        }
        y += step.line + step.gap;
      }
    }
    drawWay(drawing, marks);
  });
}

/** The way itself: a line, firm behind somebody and dashed before them; a check, a full dot in a ring, or an empty ring. */
function drawWay({ brush }: Drawing, marks: readonly { readonly y: number; readonly is: Stop['is'] }[]): void {
  brush.strokeStyle = palette.bar;
  brush.fillStyle = palette.bar;
  marks.forEach(({ y, is }, i) => {
    const next = marks[i + 1];
    if (next) {
      brush.lineWidth = 3;
      brush.setLineDash(is === 'behind' ? [] : [4, 5]);
      brush.beginPath();
      brush.moveTo(at.road, y + radius + 2);
      brush.lineTo(at.road, next.y - radius - 2);
      brush.stroke();
      brush.setLineDash([]);
    }
    brush.lineWidth = 2;
    brush.beginPath();
    brush.arc(at.road, y, radius, 0, 2 * Math.PI);
    if (is === 'behind') brush.fill();
    else brush.stroke();
    if (is === 'here') {
      brush.beginPath();
      brush.arc(at.road, y, radius / 2, 0, 2 * Math.PI);
      brush.fill();
    }
    if (is === 'behind') {
      brush.strokeStyle = palette.paper;
      brush.beginPath();
      brush.moveTo(at.road - 4, y);
      brush.lineTo(at.road - 1, y + 4);
      brush.lineTo(at.road + 5, y - 4);
      brush.stroke();
      brush.strokeStyle = palette.bar;
    }
  });
}
