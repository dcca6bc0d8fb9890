/** The transport problem as a linear program for HiGHS: what one would reach for first. */
import loadHighs from 'highs';
import type { Edge } from '../src/matching/assign/index.ts';

/** The optimum by HiGHS, a match counting `bonus` beside its fit. */
export async function transportByHighs(
  rows: readonly (readonly Edge[])[],
  capacity: Int32Array,
  bonus: number,
): Promise<{ matched: number; total: number }> {
  // Its types name a default export; what is loaded is the function itself.
  const highs = await (loadHighs as unknown as typeof loadHighs.default)();
  const name = (i: number, j: number) => `x${i}_${j}`;
  const listed = rows.flatMap((row, i) => row.map(({ mentor, fit }) => ({ i, mentor, fit })));
  const byMentor = Map.groupBy(listed, ({ mentor }) => mentor);
  const model = [
    'Maximize',
    ` obj: ${listed.map(({ i, mentor, fit }) => `${fit + bonus} ${name(i, mentor)}`).join('\n + ')}`,
    'Subject To',
    ...rows.flatMap((row, i) =>
      row.length === 0 ? [] : [` e${i}: ${row.map(({ mentor }) => name(i, mentor)).join('\n + ')} <= 1`],
    ),
    ...[...byMentor].map(([j, edges]) => ` m${j}: ${edges.map(({ i }) => name(i, j)).join('\n + ')} <= ${capacity[j]}`),
    'End',
  ].join('\n');
  const { Columns } = highs.solve(model);
  const used = listed.filter(({ i, mentor }) => {
    const column = Columns[name(i, mentor)];
    return column !== undefined && 'Primal' in column && column.Primal > 0.5;
  });
  return { matched: used.length, total: used.reduce((sum, { fit }) => sum + fit, 0) };
}
