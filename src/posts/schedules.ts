/** What moderators do with schedules. Whether somebody is a moderator is checked at the interaction. */
import { isZone } from '../content/zones/index.ts';
import type { Context } from '../context.ts';
import type { Acting } from '../guild/acting.ts';
import { cancelRepeating, findAnnouncement } from '../db/announcements.ts';
import { insertAudit } from '../db/audit.ts';
import type { Db, Trx } from '../db/open.ts';
import {
  findSchedule,
  findScheduleById,
  insertSchedule,
  listSchedules,
  type Schedule,
  updateSchedule,
} from '../db/schedules.ts';
import { insertSlots, retrySlots, voidSlots } from '../db/slots.ts';
import type { AuditAction, PauseReason, PostKind, ScheduleState } from '../db/schema.ts';
import { UserError } from '../errors.ts';
import { newId } from '../ids.ts';
import type { Guild } from '../db/guilds.ts';
import { requireGuild } from '../guild/guilds.ts';
import { clip } from '../marks.ts';
import type { Instant } from '../time.ts';
import { scheduleAlertKeys } from './alerts.ts';
import { type Poster, reachFaults, seesSchedule } from './announcements/reach.ts';
import { areCategories } from './categories.ts';
import { findCronFault, leastMinutesApart, nextDue } from './due.ts';
import { listAheadOf, mendPlans } from './plans.ts';
import { schedulesAtMost, shownAhead } from './limits.ts';
import { isOffered } from './notify.ts';
import { inTurn } from '../guild/turn.ts';
import { insertPosts } from '../db/notices/write.ts';
import { forgetAlerts } from '../db/notices/alerts.ts';

/** What a moderator wants posted, and when. */
interface NewSchedule {
  readonly kind: PostKind;
  readonly channelId: string;
  /** The channel that it hangs on, where it is a thread. */
  readonly parentId?: string | null | undefined;
  /** The tag that its posts get in a forum; null or absent for none. */
  readonly tagId?: string | null | undefined;
  /** Five fields in local time; `toCron` makes them of days and a time. */
  readonly cron: string;
  /** IANA name; absent: the guild's, and it moves along when the guild changes its zone. */
  readonly zone?: string | undefined;
  readonly roleId?: string | null | undefined;
  /** Slugs; null or absent for all. */
  readonly categories?: readonly string[] | null | undefined;
  /** For kind `announcement`. */
  readonly announcementId?: string | undefined;
  readonly crosspost?: boolean | undefined;
  /** Whether one that posts the same at the same times in that channel is in the way. */
  readonly refusesTwin?: boolean;
}

/** What a moderator changes; whatever is absent stays. `zone: null` follows the guild's zone again. */
type ScheduleChanges = Partial<Omit<NewSchedule, 'kind' | 'zone' | 'parentId' | 'announcementId' | 'refusesTwin'>> & {
  readonly zone?: string | null | undefined;
};

/** A schedule with its next due times: none while it is paused. */
export interface ScheduleAhead {
  readonly schedule: Schedule;
  readonly next: readonly Instant[];
}

/** @throws UserError when there is a schedule by which everything would be posted twice. */
async function refuseTwin(db: Db, guild: Guild, wanted: NewSchedule): Promise<void> {
  const twin = (await listSchedules(db, guild.id)).find(
    (each) =>
      each.kind === wanted.kind &&
      each.channel_id === wanted.channelId &&
      each.cron === wanted.cron.trim() &&
      each.zone === (wanted.zone ?? guild.zone) &&
      each.categories === toJson(wanted.categories),
  );
  if (twin) throw new UserError((t) => t.posts.refused.doubled(`<#${twin.channel_id}>`));
}

/**
 * Adds a schedule.
 * @throws UserError when the expression, zone or categories cannot be, the guild has as many as it can have, or the
 * moderator could not post there or notify the role themselves.
 */
