/** What is shown of some months: blocks that were fixed, and sums of them. */
import type { Context } from '../../context.ts';
import { listSeenCases, type SeenCase } from '../../db/cases/sight.ts';
import { type Figure, listFigures } from '../../db/figures.ts';
import type { CaseCategory } from '../../db/schema.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { epochMs, type Instant } from '../../time.ts';
import { monthAt, monthsLater, quarterMonths, quarterOf, seasonMonths, seasonOf, startOf } from './months.ts';
import { fewest, hourScale, middleOf } from './safe.ts';

/** Whole months that somebody can look at: from one on, or a season. */
export interface Period {
  /** What names it: the first month, or `season-` and that. */
  readonly id: string;
  readonly since: string;
  readonly until: string;
}

const seasonPrefix = 'season-';

/** Pure: whether a period is a season. */
export function isSeason({ id }: Period): boolean {
  return id.startsWith(seasonPrefix);
}

/** Figures of a period, or since when a guild waits for its first. */
export type FiguresView =
  | { readonly is: 'figures'; readonly period: Period; readonly figures: readonly Figure[] }
  | { readonly is: 'none-yet'; readonly at: Instant };

/**
 * What is fixed of a period; of the season of the last month where none is named.
 * @throws UserError for a period that is none.
 */
export async function readFigures(ctx: Context, guildId: string, wanted: string | null): Promise<FiguresView> {
  const { zone, figures_until: last, figures_at: at } = await requireGuild(ctx.db, guildId);
  if (last === null) return { is: 'none-yet', at: at ?? startOf(monthsLater(monthAt(ctx.now(), zone), 1), zone) };
  const figures = await listFigures(ctx.db, guildId);
  const periods = periodsOf(figures, last);
  const period = wanted === null ? periods[0] : periods.find(({ id }) => id === wanted.trim());
  if (!period) throw new UserError((t) => t.stats.noSuchPeriod);
  const { since, until } = period;
  return { is: 'figures', period, figures: figures.filter((each) => each.until >= since && each.since <= until) };
}

/** The periods of a guild: its seasons, the latest first, then from each month on. */
export async function listPeriods(ctx: Context, guildId: string): Promise<readonly Period[]> {
  const { figures_until: last } = await requireGuild(ctx.db, guildId);
  return last === null ? [] : periodsOf(await listFigures(ctx.db, guildId), last);
}

function periodsOf(figures: readonly Figure[], last: string): readonly Period[] {
  const first = figures.reduce((a, { since }) => (since < a ? since : a), last);
  const months: Period[] = [];
  for (let month = last; month >= first; month = monthsLater(month, -1))
    months.push({ id: month, since: month, until: last });
  const seasons = [...new Set(months.map(({ since }) => seasonOf(since)))].map((begins) => {
    const ends = monthsLater(begins, seasonMonths - 1);
    return { id: `${seasonPrefix}${begins}`, since: begins < first ? first : begins, until: ends < last ? ends : last };
  });
  return [...seasons, ...months];
}

/** A sum of blocks. */
export interface Sum {
  readonly count: number;
  /** The months that they cover, from one to another. */
  readonly spans: readonly (readonly [since: string, until: string])[];
  /** The least and the greatest of their middles; undefined where none is said. */
  readonly middles: readonly [number, number] | undefined;
  /** Of how many, where it is a part of others. */
  readonly of: number | undefined;
}

/**
 * Pure: the blocks of a cell together; undefined where there are none.
 * @param whole the cell whose blocks these are parts of.
 */
export function sumOf(figures: readonly Figure[], cell: string, whole?: string): Sum | undefined {
  const blocks = figures.filter((each) => each.cell === cell);
  if (blocks.length === 0) return undefined;
  const middles = blocks.flatMap(({ middle }) => middle ?? []);
  const wholes = figures.filter((each) => each.cell === whole && blocks.some(({ until }) => until === each.until));
  return {
    count: total(blocks),
    spans: spansOf(blocks),
    middles: middles.length > 0 ? [Math.min(...middles), Math.max(...middles)] : undefined,
    of: wholes.length > 0 ? total(wholes) : undefined,
  };
}

function spansOf(blocks: readonly Figure[]): Sum['spans'] {
  const spans: [string, string][] = [];
  for (const { since, until } of blocks) {
    const last = spans.at(-1);
    if (last && monthsLater(last[1], 1) === since) last[1] = until;
    else spans.push([since, until]);
  }
  return spans;
}

function total(blocks: readonly Figure[]): number {
  return blocks.reduce((sum, { count }) => sum + count, 0);
}

/** Reports of the last whole quarter, of those that a handler may see: they could count them themselves. */
export interface CaseFigures {
  readonly since: string;
  readonly until: string;
  /** Undefined where there were fewer than five. */
  readonly counts:
    | {
        readonly all: number;
        readonly taken: number;
        readonly closed: number;
        /** Hours until they were taken, in the middle; null where too few were. */
        readonly hours: number | null;
        readonly categories: readonly (readonly [CaseCategory, number])[];
      }
    | undefined;
}

/** Counts them as they stood at the end of the quarter. */
export async function readCaseFigures(ctx: Context, by: Acting): Promise<CaseFigures> {
  const { zone } = await requireGuild(ctx.db, by.guildId);
  const next = quarterOf(monthAt(ctx.now(), zone));
  const since = monthsLater(next, -quarterMonths);
  const [from, to] = [startOf(since, zone), startOf(next, zone)];
  const cases = await listSeenCases(ctx.db, by, from, to);
  return { since, until: monthsLater(next, -1), counts: countCases(cases, to) };
}

function countCases(cases: readonly SeenCase[], end: Instant): CaseFigures['counts'] {
  if (new Set(cases.map(({ reported_id: id }) => id)).size < fewest) return undefined;
  const by = (at: Instant | null): at is Instant => at !== null && at < end;
  const taken = cases.filter(({ taken_at: at }) => by(at));
  const took = taken.map(({ reported_id: id, created_at: from, taken_at: at }) => ({
    mentor: id,
    mentee: null,
    took: (epochMs(at ?? from) - epochMs(from)) / 3_600_000,
  }));
  const categories = [...Map.groupBy(cases, ({ category }) => category)].map(
    ([name, all]) => [name, all.length] as const,
  );
  return {
    all: cases.length,
    taken: taken.length,
    closed: cases.filter(({ closed_at: at }) => by(at)).length,
    hours: middleOf(took, hourScale),
    categories: categories.filter(([, count]) => count >= fewest).toSorted(([, a], [, b]) => b - a),
  };
}
