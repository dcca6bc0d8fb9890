import {
  ChannelType,
  type Guild,
  type GuildBasedChannel,
  type GuildMember,
  PermissionFlagsBits,
  roleMention,
} from 'discord.js';
import type { Guild as Settings } from '../../db/guilds.ts';
import { listNotifyRoles } from '../../db/notify.ts';
import { findExamRule } from '../../db/exam-rules.ts';
import { findPanel } from '../../db/panels.ts';
import type { Poster } from '../../posts/announcements/reach.ts';
import {
  channelColumns,
  type ChannelPurpose,
  channelPurposes,
  roleColumns,
  type RolePurpose,
  rolePurposes,
} from '../../guild/settings.ts';
import {
  channelPermissions,
  guildPermissions,
  hidingPermissions,
  isOpenToAll,
  missingPermissions,
  panelPermissions,
  threadMemberPermissions,
} from '../../discord/permissions.ts';
import type { Problem } from './problem.ts';
import { checkOffice } from './office-hours.ts';
import { checkStudy } from './study.ts';
import { findPostProblems } from './check-posts.ts';
import { keepExamRule } from '../../discord/exam-rule.ts';
import { findRoleFault, ownMember } from '../../discord/roles.ts';
import type { Texts } from '../../texts/en.ts';
import type { ActContext } from '../../discord/command.ts';

/** Which types of channel serve a purpose. Private threads exist in text channels only. */
export const channelTypes: Readonly<
  Record<ChannelPurpose, readonly (ChannelType.GuildText | ChannelType.GuildAnnouncement | ChannelType.GuildForum)[]>
> = {
  mentoring: [ChannelType.GuildText],
  staff: [ChannelType.GuildText],
  tips: [ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.GuildForum],
  study: [ChannelType.GuildText],
  announcements: [ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.GuildForum],
};

/**
 * Everything that keeps the bot from doing its work in this guild, in the order in which it is best mended.
 * @param viewer who reads it: what is planned for channels that they cannot see is named without its words.
 */
export async function findProblems(
  ctx: ActContext,
  guild: Guild,
  settings: Settings,
  viewer: Poster,
): Promise<Problem[]> {
  const me = await ownMember(guild);
  const problems: Problem[] = [];
  const missing = missingPermissions(me.permissions, guildPermissions);
  if (missing.length > 0) problems.push({ about: 'guild', ...ctx.t.setup.check.guildPermissions(missing) });
  for (const purpose of rolePurposes)
    problems.push(...checkRole(ctx.t, guild, me, purpose, settings[roleColumns[purpose]]));
  for (const purpose of channelPurposes) {
    problems.push(...checkChannel(ctx.t, guild, me, purpose, settings[channelColumns[purpose]]));
  }
  if (settings.hide_exam_content === 1 && missingPermissions(me.permissions, hidingPermissions).length > 0)
    problems.push({ about: 'guild', ...ctx.t.guard.check });
  problems.push(...(await checkExamRule(ctx, guild, settings)));
  problems.push(...(await checkStaffReaders(ctx, guild, settings)));
  problems.push(...checkThreadMembers(ctx.t, guild, settings));
  problems.push(...(await checkPanel(ctx, guild, me)));
  problems.push(...checkStudy(ctx.t, guild, me, settings));
  problems.push(...(await checkOffice(ctx, guild, me, settings)));
  problems.push(...checkOwnChannels(ctx.t, guild, me, settings));
  problems.push(...(await findPostProblems(ctx, guild, me, settings, viewer)));
  return problems;
}

function checkRole(t: Texts, guild: Guild, me: GuildMember, purpose: RolePurpose, id: string | null): Problem[] {
  const about = `role:${purpose}`;
  const text = t.setup.check;
  if (id === null) return [{ about, ...text.roleNotSet(purpose) }];
  const role = guild.roles.cache.get(id);
  if (!role) return [{ about, ...text.roleGone(purpose) }];
  const shown = roleMention(id);
  switch (findRoleFault(role, me)) {
    case undefined:
      return [];
    case 'powerful':
      return [{ about, ...text.rolePowerful(shown) }];
    case 'aboveMe': {
      // The role to move. Whoever was invited without any permission has none.
      const mine = me.roles.highest;
      const problem = mine.id === guild.id ? text.noOwnRole(shown) : text.roleOrder(shown, roleMention(mine.id));
      return [{ about, ...problem }];
    }
    default:
      return [{ about, ...text.roleManaged(shown) }];
  }
}

function checkChannel(t: Texts, guild: Guild, me: GuildMember, purpose: ChannelPurpose, id: string | null): Problem[] {
  const about = `channel:${purpose}`;
  const text = t.setup.check;
  if (id === null) return [{ about, ...text.channelNotSet(purpose) }];
  const channel = guild.channels.cache.get(id);
  if (!channel) return [{ about, ...text.channelGone(purpose) }];
  if (!servesPurpose(channel, purpose)) return [{ about, ...text.channelType(purpose, channel.toString()) }];
  const problems: Problem[] = [];
  const missing = missingPermissions(channel.permissionsFor(me), channelPermissions[purpose]);
  const say = channel.type === ChannelType.GuildForum ? t.places.forumPermissions : text.channelPermissions;
  if (missing.length > 0) problems.push({ about, ...say(channel.toString(), missing) });
  if (purpose === 'staff' && isOpenToAll(channel)) problems.push({ about, ...text.staffVisible(channel.toString()) });
  return problems;
}