export async function addSchedule(ctx: Context, by: Poster, wanted: NewSchedule): Promise<ScheduleAhead> {
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    const parentId = await requireOwnReach(trx, by, { ...wanted, everyone: 0 });
    if (wanted.refusesTwin) await refuseTwin(trx, await requireGuild(trx, by.guildId), wanted);
    return await insertNewSchedule(trx, ctx, by, { ...wanted, parentId });
  });
}

/** As `addSchedule`, in a transaction that the caller has opened: for an announcement and its schedule together. */
export async function insertNewSchedule(
  trx: Trx,
  ctx: Context,
  by: Acting,
  wanted: NewSchedule,
): Promise<ScheduleAhead> {
  const guild = await requireGuild(trx, by.guildId);
  if ((wanted.kind === 'announcement') !== (wanted.announcementId !== undefined)) {
    throw new UserError((t) => t.posts.refused.noAnnouncement);
  }
  const zone = wanted.zone ?? guild.zone;
  checkTimes(wanted.cron, zone, ctx.now());
  checkCategories(wanted.kind, wanted.categories);
  const at = ctx.now();
  const id = newId(ctx.random);
  const isStored = await insertSchedule(
    trx,
    {
      id,
      guild_id: by.guildId,
      kind: wanted.kind,
      channel_id: wanted.channelId,
      parent_id: wanted.parentId ?? null,
      tag_id: wanted.tagId ?? null,
      cron: wanted.cron.trim(),
      zone,
      follows_zone: wanted.zone === undefined ? 1 : 0,
      role_id: wanted.roleId ?? null,
      categories: toJson(wanted.categories),
      announcement_id: wanted.announcementId ?? null,
      crosspost: wanted.crosspost ? 1 : 0,
      state: 'active',
      next_due_at: nextDue(wanted.cron, zone, at) ?? null,
      created_by: by.userId,
      chooser_id: by.userId,
      created_at: at,
      updated_at: at,
    },
    schedulesAtMost,
  );
  if (!isStored) throw new UserError((t) => t.posts.refused.tooMany(schedulesAtMost));
  await record(trx, ctx, by, 'schedule-added', id, { kind: wanted.kind });
  return ahead(ctx, await requireStored(trx, by.guildId, id));
}

/**
 * Changes a schedule; what is due next follows from the change. Whoever changes where, when or whom it notifies chooses
 * all three, and answers for them from then on.
 * @throws UserError when there is no such schedule, the change cannot be, or the result is nothing that the moderator
 * could do themselves.
 */
export async function editSchedule(
  ctx: Context,
  by: Poster,
  id: string,
  changes: ScheduleChanges,
): Promise<ScheduleAhead> {
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    const guild = await requireGuild(trx, by.guildId);
    const before = await requireSeen(trx, by, id);
    const zone = changes.zone === undefined ? before.zone : (changes.zone ?? guild.zone);
    const cron = changes.cron?.trim() ?? before.cron;
    const at = ctx.now();
    checkTimes(cron, zone, at);
    checkCategories(before.kind, changes.categories);
    const isMoved = cron !== before.cron || zone !== before.zone;
    const isElsewhere = changes.channelId !== undefined && changes.channelId !== before.channel_id;
    const after = {
      channelId: changes.channelId ?? before.channel_id,
      // The tags of one forum are none of another's.
      tagId: changes.tagId === undefined ? (isElsewhere ? null : before.tag_id) : changes.tagId,
      roleId: changes.roleId === undefined ? before.role_id : changes.roleId,
      crosspost: changes.crosspost ?? before.crosspost === 1,
    };
    const isChosenAnew =
      isMoved ||
      isElsewhere ||
      after.tagId !== before.tag_id ||
      after.roleId !== before.role_id ||
      after.crosspost !== (before.crosspost === 1);
    const parentId = isChosenAnew
      ? await requireOwnReach(trx, by, {
          ...after,
          parentId: isElsewhere ? null : before.parent_id,
          everyone: 0,
          isKept: changes.roleId === undefined,
        })
      : before.parent_id;
    const isChanged = await updateSchedule(trx, by.guildId, id, ['active', 'paused'], {
      cron,
      zone,
      ...(changes.zone === undefined ? {} : { follows_zone: changes.zone === null ? 1 : 0 }),
      ...(changes.channelId === undefined ? {} : { channel_id: changes.channelId, parent_id: parentId }),
      tag_id: after.tagId,
      ...(changes.roleId === undefined ? {} : { role_id: changes.roleId }),
      ...(changes.categories === undefined ? {} : { categories: toJson(changes.categories) }),
      ...(changes.crosspost === undefined ? {} : { crosspost: changes.crosspost ? 1 : 0 }),
      ...(isChosenAnew ? { chooser_id: by.userId } : {}),
      ...(isMoved && before.state === 'active' ? { next_due_at: nextDue(cron, zone, at) ?? null } : {}),
      updated_at: at,
    });
    if (!isChanged) throw new UserError((t) => t.posts.refused.unknown);
    // Another channel, or other content, may be what mends it.
    if (isPausedByBot(before)) await retrySlots(trx, id, at);
    await record(trx, ctx, by, 'schedule-edited', id, { kind: before.kind });
    return ahead(ctx, await requireStored(trx, by.guildId, id));
  });
}

