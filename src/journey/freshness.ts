/** How long a statement counts: pure, by days. What is past its day is not stated any more. */
import { addDays, type Factual, freshDays, type HelpLine } from '../content/journey.ts';

/** How a statement stands on a day. `advice` states nothing that could age. */
type Freshness = 'advice' | 'fresh' | 'stale';

/** Pure: whether an entry or item may still be stated. @param today YYYY-MM-DD in UTC. */
export function freshnessOf({ kind, review_by: until }: Factual, today: string): Freshness {
  if (kind === 'advice' || until === undefined) return 'advice';
  return today <= until ? 'fresh' : 'stale';
}

/**
 * Pure: how a help line is shown: `fresh`; past its day `dated`, with the day on which it was looked at; after twice its
 * time `gone`, and only the directory is left. A number that may be old is better than none for a while.
 */
export function standingOf({ checked, review_by: until }: HelpLine, today: string): 'fresh' | 'dated' | 'gone' {
  if (today <= until) return 'fresh';
  return today <= addDays(checked, 2 * freshDays.help) ? 'dated' : 'gone';
}
