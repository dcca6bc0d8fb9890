import { ChannelType, type Guild, type GuildMember, PermissionFlagsBits, roleMention } from 'discord.js';
import { type Announcement, listScheduledAnnouncements } from '../../db/announcements.ts';
import type { Guild as Settings } from '../../db/guilds.ts';
import { listNotifyRoles } from '../../db/notify.ts';
import { listSchedules, type Schedule } from '../../db/schedules.ts';
import { channelColumns, channelPurposes } from '../../guild/settings.ts';
import { type Poster, seesAnnouncement } from '../../posts/announcements/reach.ts';
import { showAnnounced } from '../../posts/announcements/content.ts';
import { findMemberNow } from '../../discord/presence.ts';
import { findPostPlace, forumOf, isLockedTo, missingAt, type PostPlace } from '../../discord/post-places.ts';
import { posterBy, roleOf } from '../../discord/reach.ts';
import { lookAtThread } from '../../discord/sweep/look.ts';
import type { SeenThread } from '../../lifecycle/sweep/differences.ts';
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
  /** The channel that it hangs on, where it is a thread. */
  readonly parentId: string | null;
  /** Its tag in a forum. */
  readonly tagId: string | null;
  readonly roleId: string | null;
  readonly everyone: boolean;
  readonly crosspost: boolean;
  /** Whether it rests because something was wrong, and only a moderator lets it go on. */
  readonly isStuck: boolean;
  /** The moderator who answers for it; null where nobody does. */
  readonly by: string | null;
  /** Whether it says a moderator's words. */
  readonly saysWords: boolean;
}

/** How many of the moderators who answer for planned posts are looked for: each is a request to Discord. */
const lookedForAtMost = 10;

/**
 * Everything that keeps planned posts from appearing, or from notifying whom they should: channels, permissions, roles;
 * and what `/notify` offers, but cannot give. From the bot's memory and the database; for moderators who answer for
 * planned posts Discord is asked.
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
  const planned = [
    // What recurs is a schedule of its announcement, which says more.
    ...schedules.filter(({ kind }) => kind !== 'announcement').map((each) => ofSchedule(ctx.t, each)),
    ...announcements.map((each) =>
      ofAnnouncement(
        ctx.t,
        each,
        viewer,
        schedules.find(({ id }) => id === each.schedule_id),
      ),
    ),
  ];
  // What the settings name is checked with them.
  const checked = new Set(channelPurposes.map((purpose) => settings[channelColumns[purpose]]));
  const notifyRoles = await listNotifyRoles(ctx.db, guild.id);
  const offered = new Set(notifyRoles.map(({ role_id: id }) => id));
  const answering = await findAnswering(ctx, guild, planned, offered);
  const threads = await lookAtQuietThreads(ctx, guild, planned);
  const problems: Problem[] = [];
  for (const each of planned) {
    // What keeps it from being posted is told of once, however many posts it concerns.
    const blocked = checkChannelOf(ctx.t, guild, me, each, threads.get(each.channelId));
    if (blocked && !checked.has(each.channelId)) problems.push(blocked);
    if (blocked?.about.startsWith('channel:')) checked.add(each.channelId);
    else problems.push(...checkTag(ctx.t, guild, me, each));
    if (!blocked && each.isStuck) problems.push({ about: each.about, ...ctx.t.setup.check.postStuck(each.name) });
    problems.push(...checkReach(ctx.t, guild, me, each, offered), ...checkAnswering(ctx.t, each, offered, answering));
  }
  for (const { kind, role_id: roleId } of notifyRoles) {
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
    parentId: schedule.parent_id,
    tagId: schedule.tag_id,
    roleId: schedule.role_id,
    everyone: false,
    crosspost: schedule.crosspost === 1,
    isStuck: isStuck(schedule),
    by: schedule.chooser_id,
    saysWords: false,
  };
}

/** @param schedule the one that posts it, where it comes back. */
function ofAnnouncement(t: Texts, announcement: Announcement, viewer: Poster, schedule: Schedule | undefined): Planned {
  const text = t.setup.check;
  return {
    about: `announcement:${announcement.id}`,
    name: seesAnnouncement(viewer, announcement)
      ? text.plannedAnnouncement(showTyped(showAnnounced(announcement.title)))
      : text.plannedElsewhere,
    kind: 'announcement',
    channelId: announcement.channel_id,
    parentId: announcement.parent_id,
    tagId: announcement.tag_id,
    roleId: announcement.role_id,
    everyone: announcement.everyone === 1,
    crosspost: announcement.crosspost === 1,
    isStuck: schedule !== undefined && isStuck(schedule),
    by: schedule ? schedule.chooser_id : announcement.sender_id,
    saysWords: true,
  };
}

/** Whether a post can appear at all: its channel is there, and the bot may write in it. */
function checkChannelOf(
  t: Texts,
  guild: Guild,
  me: GuildMember,
  planned: Planned,
  thread: QuietThread | undefined,
): Problem | undefined {
  const text = t.setup.check;
  const place = placeOf(guild, planned);
  if (!place || thread === 'gone') return { about: planned.about, ...text.postChannelGone(planned.name, planned.kind) };
  const { holder, kind } = place;
  const missing = missingAt(place, me);
  if (missing.length > 0) {
    const say = kind === 'forum' ? t.places.forumPermissions : text.channelPermissions;
    return {
      about: `channel:${kind === 'thread' ? planned.channelId : holder.id}`,
      ...say(holder.toString(), missing),
    };
  }
  const mayAnyway = holder.permissionsFor(me).has(PermissionFlagsBits.ManageThreads);
  const isLocked = isLockedTo(place, me) || (typeof thread === 'object' && thread.locked && !mayAnyway);
  return isLocked
    ? { about: `channel:${planned.channelId}`, ...t.places.lockedProblem(`<#${planned.channelId}>`) }
    : undefined;
}

