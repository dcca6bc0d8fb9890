/** What happens to groups and their members by the time. */
import type { Context } from '../../context.ts';
import { insertNotice } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import { findGroup, listGroupsToKeep, type StudyGroup, updateGroup } from '../../db/study/groups.ts';
import {
  findGroupMember,
  type GroupMember,
  listGroupMembers,
  listMembersOver,
  listOffersToRemind,
  markReminded,
} from '../../db/study/members.ts';
import { deleteSeeker } from '../../db/study/seekers.ts';
import { forEachInTurn } from '../../guild/each.ts';
import { inTurn } from '../../guild/turn.ts';
import { epochMs, later } from '../../time.ts';
import { answerDays, fewDays, ownerHours, quietDays, remindedHours } from '../limits.ts';
import { oweListing } from '../listing.ts';
import { keepWeekly } from '../plan.ts';
import { oweEvents } from '../sessions/events.ts';
import { planSessions } from '../sessions/plan.ts';
import { reviseThread } from '../thread.ts';
import { nextShift } from '../times.ts';
import { usualWeeks } from '../people.ts';
import { closeVote } from '../vote.ts';
import { changePlace } from './change.ts';
import { closeGroup } from './close.ts';
import { takeOut, wake } from './leave.ts';
import { endApplications } from './apply.ts';
import { keepOwner } from './owner.ts';
import { endPolls } from './polls.ts';
import { fillFromList, refill } from './refill.ts';

/** Members and groups of one heartbeat; what is left follows a minute later. */
const membersAtOnce = 500;
const groupsAtOnce = 100;
/** Each group is looked at every so many hours, and soon after something has changed. */
const lookHours = 6;
/** The word before the hour changes comes so many days ahead. */
const shiftDays = 14;

/** Ends offers, rests and waits; wakes and closes groups; asks the quiet; offers free places. */
export async function keepGroups(ctx: Context): Promise<void> {
  const over = await listMembersOver(ctx.db, ctx.now(), membersAtOnce);
  await forEachInTurn(ctx, 'a member of a group', over, async (member) => {
    await inTurn(ctx.db, member.guild_id, async (trx) => {
      const group = await findGroup(trx, member.group_id);
      if (group) await keepMember(trx, ctx, group, member.user_id);
    });
  });
  const now = ctx.now();
  const soon = await listOffersToRemind(ctx.db, { now, before: later(now, { hours: remindedHours }) }, membersAtOnce);
  await forEachInTurn(ctx, 'an offer of a group', soon, async (member) => {
    await inTurn(ctx.db, member.guild_id, (trx) => remindOfOffer(trx, ctx, member));
  });
  await endPolls(ctx);
  await endApplications(ctx);
  const by = { now, lookedBefore: later(now, { hours: -lookHours }), askedBefore: later(now, { hours: -ownerHours }) };
  await forEachInTurn(
    ctx,
    'a study group',
    await listGroupsToKeep(ctx.db, by, groupsAtOnce),
    async ({ id, guild_id: guildId }) => {
      await inTurn(ctx.db, guildId, async (trx) => {
        const group = await findGroup(trx, id);
        if (group) await keepGroup(trx, ctx, group);
      });
    },
  );
}

/** Reminds somebody, once, of a group that they are offered and have not answered. */
async function remindOfOffer(trx: Trx, ctx: Context, offer: GroupMember): Promise<void> {
  const { group_id: subjectId, guild_id: guildId, user_id: userId } = offer;
  if (!(await markReminded(trx, subjectId, userId, ctx.now()))) return;
  await insertNotice(trx, ctx, { guildId, userId, kind: 'group-offered', subjectId, detail: { again: true } });
}

async function keepMember(trx: Trx, ctx: Context, group: StudyGroup, userId: string): Promise<void> {
  const member = await findGroupMember(trx, group.id, userId);
  if (!member?.until || member.until > ctx.now()) return;
  if (member.state === 'resting') {
    await changePlace(trx, group.id, userId, 'be back');
    await reviseThread(trx, ctx, group.id);
    return;
  }
  const isOffer = member.state === 'offered';
  if (!(await takeOut(trx, ctx, group, userId, isOffer ? 'lapsed' : 'silent'))) return;
  if (isOffer) await deleteSeeker(trx, { guildId: group.guild_id, userId }, group.kind, group.topic);
  await insertNotice(trx, ctx, {
    guildId: group.guild_id,
    userId,
    kind: 'group-news',
    subjectId: group.id,
    detail: { what: isOffer ? 'offer-lapsed' : 'place-free' },
  });
}

async function keepGroup(trx: Trx, ctx: Context, group: StudyGroup): Promise<void> {
  const now = ctx.now();
  await updateGroup(trx, group.id, { looked_at: now });
  await oweListing(trx, ctx, group);
  await keepOwner(trx, ctx, group);
  if (group.vote_ends_at !== null && group.vote_ends_at <= now) await closeVote(trx, ctx, group);
  if (group.state_until !== null && group.state_until <= now) {
    if (group.state === 'forming') await closeGroup(trx, ctx, group.id, 'never-began');
    else await wake(trx, ctx, group);
    return;
  }
  if (group.few_since !== null && later(group.few_since, { days: fewDays }) <= now) {
    await closeGroup(trx, ctx, group.id, 'few');
    return;
  }
  if (group.state === 'forming') await fillFromList(trx, ctx, group);
  if (group.state !== 'active') return;
  const quietSince = later(now, { days: -quietDays });
  if (group.asked_at !== null && later(group.asked_at, { days: answerDays }) <= now) {
    await closeGroup(trx, ctx, group.id, 'quiet');
    return;
  }
  if (group.asked_at === null && group.held_at !== null && group.held_at <= quietSince) {
    await updateGroup(trx, group.id, { asked_at: now });
    await insertNotice(trx, ctx, { guildId: group.guild_id, kind: 'group-quiet', subjectId: group.id });
  }
  await planSessions(trx, ctx, group.id);
  await oweEvents(trx, ctx, group);
  await keepWeekly(trx, ctx, group);
  await warnOfShift(trx, ctx, group);
  await refill(trx, ctx, group);
}

/** Fourteen days before a change of the clock moves the hour for somebody, the thread hears of it, once. */
async function warnOfShift(trx: Trx, ctx: Context, group: StudyGroup): Promise<void> {
  const { zone } = group;
  if (zone === null || group.times.length === 0) return;
  const members = (await listGroupMembers(trx, group.id)).map(({ user_id: userId }) => userId);
  const weekly = { zone, times: group.times, minutes: group.minutes };
  const now = epochMs(ctx.now());
  for (const person of await usualWeeks(trx, group.guild_id, members)) {
    const shift = nextShift(weekly, person.zone, now, shiftDays);
    if (!shift) continue;
    const at = new Date(shift.at).toISOString();
    await insertNotice(trx, ctx, {
      guildId: group.guild_id,
      kind: 'group-shift',
      subjectId: group.id,
      detail: { at },
      dedupeKey: `group-shift:${group.id}:${at.slice(0, 10)}`,
    });
    return;
  }
}
