import { reviseNotices } from '../../db/notices/write.ts';
import { findOfficeHour } from '../../db/office-hours.ts';
import { deletedUser } from '../../db/schema.ts';
import type { EventSource } from './events.ts';
import { subjectOf } from './scene.ts';

/**
 * Office hours among the server's events: their topic and their mentor, who chose to say both to everybody. Nothing of
 * anybody who comes or asks, and nothing of a mentorship.
 */
export const officeEvent: EventSource = {
  async plan(scene) {
    const { t, ctx, guild } = scene;
    const hour = await subjectOf(scene, findOfficeHour);
    if (!hour || hour.state !== 'planned' || guild.office_events === 0 || hour.mentor_id === deletedUser)
      return undefined;
    const text = t.officeHours;
    return {
      name: text.title(hour.topic),
      description: text.event(await scene.memberName(hour.mentor_id)),
      startsAt: hour.starts_at,
      endsAt: hour.ends_at,
      place: hour.channel_id === null ? { location: text.whereLater } : { voiceChannelId: hour.channel_id },
      isOn: hour.starts_at <= ctx.now(),
    };
  },
  async changed(trx, ctx, { subject_id: id }) {
    if (id !== null) await reviseNotices(trx, id, 'office-card', ctx.now());
  },
};
