import { UserError } from '../../src/errors.ts';
import { findMember } from '../../src/db/members.ts';
import { findProfile } from '../../src/db/profiles.ts';
import { deleteMemberData } from '../../src/lifecycle/personal-data.ts';
import { memberBack, memberLeft } from '../../src/lifecycle/leavers.ts';
import { suggest } from '../../src/matching/index.ts';
import { menteeOf } from '../../src/mentoring/matchable.ts';
import { endMentorship, endReasons } from '../../src/mentoring/mentorships.ts';
import { agreeToConduct, saveProfile } from '../../src/mentoring/profiles/save.ts';
import { rulesOf } from '../../src/mentoring/requests/rules.ts';
import { withdrawRequest } from '../../src/mentoring/requests/withdraw.ts';
import { declineMentor, suspendMentor, verifyMentor } from '../../src/mentoring/verification.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { findGuild, updateGuild } from '../../src/db/guilds.ts';
import { touchPool } from '../../src/db/pool.ts';
import { findMentors, findReasons, suggestionLimit, type FindOutcome } from '../../src/mentoring/find.ts';
import { requireGuild } from '../../src/guild/guilds.ts';
import { openPool, type Pool, readPool } from '../../src/mentoring/pool.ts';
import { pauseMember, resumeDue, resumeMember } from '../../src/mentoring/profiles/pause.ts';
import { acceptRequest, declineRequest } from '../../src/mentoring/requests/answer.ts';
import { requestMentor } from '../../src/mentoring/requests/ask.ts';
import { joinWaitlist } from '../../src/mentoring/waitlist.ts';
import { openTestContext, seededRandom, type TestContext, testGuildId as guildId } from '../support/context.ts';
import { addMentee, addMentor, addProfile, type MemberSpec, newUserId } from '../support/members.ts';
import { passDays } from '../support/time.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
});

const find = (menteeId: string) => findMentors(ctx, guildId, menteeId);
const idsOf = (found: FindOutcome) =>
  found.is === 'suggestions' ? found.mentors.map(({ profile }) => profile.user_id) : found.is;
const touch = () => ctx.db.transaction().execute((trx) => touchPool(trx, guildId));
const ask = async (menteeId: string, mentorId: string) =>
  (await requestMentor(ctx, { guildId, menteeId, mentorId, message: '' })).request;

/** Registers a mentor in the course of the test, as the use case would: the pool hears of it. */
async function joinMentor(spec: MemberSpec = {}): Promise<string> {
  const mentor = await addMentor(ctx, spec);
  await touch();
  return mentor;
}

