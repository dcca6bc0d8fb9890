import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { codeOfConduct } from '../../src/content/index.ts';
import { upsertGuild } from '../../src/db/guilds.ts';
import { findMember } from '../../src/db/members.ts';
import { findProfile, listProfiles } from '../../src/db/profiles.ts';
import { UserError } from '../../src/errors.ts';
import { decodeDraft, encodeDraft } from '../../src/mentoring/profiles/draft.ts';
import { pauseMember, resumeDue, resumeMember } from '../../src/mentoring/profiles/pause.ts';
import { agreeToConduct, saveProfile } from '../../src/mentoring/profiles/save.ts';
import { findVisibleProfiles } from '../../src/mentoring/profiles/visible.ts';
import { acceptRequest } from '../../src/mentoring/requests/answer.ts';
import { saveSetup } from '../../src/lifecycle/setup.ts';
import { declineMentor } from '../../src/mentoring/verification.ts';
import { openTestContext, type TestContext, testGuildId } from '../support/context.ts';
import { addCrowd, strangers } from '../support/crowd.ts';
import { owedTo } from '../support/members.ts';
import { memberNumber, registerPerson, registerVerified, testModeratorId } from '../support/people.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
});
afterEach(() => ctx.db.destroy());

const ada = memberNumber(1);
const ben = memberNumber(2);
const moderator = { guildId: testGuildId, userId: testModeratorId };

const notices = (kind: string) =>
  ctx.db
    .selectFrom('notices')
    .selectAll()
    .where('kind', '=', kind as never)
    .execute();
const poolVersion = async () =>
  (await ctx.db.selectFrom('guilds').select('pool_version').where('id', '=', testGuildId).executeTakeFirstOrThrow())
    .pool_version;

/** An order of requests as they lie in the database. */
async function insertRequest(
  id: string,
  mentorId: string,
  menteeId: string,
  state: 'pending' | 'queued',
): Promise<void> {
  const at = ctx.now();
  await ctx.db
    .insertInto('requests')
    .values({
      id,
      guild_id: testGuildId,
      mentor_id: mentorId,
      mentee_id: menteeId,
      state,
      message: 'Please',
      created_at: at,
      sent_at: state === 'pending' ? at : null,
      expires_at: state === 'pending' ? at : null,
    })
    .execute();
}

