import { expect, test } from 'vitest';
import { languages } from '../../src/content/index.ts';
import { findProfile } from '../../src/db/profiles.ts';
import { profileForm } from '../../src/commands/profile/form.ts';
import { findMentors } from '../../src/mentoring/find.ts';
import { addLanguage } from '../../src/mentoring/profiles/languages.ts';
import { texts as english } from '../../src/texts/en.ts';
import { openTestContext, testGuildId as guildId } from '../support/context.ts';
import { addMentee, addMentor } from '../support/members.ts';

const draft = { role: 'mentee', zone: 'Etc/UTC', country: null, showsCountry: false, capacity: 0, acceptsFrom: null, priority: null } as const; // prettier-ignore
const shownIn = (own: readonly string[]) => {
  const current = { specialties: ['cardiology'], stage: 'applying', languages: own, topics: ['visas'], about: '' };
  const form = JSON.stringify(profileForm(english, draft, current));
  return languages.filter(({ id }) => form.includes(`"label":"${english.words.language(id)}","value":"${id}"`));
};

test('the form shows the most frequent languages, a person’s own, and a way to another', () => {
  expect(JSON.stringify(profileForm(english, draft))).toContain('Another language');
  expect(shownIn(['en'])).toHaveLength(24);
  expect(shownIn(['en']).map(({ id }) => id)).not.toContain('ml');
  const own = shownIn(['en', 'ml', 'tr', 'yo']).map(({ id }) => id);
  expect(own).toHaveLength(24);
  expect(own).toEqual(expect.arrayContaining(['en', 'ml', 'tr', 'yo']));
});

test('a language that the form does not show brings two people together who have no other in common', async () => {
  const ctx = await openTestContext();
  const mentor = await addMentor(ctx, { languages: ['ur'] });
  const mentee = await addMentee(ctx, { languages: ['es'] });
  expect((await findMentors(ctx, guildId, mentee)).is).toBe('nobody');
  for (const userId of [mentor, mentee]) await addLanguage(ctx, { guildId, userId }, 'ml', undefined);
  expect((await findMentors(ctx, guildId, mentee)).is).toBe('suggestions');
  await expect(addLanguage(ctx, { guildId, userId: mentee }, 'tlh', undefined)).rejects.toThrow(/not on the list/);
  for (const each of ['tr', 'vi', 'si']) await addLanguage(ctx, { guildId, userId: mentee }, each, 'mentee');
  await expect(addLanguage(ctx, { guildId, userId: mentee }, 'uk', 'mentee')).rejects.toThrow(/up to 5/);
  expect((await findProfile(ctx.db, guildId, mentee, 'mentee'))?.languages).toEqual(['es', 'ml', 'tr', 'vi', 'si']);
  await ctx.db.destroy();
});

test('“Another specialty” brings nobody together: two who chose it need not mean the same one', async () => {
  const ctx = await openTestContext();
  const specialties = ['another'];
  await addMentor(ctx, { specialties, topics: ['visas'] });
  const better = await addMentor(ctx, { specialties: ['pathology'], topics: ['interviews'] });
  const mentee = await addMentee(ctx, { specialties, topics: ['interviews'] });
  const found = await findMentors(ctx, guildId, mentee);
  expect(found.is === 'suggestions' && found.mentors.map(({ profile }) => profile.user_id)[0]).toBe(better);
  expect(JSON.stringify(found)).not.toContain('"part":"specialty"');
  await ctx.db.destroy();
});
