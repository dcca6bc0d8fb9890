import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor, Answer } from '../../sandbox/api.ts';
import { openDatabase } from '../../src/db/open.ts';
import { register } from '../support/play.ts';
import { openTown, type Town } from '../support/town.ts';

let town: Town;
beforeAll(async () => {
  town = await openTown({ setUp: true });
});
afterAll(() => town.close());

const join = (name: string): Actor => town.guild.join({ name });
const mentee = { timezone: 'Asia/Karachi' };

/** Reads the bot's own file beside it. */
async function inDatabase<T>(read: (db: Awaited<ReturnType<typeof openDatabase>>) => Promise<T>): Promise<T> {
  const db = await openDatabase(town.database);
  try {
    return await read(db);
  } finally {
    await db.destroy();
  }
}

const profilesOf = (person: Actor) =>
  inDatabase((db) => db.selectFrom('profiles').selectAll().where('user_id', '=', person.id).execute());

test('the code of conduct is agreed to once: whoever comes back to register in the other role goes on to the form', async () => {
  const dana = join('Dana');
  const home = await dana.slash('home');
  const first = await dana.slash('register mentee', { timezone: 'America/New_York' });
  expect(first.text).toContain('Code of conduct');
  await dana.press('I agree', first);
  await dana.submit({ Specialties: ['pediatrics'], Stage: ['step-1'], Languages: ['en'], Topics: ['interviews'] });
  expect((await dana.slash('register mentor', { timezone: 'America/New_York', capacity: 1 })).kind).toBe('modal');
  // By the door that she had before she registered, too.
  expect((await dana.press('I can help', home)).modal?.components).toHaveLength(5);
});

describe('the first time', () => {
  test('the code of conduct is shown before anything is asked, and the form opens on agreeing', async () => {
    const person = join('Amal');
    const first = await person.slash('register mentee', mentee);
    expect(first.ephemeral).toBe(true);
    expect(first.text).toMatch(/code of conduct/i);
    expect(first.text).toMatch(/exam integrity/i);
    const form = await person.press('I agree', first);
    expect(form.kind).toBe('modal');
    expect(form.modal?.components).toHaveLength(5);
    for (const label of ['Specialties', 'Stage', 'Languages', 'Topics', 'About you'])
      expect(form.text).toContain(label);
  });

  test('a mentee is registered, told what comes next, and offered to find a mentor', async () => {
    const person = join('Bilal');
    const answer = await register(person, 'mentee', mentee);
    expect(answer.ephemeral).toBe(true);
    expect(answer.text).toContain('Karachi');
    expect(answer.text).toContain('Find a mentor');
    expect(await profilesOf(person)).toMatchObject([{ role: 'mentee', verification: 'none', stage: 'applying' }]);
  });

  test('where somebody lives is taken as they say it, asked where it can be several places, and never guessed', async () => {
    const person = join('Zoya');
    const refused = async (timezone: string) => (await person.slash('register mentee', { timezone })).text;
    const ask = await refused('Hyderabad');
    expect(ask).toContain('can mean more than one clock');
    expect(ask).toContain('Hyderabad, Andhra Pradesh, India · Kolkata (UTC+5:30): `Asia/Kolkata`');
    expect(ask).toContain('Hyderabad, Sind, Pakistan · Karachi (UTC+5): `Asia/Karachi`');
    for (const [typed, shown] of [
      ['IST', 'Dublin'],
      ['usa', 'Los Angeles'],
      ['Georgia', 'Tbilisi'],
    ] as const)
      // prettier-ignore
      expect(await refused(typed)).toContain(shown);
    expect(await refused('somewhere over *the rainbow*')).toMatch(/“somewhere over the rainbow” is not a time zone/);
    expect(await refused('Lahor')).toContain('Perhaps you mean');
    expect(await profilesOf(person)).toEqual([]);
    const registered = await register(person, 'mentee', { timezone: 'Hyderabad, Pakistan' });
    expect(registered.text).toContain('Karachi (UTC+5)');
  });

  test('a mentor is told that a moderator looks at it, how long that takes and how many places they give', async () => {
    const person = join('Chen');
    const answer = await register(person, 'mentor', { stage: 'resident', capacity: 2 });
    expect(answer.text).toMatch(/moderator/);
    expect(answer.text).toMatch(/few days/);
    expect(answer.text).toMatch(/up to 2 mentees/);
    expect(await profilesOf(person)).toMatchObject([{ role: 'mentor', verification: 'waiting', capacity: 2 }]);
  });

  test('leaving out the capacity gives one place, and says so', async () => {
    const person = join('Dina');
    await person.press('I agree', await person.slash('register mentor', mentee));
    const answer = await submit(person, { Stage: ['fellow'] });
    expect(answer.text).toMatch(/one mentee at a time/);
  });

  test('"About you" may stay empty', async () => {
    const person = join('Emeka');
    await person.press('I agree', await person.slash('register mentee', mentee));
    await submit(person, { 'About you': '' });
    expect(await profilesOf(person)).toMatchObject([{ about: '' }]);
  });
});

