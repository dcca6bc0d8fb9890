/** Who may do what in one channel, and what follows when that changes. */
import { intentBits } from '../gateway/intents.ts';
import { permissionBits, permissionsIn, type PermissionOverwrite } from '../permissions.ts';
import { tellChannel } from './channels.ts';
import { channelJson, threadMemberJson } from './render.ts';
import type { Channel, Guild } from './state.ts';
import { activeThreads } from './threads.ts';
import type { World } from './world.ts';

/** Replaces all overwrites of a channel. A bot that can see it again is told which threads are in it. */
export function setOverwrites(world: World, channel: Channel, overwrites: readonly PermissionOverwrite[]): void {
  const { guild } = channel;
  if (!guild) return;
  const before = seenByBot(world, guild, channel);
  channel.overwrites = [...overwrites];
  tellChannel(world, channel, 'CHANNEL_UPDATE');
  if (!before && seenByBot(world, guild, channel)) tellThreads(world, guild, channel);
}

/** Replaces or adds the overwrite of one role or member. */
export function setOverwrite(world: World, channel: Channel, overwrite: PermissionOverwrite): void {
  setOverwrites(world, channel, [...channel.overwrites.filter(({ id }) => id !== overwrite.id), overwrite]);
}

function seenByBot(world: World, guild: Guild, channel: Channel): boolean {
  return (permissionsIn(guild, world.bot.id, channel.id) & permissionBits.VIEW_CHANNEL) !== 0n;
}

function tellThreads(world: World, guild: Guild, channel: Channel): void {
  const threads = activeThreads(guild, world.bot.id, channel.id);
  world.dispatch({
    t: 'THREAD_LIST_SYNC',
    d: {
      guild_id: guild.id,
      channel_ids: [channel.id],
      threads: threads.map((thread) => channelJson(world, thread)),
      members: threads.flatMap((thread) => threadMemberJson(thread, world.bot.id) ?? []),
    },
    guild,
    intents: intentBits.guilds,
  });
}
