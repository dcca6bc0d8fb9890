/** The bot's own reactions: enough for bots that put them up; people here press buttons. */
import { intentBits } from '../../gateway/intents.ts';
import { permissionBits } from '../../permissions.ts';
import type { Channel, Message } from '../../world/state.ts';
import { channelOf, messageOf, need } from '../access.ts';
import { route, type Call, type Route } from '../call.ts';

const own = '/channels/:channel/messages/:message/reactions/:emoji/@me';

export const reactionRoutes: readonly Route[] = [
  route('PUT', own, (call) => react(call, true)),
  route('DELETE', own, (call) => react(call, false)),
  route('GET', '/channels/:channel/messages/:message/reactions/:emoji', (call) => {
    const emoji = emojiOf(call);
    const { json } = messageOf(call, channelOf(call));
    const reacted = json.reactions?.some((reaction) => reaction.emoji.name === emoji.name) ?? false;
    return reacted ? [call.world.bot.json] : [];
  }),
  route('DELETE', '/channels/:channel/messages/:message/reactions', (call) => {
    const channel = channelOf(call);
    const message = messageOf(call, channel);
    if (channel.guild) need(call.world, channel.guild, permissionBits.MANAGE_MESSAGES, channel);
    message.json = { ...message.json, reactions: [] };
    tell(call, 'MESSAGE_REACTION_REMOVE_ALL', channel, message, {});
  }),
];

function react(call: Call, add: boolean): void {
  const channel = channelOf(call);
  const message = messageOf(call, channel);
  if (channel.guild && add) {
    need(call.world, channel.guild, permissionBits.ADD_REACTIONS | permissionBits.READ_MESSAGE_HISTORY, channel);
  }
  const emoji = emojiOf(call);
  const others = (message.json.reactions ?? []).filter((reaction) => reaction.emoji.name !== emoji.name);
  const mine = {
    emoji,
    count: 1,
    count_details: { burst: 0, normal: 1 },
    me: true,
    me_burst: false,
    burst_colors: [],
  };
  message.json = { ...message.json, reactions: add ? [...others, mine] : others };
  const t = add ? 'MESSAGE_REACTION_ADD' : 'MESSAGE_REACTION_REMOVE';
  tell(call, t, channel, message, { user_id: call.world.bot.id, emoji, burst: false, type: 0 });
}

function tell(call: Call, t: string, channel: Channel, message: Message, more: object): void {
  const { guild } = channel;
  call.world.dispatch({
    t,
    d: { channel_id: channel.id, message_id: message.id, ...(guild ? { guild_id: guild.id } : {}), ...more },
    guild,
    channel,
    intents: guild ? intentBits.guildMessageReactions : intentBits.directMessageReactions,
  });
}

/** `name:id` for a custom emoji, otherwise the character itself. */
function emojiOf({ params }: Call): { id: string | null; name: string } {
  const [name = '', id = null] = decodeURIComponent(params['emoji'] ?? '').split(':');
  return { id, name };
}
