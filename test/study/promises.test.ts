/** What somebody was told about a group stays true, whatever others do meanwhile. */
import { beforeEach, describe, expect, test } from 'vitest';
import { upsertHours } from '../../src/db/hours.ts';
import { listApplicationsOf } from '../../src/db/study/applications.ts';
import { findGroup, listLiveGroups, recordGroupThread } from '../../src/db/study/groups.ts';
import { findGroupMember, listGroupMembers } from '../../src/db/study/members.ts';
import { findOpenPoll, findPoll } from '../../src/db/study/polls.ts';
import { listSeekersOf } from '../../src/db/study/seekers.ts';
import { findNextSession, findSession, listSessionPeople } from '../../src/db/study/sessions.ts';
import { readDetail } from '../../src/db/notices/write.ts';
import { memberLeft } from '../../src/lifecycle/leavers.ts';
import { deleteMemberData, exportMember } from '../../src/lifecycle/personal-data.ts';
import { blockMember } from '../../src/mentoring/blocks.ts';
import { suspendMentee } from '../../src/mentoring/suspend-mentee.ts';
import { takeChange } from '../../src/study/formations/near-miss.ts';
import { formNow } from '../../src/study/formations/form.ts';
import { acceptOffer, declineOffer } from '../../src/study/formations/offer.ts';
import { previewFormation } from '../../src/study/formations/preview.ts';
import { publishFormation } from '../../src/study/formations/publish.ts';
import { answerApplication, applyFor, inviteMember } from '../../src/study/groups/apply.ts';
import {
  askToMerge,
  closeAsModerator,
  closeOwnGroup,
  mergeAsModerator,
  restGroup,
} from '../../src/study/groups/consent.ts';
import { createGroup } from '../../src/study/groups/create.ts';
import { joinGroup } from '../../src/study/groups/join.ts';
import { leaveGroup, lookForAnother, removeMember, restMember, wakeGroup } from '../../src/study/groups/leave.ts';
import { handOver } from '../../src/study/groups/owner.ts';
import { answerPoll } from '../../src/study/groups/polls.ts';
import { setSessions } from '../../src/study/plan.ts';
import { seekGroup } from '../../src/study/seek.ts';
import { movePlanned, planExtra } from '../../src/study/sessions/extra.ts';
import { endSession, pledge, sayHere, sayWhetherComing } from '../../src/study/sessions/press.ts';
import { runSessions } from '../../src/study/sessions/run.ts';
import { proposeTimes, vote } from '../../src/study/vote.ts';
import { epochMs, later } from '../../src/time.ts';
import type { TestContext } from '../support/context.ts';
import { activeGroup, by, draft, evenings, guildId, openStudy, pass, person } from './support.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openStudy();
  return async () => await ctx.db.destroy();
});

const wish = { subject: draft.subject, target: '2027-03', languages: ['en'], sessions: 1 };
const moderator = by('77');

/** What somebody was told of groups, in order. */
async function newsOf(userId: string): Promise<string[]> {
  const rows = await ctx.db
    .selectFrom('notices')
    .select('detail')
    .where('kind', '=', 'group-news')
    .where('user_id', '=', userId)
    .orderBy('created_at')
    .execute();
  return rows.map((row) => readDetail('group-news', row).what);
}

/** Messages of a kind, and how often what they say has changed. */
async function revisions(kind: string): Promise<number[]> {
  const rows = await ctx.db.selectFrom('notices').select('revision').where('kind', '=', kind as never).execute(); // prettier-ignore
  return rows.map((row) => row.revision);
}

async function offerToThree(): Promise<string> {
  for (const id of ['1', '2', '3']) await seekGroup(ctx, by(await person(ctx, id)), wish);
  await publishFormation(ctx, moderator, (await previewFormation(ctx, moderator)).formation);
  return (await listLiveGroups(ctx.db, guildId))[0]!.id;
}

/** All of a group press its first time; it meets then. */
async function agree(id: string, ids = ['1', '2', '3'], which = 0): Promise<void> {
  const time = (await findGroup(ctx.db, id))?.vote?.[which] ?? -1;
  for (const each of ids) await vote(ctx, by(each), id, time);
}

