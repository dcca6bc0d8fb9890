import { isOpenToMembers, findVoiceChannel } from '../discord/voice-channels.ts';
import { keepOfficeHours } from '../mentoring/office-hours/run.ts';
import type { Job } from './job.ts';

/** Reminds of office hours, begins and ends them, and looks whether people can still meet in their channel. */
export const keepOfficeHoursJob: Job = {
  name: 'keep-office-hours',
  run: (ctx, client) =>
    keepOfficeHours(ctx, (settings, channelId) => {
      const guild = client.guilds.cache.get(settings.id);
      if (!guild?.available) return undefined;
      const channel = findVoiceChannel(guild, channelId);
      if (!channel) return 'gone';
      return isOpenToMembers(guild, channel, settings) ? 'fine' : 'closed';
    }),
};
