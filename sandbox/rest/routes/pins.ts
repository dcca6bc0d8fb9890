/** Pinned messages, by the routes of 2025 and by the older ones. */
import { intentBits } from '../../gateway/intents.ts';
import { permissionBits } from '../../permissions.ts';
import { Refused } from '../../refusals.ts';
import { tellMessage } from '../../world/messages/tell.ts';
import { compareSnowflakes } from '../../world/snowflakes.ts';
import type { Channel, Message } from '../../world/state.ts';
import { channelOf, messageOf, need } from '../access.ts';
import { numberOf, route, type Call, type Route } from '../call.ts';

const mostPins = 250;

export const pinRoutes: readonly Route[] = [
  route('GET', '/channels/:channel/messages/pins', (call) => {
    const channel = channelOf(call);
    const limit = numberOf(call.query, 'limit', 50, [1, 50]);
    const pinned = pinnedIn(channel);
    return {
      items: pinned
        .slice(0, limit)
        .map(({ json }) => ({ pinned_at: json.edited_timestamp ?? json.timestamp, message: json })),
      has_more: pinned.length > limit,
    };
  }),
  route('GET', '/channels/:channel/pins', (call) => pinnedIn(channelOf(call)).map(({ json }) => json)),
  ...['/channels/:channel/messages/pins/:message', '/channels/:channel/pins/:message'].flatMap((path) => [
    route('PUT', path, (call) => setPinned(call, true)),
    route('DELETE', path, (call) => setPinned(call, false)),
  ]),
];

function pinnedIn(channel: Channel): Message[] {
  return [...channel.messages.values()]
    .filter(({ json }) => json.pinned)
    .toSorted((a, b) => compareSnowflakes(b.id, a.id));
}

function setPinned(call: Call, pinned: boolean): void {
  const { world } = call;
  const channel = channelOf(call);
  const { guild } = channel;
  if (guild) need(world, guild, permissionBits.PIN_MESSAGES, channel);
  const message = messageOf(call, channel);
  if (message.json.pinned === pinned) return;
  if (pinned && pinnedIn(channel).length >= mostPins) {
    throw new Refused(400, 30003, 'Maximum number of pins reached for the channel (250)');
  }
  message.json = { ...message.json, pinned };
  if (pinned) channel.lastPinAt = world.clock.now();
  tellMessage(world, message, 'MESSAGE_UPDATE');
  world.dispatch({
    t: 'CHANNEL_PINS_UPDATE',
    d: {
      channel_id: channel.id,
      ...(guild ? { guild_id: guild.id } : {}),
      last_pin_timestamp: channel.lastPinAt === null ? null : new Date(channel.lastPinAt).toISOString(),
    },
    guild,
    channel,
    intents: guild ? intentBits.guilds : intentBits.directMessages,
  });
}
