import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PermissionFlagsBits } from 'discord.js';
import type { Actor, Answer, APIMessage } from '../../sandbox/api.ts';
import { buttonId, register, speaksOf, verify } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';
import { setUp } from '../support/set-up.ts';

let town: Town;
let second: Actor;
beforeAll(async () => {
  town = await openTown();
  second = town.guild.join({ name: 'Second moderator', permissions: PermissionFlagsBits.ManageGuild });
  await setUp(town.moderator, { timezone: 'America/New_York' });
});
afterAll(() => town.close());

async function waiting(name: string, answers: Parameters<typeof register>[2] = {}): Promise<Actor> {
  const mentor = town.guild.join({ name });
  await register(mentor, 'mentor', { stage: 'resident', ...answers });
  return mentor;
}

function staffCards(mentor: Actor): APIMessage[] {
  const staff = town.guild.channels.find((channel) => channel.name.includes('staff'));
  return town.moderator.messages(staff?.id ?? '').filter((message) => speaksOf(message, mentor));
}

const cardOf = (mentor: Actor) =>
  town.sandbox.until(`the card of ${mentor.name}`, () =>
    staffCards(mentor).findLast((card) => card.components?.length),
  );

function expectRefusal(answer: Answer, about: RegExp): void {
  expect(answer.ephemeral).toBe(true);
  expect(answer.text).toMatch(about);
  expect(answer.text).not.toMatch(/went wrong/i);
}

describe('the card in the staff channel', () => {
  test('verifies with level and method, tells the mentor, gives the role, and shows who decided', async () => {
    const mentor = await waiting('Ada');
    const card = await cardOf(mentor);
    const form = await town.moderator.press('Verify', card);
    expect(form.kind).toBe('modal');
    const answer = await town.moderator.submit({ Level: ['fellow'], 'How you know': ['hospital-email'] });
    expect(answer.text).toMatch(/verified as a fellow \(hospital or university email\)/);
    await town.sandbox.until('the word to the mentor', () => mentor.dms().length > 0);
    await town.sandbox.until('the role', () => town.guild.rolesOf(mentor).length > 0);
    const after = await town.sandbox.until('the card to change', () =>
      staffCards(mentor).find((one) => one.components?.length === 0),
    );
    expect(JSON.stringify(after)).toContain(town.moderator.id);
  });

  test('declines with a word of one’s own, and the mentor may ask again by editing', async () => {
    const mentor = await waiting('Bela');
    await town.moderator.press('Decline', await cardOf(mentor));
    const answer = await town.moderator.submit({
      'A word to them': 'Please write to us when you have **ten minutes**.',
    });
    expect(answer.text).toMatch(/declined/);
    await town.sandbox.until('the word to the mentor', () => mentor.dms().length > 0);
    expect(JSON.stringify(mentor.dms())).toContain('ten minutes');
    await mentor.slash('profile edit');
    expect((await mentor.submit({})).text).toMatch(/looks at your registration again/);
    expect(JSON.stringify(await cardOf(mentor))).toContain(mentor.id);
  });

  test('is of no use to members, whatever they send', async () => {
    const mentor = await waiting('Chidi');
    const card = await cardOf(mentor);
    const profileId = buttonId(card, 'Verify').split(':')[1] ?? '';
    const on = (await mentor.slash('profile show')).message;
    for (const key of ['mentors-verify', 'mentors-decline', 'mentors-page']) {
      expectRefusal(
        await mentor.forge({ kind: 'button', ...(on && { on }), customId: `${key}:${profileId}` }),
        /moderators/i,
      );
    }
    for (const key of ['mentors-verify-form', 'mentors-decline-form']) {
      expectRefusal(await mentor.forge({ kind: 'modal', customId: `${key}:${profileId}` }), /moderators/i);
    }
  });

  test('decided by another moderator meanwhile says who decided what', async () => {
    const mentor = await waiting('Dalia');
    const card = await cardOf(mentor);
    await town.moderator.press('Verify', card);
    await second.press('Decline', card);
    await town.moderator.submit({ Level: ['resident'], 'How you know': ['known-in-person'] });
    const late = await second.submit({});
    expectRefusal(late, /already verified/);
    expect(late.text).toContain(town.moderator.id);
    expectRefusal(
      await second.forge({ kind: 'button', on: card, customId: buttonId(card, 'Verify') }),
      /already verified/,
    );
  });

  test('forged forms and ids of other servers change nothing', async () => {
    const mentor = await waiting('Ekua');
    const card = await cardOf(mentor);
    const id = buttonId(card, 'Verify').split(':')[1] ?? '';
    const forged = {
      kind: 'modal' as const,
      customId: `mentors-verify-form:${id}`,
      fields: { level: 'king', method: 'x' },
    };
    expectRefusal(await town.moderator.forge(forged), /choose a level/);
    expectRefusal(await town.moderator.forge({ kind: 'modal', customId: 'mentors-verify-form' }), /choose|no longer/);
    const other = town.sandbox.createGuild({ name: 'Elsewhere' });
    const foreign = other.join({ name: 'Foreign', permissions: PermissionFlagsBits.ManageGuild });
    await setUp(foreign, { timezone: 'Europe/Paris' });
    expectRefusal(
      await foreign.forge({ kind: 'modal', customId: `mentors-decline-form:${id}` }),
      /no longer registered/,
    );
    expect((await mentor.slash('profile show')).text).toMatch(/Waiting for a moderator/);
  });
});