describe('registering', () => {
  test('a new mentor waits, the moderators owe a look, and roles are owed', async () => {
    const before = await poolVersion();
    const saved = await registerPerson(ctx, ada, 'mentor', { capacity: 3 });
    expect(saved).toMatchObject({ was: 'new', queued: true, profile: { verification: 'waiting', capacity: 3 } });
    expect(await notices('mentor-review')).toMatchObject([{ user_id: null, subject_id: saved.profile.id }]);
    expect(await notices('member-roles')).toMatchObject([{ user_id: ada.userId, subject_id: saved.profile.id }]);
    expect(await poolVersion()).toBeGreaterThan(before);
  });

  test('a new mentor of a guild without verification is live at once', async () => {
    await upsertGuild(ctx.db, { id: testGuildId, zone: 'Etc/UTC', set_up_at: ctx.now(), mentor_verification: 0 });
    expect(await registerPerson(ctx, ada, 'mentor')).toMatchObject({
      queued: false,
      profile: { verification: 'none' },
    });
    expect(await notices('mentor-review')).toHaveLength(0);
  });

  test('twice at once leaves one profile, one card and one role order', async () => {
    await Promise.all([registerPerson(ctx, ada, 'mentor'), registerPerson(ctx, ada, 'mentor')]);
    expect(await listProfiles(ctx.db, testGuildId, ada.userId)).toHaveLength(1);
    expect(await notices('mentor-review')).toHaveLength(1);
    expect(await notices('member-roles')).toHaveLength(1);
  });

  test('repeated entries count once', async () => {
    const { profile } = await registerPerson(ctx, ada, 'mentee', { languages: ['en', 'en', 'ur'] });
    expect(profile.languages).toEqual(['en', 'ur']);
  });

  test.each([
    ['no specialty', { specialties: [] }],
    ['four specialties', { specialties: ['neurology', 'urology', 'pathology', 'pediatrics'] }],
    ['an unknown specialty', { specialties: ['wizardry'] }],
    ['an unknown stage', { stage: 'archmage' }],
    ['no language', { languages: [] }],
    ['seven topics', { topics: ['exams', 'visas', 'cv', 'letters', 'research', 'family', 'wellbeing'] }],
    ['text beyond the limit', { about: 'x'.repeat(601) }],
    ['a zone that is none', { zone: 'Mars/Base' }],
    ['a country that is none', { country: 'ZZ' }],
    ['a priority that is none', { priority: 'money' }],
    ['an attending who looks for a mentor', { stage: 'attending' }],
  ])('as a mentee with %s is refused in words, and stores no profile', async (_, person) => {
    await expect(registerPerson(ctx, ada, 'mentee', person)).rejects.toThrow(UserError);
    expect(await listProfiles(ctx.db, testGuildId, ada.userId)).toHaveLength(0);
    expect(await ctx.db.selectFrom('notices').selectAll().execute()).toHaveLength(0);
  });

  test.each([
    ['no place', { capacity: 0 }],
    ['99 places', { capacity: 99 }],
    ['half a place', { capacity: 1.5 }],
    ['the stage of a student', { stage: 'student' }],
    ['mentees from the own stage on', { stage: 'applying', acceptsFrom: 'reapplying' }],
    ['a mentee’s priority', { priority: 'hours' }],
  ])('as a mentor with %s is refused in words', async (_, person) => {
    await expect(registerPerson(ctx, ada, 'mentor', person)).rejects.toThrow(UserError);
    expect(await listProfiles(ctx.db, testGuildId, ada.userId)).toHaveLength(0);
  });

  test('exactly 600 characters about oneself are kept as typed', async () => {
    const about = '*'.repeat(600);
    expect((await registerPerson(ctx, ada, 'mentee', { about })).profile.about).toBe(about);
  });

  test('without consent, or to a version that is no more, nothing is stored', async () => {
    const draft = decodeDraft(['mentee', 'Etc/UTC', '', '0', '0', '', '']);
    const form = { specialties: ['urology'], stage: 'applying', languages: ['en'], topics: ['exams'], about: '' };
    await expect(saveProfile(ctx, ada, draft, form)).rejects.toThrow(/code of conduct/);
    await expect(agreeToConduct(ctx, ada, 'Etc/UTC', 999)).rejects.toThrow(/changed/);
    expect(await findMember(ctx.db, testGuildId, ada.userId)).toBeUndefined();
  });

  test('consent is asked again when its version has grown since', async () => {
    await registerPerson(ctx, ada, 'mentee');
    await ctx.db.updateTable('members').set({ conduct_version: 0 }).execute();
    const draft = decodeDraft(['mentee', 'Etc/UTC', '', '0', '0', '', '']);
    const form = { specialties: ['urology'], stage: 'applying', languages: ['en'], topics: ['exams'], about: '' };
    await expect(saveProfile(ctx, ada, draft, form)).rejects.toThrow(/code of conduct/);
  });

  test('a country counts as shown only with a country', async () => {
    await registerPerson(ctx, ada, 'mentee', { showsCountry: true });
    expect(await findMember(ctx.db, testGuildId, ada.userId)).toMatchObject({ country: null, shows_country: 0 });
    await registerPerson(ctx, ada, 'mentee', { country: 'EG', showsCountry: true });
    expect(await findMember(ctx.db, testGuildId, ada.userId)).toMatchObject({ country: 'EG', shows_country: 1 });
  });

  test('in a guild that is not set up is refused', async () => {
    await expect(registerPerson(ctx, { guildId: '1', userId: '2' }, 'mentee')).rejects.toThrow(/\/setup start/);
  });
});

