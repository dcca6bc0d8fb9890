import {
  type Channel,
  ChannelType,
  DiscordAPIError,
  type Guild,
  type GuildChannelCreateOptions,
  type GuildMember,
  OverwriteType,
  PermissionFlagsBits,
  PermissionsBitField,
  type PermissionsString,
  RESTJSONErrorCodes,
  type Role,
} from 'discord.js';
import type { Context } from '../../context.ts';
import { channelPurposes, type ChannelPurpose, type RolePurpose, rolePurposes } from '../../guild/settings.ts';
import { channelPermissions, isOpenToAll } from '../../discord/permissions.ts';
import { servesPurpose } from './check.ts';
import { createOnce } from '../../discord/retry.ts';
import { createRole, findRoleFault, opensNothing } from '../../discord/roles.ts';
import type { Problem, ProblemText } from './problem.ts';
import type { Texts } from '../../texts/en.ts';

/** Where a channel or role comes from: it was chosen now, set before, found by its name, or created. */
type Origin = 'chosen' | 'kept' | 'found' | 'created';

/** What `/setup start` ends up with for every purpose it could provide for. */
export interface Provided<Purpose extends string> {
  readonly ids: Partial<Record<Purpose, string>>;
  readonly origins: Partial<Record<Purpose, Origin>>;
  readonly failures: readonly Problem[];
}

/** How a channel or role will be provided: it is there already, is to be created, or neither can be done. */
export type Intent =
  | { readonly how: Exclude<Origin, 'created'>; readonly id: string }
  | { readonly how: 'create' | 'forbidden'; readonly name: string }
  | { readonly how: 'unusable'; readonly problem: ProblemText };
export type Plan<Purpose extends string> = Readonly<Record<Purpose, Intent>>;

/** What is needed to provide for channels or roles. */
export interface Site {
  readonly ctx: Context;
  readonly guild: Guild;
  /** The bot as a member of the guild. */
  readonly me: GuildMember;
  readonly moderator: GuildMember;
  /** In the guild's language: what is created keeps its name, whoever set the guild up. */
  readonly names: Texts;
}

/**
 * Says for every purpose which role it gets: what was chosen, else what is set and still there, else one of the usual name,
 * else a new one. Looking by name means that a run that broke off, or came twice, makes no second set.
 */
export function planRoles(
  t: Texts,
  { guild, me, moderator, names }: Site,
  chosen: Partial<Record<RolePurpose, string>>,
  stored: Partial<Record<RolePurpose, string | null>>,
): Plan<RolePurpose> {
  const planFor = (purpose: RolePurpose): Intent => {
    const name = names.setup.start.roleNames[purpose];
    const there = given(chosen[purpose], guild.roles.cache.get(stored[purpose] ?? '')?.id);
    if (there) return there;
    const namesake = oldest(guild.roles.cache.filter((role) => isNamed(role, name)).values());
    if (namesake) {
      const fault = findRoleFault(namesake, me, moderator);
      // A moderator without Manage Roles may adopt a role that opens nothing: an interrupted run may have made it.
      const isHarmless = fault === undefined || (fault === 'notYours' && opensNothing(namesake));
      if (isHarmless || fault === 'everyone') return { how: 'found', id: namesake.id };
      // A second role of the same name would only confuse.
      return { how: 'unusable', problem: t.setup.failed.roleUnusable(namesake.toString(), fault, name) };
    }
    return { how: me.permissions.has(PermissionFlagsBits.ManageRoles) ? 'create' : 'forbidden', name };
  };
  return { mentor: planFor('mentor'), mentee: planFor('mentee') };
}

/** Says the same of channels. */
export function planChannels(
  { guild, me, names }: Site,
  chosen: Partial<Record<ChannelPurpose, string>>,
  stored: Partial<Record<ChannelPurpose, string | null>>,
): Plan<ChannelPurpose> {
  const taken = new Set([...Object.values(chosen), ...Object.values(stored)]);
  const planFor = (purpose: ChannelPurpose): Intent => {
    const name = names.setup.start.channelNames[purpose];
    const there = given(chosen[purpose], guild.channels.cache.get(stored[purpose] ?? '')?.id);
    if (there) return there;
    const namesakes = guild.channels.cache.filter(
      (channel) =>
        channel.name === name &&
        servesPurpose(channel, purpose) &&
        !taken.has(channel.id) &&
        // What belongs to moderators must not land where everybody reads.
        !(purpose === 'staff' && isOpenToAll(channel)),
    );
    const namesake = oldest(namesakes.values());
    if (namesake) {
      taken.add(namesake.id);
      return { how: 'found', id: namesake.id };
    }
    return { how: me.permissions.has(PermissionFlagsBits.ManageChannels) ? 'create' : 'forbidden', name };
  };
  return Object.fromEntries(channelPurposes.map((purpose) => [purpose, planFor(purpose)])) as Plan<ChannelPurpose>;
}