describe('a yes', () => {
  test('brings nobody together with whom they have blocked, or who was suspended, since they were asked', async () => {
    const id = await offerToThree();
    await acceptOffer(ctx, by('1'), id);
    await blockMember(ctx, by('1'), '2');
    await expect(acceptOffer(ctx, by('2'), id)).rejects.toThrow(/not for you/);
    await suspendMentee(ctx, moderator, '3');
    await expect(acceptOffer(ctx, by('3'), id)).rejects.toThrow(/suspended/);
    expect((await findGroup(ctx.db, id))?.state).toBe('forming');
  });

  test('pressed twice is once, and lets go of the other places for the same that were offered', async () => {
    const id = await offerToThree();
    const other = await activeGroup(ctx, ['4', '5', '6']);
    await joinGroup(ctx, by('1'), other);
    expect((await findGroupMember(ctx.db, id, '1'))?.left_why).toBe('declined');
    expect((await findGroupMember(ctx.db, other, '1'))?.state).toBe('member');
    await acceptOffer(ctx, by('2'), id);
    await acceptOffer(ctx, by('2'), id);
    expect(await listSeekersOf(ctx.db, by('1'))).toEqual([]);
  });

  test('takes the group from nobody: whoever is being asked to look after it still is', async () => {
    await person(ctx, '1');
    const id = await createGroup(ctx, by('1'), draft);
    for (const each of ['2', '3']) await person(ctx, each);
    await joinGroup(ctx, by('2'), id);
    await leaveGroup(ctx, by('1'), id);
    await joinGroup(ctx, by('3'), id);
    const group = await findGroup(ctx.db, id);
    expect([group?.owner_id, group?.owner_asked_id]).toEqual([null, '2']);
    await handOver(ctx, by('2'), id, '2');
    expect((await findGroup(ctx.db, id))?.owner_asked_id).toBeNull();
  });
});

describe('somebody who is suspended', () => {
  test('creates no group, waits for none, and is in no formation', async () => {
    for (const id of ['1', '2', '3', '4']) await seekGroup(ctx, by(await person(ctx, id)), wish);
    await suspendMentee(ctx, moderator, '4');
    expect((await formNow(ctx, guildId)).plan.groups.flatMap(({ members }) => members)).toHaveLength(3);
    await expect(createGroup(ctx, by('4'), draft)).rejects.toThrow(/suspended/);
    await expect(seekGroup(ctx, by('4'), wish)).rejects.toThrow(/suspended/);
    await expect(takeChange(ctx, by('4'), 'step-1', { is: 'language', language: 'ur' })).rejects.toThrow(/suspended/);
    const id = await activeGroup(ctx, ['5', '6', '7']);
    await expect(inviteMember(ctx, by('5'), id, '4')).rejects.toThrow(/cannot be offered/);
  });
});

