import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findMeeting, findOpenMeeting, listMeetings } from '../../src/db/meetings.ts';
import { upsertHours } from '../../src/db/hours.ts';
import { windowOn } from '../../src/hours/week.ts';
import { beginReport, fileReport } from '../../src/mentoring/cases/report.ts';
import { findTimes } from '../../src/mentoring/meetings/find.ts';
import { logMeeting, sayOfMeeting } from '../../src/mentoring/meetings/outcome.ts';
import { agreeToTime, callOff, proposeTimes, refuseTimes, setPlace } from '../../src/mentoring/meetings/plan.ts';
import { endMentorship } from '../../src/mentoring/mentorships.ts';
import { acceptRequest } from '../../src/mentoring/requests/answer.ts';
import { requestMentor } from '../../src/mentoring/requests/ask.ts';
import { pauseMentorship, resumeMentorship } from '../../src/mentoring/rests.ts';
import { findMentorship } from '../../src/db/mentorships.ts';
import { later } from '../../src/time.ts';
import { openTestContext, type TestContext, testGuildId as guildId } from '../support/context.ts';
import { addMentee, addMentor } from '../support/members.ts';

let ctx: TestContext;
let mentor: string;
let mentee: string;
let id: string;
beforeEach(async () => {
  ctx = await openTestContext();
  mentor = await addMentor(ctx, { zone: 'America/New_York', profile: { capacity: 2 } });
  ({ mentee, id } = await pairWith(mentor));
});
afterEach(() => ctx.db.destroy());

async function pairWith(mentorId: string) {
  const menteeId = await addMentee(ctx, { zone: 'Asia/Karachi' });
  const { request } = await requestMentor(ctx, { guildId, menteeId, mentorId, message: '' });
  return { mentee: menteeId, id: (await acceptRequest(ctx, mentorId, request.id)).mentorshipId };
}

const inDays = (days: number) => later(ctx.now(), { days });
const propose = (who: string, ...times: string[]) => proposeTimes(ctx, who, id, { minutes: 30, times });

/** Proposes and agrees. */
async function agree(at: string) {
  const { meeting } = await propose(mentee, at);
  return (await agreeToTime(ctx, mentor, meeting.id, at)).meeting;
}

async function owed(kind: 'meeting-thread' | 'meeting-letter') {
  const rows = await ctx.db.selectFrom('notices').select(['detail', 'user_id', 'due_at']).where('kind', '=', kind).orderBy('due_at').execute(); // prettier-ignore
  return rows.map((row) => [(JSON.parse(row.detail ?? '{}') as { part: string }).part, row.user_id, row.due_at]);
}

describe('times for two', () => {
  const look = async (who: string) => {
    const pair = (await findMentorship(ctx.db, id))!;
    return await findTimes(ctx, ctx.db, pair, who, { minutes: 30 });
  };

  test('are found while their mentorship goes on: afterward nobody learns any more when the other can meet', async () => {
    expect((await look(mentee)).zones).toEqual(['Asia/Karachi', 'America/New_York']);
    await pauseMentorship(ctx, mentor, id, 7);
    await expect(look(mentee)).rejects.toThrow(/rests until/);
    await resumeMentorship(ctx, mentor, id);
    expect((await look(mentee)).times.length).toBeGreaterThan(0);
    await endMentorship(ctx, mentor, id, 'other');
    // An old message still has its button, a year later too.
    ctx.advance({ days: 370 });
    for (const who of [mentor, mentee]) await expect(look(who)).rejects.toThrow(/already ended/);
  });
});

