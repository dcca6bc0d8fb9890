import { beforeEach, expect, test } from 'vitest';
import { askedCard } from '../../../src/commands/mentor/answers.ts';
import { overviewCard } from '../../../src/commands/mentor/overview.ts';
import { findCard } from '../../../src/commands/mentor/suggestions.ts';
import { findMentors } from '../../../src/mentoring/find.ts';
import { pauseMember } from '../../../src/mentoring/profiles/pause.ts';
import { declineRequest } from '../../../src/mentoring/requests/answer.ts';
import { requestMentor } from '../../../src/mentoring/requests/ask.ts';
import { openRequests } from '../../../src/mentoring/requests/open.ts';
import { findOverview } from '../../../src/mentoring/requests/overview.ts';
import { limitRequests } from '../../../src/mentoring/requests/week.ts';
import { withdrawRequest } from '../../../src/mentoring/requests/withdraw.ts';
import { saveWeeks } from '../../../src/mentoring/requests/week-settings.ts';
import { findWaitlistPlace } from '../../../src/db/waitlist.ts';
import { later } from '../../../src/time.ts';
import { openTestContext, seededRandom, type TestContext, testGuildId as guildId } from '../../support/context.ts';
import { addMentee, addMentor, owedTo } from '../../support/members.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openTestContext();
});

const ask = async (menteeId: string, mentorId: string) =>
  await requestMentor(ctx, { guildId, menteeId, mentorId, message: 'Hello' });
const byId = async (id: string) =>
  await ctx.db.selectFrom('requests').selectAll().where('id', '=', id).executeTakeFirstOrThrow();

/** A mentor whose week is full, an hour between their three requests. */
async function busyMentor(): Promise<{ mentor: string; sent: string[] }> {
  const mentor = await addMentor(ctx, { profile: { capacity: 5 } });
  const sent: string[] = [];
  for (let i = 0; i < 3; i += 1) {
    const { request } = await ask(await addMentee(ctx), mentor);
    expect(request.state).toBe('pending');
    sent.push(request.sent_at ?? '');
    ctx.advance({ hours: 1 });
  }
  return { mentor, sent };
}

test('the fourth request in seven days waits: its mentee reads by when it is seen, and its days begin then', async () => {
  const { mentor, sent } = await busyMentor();
  const mentee = await addMentee(ctx);
  const asked = await ask(mentee, mentor);
  const day = later(sent[0] ?? '', { days: 7 });
  expect(asked.request).toMatchObject({ state: 'queued', opens_at: day, expires_at: null, sent_at: null });
  const { content } = askedCard(ctx.t, asked);
  expect(content).toContain('They take 3 new requests a week');
  expect(content).toContain(`<t:${Date.parse(day) / 1000}:D>`);
  expect(await owedTo(ctx, mentor)).toEqual(Array.from({ length: 3 }, () => 'request-received'));
  // The mentor sees how many wait, the mentee by when.
  const overview = await findOverview(ctx, guildId, mentor);
  expect(JSON.stringify(overviewCard(ctx.t, overview, () => 'X'))).toContain('1 more request waits for room');
  expect(JSON.stringify(overviewCard(ctx.t, await findOverview(ctx, guildId, mentee), () => 'X'))).toContain('their week is full'); // prettier-ignore

  ctx.advance({ days: 7, hours: -3, minutes: -1 });
  await openRequests(ctx);
  expect((await byId(asked.request.id)).state).toBe('queued');
  ctx.advance({ minutes: 1 });
  await openRequests(ctx);
  await openRequests(ctx);
  expect(await byId(asked.request.id)).toMatchObject({ state: 'pending', sent_at: day, expires_at: later(day, { days: 7 }), opens_at: null }); // prettier-ignore
  expect(await owedTo(ctx, mentor)).toEqual(Array.from({ length: 4 }, () => 'request-received'));
});

test('meanwhile they may ask another, who is asked at once; the first is then their next choice', async () => {
  const { mentor } = await busyMentor();
  const [mentee, free] = [await addMentee(ctx), await addMentor(ctx)];
  const first = await ask(mentee, mentor);
  const behindThem = await ask(await addMentee(ctx), mentor);
  const found = await findMentors(ctx, guildId, mentee);
  expect(findCard(ctx.t, found, ctx.now(), () => 'X').content).toContain('whoever you ask of these is asked at once');
  const second = await ask(mentee, free);
  expect(second.request.state).toBe('pending');
  expect(second.live.map(({ mentor_id: id }) => id)).toEqual([free, mentor]);
  expect(askedCard(ctx.t, second).content).toContain(`<@${mentor}> now comes after that.`);
  expect((await byId(first.request.id)).opens_at).toBeNull();
  // Whoever waited behind them moves up.
  expect((await byId(behindThem.request.id)).opens_at).toBe(first.request.opens_at);
  // And it waits for the week again when the other says no.
  const { onward } = await declineRequest(ctx, free, second.request.id, { choice: 'no-place', note: '' });
  expect(onward).toMatchObject({ is: 'opens', request: { id: first.request.id } });
  expect((await byId(first.request.id)).opens_at).toBe(behindThem.request.opens_at);
});