function given(chosen: string | undefined, stored: string | undefined): Intent | undefined {
  if (chosen !== undefined) return { how: 'chosen', id: chosen };
  return stored === undefined ? undefined : { how: 'kept', id: stored };
}

/** What keeps a plan from providing for everything, known before anything is tried. */
export function obstaclesTo(t: Texts, roles: Plan<RolePurpose>, channels: Plan<ChannelPurpose>): Problem[] {
  const unusable = rolePurposes.flatMap((purpose) => {
    const intent = roles[purpose];
    return intent.how === 'unusable' ? [{ about: `role:${purpose}`, ...intent.problem }] : [];
  });
  return [...unusable, ...forbidden(t, 'roles', namesOf(roles)), ...forbidden(t, 'channels', namesOf(channels))];
}

function namesOf(plan: Plan<string>): string[] {
  return Object.values(plan).flatMap((intent) => (intent.how === 'forbidden' ? intent.name : []));
}

function forbidden(t: Texts, what: 'roles' | 'channels', wanted: readonly string[]): Problem[] {
  if (wanted.length === 0) return [];
  const { mayNotCreateChannels, mayNotCreateRoles } = t.setup.failed;
  return [{ about: what, ...(what === 'roles' ? mayNotCreateRoles : mayNotCreateChannels)(wanted) }];
}

/** Carries out a plan for roles: creates what is missing. */
export async function provideRoles(t: Texts, site: Site, plan: Plan<RolePurpose>): Promise<Provided<RolePurpose>> {
  const { guild, moderator, names } = site;
  const reason = names.setup.start.reason(moderator.user.username);
  return await provide(t, site, rolePurposes, plan, 'roles', (name) =>
    // Without permissions of its own: a new role would get a copy of those of @everyone.
    createRole(guild, { name, permissions: [], reason }),
  );
}

/**
 * Carries out a plan for channels.
 * @param roles the roles for mentors and mentees, who must see the mentoring channel.
 */
export async function provideChannels(
  t: Texts,
  site: Site,
  plan: Plan<ChannelPurpose>,
  roles: readonly string[],
): Promise<Provided<ChannelPurpose>> {
  const { guild, moderator, names } = site;
  return await provide(t, site, channelPurposes, plan, 'channels', (name, purpose) =>
    createChannel(guild, {
      name,
      type: ChannelType.GuildText,
      topic: names.setup.start.channelTopics[purpose],
      permissionOverwrites: overwritesFor(purpose, site, roles),
      reason: names.setup.start.reason(moderator.user.username),
    }),
  );
}

async function provide<Purpose extends string>(
  t: Texts,
  site: Site,
  purposes: readonly Purpose[],
  plan: Plan<Purpose>,
  what: 'roles' | 'channels',
  create: (name: string, purpose: Purpose) => Promise<Channel | Role>,
): Promise<Provided<Purpose>> {
  const provided: Hands<Purpose> = { ids: {}, origins: {}, failures: [] };
  const refused: string[] = [];
  for (const purpose of purposes) {
    const about = `${what === 'roles' ? 'role' : 'channel'}:${purpose}`;
    const intent = plan[purpose];
    if (intent.how === 'forbidden') refused.push(intent.name);
    else if (intent.how === 'unusable') provided.failures.push({ about, ...intent.problem });
    else if ('id' in intent) take(provided, purpose, intent.id, intent.how);
    else {
      const { name } = intent;
      const made = await attempt(site, name, () => create(name, purpose));
      if ('id' in made) take(provided, purpose, made.id, 'created');
      else if (made.failed === 'forbidden') refused.push(name);
      else if (made.failed === 'full') provided.failures.push({ about, ...t.setup.failed.full(name) });
      else provided.failures.push({ about, ...t.setup.failed.unclear(name, made.code) });
    }
  }
  return { ...provided, failures: [...provided.failures, ...forbidden(t, what, refused)] };
}

interface Overwrite {
  readonly id: string;
  readonly type: OverwriteType;
  readonly allow?: readonly PermissionsString[];
  readonly deny?: readonly PermissionsString[];
}

