/** tsvector: the entries are content, and travel with the question. Their stems are ours, so the plain dictionary does. */
import { sql } from 'kysely';
import type { Searched } from '../guide-search.ts';
import type { Db } from '../open.ts';

/** Keys of the entries with any of these stems, best first by how many and how close. */
export async function findOnPostgres(
  db: Db,
  entries: readonly Searched[],
  stems: readonly string[],
  limit: number,
): Promise<string[]> {
  const keys = entries.map(({ key }) => key);
  const texts = entries.map((entry) => entry.stems);
  const wanted = stems.join(' | ');
  const { rows } = await sql<{ key: string }>`
    select key from (
      select entry.key, to_tsvector('simple', entry.stems) as found
      from unnest(${keys}::text[], ${texts}::text[]) as entry(key, stems)
    ) as searched
    where found @@ to_tsquery('simple', ${wanted})
    order by ts_rank(found, to_tsquery('simple', ${wanted})) desc, key
    limit ${limit}`.execute(db);
  return rows.map(({ key }) => key);
}
