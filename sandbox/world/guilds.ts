/** Guilds, their members and roles: how they come to be and how they change. Every change is told to the bot. */
import { intentBits } from '../gateway/intents.ts';
import { allPermissions, permissionBits as can } from '../permissions.ts';
import { createChannel } from './channels.ts';
import { guildJson, memberJson, roleJson } from './render.ts';
import { leaveThreads } from './threads.ts';
import type { Guild, Member, Role, User } from './state.ts';
import type { World } from './world.ts';

/** What the sandbox' invite link gives to the bot: enough for most bots, and no more than an admin would grant. */
export const invitePermissions: bigint =
  can.VIEW_CHANNEL |
  can.SEND_MESSAGES |
  can.SEND_MESSAGES_IN_THREADS |
  can.CREATE_PUBLIC_THREADS |
  can.CREATE_PRIVATE_THREADS |
  can.MANAGE_THREADS |
  can.MANAGE_MESSAGES |
  can.PIN_MESSAGES |
  can.EMBED_LINKS |
  can.ATTACH_FILES |
  can.READ_MESSAGE_HISTORY |
  can.ADD_REACTIONS |
  can.MANAGE_CHANNELS |
  can.MANAGE_ROLES |
  can.CREATE_EVENTS |
  can.MANAGE_EVENTS |
  can.USE_APPLICATION_COMMANDS;

/** What @everyone may do in a new guild. */
const everyonePermissions: bigint =
  can.CREATE_INSTANT_INVITE |
  can.VIEW_CHANNEL |
  can.CHANGE_NICKNAME |
  can.SEND_MESSAGES |
  can.SEND_MESSAGES_IN_THREADS |
  can.CREATE_PUBLIC_THREADS |
  can.EMBED_LINKS |
  can.ATTACH_FILES |
  can.ADD_REACTIONS |
  can.READ_MESSAGE_HISTORY |
  can.USE_APPLICATION_COMMANDS |
  can.CONNECT |
  can.SPEAK |
  can.USE_VAD;

class GuildMember implements Member {
  readonly user: User;
  readonly roleIds = new Set<string>();
  readonly joinedAt: number;
  nick: string | null = null;
  timedOutUntil = 0;
  acceptsDms: boolean;
  readonly #now: () => number;

  constructor(world: World, user: User, acceptsDms: boolean) {
    this.user = user;
    this.acceptsDms = acceptsDms;
    this.#now = () => world.clock.now();
    this.joinedAt = this.#now();
  }

  get timedOut(): boolean {
    return this.timedOutUntil > this.#now();
  }
}

/** Creates a guild with an owner, the bot with its managed role, and its first text channels. */
export function createGuild(
  world: World,
  spec: { name: string; channels: readonly string[]; botPermissions: bigint; locale: string },
): Guild {
  const owner = world.createUser(`Owner of ${spec.name}`);
  const guild: Guild = {
    id: world.ids.nextApart(),
    name: spec.name,
    ownerId: owner.id,
    locale: spec.locale,
    joinedAt: world.clock.now(),
    roles: new Map(),
    members: new Map(),
    memberByName: new Map(),
    channels: new Map(),
    events: new Map(),
    autoMod: new Map(),
    interactive: [],
    botRoleId: '',
    // Becomes true when all is in place: the bot hears of a finished guild.
    hasBot: false,
    openCommands: new Set(),
    deniedToBot: 0n,
    botLowered: false,
  };
  world.guilds.set(guild.id, guild);
  guild.roles.set(guild.id, {
    id: guild.id,
    name: '@everyone',
    color: 0,
    hoist: false,
    mentionable: false,
    permissions: everyonePermissions,
    position: 0,
    managed: false,
  });
  const botRole = createRole(world, guild, {
    name: world.bot.name,
    permissions: spec.botPermissions,
    botId: world.bot.id,
  });
  guild.botRoleId = botRole.id;
  addMember(world, guild, owner);
  addMember(world, guild, world.bot).roleIds.add(botRole.id);
  for (const name of spec.channels) createChannel(world, guild, { name });
  guild.hasBot = true;
  return guild;
}

