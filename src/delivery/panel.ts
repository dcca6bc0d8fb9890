import { PermissionFlagsBits, RESTJSONErrorCodes, Routes } from 'discord.js';
import { findPanel } from '../db/panels.ts';
import type { Card } from '../discord/replies.ts';
import type { Attempt } from './attempt.ts';
import { editMessage, inFormer, look, post } from './messages.ts';
import type { Render } from './notices/scene.ts';
import type { Outcome } from './outcome.ts';
import { codesOf } from './refusals.ts';
import { isRefusal } from './request-failure.ts';

const goneCodes = new Set([...codesOf('message-gone'), ...codesOf('channel-gone')]);
/** It stands there all the same: moderators read in `/setup check` what it takes to pin it. */
const unpinnedCodes = new Set([
  ...codesOf('not-allowed'),
  ...codesOf('channel-gone'),
  ...codesOf('message-gone'),
  String(RESTJSONErrorCodes.MaximumNumberOfPinsReachedForTheChannel),
]);

/**
 * Brings the panel to where it stands: posted once and pinned, changed in place, posted anew where it was deleted; and
 * taken away where it stands no longer.
 */
export async function toPanel(attempt: Attempt, render: Render): Promise<Outcome> {
  const { ctx, guild, notice } = attempt;
  const card = await render(attempt);
  const { channel_id: channelId, message_id: messageId } = notice;
  if (card === undefined && channelId !== null && messageId !== null)
    return await takeAway(attempt, channelId, messageId);
  const panel = await findPanel(ctx.db, guild.id);
  if (card === undefined || panel === undefined) return await takeLostAway(attempt);
  attempt.concerns = panel.channel_id;
  try {
    const there =
      channelId === null || messageId === null ? undefined : await changed(attempt, channelId, messageId, card);
    return await pinned(attempt, there ?? (await post(attempt, panel.channel_id, card, { isChosen: true })));
  } catch (error) {
    if (!isRefusal(error, codesOf('channel-gone'))) throw error;
    const problem = 'panel-channel-deleted';
    return { is: 'again', waits: 'mending', problem, tells: { problem, id: panel.channel_id } };
  }
}

/** Changes the message that stands there; undefined where somebody deleted it. */
async function changed(
  attempt: Attempt,
  channelId: string,
  messageId: string,
  card: Card,
): Promise<Outcome | undefined> {
  try {
    return await editMessage(attempt, channelId, messageId, card);
  } catch (error) {
    if (!isRefusal(error, codesOf('message-gone'))) throw error;
    return undefined;
  }
}

/** Pins what stands there; pinning what is pinned changes nothing. */
async function pinned(attempt: Attempt, outcome: Outcome): Promise<Outcome> {
  if (outcome.is !== 'delivered' || outcome.channelId === null || outcome.messageId === null) return outcome;
  const { channelId, messageId } = outcome;
  if (!mayPin(attempt, channelId)) return { ...outcome, worked: [channelId] };
  try {
    await attempt.request('put', `/channels/${channelId}/messages/pins/${messageId}`, {
      reason: attempt.t.panel.reason,
    });
  } catch (error) {
    if (!isRefusal(error, unpinnedCodes)) throw error;
  }
  return { ...outcome, worked: [channelId] };
}

/** From the bot's memory: false only where it is known that it may not. */
function mayPin({ sender, guild }: Attempt, channelId: string): boolean {
  const known = sender.client.guilds.cache.get(guild.id);
  const channel = known?.channels.cache.get(channelId);
  const me = known?.members.me;
  return !channel || !me || channel.permissionsFor(me).has(PermissionFlagsBits.PinMessages);
}

/** One that may have arrived unnoticed where it stands no longer. */
async function takeLostAway(attempt: Attempt): Promise<Outcome> {
  const { unsureSince: since } = attempt;
  const former = attempt.formerPlace(null);
  const lost = former === undefined || since === null ? undefined : await inFormer(() => look(attempt, former, since));
  return lost ? await takeAway(attempt, lost.channel_id, lost.id) : { is: 'void', why: 'nothing-to-say' };
}

async function takeAway(attempt: Attempt, channelId: string, messageId: string): Promise<Outcome> {
  try {
    await attempt.request('delete', Routes.channelMessage(channelId, messageId), { reason: attempt.t.panel.reason });
  } catch (error) {
    if (!isRefusal(error, goneCodes)) throw error;
  }
  return { is: 'void', why: 'taken-away' };
}
