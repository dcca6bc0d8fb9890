import { byteOrderMark, csvOf } from '../../csv.ts';
import type { Figure } from '../../db/figures.ts';
import { stageName } from '../../discord/cards/road.ts';
import {
  answerNames,
  endCell,
  endNames,
  longWaitDays,
  officeCell,
  readSideCell,
  reachedSteps,
  stocks,
} from '../../mentoring/figures/cells.ts';
import { step } from '../../mentoring/figures/safe.ts';
import type { Texts } from '../../texts/en.ts';
import { familyName } from './lines.ts';

/** Every block of a period, one a line. */
export function figuresCsv(t: Texts, figures: readonly Figure[]): Buffer {
  const { csv } = t.stats;
  return Buffer.from(byteOrderMark + csvOf([csv.header, ...figures.map((figure) => lineOf(t, figure))]));
}

function lineOf(t: Texts, { cell, since, until, count, middle }: Figure): readonly string[] {
  const { csv } = t.stats;
  const read = readSideCell(cell);
  const isStep = read !== undefined || stocks.some((each) => each === cell);
  const unit = answerNames.some((each) => each === cell) ? csv.hours : csv.days;
  return [
    read ? csv.sides[read.side] : nameOf(t, cell),
    read ? stageName(t, read.stage) : '',
    read ? familyName(t, read.family) : '',
    since,
    until,
    String(count),
    String(isStep ? count + step - 1 : count),
    middle === null ? '' : String(middle),
    middle === null ? '' : unit,
  ];
}

function nameOf(t: Texts, cell: string): string {
  const { cells } = t.stats;
  const end = endNames.find((each) => endCell(each) === cell);
  if (end) return cells.ends[end];
  if (cell === officeCell) return cells[officeCell];
  if (cell === 'waiting') return cells.waiting(longWaitDays);
  const name = [...answerNames, ...reachedSteps, ...stocks].find((each) => each === cell);
  return name && name !== 'waiting' ? cells[name] : cell;
}
