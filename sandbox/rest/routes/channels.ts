/** One channel or thread: looking, changing, deleting, and its permission overwrites. */
import { permissionBits, permissionsIn, type PermissionOverwrite } from '../../permissions.ts';
import { invalidForm, missingPermissions, Refused, unknown } from '../../refusals.ts';
import { intentBits } from '../../gateway/intents.ts';
import { deleteChannel, tellChannel } from '../../world/channels.ts';
import { permissionField } from '../../world/guilds.ts';
import { setOverwrite, setOverwrites } from '../../world/overwrites.ts';
import { channelJson } from '../../world/render.ts';
import { setArchived, tellThreadUpdate } from '../../world/threads.ts';
import type { Channel, Guild } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { channelOf, guildChannelOf, need, needToWrite } from '../access.ts';
import { route, type Route } from '../call.ts';

interface OverwriteBody {
  readonly id: string;
  readonly type: 0 | 1;
  readonly allow?: string | number | null;
  readonly deny?: string | number | null;
}

export interface ChannelBody {
  readonly name?: string;
  readonly type?: number;
  readonly topic?: string | null;
  readonly nsfw?: boolean;
  readonly position?: number | null;
  readonly parent_id?: string | null;
  readonly rate_limit_per_user?: number | null;
  readonly permission_overwrites?: OverwriteBody[] | null;
  readonly archived?: boolean;
  readonly locked?: boolean;
  readonly invitable?: boolean;
  readonly auto_archive_duration?: number;
  /** Only for a post in a forum. */
  readonly applied_tags?: readonly string[];
  /** Only for a forum. A tag without an id is new. */
  readonly available_tags?: readonly {
    readonly id?: string | null;
    readonly name: string;
    readonly moderated?: boolean | null;
  }[];
}

export const channelRoutes: readonly Route[] = [
  route('GET', '/channels/:channel', (call) => channelJson(call.world, channelOf(call))),
  route<ChannelBody>('PATCH', '/channels/:channel', (call) => {
    const { channel, guild } = guildChannelOf(call);
    if (channel.thread) changeThread(call.world, guild, channel, channel.thread, call.body);
    else changeChannel(call.world, guild, channel, call.body);
    return channelJson(call.world, channel);
  }),
  route('DELETE', '/channels/:channel', (call) => {
    const { world } = call;
    const channel = channelOf(call);
    if (channel.guild) {
      need(
        world,
        channel.guild,
        channel.thread ? permissionBits.MANAGE_THREADS : permissionBits.MANAGE_CHANNELS,
        channel,
      );
      deleteChannel(world, channel, false);
    }
    return channelJson(world, channel);
  }),
  route<Omit<OverwriteBody, 'id'>>('PUT', '/channels/:channel/permissions/:overwrite', (call) => {
    const { channel, guild } = guildChannelOf(call);
    need(call.world, guild, permissionBits.MANAGE_ROLES, channel);
    const [overwrite] = overwritesFrom(
      call.world,
      guild,
      [{ ...call.body, id: call.params['overwrite'] ?? '' }],
      channel,
    );
    if (overwrite) setOverwrite(call.world, channel, overwrite);
  }),
  route('DELETE', '/channels/:channel/permissions/:overwrite', (call) => {
    const { channel, guild } = guildChannelOf(call);
    need(call.world, guild, permissionBits.MANAGE_ROLES, channel);
    const kept = channel.overwrites.filter(({ id }) => id !== call.params['overwrite']);
    if (kept.length === channel.overwrites.length) throw unknown('overwrite');
    setOverwrites(call.world, channel, kept);
  }),
  route('POST', '/channels/:channel/typing', (call) => {
    const channel = channelOf(call);
    needToWrite(call.world, channel);
    const { guild } = channel;
    call.world.dispatch({
      t: 'TYPING_START',
      d: {
        channel_id: channel.id,
        ...(guild ? { guild_id: guild.id } : {}),
        user_id: call.world.bot.id,
        timestamp: Math.floor(call.world.clock.now() / 1000),
      },
      guild,
      channel,
      intents: guild ? intentBits.guildMessageTyping : intentBits.directMessageTyping,
    });
  }),
];

