import type { Context } from '../context.ts';
import type { Guild } from '../db/guilds.ts';
import { retryAfterSetUp } from '../db/notices/outcomes.ts';
import type { Acting } from '../guild/acting.ts';
import { changeSettings } from '../guild/change-settings.ts';
import { toFlag } from '../guild/settings.ts';
import { reviseListingsOfGuild } from './listing.ts';
import { reviseEventsOfGuild } from './sessions/events.ts';

/** What a moderator changes about study groups; what is undefined stays. */
interface StudyChanges {
  /** Whether sessions of groups that are listed openly stand among the server's events. */
  readonly events?: boolean | undefined;
  /** In which voice channel those are; null for none. */
  readonly voiceChannelId?: string | null | undefined;
  /** In which forum groups that are listed openly stand; null for none. */
  readonly forumId?: string | null | undefined;
}

/** Chooses what everybody sees of study groups. @returns the settings as they now are. */
export async function saveStudy(ctx: Context, by: Acting, changes: StudyChanges): Promise<Guild> {
  return await changeSettings(
    ctx,
    by,
    {
      study_events: toFlag(changes.events),
      study_voice_channel_id: changes.voiceChannelId,
      study_forum_id: changes.forumId,
    },
    async (trx) => {
      await reviseEventsOfGuild(trx, ctx, by.guildId);
      await reviseListingsOfGuild(trx, ctx, by.guildId);
      await retryAfterSetUp(trx, by.guildId, ctx.now());
    },
  );
}
