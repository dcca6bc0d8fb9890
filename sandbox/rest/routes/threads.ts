/** Threads: opening them, who is in them, and the lists of them. */
import { permissionBits, permissionsIn } from '../../permissions.ts';
import { invalidForm, missingAccess, Refused, unknown } from '../../refusals.ts';
import { addFlags, createMessage } from '../../world/messages/write.ts';
import { messageFlags, type MessageBody } from '../../world/messages/body.ts';
import { tellMessage } from '../../world/messages/tell.ts';
import { channelJson, channelTypes, memberJson, threadMemberJson } from '../../world/render.ts';
import { activeThreads, createThread, joinThread, leaveThread } from '../../world/threads.ts';
import type { Channel, Guild, User } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { guildChannelOf, guildOf, messageOf, need, threadOf, userOf } from '../access.ts';
import { tagsApplied } from './channels.ts';
import { numberOf, Reply, route, type Call, type Route } from '../call.ts';

const mostThreadMembers = 1000;
const withThreads: ReadonlySet<number> = new Set([channelTypes.text, channelTypes.announcement]);

/** What can hold posts only, each a thread that begins with a message. */
const forums: ReadonlySet<number> = new Set([channelTypes.forum, channelTypes.media]);

interface ThreadBody {
  readonly name: string;
  readonly type?: number | null;
  readonly auto_archive_duration?: number | null;
  readonly invitable?: boolean | null;
  readonly rate_limit_per_user?: number | null;
  /** In a forum: its first message, and its tags. */
  readonly message?: MessageBody;
  readonly applied_tags?: readonly string[] | null;
}

export const threadRoutes: readonly Route[] = [
  route<ThreadBody>('POST', '/channels/:channel/threads', (call) => {
    const { channel, guild } = guildChannelOf(call);
    if (forums.has(channel.type)) return new Reply(201, postIn(call, channel, guild));
    // Discord's default, kept for old clients: without a type the thread is private.
    const type = call.body.type ?? channelTypes.privateThread;
    if (!withThreads.has(channel.type) || (type === channelTypes.privateThread && channel.type !== channelTypes.text)) {
      throw new Refused(400, 50024, 'Cannot execute action on this channel type');
    }
    const creating =
      type === channelTypes.privateThread
        ? permissionBits.CREATE_PRIVATE_THREADS
        : permissionBits.CREATE_PUBLIC_THREADS;
    need(call.world, guild, creating, channel);
    return new Reply(201, channelJson(call.world, open(call, channel, { type })));
  }),
  route<ThreadBody>('POST', '/channels/:channel/messages/:message/threads', (call) => {
    const { channel, guild } = guildChannelOf(call);
    const message = messageOf(call, channel);
    need(call.world, guild, permissionBits.CREATE_PUBLIC_THREADS, channel);
    if (call.world.channels.has(message.id)) {
      throw new Refused(400, 160004, 'A thread has already been created for this message');
    }
    const type =
      channel.type === channelTypes.announcement ? channelTypes.announcementThread : channelTypes.publicThread;
    const thread = open(call, channel, { type, id: message.id });
    addFlags(message, messageFlags.hasThread);
    tellMessage(call.world, message, 'MESSAGE_UPDATE');
    return new Reply(201, channelJson(call.world, thread));
  }),
  route('GET', '/guilds/:guild/threads/active', (call) => {
    const guild = guildOf(call);
    return listing(call.world, activeThreads(guild, call.world.bot.id));
  }),
  route('GET', '/channels/:channel/threads/archived/public', (call) => archived(call, [10, 11])),
  route('GET', '/channels/:channel/threads/archived/private', (call) => {
    const { channel, guild } = guildChannelOf(call);
    need(call.world, guild, permissionBits.MANAGE_THREADS | permissionBits.READ_MESSAGE_HISTORY, channel);
    return archived(call, [channelTypes.privateThread]);
  }),
  route('GET', '/channels/:channel/users/@me/threads/archived/private', (call) =>
    archived(call, [channelTypes.privateThread], true),
  ),
  route('GET', '/channels/:channel/thread-members', (call) => {
    const { channel, guild } = threadOf(call);
    return [...(channel.memberIds ?? [])].map((id) => memberOfThread(call, guild, channel, id));
  }),
  route('GET', '/channels/:channel/thread-members/:user', (call) => {
    const { channel, guild } = threadOf(call);
    return memberOfThread(call, guild, channel, userOf(call).id);
  }),
  route('PUT', '/channels/:channel/thread-members/:user', (call) => {
    const { channel, guild, thread } = threadOf(call);
    const user = userOf(call);
    if (thread.archived) throw new Refused(400, 50083, 'Thread is archived');
    if (user !== call.world.bot) needToAdd(call.world, guild, channel, user);
    if ((channel.memberIds?.size ?? 0) >= mostThreadMembers) {
      throw new Refused(400, 30033, 'Maximum number of thread participants has been reached (1000)');
    }
    joinThread(call.world, channel, user);
  }),
  route('DELETE', '/channels/:channel/thread-members/:user', (call) => {
    const { channel, guild, thread } = threadOf(call);
    const user = userOf(call);
    if (thread.archived) throw new Refused(400, 50083, 'Thread is archived');
    const mayRemove =
      user === call.world.bot || (channel.type === channelTypes.privateThread && thread.ownerId === call.world.bot.id);
    if (!mayRemove) need(call.world, guild, permissionBits.MANAGE_THREADS, channel);
    leaveThread(call.world, channel, user);
  }),
];

