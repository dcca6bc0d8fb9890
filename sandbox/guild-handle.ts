/** A guild as tests, demos and benchmarks hold it. */
import type { Actor, AutoModRule, Channel, GuildHandle, Person, PersonSpec, Role } from './api.ts';
import { GuildActor } from './people/actor.ts';
import { compareRoles, permissionBits } from './permissions.ts';
import { createChannel, deleteChannel, tagsOf, tellChannel, type ChannelSpec, type TagSpec } from './world/channels.ts';
import {
  addMember,
  createRole,
  deleteRole,
  orderRoles,
  removeMember,
  tellMemberUpdate,
  tellRole,
  type RoleSpec,
} from './world/guilds.ts';
import { createEvent, deleteEvent, eventStatuses, isOpenEvent } from './world/events.ts';
import { deleteMessage } from './world/messages/write.ts';
import { setOverwrite } from './world/overwrites.ts';
import { channelTypes, isThread } from './world/render.ts';
import type { Channel as ChannelState, Guild, Member, Role as RoleState } from './world/state.ts';
import { createThread, leaveThread, setArchived, tellThreadUpdate } from './world/threads.ts';
import type { World } from './world/world.ts';

export class SandboxGuild implements GuildHandle {
  readonly id: string;
  readonly name: string;
  readonly #world: World;
  readonly #guild: Guild;
  readonly #actors = new Map<string, Actor>();
  /** What each channel allowed the bot before the test denied it, by `channel:overwrite`. */
  readonly #taken = new Map<string, bigint>();

  constructor(world: World, guild: Guild) {
    this.id = guild.id;
    this.name = guild.name;
    this.#world = world;
    this.#guild = guild;
  }