describe('a search', () => {
  test('shows at most five, the one who suits best first, with reasons, and says how many more there are', async () => {
    const best = await joinMentor({ topics: ['interviews', 'visas'] });
    for (let i = 0; i < 6; i += 1) await joinMentor({ specialties: ['pathology'], topics: ['research'] });
    const found = await find(await addMentee(ctx, { topics: ['interviews', 'visas'] }));
    if (found.is !== 'suggestions') throw new Error(found.is);
    expect(found.mentors).toHaveLength(suggestionLimit);
    expect(found.more).toBe(2);
    expect(found.mentors[0]?.profile.user_id).toBe(best);
    expect(found.mentors[0]?.reasons.map((reason) => reason.part)).toEqual(['specialty', 'topics', 'stage', 'hours']);
  });

  test('shows what has just changed: a new mentor, a pause, a last place taken', async () => {
    const mentee = await addMentee(ctx);
    const [first, second] = [await joinMentor(), await joinMentor()];
    expect(idsOf(await find(mentee))).toHaveLength(2);
    const third = await joinMentor();
    expect(idsOf(await find(mentee))).toContain(third);
    await pauseMember(ctx, { guildId, userId: first }, {});
    expect(idsOf(await find(mentee))).not.toContain(first);
    await acceptRequest(ctx, second, (await ask(await addMentee(ctx), second)).id);
    expect(idsOf(await find(mentee))).toEqual([third]);
  });

  test('does not show again who was asked, who declined, or who did not answer lately', async () => {
    const mentee = await addMentee(ctx);
    const [asked, declined, silent, fresh] = [
      await joinMentor(),
      await joinMentor(),
      await joinMentor(),
      await joinMentor(),
    ];
    await declineRequest(ctx, declined, (await ask(mentee, declined)).id, { choice: 'no-place', note: '' });
    await ask(mentee, silent);
    await passDays(ctx, 7);
    await ask(mentee, asked);
    expect(idsOf(await find(mentee))).toEqual([fresh]);
    await passDays(ctx, 31);
    expect(idsOf(await find(mentee))).toEqual(expect.arrayContaining([declined, silent, fresh]));
  });

  test('by a mentee with a mentor, with three choices, or with one pending says where they stand', async () => {
    const mentee = await addMentee(ctx);
    const mentors = [await joinMentor(), await joinMentor(), await joinMentor(), await joinMentor()];
    const request = await ask(mentee, mentors[0] ?? '');
    expect(await find(mentee)).toMatchObject({ is: 'suggestions', choicesLeft: 2, pending: { id: request.id } });
    for (const mentor of mentors.slice(1, 3)) await ask(mentee, mentor);
    expect(await find(mentee)).toMatchObject({ is: 'all-named', pending: { id: request.id } });
    await acceptRequest(ctx, mentors[0] ?? '', request.id);
    expect(await find(mentee)).toMatchObject({ is: 'has-mentor', mentorship: { mentor_id: mentors[0] } });
  });

  test('without anybody eligible says which rule excluded how many, and how many wait', async () => {
    await joinMentor({ languages: ['es'] });
    await joinMentor({ languages: ['ar'] });
    await joinMentor({ profile: { verification: 'waiting' } });
    const mentee = await addMentee(ctx);
    await addProfile(ctx, mentee, 'mentor', { profile: { stage: 'resident', capacity: 1, verification: 'verified' } });
    await touch();
    await joinWaitlist(ctx, guildId, await addMentee(ctx));
    const found = await find(mentee);
    expect(found).toMatchObject({ is: 'nobody', considered: 3, place: undefined, waiting: 1 });
    // They themselves are not counted.
    expect(found.is === 'nobody' && new Map(found.excluded)).toEqual(
      new Map([
        ['language', 2],
        ['unverified', 1],
      ]),
    );
  });

  test('is for registered mentees who have not paused', async () => {
    await expect(find(newUserId())).rejects.toThrow(/\/register mentee/);
    await expect(find(await addMentee(ctx, { profile: { state: 'paused' } }))).rejects.toThrow(/\/profile resume/);
    await expect(find(await addMentee(ctx, { member: { left_at: ctx.now() } }))).rejects.toThrow(/\/register mentee/);
    await expect(findMentors(ctx, '1', await addMentee(ctx))).rejects.toThrow(/\/setup start/);
  });

  test('in a guild that has just begun to verify shows nobody unverified', async () => {
    await updateGuild(ctx.db, guildId, { mentor_verification: 0 });
    const mentee = await addMentee(ctx);
    const mentor = await joinMentor({ profile: { verification: 'none' } });
    expect(idsOf(await find(mentee))).toEqual([mentor]);
    await updateGuild(ctx.db, guildId, { mentor_verification: 1 });
    expect(idsOf(await find(mentee))).toBe('nobody');
  });

  test('among those who suit alike shows the one first who was asked less lately, then who has waited longer', async () => {
    const first = await joinMentor({ profile: { capacity: 3 } });
    ctx.advance({ days: 1 });
    const second = await joinMentor({ profile: { capacity: 3 } });
    const mentee = await addMentee(ctx);
    expect(idsOf(await find(mentee))).toEqual([first, second]);
    await ask(await addMentee(ctx), first);
    expect(idsOf(await find(mentee))).toEqual([second, first]);
  });
});

