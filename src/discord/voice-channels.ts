/** Voice channels in which members meet, from the bot's memory. */
import { ChannelType, type Guild, PermissionFlagsBits, type VoiceChannel } from 'discord.js';
import type { Guild as Settings } from '../db/guilds.ts';
import { mayInChannel, moderatingPermissions } from './permissions.ts';

const toTalk = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.Connect | PermissionFlagsBits.Speak;

/** A voice channel of a guild; undefined for what is none, or gone. */
export function findVoiceChannel(guild: Guild, channelId: string): VoiceChannel | undefined {
  const channel = guild.channels.cache.get(channelId);
  return channel?.type === ChannelType.GuildVoice ? channel : undefined;
}

/**
 * Whether members see a voice channel and can speak in it: everyone, or whoever has a role that moderates nothing and is
 * not the mentors' alone.
 */
export function isOpenToMembers(
  guild: Guild,
  channel: VoiceChannel,
  settings: Pick<Settings, 'mentor_role_id'>,
): boolean {
  return guild.roles.cache.some(
    ({ id, permissions, managed }) =>
      !managed &&
      id !== settings.mentor_role_id &&
      !permissions.any(moderatingPermissions) &&
      (mayInChannel(guild, channel, { roleIds: [id] }) & toTalk) === toTalk,
  );
}