  join({ name, permissions, acceptsDms = true, hasInstalled = false, locale = 'en-US' }: PersonSpec): Actor {
    if (this.#guild.memberByName.has(name)) throw new Error(`${name} is already in ${this.name}`);
    // The same name is the same person, in every guild of this Discord.
    const user = this.#world.userByName.get(name) ?? this.#world.createUser(name, { locale });
    user.hasInstalled ||= hasInstalled;
    this.#world.removedOnPurpose.delete(`${this.id}:${user.id}`);
    const member = addMember(this.#world, this.#guild, user, acceptsDms);
    if (permissions !== undefined) {
      member.roleIds.add(createRole(this.#world, this.#guild, { name: `${name}'s role`, permissions }).id);
      tellMemberUpdate(this.#world, this.#guild, member);
    }
    return this.as(name);
  }

  joinMany(count: number, prefix = 'Member'): Actor[] {
    return Array.from({ length: count }, (_, index) => this.join({ name: `${prefix} ${index + 1}` }));
  }

  as(person: string | Person): Actor {
    const key = typeof person === 'string' ? person : person.id;
    const user = this.#guild.memberByName.get(key)?.user ?? this.#guild.members.get(key)?.user;
    if (!user) throw new Error(`${typeof person === 'string' ? person : person.name} is not in ${this.name}`);
    let actor = this.#actors.get(user.id);
    if (!actor) this.#actors.set(user.id, (actor = new GuildActor(this.#world, this.#guild, user)));
    return actor;
  }

  get channels(): readonly Channel[] {
    return [...this.#guild.channels.values()].filter((channel) => !isThread(channel)).map(channelHandle);
  }

  get roles(): readonly Role[] {
    return [...this.#guild.roles.values()].map(roleHandle);
  }

  channel(name: string): Channel {
    const found = this.channels.find((channel) => channel.name === name);
    if (!found)
      throw new Error(`no channel "${name}" in ${this.name}: ${this.channels.map((one) => one.name).join(', ')}`);
    return found;
  }

  role(name: string): Role {
    const found = this.roles.find((role) => role.name === name);
    if (!found) throw new Error(`no role "${name}" in ${this.name}: ${this.roles.map((one) => one.name).join(', ')}`);
    return found;
  }

  createChannel(spec: ChannelSpec): Channel {
    return channelHandle(createChannel(this.#world, this.#guild, spec));
  }

  createRole(spec: RoleSpec): Role {
    return roleHandle(createRole(this.#world, this.#guild, spec));
  }

  deleteRole(role: Role): void {
    deleteRole(this.#world, this.#guild, this.#role(role));
  }

  giveRole(person: Person, role: Role): void {
    const member = this.#member(person);
    member.roleIds.add(this.#role(role).id);
    tellMemberUpdate(this.#world, this.#guild, member);
  }

  takeRole(person: Person, role: Role): void {
    const member = this.#member(person);
    member.roleIds.delete(this.#role(role).id);
    tellMemberUpdate(this.#world, this.#guild, member);
  }

  changeRole(handle: Role, change: Parameters<GuildHandle['changeRole']>[1]): void {
    const role = this.#role(handle);
    Object.assign(role, change);
    tellRole(this.#world, this.#guild, role, 'GUILD_ROLE_UPDATE');
  }

  takeFromThread(thread: { readonly id: string }, person: Person): void {
    leaveThread(this.#world, this.#thread(thread), this.#member(person).user);
  }

  changeTags(handle: Channel, tags: readonly TagSpec[], requiresTag: boolean): void {
    const forum = this.#channel(handle);
    forum.tags = tagsOf(this.#world, tags);
    forum.requiresTag = requiresTag;
    tellChannel(this.#world, forum, 'CHANNEL_UPDATE');
  }

  tagsOf(handle: Channel): readonly { readonly id: string; readonly name: string }[] {
    return this.#channel(handle).tags ?? [];
  }

  openThread(handle: Channel, name: string): Channel {
    const owner = this.#guild.members.get(this.#guild.ownerId)?.user;
    if (!owner) throw new Error(`nobody owns ${this.name}`);
    return channelHandle(
      createThread(this.#world, this.#channel(handle), owner, { name, type: channelTypes.publicThread }),
    );
  }

  lockThread(thread: { readonly id: string }, locked: boolean): void {
    const channel = this.#thread(thread);
    if (channel.thread) channel.thread.locked = locked;
    if (!locked) setArchived(this.#world, channel, false);
    tellThreadUpdate(this.#world, channel);
  }

  closeThread(thread: { readonly id: string }, locked = false): void {
    const channel = this.#thread(thread);
    setArchived(this.#world, channel, true);
    if (channel.thread) channel.thread.locked = locked;
    tellThreadUpdate(this.#world, channel);
  }

  deleteThread(thread: { readonly id: string }): void {
    deleteChannel(this.#world, this.#thread(thread), true);
  }

  deleteMessage({ id, channel_id: channelId }: { readonly id: string; readonly channel_id: string }): void {
    const channel = this.#guild.channels.get(channelId);
    const message = channel?.messages.get(id);
    if (!channel || !message) throw new Error(`the message ${id} is not in ${this.name}`);
    this.#world.removedOnPurpose.add(id);
    deleteMessage(this.#world, message);
  }

  threads(): ReturnType<GuildHandle['threads']> {
    return [...this.#guild.channels.values()].flatMap((channel) =>
      channel.thread
        ? {
            id: channel.id,
            name: channel.name,
            parentId: channel.parentId ?? '',
            private: channel.type === channelTypes.privateThread,
            memberIds: [...(channel.memberIds ?? [])],
            archived: channel.thread.archived,
            locked: channel.thread.locked,
            tags: channel.thread.appliedTags.map((id) => nameOfTag(this.#guild, channel, id)),
          }
        : [],
    );
  }

  events(): ReturnType<GuildHandle['events']> {
    return [...this.#guild.events.values()].filter(isOpenEvent).map(({ id, json }) => ({
      id,
      name: json['name'] as string,
      description: (json['description'] ?? '') as string,
      startsAt: json['scheduled_start_time'] as string,
      endsAt: (json['scheduled_end_time'] ?? null) as string | null,
      channelId: (json['channel_id'] ?? null) as string | null,
      location: (json['entity_metadata'] as { location?: string } | null)?.location ?? null,
      isOn: json.status === eventStatuses.active,
    }));
  }

  planEvent(name: string): { readonly id: string } {
    const owner = this.#guild.members.get(this.#guild.ownerId)?.user;
    if (!owner) throw new Error(`nobody owns ${this.name}`);
    const at = (days: number) => new Date(this.#world.clock.now() + days * 86_400_000).toISOString();
    const { id } = createEvent(this.#world, this.#guild, owner, {
      name,
      entity_type: 3,
      scheduled_start_time: at(30),
      scheduled_end_time: at(31),
      entity_metadata: { location: 'Somewhere' },
    });
    return { id };
  }

  deleteEvent({ id }: { readonly id: string }): void {
    const event = this.#guild.events.get(id);
    if (!event) throw new Error(`there is no event ${id} in ${this.name}`);
    this.#world.removedOnPurpose.add(id);
    deleteEvent(this.#world, event);
  }

  rolesOf(person: Person): readonly string[] {
    return [...this.#member(person).roleIds];
  }

  closeDms(person: Person): void {
    this.#member(person).acceptsDms = false;
  }

  openDms(person: Person): void {
    this.#member(person).acceptsDms = true;
  }

  hideChannel(channel: Channel, { id }: Person | Role): void {
    const deny = permissionBits.VIEW_CHANNEL;
    setOverwrite(this.#world, this.#channel(channel), { id, type: this.#overwriteType(id), allow: 0n, deny });
  }

  allowIn(channel: Channel, { id }: Person | Role, allow: bigint): void {
    setOverwrite(this.#world, this.#channel(channel), { id, type: this.#overwriteType(id), allow, deny: 0n });
  }

  #overwriteType(id: string): 0 | 1 {
    return this.#guild.roles.has(id) ? 0 : 1;
  }

  autoModRules(): readonly AutoModRule[] {
    return [...this.#guild.autoMod.values()];
  }

  createAutoModRule(name: string, keywords: readonly string[]): AutoModRule {
    const rule = {
      id: this.#world.ids.next(),
      guild_id: this.id,
      creator_id: this.#guild.ownerId,
      name,
      event_type: 1,
      trigger_type: 1,
      trigger_metadata: { keyword_filter: keywords, regex_patterns: [], allow_list: [] },
      actions: [{ type: 1 }],
      enabled: true,
      exempt_roles: [],
      exempt_channels: [],
    };
    this.#guild.autoMod.set(rule.id, rule);
    return rule;
  }

  changeAutoModRule({ id }: { readonly id: string }, change: Partial<Omit<AutoModRule, 'id'>>): void {
    const rule = this.#guild.autoMod.get(id);
    if (!rule) throw new Error(`no rule ${id} in ${this.name}`);
    this.#guild.autoMod.set(id, { ...rule, ...change });
  }

  deleteAutoModRule({ id }: { readonly id: string }): void {
    this.#guild.autoMod.delete(id);
  }

  deleteChannel(channel: Channel): void {
    deleteChannel(this.#world, this.#channel(channel), true);
  }

  openCommand(name: string): void {
    this.#guild.openCommands.add(name);
  }

  denyBot(permissions: bigint, channel?: Channel): void {
    if (channel) {
      this.#denyIn(this.#channel(channel), permissions);
      return;
    }
    const guild = this.#guild;
    guild.deniedToBot |= permissions;
    const role = guild.roles.get(guild.botRoleId);
    if (role) {
      role.permissions &= ~permissions;
      tellRole(this.#world, guild, role, 'GUILD_ROLE_UPDATE');
    }
    // What @everyone may do the bot may do as well, so every channel has to say no on its own.
    for (const one of guild.channels.values()) if (!isThread(one)) this.#denyIn(one, permissions);
  }

  allowBot(permissions: bigint, channel?: Channel): void {
    if (channel) {
      this.#allowIn(this.#channel(channel), permissions);
      return;
    }
    const guild = this.#guild;
    guild.deniedToBot &= ~permissions;
    const role = guild.roles.get(guild.botRoleId);
    if (role) {
      role.permissions |= permissions;
      tellRole(this.#world, guild, role, 'GUILD_ROLE_UPDATE');
    }
    for (const one of guild.channels.values()) if (!isThread(one)) this.#allowIn(one, permissions);
  }

  putBotRoleBelow(role: Role): void {
    const above = this.#role(role);
    const guild = this.#guild;
    const own = guild.roles.get(guild.botRoleId);
    if (!own) throw new Error(`the bot has no role in ${this.name}`);
    guild.botLowered = true;
    const ascending = [...guild.roles.values()]
      .filter(({ id }) => id !== guild.id && id !== own.id)
      .toSorted(compareRoles);
    ascending.splice(ascending.indexOf(above), 0, own);
    orderRoles(this.#world, guild, ascending);
  }

  kickBot(): void {
    const member = this.#guild.members.get(this.#world.bot.id);
    if (!member) throw new Error(`the bot is not in ${this.name}`);
    this.#world.removedOnPurpose.add(this.id);
    removeMember(this.#world, this.#guild, member);
  }

  #denyIn(channel: ChannelState, permissions: bigint): void {
    channel.deniedToBot |= permissions;
    const { botRoleId: id } = this.#guild;
    const earlier = channel.overwrites.find((overwrite) => overwrite.id === id);
    const deny = (earlier?.deny ?? 0n) | permissions;
    this.#take(channel, id, (earlier?.allow ?? 0n) & permissions);
    setOverwrite(this.#world, channel, { id, type: 0, allow: (earlier?.allow ?? 0n) & ~permissions, deny });
    // The bot may have allowed itself something by name: that would count for more than its role.
    const own = channel.overwrites.find((overwrite) => overwrite.id === this.#world.bot.id);
    if (!own) return;
    this.#take(channel, own.id, own.allow & permissions);
    setOverwrite(this.#world, channel, { ...own, allow: own.allow & ~permissions, deny: own.deny | permissions });
  }

  #take(channel: ChannelState, id: string, permissions: bigint): void {
    const key = `${channel.id}:${id}`;
    this.#taken.set(key, (this.#taken.get(key) ?? 0n) | permissions);
  }

  #allowIn(channel: ChannelState, permissions: bigint): void {
    channel.deniedToBot &= ~permissions;
    const ids = [this.#guild.botRoleId, this.#world.bot.id];
    for (const overwrite of channel.overwrites) {
      if (!ids.includes(overwrite.id) || !(overwrite.deny & permissions)) continue;
      // Restores the channel's own permission for the bot; the channel may deny everybody else.
      const allow = overwrite.allow | ((this.#taken.get(`${channel.id}:${overwrite.id}`) ?? 0n) & permissions);
      setOverwrite(this.#world, channel, { ...overwrite, allow, deny: overwrite.deny & ~permissions });
    }
  }

  #member(person: Person): Member {
    const member = this.#guild.members.get(person.id);
    if (!member) throw new Error(`${person.name} is not in ${this.name}`);
    return member;
  }

  #channel({ id, name }: Channel): ChannelState {
    const channel = this.#guild.channels.get(id);
    if (!channel) throw new Error(`the channel "${name}" is not in ${this.name}`);
    return channel;
  }

  #thread({ id }: { readonly id: string }): ChannelState {
    const channel = this.#guild.channels.get(id);
    if (!channel?.thread) throw new Error(`there is no thread ${id} in ${this.name}`);
    return channel;
  }

  #role({ id, name }: Role): RoleState {
    const role = this.#guild.roles.get(id);
    if (!role) throw new Error(`the role "${name}" is not in ${this.name}`);
    return role;
  }
}

/** The name of a tag, also of one that its forum has no longer. */
function nameOfTag(guild: Guild, post: ChannelState, id: string): string {
  return guild.channels.get(post.parentId ?? '')?.tags?.find((tag) => tag.id === id)?.name ?? id;
}

const channelHandle = ({ id, name }: ChannelState): Channel => ({ id, name, kind: 'channel' });
const roleHandle = ({ id, name }: RoleState): Role => ({ id, name, kind: 'role' });