describe('a place', () => {
  test('that is free belongs to the first in the list, not to whoever passes by', async () => {
    const id = await activeGroup(ctx, ['1', '2', '3', '4']);
    for (const each of ['5', '6']) await person(ctx, each);
    await applyFor(ctx, by('5'), id, '');
    await leaveGroup(ctx, by('4'), id);
    await expect(joinGroup(ctx, by('6'), id)).rejects.toThrow(/last place/);
    await joinGroup(ctx, by('5'), id);
  });

  test('asked for out of the list is shown to the members, and by near misses in no group that asks first', async () => {
    const id = await activeGroup(ctx, ['1', '2', '3', '4']);
    await person(ctx, '5');
    await applyFor(ctx, by('5'), id, '');
    await leaveGroup(ctx, by('4'), id);
    ctx.advance({ minutes: 1 });
    await setSessions(ctx, by('1'), id, { byApplication: true });
    expect(await applyFor(ctx, by('5'), id, 'Evenings')).toEqual({ is: 'asked' });
    const [application] = await listApplicationsOf(ctx.db, by('5'));
    const card = await ctx.db.selectFrom('notices').select('detail').where('kind', '=', 'group-application').executeTakeFirstOrThrow(); // prettier-ignore
    expect(readDetail('group-application', card).since).toBe(application?.since);
    await applyFor(ctx, by('5'), id, 'Mornings, too');
    expect(await revisions('group-application')).toEqual([2]);
    await person(ctx, '6');
    await seekGroup(ctx, by('6'), { ...wish, languages: ['ur'] });
    expect((await takeChange(ctx, by('6'), 'step-1', { is: 'language', language: 'en' }).catch(() => ({ is: 'waiting' }))).is).toBe('waiting'); // prettier-ignore
    expect(await listGroupMembers(ctx.db, id)).toHaveLength(3);
  });

  test('that the owner took away is not taken again by whoever lost it, until they are invited', async () => {
    const id = await activeGroup(ctx, ['1', '2', '3', '4']);
    await removeMember(ctx, by('1'), id, '4', 'pace');
    await expect(joinGroup(ctx, by('4'), id)).rejects.toThrow(/not for you/);
    await expect(applyFor(ctx, by('4'), id, '')).rejects.toThrow(/not for you/);
    await inviteMember(ctx, by('1'), id, '4');
    await acceptOffer(ctx, by('4'), id);
    for (const each of ['2', '3']) await leaveGroup(ctx, by(each), id);
    await expect(removeMember(ctx, by('1'), id, '4', 'pace')).rejects.toThrow(/only other one/);
    await expect(removeMember(ctx, by('1'), id, '1', 'pace')).rejects.toThrow(/hand-over/);
  });

  test('in a group of nobody is no way around its end: with one member it closes after two weeks, also at rest', async () => {
    const id = await activeGroup(ctx);
    await restGroup(ctx, by('1'), id, 6);
    for (const each of ['2', '3']) await leaveGroup(ctx, by(each), id);
    await pass(ctx, 14 * 24 + 6);
    expect((await findGroup(ctx.db, id))?.closed_why).toBe('few');
  });

  test('asked for is over once the group closes or becomes one with another, and whoever asked reads it', async () => {
    const id = await activeGroup(ctx, ['1', '2', '3'], { size: 4 });
    ctx.advance({ minutes: 1 });
    const other = await activeGroup(ctx, ['4', '5', '6'], { size: 3 });
    for (const each of ['7', '8']) await person(ctx, each);
    await person(ctx, '9');
    await seekGroup(ctx, by('9'), { ...wish, languages: ['en', 'ur'] });
    await applyFor(ctx, by('7'), other, '');
    await inviteMember(ctx, by('1'), id, '9');
    await askToMerge(ctx, by('4'), other);
    for (const each of ['5', '6']) await answerPoll(ctx, by(each), (await findOpenPoll(ctx.db, other, 'merge'))?.id ?? '', true).catch(() => undefined); // prettier-ignore
    for (const each of ['1', '2']) await answerPoll(ctx, by(each), (await findOpenPoll(ctx.db, id, 'merge'))!.id, true);
    expect((await findGroup(ctx.db, other))?.state).toBe('closed');
    expect([await newsOf('7'), await listApplicationsOf(ctx.db, by('7'))]).toEqual([['not-taken'], []]);
    await lookForAnother(ctx, by('7'), other);
    expect(await listSeekersOf(ctx.db, by('7'))).toHaveLength(1);
    await closeAsModerator(ctx, moderator, id);
    // Whoever was only invited never was in it, and waits on as they said.
    expect(await newsOf('9')).toEqual(['offer-gone']);
    expect((await listSeekersOf(ctx.db, by('9')))[0]?.languages).toEqual(['en', 'ur']);
  });
});

test('whoever is left in a group reads that a place is free, in neutral words and once for those who leave at once', async () => {
  const id = await activeGroup(ctx, ['1', '2', '3', '4'], { size: 6 });
  const lines = async () => await ctx.db.selectFrom('notices').selectAll().where('kind', '=', 'group-place').execute();
  await inviteMember(ctx, by('1'), id, await person(ctx, '5'));
  await declineOffer(ctx, by('5'), id, false);
  expect(await lines()).toHaveLength(0);
  await Promise.all([leaveGroup(ctx, by('3'), id), memberLeft(ctx, guildId, '4')]);
  expect((await lines()).map((line) => [line.user_id, line.detail])).toEqual([[null, null]]);
});

