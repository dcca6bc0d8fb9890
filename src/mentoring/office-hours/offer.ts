/** A mentor offers office hours, moves them, calls them off. */
import type { Context } from '../../context.ts';
import { insertAudit } from '../../db/audit.ts';
import {
  changeOfficeHour,
  countOffered,
  findOfficeHour,
  insertOfficeHour,
  listOfficeHours,
  listOfficePeople,
  type OfficeHour,
} from '../../db/office-hours.ts';
import { insertNotice, reviseNotices } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import type { OffWhy } from '../../db/schema.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { inTurn } from '../../guild/turn.ts';
import { newId } from '../../ids.ts';
import { offersForbiddenMaterial } from '../../integrity.ts';
import { type Instant, later } from '../../time.ts';
import {
  mostDaysAhead,
  offeredAtMost,
  offeredDays,
  officeMinutes,
  officePlaces,
  openOfGuild,
  openOfMentor,
  soonestMinutes,
  topicLength,
} from './limits.ts';
import { reviseOpen, tell } from './places.ts';
import { notOpen, requireMentor, requireOwnHour } from './rules.ts';
import { nextStep } from './steps.ts';

/** When and where. */
export interface When {
  readonly startsAt: Instant;
  readonly minutes: number;
  /** A voice channel that members see: whoever asks Discord has made sure. */
  readonly channelId: string;
}

/** What a mentor offers. */
export interface Offer extends When {
  readonly topic: string;
  readonly places: number;
}

/**
 * Offers one: everybody in the guild can read its topic and the mentor's name.
 * @throws UserError for whoever is no mentor whom the moderators accept, for what cannot be, and where there are enough.
 */
export async function offerOfficeHour(ctx: Context, whose: Acting, offer: Offer): Promise<OfficeHour> {
  const { guildId, userId } = whose;
  const topic = requireTopic(offer.topic);
  const { places } = offer;
  if (!Number.isInteger(places) || places < officePlaces.min || places > officePlaces.max)
    throw new UserError((t) => t.officeHours.refused.places(officePlaces.min, officePlaces.max));
  return await inTurn(ctx.db, guildId, async (trx) => {
    const guild = await requireGuild(trx, guildId);
    if (guild.office_hours === 0) throw new UserError((t) => t.officeHours.refused.switchedOff);
    await requireMentor(trx, guild, userId);
    const times = timesOf(ctx, offer);
    const open = await listOfficeHours(trx, guildId);
    requireApart(open, whose, times);
    if (open.filter((each) => each.mentor_id === userId).length >= openOfMentor)
      throw new UserError((t) => t.officeHours.refused.openOfMentor(openOfMentor));
    if (open.length >= openOfGuild) throw new UserError((t) => t.officeHours.refused.openOfGuild(openOfGuild));
    const since = later(ctx.now(), { days: -offeredDays });
    if ((await countOffered(trx, whose, since)) >= offeredAtMost)
      throw new UserError((t) => t.officeHours.refused.offered(offeredAtMost, offeredDays));
    const hour: OfficeHour = {
      id: newId(ctx.random),
      guild_id: guildId,
      mentor_id: userId,
      topic,
      channel_id: offer.channelId,
      places,
      ...times,
      state: 'planned',
      off_why: null,
      moves: 0,
      ...requireStep(ctx, times),
      created_at: ctx.now(),
      closed_at: null,
    };
    await insertOfficeHour(trx, hour);
    const about = { guildId, subjectId: hour.id } as const;
    await insertNotice(trx, ctx, { ...about, kind: 'office-event', dedupeKey: `office-event:${hour.id}` });
    // Where moderators chose no channel for mentoring, people find it by the command.
    if (guild.mentoring_channel_id !== null) await insertNotice(trx, ctx, { ...about, kind: 'office-card' });
    return hour;
  });
}

/**
 * The mentor moves one that has not begun, or to another channel: everybody on its list is told.
 * @throws UserError for anybody else's, one that has begun, and for what cannot be.
 */
