/** FTS5, in memory: the entries are content, so nothing of them belongs into the file. */
import { sql } from 'kysely';
import type { Searched } from '../guide-search.ts';
import type { Db } from '../open.ts';

/** Which entries each open database has stored. */
const stored = new WeakMap<Db, { entries: readonly Searched[]; done: Promise<void> }>();
/** Rows of one statement. */
const atOnce = 500;

/** Keys of the entries with any of these stems, best first by BM25. */
export async function findOnSqlite(
  db: Db,
  entries: readonly Searched[],
  stems: readonly string[],
  limit: number,
): Promise<string[]> {
  let known = stored.get(db);
  if (known?.entries !== entries) stored.set(db, (known = { entries, done: store(db, entries) }));
  await known.done;
  const wanted = stems.map((stem) => `"${stem}"`).join(' OR ');
  const { rows } = await sql<{ key: string }>`
    select key from temp.guide_search where guide_search match ${wanted} order by rank limit ${limit}`.execute(db);
  return rows.map(({ key }) => key);
}

async function store(db: Db, entries: readonly Searched[]): Promise<void> {
  await sql`drop table if exists temp.guide_search`.execute(db);
  await sql`create virtual table temp.guide_search using fts5(key unindexed, stems)`.execute(db);
  for (let from = 0; from < entries.length; from += atOnce) {
    const rows = entries.slice(from, from + atOnce).map(({ key, stems }) => sql`(${key}, ${stems})`);
    await sql`insert into temp.guide_search (key, stems) values ${sql.join(rows)}`.execute(db);
  }
}
