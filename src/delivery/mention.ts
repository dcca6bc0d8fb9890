/**
 * Roles of `/notify` are closed to mentions, so that no member can ring everybody who took one. The bot opens a role in
 * the minute in which it posts to it; `src/jobs/close-roles.ts` closes it after that, also what a kill left open.
 */
import { Routes } from 'discord.js';
import type { QuietReason } from '../db/notice-kinds.ts';
import { findOpenedAt, markRoleOpened } from '../db/notify.ts';
import { oneAtATime } from '../discord/turns.ts';
import type { Attempt, Sender } from './attempt.ts';
import type { Charge } from './notices/posting.ts';
import { RequestFailure } from './request-failure.ts';

/** The roles that this process has opened, by sender. */
const opened = new WeakMap<Sender, Set<string>>();

/**
 * Lets the role be mentioned that a post is to notify, where members took it with `/notify` and the bot cannot mention it
 * as it is. That it is open is stored before; posts in the same minute share one opening.
 * @returns why it stays closed; undefined where the post may go on.
 * @throws RequestFailure where Discord does not say.
 */
export async function openForMention(attempt: Attempt, charge: Charge | undefined): Promise<QuietReason | undefined> {
  const { notifies, channelId } = charge ?? {};
  if (channelId === undefined || notifies === undefined || notifies === 'everyone' || !notifies.isOffered)
    return undefined;
  const { sender, guild, ctx } = attempt;
  const { roleId } = notifies;
  const ours = opened.get(sender) ?? new Set<string>();
  opened.set(sender, ours);
  return await oneAtATime(`role:${roleId}`, async () => {
    const isShared = ours.has(roleId) && (await findOpenedAt(ctx.db, guild.id, roleId)) !== null;
    if (!isShared && attempt.findMentionFault(channelId, roleId) === undefined) return undefined;
    await markRoleOpened(ctx.db, guild.id, roleId, ctx.now());
    if (isShared) return undefined;
    try {
      await attempt.request('patch', Routes.guildRole(guild.id, roleId), {
        body: { mentionable: true },
        reason: attempt.t.notify.opens,
      });
    } catch (error) {
      if (!(error instanceof RequestFailure) || error.kind !== 'refused') throw error;
      return 'bot-may-not';
    }
    ours.add(roleId);
    return undefined;
  });
}
