import { beforeEach, describe, expect, test } from 'vitest';
import { listApplications } from '../../src/db/study/applications.ts';
import { findGroup } from '../../src/db/study/groups.ts';
import { findGroupMember, listGroupMembers } from '../../src/db/study/members.ts';
import { findOpenPoll } from '../../src/db/study/polls.ts';
import { memberLeft } from '../../src/lifecycle/leavers.ts';
import { blockMember } from '../../src/mentoring/blocks.ts';
import { answerApplication, applyFor, inviteMember, withdrawApplication } from '../../src/study/groups/apply.ts';
import {
  askToMerge,
  closeAsModerator,
  closeOwnGroup,
  mergeAsModerator,
  restGroup,
} from '../../src/study/groups/consent.ts';
import { joinGroup } from '../../src/study/groups/join.ts';
import { leaveGroup, removeMember } from '../../src/study/groups/leave.ts';
import { declineOwner, handOver } from '../../src/study/groups/owner.ts';
import { answerPoll } from '../../src/study/groups/polls.ts';
import { setSessions, tickSystems } from '../../src/study/plan.ts';
import { acceptOffer } from '../../src/study/formations/offer.ts';
import type { TestContext } from '../support/context.ts';
import { owedTo } from '../support/members.ts';
import { activeGroup, by, openStudy, pass, person } from './support.ts';

let ctx: TestContext;
beforeEach(async () => {
  ctx = await openStudy();
  return async () => await ctx.db.destroy();
});

const stateOf = async (id: string) => (await findGroup(ctx.db, id))?.state;
const membersOf = async (id: string) =>
  (await listGroupMembers(ctx.db, id)).filter(({ state }) => state !== 'offered').map((member) => member.user_id);
const pollOf = async (id: string, what: 'close' | 'rest' | 'merge') => (await findOpenPoll(ctx.db, id, what))!.id;

describe('a majority', () => {
  test('closes a group that its owner would like to close, as soon as more than half say yes', async () => {
    const id = await activeGroup(ctx, ['1', '2', '3', '4']);
    expect((await closeOwnGroup(ctx, by('1'), id)).isClosed).toBe(false);
    const poll = await pollOf(id, 'close');
    await answerPoll(ctx, by('2'), poll, true);
    await answerPoll(ctx, by('2'), poll, true);
    expect(await stateOf(id)).toBe('active');
    await Promise.allSettled([answerPoll(ctx, by('3'), poll, true), answerPoll(ctx, by('4'), poll, true)]);
    expect([await stateOf(id), (await findGroup(ctx.db, id))?.closed_why]).toEqual(['closed', 'majority']);
    expect(await owedTo(ctx, '4')).toContain('group-news');
    await expect(answerPoll(ctx, by('2'), poll, false)).rejects.toThrow(/closed|not in this group/);
  });

  test('of those who answer decides after 48 hours; half against it ends it at once', async () => {
    const id = await activeGroup(ctx, ['1', '2', '3', '4']);
    await closeOwnGroup(ctx, by('1'), id);
    const poll = await pollOf(id, 'close');
    await answerPoll(ctx, by('2'), poll, false);
    await answerPoll(ctx, by('3'), poll, false);
    await expect(answerPoll(ctx, by('4'), poll, true)).rejects.toThrow(/decided/);
    await closeOwnGroup(ctx, by('1'), id);
    await pass(ctx, 48);
    expect(await stateOf(id)).toBe('closed');
  });

  test('lets a group rest where a member asks, the owner alone where they do', async () => {
    const id = await activeGroup(ctx);
    expect(await restGroup(ctx, by('2'), id, 3)).toBeUndefined();
    await answerPoll(ctx, by('3'), await pollOf(id, 'rest'), true);
    expect(await stateOf(id)).toBe('resting');
    await expect(restGroup(ctx, by('1'), id, 2)).rejects.toThrow(/going on/);
    await expect(answerPoll(ctx, by('9'), 'x', true)).rejects.toThrow(/not there any more/);
  });
});

