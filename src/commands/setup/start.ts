import { type Guild, type GuildMember, PermissionFlagsBits, type Role } from 'discord.js';
import { findGuild, type Guild as Settings } from '../../db/guilds.ts';
import { listSchedules, type Schedule } from '../../db/schedules.ts';
import {
  findSetup,
  keepShownSetup,
  markSetupMade,
  markSetupPressed,
  type Setup,
  type SetupChoices,
} from '../../db/setups.ts';
import { UserError } from '../../errors.ts';
import {
  channelColumns,
  type ChannelPurpose,
  channelPurposes,
  defaultZone,
  roleColumns,
  type RolePurpose,
  rolePurposes,
} from '../../guild/settings.ts';
import { newId } from '../../ids.ts';
import { checkChanges, saveSetup, type SetupChanges } from '../../lifecycle/setup.ts';
import { type DefaultPost, listDefaultsToCome } from '../../posts/defaults.ts';
import { posterBy } from '../../discord/reach.ts';
import { oneAtATime } from '../../discord/turns.ts';
import { findProblems, servesPurpose } from './check.ts';
import {
  obstaclesTo,
  type Plan,
  planChannels,
  planRoles,
  provideChannels,
  type Provided,
  provideRoles,
  type Site,
} from './create.ts';
import { findRoleFault, ownMember } from '../../discord/roles.ts';
import type { Problem } from './problem.ts';
import { epochMs, type Instant } from '../../time.ts';
import { textsOfGuild } from '../../guild/language.ts';
import type { ActContext } from '../../discord/command.ts';

/** How `/setup start` went. */
export interface SetupOutcome {
  readonly settings: Settings;
  /** Mentions of what was created. */
  readonly created: readonly string[];
  /** Mentions of what was there already, found by its name. */
  readonly found: readonly string[];
  readonly problems: readonly Problem[];
  /** Posts that this run has scheduled. */
  readonly scheduled: readonly Schedule[];
  /** Whether the guild still has the zone that nobody chose. */
  readonly zoneIsDefault: boolean;
  /** Under which it can be undone; undefined where nothing was made. */
  readonly undoId: string | undefined;
}

/** What `/setup start` would do. */
export interface SetupPreview {
  readonly id: string;
  /** Names of what would be created, in the guild's language. */
  readonly channels: readonly { readonly purpose: ChannelPurpose; readonly name: string }[];
  readonly roles: readonly { readonly purpose: RolePurpose; readonly name: string }[];
  /** Mentions of what is there already, and would be used. */
  readonly found: readonly string[];
  /** IANA name. */
  readonly zone: string;
  readonly zoneIsDefault: boolean;
  /** What would be posted by itself, and where: a mention, or the name of a channel to be created. */
  readonly posts: readonly { readonly kind: DefaultPost['kind']; readonly cron: string; readonly channel: string }[];
  readonly problems: readonly Problem[];
}

/** A guild as it is before a set-up, and what each purpose would get. */
interface Draft {
  readonly before: Settings | undefined;
  readonly site: Site;
  readonly roles: Plan<RolePurpose>;
  readonly channels: Plan<ChannelPurpose>;
}

/**
 * Says what a set-up would do and keeps it until somebody presses to go on; or does it at once where it would make nothing
 * and adopt nothing. May call Discord several times: defer first.
 * @param id of what was shown before, for another choice of the same.
 * @throws UserError when something chosen cannot be used; nothing was created or changed.
 */
export async function beginSetup(
  ctx: ActContext,
  guild: Guild,
  moderator: GuildMember,
  changes: SetupChanges,
  id?: string,
): Promise<SetupPreview | SetupOutcome> {
  const draft = await oneAtATime(guild.id, () => draftSetup(ctx, guild, moderator, changes));
  const told = toldOf(draft);
  if (draft.before && told.create.length + told.adopt.length === 0)
    return await setUpGuild(ctx, guild, moderator, changes);
  const setupId = id ?? newId(ctx.random);
  await keepShownSetup(ctx.db, { id: setupId, guildId: guild.id, choices: { changes, told }, at: ctx.now() });
  return await previewOf(ctx, draft, changes, setupId);
}

/** What a moderator was shown, and has not decided. @throws UserError when it was done, or is too old. */
export async function requireShown(ctx: ActContext, guildId: string, id: string | undefined): Promise<Setup> {
  const setup = await findSetup(ctx.db, guildId, id ?? '');
  if (setup?.state !== 'shown') throw new UserError((t) => t.setup.preview.gone);
  return setup;
}

/**
 * Does what was shown. Where something else would be created or adopted by now it is shown again instead.
 * Calls Discord several times: defer first.
 * @throws UserError when something chosen can no longer be used, or it was done already.
 */