test('a suggestion says when a full week opens, and nothing where there is room', async () => {
  const { mentor, sent } = await busyMentor();
  const free = await addMentor(ctx);
  const found = await findMentors(ctx, guildId, await addMentee(ctx));
  if (found.is !== 'suggestions') throw new Error('nobody is suggested');
  expect(new Map(found.mentors.map(({ profile, opensAt }) => [profile.user_id, opensAt]))).toEqual(
    new Map([[mentor, later(sent[0] ?? '', { days: 7 })], [free, undefined]]), // prettier-ignore
  );
});

test('a mentor who takes more gets what waits, in its turn; one who takes fewer keeps what was promised', async () => {
  const { mentor } = await busyMentor();
  const waiting = [];
  for (let i = 0; i < 3; i += 1) waiting.push((await ask(await addMentee(ctx), mentor)).request);
  const promised = waiting.map(({ opens_at: at }) => at);
  expect(await limitRequests(ctx, { guildId, userId: mentor }, 1)).toBe(1);
  for (const [i, { id }] of waiting.entries()) expect((await byId(id)).opens_at).toBe(promised[i]);
  expect(await limitRequests(ctx, { guildId, userId: mentor }, 5)).toBe(5);
  await openRequests(ctx);
  expect(await Promise.all(waiting.map(async ({ id }) => (await byId(id)).state))).toEqual(['pending', 'pending', 'queued']); // prettier-ignore
  // Back to what the server has chosen.
  expect((await saveWeeks(ctx, { guildId, userId: '1' }, { requests: 10 })).requests_a_week).toBe(10);
  expect(await limitRequests(ctx, { guildId, userId: mentor }, null)).toBe(10);
  await openRequests(ctx);
  expect((await byId(waiting[2]?.id ?? '')).state).toBe('pending');
});

test('who waits for somebody’s week and withdraws goes on with the next choice; when the mentor pauses, on the waitlist', async () => {
  const { mentor } = await busyMentor();
  const { mentor: other } = await busyMentor();
  const [mentee, left] = [await addMentee(ctx), await addMentee(ctx)];
  const first = await ask(mentee, mentor);
  const second = await ask(mentee, other);
  expect([first, second].map(({ request }) => request.opens_at === null)).toEqual([false, false]);
  const withdrawn = await withdrawRequest(ctx, mentee, first.request.id);
  expect(withdrawn.onward).toMatchObject({ is: 'opens', request: { id: second.request.id } });
  await ask(left, mentor);
  await pauseMember(ctx, { guildId, userId: mentor }, { role: 'mentor' });
  expect(await findWaitlistPlace(ctx.db, guildId, left)).toMatchObject({ position: expect.any(Number) });
  expect(await owedTo(ctx, left)).toEqual(['request-lapsed']);
});

test('a request that would wait for more than four weeks is not taken, and the mentee reads why', async () => {
  const { mentor } = await busyMentor();
  await limitRequests(ctx, { guildId, userId: mentor }, 1);
  for (let i = 0; i < 4; i += 1) await ask(await addMentee(ctx), mentor);
  await expect(ask(await addMentee(ctx), mentor)).rejects.toThrow('so that you don’t hope for weeks');
});

test('whoever asks in whatever order: never more in seven days than the mentor takes, and nobody later than they were told', async () => {
  const random = seededRandom(16);
  const mentor = await addMentor(ctx, { profile: { capacity: 5 } });
  const told = new Map<string, string>();
  for (let hour = 0; hour < 24 * 30; hour += 3) {
    ctx.advance({ hours: 3 });
    await openRequests(ctx);
    const waits = await ctx.db.selectFrom('requests').selectAll().where('opens_at', 'is not', null).execute();
    for (const { id, opens_at: at } of waits) {
      if (at !== null && told.has(id)) expect(at <= (told.get(id) ?? '')).toBe(true);
      if (at !== null) told.set(id, at);
    }
    if (random() < 0.12) await ask(await addMentee(ctx), mentor).catch(() => undefined);
    const gone = waits[Math.floor(random() * waits.length * 6)];
    if (gone) await withdrawRequest(ctx, gone.mentee_id, gone.id);
  }
  const sent = (await ctx.db.selectFrom('requests').select(['id', 'sent_at']).orderBy('sent_at').execute()).flatMap(({ id, sent_at: at }) => (at === null ? [] : [{ id, at }])); // prettier-ignore
  expect(sent.length).toBeGreaterThan(9);
  for (const [i, { id, at }] of sent.entries()) {
    const inAWeek = sent.slice(i).filter((other) => other.at < later(at, { days: 7 }));
    expect(inAWeek.length).toBeLessThanOrEqual(3);
    // Looked for every three hours here.
    if (told.has(id)) expect(at <= later(told.get(id) ?? '', { hours: 3 })).toBe(true);
  }
});
