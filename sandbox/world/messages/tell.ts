/** Who hears of a message, and which words of it. */
import { intentBits } from '../../gateway/intents.ts';
import { memberJson } from '../render.ts';
import type { Channel, Message } from '../state.ts';
import type { World } from '../world.ts';

export function tellMessage(
  world: World,
  message: Message,
  t: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE',
  nonce?: string | number,
): void {
  const { channel, author } = message;
  const member = channel.guild?.members.get(author.id);
  world.dispatch({
    t,
    d: {
      ...message.json,
      channel_type: channel.type,
      ...guildIdOf(channel),
      ...(member ? { member: memberJson(member, { withUser: false }) } : {}),
      ...(nonce === undefined ? {} : { nonce }),
    },
    guild: channel.guild,
    channel,
    intents: messageIntent(channel),
  });
}

export const messageIntent = (channel: Channel): number =>
  channel.guild ? intentBits.guildMessages : intentBits.directMessages;

/** What an application without the content intent gets instead of somebody else's words. */
export function withoutContent<T extends object>(json: T): T {
  return { ...json, content: '', embeds: [], attachments: [], components: [] };
}

/** Whether the bot may read a message without the content intent: its own, direct ones, and where it is mentioned. */
export function readableByBot(world: World, json: { author?: { id: string }; mentions?: { id: string }[] }): boolean {
  return json.author?.id === world.bot.id || (json.mentions?.some(({ id }) => id === world.bot.id) ?? false);
}

export function guildIdOf(channel: Channel): { guild_id?: string } {
  return channel.guild ? { guild_id: channel.guild.id } : {};
}