export async function goOnWithSetup(
  ctx: ActContext,
  guild: Guild,
  moderator: GuildMember,
  id: string | undefined,
): Promise<SetupPreview | SetupOutcome> {
  const { choices, pressed_at: pressedAt, id: setupId } = await requireShown(ctx, guild.id, id);
  const draft = await oneAtATime(guild.id, () => draftSetup(ctx, guild, moderator, choices.changes));
  const { create, adopt } = toldOf(draft);
  const known = [...choices.told.create, ...choices.told.adopt];
  if ([...create, ...adopt].some((purpose) => !known.includes(purpose))) {
    return await beginSetup(ctx, guild, moderator, choices.changes, setupId);
  }
  if (pressedAt === null) await markSetupPressed(ctx.db, setupId, ctx.now());
  return await setUpGuild(ctx, guild, moderator, choices.changes, { id: setupId, pressedAt });
}

/**
 * Sets a guild up: creates what is missing, stores the settings, and looks for what is still wrong.
 * @param press on what was shown, and when somebody had pressed before, where that broke off.
 */
async function setUpGuild(
  ctx: ActContext,
  guild: Guild,
  moderator: GuildMember,
  changes: SetupChanges,
  press?: { readonly id: string; readonly pressedAt: Instant | null },
): Promise<SetupOutcome> {
  return await oneAtATime(guild.id, async () => {
    const setup = press && (await requireShown(ctx, guild.id, press.id));
    const broken =
      setup && press.pressedAt !== null ? { told: setup.choices.told.create, at: press.pressedAt } : undefined;
    const { before, site, ...plans } = await draftSetup(ctx, guild, moderator, changes);
    const known = new Set((await listSchedules(ctx.db, guild.id)).map(({ id }) => id));
    const roles = madeBefore(guild, 'role', broken, await provideRoles(ctx.t, site, plans.roles));
    const provided = await provideChannels(ctx.t, site, plans.channels, Object.values(roles.ids));
    const channels = madeBefore(guild, 'channel', broken, provided);
    const made = { channels: createdOf(channels), roles: createdOf(roles) };
    const isUndoable = Object.keys({ ...made.channels, ...made.roles }).length > 0;
    const chosen = { ...changes, roles: roles.ids, channels: channels.ids };
    let scheduled: Schedule[] = [];
    const settings = await saveSetup(ctx, guild.id, chosen, moderator.id, async (trx, stored) => {
      scheduled = (await listSchedules(trx, guild.id)).filter(({ id }) => !known.has(id));
      if (!setup || !isUndoable) return;
      const schedules = scheduled.map(({ id }) => id);
      await markSetupMade(trx, setup.id, { ...made, schedules, before: stored ? namedBefore(stored) : null });
    });

    const failures = [...roles.failures, ...channels.failures];
    return {
      settings,
      created: mentions(roles, channels, 'created'),
      found: mentions(roles, channels, 'found'),
      scheduled,
      problems: [
        ...failures,
        ...(await findProblems(ctx, guild, settings, posterBy(moderator))).filter(
          (each) => !isExplained(each, roles, channels, failures),
        ),
      ],
      zoneIsDefault: changes.zone === undefined && before === undefined,
      undoId: isUndoable ? setup?.id : undefined,
    };
  });
}

async function draftSetup(
  ctx: ActContext,
  guild: Guild,
  moderator: GuildMember,
  changes: SetupChanges,
): Promise<Draft> {
  const me = await ownMember(guild);
  const before = await findGuild(ctx.db, guild.id);
  checkChanges(before, changes);
  refuseUnusable(guild, me, moderator, changes);
  const locale = changes.language ?? before?.locale ?? null;
  const site = { ctx, guild, me, moderator, names: textsOfGuild(ctx, { locale }, guild.preferredLocale) };
  const storedRoles = { mentor: before?.mentor_role_id, mentee: before?.mentee_role_id };
  const storedChannels = Object.fromEntries(
    channelPurposes.map((purpose) => [purpose, before?.[channelColumns[purpose]]]),
  );
  return {
    before,
    site,
    roles: planRoles(ctx.t, site, changes.roles ?? {}, storedRoles),
    channels: planChannels(site, changes.channels ?? {}, storedChannels),
  };
}

/** The purposes of what would be created or adopted: nobody should be surprised by either. */
function toldOf({ roles, channels }: Draft): SetupChoices['told'] {
  const those = (how: 'create' | 'found') => [
    ...rolePurposes.filter((purpose) => roles[purpose].how === how).map((purpose) => `role:${purpose}`),
    ...channelPurposes.filter((purpose) => channels[purpose].how === how).map((purpose) => `channel:${purpose}`),
  ];
  return { create: those('create'), adopt: those('found') };
}

