/** Writing, changing and deleting messages. */
import type { APIAttachment, APIEmbed, APIMessage } from 'discord-api-types/v10';
import { may, permissionBits } from '../../permissions.ts';
import { Refused } from '../../refusals.ts';
import { assignComponentIds, resolveAttachmentUrls } from '../components.ts';
import { storeFiles, type UploadedFile } from '../files.ts';
import type { Channel, Message, User } from '../state.ts';
import { joinThread, setArchived, tellThreadUpdate } from '../threads.ts';
import type { World } from '../world.ts';
import { messageFlags, messageTypes, type MessageBody, type NewMessage } from './body.ts';
import { rememberInteractive } from './interactive.ts';
import { findMentions } from './mentions.ts';
import { guildIdOf, messageIntent, tellMessage } from './tell.ts';

/** Writes a message and tells the bot. The nonce is in the event and in nothing that can be read later. */
export function createMessage(world: World, fresh: NewMessage): Message {
  const { channel, author, body, repliesTo, ephemeralFor } = fresh;
  const id = fresh.id ?? world.ids.next();
  const attachments = storeFiles(world, channel, fresh.files ?? [], body.attachments ?? [], ephemeralFor !== undefined);
  const flags =
    ((body.flags ?? 0) & ~messageFlags.ephemeral) |
    (ephemeralFor ? messageFlags.ephemeral : 0) |
    (fresh.loading ? messageFlags.loading : 0);
  const json = {
    id,
    channel_id: channel.id,
    type: fresh.type ?? (repliesTo ? messageTypes.reply : messageTypes.default),
    author: author.json,
    timestamp: isoOf(world.clock.now()),
    edited_timestamp: null,
    tts: body.tts ?? false,
    pinned: false,
    flags,
    ...render(world, channel, author, body, attachments, fresh.extra !== undefined, repliesTo),
    ...(body.poll ? { poll: body.poll } : {}),
    ...(repliesTo
      ? {
          message_reference: { type: 0, channel_id: channel.id, message_id: repliesTo.id, ...guildIdOf(channel) },
          referenced_message: { ...repliesTo.json, referenced_message: undefined },
        }
      : {}),
    ...fresh.extra,
  } as unknown as APIMessage;
  const message: Message = {
    id,
    channel,
    author,
    json,
    deleted: false,
    shownAt: performance.now(),
    ...(ephemeralFor ? { ephemeralFor } : {}),
  };
  if (ephemeralFor) ephemeralFor.ephemerals.set(id, message);
  else {
    channel.messages.set(id, message);
    channel.lastMessageId = id;
    noteActivity(world, channel);
  }
  rememberInteractive(message);
  if (!ephemeralFor) {
    tellMessage(world, message, 'MESSAGE_CREATE', body.nonce);
    drawIntoThread(world, message);
  }
  return message;
}

/** Changes the parts that the request names; all others stay. */
export function editMessage(
  world: World,
  message: Message,
  body: MessageBody,
  files: readonly UploadedFile[] = [],
  byInteraction = false,
): void {
  const before = message.json;
  const flags = editedFlags(before.flags ?? 0, body.flags ?? undefined);
  const kept =
    body.attachments === undefined
      ? before.attachments
      : before.attachments.filter(({ id }) => body.attachments?.some((wanted) => String(wanted.id) === id));
  const fresh = storeFiles(world, message.channel, files, body.attachments ?? [], message.ephemeralFor !== undefined);
  const merged: MessageBody = {
    content: body.content === undefined ? before.content : body.content,
    embeds: body.embeds === undefined ? before.embeds : body.embeds,
    components: body.components === undefined ? before.components : body.components,
    allowed_mentions: body.allowed_mentions ?? null,
  };
  if (flags & messageFlags.componentsV2 && (merged.content || merged.embeds?.length)) {
    throw new Refused(400, 50035, 'Invalid Form Body', {
      errors: {
        flags: {
          _errors: [
            {
              code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
              message: 'The MessageFlags.IS_COMPONENTS_V2 flag was set; content and embeds cannot be used with it.',
            },
          ],
        },
      },
    });
  }
  const rendered = render(world, message.channel, message.author, merged, [...kept, ...fresh], byInteraction);
  const changed = { ...rendered, flags, edited_timestamp: isoOf(world.clock.now()) };
  message.json = Object.assign({}, before, changed);
  message.shownAt = performance.now();
  rememberInteractive(message);
  if (message.ephemeralFor) world.changed();
  else tellMessage(world, message, 'MESSAGE_UPDATE');
  message.onEdited?.();
}

