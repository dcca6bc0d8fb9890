/** Full text of the guide, by whichever database there is: which entries have any of these words. */
import { type Db, isPostgres } from './open.ts';
import { findOnPostgres } from './postgres/guide-search.ts';
import { findOnSqlite } from './sqlite/guide-search.ts';

/** An entry as it is searched: its stems, divided by spaces. */
export interface Searched {
  readonly key: string;
  readonly stems: string;
}

/**
 * The keys of entries with any of these stems, those with more and rarer ones first.
 * @param entries all that can be found; the same list is stored once.
 * @param stems of lower-case letters and digits.
 */
export async function findInGuide(
  db: Db,
  entries: readonly Searched[],
  stems: readonly string[],
  limit: number,
): Promise<readonly string[]> {
  const safe = stems.filter((stem) => /^[a-z0-9]+$/.test(stem));
  if (safe.length === 0) return [];
  return await (isPostgres(db) ? findOnPostgres : findOnSqlite)(db, entries, safe, limit);
}
