import type { Context } from '../../context.ts';
import { insertAudit } from '../../db/audit.ts';
import { type Guild, updateGuild } from '../../db/guilds.ts';
import { retryAfterSetUp } from '../../db/notices/outcomes.ts';
import type { Acting } from '../../guild/acting.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { inTurn } from '../../guild/turn.ts';

/** What a moderator changes about Match Week; what is undefined stays. */
export interface MatchWeekChanges {
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
  const flag = (wanted: boolean | undefined) => (wanted === undefined ? undefined : wanted ? 1 : 0);
  const wanted = {
    match_week: flag(changes.quiet),
    match_post: flag(changes.post),
    match_share: flag(changes.share),
    match_channel_id: changes.channelId,
  } as const;
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    const before = await requireGuild(trx, by.guildId);
    const changed = Object.fromEntries(
      Object.entries(wanted).filter(
        ([name, value]) => value !== undefined && value !== before[name as keyof typeof wanted],
      ),
    );
    const names = Object.keys(changed);
    if (names.length === 0) return before;
    await updateGuild(trx, by.guildId, changed);
    // What could not be posted in the former channel may work in this one.
    await retryAfterSetUp(trx, by.guildId, ctx.now());
    await insertAudit(trx, ctx, {
      guildId: by.guildId,
      actorId: by.userId,
      action: 'setup-changed',
      detail: { settings: names.join(' ') },
    });
    return { ...before, ...changed };
  });
}