describe('when Discord is slow', () => {
  test('the form still opens once, and is never overtaken by a deferral', async () => {
    const person = join('Slow');
    const first = await person.slash('register mentee', mentee);
    town.sandbox.fault({ kind: 'slow', ms: 2_200, route: /interactions/ });
    const form = await person.press('I agree', first);
    expect(form.kind).toBe('modal');
    expect((await submit(person, {})).text).toMatch(/registered as a mentee/);
  });
});

describe('a changed code of conduct', () => {
  test('is asked again before the form of an edit opens', async () => {
    const person = join('Second reader');
    await register(person, 'mentee', { ...mentee, about: 'Still here.' });
    await inDatabase((db) =>
      db.updateTable('members').set({ conduct_version: 0 }).where('user_id', '=', person.id).execute(),
    );
    const asked = await person.slash('profile edit');
    expect(asked.text).toMatch(/code of conduct/i);
    const form = await person.press('I agree', asked);
    expect(JSON.stringify(form.modal)).toContain('Still here.');
    expect((await person.submit({})).text).toMatch(/up to date/);
  });
});

describe('the second time', () => {
  test('in the same role says so, and the button opens the form with everything filled in', async () => {
    const person = join('Farah');
    await register(person, 'mentee', { ...mentee, specialties: ['neurology'], about: 'Night owl.' });
    const answer = await person.slash('register mentee', { timezone: 'Europe/London' });
    expect(answer.text).toMatch(/already registered as a mentee/);
    const form = await person.press('Edit mentee profile', answer);
    expect(JSON.stringify(form.modal)).toContain('Night owl.');
    await person.submit({ Topics: ['visas'] });
    expect(await profilesOf(person)).toMatchObject([{ specialties: '["neurology"]', topics: '["visas"]' }]);
    expect((await person.slash('profile show')).text).toContain('London');
  });

  test('in the other role asks for no second consent, and takes over what both share', async () => {
    const person = join('Gita');
    await register(person, 'mentee', { ...mentee, stage: 'interviewing', languages: ['en', 'hi'] });
    const form = await person.slash('register mentor', mentee);
    expect(form.kind).toBe('modal');
    await person.submit({ Specialties: ['pathology'], Topics: ['exams'] });
    expect(await profilesOf(person)).toHaveLength(2);
    expect((await profilesOf(person)).find((one) => one.role === 'mentor')).toMatchObject({
      stage: 'interviewing',
      languages: '["en","hi"]',
    });
  });

  test('in the other role keeps the country that was given with the first', async () => {
    const person = join('Guadalupe');
    const first = await person.slash('register mentee', { ...mentee, country: 'PK', show_country: true });
    await person.press('I agree', first);
    await person.submit({ Specialties: ['neurology'], Stage: ['applying'], Languages: ['en'], Topics: ['visas'] });
    await person.slash('register mentor', { timezone: mentee.timezone });
    await person.submit({ Specialties: ['pathology'], Topics: ['exams'] });
    const shown = await person.slash('profile show');
    expect(shown.text).toContain('Pakistan (others see it)');
  });

  test('the same form sent twice at once leaves one profile and one card for the moderators', async () => {
    const person = join('Hamid');
    const form = await person.press('I agree', await person.slash('register mentor', mentee));
    const fields = { Specialties: ['urology'], Stage: ['resident'], Languages: ['en'], Topics: ['exams'] };
    expect(form.kind).toBe('modal');
    const [one, two] = await Promise.all([person.submit(fields), person.submit(fields)]);
    expect([one.text, two.text].join()).not.toMatch(/went wrong/);
    const [profile] = await profilesOf(person);
    expect(await profilesOf(person)).toHaveLength(1);
    const cards = await inDatabase((db) =>
      db
        .selectFrom('notices')
        .selectAll()
        .where('subject_id', '=', profile?.id ?? '')
        .execute(),
    );
    expect(cards.filter((notice) => notice.kind === 'mentor-review')).toHaveLength(1);
  });
});