describe('/mentors verify', () => {
  test('again needs to be meant: the second moderator reads who was first', async () => {
    const mentor = await waiting('Femi');
    await verify(town, mentor);
    const options = { member: mentor, level: 'attending', method: 'public-directory' };
    const late = await second.slash('mentors verify', options);
    expectRefusal(late, /already verified/);
    expect(late.text).toContain(town.moderator.id);
    expect((await second.slash('mentors verify', { ...options, again: true })).text).toMatch(/an attending/);
  });

  test('of oneself is allowed and said aloud', async () => {
    await register(town.moderator, 'mentor', { stage: 'attending' });
    expect((await verify(town, town.moderator)).text).toMatch(/verified yourself/);
  });

  test('of somebody who is no mentor, or a bot, says so', async () => {
    const plain = town.guild.join({ name: 'Plain' });
    expectRefusal(await verify(town, plain), /not registered as a mentor/);
    const bot = { id: town.sandbox.botUserId, name: 'Preceptor' };
    expectRefusal(await town.moderator.slash('mentors suspend', { member: bot }), /is a bot/);
  });
});

describe('/mentors suspend', () => {
  test('takes the role, tells the mentor, and verifying undoes it', async () => {
    const mentor = await waiting('Goran');
    await verify(town, mentor);
    const roles = () => town.guild.rolesOf(mentor).length;
    await town.sandbox.until('the role', () => roles() > 0);
    expect((await town.moderator.slash('mentors suspend', { member: mentor })).text).toMatch(/suspended/);
    await town.sandbox.until('the role to go', () => roles() === 0);
    await town.sandbox.until('the word', () => JSON.stringify(mentor.dms()).includes('suspended'));
    expectRefusal(await second.slash('mentors suspend', { member: mentor }), /already suspended/);
    const back = await second.slash('mentors verify', { member: mentor, level: 'resident', method: 'video-call' });
    expect(back.text).toMatch(/had suspended them/);
    await town.sandbox.until('the role to come back', () => roles() > 0);
  });
});

describe('/mentors queue', () => {
  test('pages through those who wait, oldest first, with buttons that decide', async () => {
    const names = ['Q1', 'Q2', 'Q3', 'Q4'];
    const mentors: Actor[] = [];
    for (const name of names) mentors.push(await waiting(name, { about: '*'.repeat(600) }));
    let page = await town.moderator.slash('mentors queue');
    let seen = page.text;
    while (page.message && JSON.stringify(page.message.components).includes('Next')) {
      page = await town.moderator.press('Next', page);
      seen += page.text;
    }
    const places = mentors.map((mentor) => seen.indexOf(mentor.id));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
    const beyond = await town.moderator.forge({
      kind: 'button',
      customId: 'mentors-page:99',
      ...(page.message && { on: page.message }),
    });
    expect(beyond.text).toContain(mentors.at(-1)?.id);
  });

  test('holds a verified mentor who changed stage until somebody looks again', async () => {
    const mentor = await waiting('Hugo');
    await verify(town, mentor);
    await mentor.slash('profile edit');
    await mentor.submit({ Stage: ['attending'] });
    let page = await town.moderator.slash('mentors queue');
    while (JSON.stringify(page.message?.components).includes('Next')) page = await town.moderator.press('Next', page);
    expect(page.text).toContain(mentor.id);
    expect(page.text).toMatch(/changed <t:/);
    expect((await verify(town, mentor)).text).toMatch(/is verified/);
  });

  test('is empty in words', async () => {
    const other = town.sandbox.createGuild({ name: 'Quiet' });
    const moderator = other.join({ name: 'Alone', permissions: PermissionFlagsBits.ManageGuild });
    await setUp(moderator, { timezone: 'Europe/Paris' });
    expect((await moderator.slash('mentors queue')).text).toMatch(/Nobody is waiting/);
  });
});
