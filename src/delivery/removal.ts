import { RESTJSONErrorCodes, Routes } from 'discord.js';
import { findCase } from '../db/cases/cases.ts';
import { insertEntry } from '../db/cases/entries.ts';
import { insertNotice, readDetail } from '../db/notices/write.ts';
import type { Attempt } from './attempt.ts';
import { managesServer } from './handlers.ts';
import { MemberGone } from './notices/scene.ts';
import type { Follow, Outcome } from './outcome.ts';
import { isRefusal } from './request-failure.ts';

const goneMessage = new Set([String(RESTJSONErrorCodes.UnknownMessage)]);

/**
 * Takes away a message that was reported as exam content, where the guild wants that; a moderator's stays. Its author hears of
 * it once it is gone, and whoever handles the report sees that it is.
 */
export async function removeMessage(attempt: Attempt): Promise<Outcome> {
  const { ctx, notice, guild } = attempt;
  const { channelId, messageId, caseId } = readDetail('exam-removal', notice);
  const { user_id: authorId, guild_id: guildId } = notice;
  if (guild.hide_exam_content === 0 || authorId === null) return { is: 'void', why: 'not-wanted' };
  if (await isModerator(attempt, authorId)) return { is: 'void', why: 'moderator' };
  const also: Follow = async (trx) => {
    const of = await findCase(trx, guildId, caseId);
    if (!of) return;
    await insertEntry(trx, ctx, of, { kind: 'hidden', byId: null });
    await insertNotice(trx, ctx, {
      guildId,
      kind: 'exam-hidden',
      userId: authorId,
      subjectId: caseId,
      detail: { channelId },
      dedupeKey: `exam-hidden:${messageId}`,
    });
  };
  const done = { is: 'delivered', channelId, messageId, also } as const;
  try {
    await attempt.request('delete', Routes.channelMessage(channelId, messageId));
    return done;
  } catch (error) {
    // It may have been this notice that took it away, in an attempt whose answer was lost.
    if (isRefusal(error, goneMessage) && attempt.unsureSince !== null) return done;
    throw error;
  }
}

async function isModerator(attempt: Attempt, userId: string): Promise<boolean> {
  try {
    return await managesServer(attempt, userId);
  } catch (error) {
    // What they wrote is still there to be read.
    if (error instanceof MemberGone) return false;
    throw error;
  }
}
