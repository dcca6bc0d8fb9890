import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../sandbox/api.ts';
import { type Community, day, openCommunity, register } from '../support/play.ts';
import { setUp } from '../support/set-up.ts';

/** The main job on real input, as one story: each test is its next step. */
let community: Community;
let mentor: Actor;
let mentee: Actor;

beforeAll(async () => {
  community = await openCommunity({ setUp: false });
  mentor = community.guild.join({ name: 'Ada' });
  mentee = community.guild.join({ name: 'Omar' });
});
afterAll(() => community.close());

const lastDm = (person: Actor) => person.dms().at(-1);
const until = <T>(what: string, condition: () => T | undefined | false | null) =>
  community.sandbox.until(what, condition);

test('before set-up, registering says that a moderator must set the bot up first', async () => {
  const answer = await mentee.slash('register mentee', { timezone: 'Africa/Cairo' });
  expect(answer.ephemeral).toBe(true);
  expect(answer.text).toContain('/setup start');
});

test('a moderator sets the community up with one command and the check finds everything in order', async () => {
  const answer = await setUp(community.moderator, { timezone: 'America/New_York' });
  expect(answer.ephemeral).toBe(true);
  const check = await community.moderator.slash('setup check');
  expect(check.text).toMatch(/in order/i);
});

test('a member who is no moderator is not offered the commands of moderators', async () => {
  await expect(mentee.slash('setup show')).rejects.toThrow();
});

test('a mentor registers, agreeing to the code of conduct once, and is told that a moderator looks at it next', async () => {
  const first = await mentor.slash('register mentor', { timezone: 'America/Chicago', capacity: 1 });
  expect(first.text).toMatch(/code of conduct/i);
  const answer = await register(mentor, 'mentor', {
    stage: 'resident',
    specialties: ['internal-medicine'],
    topics: ['interviews', 'visas'],
  });
  expect(answer.ephemeral).toBe(true);
  expect(answer.text).toMatch(/moderator/i);
});

test('the moderator finds a card in the staff channel and verifies the mentor with it; the card then says who did', async () => {
  const { staff } = await channels();
  const card = await until('the card for the moderators', () =>
    community.moderator.messages(staff).find((m) => JSON.stringify(m).includes(mentor.id)),
  );
  const form = await community.moderator.press('Verify', card);
  expect(form.kind).toBe('modal');
  await community.moderator.submit({ Level: ['resident'], 'How you know': ['video-call'] });
  await until('the word to the mentor', () => lastDm(mentor)?.embeds[0]);
  await until('the card to change', () => {
    const now = community.moderator.messages(staff).find((m) => m.id === card.id);
    return now && JSON.stringify(now).includes(community.moderator.id) && now.components?.length === 0;
  });
});

test('a mentee registers, finds the mentor with reasons and no number, and asks', async () => {
  await register(mentee, 'mentee', {
    timezone: 'Africa/Cairo',
    stage: 'applying',
    specialties: ['internal-medicine'],
    topics: ['interviews', 'visas'],
  });
  const found = await mentee.slash('mentor find');
  expect(found.ephemeral).toBe(true);
  expect(found.message?.embeds).toHaveLength(1);
  expect(found.text).toContain(mentor.id);
  expect(found.text).toMatch(/internal medicine/i);
  expect(found.text).toMatch(/waking hours in common/i);
  expect(found.text).not.toMatch(/\d\s?%|score/i);

  const form = await mentee.press('1 · Request Ada', found);
  expect(form.kind).toBe('modal');
  const answer = await mentee.submit({ Message: 'I interview in January and would be glad of a **mock interview**.' });
  expect(answer.ephemeral).toBe(true);
});

test('the mentor accepts from a direct message; both land in a private thread that nobody else sees', async () => {
  const request = await until('the request', () => mentor.dms().find((m) => JSON.stringify(m).includes(mentee.id)));
  expect(JSON.stringify(request)).toContain('mock interview');
  const answer = await mentor.press('Accept', request);
  expect(answer.text.length).toBeGreaterThan(0);

  const thread = await until('the thread with both in it', () =>
    community.guild.threads().find((t) => t.memberIds.includes(mentor.id) && t.memberIds.includes(mentee.id)),
  );
  expect(thread.private).toBe(true);
  const opening = await until('the opening message', () => mentee.messages(thread)[0]);
  expect(JSON.stringify(opening)).toMatch(/first meeting/i);
  const stranger = community.guild.join({ name: 'Stranger' });
  expect(() => stranger.messages(thread)).toThrow();
  await until('the word to the mentee', () => mentee.dms().some((m) => JSON.stringify(m).includes(mentor.id)));
  await until(
    'no buttons left on the request',
    () => mentor.dms().find((m) => m.id === request.id)?.components?.length === 0,
  );
});

test('both have their roles, and the full mentor is not found by anybody else', async () => {
  const roles = (person: Actor) =>
    community.guild.rolesOf(person).map((id) => community.guild.roles.find((role) => role.id === id)?.name);
  await until('the roles', () => roles(mentor).length > 0 && roles(mentee).length > 0);
  expect(roles(mentor).join()).toMatch(/mentor/i);
  expect(roles(mentee).join()).toMatch(/mentee/i);

  const other = await community.mentee('Lina');
  const found = await other.slash('mentor find');
  expect(found.message?.embeds ?? []).not.toContainEqual(
    expect.objectContaining({ description: expect.stringContaining(mentor.id) as string }),
  );
  expect(found.text).toMatch(/full|no free place/i);
  const waiting = await other.press('Join the waitlist', found);
  expect(waiting.text).toMatch(/waitlist/i);
});

test('after a week without trouble nothing is posted twice', async () => {
  const titles = () => [...mentor.dms(), ...mentee.dms()].map(({ embeds }) => embeds[0]?.title ?? '');
  const before = titles();
  await community.pass(7 * day);
  await community.bot.settled();
  // Each is asked how it goes, which is new; nothing that was there has come again.
  const count = (all: readonly string[], title: string) => all.filter((each) => each === title).length;
  for (const title of before) expect(count(titles(), title), title).toBe(count(before, title));
  expect(titles().length - before.length).toBeLessThanOrEqual(2);
});

async function channels(): Promise<{ staff: string; mentoring: string }> {
  const named = (part: string) => {
    const found = community.guild.channels.find((channel) => channel.name.includes(part));
    if (!found) throw new Error(`no channel named like ${part}`);
    return found.id;
  };
  return await Promise.resolve({ staff: named('staff'), mentoring: named('mentoring') });
}
