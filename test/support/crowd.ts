import type { Insertable } from 'kysely';
import type { Db } from '../../src/db/open.ts';
import { touchPool } from '../../src/db/pool.ts';
import type { ProfilesTable } from '../../src/db/schema.ts';
import { languages, specialties, topics } from '../../src/content/index.ts';
import { seededRandom } from './context.ts';

const rowsAtOnce = 500;

/** Ids of so many people who are nobody in particular, and in no guild of a sandbox. */
export function strangers(n: number, first: bigint): string[] {
  return Array.from({ length: n }, (_, i) => String(first + BigInt(i)));
}

/**
 * Fills a guild with mentees on the waitlist and verified mentors, straight in the database: enough of them that a round
 * takes its time.
 */
export async function addCrowd(
  db: Db,
  guildId: string,
  people: { mentees: readonly string[]; mentors: readonly string[] },
): Promise<void> {
  const at = new Date().toISOString();
  const random = seededRandom(5);
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  const all: Insertable<ProfilesTable>[] = [];
  const add = (role: 'mentor' | 'mentee', ids: readonly string[]) => {
    for (const user_id of ids) {
      const isMentor = role === 'mentor';
      all.push({
        id: `${role}-${user_id}`,
        guild_id: guildId,
        user_id,
        role,
        state: 'active',
        specialties: JSON.stringify([pick(specialties).id]),
        stage: isMentor ? 'resident' : 'applying',
        languages: JSON.stringify(['en', pick(languages).id]),
        topics: JSON.stringify([pick(topics).id, pick(topics).id]),
        about: '',
        capacity: isMentor ? 1 + Math.floor(random() * 5) : 0,
        verification: isMentor ? 'verified' : 'none',
        created_at: at,
        updated_at: at,
      });
    }
  };
  add('mentor', people.mentors);
  add('mentee', people.mentees);
  for (let from = 0; from < all.length; from += rowsAtOnce) {
    const part = all.slice(from, from + rowsAtOnce);
    const zone = () => pick(['America/New_York', 'Asia/Karachi', 'Africa/Lagos']);
    await db
      .insertInto('members')
      .values(part.map(({ user_id }) => ({ guild_id: guildId, user_id, zone: zone(), created_at: at, seen_at: at })))
      .execute();
    await db.insertInto('profiles').values(part).execute();
    const waiting = part.filter(({ role }) => role === 'mentee');
    if (waiting.length === 0) continue;
    await db
      .insertInto('waitlist')
      .values(waiting.map(({ user_id }) => ({ guild_id: guildId, mentee_id: user_id, joined_at: at })))
      .execute();
  }
  await db.transaction().execute((trx) => touchPool(trx, guildId));
}
