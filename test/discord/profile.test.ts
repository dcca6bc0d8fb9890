import { describe, expect, test } from 'vitest';
import { languages, specialties, stages, topics } from '../../src/content/index.ts';
import type { Profile } from '../../src/db/profiles.ts';
import { profileCard, profileFields } from '../../src/discord/cards/profile.ts';
import { declineForm as declineRequestForm, requestForm } from '../../src/commands/mentor/forms.ts';
import { customId } from '../../src/discord/custom-ids.ts';
import { queueCard, verifyForm, declineForm } from '../../src/commands/mentors/cards.ts';
import { profileForm } from '../../src/commands/profile/form.ts';
import { keys } from '../../src/discord/keys.ts';
import { type Draft, encodeDraft } from '../../src/mentoring/profiles/draft.ts';
import { priorities } from '../../src/mentoring/profiles/limits.ts';
import { texts as english } from '../../src/texts/en.ts';

const now = '2026-11-23T12:00:00.000Z';
const longest = (list: readonly { readonly id: string }[], n: number, nameOf: (slug: string) => string | undefined) =>
  list.map(({ id }) => id).toSorted((a, b) => (nameOf(b) ?? '').length - (nameOf(a) ?? '').length).slice(0, n); // prettier-ignore

/** The longest profile that can be stored. */
const profile: Profile = {
  id: '0123456789ab',
  guild_id: '9'.repeat(20),
  user_id: '8'.repeat(20),
  role: 'mentor',
  state: 'active',
  paused_until: null,
  paused_by: null,
  asked_to_mentor_at: null,
  pool_version: 0,
  specialties: longest(specialties, 3, (slug) => english.specialties[slug]),
  stage: longest(stages, 1, (slug) => english.stages[slug]?.name)[0] ?? '',
  languages: longest(languages, 5, english.words.language),
  topics: longest(topics, 6, (slug) => english.topics[slug]?.name),
  about: '*'.repeat(600),
  capacity: 5,
  accepts_from: 'certification',
  priority: null,
  verification: 'verified',
  verified_level: 'near-peer',
  verified_method: 'hospital-email',
  verified_at: now,
  verified_by: '7'.repeat(20),
  changed_at: now,
  requests_a_week: null,
  selects_until: null,
  selects_since: null,
  selects_place: null,
  selectors_ok: 0,
  expiries: 0,
  created_at: now,
  updated_at: now,
};
const draft: Draft = {
  role: 'mentor',
  zone: 'America/Argentina/ComodRivadavia',
  country: 'PK',
  showsCountry: true,
  capacity: 5,
  acceptsFrom: 'certification',
  priority: null,
};

describe('the longest that can be', () => {
  test('a draft fits into the id of a form and of a button, whichever zone there is', () => {
    const zones = Intl.supportedValuesOf('timeZone').toSorted((a, b) => b.length - a.length);
    const drafts = [
      { ...draft, zone: zones[0] ?? '' },
      ...priorities.map((priority) => ({
        ...draft,
        role: 'mentee' as const,
        capacity: 0,
        acceptsFrom: null,
        priority,
      })),
    ];
    for (const each of drafts) {
      expect(profileForm(english, each, profile).custom_id.length).toBeLessThanOrEqual(100);
      expect(customId(keys.register.agree, ...encodeDraft(each), '9999').length).toBeLessThanOrEqual(100);
    }
  });

  test('a form has exactly the five labels, filled in', () => {
    const form = JSON.stringify(profileForm(english, draft, profile));
    expect(profileForm(english, draft, profile).components).toHaveLength(5);
    expect(form.match(/"default":true/g)).toHaveLength(3 + 1 + 5 + 6);
    expect(form).toContain('*'.repeat(600));
  });

  test('three profiles fit into one message of the queue', () => {
    const mentors = Array.from({ length: 3 }, () => ({ ...profile, zone: 'Asia/Kathmandu' }));
    const card = queueCard(english, { mentors, count: 300, page: 50, pages: 100, first: 151 }, now);
    expect(lengthOf(card.embeds ?? [])).toBeLessThanOrEqual(6_000);
    expect(card.components).toHaveLength(4);
  });

  test('forms name whom they are about, as long as the name fits, and say what they are where nobody knows it', () => {
    expect(verifyForm(english, profile.id, 'Dr. Chen').title).toBe('Verify Dr. Chen');
    expect(declineForm(english, profile.id, 'Dr. Chen').title).toBe('Decline Dr. Chen');
    expect(verifyForm(english, profile.id, undefined).title).toBe('Verify a mentor');
    expect(requestForm(english, { mentorId: '1' }, 'Dr. Chen').title).toBe('Ask Dr. Chen');
    expect(requestForm(english, { mentorId: '1' }, 'x'.repeat(32)).title.length).toBeLessThanOrEqual(45);
    expect(declineRequestForm(english, '1', 'x'.repeat(32)).title.length).toBeLessThanOrEqual(45);
  });

  test('a mentor who says more than a moderator has seen is shown as what was seen', () => {
    const shown = (stage: string, level: string | null) => {
      const verified = { ...profile, role: 'mentor', stage, verification: 'verified', verified_level: level, verified_at: profile.created_at } as const; // prettier-ignore
      const options = { audience: 'member', now: profile.created_at } as const;
      return profileFields(english, verified, { zone: 'Etc/UTC', country: null, shows_country: 0 }, options)[0]?.value;
    };
    expect(shown('attending', 'resident')).toBe('Resident, verified. Says Attending: not verified yet');
    expect(shown('resident', 'near-peer')).toBe(
      'Near peer (before the Match), verified. Says Resident: not verified yet',
    );
    expect(shown('resident', 'resident')).toBe('Resident');
    expect(shown('resident', 'fellow')).toBe('Resident');
    expect(shown('applying', 'near-peer')).toBe('Applying');
    expect(shown('resident', null)).toBe('Resident');
  });

  test('the forms of moderators build', () => {
    expect(verifyForm(english, profile.id, 'Dr. Chen').components).toHaveLength(2);
    expect(declineForm(english, profile.id, undefined).components).toHaveLength(1);
  });
});

describe('a card', () => {
  const owner = { zone: 'Asia/Karachi', country: 'PK', shows_country: 0 as const };

  test('for members has the local time but neither zone nor hidden country nor method', () => {
    const shown = JSON.stringify(
      profileCard(english, profile, owner, { audience: 'member', now, localTimeAt: now, taken: 5 }),
    );
    expect(shown).toContain('Mon 17:00 (UTC+5)');
    expect(shown).toContain('All 5 are taken');
    expect(shown).not.toMatch(/Karachi|Pakistan|e-mail|<@7/);
  });

  test('that stays in a channel has the offset only', () => {
    const shown = JSON.stringify(profileCard(english, profile, owner, { audience: 'moderator', now }));
    expect(shown).toContain('"UTC+5"');
    expect(shown).toMatch(/<@7+>/);
  });
});

function lengthOf(
  embeds: readonly { title?: string; description?: string; fields?: { name: string; value: string }[] }[],
): number {
  return embeds
    .flatMap((embed) => [
      embed.title ?? '',
      embed.description ?? '',
      ...(embed.fields ?? []).flatMap((f) => [f.name, f.value]),
    ])
    .join('').length;
}
