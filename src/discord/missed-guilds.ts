import { type Client, Events, GatewayDispatchEvents, type GatewayReadyDispatchData } from 'discord.js';

/**
 * Notices guilds that removed the bot while its session was gone: a new session lists those in which it is, and discord.js
 * keeps the others as they were. They leave as if Discord had said so.
 */
export function noticeMissedGuilds(client: Client): void {
  client.ws.on(GatewayDispatchEvents.Ready, ({ guilds }: GatewayReadyDispatchData, shardId: number) => {
    const there = new Set(guilds.map(({ id }) => id));
    for (const guild of client.guilds.cache.values()) {
      if (guild.shardId !== shardId || there.has(guild.id)) continue;
      client.guilds.cache.delete(guild.id);
      client.emit(Events.GuildDelete, guild);
    }
  });
}
