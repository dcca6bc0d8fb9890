import { Events } from 'discord.js';
import { lookAgainSoon } from '../guild/alerts.ts';
import type { GatewayEvent } from './event.ts';

/** A channel was changed, perhaps who may write in it: what could not be posted may be possible now. */
export default {
  name: Events.ChannelUpdate,
  async run(ctx, _before, channel) {
    if (channel.isDMBased()) return;
    await lookAgainSoon(ctx, channel.guildId);
    ctx.outbox.wake();
  },
} satisfies GatewayEvent<Events.ChannelUpdate>;