describe('two groups', () => {
  test('are asked about one other at a time, and read what came of it', async () => {
    const [one, other, third] = [await activeGroup(ctx), await activeGroup(ctx, ['4', '5', '6']), await activeGroup(ctx, ['7', '8', '9'])]; // prettier-ignore
    await mergeAsModerator(ctx, moderator, one, other);
    await expect(mergeAsModerator(ctx, moderator, one, third)).rejects.toThrow(/another one just now/);
    await expect(mergeAsModerator(ctx, moderator, third, other)).rejects.toThrow(/another one just now/);
    const poll = (await findOpenPoll(ctx.db, one, 'merge'))!.id;
    const theirs = (await findOpenPoll(ctx.db, other, 'merge'))!.id;
    for (const each of ['1', '2']) await answerPoll(ctx, by(each), poll, true);
    // Together they would be seven by now.
    await joinGroup(ctx, by(await person(ctx, '10')), one);
    for (const each of ['4', '5']) await answerPoll(ctx, by(each), theirs, true);
    expect([(await findGroup(ctx.db, one))?.state, (await findGroup(ctx.db, other))?.state]).toEqual(['active', 'active']); // prettier-ignore
    expect([(await findPoll(ctx.db, poll))?.outcome, (await findPoll(ctx.db, theirs))?.outcome]).toEqual(['void', 'void']); // prettier-ignore
  });

  test('of which one closes ask no more whether they become one', async () => {
    const [one, other] = [await activeGroup(ctx), await activeGroup(ctx, ['4', '5', '6'])];
    await askToMerge(ctx, by('1'), one);
    await askToMerge(ctx, by('2'), one);
    const theirs = (await findOpenPoll(ctx.db, other, 'merge'))!.id;
    await closeAsModerator(ctx, moderator, one);
    expect((await findPoll(ctx.db, theirs))?.outcome).toBe('void');
  });
});

describe('whatever cannot be', () => {
  test('is refused with the state a group is in, also of hours that are over, and nothing is changed', async () => {
    const id = await activeGroup(ctx);
    await person(ctx, '4');
    await restGroup(ctx, by('1'), id, 1);
    await expect(joinGroup(ctx, by('4'), id)).rejects.toThrow(/rests at the moment/);
    await expect(joinGroup(ctx, by('2'), id)).rejects.toThrow(/rests at the moment/);
    await expect(planExtra(ctx, by('1'), id, later(ctx.now(), { days: 1 }))).rejects.toThrow(/going on/);
    await wakeGroup(ctx, by('1'), id);
    await expect(joinGroup(ctx, by('2'), id)).rejects.toThrow(/in this group already/);
    await closeAsModerator(ctx, moderator, id);
    await expect(joinGroup(ctx, by('4'), id)).rejects.toThrow(/is closed/);
    const over = { windows: evenings, until: later(ctx.now(), { days: -1 }) };
    await ctx.db.transaction().execute((trx) => upsertHours(trx, by('4'), over, ctx.now()));
    await expect(createGroup(ctx, by('4'), draft)).rejects.toThrow(/that is over/);
    await expect(seekGroup(ctx, by('4'), wish)).rejects.toThrow(/that is over/);
  });

  test('of two groups with no hour in common is no merge', async () => {
    const one = await activeGroup(ctx);
    for (const each of ['4', '5', '6']) await person(ctx, each, { zone: 'America/Los_Angeles' });
    const far = await createGroup(ctx, by('4'), draft);
    for (const each of ['5', '6']) await joinGroup(ctx, by(each), far);
    await expect(mergeAsModerator(ctx, moderator, one, far)).rejects.toThrow(/no hour that suits all/);
    await expect(askToMerge(ctx, by('1'), one)).rejects.toThrow(/no other group/);
  });
});

test('a vote is over once whoever has not pressed leaves, or rests', async () => {
  for (const go of [leaveGroup, restMember]) {
    const id = await activeGroup(ctx, go === leaveGroup ? ['1', '2', '3'] : ['4', '5', '6']);
    const [time = 0] = (await findGroup(ctx.db, id))?.vote ?? [];
    const [one, other, third] = (await listGroupMembers(ctx.db, id)).map((member) => member.user_id);
    for (const each of [one!, other!]) await vote(ctx, by(each), id, time);
    expect((await findGroup(ctx.db, id))?.times).toEqual([]);
    await go(ctx, by(third!), id);
    expect(await findGroup(ctx.db, id)).toMatchObject({ vote: null, times: [time] });
  }
});