describe('bad input is answered clearly and changes nothing', () => {
  test('a zone that does not exist: the nearest ones are named', async () => {
    const answer = await join('Ines').slash('register mentee', { timezone: 'Karachee' });
    expectRefusal(answer, /Asia\/Karachi/);
  });

  test('a zone that resembles none', async () => {
    expectRefusal(await join('Ivo').slash('register mentee', { timezone: '🦄' }), /time zone/);
  });

  test('a country that does not exist', async () => {
    expectRefusal(await join('Jana').slash('register mentee', { ...mentee, country: 'Narnia' }), /country/);
  });

  test('a mentor who is still a student reads what to do instead', async () => {
    const person = join('Kofi');
    expectRefusal(await register(person, 'mentor', { stage: 'student' }), /near-peer|register mentee/);
    expect(await profilesOf(person)).toHaveLength(0);
  });

  test('an attending who looks for a mentor reads why there can be none', async () => {
    expectRefusal(await register(join('Lena'), 'mentee', { stage: 'attending' }), /attending/);
  });

  test('a mentor who would accept nobody', async () => {
    const person = join('Musa');
    const first = await person.slash('register mentor', { ...mentee, accepts_from: 'interviewing' });
    await person.press('I agree', first);
    expectRefusal(await submit(person, { Stage: ['applying'] }), /nobody would be left/);
    expect(await profilesOf(person)).toHaveLength(0);
  });

  test('a forged form: unknown values, no values, endless text, fields of another kind', async () => {
    const person = join('Nadia');
    const form = await person.press('I agree', await person.slash('register mentee', mentee));
    const customId = form.modal?.custom_id ?? '';
    const forge = (fields: Record<string, string>) => person.forge({ kind: 'modal', customId, fields });
    expectRefusal(await forge({ specialties: 'wizardry', stage: 'archmage' }), /Nothing was saved/);
    expectRefusal(await forge({ about: 'x'.repeat(4_000) }), /Nothing was saved/);
    expect(await profilesOf(person)).toHaveLength(0);
  });

  test('forged ids of forms and buttons', async () => {
    const person = join('Omar');
    const on = (await person.slash('register mentee', mentee)).message;
    const ids = [
      'register-form:mentor:Mars/Base::0:1::',
      'register-form:mentor:Asia/Karachi::0:99::',
      'register-form:mentor:Asia/Karachi::0:0::',
      'register-form:mentor:Asia/Karachi:ZZ:0:1::',
      'register-form:admin:Asia/Karachi::0:1::',
      'register-form',
    ];
    for (const customId of ids) {
      expectRefusal(await person.forge({ kind: 'modal', customId }), /./);
    }
    expectRefusal(
      await person.forge({ kind: 'button', on, customId: 'register-agree:mentee:Asia/Karachi::0:0:::999' }),
      /changed/,
    );
    expectRefusal(await person.forge({ kind: 'button', on, customId: 'profile-edit:mentor' }), /./);
    expect(await profilesOf(person)).toHaveLength(0);
  });

  test('a form without consent is not saved', async () => {
    const person = join('Petra');
    const donor = join('Donor');
    const form = await donor.press('I agree', await donor.slash('register mentee', mentee));
    const answer = await person.forge({ kind: 'modal', customId: form.modal?.custom_id ?? '' });
    expectRefusal(answer, /Nothing was saved|code of conduct/);
    expect(await profilesOf(person)).toHaveLength(0);
  });

  test('a server that is not set up', async () => {
    const other = town.sandbox.createGuild({ name: 'Elsewhere' });
    const person = other.join({ name: 'Quentin' });
    expectRefusal(await person.slash('register mentee', mentee), /\/setup start/);
  });
});

describe('autocomplete', () => {
  test('finds zones by city, abbreviation and offset, each with its offset', async () => {
    const person = join('Rosa');
    const byCity = await person.complete('register mentee', 'timezone', 'karach');
    expect(byCity[0]).toMatchObject({ value: 'Asia/Karachi', name: expect.stringContaining('UTC+5') as string });
    expect((await person.complete('register mentor', 'timezone', '+5:45')).map(({ value }) => value)).toContain(
      'Asia/Kathmandu',
    );
    expect((await person.complete('register mentor', 'timezone', '')).length).toBeGreaterThan(5);
  });

  test('finds countries', async () => {
    const found = await join('Sara').complete('register mentee', 'country', 'pak');
    expect(found).toContainEqual({ name: 'Pakistan', value: 'PK' });
  });
});

async function submit(person: Actor, fields: Record<string, string | readonly string[]>): Promise<Answer> {
  return await person.submit({
    Specialties: ['internal-medicine'],
    Stage: ['applying'],
    Languages: ['en'],
    Topics: ['interviews'],
    ...fields,
  });
}

function expectRefusal(answer: Answer, about: RegExp): void {
  expect(answer.ephemeral).toBe(true);
  expect(answer.text).toMatch(about);
  expect(answer.text).not.toMatch(/went wrong/i);
}