export function deleteMessage(world: World, message: Message): void {
  message.deleted = true;
  const { channel } = message;
  if (message.ephemeralFor) {
    message.ephemeralFor.ephemerals.delete(message.id);
    world.changed();
    return;
  }
  channel.messages.delete(message.id);
  world.dispatch({
    t: 'MESSAGE_DELETE',
    d: { id: message.id, channel_id: channel.id, ...guildIdOf(channel) },
    guild: channel.guild,
    channel,
    intents: messageIntent(channel),
  });
}

/** Sets further flags of a message. The caller tells the bot. */
export function addFlags(message: Message, flags: number): void {
  const changed = { flags: (message.json.flags ?? 0) | flags };
  message.json = Object.assign({}, message.json, changed);
}

function render(
  world: World,
  channel: Channel,
  author: User,
  body: MessageBody,
  attachments: readonly APIAttachment[],
  byInteraction: boolean,
  repliesTo?: Message,
): Pick<
  APIMessage,
  'content' | 'embeds' | 'components' | 'attachments' | 'mentions' | 'mention_roles' | 'mention_everyone'
> {
  const content = (body.content ?? '').trim();
  const components = body.components ?? [];
  const embeds = (body.embeds ?? []).map((embed) => ({ type: 'rich', ...embed }) as unknown as APIEmbed);
  assignComponentIds(components);
  resolveAttachmentUrls(components, attachments);
  resolveAttachmentUrls(embeds, attachments);
  return {
    content,
    embeds,
    components,
    attachments: [...attachments],
    ...findMentions(world, {
      channel,
      author,
      content,
      components,
      allowed: body.allowed_mentions ?? undefined,
      byInteraction,
      repliesTo,
    }),
  };
}

/** Of the flags only two can be changed, and components v2 cannot be taken back. */
function editedFlags(before: number, wanted: number | undefined): number {
  const withoutLoading = before & ~messageFlags.loading;
  if (wanted === undefined) return withoutLoading;
  const settable = messageFlags.suppressEmbeds | messageFlags.componentsV2;
  return (withoutLoading & ~messageFlags.suppressEmbeds) | (wanted & settable);
}

/** Who writes in a thread is in it from then on, and so is whoever is mentioned and sees its channel. */
function drawIntoThread(world: World, { channel, author, json }: Message): void {
  const { guild, thread, parentId } = channel;
  if (!guild || !thread) return;
  joinThread(world, channel, author);
  const manages = may(guild, author.id, permissionBits.MANAGE_THREADS, channel.id);
  if (!thread.invitable && thread.ownerId !== author.id && !manages) return;
  for (const { id } of json.mentions) {
    const member = guild.members.get(id);
    if (member && may(guild, id, permissionBits.VIEW_CHANNEL, parentId ?? '')) joinThread(world, channel, member.user);
  }
}

/** Writing in a thread wakes it up. */
function noteActivity(world: World, channel: Channel): void {
  const { thread } = channel;
  if (!thread) return;
  thread.messageCount += 1;
  thread.lastActivityAt = world.clock.now();
  if (!thread.archived) return;
  setArchived(world, channel, false);
  tellThreadUpdate(world, channel);
}

const isoOf = (at: number): string => new Date(at).toISOString().replace('Z', '000+00:00');
