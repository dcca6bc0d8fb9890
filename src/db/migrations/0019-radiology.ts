import { type Kysely, sql } from 'kysely';

/** Diagnostic and interventional radiology are one specialty: whoever chose either, or both, has chosen it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const merged: Readonly<Record<string, string>> = {
    'diagnostic-radiology': 'radiology',
    'interventional-radiology': 'radiology',
  };
  const chose = await sql<{ id: string; specialties: string }>`
    select id, specialties from profiles where specialties like ${'%radiology"%'}
  `.execute(db);
  for (const { id, specialties } of chose.rows) {
    const before = JSON.parse(specialties) as string[];
    const after = JSON.stringify([...new Set(before.map((each) => merged[each] ?? each))]);
    await sql`update profiles set specialties = ${after} where id = ${id}`.execute(db);
  }
}