/** Whether a forum has what its posts need: the tag that was chosen, or any where it wants one. */
function checkTag(t: Texts, guild: Guild, me: GuildMember, planned: Planned): Problem[] {
  const place = placeOf(guild, planned);
  const forum = place && forumOf(place, me);
  if (!forum) return [];
  const { tagId, about, name, kind } = planned;
  if (tagId === null) return forum.requiresTag ? [{ about, ...t.places.tagNeededBy(name, kind) }] : [];
  if (forum.tags.some(({ id }) => id === tagId)) return [];
  return [{ about, ...t.places.tagGoneOf(name, kind, forum.requiresTag) }];
}

type QuietThread = SeenThread | 'gone' | 'closed';

/** What Discord says of threads that are in nobody's memory, because they were archived. */
async function lookAtQuietThreads(
  ctx: ActContext,
  guild: Guild,
  planned: readonly Planned[],
): Promise<ReadonlyMap<string, QuietThread>> {
  const quiet = new Map(
    planned.flatMap(({ channelId, parentId }) =>
      parentId === null || guild.channels.cache.has(channelId) ? [] : [[channelId, parentId] as const],
    ),
  );
  const found = new Map<string, QuietThread>();
  const lookFor = async ([id, parentId]: readonly [string, string]): Promise<void> => {
    try {
      const thread = await lookAtThread(guild, parentId, id, []);
      if (thread !== undefined) found.set(id, thread);
    } catch (error) {
      ctx.log.warn({ err: error }, 'whether a thread is there could not be learned');
    }
  };
  await Promise.all([...quiet].slice(0, lookedForAtMost).map(lookFor));
  return found;
}

/** Whether it reaches whom it should: a role, everyone, the servers that follow its channel. */
function checkReach(
  t: Texts,
  guild: Guild,
  me: GuildMember,
  planned: Planned,
  offered: ReadonlySet<string>,
): Problem[] {
  const text = t.setup.check;
  const { about, name, kind, roleId } = planned;
  const place = placeOf(guild, planned);
  if (!place) return [];
  const { holder: channel } = place;
  const shown = `<#${planned.channelId}>`;
  const problems: Problem[] = [];
  if (planned.crosspost && (place.kind === 'thread' || channel.type !== ChannelType.GuildAnnouncement)) {
    problems.push({ about, ...text.postNoFollowers(name, shown, kind) });
  }
  const mayMention = channel.permissionsFor(me).has('MentionEveryone');
  if (planned.everyone && !mayMention) problems.push({ about, ...text.postEveryone(name, shown) });
  const role = roleId === null ? 'none' : roleOf(guild, roleId);
  if (role === 'gone') problems.push({ about, ...text.postRoleGone(name, kind) });
  const opens = roleId !== null && offered.has(roleId) && me.permissions.has(PermissionFlagsBits.ManageRoles);
  if (role === 'closed' && !mayMention && !opens) {
    problems.push({ about, ...text.postRoleClosed(name, roleMention(roleId ?? '')) });
  }
  return problems;
}

/** Whom nobody needs to answer for: a role that members took themselves is nobody's to refuse. */
function needsNobody({ saysWords, everyone, roleId }: Planned, offered: ReadonlySet<string>): boolean {
  return !saysWords && !everyone && (roleId === null || offered.has(roleId));
}

/** The moderators who answer for what is planned, as Discord has them; those of whom it says nothing are left out. */
async function findAnswering(
  ctx: ActContext,
  guild: Guild,
  planned: readonly Planned[],
  offered: ReadonlySet<string>,
): Promise<ReadonlyMap<string, GuildMember | 'gone'>> {
  const ids = [...new Set(planned.flatMap((each) => (needsNobody(each, offered) ? [] : (each.by ?? []))))];
  const found = new Map<string, GuildMember | 'gone'>();
  const lookFor = async (id: string): Promise<void> => {
    try {
      found.set(id, (await findMemberNow(guild, id)) ?? 'gone');
    } catch (error) {
      ctx.log.warn({ err: error }, 'whether a moderator is present could not be learned');
    }
  };
  await Promise.all(ids.slice(0, lookedForAtMost).map(lookFor));
  return found;
}

/** Whether somebody answers for it who may: as delivery will ask. */
function checkAnswering(
  t: Texts,
  planned: Planned,
  offered: ReadonlySet<string>,
  answering: ReadonlyMap<string, GuildMember | 'gone'>,
): Problem[] {
  if (needsNobody(planned, offered)) return [];
  const text = t.setup.check;
  const { about, name, kind, channelId, parentId, roleId, everyone } = planned;
  const member = planned.by === null ? 'gone' : answering.get(planned.by);
  // Discord did not say, or too many were to be looked for.
  if (member === undefined) return [];
  const by =
    member === 'gone' || !member.permissions.has(PermissionFlagsBits.ManageGuild) ? undefined : posterBy(member);
  const answers = by?.sees(channelId, parentId) === true;
  if (planned.saysWords && !answers) return [{ about, ...text.postNobodyAnswers(name) }];
  if (!everyone && (roleId === null || offered.has(roleId))) return [];
  const reach = by?.readReach({ channel_id: channelId, parent_id: parentId, role_id: roleId });
  // One that is gone is told of with the role.
  if (reach?.role === 'gone') return [];
  const mayNotify = answers && reach !== undefined && (reach.moderatorMentions || (!everyone && reach.role === 'open'));
  return mayNotify ? [] : [{ about, ...text.postNobodyMayNotify(name, kind) }];
}

function placeOf(guild: Guild, { channelId, parentId }: Planned): PostPlace | undefined {
  return findPostPlace(guild, channelId, parentId);
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
