/** A group decides by majority whether it closes, rests, or becomes one with another. */
import type { Context } from '../../context.ts';
import { insertNotice, reviseNotices } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import { findGroup, type StudyGroup } from '../../db/study/groups.ts';
import { listGroupMembers } from '../../db/study/members.ts';
import {
  closePoll,
  countSays,
  findOpenPoll,
  findPoll,
  insertPoll,
  listPolls,
  listPollsOver,
  type Poll,
  recordSay,
  voidPoll,
} from '../../db/study/polls.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { forEachInTurn } from '../../guild/each.ts';
import { inTurn } from '../../guild/turn.ts';
import { newId } from '../../ids.ts';
import { later } from '../../time.ts';
import { pollHours, restWeeks } from '../limits.ts';
import { callOffSessions } from '../sessions/plan.ts';
import { reviseThread } from '../thread.ts';
import { changeGroup } from './change.ts';
import { closeGroup } from './close.ts';
import { requireMember } from './member.ts';
import { mergeGroups } from './merge.ts';

/** Polls of one heartbeat; what is left follows a minute later. */
const pollsAtOnce = 200;

/** What a group is asked. */
export type Question =
  | { readonly what: 'close' }
  | { readonly what: 'rest'; readonly weeks: number }
  | { readonly what: 'merge'; readonly withId: string };

/**
 * Asks a group something, unless it is being asked that already; whoever asks says yes.
 * @param by null for the bot, or a moderator who is not in it.
 */
export async function openPoll(
  trx: Trx,
  ctx: Context,
  group: StudyGroup,
  question: Question,
  by: Acting | null,
): Promise<void> {
  const open = await findOpenPoll(trx, group.id, question.what);
  if (open) {
    if (by) await recordSay(trx, open.id, by, true);
    return await settle(trx, ctx, open);
  }
  const now = ctx.now();
  const poll = {
    id: newId(ctx.random),
    group_id: group.id,
    guild_id: group.guild_id,
    what: question.what,
    weeks: question.what === 'rest' ? question.weeks : null,
    with_id: question.what === 'merge' ? question.withId : null,
    by_id: by?.userId ?? null,
    at: now,
    ends_at: later(now, { hours: pollHours }),
    outcome: null,
  };
  await insertPoll(trx, poll);
  if (by) await recordSay(trx, poll.id, by, true);
  await insertNotice(trx, ctx, { guildId: group.guild_id, kind: 'group-poll', subjectId: poll.id });
  await settle(trx, ctx, poll);
}

/** A member says yes or no; a second word replaces the first. */
export async function answerPoll(ctx: Context, whose: Acting, pollId: string, says: boolean): Promise<void> {
  await inTurn(ctx.db, whose.guildId, async (trx) => {
    const poll = await findPoll(trx, pollId);
    if (!poll) throw new UserError((t) => t.study.refused.unknown);
    await requireMember(trx, whose, poll.group_id);
    if (poll.outcome !== null) throw new UserError((t) => t.studyGroups.refused.pollOver);
    await recordSay(trx, pollId, whose, says);
    await settle(trx, ctx, poll);
  });
}

/** Closes polls whose time is over: the majority of those who answered decides. */
export async function endPolls(ctx: Context): Promise<void> {
  const over = await listPollsOver(ctx.db, ctx.now(), pollsAtOnce);
  await forEachInTurn(ctx, 'a poll', over, async ({ id, guild_id: guildId }) => {
    await inTurn(ctx.db, guildId, async (trx) => {
      const poll = await findPoll(trx, id);
      if (poll?.outcome !== null) return;
      const { yes, no } = await countSays(trx, poll);
      await decide(trx, ctx, poll, yes > no);
    });
  });
}

/** Somebody is no longer in a group: what it is being asked may be decided by that. */
export async function settleOpenPolls(trx: Trx, ctx: Context, groupId: string): Promise<void> {
  for (const poll of await listPolls(trx, groupId)) {
    if (poll.outcome === null) await settle(trx, ctx, poll);
  }
}

/** Closes a poll as soon as more than half of the members say the same. */
async function settle(trx: Trx, ctx: Context, poll: Poll): Promise<void> {
  const members = (await listGroupMembers(trx, poll.group_id)).filter(({ state }) => state !== 'offered').length;
  const { yes, no } = await countSays(trx, poll);
  if (2 * yes > members) await decide(trx, ctx, poll, true);
  // With half of them against it there is no majority for it any more.
  else if (2 * no >= members) await decide(trx, ctx, poll, false);
  else await reviseNotices(trx, poll.id, 'group-poll', ctx.now());
}

async function decide(trx: Trx, ctx: Context, poll: Poll, isYes: boolean): Promise<void> {
  if (!(await closePoll(trx, poll.id, isYes ? 'yes' : 'no'))) return;
  await reviseNotices(trx, poll.id, 'group-poll', ctx.now());
  const group = await findGroup(trx, poll.group_id);
  if (!group || group.state === 'closed') return;
  if (poll.what === 'merge') return await decideMerge(trx, ctx, poll, isYes);
  if (!isYes) return;
  if (poll.what === 'close') await closeGroup(trx, ctx, group.id, 'majority');
  else await restNow(trx, ctx, group, poll.weeks ?? 1);
}

/** Two groups become one once both say yes; a no of one ends the question for the other. */
async function decideMerge(trx: Trx, ctx: Context, poll: Poll, isYes: boolean): Promise<void> {
  const { with_id: otherId } = poll;
  if (otherId === null) return;
  const other = (await listPolls(trx, otherId)).find((each) => each.what === 'merge' && each.at === poll.at);
  if (!other) return;
  if (!isYes) {
    if ((await closePoll(trx, other.id, 'void')) || (await voidPoll(trx, other.id))) {
      await reviseNotices(trx, other.id, 'group-poll', ctx.now());
    }
    return;
  }
  if (other.outcome !== 'yes') return;
  const isMerged = await mergeGroups(trx, ctx, poll.group_id, otherId);
  for (const { id } of [poll, other]) {
    // Somebody came or left meanwhile, and now a rule stands between them: their messages say so.
    if (!isMerged) await voidPoll(trx, id);
    await reviseNotices(trx, id, 'group-poll', ctx.now());
  }
}

/** A group rests for some weeks: its sessions are called off. Returns until when; undefined when it is not going on. */
export async function restNow(trx: Trx, ctx: Context, group: StudyGroup, weeks: number): Promise<string | undefined> {
  const until = later(ctx.now(), { days: 7 * Math.min(Math.max(1, weeks), restWeeks) });
  if (!(await changeGroup(trx, group.id, 'rest', { until }))) return undefined;
  await callOffSessions(trx, ctx, group.id);
  await reviseThread(trx, ctx, group.id);
  return until;
}
