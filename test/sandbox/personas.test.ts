import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { personas, registrationFields } from '../../sandbox/personas.ts';

/** Ids of a content file. Read as text: the sandbox knows a bot by what it shows, and so do its people. */
function idsOf(file: string): string[] {
  const yaml = readFileSync(new URL(`../../src/content/${file}.yaml`, import.meta.url), 'utf8');
  return (parse(yaml) as { id: string }[]).map((entry) => entry.id);
}
const known = {
  specialties: idsOf('specialties'),
  stages: idsOf('stages'),
  languages: idsOf('languages'),
  topics: idsOf('topics'),
};
const registered = personas.filter((persona) => persona.registration !== undefined);

describe('the people of the demo', () => {
  it('are twelve, with names that differ from the first letters on', () => {
    expect(personas).toHaveLength(12);
    expect(new Set(personas.map((persona) => persona.name.slice(0, 2))).size).toBe(12);
    expect(personas.filter((persona) => persona.role === 'mentor')).toHaveLength(5);
    expect(personas.filter((persona) => persona.role === 'mentee')).toHaveLength(6);
  });

  it.each(registered)('$name registers with what the menus offer', ({ registration, role, timeZone }) => {
    expect(known.specialties).toEqual(expect.arrayContaining([...(registration?.specialties ?? [])]));
    expect(known.languages).toEqual(expect.arrayContaining([...(registration?.languages ?? [])]));
    expect(known.topics).toEqual(expect.arrayContaining([...(registration?.topics ?? [])]));
    expect(known.stages).toContain(registration?.stage);
    expect(registration?.capacity !== undefined).toBe(role === 'mentor');
    expect(Intl.supportedValuesOf('timeZone')).toContain(timeZone);
  });

  it.each(personas.filter((persona) => persona.role === 'mentee'))(
    '$name finds a mentor who shares a language',
    (mentee) => {
      const mentors = personas.filter((persona) => persona.role === 'mentor');
      const fits = mentors.filter((mentor) =>
        mentor.registration?.languages.some((language) => mentee.registration?.languages.includes(language)),
      );
      expect(fits.length).toBeGreaterThan(0);
    },
  );

  it('answer the form by its labels', () => {
    const [first] = registered;
    expect(Object.keys(registrationFields(first!.registration!))).toEqual([
      'Specialties',
      'Stage',
      'Languages',
      'Topics',
      'About you',
    ]);
  });
});
