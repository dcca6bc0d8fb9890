import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor, Answer, APIMessage } from '../../sandbox/api.ts';
import { ask, buttonId, register, requestAt, verify } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown({ setUp: true });
});
afterAll(() => town.close());

async function person(
  name: string,
  role?: 'mentor' | 'mentee',
  answers: Parameters<typeof register>[2] = {},
): Promise<Actor> {
  const actor = town.guild.join({ name });
  if (role) await register(actor, role, { stage: role === 'mentor' ? 'resident' : 'applying', ...answers });
  return actor;
}

async function verified(name: string, answers: Parameters<typeof register>[2] = {}): Promise<Actor> {
  const mentor = await person(name, 'mentor', answers);
  await verify(town, mentor);
  return mentor;
}

function expectRefusal(answer: Answer, about: RegExp): void {
  expect(answer.ephemeral).toBe(true);
  expect(answer.text).toMatch(about);
  expect(answer.text).not.toMatch(/went wrong/i);
}

describe('/profile show', () => {
  test('of somebody who never registered says how to', async () => {
    expectRefusal(await (await person('Abena')).slash('profile show'), /\/register mentee/);
  });

  test('of oneself shows everything that is kept, and that only oneself sees it', async () => {
    const actor = town.guild.join({ name: 'Bashir' });
    await actor.press(
      'I agree',
      await actor.slash('register mentee', { timezone: 'Asia/Karachi', country: 'PK', priority: 'hours' }),
    );
    await actor.submit({ Specialties: ['neurology'], Stage: ['step-1'], Languages: ['ur'], Topics: ['exams'] });
    const own = await actor.slash('profile show');
    expect(own.ephemeral).toBe(true);
    for (const part of [
      'Neurology',
      'Step 1',
      'Urdu',
      'USMLE exams',
      'Karachi',
      'Pakistan',
      'nobody sees it',
      'Waking hours',
    ])
      expect(own.text).toContain(part);
    // And every next step with a press, there and back.
    const paused = await actor.press('Pause my profile', own);
    expect(paused.text).toContain('You are paused as a mentee');
    const resumed = await actor.press('Resume my profile', await actor.slash('profile show'));
    expect(resumed.text).toContain('Welcome back');
    expect((await actor.press('Find a mentor', resumed)).text).toMatch(/suit you|nobody|waitlist/i);
    expect((await actor.press('Edit my profile', own)).kind).toBe('modal');
  });

  test('of a mentor shows what is public: no zone, no hidden country, no method', async () => {
    const mentor = town.guild.join({ name: 'Carmen' });
    await mentor.press(
      'I agree',
      await mentor.slash('register mentor', { timezone: 'America/Bogota', country: 'CO', capacity: 2 }),
    );
    await mentor.submit({
      Specialties: ['pediatrics'],
      Stage: ['fellow'],
      Languages: ['es'],
      Topics: ['visas'],
      'About you': 'Hola.',
    });
    await verify(town, mentor);
    const viewer = await person('Viewer');
    const seen = await viewer.slash('profile show', { member: mentor });
    for (const part of ['Fellow', 'Pediatrics', 'Spanish', 'Visas', 'Hola.', 'Verified as a resident', '2 of 2 free']) {
      expect(seen.text).toContain(part);
    }
    expect(seen.text).not.toMatch(/Colombia|Bogota|video call/i);
    // Whoever looks somebody up has them in mind.
    expect((await viewer.press('Ask this mentor', seen)).text).toMatch(/register mentee|no language/);
    expect((await town.moderator.slash('profile show', { member: mentor })).text).toMatch(/video call/);
    await mentor.slash('profile edit', { show_country: true });
    await mentor.submit({});
    expect((await town.moderator.slash('profile show', { member: mentor })).text).toContain('Colombia');
  });

  test('of somebody unregistered, waiting, paused or a mentee reads the same', async () => {
    const viewer = await person('Plain viewer');
    const paused = await verified('Paused');
    await paused.slash('profile pause');
    const others = [
      await person('Nobody'),
      await person('Waiting', 'mentor'),
      paused,
      await person('Mentee', 'mentee'),
    ];
    for (const other of others) {
      const answer = await viewer.slash('profile show', { member: other });
      expectRefusal(answer, /no profile here that you could see/);
    }
    expect((await town.moderator.slash('profile show', { member: paused })).text).toMatch(/Paused/);
  });

  test('of a bot says that it is one', async () => {
    const bot = { id: town.sandbox.botUserId, name: 'Preceptor' };
    expectRefusal(await (await person('Curious')).slash('profile show', { member: bot }), /is a bot/);
  });

  test('shows mass mentions and masked links as they were typed', async () => {
    const about = '@everyone [free](https://example.com) <@1>\n# BIG\n> said';
    const mentee = await person('Loud', 'mentee', { about });
    const embed = JSON.stringify((await mentee.slash('profile show')).message?.embeds);
    expect(embed).not.toContain('[free](https://example.com)');
    expect(embed).not.toContain('@everyone');
    expect(embed).not.toMatch(/\\n# BIG/);
  });
});

describe('/profile edit', () => {
  test('opens the form filled in, and keeps what is left alone', async () => {
    const mentor = await person('Deniz', 'mentor', {
      about: 'Long nights.',
      topics: ['visas', 'research'],
      capacity: 3,
    });
    const form = await mentor.slash('profile edit', { timezone: 'Europe/Istanbul' });
    expect(form.kind).toBe('modal');
    expect(JSON.stringify(form.modal)).toContain('Long nights.');
    const answer = await mentor.submit({ Topics: ['wellbeing'] });
    expect(answer.text).toMatch(/up to date/);
    const own = await mentor.slash('profile show');
    for (const part of ['Long nights.', 'Wellbeing', 'Istanbul', '3 of 3 free']) expect(own.text).toContain(part);
  });

  test('asks which profile is meant where there are two', async () => {
    const both = await person('Elif', 'mentee', { stage: 'interviewing' });
    await both.slash('register mentor', { timezone: 'Europe/Istanbul' });
    await both.submit({ Specialties: ['urology'], Topics: ['exams'] });
    const answer = await both.slash('profile edit');
    expect(answer.text).toMatch(/two profiles/);
    expect((await both.press('Edit mentor profile', answer)).kind).toBe('modal');
    expect((await both.slash('profile edit', { capacity: 2 })).kind).toBe('modal');
    expect((await both.slash('profile edit', { role: 'mentee' })).kind).toBe('modal');
    expectRefusal(
      await both.slash('profile edit', { role: 'mentee', capacity: 2 }),
      /belongs to a profile as a mentor/,
    );
  });

  test('without a profile says how to register', async () => {
    expectRefusal(await (await person('Fatou')).slash('profile edit'), /\/register/);
  });
});

describe('/profile pause and resume', () => {
  test('say until when, and what goes on', async () => {
    const mentor = await verified('Gabriel');
    const paused = await mentor.slash('profile pause', { days: 14 });
    expect(paused.text).toMatch(/<t:\d+:f>/);
    expect(paused.text).toMatch(/go on/);
    expect((await mentor.slash('profile show')).text).toMatch(/Paused until/);
    expect((await mentor.slash('profile resume')).text).toMatch(/on the list again/);
    expectRefusal(await mentor.slash('profile resume'), /Nothing is paused/);
  });

  test('without a profile say how to register', async () => {
    const nobody = await person('Hana');
    expectRefusal(await nobody.slash('profile pause'), /\/register/);
    expectRefusal(await nobody.slash('profile resume'), /\/register/);
  });
});

describe('/profile export', () => {
  test('hands over one readable file, to nobody else', async () => {
    const mentee = await person('Isabel', 'mentee', { about: 'Dear mentor' });
    const answer = await mentee.slash('profile export');
    expect(answer.ephemeral).toBe(true);
    const [file] = answer.message?.attachments ?? [];
    expect(file?.filename).toMatch(/^preceptor-\d{4}-\d\d-\d\d\.json$/);
    expect(file?.size).toBeGreaterThan(500);
  });

  test('says so when nothing is kept', async () => {
    expectRefusal(await (await person('Jonas')).slash('profile export'), /Nothing is kept/);
  });
});

describe('/profile delete', () => {
  test('explains, asks, deletes, takes the role, and a second click is answered', async () => {
    const mentee = await person('Kamala', 'mentee');
    const roles = () => town.guild.rolesOf(mentee).length;
    await town.sandbox.until('the role', () => roles() === 1);
    const asked = await mentee.slash('profile delete');
    expect(asked.text).toMatch(/partner keeps/);
    expect((await mentee.press('Keep it', await mentee.slash('profile delete'))).text).toMatch(/nothing was deleted/);
    expect((await mentee.slash('profile show')).text).toContain('Mentee');
    const done = await mentee.press('Delete everything about me', asked);
    expect(done.text).toMatch(/deleted/);
    await town.sandbox.until('the role to go', () => roles() === 0);
    const again = await mentee.forge({
      kind: 'button',
      customId: 'profile-delete',
      ...(asked.message && { on: asked.message }),
    });
    expectRefusal(again, /nothing left to delete/);
    expectRefusal(await mentee.slash('profile show'), /\/register/);
  });

  test('leaves no text in the card of the staff channel', async () => {
    const mentor = await person('Liam', 'mentor', { about: 'Quite a personal story' });
    const staff = town.guild.channels.find((channel) => channel.name.includes('staff'));
    const cards = () => JSON.stringify(town.moderator.messages(staff?.id ?? ''));
    await town.sandbox.until('the card', () => cards().includes('Quite a personal story'));
    await mentor.press('Delete everything about me', await mentor.slash('profile delete'));
    await town.sandbox.until('the card to be emptied', () => !cards().includes('Quite a personal story'));
  });

  test('the button deletes whoever presses it, not whoever was asked', async () => {
    const mentee = await person('Maria', 'mentee');
    const asked = await mentee.slash('profile delete');
    const stranger = await person('Stranger', 'mentee');
    const own = (await stranger.slash('profile delete')).message as APIMessage;
    expect(buttonId(own, 'Delete')).toBe(buttonId(asked.message as APIMessage, 'Delete'));
    const answer = await stranger.press('Delete everything about me', own);
    expect(answer.text).toMatch(/deleted/);
    expect((await mentee.slash('profile show')).text).toContain('Applying');
  });

  test('with a request under way and with a partner: both sides are told, and no word of theirs stays', async () => {
    const mentor = await verified('Nkechi', { capacity: 2 });
    const [asking, paired] = [
      await person('Asking', 'mentee', { about: 'ABOUT-asking' }),
      await person('Paired', 'mentee'),
    ];
    await ask(paired, mentor);
    await mentor.press('Accept', await requestAt(town, mentor, paired));
    await ask(asking, mentor, 'WORDS-asking');
    await requestAt(town, mentor, asking);
    const seen = () => JSON.stringify(mentor.dms());
    expect(seen()).toContain('WORDS-asking');
    for (const one of [asking, paired])
      await one.press('Delete everything about me', await one.slash('profile delete'));
    await town.sandbox.until('the request to be emptied', () => !/WORDS-asking|ABOUT-asking/.test(seen()));
    await town.sandbox.until('the word to the mentor', () => /has ended/.test(seen()));
    expect((await mentor.slash('profile show')).text).toContain('2 of 2 free');

    const left = await person('Left alone', 'mentee');
    await ask(left, mentor);
    await requestAt(town, mentor, left);
    await mentor.press('Delete everything about me', await mentor.slash('profile delete'));
    await town.sandbox.until('the word to the mentee', () => /could not be kept/.test(JSON.stringify(left.dms())));
  });
});
