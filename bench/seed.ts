import type { Kysely } from 'kysely';
import type { Schema } from '../src/db/schema.ts';
import { newId, type Random } from '../src/ids.ts';
import { seededRandom } from '../test/support/context.ts';

/** Rough shares: most IMGs apply to internal and family medicine. */
const specialties = [
  'internal-medicine', 'internal-medicine', 'internal-medicine', 'internal-medicine', 'family-medicine', 'family-medicine',
  'pediatrics', 'pediatrics', 'psychiatry', 'neurology', 'pathology', 'general-surgery', 'anesthesiology', 'emergency-medicine',
]; // prettier-ignore
const languages = ['en', 'en', 'en', 'es', 'ar', 'ur', 'hi', 'pt', 'fr'];
const topics = [
  'exams',
  'certification',
  'applications',
  'personal-statement',
  'interviews',
  'research',
  'visas',
  'wellbeing',
];
const zones = ['America/New_York', 'America/Chicago', 'America/Los_Angeles', 'Asia/Karachi', 'Asia/Kolkata', 'Africa/Cairo', 'Africa/Lagos', 'Asia/Manila', 'America/Bogota', 'Asia/Dhaka']; // prettier-ignore
const menteeStages = ['student', 'step-1', 'step-2-ck', 'certification', 'applying', 'interviewing', 'reapplying'];
const mentorStages = ['matched', 'resident', 'resident', 'resident', 'fellow', 'attending'];

/**
 * Registers members straight in the database: `mentors` verified mentors and `mentees` mentees, every id from `userIds`.
 * @param userIds snowflakes, at least `mentors + mentees` of them.
 */
export async function seedCommunity(
  db: Kysely<Schema>,
  guildId: string,
  userIds: readonly string[],
  size: { mentors: number; mentees: number },
  random: Random = seededRandom(1),
): Promise<void> {
  const at = new Date().toISOString();
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const some = (from: readonly string[], most: number) =>
    JSON.stringify([...new Set(Array.from({ length: 1 + Math.floor(random() * most) }, () => pick(from)))]);
  await db.transaction().execute(async (trx) => {
    for (let i = 0; i < size.mentors + size.mentees; i += 1) {
      const userId = userIds[i];
      if (userId === undefined)
        throw new Error(`only ${userIds.length} people for ${size.mentors + size.mentees} profiles`);
      const mentor = i < size.mentors;
      await trx
        .insertInto('members')
        .values({
          guild_id: guildId,
          user_id: userId,
          zone: pick(zones),
          country: null,
          conduct_version: 1,
          conduct_agreed_at: at,
          created_at: at,
        })
        .execute();
      await trx
        .insertInto('profiles')
        .values({
          id: newId(random),
          guild_id: guildId,
          user_id: userId,
          role: mentor ? 'mentor' : 'mentee',
          state: 'active',
          specialties: some(specialties, 2),
          stage: pick(mentor ? mentorStages : menteeStages),
          languages: JSON.stringify([...new Set(['en', pick(languages)])]),
          topics: some(topics, 4),
          about: 'Happy to help with what I had to find out by myself.',
          capacity: mentor ? 1 + Math.floor(random() * 3) : 0,
          verification: mentor ? 'verified' : 'none',
          verified_level: mentor ? 'resident' : null,
          created_at: at,
          updated_at: at,
        })
        .execute();
    }
    await trx.updateTable('guilds').set({ pool_version: 1 }).where('id', '=', guildId).execute();
  });
}
