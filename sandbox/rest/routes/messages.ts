/** Messages of a channel. */
import { permissionBits, permissionsIn } from '../../permissions.ts';
import { intentBits } from '../../gateway/intents.ts';
import { Refused, unknown } from '../../refusals.ts';
import { addFlags, createMessage, deleteMessage, editMessage } from '../../world/messages/write.ts';
import { messageFlags, type MessageBody } from '../../world/messages/body.ts';
import { readableByBot, tellMessage, withoutContent } from '../../world/messages/tell.ts';
import { channelTypes } from '../../world/render.ts';
import { compareSnowflakes, timeOf } from '../../world/snowflakes.ts';
import type { Channel, Message } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { channelOf, guildChannelOf, messageOf, need, needToWrite } from '../access.ts';
import { numberOf, route, type Call, type Route } from '../call.ts';

/** Discord remembers a nonce for a few minutes. */
const nonceLifeMs = 3 * 60_000;
const bulkDeleteWithinMs = 14 * 24 * 3_600_000;
const noText: ReadonlySet<number> = new Set([channelTypes.category, channelTypes.forum, channelTypes.media]);

export const messageRoutes: readonly Route[] = [
  route('GET', '/channels/:channel/messages', (call) => {
    const channel = textChannelOf(call);
    // Without the right to the history there is none to see.
    if (channel.guild && !has(call.world, channel, permissionBits.READ_MESSAGE_HISTORY)) return [];
    return listMessages(channel, call.query).map((message) => shown(call.world, message));
  }),
  route<MessageBody>('POST', '/channels/:channel/messages', (call) => {
    const { world, body, files } = call;
    const channel = textChannelOf(call);
    const attaching = files.length > 0 ? permissionBits.ATTACH_FILES : 0n;
    needToWrite(world, channel, attaching);
    const key = body.nonce === undefined ? undefined : `${channel.id}:${world.bot.id}:${body.nonce}`;
    const earlier = key && body.enforce_nonce ? messageOfNonce(world, channel, key) : undefined;
    if (earlier) return { ...earlier.json, nonce: body.nonce };
    const message = createMessage(world, {
      channel,
      author: world.bot,
      // Who may not embed links can still send them: the embeds are dropped.
      body: channel.guild && !has(world, channel, permissionBits.EMBED_LINKS) ? { ...body, embeds: [] } : body,
      files,
      repliesTo: repliedTo(channel, body),
    });
    if (key) world.nonces.set(key, { messageId: message.id, at: world.clock.now() });
    return body.nonce === undefined ? message.json : { ...message.json, nonce: body.nonce };
  }),
  route<{ messages: string[] }>('POST', '/channels/:channel/messages/bulk-delete', (call) => {
    const { channel, guild } = guildChannelOf(call);
    const { world } = call;
    need(world, guild, permissionBits.MANAGE_MESSAGES, channel);
    const oldest = world.clock.now() - bulkDeleteWithinMs;
    if (call.body.messages.some((id) => timeOf(id) < oldest)) {
      throw new Refused(400, 50034, 'You can only bulk delete messages that are under 14 days old.');
    }
    const ids = call.body.messages.filter((id) => channel.messages.has(id));
    for (const id of ids) {
      const message = channel.messages.get(id);
      if (message) message.deleted = true;
      channel.messages.delete(id);
    }
    const d = { ids, channel_id: channel.id, guild_id: guild.id };
    world.dispatch({ t: 'MESSAGE_DELETE_BULK', d, guild, channel, intents: intentBits.guildMessages });
  }),
  route('GET', '/channels/:channel/messages/:message', (call) => {
    const channel = textChannelOf(call);
    if (channel.guild) need(call.world, channel.guild, permissionBits.READ_MESSAGE_HISTORY, channel);
    return shown(call.world, messageOf(call, channel));
  }),
  route<MessageBody>('PATCH', '/channels/:channel/messages/:message', (call) => {
    const channel = textChannelOf(call);
    const message = messageOf(call, channel);
    if (message.author !== call.world.bot) {
      throw new Refused(403, 50005, 'Cannot edit a message authored by another user');
    }
    if (channel.thread?.archived) throw new Refused(400, 50083, 'Thread is archived');
    editMessage(call.world, message, call.body, call.files);
    return message.json;
  }),
  route('DELETE', '/channels/:channel/messages/:message', (call) => {
    const channel = textChannelOf(call);
    const message = messageOf(call, channel);
    if (message.author !== call.world.bot) {
      if (!channel.guild) throw new Refused(403, 50003, 'Cannot execute action on a DM channel');
      need(call.world, channel.guild, permissionBits.MANAGE_MESSAGES, channel);
    }
    deleteMessage(call.world, message);
  }),
  route('POST', '/channels/:channel/messages/:message/crosspost', (call) => {
    const { channel, guild } = guildChannelOf(call);
    const message = messageOf(call, channel);
    if (channel.type !== channelTypes.announcement) {
      throw new Refused(400, 50024, 'Cannot execute action on this channel type');
    }
    const own = message.author === call.world.bot;
    need(call.world, guild, own ? permissionBits.SEND_MESSAGES : permissionBits.MANAGE_MESSAGES, channel);
    const flags = message.json.flags ?? 0;
    if (flags & messageFlags.crossposted) throw new Refused(400, 40033, 'This message has already been crossposted.');
    addFlags(message, messageFlags.crossposted);
    tellMessage(call.world, message, 'MESSAGE_UPDATE');
    return message.json;
  }),
];