/** Who may do what in a new channel. Discord lets a bot set only permissions that it has itself in the guild. */
function overwritesFor(purpose: ChannelPurpose, { guild, me, moderator }: Site, roles: readonly string[]) {
  const everyone = { id: guild.id, type: OverwriteType.Role };
  const overwrites: Overwrite[] = [{ id: me.id, type: OverwriteType.Member, allow: channelPermissions[purpose] }];
  if (purpose === 'staff') {
    overwrites.push({ ...everyone, deny: ['ViewChannel'] }, ...moderatorOverwrites(guild, moderator));
  } else if (purpose === 'mentoring') {
    // People talk in their threads; the channel itself stays quiet enough that a mention there is seen.
    overwrites.push({ ...everyone, deny: ['SendMessages'] });
    const allow = ['ViewChannel', 'ReadMessageHistory', 'SendMessagesInThreads'] as const;
    for (const id of new Set(roles)) overwrites.push({ id, type: OverwriteType.Role, allow });
  } else if (purpose !== 'study') {
    overwrites.push({ ...everyone, deny: ['SendMessages'] });
  }
  const settable = (names: readonly PermissionsString[] = []) =>
    new PermissionsBitField(names.filter((name) => me.permissions.has(name)));
  return overwrites.map(({ id, type, allow, deny }) => ({ id, type, allow: settable(allow), deny: settable(deny) }));
}

/** Everybody who may manage the guild sees the staff channel, and whoever set it up. */
function moderatorOverwrites(guild: Guild, moderator: GuildMember): Overwrite[] {
  const allow = ['ViewChannel', 'SendMessages', 'ReadMessageHistory'] as const;
  const roles = guild.roles.cache.filter(
    (role) =>
      role.id !== guild.id &&
      // Other bots are no moderators.
      !role.managed &&
      role.permissions.has(PermissionFlagsBits.ManageGuild, false) &&
      // Administrators see everything anyway.
      !role.permissions.has(PermissionFlagsBits.Administrator),
  );
  const overwrites: Overwrite[] = roles.map(({ id }) => ({ id, type: OverwriteType.Role, allow }));
  const seesItAnyway =
    moderator.permissions.has(PermissionFlagsBits.Administrator) || moderator.roles.cache.hasAny(...roles.keys());
  if (!seesItAnyway) overwrites.push({ id: moderator.id, type: OverwriteType.Member, allow });
  return overwrites;
}

/** Creates a channel, once: should the answer be lost, the new one of that name is looked for. */
async function createChannel(guild: Guild, options: GuildChannelCreateOptions): Promise<Channel> {
  const before = new Set(guild.channels.cache.keys());
  return await createOnce<Channel>(
    () => guild.channels.create(options),
    async () =>
      (await guild.channels.fetch()).find((each) => each?.name === options.name && !before.has(each.id)) ?? undefined,
  );
}

type Hands<Purpose extends string> = Provided<Purpose> & { readonly failures: Problem[] };

function take<Purpose extends string>(provided: Hands<Purpose>, purpose: Purpose, id: string, origin: Origin): void {
  provided.ids[purpose] = id;
  provided.origins[purpose] = origin;
}

type Made =
  | { readonly id: string }
  | { readonly failed: 'forbidden' }
  | { readonly failed: 'full' }
  | { readonly failed: 'unclear'; readonly code: string };

/** Tries to create something. A failure keeps nothing else from being created. */
async function attempt(site: Site, name: string, create: () => Promise<Channel | Role>): Promise<Made> {
  try {
    const { id } = await create();
    return { id };
  } catch (error) {
    const code = error instanceof DiscordAPIError ? error.code : undefined;
    if (code === RESTJSONErrorCodes.MissingPermissions || code === RESTJSONErrorCodes.MissingAccess) {
      return { failed: 'forbidden' };
    }
    if (
      code === RESTJSONErrorCodes.MaximumNumberOfGuildChannelsReached ||
      code === RESTJSONErrorCodes.MaximumNumberOfGuildRolesReached
    ) {
      return { failed: 'full' };
    }
    site.ctx.log.warn({ err: error, guild: site.guild.id, name }, 'could not be created');
    return { failed: 'unclear', code: code === undefined ? 'no answer' : `code ${code}` };
  }
}

function isNamed(role: Role, name: string): boolean {
  return role.id !== role.guild.id && role.name.toLowerCase() === name.toLowerCase();
}

/** Of several with one name the oldest: ids grow with time. */
function oldest<T extends { readonly id: string }>(things: Iterable<T>): T | undefined {
  return [...things].toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1))[0];
}