describe('the pool', () => {
  const open = async () => {
    const guild = await findGuild(ctx.db, guildId);
    if (!guild) throw new Error('no guild');
    return await openPool(ctx, guild);
  };

  test('is read once as long as nothing changes, also by many at a time', async () => {
    await joinMentor();
    const [a, b] = await Promise.all([open(), open()]);
    expect(a).toBe(b);
    ctx.advance({ minutes: 30 });
    expect(await open()).toBe(a);
    await touch();
    expect(await open()).not.toBe(a);
  });

  test('takes the offset of each hour: daylight saving ends between two searches', async () => {
    ctx = await openTestContext({ at: '2026-11-01T05:30:00Z' });
    const mentor = await joinMentor({ zone: 'America/New_York' });
    const offset = async () => (await open()).packed.mentors.find(({ id }) => id === mentor)?.offsetMinutes;
    expect(await offset()).toBe(-240);
    ctx.advance({ hours: 1 });
    expect(await offset()).toBe(-300);
  });

  test('of one guild knows nothing of another', async () => {
    const other = '900000000000000099';
    await ctx.db.insertInto('guilds').values({ id: other, zone: 'Etc/UTC', set_up_at: ctx.now() }).execute();
    await addMentor(ctx, { guildId: other });
    expect(idsOf(await find(await addMentee(ctx)))).toBe('nobody');
  });
});

