/** Guilds and the list of their channels. */
import { permissionBits } from '../../permissions.ts';
import { invalidForm, Refused } from '../../refusals.ts';
import { createChannel, tellChannel } from '../../world/channels.ts';
import { tellGuildUpdate } from '../../world/guilds.ts';
import { channelJson, channelTypes, guildJson, isThread } from '../../world/render.ts';
import { guildOf, need } from '../access.ts';
import { Reply, route, type Route } from '../call.ts';
import { overwritesFrom, type ChannelBody } from './channels.ts';

const mostChannels = 500;
const creatable: ReadonlySet<number> = new Set([
  channelTypes.text,
  channelTypes.voice,
  channelTypes.category,
  channelTypes.announcement,
  channelTypes.stage,
  channelTypes.forum,
  channelTypes.media,
]);

export const guildRoutes: readonly Route[] = [
  route('GET', '/guilds/:guild', (call) => {
    const guild = guildOf(call);
    const withCounts = call.query.get('with_counts') === 'true';
    return {
      ...guildJson(guild),
      ...(withCounts
        ? { approximate_member_count: guild.members.size, approximate_presence_count: guild.members.size }
        : {}),
    };
  }),
  route<{ name?: string }>('PATCH', '/guilds/:guild', (call) => {
    const guild = guildOf(call);
    need(call.world, guild, permissionBits.MANAGE_GUILD);
    if (call.body.name !== undefined) guild.name = call.body.name;
    tellGuildUpdate(call.world, guild);
    return guildJson(guild);
  }),
  route('GET', '/guilds/:guild/channels', (call) =>
    [...guildOf(call).channels.values()].filter((channel) => !isThread(channel)).map((c) => channelJson(call.world, c)),
  ),
  route<ChannelBody>('POST', '/guilds/:guild/channels', ({ body, ...call }) => {
    const guild = guildOf({ ...call, body });
    const { world } = call;
    need(world, guild, permissionBits.MANAGE_CHANNELS);
    const type = body.type ?? channelTypes.text;
    if (!creatable.has(type)) throw invalidForm('type', 'BASE_TYPE_CHOICES', 'No channel of this type can be created.');
    if (guild.channels.size >= mostChannels)
      throw new Refused(400, 30013, 'Maximum number of guild channels reached (500)');
    if (body.parent_id && guild.channels.get(body.parent_id)?.type !== channelTypes.category) {
      throw invalidForm('parent_id', 'CHANNEL_PARENT_INVALID', 'Category does not exist');
    }
    const overwrites = body.permission_overwrites
      ? overwritesFrom(world, guild, body.permission_overwrites)
      : undefined;
    const channel = createChannel(world, guild, {
      name: nameFor(type, body.name ?? ''),
      type,
      parentId: body.parent_id ?? null,
      topic: body.topic ?? null,
      nsfw: body.nsfw ?? false,
      rateLimitPerUser: body.rate_limit_per_user ?? 0,
      ...(typeof body.position === 'number' ? { position: body.position } : {}),
      ...(overwrites ? { overwrites } : {}),
    });
    return new Reply(201, channelJson(world, channel));
  }),
  route<{ id: string; position?: number | null; parent_id?: string | null }[]>(
    'PATCH',
    '/guilds/:guild/channels',
    (call) => {
      const guild = guildOf(call);
      need(call.world, guild, permissionBits.MANAGE_CHANNELS);
      for (const { id, position, parent_id: parentId } of call.body) {
        const channel = guild.channels.get(id);
        if (!channel) continue;
        if (typeof position === 'number') channel.position = position;
        if (parentId !== undefined) channel.parentId = parentId;
        tellChannel(call.world, channel, 'CHANNEL_UPDATE');
      }
    },
  ),
  route('GET', '/guilds/:guild/audit-logs', (call) => {
    need(call.world, guildOf(call), permissionBits.VIEW_AUDIT_LOG);
    // Nothing is written here: the list has the shape of Discord's, and no entries.
    return {
      application_commands: [],
      audit_log_entries: [],
      auto_moderation_rules: [],
      guild_scheduled_events: [],
      integrations: [],
      threads: [],
      users: [],
      webhooks: [],
    };
  }),
];

/** Text channels have no capitals and no spaces, whatever is asked for. */
function nameFor(type: number, name: string): string {
  const isText = type === channelTypes.text || type === channelTypes.announcement;
  return isText ? name.toLowerCase().replaceAll(/\s+/g, '-') : name;
}
