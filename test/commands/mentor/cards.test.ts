import type { APIEmbed } from 'discord.js';
import { expect, test } from 'vitest';
import { languages, specialties, stages, topics } from '../../../src/content/index.ts';
import type { MentorProfile } from '../../../src/db/profiles.ts';
import type { MentorRequest } from '../../../src/db/requests.ts';
import { sayReasons } from '../../../src/discord/reasons.ts';
import { overviewCard } from '../../../src/commands/mentor/overview.ts';
import { findCard } from '../../../src/commands/mentor/suggestions.ts';
import { shorten } from '../../../src/discord/text.ts';
import type { Reason } from '../../../src/matching/index.ts';
import { aboutLimit, mostChosen } from '../../../src/mentoring/profiles/limits.ts';
import { texts as english } from '../../../src/texts/en.ts';
import type { FindOutcome } from '../../../src/mentoring/find.ts';

const now = '2026-11-23T12:00:00.000Z';
const longest = (list: readonly { readonly id: string }[], n: number, nameOf: (slug: string) => string | undefined) =>
  list.map(({ id }) => id).toSorted((a, b) => (nameOf(b) ?? '').length - (nameOf(a) ?? '').length).slice(0, n); // prettier-ignore

/** The longest profile that anybody can have. */
const profile = {
  user_id: '99999999999999999999',
  role: 'mentor',
  zone: 'America/Argentina/ComodRivadavia',
  country: 'GS',
  specialties: longest(specialties, mostChosen.specialties, (slug) => english.specialties[slug]),
  languages: longest(languages, mostChosen.languages, english.words.language),
  topics: longest(topics, mostChosen.topics, (slug) => english.topics[slug]?.name),
  stage: longest(stages, 1, (slug) => english.stages[slug]?.name)[0] ?? '',
  accepts_from: longest(stages, 1, (slug) => english.stages[slug]?.name)[0] ?? '',
  about: '*'.repeat(aboutLimit),
  capacity: 5,
  verification: 'verified',
  verified_level: 'program-director',
  verified_at: now,
} as unknown as MentorProfile;
const reasons: readonly Reason[] = [
  { part: 'specialty', kind: 'same', specialties: profile.specialties },
  { part: 'topics', topics: profile.topics },
  { part: 'stage', ahead: 9 },
  { part: 'hours', hours: 16 },
];

const lengthOf = ({ title, description, footer, author, fields }: APIEmbed) =>
  [title, description, footer?.text, author?.name, ...(fields ?? []).map(({ name, value }) => name + value)].join('')
    .length;

test('five mentors with the longest profiles fit into what Discord takes in one message', () => {
  const mentors = Array.from({ length: 5 }, () => ({ profile, taken: 4, reasons }));
  const found: FindOutcome = {
    is: 'suggestions',
    mentors,
    more: 900,
    pending: undefined,
    choicesLeft: 3,
    place: undefined,
  };
  const card = findCard(english, found, now, () => 'x'.repeat(80));
  const embeds = card.embeds ?? [];
  expect(embeds).toHaveLength(5);
  expect(embeds.reduce((sum, one) => sum + lengthOf(one), 0)).toBeLessThanOrEqual(6_000);
  expect(card.content?.length).toBeLessThanOrEqual(2_000);
  // There is still room for the beginning of what they wrote.
  expect(embeds[0]?.description).toMatch(/(\\\*){20,}…$/m);
  // On a phone a field takes two lines, and a line of text one.
  expect(embeds.every(({ fields }) => fields === undefined)).toBe(true);
  expect(embeds[0]?.description).toContain('**Stage:** ');
  const labels = card.components?.[0]?.components.map((one) => ('label' in one ? (one.label ?? '') : '')) ?? [];
  expect(labels.map((label) => label.length)).toEqual([80, 80, 80, 80, 80]);
});

test('a card shows no number that could be taken for a mark', () => {
  const found: FindOutcome = {
    is: 'suggestions',
    mentors: [{ profile, taken: 4, reasons }],
    more: 0,
    pending: undefined,
    choicesLeft: 3,
    place: undefined,
  };
  expect(JSON.stringify(findCard(english, found, now, () => undefined))).not.toMatch(/\d\s?%|score|points/i);
});

test('what somebody wrote is cut between characters, never within an escape or an emoji', () => {
  expect(shorten('**bold** and more', 10)).toBe(String.raw`\*\*bold…`);
  expect(shorten('👩🏽‍⚕️👩🏽‍⚕️👩🏽‍⚕️', 17)).toBe('👩🏽‍⚕️👩🏽‍⚕️…');
  expect(shorten('short', 300)).toBe('short');
  expect(shorten('anything', 0)).toBe('');
});

test('reasons read as a sentence', () => {
  expect(
    sayReasons(english, [
      { part: 'specialty', kind: 'same', specialties: ['internal-medicine'] },
      { part: 'topics', topics: ['interviews', 'visas'] },
      { part: 'hours', hours: 9 },
    ]),
  ).toBe('Also in internal medicine · offers interviews and visas · 9 waking hours in common');
  expect(sayReasons(english, [{ part: 'stage', ahead: 1 }])).toBe('One step ahead of you');
  expect(sayReasons(english, [])).toBe('');
});

test('that nobody is eligible is said without giving a block away', () => {
  const nobody = (excluded: Extract<FindOutcome, { is: 'nobody' }>['excluded']): FindOutcome => ({
    is: 'nobody',
    considered: 3,
    excluded,
    pending: undefined,
    choicesLeft: 3,
    place: undefined,
    waiting: 0,
  });
  const blocked = findCard(english, nobody([['blocked', 1], ['paused', 1], ['language', 1]]), now, () => undefined); // prettier-ignore
  const paused = findCard(english, nobody([['paused', 2], ['language', 1]]), now, () => undefined); // prettier-ignore
  expect(blocked.content).toContain('2 are not taking requests at the moment.');
  expect(blocked.content).not.toMatch(/block/i);
  expect(new Set(blocked.content?.split('\n'))).toEqual(new Set(paused.content?.split('\n')));
});

test('an overview with more requests than fit stays within what Discord takes', () => {
  const request = (i: number) =>
    ({ id: `request${i}`, state: 'pending', mentor_id: profile.user_id, mentee_id: profile.user_id, message: '_'.repeat(500), created_at: now, decided_at: now, expires_at: now, decline_reason: 'no-place', opens_at: null }) as MentorRequest; // prettier-ignore
  const many = Array.from({ length: 12 }, (_, i) => request(i));
  const past = many.slice(0, 5).map((one) => ({ ...one, state: 'declined' as const }));
  const card = overviewCard(english, {
    asMentee: { live: many.slice(0, 3), past, place: { position: 1, waiting: 2, joinedAt: now } },
    asMentor: { waiting: many, opening: 3, aWeek: 3 },
  }, () => 'x'.repeat(32)); // prettier-ignore
  const embeds = card.embeds ?? [];
  expect(embeds.reduce((sum, one) => sum + lengthOf(one), 0)).toBeLessThanOrEqual(6_000);
  for (const { description, fields = [] } of embeds) {
    expect(description?.length).toBeLessThanOrEqual(4_096);
    for (const { value } of fields) expect(value.length).toBeLessThanOrEqual(1_024);
  }
  expect(card.components).toHaveLength(5);
  expect(JSON.stringify(embeds)).toContain('and 8 more');
});