export async function moveOfficeHour(ctx: Context, whose: Acting, hourId: string, when: When): Promise<OfficeHour> {
  return await inTurn(ctx.db, whose.guildId, async (trx) => {
    const hour = await requireOwnHour(ctx, trx, whose, hourId);
    if (hour.starts_at <= ctx.now()) throw new UserError((t) => t.officeHours.refused.begun);
    const isSameTime = hour.starts_at === when.startsAt && hour.minutes === when.minutes;
    if (isSameTime && hour.channel_id === when.channelId) throw new UserError((t) => t.officeHours.refused.unchanged);
    const times = isSameTime
      ? { starts_at: hour.starts_at, ends_at: hour.ends_at, minutes: hour.minutes }
      : timesOf(ctx, when);
    const others = (await listOfficeHours(trx, whose.guildId)).filter(({ id }) => id !== hourId);
    requireApart(others, whose, times);
    const to = { ...times, channel_id: when.channelId, moves: hour.moves + 1, ...requireStep(ctx, times) };
    if (!(await changeOfficeHour(trx, hourId, to))) throw notOpen();
    await reviseNotices(trx, hourId, 'office-letter', ctx.now());
    await reviseOpen(trx, ctx, hourId);
    const moved = { ...hour, ...to };
    for (const { user_id: userId } of await listOfficePeople(trx, hourId)) await tell(trx, ctx, moved, userId, 'moved');
    return moved;
  });
}

/** The mentor calls one off; everybody on its list is told. @throws UserError for anybody else's, and what is over. */
export async function callOffOfficeHour(ctx: Context, whose: Acting, hourId: string): Promise<OfficeHour> {
  return await inTurn(ctx.db, whose.guildId, async (trx) => {
    const hour = await requireOwnHour(ctx, trx, whose, hourId);
    await callOffInTurn(trx, ctx, hour, 'mentor');
    return hour;
  });
}

/** A moderator calls one off; the mentor is told, too. @throws UserError for what is over. */
export async function callOffAsModerator(ctx: Context, by: Acting, hourId: string): Promise<OfficeHour> {
  const { guildId, userId } = by;
  return await inTurn(ctx.db, guildId, async (trx) => {
    await requireGuild(trx, guildId);
    const hour = await findOfficeHour(trx, hourId);
    if (hour?.guild_id !== guildId || hour.state !== 'planned') throw notOpen();
    await callOffInTurn(trx, ctx, hour, 'staff');
    await insertAudit(trx, ctx, {
      guildId,
      actorId: userId,
      action: 'office-hour-called-off',
      subjectId: hour.mentor_id,
      detail: { at: hour.starts_at },
    });
    return hour;
  });
}

/** Calls one off within the turn: everybody on its list is told kindly, and the mentor where it was not their wish. */
export async function callOffInTurn(trx: Trx, ctx: Context, hour: OfficeHour, why: OffWhy): Promise<void> {
  const to = { state: 'called-off', off_why: why, closed_at: ctx.now(), step: null, step_at: null } as const;
  if (!(await changeOfficeHour(trx, hour.id, to))) return;
  // What they were told before says so, too.
  await reviseNotices(trx, hour.id, 'office-letter', ctx.now());
  await reviseOpen(trx, ctx, hour.id);
  for (const { user_id: userId } of await listOfficePeople(trx, hour.id)) await tell(trx, ctx, hour, userId, 'off');
  if (why !== 'mentor' && why !== 'gone') await tell(trx, ctx, hour, hour.mentor_id, 'off');
}

function requireTopic(typed: string): string {
  const topic = typed.trim().replaceAll(/\s+/g, ' ');
  if (topic.length < topicLength.min || topic.length > topicLength.max)
    throw new UserError((t) => t.officeHours.refused.topic(topic.length, topicLength));
  if (offersForbiddenMaterial(topic)) throw new UserError((t) => t.study.refused.integrity);
  return topic;
}

type Times = Pick<OfficeHour, 'starts_at' | 'ends_at' | 'minutes'>;

/** @throws UserError for a length that is none, and for what is too soon or too far ahead. */
function timesOf(ctx: Context, { startsAt, minutes }: Pick<When, 'startsAt' | 'minutes'>): Times {
  if (!officeMinutes.some((each) => each === minutes)) throw new UserError((t) => t.common.outdated);
  const now = ctx.now();
  const soonest = later(now, { minutes: soonestMinutes });
  if (startsAt < soonest) throw new UserError((t) => t.officeHours.refused.soon(soonestMinutes));
  const latest = later(now, { days: mostDaysAhead });
  if (startsAt > latest) throw new UserError((t) => t.officeHours.refused.far(mostDaysAhead, latest));
  return { starts_at: startsAt, ends_at: later(startsAt, { minutes }), minutes };
}

/** @throws UserError where the mentor has another of their own at that time. */
function requireApart(open: readonly OfficeHour[], { userId }: Acting, { starts_at: from, ends_at: to }: Times): void {
  const other = open.find((each) => each.mentor_id === userId && each.starts_at < to && each.ends_at > from);
  if (other) throw new UserError((t) => t.officeHours.refused.overlaps(other.starts_at));
}

function requireStep(ctx: Context, times: Times): Pick<OfficeHour, 'step' | 'step_at'> {
  return nextStep(times, ctx.now()) ?? { step: 'end', step_at: times.ends_at };
}
