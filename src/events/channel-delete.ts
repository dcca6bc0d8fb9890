import { Events } from 'discord.js';
import { reportDeleted } from '../guild/guilds.ts';
import type { GatewayEvent } from './event.ts';

/** A channel was deleted: where the settings name it, the moderators hear of it. */
export default {
  name: Events.ChannelDelete,
  async run(ctx, channel) {
    if (channel.isDMBased()) return;
    if (await reportDeleted(ctx, channel.guildId, [channel.id])) ctx.outbox.wake();
  },
} satisfies GatewayEvent<Events.ChannelDelete>;
