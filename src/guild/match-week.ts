/** Match Week by the calendar: the week of the third Friday of March. Pure; others ask it whether to be quiet. */
import { Temporal } from 'temporal-polyfill';
import { type Instant, toInstant } from '../time.ts';

/** The Match runs by the clock of its offices. */
const zone = 'America/New_York';

/** The moments of a Match Week. */
export interface MatchWeek {
  /** The Match year. */
  readonly year: number;
  /** Sunday, the first hour: what is not needed begins to rest. */
  readonly from: Instant;
  /** Sunday, 09:00: the one word on what comes when. */
  readonly word: Instant;
  /** Monday, 10:00: whether. */
  readonly whether: Instant;
  /** Friday, noon: where. */
  readonly where: Instant;
  /** Saturday, the first hour: everything goes on. */
  readonly until: Instant;
  /** 1 September before: programs begin to choose residents. */
  readonly season: Instant;
}

/** Each year is worked out once: the calendar takes as long for it as a database for several questions. */
const weeks = new Map<number, MatchWeek>();

/** Pure: the Match Week of a year. The authority announces it anew each year; this is what all years had in common. */
export function matchWeekOf(year: number): MatchWeek {
  const known = weeks.get(year);
  if (known) return known;
  const first = Temporal.PlainDate.from({ year, month: 3, day: 1 });
  const friday = first.add({ days: ((5 - first.dayOfWeek + 7) % 7) + 14 });
  const at = (days: number, hour: number): Instant =>
    toInstant(friday.add({ days }).toZonedDateTime({ timeZone: zone, plainTime: { hour } }).toInstant());
  const september = Temporal.PlainDate.from({ year: year - 1, month: 9, day: 1 });
  const season = toInstant(september.toZonedDateTime(zone).toInstant());
  const week = {
    year,
    from: at(-5, 0),
    word: at(-5, 9),
    whether: at(-4, 10),
    where: at(0, 12),
    until: at(1, 0),
    season,
  };
  weeks.set(year, week);
  return week;
}

/** Pure: the Match Week that this moment lies in; undefined outside of one. */
export function matchWeekAt(now: Instant): MatchWeek | undefined {
  const week = matchWeekOf(Number(now.slice(0, 4)));
  return now >= week.from && now < week.until ? week : undefined;
}

/**
 * Pure: whether tips, prompts, check-ins and alerts rest now in a guild.
 * @param guild with its choice: a guild may turn the quiet week off.
 */
export function isMatchQuiet(guild: { readonly match_week: 0 | 1 }, now: Instant): boolean {
  return guild.match_week === 1 && matchWeekAt(now) !== undefined;
}

/** Pure: the season in which programs choose residents, from 1 September to Match Day; undefined outside of it. */
export function selectionSeasonAt(now: Instant): { readonly from: Instant; readonly until: Instant } | undefined {
  const { season, until } = nextMatch(now);
  return now >= season ? { from: season, until } : undefined;
}

/** Pure: the end of the next Match Day. */
export function nextMatchDay(now: Instant): Instant {
  return nextMatch(now).until;
}

function nextMatch(now: Instant): MatchWeek {
  const year = Number(now.slice(0, 4));
  const week = matchWeekOf(year);
  return now < week.until ? week : matchWeekOf(year + 1);
}
