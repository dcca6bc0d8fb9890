import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../../sandbox/api.ts';
import { namedCommands } from '../../src/commands/help/pages.ts';
import { typedCommands } from '../support/commands.ts';
import { ask, register, verify } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';

/** The labels of an answer's buttons, row by row. */
function labels(answer: Answer): string[][] {
  return (answer.message?.components ?? []).map((row) =>
    'components' in row ? row.components.map((each) => ('label' in each ? (each.label ?? '') : '')) : [],
  );
}

let town: Town;
beforeAll(async () => {
  town = await openTown({ setUp: true });
});
afterAll(() => town.close());
afterEach(() => town.sandbox.assertNoRefusals());

describe('/home', () => {
  test('somebody new finds three doors, and registers through one by presses alone', async () => {
    const amara = town.guild.join({ name: 'Amara' });
    const home = await amara.slash('home');
    expect(home.ephemeral).toBe(true);
    expect(labels(home)[0]).toEqual(['I look for a mentor', 'I can help', 'What is this?']);

    const what = await amara.press('What is this?', home);
    expect(what.text).toContain('up to five people who suit you');
    expect(labels(what)).toEqual([['I look for a mentor', 'I can help', 'Privacy']]);

    expect((await amara.press('I look for a mentor', home)).kind).toBe('modal');
    const consent = await amara.submit({ 'Your time zone': 'Lagos' });
    expect(consent.text).toContain('Code of conduct');
    await amara.press('I agree', consent);
    const saved = await amara.submit({
      Specialties: ['pediatrics'],
      Stage: ['step-1'],
      Languages: ['en'],
      Topics: ['interviews'],
      'About you': '',
    });
    expect(saved.text).toContain('Lagos');

    const now = await amara.slash('home');
    expect(now.text).toContain('You have asked nobody yet');
    expect(labels(now)[0]).toEqual(['Find a mentor', 'Join the waitlist']);

    const again = await amara.press('I look for a mentor', home);
    expect(again.text).toContain('You are registered as a mentee here.');
    expect(again.text).toContain('You have asked nobody yet');
  });

  test('a place with several time zones is asked about, and one that is none is explained', async () => {
    const diego = town.guild.join({ name: 'Diego' });
    const home = await diego.slash('home');
    await diego.press('I can help', home);
    const which = await diego.submit({ 'Your time zone': 'usa' });
    expect(which.text).toContain('several time zones');
    const consent = await diego.select('Choose a time zone', ['America/Chicago'], which);
    expect(consent.text).toContain('Before you register as a mentor');

    await diego.press('I can help', home);
    const refused = await diego.submit({ 'Your time zone': 'qqqq' });
    expect(refused.text).toContain('qqqq');
    // The beginning of a name is enough to be shown what it may be: a form has no list to choose from.
    await diego.press('I can help', home);
    expect((await diego.submit({ 'Your time zone': 'lago' })).text).toContain('Lagos');
  });

  test('mentor and mentee see at every step what waits for whom, with the button for it', async () => {
    const priya = town.guild.join({ name: 'Priya' });
    await register(priya, 'mentor', { stage: 'resident' });
    expect((await priya.slash('home')).text).toContain('A moderator still has to verify you');
    const staff = await town.moderator.slash('home');
    expect(staff.text).toContain('1 mentor waits to be verified');
    expect(staff.text).toMatch(/You look after this server.*You can take part yourself.*For moderators/s);
    expect(staff.text).not.toContain('Welcome');
    expect(labels(staff)[0]).toEqual(['I look for a mentor', 'I can help', 'What is this?']);
    expect((await town.moderator.press('Verify mentors', staff)).text).toContain(priya.id);
    await verify(town, priya);
    expect((await priya.slash('home')).text).toContain('1 of 1 place free');

    const sana = town.guild.join({ name: 'Sana' });
    await register(sana, 'mentee', { stage: 'applying' });
    const listed = await sana.press('Join the waitlist', await sana.slash('home'));
    expect(listed.text).toContain('waitlist');
    expect((await sana.slash('home')).text).toContain('You are number 1 of 1 on the waitlist');

    await ask(sana, priya);
    const asked = await sana.slash('home');
    expect(asked.text).toContain('has your request');
    expect(labels(asked)[0]).toEqual(['Show my requests', 'Find a mentor', 'Withdraw from Priya']);

    const stale = await priya.slash('home');
    expect(stale.text).toContain('Somebody waits for your answer');
    expect(labels(stale)[0]).toEqual(['Accept Sana', 'Decline Sana', 'Show all requests']);
    await priya.press('Accept Sana', stale);
    expect((await priya.press('Accept Sana', stale)).text).toContain('already accepted');

    const paired = await town.sandbox.until('the thread', () =>
      town.guild.threads().find(({ memberIds }) => memberIds.includes(sana.id)),
    );
    let home = await sana.slash('home');
    while (home.text.includes('is being opened')) home = await sana.slash('home');
    expect(home.text).toContain('Your mentor');
    expect(home.text).toContain(`<#${paired.id}>`);
    expect(labels(home)[0]).toEqual(['Find a time', 'Open the thread with Priya', 'Show the mentorship']);
    expect((await sana.press('Show the mentorship', home)).text).toContain('Planned until');
    expect((await priya.slash('home')).text).toContain('Your place is taken');
    expect((await sana.press('Withdraw from Priya', asked)).text).toContain('It is too late to withdraw it');
  });

  test('what is paused is resumed in one press, and pressing again says how it stands', async () => {
    const omar = town.guild.join({ name: 'Omar' });
    await register(omar, 'mentee', {});
    await omar.slash('profile pause');
    const home = await omar.slash('home');
    expect(home.text).toContain('Your search is paused');
    expect((await omar.press('Resume my search', home)).text).toContain('Welcome back');
    expect((await omar.press('Resume my search', home)).text).toContain('Nothing is paused');
  });

  test('where nothing is set up a moderator gets the first step, and others are told who can take it', async () => {
    const other = await openTown();
    try {
      const member = other.guild.join({ name: 'Ana' });
      expect((await member.slash('home')).text).toContain('not set up here yet');
      const home = await other.moderator.slash('home');
      await other.moderator.press('Set up this server', home);
      const shown = await other.moderator.submit({ 'Time zone of this server': 'New York' });
      expect(shown.text).toContain('nothing has been created or changed');
      const done = await other.moderator.press('Set it up', shown);
      expect(done.text).toContain('Preceptor is set up');
      expect((await other.moderator.slash('home')).text).toContain('Nothing waits for a moderator');
    } finally {
      await other.close();
    }
  });
});

describe('/help', () => {
  test('every command that it names is there', () => {
    for (const command of namedCommands) expect(typedCommands).toContain(command);
  });

  test('is by task, with the button that does it, and moderators see a page of their own', async () => {
    const lena = town.guild.join({ name: 'Lena' });
    const help = await lena.slash('help');
    expect(help.text).toContain('/mentor find');
    expect(labels(help).at(-1)).toEqual(['For mentors', 'For pairs', 'My road', 'Tips and news', 'My data']);
    const data = await lena.press('My data', help);
    expect(data.kind).toBe('update');
    expect((await lena.press('Show my profile', data)).text).toContain('no profile here yet');
    expect((await lena.press('For mentees', data)).text).toContain('You look for a mentor');
    expect(labels(await town.moderator.slash('help')).at(-1)).toContain('For moderators');
  });
});