describe('a question to a group', () => {
  const members = async (id: string) => (await listGroupMembers(ctx.db, id)).map((each) => each.user_id);

  test('is decided at once when the answers are the majority only because somebody leaves', async () => {
    const id = await activeGroup(ctx, ['1', '2', '3', '4']);
    await closeOwnGroup(ctx, by('1'), id);
    const poll = (await findOpenPoll(ctx.db, id, 'close'))!;
    await answerPoll(ctx, by('2'), poll.id, true);
    expect((await findGroup(ctx.db, id))?.state).toBe('active');
    await leaveGroup(ctx, by('4'), id);
    expect(await findGroup(ctx.db, id)).toMatchObject({ state: 'closed', closed_why: 'majority' });
    expect(await newsOf('4')).toEqual([]);

    const resting = await activeGroup(ctx, ['5', '6', '7', '8']);
    await restGroup(ctx, by('6'), resting, 2);
    await answerPoll(ctx, by('7'), (await findOpenPoll(ctx.db, resting, 'rest'))!.id, true);
    await removeMember(ctx, by('5'), resting, '8', 'absent');
    expect((await findGroup(ctx.db, resting))?.state).toBe('resting');
  });

  test('ends as a no where half of those who remain say no, and goes on where whoever leaves had said yes', async () => {
    const id = await activeGroup(ctx, ['1', '2', '3']);
    await restGroup(ctx, by('2'), id, 2);
    const poll = (await findOpenPoll(ctx.db, id, 'rest'))!;
    await leaveGroup(ctx, by('2'), id);
    expect((await findPoll(ctx.db, poll.id))?.outcome).toBeNull();
    await answerPoll(ctx, by('1'), poll.id, false);
    expect((await findPoll(ctx.db, poll.id))?.outcome).toBe('no');
  });

  test('makes two groups one once somebody leaves of whom alone it hung', async () => {
    const one = await activeGroup(ctx, ['1', '2']);
    await person(ctx, '3');
    await joinGroup(ctx, by('3'), one);
    const other = await activeGroup(ctx, ['4', '5', '6']);
    await askToMerge(ctx, by('1'), one);
    const [mine, theirs] = [(await findOpenPoll(ctx.db, one, 'merge'))!, (await findOpenPoll(ctx.db, other, 'merge'))!];
    for (const each of ['4', '5']) await answerPoll(ctx, by(each), theirs.id, true);
    expect((await findPoll(ctx.db, mine.id))?.outcome).toBeNull();
    await leaveGroup(ctx, by('2'), one);
    expect((await findPoll(ctx.db, mine.id))?.outcome).toBeNull();
    await leaveGroup(ctx, by('3'), one);
    expect((await findGroup(ctx.db, one))?.state).toBe('closed');
    expect(await members(other)).toEqual(expect.arrayContaining(['1', '4', '5', '6']));
    expect(await newsOf('1')).toEqual(['merged']);
  });
});

describe('whoever leaves', () => {
  test('by a press in the thread, which they then see no more, gets a letter with the way back; elsewhere the answer is enough', async () => {
    const id = await activeGroup(ctx, ['1', '2', '3']);
    await recordGroupThread(ctx.db, id, '900000000000000099');
    await leaveGroup(ctx, by('2'), id, '900000000000000001');
    expect(await newsOf('2')).toEqual([]);
    await leaveGroup(ctx, by('3'), id, '900000000000000099');
    expect(await newsOf('3')).toEqual(['left']);
  });
});

