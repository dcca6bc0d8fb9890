import { Events } from 'discord.js';
import { reportDeleted } from '../guild/guilds.ts';
import type { GatewayEvent } from './event.ts';

/** A role was deleted: where the settings name it, the moderators hear of it. */
export default {
  name: Events.GuildRoleDelete,
  async run(ctx, role) {
    if (await reportDeleted(ctx, role.guild.id, [role.id])) ctx.outbox.wake();
  },
} satisfies GatewayEvent<Events.GuildRoleDelete>;