/** Whoever gets a role from the bot must not read what moderators read about people by it. */
async function checkStaffReaders(ctx: ActContext, guild: Guild, settings: Settings): Promise<Problem[]> {
  const channel = guild.channels.cache.get(settings.staff_channel_id ?? '');
  // That everybody reads it is told of with the channel.
  if (!channel || isOpenToAll(channel)) return [];
  const offered = (await listNotifyRoles(ctx.db, guild.id)).map(({ role_id: id }) => id);
  const given = new Set([...rolePurposes.map((purpose) => settings[roleColumns[purpose]]), ...offered]);
  return [...given].flatMap((id) => {
    const role = guild.roles.cache.get(id ?? '');
    if (!role || !channel.permissionsFor(role).has(PermissionFlagsBits.ViewChannel)) return [];
    return { about: 'channel:staff', ...ctx.t.setup.check.staffVisibleTo(channel.toString(), roleMention(role.id)) };
  });
}

/** A private thread's members must be able to see the channel that it is in, and to write in threads there. */
function checkThreadMembers(t: Texts, guild: Guild, settings: Settings): Problem[] {
  const channel = guild.channels.cache.get(settings.mentoring_channel_id ?? '');
  if (!channel || !servesPurpose(channel, 'mentoring')) return [];
  const problems: Problem[] = [];
  const about = 'channel:mentoring';
  for (const id of new Set(rolePurposes.map((purpose) => settings[roleColumns[purpose]]))) {
    const role = guild.roles.cache.get(id ?? '');
    if (!role) continue;
    const [first] = missingPermissions(channel.permissionsFor(role), threadMemberPermissions);
    if (!first) continue;
    const text = first === 'ViewChannel' ? t.setup.check.threadsHidden : t.setup.check.threadsMute;
    problems.push({ about, ...text(channel.toString(), roleMention(role.id)) });
  }
  return problems;
}

/** Whether the panel for newcomers can stand where it is to, and be pinned there. */
async function checkPanel(ctx: ActContext, guild: Guild, me: GuildMember): Promise<Problem[]> {
  const panel = await findPanel(ctx.db, guild.id);
  if (!panel) return [];
  const about = 'panel';
  const channel = guild.channels.cache.get(panel.channel_id);
  if (!channel) return [{ about, ...ctx.t.panel.channelGone() }];
  const missing = missingPermissions(channel.permissionsFor(me), panelPermissions);
  return missing.length === 0 ? [] : [{ about, ...ctx.t.setup.check.channelPermissions(channel.toString(), missing) }];
}

/** Whether the rule against exam content, where there is one, is still there, can be kept, and alerts moderators alone. */
async function checkExamRule(ctx: ActContext, guild: Guild, settings: Settings): Promise<Problem[]> {
  if (!(await findExamRule(ctx.db, guild.id))) return [];
  const about = 'exam-rule';
  const text = ctx.t.guard.rule.check;
  const view = await keepExamRule(ctx, guild, settings);
  if (view.is === 'forbidden') return [{ about, ...text.forbidden }];
  if (view.is === 'none') return [{ about, ...text.gone }];
  if (view.alertsIn === null) return [];
  const channel = guild.channels.cache.get(view.alertsIn);
  if (!channel) return [{ about, ...text.channelGone }];
  return isOpenToAll(channel) ? [{ about, ...text.channelOpen(channel.toString()) }] : [];
}

/** Whether what has a channel of its own can be posted there: dates that come nearer, and what there is in Match Week. */
function checkOwnChannels(t: Texts, guild: Guild, me: GuildMember, settings: Settings): Problem[] {
  const { dates_channel_id: dates, match_post: posts, match_share: shares } = settings;
  const match = posts === 1 || shares === 1 ? settings.match_channel_id : null;
  const own = [
    { about: 'dates', id: dates, gone: t.datesPost.channelGone() },
    { about: 'match', id: match, gone: t.match.settings.channelGone },
  ];
  return own.flatMap(({ about, id, gone }) => {
    if (id === null) return [];
    const channel = guild.channels.cache.get(id);
    if (!channel) return [{ about, ...gone }];
    const missing = missingPermissions(channel.permissionsFor(me), channelPermissions.announcements);
    return missing.length === 0 ? [] : [{ about, ...t.setup.check.channelPermissions(channel.toString(), missing) }];
  });
}

/** Whether a channel is of a type that serves this purpose. */
export function servesPurpose(channel: GuildBasedChannel, purpose: ChannelPurpose): boolean {
  return channelTypes[purpose].some((type) => type === channel.type);
}
