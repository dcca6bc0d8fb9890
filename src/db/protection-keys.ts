/** With which key a database's protections were made: its fingerprint, never the key. */
import { hashPrefix } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { Db } from './open.ts';

/** The fingerprint of the key that this database was used with; undefined before its first use. */
export async function findKeyFingerprint(db: Db): Promise<string | undefined> {
  const row = await db.selectFrom('protection_keys').select('fingerprint').executeTakeFirst();
  return row?.fingerprint;
}

/** Notes with which key this database is used, unless that is noted already. */
export async function insertKeyFingerprint(db: Db, fingerprint: string, at: Instant): Promise<void> {
  await db
    .insertInto('protection_keys')
    .values({ only: 1, fingerprint, created_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Forgets the key, and everything that only it could recognize. Returns how many protections those are. */
export async function forgetProtections(db: Db): Promise<number> {
  const result = await db
    .deleteFrom('protections')
    .where((is) => is.or([is('one', 'like', `${hashPrefix}%`), is('other', 'like', `${hashPrefix}%`)]))
    .executeTakeFirst();
  await db.deleteFrom('recent_acts').execute();
  await db.deleteFrom('protection_keys').execute();
  return Number(result.numDeletedRows);
}
