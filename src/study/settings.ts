import type { Context } from '../context.ts';
import { findGuild, type Guild, updateGuild } from '../db/guilds.ts';
import type { Trx } from '../db/open.ts';
import { retryAfterSetUp } from '../db/notices/outcomes.ts';
import type { Acting } from '../guild/acting.ts';
import { insertAlert } from '../guild/alerts.ts';
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

/** The voice channel of sessions among the events is gone: they name the study channel again, and moderators hear of it. */
export async function forgetStudyVoice(trx: Trx, ctx: Context, guildId: string, channelId: string): Promise<void> {
  const guild = await findGuild(trx, guildId);
  if (guild?.study_voice_channel_id !== channelId || guild.left_at !== null) return;
  await updateGuild(trx, guildId, { study_voice_channel_id: null });
  if (guild.study_events === 1) await insertAlert(trx, ctx, guildId, { problem: 'study-voice-deleted', id: channelId });
  await reviseEventsOfGuild(trx, ctx, guildId);
}