describe('a pool that is kept is what one read anew would be', () => {
  test.each([1, 2, 3, 4])('whatever people do, one after the other (%i)', async (seed) => {
    // Daylight saving ends in New York on 1 November 2026 at 06:00 UTC, and in London on 25 October.
    ctx = await openTestContext({ at: '2026-10-24T20:00:00Z', seed });
    await updateGuild(ctx.db, guildId, { mentor_verification: 1 });
    const random = seededRandom(seed);
    const pick = <T>(from: readonly T[]) => from[Math.floor(random() * from.length)] as T;
    const guild = await requireGuild(ctx.db, guildId);
    const people = Array.from({ length: 24 }, newUserId);
    const moderator = { guildId, userId: newUserId() };
    const zones = ['America/New_York', 'Asia/Karachi', 'Europe/London', 'Asia/Kathmandu'];
    for (const userId of people) await agreeToConduct(ctx, { guildId, userId }, pick(zones), 1);

    const save = async (userId: string) => {
      const role = pick(['mentor', 'mentor', 'mentee'] as const);
      const draft = {
        role,
        zone: pick(zones),
        country: pick([null, 'PK', 'EG']),
        showsCountry: random() < 0.5,
        capacity: role === 'mentor' ? 1 + Math.floor(random() * 3) : 0,
        acceptsFrom: role === 'mentor' ? pick([null, 'applying']) : null,
        priority: null,
      };
      await saveProfile(ctx, { guildId, userId }, draft, {
        specialties: [pick(['internal-medicine', 'neurology', 'pathology'])],
        stage: role === 'mentor' ? pick(['resident', 'fellow']) : pick(['step-1', 'applying']),
        languages: ['en'],
        topics: [pick(['interviews', 'visas', 'research'])],
        about: '',
      });
    };
    const profileOf = (userId: string) => findProfile(ctx.db, guildId, userId, 'mentor');
    const requests = (state: 'pending' | 'queued') =>
      ctx.db.selectFrom('requests').selectAll().where('state', '=', state).orderBy('id').execute();
    const acts: Record<string, () => Promise<unknown>> = {
      save: () => save(pick(people)),
      pause: () => pauseMember(ctx, { guildId, userId: pick(people) }, random() < 0.5 ? { days: 1 } : {}),
      async resume() {
        const paused = await ctx.db.selectFrom('profiles').select('user_id').where('state', '=', 'paused').execute();
        if (paused.length > 0) await resumeMember(ctx, { guildId, userId: pick(paused).user_id });
      },
      pausesEnd: () => resumeDue(ctx),
      async verify() {
        const profile = await profileOf(pick(people));
        const level = { level: 'resident', method: 'video-call' };
        if (profile) await verifyMentor(ctx, moderator, { userId: profile.user_id }, level, 'everything');
      },
      decline: () => declineMentor(ctx, moderator, { userId: pick(people) }, ''),
      suspend: () => suspendMentor(ctx, moderator, { userId: pick(people) }),
      async ask() {
        const menteeId = pick(people);
        const found = await find(menteeId);
        if (found.is === 'suggestions') await ask(menteeId, pick(found.mentors).profile.user_id);
      },
      async accept() {
        const request = pick(await requests('pending'));
        if (request) await acceptRequest(ctx, request.mentor_id, request.id);
      },
      async declineRequest() {
        const request = pick(await requests('pending'));
        if (request) await declineRequest(ctx, request.mentor_id, request.id, { choice: 'no-place', note: '' });
      },
      async withdraw() {
        const request = pick([...(await requests('pending')), ...(await requests('queued'))]);
        if (request) await withdrawRequest(ctx, request.mentee_id, request.id);
      },
      async end() {
        const rows = await ctx.db.selectFrom('mentorships').selectAll().where('state', '=', 'active').execute();
        const row = pick(rows);
        if (row) await endMentorship(ctx, row.mentee_id, row.id, pick(endReasons));
      },
      async menteeLeaves() {
        const row = pick(await ctx.db.selectFrom('mentorships').selectAll().where('state', '=', 'active').execute());
        if (row) await memberLeft(ctx, guildId, row.mentee_id);
      },
      leave: () => memberLeft(ctx, guildId, pick(people)),
      comeBack: () => memberBack(ctx, guildId, pick(people)),
      async erase() {
        const userId = pick(people);
        await deleteMemberData(ctx, { guildId, userId });
        await agreeToConduct(ctx, { guildId, userId }, pick(zones), 1);
      },
      hour: () => Promise.resolve(ctx.advance({ minutes: Math.floor(random() * 180) })),
      days: () => passDays(ctx, 1 + Math.floor(random() * 10)),
      clockSetBack: () => Promise.resolve(ctx.advance({ minutes: -90 })),
    };

    const byId = (pool: Pool) => [...pool.packed.mentors].toSorted((a, b) => a.id.localeCompare(b.id));
    const done = new Set<string>();
    const likely = ['save', 'verify', 'resume', 'ask', 'ask', 'accept'];
    for (let i = 0; i < 500; i += 1) {
      const act = pick([...Object.keys(acts), ...likely]);
      try {
        await acts[act]!();
        done.add(act);
      } catch (error) {
        // Most people may not do most things most of the time.
        if (!(error instanceof UserError)) throw error;
      }
      const now = await requireGuild(ctx.db, guildId);
      const [kept, fresh] = [await openPool(ctx, now), await readPool(ctx, guildId)];
      expect(byId(kept), `after ${act}, act ${i}`).toEqual(byId(fresh));
      for (const [id, profile] of fresh.profiles) {
        expect(kept.profiles.get(id), act).toEqual(profile);
      }
      expect(kept.profiles.size).toBe(fresh.profiles.size);
      const given = { k: 5, relations: { blocked: new Set<string>(), badFit: new Set<string>(), asked: new Set<string>() }, rules: rulesOf(guild) }; // prettier-ignore
      for (const userId of people.slice(0, 6)) {
        const profile = await findProfile(ctx.db, guildId, userId, 'mentee');
        const member = await findMember(ctx.db, guildId, userId);
        if (!profile || !member) continue;
        const mentee = menteeOf(profile, member, Date.parse(ctx.now()));
        expect(suggest(mentee, kept.packed, given), act).toEqual(suggest(mentee, fresh.packed, given));
      }
    }
    // Each act has happened, so that none is only refused.
    expect([...done].toSorted()).toEqual(Object.keys(acts).toSorted());
    expect((await ctx.db.selectFrom('mentorships').select('id').execute()).length).toBeGreaterThan(0);
  });
});

test('reasons can be told of any pair, and of nobody where one is not registered', async () => {
  const [mentor, mentee] = [await addMentor(ctx), await addMentee(ctx)];
  const guild = await requireGuild(ctx.db, guildId);
  const reasons = await findReasons(ctx, guild, { mentorId: mentor, menteeId: mentee });
  expect(reasons[0]).toEqual({ part: 'specialty', kind: 'same', specialties: ['internal-medicine'] });
  expect(await findReasons(ctx, guild, { mentorId: newUserId(), menteeId: mentee })).toEqual([]);
});
