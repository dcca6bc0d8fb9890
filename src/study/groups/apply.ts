/** Joining a group that asks its members first, waiting for a place in a full one, and being invited. */
import type { Context } from '../../context.ts';
import { insertNotice, reviseNotices } from '../../db/notices/write.ts';
import { findMember } from '../../db/members.ts';
import type { Trx } from '../../db/open.ts';
import {
  type Application,
  deleteApplication,
  findApplication,
  listApplications,
  listApplicationsOver,
  upsertApplication,
} from '../../db/study/applications.ts';
import { findGroup, type StudyGroup } from '../../db/study/groups.ts';
import { findGroupMember } from '../../db/study/members.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { forEachInTurn } from '../../guild/each.ts';
import { inTurn } from '../../guild/turn.ts';
import { later } from '../../time.ts';
import { offersForbiddenMaterial } from '../../integrity.ts';
import { lineLength, listedAtMost, offerHours } from '../limits.ts';
import { subjectOf } from '../topics.ts';
import { givePlace } from './change.ts';
import { findObstacle, GroupFull, refusalOf, requireJoinable, takePlace } from './join.ts';
import { requireOwner } from './member.ts';
import { hasPlaceFor, requireRoomFor } from './room.ts';

/** Applications of one heartbeat; what is left follows a minute later. */
const applicationsAtOnce = 200;

/** What came of it: the members are asked, or somebody is in the list of a full group, at a place of it. */
type Applied = { readonly is: 'asked' } | { readonly is: 'listed'; readonly place: number };

/**
 * Somebody applies for a group: its members are asked, or, where it is full, they wait in its list.
 * @param typed what they say about themselves, in a line.
 * @throws UserError where a rule stands between them and the group, or its list is full.
 */
export async function applyFor(ctx: Context, whose: Acting, groupId: string, typed: string): Promise<Applied> {
  const line = typed.trim();
  if (line.length > lineLength) throw new UserError((t) => t.study.refused.lineLong(line.length, lineLength));
  if (offersForbiddenMaterial(line)) throw new UserError((t) => t.study.refused.integrity);
  return await inTurn(ctx.db, whose.guildId, async (trx) => {
    const { group, isFull } = await requireJoinable(trx, whose, groupId, 'full');
    // A place is theirs already, if they say yes.
    if ((await findGroupMember(trx, groupId, whose.userId))?.state === 'offered') {
      throw new UserError((t) => t.studyGroups.apply.withdrawn.offered);
    }
    await requireRoomFor(trx, whose, subjectOf(group));
    const obstacle = await findObstacle(trx, ctx, whose, group);
    if (obstacle) throw new UserError((t) => refusalOf(t, obstacle));
    const now = ctx.now();
    const about = { group_id: groupId, user_id: whose.userId, guild_id: whose.guildId, line, since: now };
    if (!isFull) {
      await upsertApplication(trx, { ...about, state: 'asked', until: later(now, { hours: offerHours }) });
      // Whoever waited in the list keeps their turn, and who sends it twice has one card.
      const since = (await findApplication(trx, groupId, whose.userId))?.since ?? now;
      const isNew = await insertNotice(trx, ctx, {
        guildId: group.guild_id,
        kind: 'group-application',
        subjectId: groupId,
        detail: { since },
        dedupeKey: `group-application:${groupId}:${whose.userId}:${since}`,
      });
      if (!isNew) await reviseNotices(trx, groupId, 'group-application', now);
      return { is: 'asked' };
    }
    const listed = (await listApplications(trx, groupId, 'listed')).filter((each) => each.user_id !== whose.userId);
    if (listed.length >= listedAtMost) throw new UserError((t) => t.studyGroups.refused.listFull(listedAtMost));
    await upsertApplication(trx, { ...about, state: 'listed', until: null });
    const place = (await listApplications(trx, groupId, 'listed')).findIndex((each) => each.user_id === whose.userId);
    return { is: 'listed', place: place + 1 };
  });
}

/** What came of taking an application back: nothing was there any more, or they are in the group, or offered it, by now. */
export type Withdrawn = 'withdrawn' | 'over' | 'in' | 'offered';

/** Somebody would rather not after all. A second press changes nothing. */
export async function withdrawApplication(ctx: Context, whose: Acting, groupId: string): Promise<Withdrawn> {
  return await inTurn(ctx.db, whose.guildId, async (trx) => {
    const own = await findApplication(trx, groupId, whose.userId);
    if (own && (await endApplication(trx, ctx, own))) return 'withdrawn';
    const member = await findGroupMember(trx, groupId, whose.userId);
    if (!member || member.state === 'left') return 'over';
    return member.state === 'offered' ? 'offered' : 'in';
  });
}