/**
 * Pauses a schedule: nothing of it is posted until it is resumed. One that the bot has paused stays so from now on.
 * @throws UserError when a moderator has paused it already.
 */
export async function pauseSchedule(ctx: Context, by: Poster, id: string): Promise<ScheduleAhead> {
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    const before = await requireSeen(trx, by, id);
    const from = isPausedByBot(before) ? 'paused' : 'active';
    if (!(await restSchedule(trx, by.guildId, id, 'moderator', ctx.now(), from)))
      throw new UserError((t) => t.posts.refused.isPaused);
    await record(trx, ctx, by, 'schedule-paused', id, {});
    return ahead(ctx, await requireStored(trx, by.guildId, id));
  });
}

/** Puts a schedule to rest, for a reason. Returns false when it was not in that state. Belongs in the caller's transaction. */
export async function restSchedule(
  trx: Trx,
  guildId: string,
  id: string,
  why: PauseReason,
  at: Instant,
  from: ScheduleState = 'active',
): Promise<boolean> {
  const changes = { state: 'paused', paused_why: why, next_due_at: null, updated_at: at } as const;
  return await updateSchedule(trx, guildId, id, [from], changes);
}

/** Pure: whether the bot has put a schedule to rest, and lets it go on by itself when what was in its way is gone. */
export function isPausedByBot({ state, paused_why: why }: Pick<Schedule, 'state' | 'paused_why'>): boolean {
  // Where nobody answers for it any more somebody has to decide.
  return state === 'paused' && why !== 'moderator' && why !== 'moderator-gone';
}

/** Resumes from now a schedule that the bot itself has put to rest. Belongs in the caller's transaction. */
export async function resumeRested(trx: Trx, ctx: Context, id: string): Promise<void> {
  const schedule = await findScheduleById(trx, id);
  if (!schedule || !isPausedByBot(schedule)) return;
  const at = ctx.now();
  await updateSchedule(trx, schedule.guild_id, id, ['paused'], {
    state: 'active',
    paused_why: null,
    next_due_at: nextDue(schedule.cron, schedule.zone, at) ?? null,
    updated_at: at,
  });
}

/**
 * Resumes a paused schedule from now on: what it missed is not made up for. Whoever resumes it answers for its posts.
 * @throws UserError when it is running, or notifies whom the moderator could not themselves.
 */
