import type { Guild } from '../../db/guilds.ts';
import { reviseNotices } from '../../db/notices/write.ts';
import { findGroup } from '../../db/study/groups.ts';
import { findSession } from '../../db/study/sessions.ts';
import { subjectText } from '../../discord/cards/study.ts';
import type { EventPlan, EventSource } from './events.ts';
import { subjectOf } from './scene.ts';

/** A session of a group that is listed openly, among the server's events: what it is and when, and nobody in it. */
export const sessionEvent: EventSource = {
  async plan(scene) {
    const { t, ctx, guild } = scene;
    const session = await subjectOf(scene, findSession);
    const group = session && (await findGroup(ctx.db, session.group_id));
    if (!session || !group || guild.study_events === 0 || group.is_listed === 0) return undefined;
    if (group.state !== 'active' || (session.state !== 'planned' && session.state !== 'running')) return undefined;
    const text = t.studyOpen.event;
    const month = group.target === null ? '' : t.words.month(group.target);
    return {
      name: text.name(subjectText(t, group), month),
      description: text.description,
      startsAt: session.starts_at,
      endsAt: session.ends_at,
      place: placeOf(guild, text.here),
      isOn: session.state === 'running',
    };
  },
  async changed(trx, ctx, { subject_id: id }) {
    if (id !== null) await reviseNotices(trx, id, 'group-session', ctx.now());
  },
};

/** The voice channel that is chosen for it, else the study channel. */
function placeOf(guild: Guild, here: string): EventPlan['place'] {
  const { study_voice_channel_id: voiceChannelId, study_channel_id: channelId } = guild;
  if (voiceChannelId !== null) return { voiceChannelId };
  return channelId === null ? { location: here } : { channelId };
}
