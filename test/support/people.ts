import { codeOfConduct } from '../../src/content/index.ts';
import type { Profile } from '../../src/db/profiles.ts';
import type { Draft, FormAnswers } from '../../src/mentoring/profiles/draft.ts';
import { agreeToConduct, type Saved, saveProfile } from '../../src/mentoring/profiles/save.ts';
import { verifyMentor } from '../../src/mentoring/verification.ts';
import { type TestContext, testGuildId } from './context.ts';
import type { Acting } from '../../src/guild/acting.ts';

/** What a test says of somebody; the rest is ordinary. */
export type Person = Partial<Omit<Draft, 'role'> & FormAnswers>;

/** The moderator who verifies in `registerMentor`. */
export const testModeratorId = '800000000000000001';

/** A member of the test's guild. The same number is the same person. */
export function memberNumber(n: number): Acting {
  return { guildId: testGuildId, userId: String(700_000_000_000_000_000n + BigInt(n)) };
}

/** Registers somebody with consent. */
export async function registerPerson(
  ctx: TestContext,
  whose: Acting,
  role: 'mentor' | 'mentee',
  person: Person = {},
): Promise<Saved> {
  const draft: Draft = {
    role,
    zone: person.zone ?? 'America/New_York',
    country: person.country ?? null,
    showsCountry: person.showsCountry ?? false,
    capacity: person.capacity ?? (role === 'mentor' ? 1 : 0),
    acceptsFrom: person.acceptsFrom ?? null,
    priority: person.priority ?? null,
  };
  await agreeToConduct(ctx, whose, draft.zone, codeOfConduct.version);
  return await saveProfile(ctx, whose, draft, {
    specialties: person.specialties ?? ['internal-medicine'],
    stage: person.stage ?? (role === 'mentor' ? 'resident' : 'applying'),
    languages: person.languages ?? ['en'],
    topics: person.topics ?? ['interviews'],
    about: person.about ?? '',
  });
}

/** Registers a mentor and has them verified. */
export async function registerVerified(ctx: TestContext, whose: Acting, person: Person = {}): Promise<Profile> {
  const { profile } = await registerPerson(ctx, whose, 'mentor', person);
  const by = { guildId: whose.guildId, userId: testModeratorId };
  const record = { level: 'resident', method: 'video-call' };
  return (await verifyMentor(ctx, by, { profileId: profile.id }, record)).profile;
}