export async function resumeSchedule(ctx: Context, by: Poster, id: string): Promise<ScheduleAhead> {
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    const before = await requireSeen(trx, by, id);
    const announcement =
      before.announcement_id === null ? undefined : await findAnnouncement(trx, before.announcement_id);
    await requireOwnReach(trx, by, {
      channelId: before.channel_id,
      parentId: before.parent_id,
      tagId: before.tag_id,
      roleId: before.role_id,
      crosspost: before.crosspost === 1,
      everyone: announcement?.everyone ?? 0,
      isKept: true,
    });
    const at = ctx.now();
    const isResumed = await updateSchedule(trx, by.guildId, id, ['paused'], {
      state: 'active',
      paused_why: null,
      next_due_at: nextDue(before.cron, before.zone, at) ?? null,
      chooser_id: by.userId,
      updated_at: at,
    });
    if (!isResumed) throw new UserError((t) => t.posts.refused.isActive);
    // A slot that could not be posted is one of those that it missed.
    await voidSlots(trx, id);
    // Should it fail again, moderators hear of it again.
    await forgetAlerts(trx, scheduleAlertKeys(by.guildId, id));
    await record(trx, ctx, by, 'schedule-resumed', id, { kind: before.kind });
    return ahead(ctx, await requireStored(trx, by.guildId, id));
  });
}

/** Removes a schedule. What was posted stays. @throws UserError when it is gone already. */
export async function removeSchedule(ctx: Context, by: Poster, id: string): Promise<Schedule> {
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    await requireSeen(trx, by, id);
    const removed = await withdrawSchedule(trx, ctx, by.guildId, id);
    if (!removed) throw new UserError((t) => t.posts.refused.unknown);
    // An announcement that is no longer repeated is called off; nothing else would ever post it.
    await cancelRepeating(trx, id, ctx.now());
    await record(trx, ctx, by, 'schedule-removed', id, { kind: removed.kind });
    return removed;
  });
}

/** Removes a schedule in the caller's transaction, as it was before; undefined when it is gone already. */
export async function withdrawSchedule(
  trx: Trx,
  ctx: Context,
  guildId: string,
  id: string,
): Promise<Schedule | undefined> {
  const schedule = await findSchedule(trx, guildId, id);
  const changes = { state: 'removed', paused_why: null, next_due_at: null, updated_at: ctx.now() } as const;
  const isRemoved = await updateSchedule(trx, guildId, id, ['active', 'paused'], changes);
  return isRemoved ? schedule : undefined;
}

/**
 * Posts of a schedule now, marked as a test: it uses up neither the next slot nor the content.
 * @returns the id of its slot. @throws UserError when there is no such schedule.
 */
export async function runSchedule(ctx: Context, by: Poster, id: string): Promise<string> {
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    const schedule = await requireSeen(trx, by, id);
    const at = ctx.now();
    const slotId = newId(ctx.random);
    const noticeId = newId(ctx.random);
    const { kind, channel_id } = schedule;
    const where = { schedule_id: id, guild_id: by.guildId, kind, channel_id, due_at: at };
    await insertSlots(trx, [
      { ...where, id: slotId, state: 'claimed', is_test: 1, notice_id: noticeId, created_at: at },
    ]);
    const post = { id: noticeId, guild_id: by.guildId, subject_id: slotId, due_at: at, created_at: at };
    // Somebody waits for it.
    await insertPosts(trx, [{ ...post, mass: 0 }]);
    await record(trx, ctx, by, 'schedule-run', id, {});
    return slotId;
  });
}

/** The schedules of a guild that a moderator may know of, with what comes next of each. */
export async function listAhead(ctx: Context, by: Poster): Promise<ScheduleAhead[]> {
  const stored = await listSchedules(ctx.db, by.guildId);
  // Fixes wrong next times first, so that the list shows what will happen.
  const all = (await mendPlans(ctx, stored)) > 0 ? await listSchedules(ctx.db, by.guildId) : stored;
  return all.filter((schedule) => seesSchedule(by, schedule)).map((schedule) => ahead(ctx, schedule));
}

/** The reach a moderator needs for a schedule, or for a change of one. */
interface OwnReach {
  readonly channelId: string;
  readonly parentId?: string | null | undefined;
  readonly tagId?: string | null | undefined;
  readonly roleId?: string | null | undefined;
  readonly crosspost?: boolean | undefined;
  readonly everyone: 0 | 1;
  /** Whether the role was there before: one that was deleted since notifies nobody, and keeps nobody from changing the rest. */
  readonly isKept?: boolean;
}

