import { Events } from 'discord.js';
import { lookAgainSoon } from '../guild/alerts.ts';
import type { GatewayEvent } from './event.ts';

/** A role was changed, perhaps what it permits or where it stands: what could not be done may be possible now. */
export default {
  name: Events.GuildRoleUpdate,
  async run(ctx, _before, role) {
    await lookAgainSoon(ctx, role.guild.id);
    ctx.outbox.wake();
  },
} satisfies GatewayEvent<Events.GuildRoleUpdate>;
