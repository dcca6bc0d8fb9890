import { beforeEach, describe, expect, test } from 'vitest';
import { findGroup } from '../../src/db/study/groups.ts';
import { findGroupMember, listGroupMembers } from '../../src/db/study/members.ts';
import { findNextSession, findSession, listSessionPeople } from '../../src/db/study/sessions.ts';
import { epochMs, later } from '../../src/time.ts';
import { leaveGroup, restMember, stayIn } from '../../src/study/groups/leave.ts';
import { planExtra } from '../../src/study/sessions/extra.ts';
import { endSession, pledge, sayDone, sayHere, sayWhetherComing } from '../../src/study/sessions/press.ts';
import { runSessions } from '../../src/study/sessions/run.ts';
import { vote } from '../../src/study/vote.ts';
import type { TestContext } from '../support/context.ts';
import { owedTo } from '../support/members.ts';
import { activeGroup, by, openStudy, pass, person } from './support.ts';

let ctx: TestContext;
let id: string;
beforeEach(async () => {
  ctx = await openStudy();
  id = await activeGroup(ctx);
  return async () => await ctx.db.destroy();
});

/** All press the first time that is suggested. */
async function agree(): Promise<number> {
  const [time = -1] = (await findGroup(ctx.db, id))?.vote ?? [];
  for (const each of ['1', '2', '3']) await vote(ctx, by(each), id, time);
  return time;
}

/** Goes to the moment at which the next session begins. */
async function goToNext(): Promise<string> {
  const session = await findNextSession(ctx.db, id);
  ctx.advance({ ms: epochMs(session!.starts_at) - epochMs(ctx.now()) });
  await runSessions(ctx);
  return session!.id;
}

/** The session that runs is over. */
async function goToEnd(): Promise<void> {
  ctx.advance({ minutes: 60 });
  await runSessions(ctx);
}

describe('a vote on the weekly time', () => {
  test('closes once all have pressed, and plans the session by the calendar of the zone', async () => {
    const time = await agree();
    const group = await findGroup(ctx.db, id);
    expect([group?.times, group?.zone, group?.vote]).toEqual([[time], 'Asia/Karachi', null]);
    const session = await findNextSession(ctx.db, id);
    const karachi = new Date(epochMs(session!.starts_at) + 5 * 3_600_000);
    expect(((karachi.getUTCDay() + 6) % 7) * 1440 + karachi.getUTCHours() * 60 + karachi.getUTCMinutes()).toBe(time);
  });

  test('closes after 48 hours with what was pressed; a second press takes it back; afterwards it is over', async () => {
    const [one = -1, other = -1] = (await findGroup(ctx.db, id))?.vote ?? [];
    await vote(ctx, by('1'), id, one);
    await vote(ctx, by('1'), id, one);
    await vote(ctx, by('1'), id, other);
    await pass(ctx, 48);
    expect((await findGroup(ctx.db, id))?.times).toEqual([other]);
    await expect(vote(ctx, by('2'), id, one)).rejects.toThrow(/vote is over/);
    await person(ctx, '9');
    await expect(vote(ctx, by('9'), id, one)).rejects.toThrow(/not in this group/);
  });
});

