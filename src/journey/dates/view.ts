/** Dates as they are shown: what the content expects and what moderators of guilds have read, brought together. Pure. */
import { type KnownDate, seriesOf, sourceById } from '../../content/journey.ts';
import type { GuildDate } from '../../db/dates.ts';
import type { Instant } from '../../time.ts';
import { endOf, type Stated } from './stated.ts';

/** How a date stands. Only an announced or moved one that is not stale reminds anybody. */
export type Standing = 'expected' | 'announced' | 'moved' | 'withdrawn' | 'passed';

/** A date with where its day comes from. */
export interface ShownDate {
  readonly id: string;
  readonly known: KnownDate;
  readonly standing: Standing;
  /** What is stated; of an expected one what others report, if anything. */
  readonly stated: (Stated & { readonly at: Instant | null }) | undefined;
  /** Past the day by which it had to be looked at again: shown, and nobody is reminded of it. */
  readonly isStale: boolean;
  /** The day on which somebody looked. */
  readonly checked: string;
  /** The page's address. */
  readonly source: string;
  readonly sequence: number;
  /** When it became what it is; undefined for an expected one. */
  readonly since: Instant | undefined;
  /** The guild whose moderators read it; undefined for an expected one. */
  readonly guildId: string | undefined;
  /** Guilds whose moderators read something else. */
  readonly otherwise: readonly string[];
}

/** Whether anybody may be reminded of a date. */
export function reminds(date: ShownDate): boolean {
  return (date.standing === 'announced' || date.standing === 'moved') && !date.isStale;
}

/** What a date comes to, as one text: two that are equal state the same. */
export function valueOf({ day, time, zone }: Stated): string {
  return time === null ? day : `${day} ${time} ${zone}`;
}

/** What was stated, from its value. */
export function statedOf(value: string): Stated {
  const [day = '', time, zone] = value.split(' ');
  return { day, time: time ?? null, zone: zone ?? null };
}

/** What stands in place of a value once the authority has withdrawn the date. */
export const withdrawnValue = 'withdrawn';

/**
 * All dates, in the order in which they come; those without a day at the end of their cycle.
 * @param rows what guilds have read, newest first: where they differ, the latest that is announced and fresh counts.
 */
export function showDates(known: readonly KnownDate[], rows: readonly GuildDate[], now: Instant): readonly ShownDate[] {
  const byDate = new Map<string, GuildDate[]>();
  for (const row of rows) byDate.set(row.date_id, [...(byDate.get(row.date_id) ?? []), row]);
  return known
    .map((date) => showDate(date, byDate.get(date.id) ?? [], now))
    .toSorted((a, b) => sortKey(a).localeCompare(sortKey(b)) || a.id.localeCompare(b.id));
}

function sortKey({ stated, known }: ShownDate): string {
  return stated ? (stated.at ?? stated.day) : `${known.cycle}-06-30`;
}

/** One date. @param rows of guilds for this date, newest first. */
export function showDate(known: KnownDate, rows: readonly GuildDate[], now: Instant): ShownDate {
  const today = now.slice(0, 10);
  const isFresh = (row: GuildDate) => row.state !== 'withdrawn' && today <= row.review_by;
  const row = rows.find(isFresh) ?? rows[0];
  if (!row) return { ...expected(known), id: known.id, known };
  const stated = { day: row.day, time: row.time, zone: row.zone, at: row.at };
  const value = row.state === 'withdrawn' ? withdrawnValue : valueOf(stated);
  const isOver = endOf(stated) <= now;
  return {
    id: known.id,
    known,
    standing: row.state === 'withdrawn' ? 'withdrawn' : isOver ? 'passed' : row.state,
    stated,
    isStale: !isOver && row.state !== 'withdrawn' && today > row.review_by,
    checked: row.checked,
    source: row.source,
    sequence: row.sequence,
    since: row.changed_at,
    guildId: row.guild_id,
    otherwise: rows
      .filter((other) => (other.state === 'withdrawn' ? withdrawnValue : valueOf(other)) !== value)
      .map(({ guild_id: id }) => id),
  };
}

function expected(known: KnownDate): Omit<ShownDate, 'id' | 'known'> {
  const { day, time = null, zone = null, checked, source } = known;
  return {
    standing: 'expected',
    stated: day === undefined ? undefined : { day, time, zone, at: null },
    isStale: false,
    checked,
    source: sourceById().get(source)?.url ?? source,
    sequence: 0,
    since: undefined,
    guildId: undefined,
    otherwise: [],
  };
}

/** Whom a date has to concern. */
interface Traveler {
  readonly stage: string;
  readonly match_year: number | null;
}

/** Pure: whether a date concerns somebody by their stage and Match year. */
export function concerns({ stages, cycle }: KnownDate, { stage, match_year: year }: Traveler): boolean {
  return stages.some((each) => each === stage) && (year === null || year === cycle);
}

/** Pure: whether a step hangs on this date. */
export function hangsOn(item: { readonly dates: readonly string[] }, dateId: string): boolean {
  return item.dates.includes(seriesOf(dateId));
}
