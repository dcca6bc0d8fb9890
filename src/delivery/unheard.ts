/**
 * Alerts whose address is gone go on: from the staff channel to whoever may manage the server, with the answer to their
 * next command. Where a day passes without one the owner is written to, and the next moderator hears it all the same.
 */
import { type APIGuild, Routes } from 'discord.js';
import type { Guild } from '../db/guilds.ts';
import type { ActContext } from '../discord/command.ts';
import type { Foreword } from '../discord/replies.ts';
import { later } from '../time.ts';
import type { Attempt } from './attempt.ts';
import { openDm, post, toChannel } from './messages.ts';
import { alertSentence } from './notices/housekeeping.ts';
import { paragraphs } from './notices/people.ts';
import { letter, type Render } from './notices/scene.ts';
import type { Outcome } from './outcome.ts';
import { RequestFailure } from './request-failure.ts';
import { listUnheardAlerts, markAlertsHeard, markAlertsUnheard, noteOwnerTold } from '../db/notices/alerts.ts';

/** How long moderators have to use a command before the owner is written to. */
const ownerAfterHours = 24;
/** Alerts in front of an answer: whoever reads it wanted something else. */
const shownAtMost = 3;

/** Delivers an alert to the staff channel; a day after that has failed, to the owner. */
export async function toModerators(attempt: Attempt, render: Render): Promise<Outcome> {
  const { notice, ctx } = attempt;
  const isOwners = notice.message_id === null && notice.created_at <= later(ctx.now(), { hours: -ownerAfterHours });
  let outcome: Outcome;
  try {
    outcome = await toChannel(attempt, 'staff', render);
    if (!isOwners || outcome.is !== 'again') return outcome;
  } catch (error) {
    if (!isOwners || !isRefused(error)) throw error;
    const told = await tellOwner(attempt);
    if (!told) throw error;
    return told;
  }
  return (await tellOwner(attempt)) ?? outcome;
}

/** Undefined where the owner cannot be told either. */
async function tellOwner(attempt: Attempt): Promise<Outcome | undefined> {
  const text = attempt.t.notices.alert;
  const sentence = await alertSentence(attempt);
  if (sentence === undefined) return undefined;
  try {
    const channelId = await openDm(attempt, await ownerOf(attempt));
    const outcome = await post(
      attempt,
      channelId,
      await letter(
        attempt,
        text.title,
        paragraphs(text.unheard, sentence, sentence.includes('`/') ? text.typedThere : ''),
      ),
    );
    return outcome.is === 'delivered' ? { ...outcome, also: (trx) => noteOwnerTold(trx, attempt.notice.id) } : outcome;
  } catch (error) {
    if (isRefused(error)) return undefined;
    throw error;
  }
}

async function ownerOf(attempt: Attempt): Promise<string> {
  const { sender, guild } = attempt;
  const cached = sender.client.guilds.cache.get(guild.id)?.ownerId;
  return cached ?? (await attempt.request<APIGuild>('get', Routes.guild(guild.id))).owner_id;
}

function isRefused(error: unknown): boolean {
  return error instanceof RequestFailure && error.kind === 'refused';
}

/**
 * What a moderator has to hear before the answer to their command; undefined when there is nothing.
 * @param guild its settings. @param guildName as its owner typed it.
 */
export async function findUnheard(ctx: ActContext, guild: Guild, guildName: string): Promise<Foreword | undefined> {
  const { t } = ctx;
  const names = { guildName: () => Promise.resolve(guildName), memberName: () => Promise.resolve('') };
  const waiting: { readonly id: string; readonly sentence: string }[] = [];
  for (const notice of await listUnheardAlerts(ctx.db, guild.id)) {
    const sentence = await alertSentence({ ctx, guild, t, notice, ...names });
    if (sentence !== undefined) waiting.push({ id: notice.id, sentence });
  }
  if (waiting.length === 0) return undefined;
  const text = t.notices.alert;
  const shown = waiting.slice(0, shownAtMost);
  const more = waiting.length - shown.length;
  const lines = [
    text.unheard,
    ...shown.map(({ sentence }) => text.line(sentence)),
    ...(more > 0 ? [text.unheardMore(more)] : []),
  ];
  const ids = shown.map(({ id }) => id);
  return {
    text: lines.join('\n'),
    said: () => markAlertsHeard(ctx.db, ids),
    unsaid: () => markAlertsUnheard(ctx.db, ids),
  };
}