/** A post in a forum: a thread, and its first message, which has the thread's id. */
function postIn(call: Call<ThreadBody>, channel: Channel, guild: Guild): object {
  const { world, body, files } = call;
  // What clients call Create Posts.
  need(world, guild, permissionBits.SEND_MESSAGES, channel);
  const { message } = body;
  if (!message) throw invalidForm('message', 'BASE_TYPE_REQUIRED', 'This field is required');
  const tags = body.applied_tags ?? [];
  const manages = (permissionsIn(guild, world.bot.id, channel.id) & permissionBits.MANAGE_THREADS) !== 0n;
  tagsApplied(channel, tags, manages);
  const id = world.ids.next();
  const thread = open(call, channel, { type: channelTypes.publicThread, id, tags });
  const mayEmbed = (permissionsIn(guild, world.bot.id, channel.id) & permissionBits.EMBED_LINKS) !== 0n;
  const first = createMessage(world, {
    id,
    channel: thread,
    author: world.bot,
    body: mayEmbed ? message : { ...message, embeds: [] },
    files,
  });
  channel.lastMessageId = thread.id;
  return { ...channelJson(world, thread), message: first.json };
}

function open(
  { world, body }: Call<ThreadBody>,
  parent: Channel,
  { type, id, tags }: { type: number; id?: string; tags?: readonly string[] },
): Channel {
  return createThread(world, parent, world.bot, {
    name: body.name,
    type,
    ...(id === undefined ? {} : { id }),
    ...(tags === undefined ? {} : { tags }),
    ...(body.auto_archive_duration ? { autoArchiveMinutes: body.auto_archive_duration } : {}),
    ...(typeof body.invitable === 'boolean' ? { invitable: body.invitable } : {}),
    ...(typeof body.rate_limit_per_user === 'number' ? { rateLimitPerUser: body.rate_limit_per_user } : {}),
  });
}

/** Adding somebody needs the right to write, an open invitation, and a person who can see the channel. */
function needToAdd(world: World, guild: Guild, channel: Channel, user: User): void {
  need(world, guild, permissionBits.SEND_MESSAGES_IN_THREADS, channel);
  const { thread, type } = channel;
  const closed = type === channelTypes.privateThread && !thread?.invitable && thread?.ownerId !== world.bot.id;
  if (closed) need(world, guild, permissionBits.MANAGE_THREADS, channel);
  if (!guild.members.has(user.id)) throw unknown('member', world.removedOnPurpose.has(`${guild.id}:${user.id}`));
  const inParent = permissionsIn(guild, user.id, channel.parentId ?? '');
  if (!(inParent & permissionBits.VIEW_CHANNEL)) throw missingAccess();
}

function memberOfThread(call: Call, guild: Guild, channel: Channel, userId: string): object {
  const json = threadMemberJson(channel, userId);
  // Looking is how a bot learns that somebody left a thread: Discord tells it only with the members intent.
  if (!json) throw unknown('member', true);
  const member = guild.members.get(userId);
  const withMember = call.query.get('with_member') === 'true' && member;
  return { ...json, ...(withMember ? { member: memberJson(member) } : {}) };
}

function listing(world: World, threads: readonly Channel[]): object {
  return {
    threads: threads.map((thread) => channelJson(world, thread)),
    members: threads.flatMap((thread) => threadMemberJson(thread, world.bot.id) ?? []),
  };
}

function archived(call: Call, types: readonly number[], joinedOnly = false): object {
  const { channel, guild } = guildChannelOf(call);
  need(call.world, guild, permissionBits.READ_MESSAGE_HISTORY, channel);
  const limit = numberOf(call.query, 'limit', 50, [1, 100]);
  const before = call.query.get('before');
  const beforeAt = before ? Date.parse(before) : Number.POSITIVE_INFINITY;
  const found = [...guild.channels.values()]
    .filter(
      (child) =>
        child.parentId === channel.id &&
        types.includes(child.type) &&
        child.thread?.archived &&
        child.thread.archiveChangedAt < beforeAt &&
        (!joinedOnly || child.memberIds?.has(call.world.bot.id)),
    )
    .toSorted((a, b) => (b.thread?.archiveChangedAt ?? 0) - (a.thread?.archiveChangedAt ?? 0));
  return { ...listing(call.world, found.slice(0, limit)), has_more: found.length > limit };
}
