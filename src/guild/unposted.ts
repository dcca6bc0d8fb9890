import type { Context } from '../context.ts';
import type { StaffProblem } from '../db/notice-kinds.ts';
import type { Trx } from '../db/open.ts';
import { insertAlert } from './alerts.ts';

/** What moderators are told when something that the bot posts of its own accord cannot be posted, by why not. */
const problems = {
  'channel-deleted': 'planned-channel-deleted',
  'channel-closed': 'channel-closed',
  'thread-locked': 'channel-closed',
  'tag-missing': 'message-refused',
  refused: 'message-refused',
  'moderator-gone': 'message-refused',
} as const satisfies Readonly<Record<string, StaffProblem>>;

/** Something of the bot's own cannot be posted: moderators hear why, once. */
export async function tellUnposted(
  trx: Trx,
  ctx: Context,
  guildId: string,
  why: keyof typeof problems,
  channelId: string,
): Promise<void> {
  await insertAlert(trx, ctx, guildId, { problem: problems[why], id: channelId });
}
