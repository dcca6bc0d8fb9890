import { Events } from 'discord.js';
import { sweepPlaces } from '../discord/sweep/index.ts';
import type { GatewayEvent } from './event.ts';

/** A role was deleted: where the bot gives it to members, the moderators hear of it. */
export default {
  name: Events.GuildRoleDelete,
  async run(ctx, role) {
    if ((await sweepPlaces(ctx, role.guild)).length > 0) ctx.outbox.wake();
  },
} satisfies GatewayEvent<Events.GuildRoleDelete>;
