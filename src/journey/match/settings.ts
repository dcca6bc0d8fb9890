import type { Context } from '../../context.ts';
import type { Guild } from '../../db/guilds.ts';
import { retryAfterSetUp } from '../../db/notices/outcomes.ts';
import type { Acting } from '../../guild/acting.ts';
import { changeSettings } from '../../guild/change-settings.ts';
import { toFlag } from '../../guild/settings.ts';

/** What a moderator changes about Match Week; what is undefined stays. */
interface MatchWeekChanges {
  /** Whether tips, prompts, check-ins and alerts rest. */
  readonly quiet?: boolean | undefined;
  /** Whether there is a word on Sunday. */
  readonly post?: boolean | undefined;
  /** Whether members may share a line from Friday on. */
  readonly share?: boolean | undefined;
  readonly channelId?: string | undefined;
}

/** Where the word and what is shared go: the channel chosen for it, else the one for tips, which rests meanwhile. */
export function matchChannelOf(guild: Pick<Guild, 'match_channel_id' | 'tips_channel_id'>): string | null {
  return guild.match_channel_id ?? guild.tips_channel_id;
}

/** Chooses what Match Week is like in a guild. @returns the settings as they now are. */
export async function saveMatchWeek(ctx: Context, by: Acting, changes: MatchWeekChanges): Promise<Guild> {
  return await changeSettings(
    ctx,
    by,
    {
      match_week: toFlag(changes.quiet),
      match_post: toFlag(changes.post),
      match_share: toFlag(changes.share),
      match_channel_id: changes.channelId,
    },
    // What could not be posted in the former channel may work in this one.
    (trx) => retryAfterSetUp(trx, by.guildId, ctx.now()),
  );
}
