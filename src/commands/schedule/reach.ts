/** Whether a schedule can post where it should, and notify whom it should. */
import type { BaseInteraction } from 'discord.js';
import type { Saying } from '../../errors.ts';
import { type ReadReach, reachFaults, withOffers } from '../../posts/announcements/reach.ts';
import type { ActContext } from '../../discord/command.ts';
import { placeOf } from '../../discord/place.ts';
import { reachReader } from '../../discord/reach.ts';

/** What a schedule wants of Discord. */
interface WantedReach {
  readonly channel_id: string;
  readonly role_id: string | null;
  readonly crosspost: 0 | 1;
  readonly parent_id: string | null;
  readonly tag_id: string | null;
}

/** What Discord allows whoever acts; a role of `/notify` is open, because the bot opens it for its posts. */
export async function readerOf(ctx: ActContext, interaction: BaseInteraction): Promise<ReadReach> {
  return await withOffers(ctx.db, placeOf(interaction).guild.id, reachReader(interaction));
}

/** What keeps the bot from posting it, each a sentence with its fix; from the bot's memory, without a request. */
export function postProblems(readReach: ReadReach, wanted: WantedReach): Saying[] {
  const reach = readReach(wanted);
  if (!reach.channel) return [(t) => t.schedules.refused.channelGone];
  const gone: Saying[] = reach.role === 'gone' ? [(t) => t.schedules.refused.roleGone] : [];
  // What the moderator who looks may do themselves is their business only when they choose it.
  const seen = { ...reach, moderatorLacks: [], moderatorMentions: true };
  const roleId = gone.length > 0 ? null : wanted.role_id;
  return [...gone, ...reachFaults({ ...wanted, role_id: roleId, everyone: 0 }, seen)];
}
