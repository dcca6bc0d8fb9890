import { beforeEach, describe, expect, test } from 'vitest';
import { findGroup } from '../../src/db/study/groups.ts';
import { findGroupMember, listGroupMembers } from '../../src/db/study/members.ts';
import { listSeekersOf } from '../../src/db/study/seekers.ts';
import { deleteMemberData } from '../../src/lifecycle/personal-data.ts';
import { memberLeft } from '../../src/lifecycle/leavers.ts';
import { blockMember } from '../../src/mentoring/blocks.ts';
import { findGroups } from '../../src/study/find.ts';
import { createGroup } from '../../src/study/groups/create.ts';
import { joinGroup } from '../../src/study/groups/join.ts';
import { closeOwnGroup, restGroup } from '../../src/study/groups/consent.ts';
import { leaveGroup, lookForAnother, removeMember, wakeGroup } from '../../src/study/groups/leave.ts';
import { handOver } from '../../src/study/groups/owner.ts';
import { answerQuiet } from '../../src/study/groups/quiet.ts';
import { seekGroup } from '../../src/study/seek.ts';
import { vote } from '../../src/study/vote.ts';
import type { TestContext } from '../support/context.ts';
import { owedTo } from '../support/members.ts';
import { activeGroup, by, draft, evenings, openStudy, pass, person } from './support.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openStudy();
  return async () => await ctx.db.destroy();
});

const membersOf = async (id: string) => (await listGroupMembers(ctx.db, id)).map((member) => member.user_id);
const stateOf = async (id: string) => (await findGroup(ctx.db, id))?.state;
const owed = async (kind: string) =>
  (
    await ctx.db
      .selectFrom('notices')
      .select('subject_id')
      .where('kind', '=', kind as never)
      .execute()
  ).length;