describe('two small groups', () => {
  test('become one once both say yes: members, languages and what they ticked', async () => {
    const one = await activeGroup(ctx);
    ctx.advance({ minutes: 1 });
    const other = await activeGroup(ctx, ['4', '5', '6']);
    await tickSystems(ctx, by('4'), other, ['immune']);
    await askToMerge(ctx, by('1'), one);
    await answerPoll(ctx, by('2'), await pollOf(one, 'merge'), true);
    expect(await stateOf(other)).toBe('active');
    const poll = await pollOf(other, 'merge');
    await answerPoll(ctx, by('4'), poll, true);
    await Promise.all([answerPoll(ctx, by('5'), poll, true), answerPoll(ctx, by('6'), poll, true).catch(() => undefined)]); // prettier-ignore
    expect([await stateOf(one), await stateOf(other)]).toEqual(['active', 'closed']);
    expect((await membersOf(one)).toSorted()).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(await owedTo(ctx, '5')).toEqual(['group-news']);
    const ticks = await ctx.db.selectFrom('group_ticks').select('user_id').where('group_id', '=', one).execute();
    expect(ticks).toEqual([{ user_id: '4' }]);
    // All six are in one group of the exam, and in no other.
    const live = await ctx.db.selectFrom('group_members').select('user_id').where('state', '=', 'member').execute();
    expect(live).toHaveLength(6);
  });

  test('stay two where one says no, and are not asked about one another again for a month', async () => {
    const [one, other] = [await activeGroup(ctx), await activeGroup(ctx, ['4', '5', '6'])];
    await askToMerge(ctx, by('1'), one);
    const poll = await pollOf(other, 'merge');
    for (const each of ['4', '5']) await answerPoll(ctx, by(each), poll, false);
    expect(await findOpenPoll(ctx.db, one, 'merge')).toBeUndefined();
    await expect(askToMerge(ctx, by('1'), one)).rejects.toThrow(/no other group/);
  });

  test('are proposed to one another by the bot, where nobody waits who would fit', async () => {
    const [one, other] = [await activeGroup(ctx), await activeGroup(ctx, ['4', '5', '6'])];
    await pass(ctx, 7 * 24 + 6);
    expect(await findOpenPoll(ctx.db, one, 'merge')).toBeDefined();
    expect(await findOpenPoll(ctx.db, other, 'merge')).toBeDefined();
    await leaveGroup(ctx, by('6'), other);
    // Whoever joins while they decide is looked at again: together they would be seven.
    for (const each of ['7', '8']) await joinGroup(ctx, by(await person(ctx, each)), each === '7' ? one : other);
    for (const each of ['1', '2', '3']) await answerPoll(ctx, by(each), await pollOf(one, 'merge'), true);
    for (const each of ['4', '5']) await answerPoll(ctx, by(each), await pollOf(other, 'merge'), true).catch(() => undefined); // prettier-ignore
    expect([await stateOf(one), await stateOf(other)]).toEqual(['active', 'active']);
  });

  test('are refused to a moderator with the rule between them', async () => {
    const one = await activeGroup(ctx);
    const exam = await activeGroup(ctx, ['4', '5', '6'], { subject: { kind: 'exam', topic: 'step-3', place: '' } });
    await expect(mergeAsModerator(ctx, by('99'), one, exam)).rejects.toThrow(/different exams/);
    const big = await activeGroup(ctx, ['7', '8', '9', '10']);
    await expect(mergeAsModerator(ctx, by('99'), one, big)).rejects.toThrow(/more than six/);
    for (const each of ['11', '12', '13']) await person(ctx, each);
    const apart = await activeGroup(ctx, ['11', '12', '13'], { target: '2027-08' });
    await expect(mergeAsModerator(ctx, by('99'), one, apart)).rejects.toThrow(/two months apart/);
    const fine = await activeGroup(ctx, ['14', '15', '16']);
    await blockMember(ctx, by('2'), '15');
    await expect(mergeAsModerator(ctx, by('99'), one, fine)).rejects.toThrow(/does not want to meet/);
    await closeAsModerator(ctx, by('99'), fine);
    expect((await findGroup(ctx.db, fine))?.closed_why).toBe('moderator');
    await expect(closeAsModerator(ctx, by('99'), fine)).rejects.toThrow(/closed/);
  });
});

