/** Somebody who was left over takes a small change that would give them a group. */
import type { Context } from '../../context.ts';
import { upsertHours } from '../../db/hours.ts';
import type { Trx } from '../../db/open.ts';
import { listOpenGroups, type StudyGroup } from '../../db/study/groups.ts';
import { listGroupMembers } from '../../db/study/members.ts';
import { listSeekersOf, type StoredSeeker, upsertSeeker } from '../../db/study/seekers.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { inTurn } from '../../guild/turn.ts';
import { tidy } from '../../hours/week.ts';
import { comparedAtMost } from '../limits.ts';
import { findObstacle, isSuspended, requireJoinable, takePlace } from '../groups/join.ts';
import { requireRoomFor } from '../groups/room.ts';
import { requireHours } from '../people.ts';
import { subjectOf } from '../topics.ts';
import { formNow } from './form.ts';
import { readSeekerId, readWaiting, seekerId } from './input.ts';
import { mendWaiting } from './look.ts';
import { offerGroup } from './offer.ts';

/** A change as somebody takes it. */
export type Change =
  | { readonly is: 'hours'; readonly from: number; readonly to: number }
  | { readonly is: 'month'; readonly month: string }
  | { readonly is: 'language'; readonly language: string };

/** What came of it: they are in a group, a new one was offered to all of its members, or others were quicker. */
export type Taken = { readonly is: 'joined'; readonly group: StudyGroup } | { readonly is: 'offered' | 'waiting' };

/**
 * Stores the change, and gives the seeker a place: in a group that is there, else in a new one with others who wait.
 * @throws UserError when they seek this no longer.
 */
export async function takeChange(ctx: Context, whose: Acting, topic: string, change: Change): Promise<Taken> {
  const group = await inTurn(ctx.db, whose.guildId, async (trx) => {
    const seeker = (await listSeekersOf(trx, whose)).find((each) => each.topic === topic);
    if (!seeker) throw new UserError((t) => t.study.refused.seeksNothing);
    await requireRoomFor(trx, whose, subjectOf(seeker));
    if (await isSuspended(trx, ctx, whose)) throw new UserError((t) => t.studyGroups.refused.suspended);
    await applyChange(trx, ctx, whose, seeker, change);
    return await joinBest(trx, ctx, whose, seeker);
  });
  if (group) return { is: 'joined', group };
  return { is: (await offerNew(ctx, whose, topic)) ? 'offered' : 'waiting' };
}

async function applyChange(trx: Trx, ctx: Context, whose: Acting, seeker: StoredSeeker, change: Change): Promise<void> {
  if (change.is === 'hours') {
    const { windows, until } = await requireHours(trx, whose, ctx.now());
    const more = { from: change.from, to: change.to };
    return await upsertHours(trx, whose, { windows: tidy([...windows, more]), until }, ctx.now());
  }
  if (change.is === 'language') {
    return await upsertSeeker(trx, { ...seeker, languages: [...new Set([...seeker.languages, change.language])] });
  }
  const { target_from: from, target_until: until } = seeker;
  if (from === null || until === null) return;
  const months = [from, until, change.month].toSorted();
  await upsertSeeker(trx, { ...seeker, target_from: months[0]!, target_until: months.at(-1)! });
}

/** Joins the first group that has a place and asks nobody first, the fullest before the others: it begins soonest. */
async function joinBest(trx: Trx, ctx: Context, whose: Acting, seeker: StoredSeeker): Promise<StudyGroup | undefined> {
  const groups = await listOpenGroups(trx, whose.guildId, subjectOf(seeker), comparedAtMost);
  const open: { group: StudyGroup; members: number }[] = [];
  for (const group of groups) {
    const members = await listGroupMembers(trx, group.id);
    const isIn = members.some(({ user_id: userId }) => userId === whose.userId);
    if (isIn || group.by_application === 1) continue;
    const { isFull } = await requireJoinable(trx, whose, group.id, 'full');
    if (!isFull) open.push({ group, members: members.length });
  }
  for (const { group } of open.toSorted((a, b) => b.members - a.members)) {
    if (await findObstacle(trx, ctx, whose, group)) continue;
    return await takePlace(trx, ctx, whose, group);
  }
  return undefined;
}

/** A new group of those who wait, where forming gives the seeker one; who changed their mind meanwhile is left out. */
async function offerNew(ctx: Context, whose: Acting, topic: string): Promise<boolean> {
  const { plan } = await formNow(ctx, whose.guildId);
  const own = seekerId({ user_id: whose.userId, topic });
  const group = plan.groups.find(({ members }) => members.includes(own));
  if (!group) return false;
  return await inTurn(ctx.db, whose.guildId, async (trx) => {
    const ids = group.members.map((id) => readSeekerId(id).userId);
    const waiting = await readWaiting(ctx, trx, whose.guildId, ids);
    const members = group.members.flatMap((id) => waiting.get(id) ?? []);
    const formed = mendWaiting(ctx, members);
    if (!formed?.members.includes(own)) return false;
    await offerGroup(
      trx,
      ctx,
      members.filter(({ seeker }) => formed.members.includes(seeker.id)),
      formed.languages,
    );
    return true;
  });
}