describe('a meeting', () => {
  test('that took place is not moved by whoever takes another time afterward: both still say how it was', async () => {
    const first = await agree(inDays(2));
    const at = inDays(5);
    await propose(mentor, at);
    ctx.advance({ days: 3 });
    const { meeting: next } = await agreeToTime(ctx, mentee, first.id, at);
    expect(next).toMatchObject({ state: 'agreed', starts_at: at, series_id: next.id, sequence: 0 });
    expect((await sayOfMeeting(ctx, mentor, first.id, 'held')).meeting.state).toBe('held');
    expect((await findOpenMeeting(ctx.db, id))?.id).toBe(next.id);
  });

  test('is proposed by one and agreed on by the other, who both are reminded and asked', async () => {
    const [one, two] = [inDays(2), inDays(3)];
    const { meeting } = await propose(mentee, two, one);
    expect(meeting).toMatchObject({ state: 'proposed', proposed_by: 'mentee', options: [one, two] });
    expect(await owed('meeting-letter')).toEqual([['proposed', mentor, ctx.now()]]);
    await expect(agreeToTime(ctx, mentee, meeting.id, one)).rejects.toThrow(/proposed these times yourself/);
    const agreed = (await agreeToTime(ctx, mentor, meeting.id, two)).meeting;
    expect(agreed).toMatchObject({
      state: 'agreed',
      starts_at: two,
      ends_at: later(two, { minutes: 30 }),
      options: [],
    });
    expect(await owed('meeting-thread')).toEqual([
      ['proposed', null, ctx.now()],
      ['agreed', null, ctx.now()],
      ['day-before', null, later(two, { days: -1 })],
      ['hour-before', null, later(two, { hours: -1 })],
      ['how-was-it', null, later(two, { minutes: 45 })],
    ]);
    await expect(agreeToTime(ctx, mentor, meeting.id, one)).rejects.toThrow(/agreed already/);
  });

  test('that the bot finds is proposed by whoever presses first, and agreed on by the other', async () => {
    const at = inDays(2);
    const { proposeInTurn } = await import('../../src/mentoring/meetings/plan.ts');
    const { inTurn } = await import('../../src/guild/turn.ts');
    const { meeting } = await inTurn(ctx.db, guildId, (trx) => proposeInTurn(ctx, trx, id, 'bot', { minutes: 30, times: [at, inDays(3)] })); // prettier-ignore
    const first = (await agreeToTime(ctx, mentor, meeting.id, at)).meeting;
    expect(first).toMatchObject({ state: 'proposed', proposed_by: 'mentor', options: [at] });
    expect((await agreeToTime(ctx, mentee, meeting.id, at)).meeting.state).toBe('agreed');
  });

  test('is one at a time: a second proposal replaces what was not answered', async () => {
    const first = (await propose(mentee, inDays(2))).meeting;
    const second = (await propose(mentor, inDays(3))).meeting;
    expect((await findOpenMeeting(ctx.db, id))?.id).toBe(second.id);
    await expect(agreeToTime(ctx, mentor, first.id, inDays(2))).rejects.toThrow(/proposed since/);
    expect((await agreeToTime(ctx, mentee, second.id, inDays(3))).meeting.state).toBe('agreed');
  });

  test('moves once the other takes a new time, and stays where it is until then', async () => {
    const [before, after] = [inDays(2), inDays(4)];
    const agreed = await agree(before);
    await setPlace(ctx, mentor, id, { link: 'https://meet.example.org/abc' });
    const { meeting } = await propose(mentor, after);
    expect(meeting).toMatchObject({ id: agreed.id, state: 'agreed', starts_at: before, options: [after] });
    const moved = (await agreeToTime(ctx, mentee, agreed.id, after)).meeting;
    expect(moved).toMatchObject({ state: 'agreed', starts_at: after, series_id: agreed.series_id, sequence: 1 });
    expect(moved.place).toBe('https://meet.example.org/abc');
    expect((await listMeetings(ctx.db, id)).map(({ state }) => state).toSorted()).toEqual(['agreed', 'called-off']);
    // None of the new times suits: it stays.
    await propose(mentor, inDays(5));
    expect((await refuseTimes(ctx, mentee, moved.id)).meeting).toMatchObject({ state: 'agreed', starts_at: after });
  });

  test('is called off by either, and with the mentorship', async () => {
    const agreed = await agree(inDays(2));
    expect((await callOff(ctx, mentor, agreed.id)).meeting.state).toBe('called-off');
    await expect(callOff(ctx, mentee, agreed.id)).rejects.toThrow(/called off or is over/);
    const again = await agree(inDays(3));
    await endMentorship(ctx, mentee, id, 'other');
    expect((await listMeetings(ctx.db, id)).find((each) => each.id === again.id)?.state).toBe('called-off');
    await expect(propose(mentee, inDays(3))).rejects.toThrow(/already ended/);
  });

  test('counts when one says so and the other does not deny it; nobody learns of a disagreement', async () => {
    const agreed = await agree(inDays(1));
    await expect(sayOfMeeting(ctx, mentor, agreed.id, 'held')).rejects.toThrow(/begins/);
    ctx.advance({ days: 1, hours: 1 });
    expect((await sayOfMeeting(ctx, mentor, agreed.id, 'held')).meeting.state).toBe('held');
    ctx.advance({ days: 2 });
    expect((await sayOfMeeting(ctx, mentee, agreed.id, 'missed')).meeting.state).toBe('missed');
    expect((await owed('meeting-letter')).filter(([, , at]) => at === ctx.now())).toEqual([]);
    const next = await agree(inDays(1));
    ctx.advance({ days: 1, hours: 1 });
    await sayOfMeeting(ctx, mentor, next.id, 'held');
    ctx.advance({ days: 3, hours: 1 });
    await expect(sayOfMeeting(ctx, mentee, next.id, 'missed')).rejects.toThrow(/too late/);
    expect((await sayOfMeeting(ctx, mentee, next.id, 'held')).meeting.state).toBe('held');
    ctx.advance({ days: 20 });
    await expect(sayOfMeeting(ctx, mentee, next.id, 'held')).rejects.toThrow(/too late/);
  });

  test('that was arranged elsewhere is entered with a bare "we met"', async () => {
    const { meeting } = await logMeeting(ctx, mentee, id, {});
    expect(meeting).toMatchObject({
      state: 'held',
      mentee_says: 'held',
      starts_at: ctx.now(),
      minutes: 30,
      line: null,
    });
    const lined = await logMeeting(ctx, mentor, id, { minutes: 45, line: ' Rank list ' });
    expect(lined.meeting).toMatchObject({ minutes: 45, line: 'Rank list', line_by: 'mentor' });
  });

  test('is looked for in the hours of both, around what either has agreed with others', async () => {
    const hours = (userId: string, from: number, to: number) =>
      ctx.db.transaction().execute((trx) => upsertHours(trx, { guildId, userId }, { windows: [windowOn(3, from, to)], until: null }, ctx.now())); // prettier-ignore
    // Thursday 19:00 to 20:00 in Karachi is 09:00 to 10:00 in New York, in winter.
    await hours(mentee, 19 * 60, 20 * 60);
    await hours(mentor, 9 * 60, 12 * 60);
    const pair = (await findMentorship(ctx.db, id))!;
    const inside = async () => (await findTimes(ctx, ctx.db, pair, mentee, { minutes: 60 })).times.filter((each) => each.inside); // prettier-ignore
    const [at] = await inside();
    expect(new Date(at?.at ?? 0).toISOString()).toBe('2026-11-26T14:00:00.000Z');
    const other = await pairWith(mentor);
    const { meeting } = await proposeTimes(ctx, other.mentee, other.id, {
      minutes: 30,
      times: ['2026-11-26T14:30:00.000Z'],
    });
    await agreeToTime(ctx, mentor, meeting.id, '2026-11-26T14:30:00.000Z');
    expect(await inside()).toEqual([]);
    await expect(propose(mentee, '2026-11-26T14:15:00.000Z')).rejects.toThrow(/taken/);
  });
});

