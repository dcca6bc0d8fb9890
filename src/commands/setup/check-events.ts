import type { Guild, GuildMember } from 'discord.js';
import { eventPermissions, missingPermissions, voicePermissions } from '../../discord/permissions.ts';
import type { Texts } from '../../texts/en.ts';
import type { ProblemText } from './problem.ts';

/**
 * What keeps the bot from adding an occasion to the server's events; asked only where something is to stand there.
 * @param voiceChannelId where it takes place; null for no voice channel.
 */
export function findEventProblems(
  t: Texts,
  guild: Guild,
  me: GuildMember,
  voiceChannelId: string | null,
): ProblemText[] {
  const text = t.events.check;
  const missing = missingPermissions(me.permissions, eventPermissions);
  const problems = missing.length > 0 ? [text.guild(missing)] : [];
  if (voiceChannelId === null) return problems;
  const channel = guild.channels.cache.get(voiceChannelId);
  if (!channel) return [...problems, text.voiceGone()];
  const lacks = missingPermissions(channel.permissionsFor(me), voicePermissions);
  return lacks.length === 0 ? problems : [...problems, text.voice(channel.toString(), lacks)];
}