describe('editing', () => {
  test('keeps pause, verification and the time of registering', async () => {
    const before = await registerVerified(ctx, ada);
    await pauseMember(ctx, ada, {});
    ctx.advance({ days: 3 });
    const { profile, was } = await registerPerson(ctx, ada, 'mentor', { about: 'New words', capacity: 4 });
    expect(was).toBe('changed');
    expect(profile).toMatchObject({
      id: before.id,
      state: 'paused',
      verification: 'verified',
      verified_level: 'resident',
      created_at: before.created_at,
      changed_at: null,
      capacity: 4,
    });
  });

  test('the stage of a verified mentor keeps them verified and notes it for moderators', async () => {
    await registerVerified(ctx, ada);
    const { profile, queued } = await registerPerson(ctx, ada, 'mentor', { stage: 'fellow' });
    expect(profile).toMatchObject({ verification: 'verified', verified_level: 'resident', changed_at: ctx.now() });
    expect(queued).toBe(false);
  });

  test('a declined mentor asks again by it, with a card of its own', async () => {
    const { profile } = await registerPerson(ctx, ada, 'mentor');
    await declineMentor(ctx, moderator, { profileId: profile.id }, '');
    const saved = await registerPerson(ctx, ada, 'mentor', { about: 'Now with my hospital' });
    expect(saved).toMatchObject({ queued: true, profile: { verification: 'waiting', verified_by: null } });
    expect(await notices('mentor-review')).toHaveLength(2);
  });

  test('a mentor whom nobody had to verify waits once the guild asks for it', async () => {
    await upsertGuild(ctx.db, { id: testGuildId, zone: 'Etc/UTC', set_up_at: ctx.now(), mentor_verification: 0 });
    await registerPerson(ctx, ada, 'mentor');
    await upsertGuild(ctx.db, { id: testGuildId, zone: 'Etc/UTC', set_up_at: ctx.now(), mentor_verification: 1 });
    expect(await registerPerson(ctx, ada, 'mentor')).toMatchObject({
      queued: true,
      profile: { verification: 'waiting' },
    });
  });

  test('a draft survives the way through a custom id, and nothing else does', () => {
    const draft = decodeDraft(['mentor', 'America/Argentina/Buenos_Aires', 'AR', '1', '5', 'certification', '']);
    expect(decodeDraft(encodeDraft(draft))).toEqual(draft);
    for (const args of [[], ['mentor'], ['mentor', 'Etc/UTC', '', '0', 'NaN', '', ''], ['boss', 'Etc/UTC']]) {
      expect(() => decodeDraft(args)).toThrow(UserError);
    }
  });
});