describe('a session', () => {
  test('that a rest or another time called off is planned again with either, and one that a member called off is not', async () => {
    const id = await activeGroup(ctx);
    await agree(id);
    const { id: first, starts_at: at } = (await findNextSession(ctx.db, id))!;
    await restGroup(ctx, by('1'), id, 1);
    expect((await findSession(ctx.db, first))?.state).toBe('called-off');
    await wakeGroup(ctx, by('1'), id);
    expect(await findNextSession(ctx.db, id)).toMatchObject({ id: first, starts_at: at });
    expect(await revisions('group-session')).toHaveLength(1);
    await proposeTimes(ctx, by('1'), id);
    await agree(id, ['1', '2', '3'], 1);
    expect((await findSession(ctx.db, first))?.state).toBe('called-off');
    await proposeTimes(ctx, by('1'), id);
    await agree(id);
    expect((await findSession(ctx.db, first))?.state).toBe('planned');
    await endSession(ctx, by('2'), first);
    await restGroup(ctx, by('1'), id, 1);
    await wakeGroup(ctx, by('1'), id);
    expect((await findSession(ctx.db, first))?.state).toBe('called-off');
  });

  test('that was moved by mistake is moved back', async () => {
    const id = await activeGroup(ctx);
    const at = later(ctx.now(), { days: 3 });
    await planExtra(ctx, by('1'), id, at);
    const { id: first } = (await findNextSession(ctx.db, id))!;
    await movePlanned(ctx, by('1'), first, later(at, { hours: 1 }));
    const moved = (await findNextSession(ctx.db, id))!;
    expect(moved.starts_at).toBe(later(at, { hours: 1 }));
    await movePlanned(ctx, by('2'), moved.id, at);
    expect(await findNextSession(ctx.db, id)).toMatchObject({ id: first, starts_at: at });
  });

  test('counts on nobody who has left, or rests then', async () => {
    const id = await activeGroup(ctx);
    await agree(id);
    const { id: session } = (await findNextSession(ctx.db, id))!;
    for (const each of ['1', '2', '3']) await sayWhetherComing(ctx, by(each), session, 'come');
    await leaveGroup(ctx, by('2'), id);
    await restMember(ctx, by('3'), id);
    expect((await listSessionPeople(ctx.db, session)).map((each) => each.user_id)).toEqual(['1']);
  });

  test('that is on when its group closes ends with it, held where two were there', async () => {
    const id = await activeGroup(ctx);
    await agree(id);
    const { id: session, starts_at: at } = (await findNextSession(ctx.db, id))!;
    ctx.advance({ ms: epochMs(at) - epochMs(ctx.now()) });
    await runSessions(ctx);
    for (const each of ['1', '2']) await sayHere(ctx, by(each), session);
    await closeAsModerator(ctx, moderator, id);
    expect((await findSession(ctx.db, session))?.state).toBe('held');
  });
});

test('who was at which session is nobody else’s, in no export, no letter and no line of the audit', async () => {
  const ids = ['800000000000000031', '800000000000000032', '800000000000000033'];
  const [ada = '', omar = '', zara = ''] = ids;
  const id = await activeGroup(ctx, ids);
  await agree(id, ids);
  for (let week = 0; week < 2; week += 1) {
    const { id: session, starts_at: at } = (await findNextSession(ctx.db, id))!;
    ctx.advance({ ms: epochMs(at) - epochMs(ctx.now()) });
    await runSessions(ctx);
    for (const each of [ada, omar]) await sayHere(ctx, by(each), session);
    await pledge(ctx, by(omar), session, 'Ten cards on the heart');
    ctx.advance({ minutes: 60 });
    await runSessions(ctx);
  }
  await pass(ctx, 7 * 24);
  const exportOf = async (whose: string) => JSON.stringify(await exportMember(ctx, by(whose)));
  for (const [whose, others] of [
    [ada, [omar, zara]],
    [zara, [ada, omar]],
  ] as const) {
    for (const other of others) expect(await exportOf(whose)).not.toContain(other);
    expect(await exportOf(whose)).not.toContain('Ten cards');
  }
  expect(await exportOf(omar)).toContain('Ten cards');
  const silence = await ctx.db.selectFrom('notices').select(['user_id', 'detail']).where('kind', '=', 'group-silence').execute(); // prettier-ignore
  expect(silence).toEqual([{ user_id: zara, detail: null }]);
  const told = await ctx.db.selectFrom('notices').select('detail').execute();
  const audit = await ctx.db.selectFrom('audit').selectAll().execute();
  for (const each of ids) expect(JSON.stringify([told, audit])).not.toContain(each);
});

test('whoever deletes their data is taken out of every message that names them', async () => {
  const id = await activeGroup(ctx);
  await agree(id);
  const other = await activeGroup(ctx, ['4', '5', '6'], { subject: { kind: 'circle', topic: 'applying', place: '' } });
  await setSessions(ctx, by('4'), other, { byApplication: true });
  await applyFor(ctx, by('1'), other, 'A line of mine');
  const { id: session } = (await findNextSession(ctx.db, id))!;
  await sayWhetherComing(ctx, by('1'), session, 'come');
  await closeOwnGroup(ctx, by('1'), id);
  const before = [...(await revisions('group-session')), ...(await revisions('group-poll')), ...(await revisions('group-application'))]; // prettier-ignore
  await deleteMemberData(ctx, by('1'));
  const after = [...(await revisions('group-session')), ...(await revisions('group-poll')), ...(await revisions('group-application'))]; // prettier-ignore
  expect(after.every((count, i) => count > before[i]!)).toBe(true);
  await expect(answerApplication(ctx, by('4'), other, '1', true)).rejects.toThrow(/over/);
});
