import { type Guild, type GuildMember, PermissionFlagsBits, type Role } from 'discord.js';
import { findGuild, type Guild as Settings } from '../../db/guilds.ts';
import { listSchedules, type Schedule } from '../../db/schedules.ts';
import { UserError } from '../../errors.ts';
import { channelColumns, channelPurposes, rolePurposes } from '../../guild/settings.ts';
import { checkChanges, saveSetup, type SetupChanges } from '../../lifecycle/setup.ts';
import { posterBy } from '../../discord/reach.ts';
import { oneAtATime } from '../../discord/turns.ts';
import { findProblems, servesPurpose } from './check.ts';
import { type Provided, provideChannels, provideRoles } from './create.ts';
import { findRoleFault, ownMember } from '../../discord/roles.ts';
import type { Problem } from './problem.ts';
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
}

/**
 * Sets a guild up: checks what was chosen, creates what is missing, stores the settings, and looks for what is still
 * wrong. Calls Discord several times: defer first.
 * @throws UserError when something chosen cannot be used; then nothing was created or changed.
 */
export async function setUpGuild(
  ctx: ActContext,
  guild: Guild,
  moderator: GuildMember,
  choices: SetupChanges,
): Promise<SetupOutcome> {
  return await oneAtATime(guild.id, async () => {
    const me = await ownMember(guild);
    const before = await findGuild(ctx.db, guild.id);
    const known = new Set((await listSchedules(ctx.db, guild.id)).map(({ id }) => id));
    checkChanges(before, choices);
    refuseUnusable(guild, me, moderator, choices);

    const locale = choices.language ?? before?.locale ?? null;
    const names = textsOfGuild(ctx, { locale }, guild.preferredLocale);
    const site = { ctx, guild, me, moderator, names };
    const roles = await provideRoles(ctx.t, site, choices.roles ?? {}, {
      mentor: before?.mentor_role_id,
      mentee: before?.mentee_role_id,
    });
    const storedChannels = Object.fromEntries(
      channelPurposes.map((purpose) => [purpose, before?.[channelColumns[purpose]]]),
    );
    const channels = await provideChannels(
      ctx.t,
      site,
      choices.channels ?? {},
      storedChannels,
      Object.values(roles.ids),
    );
    const chosen = { ...choices, roles: roles.ids, channels: channels.ids };
    const settings = await saveSetup(ctx, guild.id, chosen, moderator.id);

    const failures = [...roles.failures, ...channels.failures];
    return {
      settings,
      created: mentions(roles, channels, 'created'),
      found: mentions(roles, channels, 'found'),
      scheduled: (await listSchedules(ctx.db, guild.id)).filter(({ id }) => !known.has(id)),
      problems: [
        ...failures,
        ...(await findProblems(ctx, guild, settings, posterBy(moderator))).filter(
          (each) => !isExplained(each, roles, channels, failures),
        ),
      ],
      zoneIsDefault: choices.zone === undefined && before === undefined,
    };
  });
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
