/** Figures as lines: the card, the picture and its description are made of the same. */
import type { Figure } from '../../db/figures.ts';
import {
  answerNames,
  endCell,
  endNames,
  longWaitDays,
  officeCell,
  reachedSteps,
  stocks,
} from '../../mentoring/figures/cells.ts';
import { type Period, type Sum, sumOf } from '../../mentoring/figures/read.ts';
import { step } from '../../mentoring/figures/safe.ts';
import type { FigureRow } from '../../pictures/rows.ts';
import type { Texts } from '../../texts/en.ts';

/** Figures of one kind below their heading. */
export interface Group {
  readonly heading: string;
  readonly rows: readonly FigureRow[];
}

/** All figures of a period but those of stages and families, which are too many for a picture. */
export function groupsOf(t: Texts, period: Period, figures: readonly Figure[]): readonly Group[] {
  const { headings, cells } = t.stats;
  const nameOf = (cell: (typeof stocks)[number]) => (cell === 'waiting' ? cells.waiting(longWaitDays) : cells[cell]);
  const atEnd = figures.filter(({ until }) => until === period.until);
  const sums = (names: readonly (readonly [name: string, cell: string])[], said: (sum: Sum) => string) => {
    const found = names.map(([name, cell]) => ({ name, sum: sumOf(figures, cell) }));
    const most = Math.max(1, ...found.map(({ sum }) => sum?.count ?? 0));
    return found.map(({ name, sum }) => rowOf(t, name, sum, period, said, (count) => count / most));
  };
  return [
    {
      heading: headings.stocks(period.until),
      rows: stocks.map((cell) => {
        const count = sumOf(atEnd, cell)?.count;
        return { name: nameOf(cell), value: sayStep(t, count), share: undefined };
      }),
    },
    {
      heading: headings.answers,
      rows: sums(
        answerNames.map((name) => [cells[name], name]),
        (sum) => withMiddle(t, t.words.number(sum.count), sum, t.stats.hours),
      ),
    },
    {
      heading: headings.steps,
      rows: reachedSteps.toReversed().map((name) =>
        rowOf(
          t,
          cells[name],
          sumOf(figures, name, 'accepted'),
          period,
          (sum) => withMiddle(t, t.stats.of(sum.count, sum.of ?? sum.count), sum, t.stats.days),
          (count, of) => count / of,
        ),
      ),
    },
    {
      heading: headings.ends,
      rows: sums(
        endNames.map((name) => [cells.ends[name], endCell(name)]),
        (sum) => t.words.number(sum.count),
      ),
    },
    {
      heading: headings.office,
      rows: sums([[cells[officeCell], officeCell]], (sum) => t.words.number(sum.count)),
    },
  ];
}

function rowOf(
  t: Texts,
  name: string,
  sum: Sum | undefined,
  { since, until }: Period,
  said: (sum: Sum) => string,
  share: (count: number, of: number) => number,
): FigureRow {
  if (!sum) return { name, value: t.stats.notShown, share: undefined };
  const [first] = sum.spans;
  const isWhole = first?.[0] === since && first[1] === until;
  const value = said(sum);
  return {
    name,
    value: isWhole ? value : t.stats.covers(value, sum.spans),
    share: share(sum.count, sum.of ?? sum.count),
  };
}

function withMiddle(t: Texts, count: string, { middles }: Sum, said: (low: number, high: number) => string): string {
  return middles ? t.stats.join([count, said(...middles)]) : count;
}

/** A number of people as the step that it lies in. */
export function sayStep(t: Texts, from: number | undefined): string {
  return from === undefined ? t.stats.notShown : t.stats.step(from, from + step - 1);
}

/** What a family of specialties is called. */
export function familyName(t: Texts, family: string): string {
  return t.stats.families[family] ?? family;
}
