/** Where in Match Week a moment lies, for what can be said and shared. Pure. */
import { matchWeekOf, type MatchWeek } from '../../guild/match-week.ts';
import { type Instant, later } from '../../time.ts';

/**
 * - `away`: nothing of Match Week is near;
 * - `before`: it has begun, and nobody knows anything yet;
 * - `whether`: everybody has their message;
 * - `where`: joy has its place, and what comes after can be thought of.
 */
export type MatchPhase = 'away' | 'before' | 'whether' | 'where';

/** For so many days after Match Day a line can be shared. */
const sharedForDays = 7;

/** Pure: the phase, and the week that is meant: the one that runs, else the next. */
export function matchPhaseAt(now: Instant): { readonly phase: MatchPhase; readonly week: MatchWeek } {
  const year = Number(now.slice(0, 4));
  const week = matchWeekOf(year);
  if (now < week.from) return { phase: 'away', week };
  if (now < week.whether) return { phase: 'before', week };
  if (now < week.where) return { phase: 'whether', week };
  if (now < later(week.where, { days: sharedForDays })) return { phase: 'where', week };
  return { phase: 'away', week: matchWeekOf(year + 1) };
}
