import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Actor } from '../../sandbox/api.ts';
import { ask, register, requestAt, speaksOf, threadsOf, verify } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
let mentor: Actor;
let mentee: Actor;
let round = 0;
beforeAll(async () => {
  town = await openTown({ setUp: true });
});
afterAll(() => town.close());

beforeEach(async () => {
  round += 1;
  mentor = town.guild.join({ name: `Ada ${round}` });
  await register(mentor, 'mentor', { stage: 'resident', capacity: 2, timezone: 'Asia/Karachi' });
  await verify(town, mentor);
  mentee = await pairWith(`Omar ${round}`);
});

async function pairWith(name: string): Promise<Actor> {
  const actor = town.guild.join({ name });
  await register(actor, 'mentee', { stage: 'applying' });
  await ask(actor, mentor);
  await mentor.press('Accept', await requestAt(town, mentor, actor));
  await town.sandbox.until('the thread', () => threadsOf(town, actor).length === 1);
  return actor;
}

test('/mentorship show names partner, dates, thread and local time to each of the two', async () => {
  const [thread] = threadsOf(town, mentee);
  await town.sandbox.until('the opening', () => mentee.messages(thread ?? '').length > 0);
  for (const [who, partner, title] of [
    [mentee, mentor, 'Your mentor'],
    [mentor, mentee, 'Your mentee'],
  ] as const) {
    const shown = await who.slash('mentorship show');
    expect(shown.ephemeral).toBe(true);
    for (const part of [title, partner.id, `<#${thread?.id}>`, 'Planned until', 'Local time']) {
      expect(shown.text).toContain(part);
    }
  }
  expect((await mentee.slash('mentorship show')).text).toContain('UTC+5');
});

test('/mentorship show and end of somebody without one say so', async () => {
  const single = town.guild.join({ name: 'Single' });
  expect((await single.slash('mentorship show')).text).toMatch(/no mentorship/);
  expect((await single.slash('mentorship end', { reason: 'other' })).text).toMatch(/no mentorship/);
  // Whoever is a mentor looks for none.
  const idle = town.guild.join({ name: 'Idle' });
  await register(idle, 'mentor', { stage: 'resident' });
  const shown = (await idle.slash('mentorship show')).text;
  expect(shown).toMatch(/no mentorship.*mentor requests/s);
  expect(shown).not.toContain('/mentor find');
});

test('ending asks first, then tells the other kindly; a second press says that it has ended', async () => {
  const before = mentor.dms().length;
  const question = await mentee.slash('mentorship end', { reason: 'not-a-fit' });
  expect(question.text).toMatch(/never suggested to each other again/);
  const doubtful = await mentee.slash('mentorship end', { reason: 'other' });
  expect((await mentee.press('Keep the mentorship', doubtful)).text).toMatch(/goes on/);
  expect((await mentee.slash('mentorship show')).text).toContain(mentor.id);
  const ended = await mentee.press('End it', question);
  expect(ended.text).toMatch(/has ended/);
  // Nothing is left to press but a word to the other.
  expect(JSON.stringify(ended.message?.components)).toMatch(/A word at the end/);
  expect(JSON.stringify(ended.message?.components)).not.toMatch(/End it|Go on/);
  const word = await town.sandbox.until('the word to the mentor', () => mentor.dms().slice(before).find((one) => speaksOf(one, mentee) || JSON.stringify(one).includes(mentee.name))); // prettier-ignore
  expect(JSON.stringify(word)).not.toMatch(/blame you|your fault|because of you/i);
  // The thread says so in place of its welcome, and of the guide to a first meeting.
  const [thread] = threadsOf(town, mentee);
  const opening = await town.sandbox.until('the end in the thread', () =>
    mentee.messages(thread ?? '').find((one) => one.embeds[0]?.title === 'This mentorship has ended'),
  );
  expect(JSON.stringify(opening)).not.toMatch(/first meeting/i);
  expect((await mentee.slash('mentorship show')).text).toMatch(/no mentorship/);
  expect((await ask(mentee, mentor)).text).toMatch(/not the right fit/);
});

test('a mentor with several mentees says with whom, and a stranger cannot end it', async () => {
  const second = await pairWith(`Second ${round}`);
  expect((await mentor.slash('mentorship end', { reason: 'no-time' })).text).toMatch(/Say with whom/);
  const question = await mentor.slash('mentorship end', { reason: 'no-time', member: second });
  const customId = JSON.stringify(question.message?.components).match(/mentorship-end:[^"]+/)?.[0] ?? '';
  const stranger = town.guild.join({ name: `Mallory ${round}` });
  await stranger.slash('mentorship show');
  for (const forged of [customId, 'mentorship-end:nothing:other', `${customId}x`]) {
    const refused = await stranger.forge({ kind: 'button', customId: forged });
    expect(refused.ephemeral).toBe(true);
    expect(refused.text).toMatch(/not one of your|changed since/);
  }
  await mentor.press('End it', question);
  const shown = await mentor.slash('mentorship show');
  expect(shown.text).toContain(mentee.id);
  expect(shown.text).not.toContain(second.id);
});