/** Reads overwrites and refuses those that would give away more than the bot itself has. */
export function overwritesFrom(
  world: World,
  guild: Guild,
  bodies: readonly OverwriteBody[],
  channel?: Channel,
): PermissionOverwrite[] {
  const own = permissionsIn(guild, world.bot.id, channel?.id);
  return bodies.map(({ id, type, allow, deny }) => {
    if (type === 0 ? !guild.roles.has(id) : !world.users.has(id)) {
      throw channel ? unknown('overwrite') : invalidForm('permission_overwrites', 'INVALID_OVERWRITE', `Unknown ${id}`);
    }
    const overwrite = { id, type, allow: permissionField(allow), deny: permissionField(deny) };
    if ((overwrite.allow | overwrite.deny) & ~own) throw missingPermissions(guild.deniedToBot !== 0n);
    return overwrite;
  });
}

const mostTags = 20;

/** The tags of a post, as its forum and the rights of whoever sets them allow. */
export function tagsApplied(forum: Channel | undefined, tags: readonly string[], manages: boolean): readonly string[] {
  for (const id of tags) {
    const tag = forum?.tags?.find((each) => each.id === id);
    if (!tag) throw invalidForm('applied_tags', 'UNKNOWN_TAG', 'Unknown tag');
    if (tag.moderated && !manages) throw missingPermissions(false);
  }
  if (forum?.requiresTag && tags.length === 0) {
    throw new Refused(400, 40067, 'A tag is required to create a forum post in this channel');
  }
  return tags;
}

function changeChannel(world: World, guild: Guild, channel: Channel, body: ChannelBody): void {
  need(world, guild, permissionBits.MANAGE_CHANNELS, channel);
  if (body.permission_overwrites) {
    need(world, guild, permissionBits.MANAGE_ROLES, channel);
    setOverwrites(world, channel, overwritesFrom(world, guild, body.permission_overwrites, channel));
  }
  if (body.name !== undefined) channel.name = body.name;
  if (body.topic !== undefined) channel.topic = body.topic;
  if (body.nsfw !== undefined) channel.nsfw = body.nsfw;
  if (typeof body.position === 'number') channel.position = body.position;
  if (body.parent_id !== undefined) channel.parentId = body.parent_id;
  if (typeof body.rate_limit_per_user === 'number') channel.rateLimitPerUser = body.rate_limit_per_user;
  if (body.available_tags !== undefined) {
    if (body.available_tags.length > mostTags)
      throw invalidForm('available_tags', 'BASE_TYPE_MAX_LENGTH', 'Too many tags');
    channel.tags = body.available_tags.map(({ id, name, moderated }) => ({
      id: id ?? world.ids.next(),
      name,
      moderated: moderated ?? false,
    }));
  }
  tellChannel(world, channel, 'CHANNEL_UPDATE');
}

function changeThread(
  world: World,
  guild: Guild,
  channel: Channel,
  thread: NonNullable<Channel['thread']>,
  body: ChannelBody,
): void {
  const has = permissionsIn(guild, world.bot.id, channel.id);
  const manages = (has & permissionBits.MANAGE_THREADS) !== 0n;
  const owns = thread.ownerId === world.bot.id;
  // An archived thread can only be woken up, and that alone does not need to own it.
  const onlyWakes = Object.keys(body).every((key) => key === 'archived' && body.archived === false);
  if (thread.archived && body.archived !== false) throw new Refused(400, 50083, 'Thread is archived');
  if (onlyWakes && !thread.locked) need(world, guild, permissionBits.SEND_MESSAGES_IN_THREADS, channel);
  else if (!manages && (!owns || thread.locked || body.locked !== undefined)) {
    need(world, guild, permissionBits.MANAGE_THREADS, channel);
  }
  if (body.applied_tags !== undefined) {
    const forum = guild.channels.get(channel.parentId ?? '');
    thread.appliedTags = tagsApplied(forum, body.applied_tags, manages);
  }
  if (body.name !== undefined) channel.name = body.name;
  if (body.locked !== undefined) thread.locked = body.locked;
  if (body.invitable !== undefined) thread.invitable = body.invitable;
  if (body.auto_archive_duration !== undefined) thread.autoArchiveMinutes = body.auto_archive_duration;
  if (typeof body.rate_limit_per_user === 'number') channel.rateLimitPerUser = body.rate_limit_per_user;
  if (body.archived !== undefined && body.archived !== thread.archived) setArchived(world, channel, body.archived);
  tellThreadUpdate(world, channel);
}