export function addMember(world: World, guild: Guild, user: User, acceptsDms = true): Member {
  const member = new GuildMember(world, user, acceptsDms);
  guild.members.set(user.id, member);
  guild.memberByName.set(user.name, member);
  user.guilds.add(guild);
  if (guild.hasBot) {
    const d = { guild_id: guild.id, ...memberJson(member) };
    world.dispatch({ t: 'GUILD_MEMBER_ADD', d, guild, intents: intentBits.guildMembers });
  }
  return member;
}

/** A member is gone: by themselves, or removed. The bot itself loses the whole guild. */
export function removeMember(world: World, guild: Guild, member: Member): void {
  const { user } = member;
  guild.members.delete(user.id);
  guild.memberByName.delete(user.name);
  user.guilds.delete(guild);
  if (user === world.bot) {
    guild.hasBot = false;
    world.dispatch({ t: 'GUILD_DELETE', d: { id: guild.id }, guild });
    return;
  }
  leaveThreads(world, guild, user);
  const d = { guild_id: guild.id, user: user.json };
  world.dispatch({ t: 'GUILD_MEMBER_REMOVE', d, guild, intents: intentBits.guildMembers });
}

export function tellMemberUpdate(world: World, guild: Guild, member: Member): void {
  // Discord tells a bot of changes to itself with any intents.
  const intents = member.user === world.bot ? undefined : intentBits.guildMembers;
  const d = { guild_id: guild.id, ...memberJson(member) };
  world.dispatch({ t: 'GUILD_MEMBER_UPDATE', d, guild, ...(intents === undefined ? {} : { intents }) });
}

export interface RoleSpec {
  readonly name: string;
  readonly permissions?: bigint;
  readonly color?: number;
  readonly hoist?: boolean;
  readonly mentionable?: boolean;
  readonly botId?: string;
}

/** New roles start at the bottom, just above @everyone; among equals the older one ranks higher. */
export function createRole(world: World, guild: Guild, spec: RoleSpec): Role {
  const role: Role = {
    id: world.ids.next(),
    name: spec.name,
    color: spec.color ?? 0,
    hoist: spec.hoist ?? false,
    mentionable: spec.mentionable ?? false,
    permissions: spec.permissions ?? 0n,
    position: 1,
    managed: spec.botId !== undefined,
    ...(spec.botId === undefined ? {} : { botId: spec.botId }),
  };
  guild.roles.set(role.id, role);
  tellRole(world, guild, role, 'GUILD_ROLE_CREATE');
  return role;
}

export function tellRole(world: World, guild: Guild, role: Role, t: 'GUILD_ROLE_CREATE' | 'GUILD_ROLE_UPDATE'): void {
  world.dispatch({ t, d: { guild_id: guild.id, role: roleJson(role) }, guild, intents: intentBits.guilds });
}

export function deleteRole(world: World, guild: Guild, role: Role): void {
  guild.roles.delete(role.id);
  world.dispatch({
    t: 'GUILD_ROLE_DELETE',
    d: { guild_id: guild.id, role_id: role.id },
    guild,
    intents: intentBits.guilds,
  });
  for (const member of guild.members.values()) {
    if (member.roleIds.delete(role.id)) tellMemberUpdate(world, guild, member);
  }
  for (const channel of guild.channels.values()) {
    channel.overwrites = channel.overwrites.filter(({ id }) => id !== role.id);
  }
}

/** Gives roles their positions anew, dense and distinct, from the lowest to the highest. */
export function orderRoles(world: World, guild: Guild, ascending: readonly Role[]): void {
  for (const [index, role] of ascending.entries()) {
    if (role.position === index + 1) continue;
    role.position = index + 1;
    tellRole(world, guild, role, 'GUILD_ROLE_UPDATE');
  }
}

export function tellGuildUpdate(world: World, guild: Guild): void {
  world.dispatch({ t: 'GUILD_UPDATE', d: guildJson(guild), guild, intents: intentBits.guilds });
}

/** Bits of a permission field as a request gives it. */
export function permissionField(value: string | number | null | undefined): bigint {
  return value === null || value === undefined ? 0n : BigInt(value) & allPermissions;
}
