/** How often something is: bars side by side over a scale. */
import { drawPicture, fontOf, palette } from './canvas.ts';

/** The content of a bar picture. */
interface Bars {
  readonly title: string;
  /** How many each bar stands for, from the left. */
  readonly counts: readonly number[];
  /** The same as it is written above the bar; nothing is written where it is empty. */
  readonly labels: readonly string[];
  /** Labels below the edges of the bars: one more than there are bars. */
  readonly edges: readonly string[];
  /** The name of the scale. */
  readonly axis: string;
}

const height = 250;
const margin = { left: 16, right: 22, top: 62, bottom: 48 };
const gap = 4;
const size = { title: 16, label: 12 } as const;

/** Draws bars. @returns a PNG. */
export async function drawBars({ title, counts, labels, edges, axis }: Bars): Promise<Buffer> {
  return await drawPicture(height, ({ brush, width }) => {
    const floor = height - margin.bottom;
    const room = floor - margin.top;
    const step = (width - margin.left - margin.right) / counts.length;
    const highest = Math.max(1, ...counts);
    const write = (text: string, x: number, y: number, most: number) => brush.fillText(text, x, y, most);

    brush.fillStyle = palette.ink;
    brush.textAlign = 'left';
    brush.font = fontOf(size.title, 'bold');
    write(title, margin.left, 28, width - margin.left - margin.right);

    brush.font = fontOf(size.label);
    brush.textAlign = 'center';
    for (const [i, count] of counts.entries()) {
      const tall = (count / highest) * room;
      const left = margin.left + i * step;
      brush.fillStyle = palette.bar;
      brush.fillRect(left + gap / 2, floor - tall, step - gap, tall);
      brush.fillStyle = palette.ink;
      write(labels[i] ?? '', left + step / 2, floor - tall - 5, step + gap);
    }
    brush.fillStyle = palette.line;
    brush.fillRect(margin.left, floor, width - margin.left - margin.right, 1);
    brush.fillStyle = palette.ink;
    for (const [i, edge] of edges.entries()) write(edge, margin.left + i * step, floor + 16, step);
    brush.textAlign = 'left';
    write(axis, margin.left, height - 12, width - margin.left - margin.right);
  });
}