async function previewOf(
  ctx: ActContext,
  { before, site, roles, channels }: Draft,
  changes: SetupChanges,
  id: string,
): Promise<SetupPreview> {
  const shownChannel = (purpose: ChannelPurpose): string | undefined => {
    const intent = channels[purpose];
    if ('id' in intent) return `<#${intent.id}>`;
    return intent.how === 'create' ? `#${intent.name}` : undefined;
  };
  const toCome = await listDefaultsToCome(ctx.db, site.guild.id);
  return {
    id,
    channels: channelPurposes.flatMap((purpose) => {
      const intent = channels[purpose];
      return intent.how === 'create' ? [{ purpose, name: intent.name }] : [];
    }),
    roles: rolePurposes.flatMap((purpose) => {
      const intent = roles[purpose];
      return intent.how === 'create' ? [{ purpose, name: intent.name }] : [];
    }),
    found: [
      ...channelPurposes.flatMap((purpose) => foundIn(channels[purpose]) ?? []).map((found) => `<#${found}>`),
      ...rolePurposes.flatMap((purpose) => foundIn(roles[purpose]) ?? []).map((found) => `<@&${found}>`),
    ],
    zone: changes.zone ?? before?.zone ?? defaultZone,
    zoneIsDefault: changes.zone === undefined && before === undefined,
    posts: toCome.flatMap(({ kind, purpose, cron }) => {
      const channel = shownChannel(purpose);
      return channel === undefined ? [] : [{ kind, cron, channel }];
    }),
    problems: obstaclesTo(ctx.t, roles, channels),
  };
}

function foundIn(intent: Plan<string>[string]): string | undefined {
  return intent.how === 'found' ? intent.id : undefined;
}

/** How far Discord's clock and ours may differ. */
const skewMs = 60_000;

/** What a press that broke off has created is found by its name now: it counts as created. */
function madeBefore<Purpose extends string>(
  guild: Guild,
  what: 'role' | 'channel',
  broken: { readonly told: readonly string[]; readonly at: Instant } | undefined,
  provided: Provided<Purpose>,
): Provided<Purpose> {
  if (!broken) return provided;
  const since = epochMs(broken.at) - skewMs;
  const origins = { ...provided.origins };
  for (const [purpose, id] of Object.entries(provided.ids) as [Purpose, string][]) {
    const thing = guild.channels.cache.get(id) ?? guild.roles.cache.get(id);
    const isSince = (thing?.createdTimestamp ?? 0) >= since;
    const isOurs = origins[purpose] === 'found' && isSince && broken.told.includes(`${what}:${purpose}`);
    if (isOurs) origins[purpose] = 'created';
  }
  return { ...provided, origins };
}

function createdOf<Purpose extends string>({ ids, origins }: Provided<Purpose>): Partial<Record<Purpose, string>> {
  return Object.fromEntries(
    Object.entries(ids).filter(([purpose]) => origins[purpose as Purpose] === 'created'),
  ) as Partial<Record<Purpose, string>>;
}

/** What the settings name, by their columns. */
function namedBefore(settings: Settings): Record<string, string | null> {
  const columns = [...Object.values(channelColumns), ...Object.values(roleColumns)];
  return Object.fromEntries(columns.map((column) => [column, settings[column]]));
}

/** @throws UserError when a chosen channel or role cannot serve. */
function refuseUnusable(guild: Guild, me: GuildMember, moderator: GuildMember, choices: SetupChanges): void {
  for (const purpose of channelPurposes) {
    const id = choices.channels?.[purpose];
    const channel = guild.channels.cache.get(id ?? '');
    if (id && (!channel || !servesPurpose(channel, purpose)))
      throw new UserError((t) => t.setup.refused.channelType(`<#${id}>`, purpose));
    // Discord's client does not offer what one cannot see; whoever sends it anyway lets the bot write there.
    if (channel && !channel.permissionsFor(moderator).has(PermissionFlagsBits.ViewChannel))
      throw new UserError((t) => t.setup.refused.channelHidden(`<#${id}>`));
  }
  for (const purpose of rolePurposes) {
    const id = choices.roles?.[purpose];
    if (id === undefined) continue;
    const role: Role | undefined = guild.roles.cache.get(id);
    const fault = role ? findRoleFault(role, me, moderator) : 'managed';
    if (fault === 'everyone') throw new UserError((t) => t.setup.refused.everyone);
    if (fault) throw new UserError((t) => t.setup.refused[fault](`<@&${id}>`));
  }
}

function mentions(
  roles: Provided<(typeof rolePurposes)[number]>,
  channels: Provided<(typeof channelPurposes)[number]>,
  origin: 'created' | 'found',
): string[] {
  return [
    ...channelPurposes.filter((each) => channels.origins[each] === origin).map((each) => `<#${channels.ids[each]}>`),
    ...rolePurposes.filter((each) => roles.origins[each] === origin).map((each) => `<@&${roles.ids[each]}>`),
  ];
}

/** Whether a failure to create something says already what the check says again. */
function isExplained(
  problem: Problem,
  roles: Provided<(typeof rolePurposes)[number]>,
  channels: Provided<(typeof channelPurposes)[number]>,
  failures: readonly Problem[],
): boolean {
  if (failures.length === 0) return false;
  return (
    channelPurposes.some((each) => problem.about === `channel:${each}` && channels.ids[each] === undefined) ||
    rolePurposes.some((each) => problem.about === `role:${each}` && roles.ids[each] === undefined)
  );
}