describe('a session', () => {
  test('is held when two were there, whatever else they said, and the next is planned', async () => {
    await agree();
    const session = await goToNext();
    expect((await findSession(ctx.db, session))?.state).toBe('running');
    await sayHere(ctx, by('1'), session);
    await pledge(ctx, by('2'), session, 'Ten cards on the heart');
    await sayHere(ctx, by('1'), session);
    await goToEnd();
    expect((await findSession(ctx.db, session))?.state).toBe('held');
    await sayDone(ctx, by('2'), session, 'partly');
    await expect(sayDone(ctx, by('3'), session, 'done')).rejects.toThrow(/those who were here/);
    const said = (await listSessionPeople(ctx.db, session)).map((each) => [each.user_id, each.line, each.done]);
    expect(said).toEqual([['1', '', null], ['2', 'Ten cards on the heart', 'partly']]); // prettier-ignore
    const next = await findNextSession(ctx.db, id);
    expect(next?.starts_at).toBe(later((await findSession(ctx.db, session))!.starts_at, { days: 7 }));
  });

  test('opens ten minutes before, for members, and takes lines of 140 characters that offer no copies', async () => {
    await agree();
    const session = (await findNextSession(ctx.db, id))!;
    await expect(sayHere(ctx, by('1'), session.id)).rejects.toThrow(/ten minutes before/);
    ctx.advance({ ms: epochMs(session.starts_at) - epochMs(ctx.now()) - 10 * 60_000 });
    await sayHere(ctx, by('1'), session.id);
    await expect(pledge(ctx, by('1'), session.id, 'x'.repeat(141))).rejects.toThrow(/141 characters/);
    await expect(pledge(ctx, by('1'), session.id, ' ')).rejects.toThrow(/empty/);
    await expect(pledge(ctx, by('1'), session.id, 'see t.me/uworldfree')).rejects.toThrow(/nobody may share/);
    await person(ctx, '9');
    await expect(sayHere(ctx, by('9'), session.id)).rejects.toThrow(/not in this group/);
    ctx.advance({ minutes: 70 });
    await expect(sayHere(ctx, by('2'), session.id)).rejects.toThrow(/over/);
  });

  test('can be called off before it begins, once, and is not planned again', async () => {
    await agree();
    const session = (await findNextSession(ctx.db, id))!;
    await sayWhetherComing(ctx, by('2'), session.id, 'cannot');
    await endSession(ctx, by('1'), session.id);
    await expect(endSession(ctx, by('1'), session.id)).rejects.toThrow(/over/);
    await pass(ctx, 12);
    expect((await findSession(ctx.db, session.id))?.state).toBe('called-off');
    expect((await findNextSession(ctx.db, id))?.starts_at).not.toBe(session.starts_at);
  });

  test('besides the weekly ones is planned for a time to come, once, and stays when the weekly time changes', async () => {
    const at = later(ctx.now(), { days: 3 });
    await planExtra(ctx, by('2'), id, at);
    await expect(planExtra(ctx, by('3'), id, at)).rejects.toThrow(/that time already/);
    await expect(planExtra(ctx, by('3'), id, later(ctx.now(), { days: -1 }))).rejects.toThrow(/too soon/);
    await agree();
    const planned = await ctx.db
      .selectFrom('group_sessions')
      .select('starts_at')
      .where('state', '=', 'planned')
      .execute();
    expect(planned.map((session) => session.starts_at)).toContain(at);
  });

  test('that nobody could begin because the bot was away is over all the same', async () => {
    await agree();
    const session = (await findNextSession(ctx.db, id))!;
    ctx.advance({ days: 8 });
    await runSessions(ctx);
    expect((await findSession(ctx.db, session.id))?.state).toBe('missed');
  });
});

describe('silence', () => {
  /** The others meet, twice. */
  async function missTwice(): Promise<void> {
    for (let i = 0; i < 2; i += 1) {
      const session = await goToNext();
      await sayHere(ctx, by('1'), session);
      await sayHere(ctx, by('2'), session);
      await goToEnd();
    }
  }

  test('after the second session missed without a word is asked about, once; without an answer the place is free', async () => {
    await agree();
    await missTwice();
    expect(await owedTo(ctx, '3')).toContain('group-silence');
    expect(await owedTo(ctx, '1')).not.toContain('group-silence');
    await pass(ctx, 5 * 24);
    expect((await findGroupMember(ctx.db, id, '3'))?.left_why).toBe('silent');
    expect(await owedTo(ctx, '3')).toContain('group-news');
  });

  test('is no silence with “I cannot”, and is over with an answer, a rest or being there', async () => {
    await agree();
    const session = await goToNext();
    await sayHere(ctx, by('1'), session);
    await sayHere(ctx, by('2'), session);
    await goToEnd();
    const next = (await findNextSession(ctx.db, id))!;
    await sayWhetherComing(ctx, by('3'), next.id, 'cannot');
    await goToNext();
    await goToEnd();
    expect(await owedTo(ctx, '3')).not.toContain('group-silence');
    await missTwice();
    await stayIn(ctx, by('3'), id);
    const until = await restMember(ctx, by('3'), id);
    expect(until).toBe(later(ctx.now(), { days: 14 }));
    await pass(ctx, 6 * 24);
    expect((await listGroupMembers(ctx.db, id)).map((member) => member.user_id)).toEqual(['1', '2', '3']);
    await pass(ctx, 8 * 24);
    expect((await findGroupMember(ctx.db, id, '3'))?.state).toBe('member');
    await leaveGroup(ctx, by('3'), id);
    expect((await findGroupMember(ctx.db, id, '3'))?.left_why).toBe('self');
  });
});
