/**
 * tsvector: the entries are content, so nothing of them is stored, and those that hold a word of the question travel with
 * it. Their stems are ours, so the plain dictionary does.
 */
import { sql } from 'kysely';
import type { Searched } from '../guide-search.ts';
import type { Db } from '../open.ts';

/** How many entries travel at most: those with the rarest words go first, and what only shares a common one stays behind. */
const travelAtMost = 400;

/** For each list of entries, which of them hold a stem. */
const indexes = new WeakMap<readonly Searched[], ReadonlyMap<string, readonly Searched[]>>();

function indexOf(entries: readonly Searched[]): ReadonlyMap<string, readonly Searched[]> {
  let index = indexes.get(entries);
  if (!index) {
    const made = new Map<string, Searched[]>();
    for (const entry of entries) {
      for (const stem of entry.stems.split(' ')) {
        const there = made.get(stem);
        if (there) there.push(entry);
        else made.set(stem, [entry]);
      }
    }
    indexes.set(entries, (index = made));
  }
  return index;
}

function travelers(entries: readonly Searched[], stems: readonly string[]): readonly Searched[] {
  const index = indexOf(entries);
  const found = new Set<Searched>();
  const byRarity = stems.map((stem) => index.get(stem) ?? []).toSorted((a, b) => a.length - b.length);
  for (const entry of byRarity.flat()) {
    if (found.size >= travelAtMost) break;
    found.add(entry);
  }
  return [...found];
}

/** Keys of the entries with any of these stems, best first by how many and how close. */
export async function findOnPostgres(
  db: Db,
  entries: readonly Searched[],
  stems: readonly string[],
  limit: number,
): Promise<string[]> {
  const sent = travelers(entries, stems);
  if (sent.length === 0) return [];
  const keys = sent.map(({ key }) => key);
  const texts = sent.map((entry) => entry.stems);
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