describe('what cannot be is named, and changes nothing', () => {
  const nothing = async () => expect(await listMeetings(ctx.db, id)).toEqual([]);

  test.each([
    ['a meeting in the past', () => propose(mentee, later(ctx.now(), { minutes: -1 })), /has passed/],
    ['one in 61 days', () => propose(mentee, inDays(61)), /60 days/],
    ['ten minutes', () => proposeTimes(ctx, mentee, id, { minutes: 10, times: [inDays(1)] }), /15 to 90/],
    ['six times at once', () => propose(mentee, ...[1, 2, 3, 4, 5, 6].map(inDays)), /changed since/],
    ['a proposal by a stranger', () => propose('1', inDays(1)), /not one of your/],
    ['a log of tomorrow', () => logMeeting(ctx, mentee, id, { at: inDays(1) }), /yet to come/],
    ['a log of last month', () => logMeeting(ctx, mentee, id, { at: inDays(-30) }), /before that/],
    ['a line of 201 characters', () => logMeeting(ctx, mentee, id, { line: 'x'.repeat(201) }), /201 characters/],
    ['a place without a meeting', () => setPlace(ctx, mentee, id, undefined), /no meeting agreed/],
  ])('%s', async (_what, act, named) => {
    await expect(act()).rejects.toThrow(named);
    await nothing();
  });

  test.each([
    'http://meet.example.org',
    'javascript:alert(1)',
    'https://localhost',
    'https://a b.org',
    'meet.example.org',
    'https://u:p@example.org',
  ])('a link that is no https address: %s', async (link) => {
    await agree(inDays(1));
    await expect(setPlace(ctx, mentee, id, { link })).rejects.toThrow(/https/);
    await expect(setPlace(ctx, mentee, id, { link: `https://example.org/${'x'.repeat(200)}` })).rejects.toThrow(
      /limit is 200/,
    );
  });

  test('nothing is agreed on while the mentorship rests', async () => {
    const { meeting } = await propose(mentee, inDays(2));
    await pauseMentorship(ctx, mentor, id, 7);
    await expect(agreeToTime(ctx, mentor, meeting.id, inDays(2))).rejects.toThrow(/rests|called off/);
    await expect(propose(mentee, inDays(2))).rejects.toThrow(/rests/);
  });
});