describe('when whoever looked after a group leaves', () => {
  test('the others are asked in the order in which they came, 48 hours each; then it belongs to all', async () => {
    const id = await activeGroup(ctx, ['1', '2', '3', '4']);
    await leaveGroup(ctx, by('1'), id);
    expect([(await findGroup(ctx.db, id))?.owner_asked_id, await owedTo(ctx, '2')]).toEqual(['2', ['group-owner']]);
    await declineOwner(ctx, by('3'), id);
    await declineOwner(ctx, by('2'), id);
    expect((await findGroup(ctx.db, id))?.owner_asked_id).toBe('3');
    await pass(ctx, 48);
    expect((await findGroup(ctx.db, id))?.owner_asked_id).toBe('4');
    await pass(ctx, 48);
    const group = await findGroup(ctx.db, id);
    expect([group?.owner_id, group?.owner_asked_id]).toEqual([null, null]);
    await handOver(ctx, by('3'), id, '3');
    expect((await findGroup(ctx.db, id))?.owner_id).toBe('3');
  });

  test('the next is asked where the one who was asked leaves, too', async () => {
    const id = await activeGroup(ctx, ['1', '2', '3', '4']);
    await Promise.all([leaveGroup(ctx, by('1'), id), memberLeft(ctx, by('2').guildId, '2')]);
    expect((await findGroup(ctx.db, id))?.owner_asked_id).toBe('3');
    await handOver(ctx, by('3'), id, '3');
    expect((await findGroup(ctx.db, id))?.owner_asked_id).toBeNull();
  });
});

describe('a place in a group', () => {
  test('is asked for where its members want to be asked, and answered, taken back, or over after three days', async () => {
    const id = await activeGroup(ctx);
    await setSessions(ctx, by('1'), id, { byApplication: true });
    for (const each of ['4', '5', '6']) await person(ctx, each);
    await expect(joinGroup(ctx, by('4'), id)).rejects.toThrow(/asks its members/);
    expect(await applyFor(ctx, by('4'), id, 'Evenings, one system a week')).toEqual({ is: 'asked' });
    await expect(answerApplication(ctx, by('2'), id, '4', true)).rejects.toThrow(/looks after/);
    await answerApplication(ctx, by('1'), id, '4', true);
    await expect(answerApplication(ctx, by('1'), id, '4', true)).rejects.toThrow(/over/);
    expect([await membersOf(id), await owedTo(ctx, '4')]).toEqual([['1', '2', '3', '4'], ['group-news']]);
    await leaveGroup(ctx, by('4'), id);
    await applyFor(ctx, by('5'), id, '');
    expect(await withdrawApplication(ctx, by('5'), id)).toBe('withdrawn');
    expect(await withdrawApplication(ctx, by('5'), id)).toBe('over');
    await applyFor(ctx, by('6'), id, '');
    await pass(ctx, 72);
    expect([await listApplications(ctx.db, id, 'asked'), await owedTo(ctx, '6')]).toEqual([[], ['group-news']]);
    await expect(applyFor(ctx, by('6'), id, 'x'.repeat(141))).rejects.toThrow(/141/);
  });

  test('in a full one is waited for by ten, and offered to the first of them who still fits', async () => {
    const id = await activeGroup(ctx, ['1', '2', '3', '4']);
    for (let i = 10; i < 21; i += 1) await person(ctx, String(i));
    for (let i = 10; i < 20; i += 1) {
      ctx.advance({ minutes: 1 });
      expect(await applyFor(ctx, by(String(i)), id, '')).toEqual({ is: 'listed', place: i - 9 });
    }
    await expect(applyFor(ctx, by('20'), id, '')).rejects.toThrow(/10 people wait/);
    // The first has found another group meanwhile.
    await activeGroup(ctx, ['10', '31', '32']);
    await leaveGroup(ctx, by('4'), id);
    await pass(ctx, 1);
    expect((await findGroupMember(ctx.db, id, '11'))?.state).toBe('offered');
    await acceptOffer(ctx, by('11'), id);
    expect(await membersOf(id)).toEqual(['1', '2', '3', '11']);
  });

  test('is offered to whoever the owner invites, and what stands in the way is not told apart', async () => {
    const id = await activeGroup(ctx);
    for (const each of ['4', '5']) await person(ctx, each);
    await expect(inviteMember(ctx, by('2'), id, '4')).rejects.toThrow(/looks after/);
    await expect(inviteMember(ctx, by('1'), id, '9')).rejects.toThrow(/cannot be offered/);
    await blockMember(ctx, by('4'), '2');
    await expect(inviteMember(ctx, by('1'), id, '4')).rejects.toThrow(/cannot be offered/);
    await inviteMember(ctx, by('1'), id, '5');
    await expect(inviteMember(ctx, by('1'), id, '5')).rejects.toThrow(/already/);
    expect(await owedTo(ctx, '5')).toEqual(['group-offered']);
    await acceptOffer(ctx, by('5'), id);
    await removeMember(ctx, by('1'), id, '5', 'pace');
    expect(await owedTo(ctx, '5')).toContain('group-news');
  });
});
