import { Events } from 'discord.js';
import { renewSweep } from '../db/sweep.ts';
import { sweepPlaces } from '../discord/sweep/index.ts';
import { noteChannelGone } from '../mentoring/office-hours/run.ts';
import type { GatewayEvent } from './event.ts';

/** A channel was deleted, and every thread in it: whoever used it is told, and pairs are looked at. */
export default {
  name: Events.ChannelDelete,
  async run(ctx, channel) {
    if (channel.isDMBased()) return;
    await renewSweep(ctx.db, ctx.now(), channel.guildId);
    const isMissed = await noteChannelGone(ctx, channel.guildId, channel.id);
    if ((await sweepPlaces(ctx, channel.guild)).length > 0 || isMissed) ctx.outbox.wake();
  },
} satisfies GatewayEvent<Events.ChannelDelete>;