describe('a rest takes back what would fall into it', () => {
  const stateOf = async (meetingId: string) => (await findMeeting(ctx.db, meetingId))?.state;
  const calledOff = async () => (await owed('meeting-thread')).filter(([part]) => part === 'called-off').length;

  test('a meeting before its end is called off in the thread, and nobody is reminded of it; one after it stays', async () => {
    const within = await agree(inDays(3));
    await pauseMentorship(ctx, mentor, id, 7);
    expect([await stateOf(within.id), await calledOff()]).toEqual(['called-off', 1]);
    await resumeMentorship(ctx, mentor, id);
    const after = await agree(inDays(10));
    await pauseMentorship(ctx, mentor, id, 7);
    expect([await stateOf(after.id), await calledOff()]).toEqual(['agreed', 1]);
    // It lasts longer than was thought.
    await pauseMentorship(ctx, mentor, id, 28);
    expect([await stateOf(after.id), await calledOff()]).toEqual(['called-off', 2]);
  });

  test('so does a report, which looks the same', async () => {
    const meeting = await agree(inDays(3));
    const by = { guildId: guildId, userId: mentee };
    const draft = await beginReport(ctx, by, { userId: mentor, isBot: false });
    const words = 'He asked me for two hundred dollars.';
    await fileReport(ctx, by, draft, { category: 'money', words, today: false, mayName: false, excluded: [] }, '1');
    expect([await stateOf(meeting.id), await calledOff()]).toEqual(['called-off', 1]);
  });

  test('and times that were only proposed go without a word', async () => {
    const { meeting } = await propose(mentee, inDays(2));
    await pauseMentorship(ctx, mentor, id, 7);
    expect([await stateOf(meeting.id), await calledOff()]).toEqual(['called-off', 0]);
  });
});