describe('pausing', () => {
  test('releases what waits for the mentor, and ends by itself when its time has come', async () => {
    await registerVerified(ctx, ada);
    await registerPerson(ctx, ben, 'mentee');
    await insertRequest('r1', ada.userId, ben.userId, 'pending');
    const { roles, until } = await pauseMember(ctx, ada, { days: 7 });
    expect(roles).toEqual(['mentor']);
    expect(await ctx.db.selectFrom('requests').select('state').executeTakeFirst()).not.toMatchObject({
      state: 'pending',
    });
    ctx.advance({ days: 7, ms: -1 });
    expect(await resumeDue(ctx)).toBe(0);
    ctx.advance({ ms: 1 });
    expect(ctx.now()).toBe(until);
    const before = await poolVersion();
    expect(await resumeDue(ctx)).toBe(1);
    expect(await poolVersion()).toBe(before + 1);
    expect(await findProfile(ctx.db, testGuildId, ada.userId, 'mentor')).toMatchObject({
      state: 'active',
      paused_until: null,
      paused_by: null,
    });
    expect(await owedTo(ctx, ada.userId)).toContain('pause-over');
  });

  test('as mentor and mentee in one go ends with one message', async () => {
    await registerPerson(ctx, ada, 'mentee', { stage: 'interviewing' });
    await registerPerson(ctx, ada, 'mentor', { stage: 'interviewing' });
    await pauseMember(ctx, ada, { days: 7 });
    ctx.advance({ days: 7 });
    await resumeDue(ctx);
    expect((await owedTo(ctx, ada.userId)).filter((kind) => kind === 'pause-over')).toHaveLength(1);
  });

  test('of hundreds that end in the same minute ends for all of them, with one message each', async () => {
    const ids = strangers(450, 500_000_000_000_000_000n);
    await addCrowd(ctx.db, testGuildId, { mentees: ids.slice(0, 225), mentors: ids.slice(225) });
    for (const userId of ids.slice(225, 230)) {
      const row = await ctx.db
        .selectFrom('profiles')
        .selectAll()
        .where('user_id', '=', userId)
        .executeTakeFirstOrThrow();
      await ctx.db
        .insertInto('profiles')
        .values({ ...row, id: `too-${userId}`, role: 'mentee' })
        .execute();
    }
    await ctx.db.updateTable('profiles').set({ state: 'paused', paused_until: ctx.now(), paused_by: 'self' }).execute();
    ctx.advance({ minutes: 1 });
    expect(await resumeDue(ctx)).toBe(1);
    expect(await ctx.db.selectFrom('profiles').select('id').where('state', '=', 'paused').execute()).toEqual([]);
    const told = (await notices('pause-over')).map((notice) => notice.user_id);
    expect([told.length, new Set(told).size]).toEqual([450, 450]);
    expect(await resumeDue(ctx)).toBe(0);
  });

  test('takes both profiles unless one is named', async () => {
    await registerPerson(ctx, ada, 'mentee', { stage: 'interviewing' });
    await registerPerson(ctx, ada, 'mentor', { stage: 'interviewing' });
    expect((await pauseMember(ctx, ada, { role: 'mentor' })).roles).toEqual(['mentor']);
    expect((await findProfile(ctx.db, testGuildId, ada.userId, 'mentee'))?.state).toBe('active');
    expect((await pauseMember(ctx, ada, {})).roles).toEqual(['mentor', 'mentee']);
    expect((await resumeMember(ctx, ada)).roles).toEqual(['mentor', 'mentee']);
  });

  test('again changes when it ends', async () => {
    await registerPerson(ctx, ada, 'mentee');
    await pauseMember(ctx, ada, { days: 30 });
    await pauseMember(ctx, ada, {});
    expect(await findProfile(ctx.db, testGuildId, ada.userId, 'mentee')).toMatchObject({ paused_until: null });
  });

  test('by the bot for expired requests is ended by resuming, and they are forgotten', async () => {
    await registerVerified(ctx, ada);
    await ctx.db.updateTable('profiles').set({ state: 'paused', paused_by: 'expiries', expiries: 3 }).execute();
    await resumeMember(ctx, ada);
    expect(await findProfile(ctx.db, testGuildId, ada.userId, 'mentor')).toMatchObject({
      state: 'active',
      expiries: 0,
    });
  });

  test.each([0, 366, 1.5, -1])('for %d days is refused', async (days) => {
    await registerPerson(ctx, ada, 'mentee');
    await expect(pauseMember(ctx, ada, { days })).rejects.toThrow(UserError);
  });

  test('without a profile, and resuming what is not paused, are refused', async () => {
    await expect(pauseMember(ctx, ada, {})).rejects.toThrow(/\/register/);
    await registerPerson(ctx, ada, 'mentee');
    await expect(pauseMember(ctx, ada, { role: 'mentor' })).rejects.toThrow(/\/register mentor/);
    await expect(resumeMember(ctx, ada)).rejects.toThrow(/Nothing is paused/);
  });
});

