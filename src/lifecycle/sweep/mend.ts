/** How each kind of difference between the database and Discord is put right. */
import type { Context } from '../../context.ts';
import { findGuild } from '../../db/guilds.ts';
import { findMentorship } from '../../db/mentorships.ts';
import type { StaffProblem } from '../../db/notice-kinds.ts';
import { oweNoticeAnew } from '../../db/sweep.ts';
import { insertAlert } from '../../guild/alerts.ts';
import { reportDeleted } from '../../guild/guilds.ts';
import { inTurn } from '../../guild/turn.ts';
import { forgetSafetyRole } from '../../mentoring/cases/settings.ts';
import { leavePlace } from '../../mentoring/meetings/plan.ts';
import { oweMissingThread, oweThreadMembers, replaceThread } from '../../mentoring/threads.ts';
import { forgetStudyVoice } from '../../study/settings.ts';
import { oweGroupMembers, replaceGroupThread } from '../../study/thread.ts';
import { memberBack, memberLeft, memberReturned } from '../leavers.ts';
import type { Difference, DifferenceKind } from './differences.ts';
import { oweFittingRoles } from '../../db/notices/role-orders.ts';

/** How one kind is put right. */
interface Mending<Kind extends DifferenceKind> {
  /** Who brings it in order: the bot by itself, or the moderators, who are told once. */
  readonly by: 'bot' | 'moderators';
  /** Safe to do twice: what was mended meanwhile stays as it is. Discord is not called: what is owed follows. */
  readonly mend: (ctx: Context, guildId: string, difference: Extract<Difference, { kind: Kind }>) => Promise<unknown>;
}

/** Every kind of difference, once. */
export const mendings: { readonly [Kind in DifferenceKind]: Mending<Kind> } = {
  'channel-gone': { by: 'moderators', mend: (ctx, guildId, { id }) => reportDeleted(ctx, guildId, [id]) },
  'role-gone': { by: 'moderators', mend: (ctx, guildId, { id }) => reportDeleted(ctx, guildId, [id]) },
  'safety-role-gone': {
    by: 'moderators',
    mend: (ctx, guildId, { id }) => inTurn(ctx.db, guildId, (trx) => forgetSafetyRole(trx, ctx, guildId, id)),
  },
  'study-voice-gone': {
    by: 'moderators',
    mend: (ctx, guildId, { id }) => inTurn(ctx.db, guildId, (trx) => forgetStudyVoice(trx, ctx, guildId, id)),
  },
  'notify-role-gone': {
    by: 'moderators',
    mend: (ctx, guildId, { id }) => tell(ctx, guildId, 'notify-role-deleted', id),
  },
  'planned-channel-gone': {
    by: 'moderators',
    mend: (ctx, guildId, { id }) => tell(ctx, guildId, 'planned-channel-deleted', id),
  },
  // Of no concern to moderators: not even that two meet.
  'meeting-place-gone': {
    by: 'bot',
    mend: (ctx, guildId, { id }) => inTurn(ctx.db, guildId, (trx) => leavePlace(ctx, trx, guildId, id)),
  },
  'thread-gone': {
    by: 'bot',
    mend: (ctx, guildId, { pairId, threadId }) =>
      inTurn(ctx.db, guildId, (trx) => replaceThread(trx, ctx, pairId, threadId)),
  },
  'thread-missing': {
    by: 'bot',
    mend: (ctx, guildId, { pairId }) => inTurn(ctx.db, guildId, (trx) => oweMissingThread(trx, ctx, pairId)),
  },
  'thread-left': {
    by: 'bot',
    mend: (ctx, guildId, { pairId }) =>
      inTurn(ctx.db, guildId, async (trx) => {
        const pair = await findMentorship(trx, pairId);
        if (pair) await oweThreadMembers(trx, ctx, pair, false);
      }),
  },
  'group-thread-gone': {
    by: 'bot',
    mend: (ctx, guildId, { groupId, threadId }) =>
      inTurn(ctx.db, guildId, (trx) => replaceGroupThread(trx, ctx, groupId, threadId)),
  },
  'group-thread-left': {
    by: 'bot',
    mend: (ctx, guildId, { groupId }) => inTurn(ctx.db, guildId, (trx) => oweGroupMembers(trx, ctx, groupId, false)),
  },
  'thread-locked': {
    by: 'moderators',
    mend: (ctx, guildId, { threadId: id }) => tell(ctx, guildId, 'thread-locked', id),
  },
  'thread-closed': {
    by: 'moderators',
    mend: (ctx, guildId, { threadId: id }) => tell(ctx, guildId, 'thread-closed', id),
  },
  'card-gone': {
    by: 'bot',
    mend: (ctx, guildId, { noticeId, messageId }) =>
      inTurn(ctx.db, guildId, (trx) => oweNoticeAnew(trx, noticeId, messageId, ctx.now())),
  },
  'panel-gone': {
    by: 'bot',
    mend: (ctx, guildId, { noticeId, messageId }) =>
      inTurn(ctx.db, guildId, (trx) => oweNoticeAnew(trx, noticeId, messageId, ctx.now())),
  },
  'member-gone': { by: 'bot', mend: (ctx, guildId, { userId }) => memberLeft(ctx, guildId, userId) },
  'member-back': { by: 'bot', mend: (ctx, guildId, { userId }) => memberBack(ctx, guildId, userId) },
  'member-returned': {
    by: 'bot',
    mend: (ctx, guildId, { userId, joinedAt }) => memberReturned(ctx, guildId, userId, joinedAt),
  },
  'roles-differ': {
    by: 'bot',
    mend: (ctx, guildId, { userId }) => inTurn(ctx.db, guildId, (trx) => oweFittingRoles(trx, ctx, guildId, [userId])),
  },
};

/** Does what is done about a difference. */
export async function mend(ctx: Context, guildId: string, difference: Difference): Promise<void> {
  const { mend: work } = mendings[difference.kind] as Mending<DifferenceKind>;
  await work(ctx, guildId, difference);
}

async function tell(ctx: Context, guildId: string, problem: StaffProblem, id: string): Promise<boolean> {
  return await inTurn(ctx.db, guildId, async (trx) => {
    const guild = await findGuild(trx, guildId);
    if (!guild || guild.left_at !== null) return false;
    return await insertAlert(trx, ctx, guildId, { problem, id });
  });
}
