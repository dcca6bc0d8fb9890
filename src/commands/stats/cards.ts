import { rankOf } from '../../content/index.ts';
import type { Figure } from '../../db/figures.ts';
import { button, row } from '../../discord/buttons.ts';
import { stageName } from '../../discord/cards/road.ts';
import { embed } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import type { Card } from '../../discord/replies.ts';
import { clip } from '../../marks.ts';
import { longWaitDays, readSideCell, type Side } from '../../mentoring/figures/cells.ts';
import { stepDays } from '../../mentoring/figures/close.ts';
import type { CaseFigures, FiguresView } from '../../mentoring/figures/read.ts';
import { fewest, step } from '../../mentoring/figures/safe.ts';
import { drawRows } from '../../pictures/rows.ts';
import type { Texts } from '../../texts/en.ts';
import { figuresCsv } from './csv.ts';
import { familyName, type Group, groupsOf, sayStep } from './lines.ts';

/** Discord's limit on the description of a picture. */
const descriptionMost = 1_024;
/** Groups of stage and family on the card; the file has all. */
const sidesShown = 6;

/** Figures of a period: on the card, as a picture and as a file. */
export async function figuresCard(t: Texts, view: FiguresView, cases: CaseFigures | undefined): Promise<Card> {
  const text = t.stats;
  const components = [row(button([keys.stats.about], text.aboutButton))];
  if (view.is === 'none-yet') {
    const fields = cases ? [caseField(t, cases)] : [];
    return { embeds: [embed(t, text.about.title, text.noneYet(view.at), fields)], components };
  }
  const { embeds, picture, description, csv } = sayFigures(t, view, cases);
  return {
    embeds,
    components,
    files: [
      { name: text.files.picture, attachment: await drawRows(picture), description },
      { name: text.files.csv, attachment: csv },
    ],
  };
}

/** All that is said of a period, in each of its forms; the picture is not drawn yet. */
export function sayFigures(
  t: Texts,
  { period, figures }: Extract<FiguresView, { is: 'figures' }>,
  cases: CaseFigures | undefined,
) {
  const text = t.stats;
  const groups = groupsOf(t, period, figures);
  const title = text.title(period.since, period.until);
  const fields = [
    ...groups.map(({ heading, rows }) => ({
      name: heading,
      value: rows
        .map(({ name, value }) => text.line(name, value === text.notShown ? value : text.bold(value)))
        .join('\n'),
    })),
    {
      name: text.headings.sides,
      value: sideLines(
        t,
        figures.filter(({ until }) => until === period.until),
      ),
    },
    ...(cases ? [caseField(t, cases)] : []),
  ];
  return {
    embeds: [embed(t, title, text.legend, fields)],
    picture: { title, groups },
    description: clip(describe(t, title, groups), descriptionMost),
    csv: figuresCsv(t, figures),
  };
}

/** The picture in words. */
function describe(t: Texts, title: string, groups: readonly Group[]): string {
  const { alt, group, line } = t.stats;
  return alt(
    title,
    groups.map(({ heading, rows }) => group(heading, rows.map(({ name, value }) => line(name, value)))), // prettier-ignore
  );
}

/** Where most wait, and how many mentors with a place there are for them. */
function sideLines(t: Texts, figures: readonly Figure[]): string {
  const text = t.stats;
  const counts = new Map<string, Partial<Record<Side, number>> & { stage: string; family: string }>();
  for (const { cell, count } of figures) {
    const read = readSideCell(cell);
    if (!read) continue;
    const { side, stage, family } = read;
    const key = `${stage}:${family}`;
    counts.set(key, { ...(counts.get(key) ?? { stage, family }), [side]: count });
  }
  const waiting = [...counts.values()]
    .filter(({ demand }) => demand !== undefined)
    .toSorted((a, b) => (b.demand ?? 0) - (a.demand ?? 0) || rankOf(a.stage) - rankOf(b.stage));
  if (waiting.length === 0) return text.noSides;
  const lines = waiting
    .slice(0, sidesShown)
    .map(({ stage, family, demand, supply }) =>
      text.side(stageName(t, stage), familyName(t, family), sayStep(t, demand), sayStep(t, supply)),
    );
  const more = waiting.length - lines.length;
  return [...lines, ...(more > 0 ? [text.moreSides(more)] : [])].join('\n');
}

function caseField(t: Texts, { since, until, counts }: CaseFigures): { name: string; value: string } {
  const { cases, headings } = t.stats;
  const name = headings.cases(since, until);
  if (!counts) return { name, value: cases.few };
  const lines = [
    cases.counts(counts.all, counts.taken, counts.closed),
    ...(counts.hours === null ? [] : [cases.hours(counts.hours)]),
    ...counts.categories.map(([category, count]) => cases.category(t.cases.categories[category], count)),
  ];
  return { name, value: lines.join('\n') };
}

/** What each figure is, and why some are not shown. */
export function aboutCard(t: Texts): Card {
  const { about } = t.stats;
  const fields = about.fields({ wait: longWaitDays, steps: stepDays }).map(([name, value]) => ({ name, value }));
  return { embeds: [embed(t, about.title, about.how(fewest, step), fields)] };
}
