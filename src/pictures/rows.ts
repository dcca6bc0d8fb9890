/** Figures one below the other, each with its name, its value in words and a bar: what a phone's width holds. */
import { drawPicture, fontOf, palette } from './canvas.ts';

/** One figure. */
export interface FigureRow {
  readonly name: string;
  readonly value: string;
  /** How long its bar is, from 0 to 1; undefined for none. */
  readonly share: number | undefined;
}

interface RowsPicture {
  readonly title: string;
  readonly groups: readonly { readonly heading: string; readonly rows: readonly FigureRow[] }[];
}

const margin = { left: 18, right: 18, top: 34, bottom: 14 };
const step = { heading: 26, row: 20, bar: 9, gap: 10 };
const size = { title: 16, heading: 13.5, row: 12.5 } as const;
const barHeight = 5;

/** Draws them. @returns a PNG. */
export async function drawRows({ title, groups }: RowsPicture): Promise<Buffer> {
  const heightOf = ({ share }: FigureRow) => step.row + (share === undefined ? 0 : step.bar);
  const height = groups.reduce(
    (sum, { rows }) => sum + step.heading + step.gap + rows.reduce((all, each) => all + heightOf(each), 0),
    margin.top + margin.bottom + 8,
  );
  return await drawPicture(Math.ceil(height), ({ brush, width }) => {
    const room = width - margin.left - margin.right;
    const right = width - margin.right;
    brush.fillStyle = palette.ink;
    brush.font = fontOf(size.title, 'bold');
    brush.fillText(title, margin.left, 30, room);
    let y = margin.top + 8;
    for (const { heading, rows } of groups) {
      y += step.heading;
      brush.font = fontOf(size.heading, 'bold');
      brush.fillText(heading, margin.left, y - 6, room);
      brush.fillStyle = palette.line;
      brush.fillRect(margin.left, y, room, 1);
      brush.font = fontOf(size.row);
      for (const { name, value, share } of rows) {
        brush.fillStyle = palette.ink;
        // Whatever a language needs for the value, the name has the rest.
        const told = Math.min(brush.measureText(value).width, room * 0.62);
        brush.textAlign = 'right';
        brush.fillText(value, right, y + 15, room * 0.62);
        brush.textAlign = 'left';
        brush.fillText(name, margin.left, y + 15, room - told - 8);
        y += step.row;
        if (share === undefined) continue;
        brush.fillStyle = palette.bar;
        brush.fillRect(margin.left, y, room * Math.min(1, Math.max(0, share)), barHeight);
        brush.fillStyle = palette.ink;
        y += step.bar;
      }
      y += step.gap;
    }
  });
}