describe('a group', () => {
  test('begins with the third member: a thread and a vote on its time are owed', async () => {
    for (const id of ['1', '2', '3']) await person(ctx, id);
    const id = await createGroup(ctx, by('1'), draft);
    await joinGroup(ctx, by('2'), id);
    expect([await stateOf(id), await owed('group-thread')]).toEqual(['forming', 0]);
    await joinGroup(ctx, by('3'), id);
    expect([await stateOf(id), await owed('group-thread'), await owed('group-vote')]).toEqual(['active', 1, 1]);
    expect(await membersOf(id)).toEqual(['1', '2', '3']);
  });

  test('gives its last place to one of a hundred who press at once, and tells the others', async () => {
    const id = await activeGroup(ctx);
    const crowd = Array.from({ length: 100 }, (_, i) => String(100 + i));
    for (const each of crowd) await person(ctx, each);
    const results = await Promise.allSettled(crowd.map((each) => joinGroup(ctx, by(each), id)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(String(result.reason)).toMatch(/last place/);
    }
    expect(await membersOf(id)).toHaveLength(4);
  });

  test('lets nobody be in two groups of an exam, whichever way they press at once', async () => {
    const [one, other] = [await activeGroup(ctx), await activeGroup(ctx, ['4', '5', '6'])];
    await person(ctx, '7');
    const results = await Promise.allSettled([
      joinGroup(ctx, by('7'), one),
      joinGroup(ctx, by('7'), other),
      createGroup(ctx, by('7'), draft),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  test.each([
    ['hours that never meet theirs', { windows: [{ from: 6 * 60, to: 9 * 60 }] }, /no hour that suits all/],
    ['a zone far away', { zone: 'America/Los_Angeles' }, /no hour that suits all/],
  ])('refuses somebody with %s, and says why', async (_, options, why) => {
    const id = await activeGroup(ctx);
    await person(ctx, '9', options);
    await expect(joinGroup(ctx, by('9'), id)).rejects.toThrow(why);
    expect(await membersOf(id)).toHaveLength(3);
  });

  test('refuses a language that nobody shares, a target that is far, a block, and hours outside of its weekly time', async () => {
    const id = await activeGroup(ctx);
    for (const each of ['10', '11', '12', '13']) await person(ctx, each);
    const wish = { subject: draft.subject, target: null, languages: ['en'], sessions: 1 };
    await seekGroup(ctx, by('10'), { ...wish, languages: ['ur'] });
    await expect(joinGroup(ctx, by('10'), id)).rejects.toThrow(/no language in common/);
    await seekGroup(ctx, by('11'), { ...wish, target: '2027-08' });
    await expect(joinGroup(ctx, by('11'), id)).rejects.toThrow(/more than two months/);
    await blockMember(ctx, by('2'), '12');
    await expect(joinGroup(ctx, by('12'), id)).rejects.toThrow(/not for you/);
    const [time = 0] = (await findGroup(ctx.db, id))?.vote ?? [];
    for (const each of ['1', '2', '3']) await vote(ctx, by(each), id, time);
    const windows = evenings.filter(({ from }) => Math.floor(from / 1440) !== Math.floor(time / 1440));
    await person(ctx, '13', { windows });
    await expect(joinGroup(ctx, by('13'), id)).rejects.toThrow(/weekly time is outside your hours/);
  });

  test('needs hours, a target within the year, a size of three to six, and words that offer no copies', async () => {
    await expect(createGroup(ctx, by('1'), draft)).rejects.toThrow(/when you can usually meet/);
    await person(ctx, '1');
    const refused = (more: Partial<typeof draft>) => createGroup(ctx, by('1'), { ...draft, ...more });
    await expect(refused({ size: 2 })).rejects.toThrow(/3 to 6 members/);
    await expect(refused({ size: 7 })).rejects.toThrow(/3 to 6 members/);
    await expect(refused({ target: '2020-01' })).rejects.toThrow(/over/);
    await expect(refused({ target: '2028-01' })).rejects.toThrow(/more than 12 months/);
    await expect(refused({ minutes: 24 })).rejects.toThrow(/25 to 240 minutes/);
    await expect(refused({ minutes: 241 })).rejects.toThrow(/25 to 240 minutes/);
    await expect(refused({ sessions: 5 })).rejects.toThrow(/one to three times/);
    await expect(refused({ about: 'I share UWorld pdf for free' })).rejects.toThrow(/nobody may share/);
    await expect(refused({ about: 'recalls of last week' })).rejects.toThrow(/nobody may share/);
    await refused({ about: 'We use UWorld and First Aid, each with their own copy.' });
    await expect(refused({})).rejects.toThrow(/in a group for this exam already/);
  });

  test('closes after a week with fewer than three, whose members wait for another, first in turn', async () => {
    await person(ctx, '1');
    const id = await createGroup(ctx, by('1'), draft);
    const begun = ctx.now();
    await pass(ctx, 7 * 24 - 1);
    expect(await stateOf(id)).toBe('forming');
    await pass(ctx, 1);
    expect([await stateOf(id), await owedTo(ctx, '1')]).toEqual(['closed', ['group-news']]);
    expect((await listSeekersOf(ctx.db, by('1'))).map(({ topic, since }) => [topic, since])).toEqual([
      ['step-1', begun],
    ]);
  });

  test('belongs to all once its owner goes, and to whoever says that they look after it', async () => {
    const id = await activeGroup(ctx);
    await expect(removeMember(ctx, by('2'), id, '3', 'pace')).rejects.toThrow(/looks after/);
    await leaveGroup(ctx, by('1'), id);
    expect((await findGroup(ctx.db, id))?.owner_id).toBeNull();
    await Promise.allSettled([handOver(ctx, by('2'), id, '2'), handOver(ctx, by('3'), id, '3')]);
    const owner = (await findGroup(ctx.db, id))?.owner_id;
    expect(await membersOf(id)).toContain(owner);
    await expect(leaveGroup(ctx, by('1'), id)).rejects.toThrow(/not in this group/);
  });

  test('never has an owner who left, also when two leave at once', async () => {
    const id = await activeGroup(ctx, ['1', '2', '3', '4']);
    await Promise.all([leaveGroup(ctx, by('1'), id), memberLeft(ctx, by('2').guildId, '2'), handOver(ctx, by('1'), id, '2').catch(() => undefined)]); // prettier-ignore
    const group = await findGroup(ctx.db, id);
    expect([null, '3', '4']).toContain(group?.owner_id);
    expect(await membersOf(id)).toEqual(['3', '4']);
  });

  test('is closed by its owner alone only where at most one other is in it', async () => {
    const id = await activeGroup(ctx);
    expect((await closeOwnGroup(ctx, by('1'), id)).isClosed).toBe(false);
    expect(await stateOf(id)).toBe('active');
    await leaveGroup(ctx, by('3'), id);
    await closeOwnGroup(ctx, by('1'), id);
    expect(await stateOf(id)).toBe('closed');
    expect(await owedTo(ctx, '2')).toContain('group-news');
    await expect(joinGroup(ctx, by('3'), id)).rejects.toThrow(/closed/);
  });

  test('offers a free place to the first of those waiting who fit, and the next when they are silent', async () => {
    const id = await activeGroup(ctx);
    for (const each of ['4', '5', '6']) await person(ctx, each, each === '4' ? { zone: 'America/Los_Angeles' } : {});
    for (const each of ['4', '5', '6']) {
      ctx.advance({ minutes: 1 });
      await seekGroup(ctx, by(each), { subject: draft.subject, target: '2027-03', languages: ['en'], sessions: 1 });
    }
    await pass(ctx, 6);
    expect([await owedTo(ctx, '4'), await owedTo(ctx, '5'), await owedTo(ctx, '6')]).toEqual([[], ['group-offered'], []]); // prettier-ignore
    await pass(ctx, 60);
    expect((await findGroupMember(ctx.db, id, '5'))?.left_why).toBe('lapsed');
    expect(await owedTo(ctx, '6')).toEqual(['group-offered']);
    expect(await listSeekersOf(ctx.db, by('5'))).toEqual([]);
    await lookForAnother(ctx, by('5'), id);
    expect(await listSeekersOf(ctx.db, by('5'))).toHaveLength(1);
  });

  test('rests for some weeks, and goes on by itself or sooner', async () => {
    const id = await activeGroup(ctx);
    await restGroup(ctx, by('1'), id, 2);
    expect(await stateOf(id)).toBe('resting');
    await expect(restGroup(ctx, by('1'), id, 2)).rejects.toThrow(/going on/);
    await pass(ctx, 14 * 24);
    expect(await stateOf(id)).toBe('active');
    await restGroup(ctx, by('1'), id, 1);
    await wakeGroup(ctx, by('1'), id);
    expect(await stateOf(id)).toBe('active');
  });

  test('is asked after two weeks without a session, goes on with one answer, and closes without any', async () => {
    const id = await activeGroup(ctx);
    await pass(ctx, 14 * 24 + 6);
    expect([await owed('group-quiet'), await stateOf(id)]).toEqual([1, 'active']);
    await answerQuiet(ctx, by('3'), id);
    await pass(ctx, 14 * 24 + 6);
    expect([await owed('group-quiet'), await stateOf(id)]).toEqual([2, 'active']);
    await pass(ctx, 5 * 24 + 6);
    expect(await stateOf(id)).toBe('closed');
    expect((await findGroup(ctx.db, id))?.closed_why).toBe('quiet');
  });

  test('loses whoever deletes their data without a trace, and closes when nobody is left', async () => {
    const id = await activeGroup(ctx);
    for (const each of ['1', '2', '3']) await deleteMemberData(ctx, by(each));
    expect([await stateOf(id), await membersOf(id)]).toEqual(['closed', []]);
    const group = await findGroup(ctx.db, id);
    expect([group?.about, group?.owner_id, group?.author_id]).toEqual(['', null, null]);
  });
});

describe('groups that somebody finds', () => {
  test('are those that fit them, best first, with times that suit all of them', async () => {
    const id = await activeGroup(ctx);
    await person(ctx, '20');
    const { found } = await findGroups(ctx, by('20'), draft.subject);
    expect(found.map(({ group }) => group.id)).toEqual([id]);
    expect(found[0]?.common.length).toBeGreaterThan(0);
    await person(ctx, '21', { zone: 'America/Los_Angeles' });
    expect(await findGroups(ctx, by('21'), draft.subject)).toEqual({ found: [], others: 1, isNightOnly: false });
  });

  test('are none that they were taken out of, and none at night: that is named', async () => {
    const id = await activeGroup(ctx, ['1', '2', '3', '4'], { size: 6 });
    await removeMember(ctx, by('1'), id, '4', 'pace');
    expect((await findGroups(ctx, by('4'), draft.subject)).found).toEqual([]);
    await person(ctx, '5', { windows: [{ from: 1440 + 60, to: 1440 + 5 * 60 }] });
    expect(await findGroups(ctx, by('5'), draft.subject)).toEqual({ found: [], others: 1, isNightOnly: true });
    await seekGroup(ctx, by('5'), { subject: draft.subject, target: null, languages: ['en'], sessions: 1 });
    expect(await listSeekersOf(ctx.db, by('5'))).toHaveLength(1);
  });
});
