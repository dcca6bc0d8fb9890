import { ChannelType, type Guild, type GuildBasedChannel, type GuildMember, roleMention } from 'discord.js';
import { type Announcement, listScheduledAnnouncements } from '../../db/announcements.ts';
import type { Guild as Settings } from '../../db/guilds.ts';
import { listNotifyRoles } from '../../db/notify.ts';
import { listSchedules, type Schedule } from '../../db/schedules.ts';
import { channelColumns, channelPurposes } from '../../guild/settings.ts';
import { type Poster, seesAnnouncement } from '../../posts/announcements/reach.ts';
import { showAnnounced } from '../../posts/announcements/content.ts';
import { announcementChannelTypes, roleOf } from '../../discord/reach.ts';
import { channelPermissions, missingPermissions } from '../../discord/permissions.ts';
import { describeCron } from '../../discord/recurrence.ts';
import { showTyped } from '../../discord/text.ts';
import { findRoleFault } from '../../discord/roles.ts';
import type { Problem } from './problem.ts';
import type { Texts } from '../../texts/en.ts';
import type { ActContext } from '../../discord/command.ts';

/** What is to be posted: a schedule, or an announcement that has its time. */
interface Planned {
  readonly about: string;
  /** How moderators recognize it, as the beginning of a sentence. */
  readonly name: string;
  readonly kind: 'schedule' | 'announcement';
  readonly channelId: string;
  readonly roleId: string | null;
  readonly everyone: boolean;
  readonly crosspost: boolean;
  /** Whether it rests because something was wrong, and only a moderator lets it go on. */
  readonly isStuck: boolean;
}

/**
 * Everything that keeps planned posts from appearing, or from notifying whom they should: channels, permissions, roles;
 * and what `/notify` offers, but cannot give. From the bot's memory and the database, without a request.
 */
export async function findPostProblems(
  ctx: ActContext,
  guild: Guild,
  me: GuildMember,
  settings: Settings,
  viewer: Poster,
): Promise<Problem[]> {
  const schedules = await listSchedules(ctx.db, guild.id);
  const announcements = await listScheduledAnnouncements(ctx.db, guild.id);
  const stuck = new Set(schedules.filter(isStuck).map(({ id }) => id));
  const planned = [
    // What recurs is a schedule of its announcement, which says more.
    ...schedules.filter(({ kind }) => kind !== 'announcement').map((each) => ofSchedule(ctx.t, each)),
    ...announcements.map((each) =>
      ofAnnouncement(ctx.t, each, viewer, each.schedule_id !== null && stuck.has(each.schedule_id)),
    ),
  ];
  // What the settings name is checked with them.
  const checked = new Set(channelPurposes.map((purpose) => settings[channelColumns[purpose]]));
  const problems: Problem[] = [];
  for (const each of planned) {
    // What keeps it from being posted is told of once, however many posts it concerns.
    const blocked = checkChannelOf(ctx.t, guild, me, each);
    if (blocked && !checked.has(each.channelId)) problems.push(blocked);
    if (blocked?.about.startsWith('channel:')) checked.add(each.channelId);
    if (!blocked && each.isStuck) problems.push({ about: each.about, ...ctx.t.setup.check.postStuck(each.name) });
    problems.push(...checkReach(ctx.t, guild, me, each));
  }
  for (const { kind, role_id: roleId } of await listNotifyRoles(ctx.db, guild.id)) {
    const problem = checkNotifyRole(ctx.t, guild, me, ctx.t.notify.kinds[kind], roleId);
    if (problem) problems.push({ about: `notify:${kind}`, ...problem });
  }
  return problems;
}

function isStuck({ state, paused_why: why }: Schedule): boolean {
  return state === 'paused' && why !== null && why !== 'moderator';
}

function ofSchedule(t: Texts, schedule: Schedule): Planned {
  return {
    about: `schedule:${schedule.id}`,
    name: t.setup.check.plannedPost(t.posts.kinds[schedule.kind], describeCron(t, schedule.cron)),
    kind: 'schedule',
    channelId: schedule.channel_id,
    roleId: schedule.role_id,
    everyone: false,
    crosspost: schedule.crosspost === 1,
    isStuck: isStuck(schedule),
  };
}

function ofAnnouncement(t: Texts, announcement: Announcement, viewer: Poster, stuck: boolean): Planned {
  const text = t.setup.check;
  return {
    about: `announcement:${announcement.id}`,
    name: seesAnnouncement(viewer, announcement)
      ? text.plannedAnnouncement(showTyped(showAnnounced(announcement.title)))
      : text.plannedElsewhere,
    kind: 'announcement',
    channelId: announcement.channel_id,
    roleId: announcement.role_id,
    everyone: announcement.everyone === 1,
    crosspost: announcement.crosspost === 1,
    isStuck: stuck,
  };
}

/** Whether a post can appear at all: its channel is there, and the bot may write in it. */
function checkChannelOf(t: Texts, guild: Guild, me: GuildMember, planned: Planned): Problem | undefined {
  const text = t.setup.check;
  const channel = channelOf(guild, planned);
  if (!channel) return { about: planned.about, ...text.postChannelGone(planned.name, planned.kind) };
  const missing = missingPermissions(channel.permissionsFor(me), channelPermissions.announcements);
  if (missing.length === 0) return undefined;
  return { about: `channel:${channel.id}`, ...text.channelPermissions(channel.toString(), missing) };
}

/** Whether it reaches whom it should: a role, everyone, the servers that follow its channel. */
function checkReach(t: Texts, guild: Guild, me: GuildMember, planned: Planned): Problem[] {
  const text = t.setup.check;
  const { about, name, kind, roleId } = planned;
  const channel = channelOf(guild, planned);
  if (!channel) return [];
  const shown = channel.toString();
  const problems: Problem[] = [];
  if (planned.crosspost && channel.type !== ChannelType.GuildAnnouncement) {
    problems.push({ about, ...text.postNoFollowers(name, shown, kind) });
  }
  const mayMention = channel.permissionsFor(me).has('MentionEveryone');
  if (planned.everyone && !mayMention) problems.push({ about, ...text.postEveryone(name, shown) });
  const role = roleId === null ? 'none' : roleOf(guild, roleId);
  if (role === 'gone') problems.push({ about, ...text.postRoleGone(name, kind) });
  if (role === 'closed' && !mayMention) {
    problems.push({ about, ...text.postRoleClosed(name, roleMention(roleId ?? '')) });
  }
  return problems;
}

function channelOf(guild: Guild, { channelId }: Planned): GuildBasedChannel | undefined {
  const channel = guild.channels.cache.get(channelId);
  return channel && announcementChannelTypes.some((type) => type === channel.type) ? channel : undefined;
}

/** A role that members take and give back with `/notify`. */
function checkNotifyRole(
  t: Texts,
  guild: Guild,
  me: GuildMember,
  kind: string,
  roleId: string,
): Pick<Problem, 'text' | 'fix'> | undefined {
  const text = t.setup.check;
  const role = guild.roles.cache.get(roleId);
  if (!role) return text.notifyRoleGone(kind);
  const shown = roleMention(roleId);
  switch (findRoleFault(role, me)) {
    case undefined:
      return undefined;
    case 'powerful':
      return text.notifyRolePowerful(shown);
    case 'aboveMe': {
      const mine = me.roles.highest;
      return mine.id === guild.id ? text.noOwnRole(shown) : text.roleOrder(shown, roleMention(mine.id));
    }
    default:
      return text.roleManaged(shown);
  }
}
