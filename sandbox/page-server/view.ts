/** What one person sees of the guild: places, members, messages. Who may see what is Discord's rule, not the page's. */
import { ApplicationCommandType, type APIApplicationCommandOption, type APIMessage } from 'discord-api-types/v10';
import { canSee } from '../people/visible.ts';
import { offeredCommands } from '../people/commands.ts';
import { compareRoles, permissionsIn, sendingPermission } from '../permissions.ts';
import { openDm } from '../world/channels.ts';
import { channelTypes, isThread } from '../world/render.ts';
import { compareSnowflakes } from '../world/snowflakes.ts';
import type { Channel, Guild, Member, Message, User } from '../world/state.ts';
import type { World } from '../world/world.ts';
import type { Place, ShownChannel, ShownCommand, ShownMember, ShownOption, Surroundings } from './protocol.ts';

/** Up to which message each person has read each place. */
export class ReadMarks {
  readonly #marks = new Map<string, string>();

  /** Everything that is there now has been read. */
  mark(user: User, channel: Channel): void {
    this.#marks.set(`${user.id}:${channel.id}`, channel.lastMessageId ?? '0');
  }

  isUnread(user: User, channel: Channel): boolean {
    const last = channel.lastMessageId;
    if (last === null || !channel.messages.has(last)) return false;
    if (channel.messages.get(last)?.author === user) return false;
    return compareSnowflakes(last, this.#marks.get(`${user.id}:${channel.id}`) ?? '0') > 0;
  }
}

const kinds: Readonly<Record<number, Place['kind']>> = {
  [channelTypes.text]: 'text',
  [channelTypes.voice]: 'voice',
  [channelTypes.announcement]: 'announcement',
  [channelTypes.forum]: 'forum',
  [channelTypes.announcementThread]: 'thread',
  [channelTypes.publicThread]: 'thread',
  [channelTypes.privateThread]: 'private-thread',
};

/**
 * Channels in the guild's order, each followed by the threads that this person is in or may read; then the direct messages.
 * @param open what they have before them: it stays in the list although it was archived.
 */
export function placesOf(world: World, guild: Guild, user: User, marks: ReadMarks, open?: Channel): Place[] {
  const all = [...guild.channels.values()].filter((channel) => kinds[channel.type] && canSee(user, channel));
  const top = all
    .filter((channel) => !isThread(channel))
    .toSorted((a, b) => a.position - b.position || compareSnowflakes(a.id, b.id));
  const shown = top.flatMap((channel) => [
    channel,
    ...all.filter(
      (each) => each.parentId === channel.id && isThread(each) && (!each.thread?.archived || each === open),
    ),
  ]);
  return [...shown, openDm(world, user)].map((channel) => placeOf(world, user, channel, marks));
}

function placeOf(world: World, user: User, channel: Channel, marks: ReadMarks): Place {
  const { guild } = channel;
  const writing = guild
    ? (permissionsIn(guild, user.id, channel.id) & sendingPermission(channel.type)) !== 0n &&
      !channel.thread?.locked &&
      channel.type !== channelTypes.forum
    : true;
  return {
    id: channel.id,
    kind: guild ? (kinds[channel.type] ?? 'text') : 'dm',
    name: guild ? channel.name : world.bot.name,
    topic: channel.topic ?? '',
    parentId: channel.thread ? channel.parentId : null,
    canWrite: writing,
    archived: channel.thread?.archived ?? false,
    unread: marks.isUnread(user, channel),
  };
}

/** Every channel and open thread that somebody can see, in the guild's order. */
export function channelsOf(guild: Guild, user: User): ShownChannel[] {
  return [...guild.channels.values()]
    .filter((channel) => !channel.thread?.archived && canSee(user, channel))
    .toSorted((a, b) => a.position - b.position || compareSnowflakes(a.id, b.id))
    .map(({ id, name, type }) => ({ id, name, type }));
}

/** Messages of a place in order, with the ephemeral ones of this person among them. */
export function messagesOf(channel: Channel, user: User): APIMessage[] {
  const own = [...user.ephemerals.values()].filter((message) => message.channel === channel);
  const all: Message[] = [...channel.messages.values(), ...own];
  if (own.length > 0) all.sort((a, b) => compareSnowflakes(a.id, b.id));
  return all.map(({ json }) => json);
}

/** Who is in the guild, or in the private thread that is open. */
export function membersOf(guild: Guild, channel: Channel | undefined): ShownMember[] {
  const within = channel?.type === channelTypes.privateThread ? channel.memberIds : undefined;
  return [...guild.members.values()]
    .filter(({ user }) => user.id !== guild.ownerId && (!within || within.has(user.id)))
    .map((member) => ({
      id: member.user.id,
      name: member.user.name,
      bot: member.user.bot,
      roles: rolesOf(guild, member),
    }))
    .toSorted((a, b) => Number(a.bot) - Number(b.bot) || a.name.localeCompare(b.name));
}

/** Names of somebody's roles, the highest first. */
export function rolesOf(guild: Guild, { user, roleIds }: Member): string[] {
  return (
    [...roleIds]
      .flatMap((id) => guild.roles.get(id) ?? [])
      .toSorted((a, b) => compareRoles(b, a))
      // Permissions of a person come by a role of their own, which says nothing but that they moderate.
      .map((role) => (role.name === `${user.name}'s role` ? 'Moderator' : role.name))
      .filter((name) => !user.bot || name !== user.name)
  );
}

const nested: ReadonlySet<number> = new Set([1, 2]);

/** The commands that this person is offered here, a line for every subcommand. */
export function commandsFor(world: World, guild: Guild, user: User, channel: Channel): ShownCommand[] {
  return offeredCommands({ world, user, guild: channel.guild ? guild : undefined, channel })
    .flatMap((command) => leavesOf('', command))
    .toSorted((a, b) => a.path.localeCompare(b.path));
}

/** The apps' entries in the menus of messages and members that this person is offered here. */
export function appsFor(world: World, user: User, channel: Channel): Surroundings['apps'] {
  const typist = { world, user, guild: channel.guild, channel };
  const named = (type: ApplicationCommandType) =>
    offeredCommands(typist, type)
      .map(({ name }) => name)
      .toSorted();
  return { message: named(ApplicationCommandType.Message), member: named(ApplicationCommandType.User) };
}

interface Branch {
  readonly name: string;
  readonly description: string;
  readonly options?: readonly APIApplicationCommandOption[];
}

function leavesOf(before: string, branch: Branch): ShownCommand[] {
  const path = before === '' ? branch.name : `${before} ${branch.name}`;
  const options = (branch.options ?? []) as readonly (APIApplicationCommandOption & Branch)[];
  if (options.some(({ type }) => nested.has(type))) return options.flatMap((option) => leavesOf(path, option));
  return [{ path, description: branch.description, options: options.map(shownOption) }];
}

function shownOption(option: APIApplicationCommandOption): ShownOption {
  const seen = option as Partial<Omit<ShownOption, 'channelTypes'>> & { channel_types?: readonly number[] };
  return {
    name: option.name,
    description: option.description,
    type: option.type,
    required: option.required ?? false,
    autocomplete: seen.autocomplete ?? false,
    choices: seen.choices ?? [],
    channelTypes: seen.channel_types ?? null,
  };
}