function textChannelOf(call: Call): Channel {
  const channel = channelOf(call);
  if (noText.has(channel.type)) throw new Refused(400, 50008, 'Cannot send messages in a non-text channel');
  return channel;
}

function has(world: World, channel: Channel, permission: bigint): boolean {
  return channel.guild !== undefined && (permissionsIn(channel.guild, world.bot.id, channel.id) & permission) !== 0n;
}

/** The message as this application may read it. */
function shown(world: World, { json, channel }: Message): object {
  const mayRead = !channel.guild || (world.privilegedIntents & intentBits.messageContent) !== 0;
  return mayRead || readableByBot(world, json) ? json : withoutContent(json);
}

function messageOfNonce(world: World, channel: Channel, key: string): Message | undefined {
  const known = world.nonces.get(key);
  if (!known) return undefined;
  if (world.clock.now() - known.at > nonceLifeMs) {
    world.nonces.delete(key);
    return undefined;
  }
  return channel.messages.get(known.messageId);
}

function repliedTo(channel: Channel, { message_reference: reference }: MessageBody): Message | undefined {
  if (!reference?.message_id) return undefined;
  const message = channel.messages.get(reference.message_id);
  if (message) return message;
  if ('fail_if_not_exists' in reference && reference.fail_if_not_exists === false) return undefined;
  throw unknown('message');
}

/** Newest first, as Discord lists them. */
function listMessages(channel: Channel, query: URLSearchParams): Message[] {
  const limit = numberOf(query, 'limit', 50, [1, 100]);
  const all = [...channel.messages.values()];
  const older = (id: string) => all.filter((message) => compareSnowflakes(message.id, id) < 0);
  const newer = (id: string) => all.filter((message) => compareSnowflakes(message.id, id) > 0);
  const around = query.get('around');
  const after = query.get('after');
  const before = query.get('before');
  let chosen: Message[];
  if (around) {
    const half = Math.floor(limit / 2);
    const middle = channel.messages.get(around);
    chosen = [...older(around).slice(-half), ...(middle ? [middle] : []), ...newer(around).slice(0, half)];
  } else if (after) chosen = newer(after).slice(0, limit);
  else chosen = (before ? older(before) : all).slice(-limit);
  return chosen.toReversed();
}
