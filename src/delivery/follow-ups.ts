import type { Context } from '../context.ts';
import type { Mentorship } from '../db/mentorships.ts';
import type { Trx } from '../db/open.ts';
import { presentIn } from '../mentoring/threads.ts';
import { insertNotice, type Notice, readDetail } from '../db/notices/write.ts';

/**
 * Tells the two of a pair by direct message how to reach each other, once for each thread that they cannot have.
 * @param thread the notice that was to open it: whether they had one before.
 */
export async function insertIntroductions(
  trx: Trx,
  ctx: Context,
  pair: Mentorship,
  thread: Pick<Notice, 'id' | 'detail'>,
): Promise<void> {
  const again = readDetail('mentorship-thread', thread);
  const key = again === null ? pair.id : `${pair.id}:${thread.id}`;
  for (const userId of await presentIn(trx, pair)) {
    await insertNotice(trx, ctx, {
      guildId: pair.guild_id,
      kind: 'mentorship-introduction',
      userId,
      subjectId: pair.id,
      ...(again ? { detail: again } : {}),
      dedupeKey: `mentorship-introduction:${key}:${userId}`,
    });
  }
}

/**
 * Asks for one discreet mention in the mentoring channel: something waits in this person's inbox. At most one a day;
 * when today's is out already, tomorrow's says so, unless they have looked by then.
 */
export async function insertInboxMention(trx: Trx, ctx: Context, guildId: string, userId: string): Promise<void> {
  const today = ctx.now().slice(0, 10);
  const mention = { guildId, kind: 'inbox-mention', userId } as const;
  if (await insertNotice(trx, ctx, { ...mention, dedupeKey: mentionKey(guildId, userId, today) })) return;
  const tomorrow = nextDay(today);
  await insertNotice(trx, ctx, {
    ...mention,
    dedupeKey: mentionKey(guildId, userId, tomorrow),
    dueAt: `${tomorrow}${ctx.now().slice(10)}`,
  });
}

function mentionKey(guildId: string, userId: string, day: string): string {
  return `inbox-mention:${guildId}:${userId}:${day}`;
}

function nextDay(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}

/** What was to be said in the thread of two about a meeting, as a letter to each of them, once. */
export async function oweMeetingLetters(trx: Trx, ctx: Context, notice: Notice, pair: Mentorship): Promise<void> {
  const detail = readDetail('meeting-thread', notice);
  const subjectId = notice.subject_id ?? '';
  for (const userId of await presentIn(trx, pair)) {
    await insertNotice(trx, ctx, {
      guildId: pair.guild_id,
      kind: 'meeting-letter',
      userId,
      subjectId,
      detail,
      dedupeKey: `meeting-letter:${notice.id}:${userId}`,
    });
  }
}

/** The same of what the bot says to them of its own accord. */
export async function owePromptLetters(trx: Trx, ctx: Context, notice: Notice, pair: Mentorship): Promise<void> {
  const detail = readDetail('pair-prompt', notice);
  for (const userId of await presentIn(trx, pair)) {
    await insertNotice(trx, ctx, {
      guildId: pair.guild_id,
      kind: 'pair-prompt-letter',
      userId,
      subjectId: pair.id,
      detail,
      dedupeKey: `pair-prompt-letter:${notice.id}:${userId}`,
    });
  }
}