describe('who sees whom', () => {
  const seen = async (viewer: { guildId: string; userId: string }, userId: string, isModerator = false) =>
    (await findVisibleProfiles(ctx, { ...viewer, isModerator }, userId))?.profiles.map(({ role }) => role);

  test('a verified mentor is seen by everybody, but not when paused, blocked in either direction, or gone', async () => {
    await registerVerified(ctx, ada);
    expect(await seen(ben, ada.userId)).toEqual(['mentor']);
    for (const [member, blocked] of [
      [ada, ben],
      [ben, ada],
    ] as const) {
      await ctx.db
        .insertInto('blocks')
        .values({ guild_id: testGuildId, member_id: member.userId, blocked_id: blocked.userId, created_at: ctx.now() })
        .execute();
      expect(await seen(ben, ada.userId)).toBeUndefined();
      await ctx.db.deleteFrom('blocks').execute();
    }
    await ctx.db.updateTable('members').set({ left_at: ctx.now() }).execute();
    expect(await seen(ben, ada.userId)).toBeUndefined();
    await ctx.db.updateTable('members').set({ left_at: null }).execute();
    await pauseMember(ctx, ada, {});
    expect(await seen(ben, ada.userId)).toBeUndefined();
    expect(await seen(ben, ada.userId, true)).toEqual(['mentor']);
  });

  test('a mentee is seen by the mentor who was asked, not by one who is only queued, and by moderators', async () => {
    await registerVerified(ctx, ada);
    await registerPerson(ctx, ben, 'mentee');
    expect(await seen(ada, ben.userId)).toBeUndefined();
    await insertRequest('r1', ada.userId, ben.userId, 'queued');
    expect(await seen(ada, ben.userId)).toBeUndefined();
    await ctx.db.updateTable('requests').set({ state: 'pending', sent_at: ctx.now() }).execute();
    expect(await seen(ada, ben.userId)).toEqual(['mentee']);
    expect(await seen(moderator, ben.userId)).toBeUndefined();
    expect(await seen(moderator, ben.userId, true)).toEqual(['mentee']);
  });
});

describe('fewer places', () => {
  test('than a mentor has mentees let go of whoever waits for one, and end nothing', async () => {
    await registerVerified(ctx, ada, { capacity: 2 });
    for (const [n, id] of [
      [2, 'first'],
      [3, 'second'],
    ] as const) {
      await registerPerson(ctx, memberNumber(n), 'mentee');
      await insertRequest(id, ada.userId, memberNumber(n).userId, 'pending');
    }
    await acceptRequest(ctx, ada.userId, 'first');
    await registerPerson(ctx, ada, 'mentor', { capacity: 2 });
    const states = async () =>
      await ctx.db.selectFrom('requests').select(['id', 'state', 'lapse']).orderBy('id').execute();
    expect(await states()).toMatchObject([{ state: 'accepted' }, { state: 'pending' }]);
    await registerPerson(ctx, ada, 'mentor', { capacity: 1 });
    expect(await states()).toMatchObject([{ state: 'accepted' }, { state: 'superseded', lapse: 'full' }]);
    expect((await notices('request-lapsed')).map((notice) => notice.user_id)).toEqual([memberNumber(3).userId]);
    expect(await ctx.db.selectFrom('mentorships').select('state').execute()).toEqual([{ state: 'active' }]);
  });
});

test('a mentor who registers while verification is being switched on waits for it, and the moderators are told', async () => {
  await upsertGuild(ctx.db, { id: testGuildId, zone: 'Etc/UTC', set_up_at: ctx.now(), mentor_verification: 0 });
  await agreeToConduct(ctx, ada, 'Etc/UTC', codeOfConduct.version);
  const [, { profile }] = await Promise.all([
    saveSetup(ctx, testGuildId, { verification: true }),
    registerPerson(ctx, ada, 'mentor'),
  ]);
  expect((await findProfile(ctx.db, testGuildId, ada.userId, 'mentor'))?.verification).toBe('waiting');
  expect(await notices('mentor-review')).toMatchObject([{ subject_id: profile.id }]);
});