/** The owner, or any member where all own it, takes somebody in, or not this time. */
export async function answerApplication(
  ctx: Context,
  whose: Acting,
  groupId: string,
  userId: string,
  isYes: boolean,
): Promise<void> {
  await inTurn(ctx.db, whose.guildId, async (trx) => {
    await requireOwner(trx, whose, groupId);
    const application = await findApplication(trx, groupId, userId);
    if (application?.state !== 'asked') throw new UserError((t) => t.studyGroups.refused.applicationOver);
    const applicant = { guildId: whose.guildId, userId };
    if (isYes) {
      const { group } = await requireOpenFor(trx, applicant, groupId);
      if (await hasPlaceFor(trx, applicant, group.topic)) throw new UserError((t) => t.studyGroups.refused.elsewhere);
      if (await obstacleOf(trx, ctx, applicant, group)) throw new UserError((t) => t.studyGroups.refused.fitsNoMore);
      await endApplication(trx, ctx, application);
      await takePlace(trx, ctx, applicant, group);
    } else await endApplication(trx, ctx, application);
    await tell(trx, ctx, application, isYes ? 'taken-in' : 'not-taken');
  });
}

/** @throws UserError where a group takes nobody: in the words for whoever looks after it. */
async function requireOpenFor(trx: Trx, whose: Acting, groupId: string) {
  try {
    return await requireJoinable(trx, whose, groupId, 'owner');
  } catch (error) {
    if (error instanceof GroupFull) throw new UserError((t) => t.studyGroups.refused.fullOwn);
    throw error;
  }
}

/** Applications that nobody answered in time are over, in kind words. */
export async function endApplications(ctx: Context): Promise<void> {
  const over = await listApplicationsOver(ctx.db, ctx.now(), applicationsAtOnce);
  await forEachInTurn(
    ctx,
    'an application',
    over,
    async ({ group_id: groupId, user_id: userId, guild_id: guildId }) => {
      await inTurn(ctx.db, guildId, async (trx) => {
        const application = await findApplication(trx, groupId, userId);
        if (!application?.until || application.until > ctx.now()) return;
        await endApplication(trx, ctx, application);
        await tell(trx, ctx, application, 'not-taken');
      });
    },
  );
}

async function endApplication(trx: Trx, ctx: Context, application: Application): Promise<boolean> {
  const { group_id: groupId, user_id: userId } = application;
  if (!(await deleteApplication(trx, groupId, userId))) return false;
  await reviseNotices(trx, groupId, 'group-application', ctx.now());
  return true;
}

async function tell(trx: Trx, ctx: Context, application: Application, what: 'taken-in' | 'not-taken'): Promise<void> {
  await insertNotice(trx, ctx, {
    guildId: application.guild_id,
    userId: application.user_id,
    kind: 'group-news',
    subjectId: application.group_id,
    detail: { what },
  });
}

/** Offers a free place to the first in the list who still fits. Returns whether somebody is asked. */
export async function offerToListed(trx: Trx, ctx: Context, group: StudyGroup, hours: number): Promise<boolean> {
  for (const application of await listApplications(trx, group.id, 'listed')) {
    const whose = { guildId: group.guild_id, userId: application.user_id };
    await deleteApplication(trx, group.id, application.user_id);
    if (await hasPlaceFor(trx, whose, group.topic)) continue;
    if (await obstacleOf(trx, ctx, whose, group)) {
      await tell(trx, ctx, application, 'not-taken');
      continue;
    }
    await offerPlace(trx, ctx, group, application.user_id, hours);
    return true;
  }
  return false;
}

/** What stands between somebody and a group; hours that nobody knows any more, too. */
async function obstacleOf(trx: Trx, ctx: Context, whose: Acting, group: StudyGroup, invited = false): Promise<boolean> {
  const member = await findMember(trx, whose.guildId, whose.userId);
  if (!member || member.left_at !== null) return true;
  try {
    return (await findObstacle(trx, ctx, whose, group, invited)) !== undefined;
  } catch (error) {
    if (error instanceof UserError) return true;
    throw error;
  }
}

/** Offers somebody a place in a group, with a letter. */
export async function offerPlace(
  trx: Trx,
  ctx: Context,
  group: StudyGroup,
  userId: string,
  hours: number,
): Promise<void> {
  const now = ctx.now();
  const whose = { guildId: group.guild_id, userId };
  await givePlace(trx, whose, group.id, { act: 'offer', since: now, until: later(now, { hours }) });
  // With that what they had asked is answered.
  if (await deleteApplication(trx, group.id, userId)) await reviseNotices(trx, group.id, 'group-application', now);
  await insertNotice(trx, ctx, { guildId: group.guild_id, userId, kind: 'group-offered', subjectId: group.id });
}

/**
 * The owner invites somebody: they are offered a place. What stands in the way is not told apart, because a block would be
 * told with it.
 */
export async function inviteMember(ctx: Context, whose: Acting, groupId: string, userId: string): Promise<void> {
  await inTurn(ctx.db, whose.guildId, async (trx) => {
    const group = await requireOwner(trx, whose, groupId);
    const invited = { guildId: whose.guildId, userId };
    if (await findGroupMember(trx, groupId, userId).then((member) => member && member.state !== 'left')) {
      throw new UserError((t) => t.studyGroups.refused.inAlready);
    }
    await requireOpenFor(trx, invited, groupId);
    if ((await hasPlaceFor(trx, invited, group.topic)) || (await obstacleOf(trx, ctx, invited, group, true))) {
      throw new UserError((t) => t.studyGroups.refused.inviteFits);
    }
    await offerPlace(trx, ctx, (await findGroup(trx, groupId))!, userId, offerHours);
  });
}