/**
 * Nobody lets the bot post or notify where they could not themselves. What members chose with `/notify` is nobody's to
 * refuse.
 * @returns the channel that the place hangs on, where it is a thread; else null.
 * @throws UserError with the fix.
 */
async function requireOwnReach(trx: Trx, by: Poster, wanted: OwnReach): Promise<string | null> {
  const { channelId: channel_id, everyone } = wanted;
  const roleId = wanted.roleId ?? null;
  const isFree = roleId === null || (await isOffered(trx, by.guildId, roleId));
  if (roleId === by.guildId) throw new UserError((t) => t.schedules.refused.everyone);
  const parent_id = wanted.parentId ?? null;
  const tag_id = wanted.tagId ?? null;
  const reach = by.readReach({ channel_id, parent_id, role_id: isFree ? null : roleId });
  if (!reach.channel) throw new UserError((t) => t.schedules.refused.unchanged(t.schedules.refused.channelGone));
  const role_id = isFree || (wanted.isKept === true && reach.role === 'gone') ? null : roleId;
  const crosspost = wanted.crosspost === true ? 1 : 0;
  // The card shows what the bot itself lacks, and an alert says so when it posts.
  const [fault] = reachFaults(
    { channel_id, role_id, everyone, crosspost, tag_id },
    { ...reach, botLacks: [], botMentions: true },
  );
  if (fault !== undefined) throw new UserError((t) => t.schedules.refused.unchanged(fault(t)));
  return reach.channel.parentId ?? null;
}

/**
 * A schedule of the moderator's guild, in a channel that they see.
 * @throws UserError when there is none; the same one where it is not theirs to know of.
 */
async function requireSeen(db: Db, by: Poster, id: string): Promise<Schedule> {
  const schedule = await findSchedule(db, by.guildId, id);
  if (!schedule || !seesSchedule(by, schedule)) throw new UserError((t) => t.posts.refused.unknown);
  return schedule;
}

/** @throws UserError when the times cannot be. */
function checkTimes(cron: string, zone: string, now: Instant): void {
  if (!isZone(zone)) throw new UserError((t) => t.zones.unknown(clip(zone, 100), []));
  const fault = findCronFault(cron, zone, now);
  if (fault) throw new UserError((t) => t.posts.refused.cron[fault](leastMinutesApart));
}

function checkCategories(kind: PostKind, categories: readonly string[] | null | undefined): void {
  if (!categories || categories.length === 0) return;
  if (kind === 'announcement') throw new UserError((t) => t.posts.refused.noCategories);
  if (!areCategories(kind, categories)) throw new UserError((t) => t.posts.refused.categories[kind]);
}

function toJson(categories: readonly string[] | null | undefined): string | null {
  return categories && categories.length > 0 ? JSON.stringify([...new Set(categories)]) : null;
}

function ahead(ctx: Context, schedule: Schedule): ScheduleAhead {
  return { schedule, next: listAheadOf(schedule, ctx.now(), shownAhead) };
}

async function requireStored(trx: Trx, guildId: string, id: string): Promise<Schedule> {
  const schedule = await findSchedule(trx, guildId, id);
  if (!schedule) throw new UserError((t) => t.posts.refused.unknown);
  return schedule;
}

async function record(
  trx: Trx,
  ctx: Context,
  by: Acting,
  action: AuditAction,
  subjectId: string,
  more: Readonly<Record<string, string>>,
): Promise<void> {
  const schedule = await findScheduleById(trx, subjectId);
  const detail = { ...more, ...(schedule ? { kind: schedule.kind, channel: schedule.channel_id } : {}) };
  await insertAudit(trx, ctx, { guildId: by.guildId, actorId: by.userId, action, subjectId, detail });
}
