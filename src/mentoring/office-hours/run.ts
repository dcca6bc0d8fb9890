/** What the clock does about office hours: reminders, their beginning and their end. */
import type { Context } from '../../context.ts';
import type { Guild } from '../../db/guilds.ts';
import { findMember } from '../../db/members.ts';
import { listWithoutReminders } from '../../db/meetings.ts';
import {
  changeOfficeHour,
  findOfficeHour,
  listDueOfficeHours,
  listOfficeHours,
  listOfficePeople,
  type OfficeHour,
} from '../../db/office-hours.ts';
import type { Trx } from '../../db/open.ts';
import { forEachInTurn } from '../../guild/each.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { inTurn } from '../../guild/turn.ts';
import { outsideQuietHours } from '../../hours/quiet.ts';
import { epochMs, later } from '../../time.ts';
import { dayAtLeastMinutes, hereBeforeMinutes } from './limits.ts';
import { callOffInTurn } from './offer.ts';
import { reviseOpen, takeOff, tell } from './places.ts';
import { isAcceptedMentor, isRuledOut } from './rules.ts';
import { dueSteps, nextStep } from './steps.ts';

/** Occasions of one heartbeat; what is left follows a minute later. */
const atOnce = 200;

/**
 * Whether a channel is still one to meet in; undefined where that is not known at the moment.
 * @returns `gone` for one that is deleted, `closed` where members do not see it any more.
 */
export type LookAtChannel = (guild: Guild, channelId: string) => 'fine' | 'gone' | 'closed' | undefined;

/** Does what is due about every occasion. */
export async function keepOfficeHours(ctx: Context, look: LookAtChannel): Promise<void> {
  const due = await listDueOfficeHours(ctx.db, ctx.now(), atOnce);
  await forEachInTurn(ctx, 'office-hours', due, async ({ id, guild_id: guildId }) => {
    await inTurn(ctx.db, guildId, async (trx) => {
      const hour = await findOfficeHour(trx, id);
      if (hour?.state !== 'planned' || hour.step_at === null || hour.step_at > ctx.now()) return;
      await takeStep(trx, ctx, await requireGuild(trx, guildId), hour, look);
    });
  });
}

async function takeStep(trx: Trx, ctx: Context, guild: Guild, stored: OfficeHour, look: LookAtChannel): Promise<void> {
  const now = ctx.now();
  const due = dueSteps(stored, now);
  const next = nextStep(stored, now);
  if (!next) {
    if (
      !(await changeOfficeHour(trx, stored.id, { state: 'held', closed_at: stored.ends_at, step: null, step_at: null }))
    )
      return;
    for (const { user_id: userId, state, here_at: at } of await listOfficePeople(trx, stored.id))
      if (state === 'in' && at === null) await tell(trx, ctx, stored, userId, 'after');
    await reviseOpen(trx, ctx, stored.id);
    return;
  }
  // What was looked at when it was offered is looked at again before people set out.
  if (!(await isAcceptedMentor(trx, guild, stored.mentor_id))) {
    await callOffInTurn(trx, ctx, stored, 'standing');
    return;
  }
  const hour = await withChannel(trx, ctx, guild, stored, look);
  if (hour.channel_id === null && (due.includes('open') || due.includes('begin'))) {
    await callOffInTurn(trx, ctx, hour, 'channel');
    return;
  }
  if (!(await changeOfficeHour(trx, hour.id, next))) return;
  for (const { user_id: userId } of await listOfficePeople(trx, hour.id)) {
    const whose = { guildId: guild.id, userId };
    if (await isRuledOut(ctx, trx, whose, hour.mentor_id)) await takeOff(trx, ctx, hour, userId);
  }
  await remind(trx, ctx, guild, hour, due.includes('hour') ? 'hour' : due.includes('day') ? 'day' : undefined);
  await reviseOpen(trx, ctx, hour.id);
}

/** What a mentor has to know of their channel: they are told once, and it is no longer shown where it is gone. */
async function withChannel(
  trx: Trx,
  ctx: Context,
  guild: Guild,
  hour: OfficeHour,
  look: LookAtChannel,
): Promise<OfficeHour> {
  const seen = hour.channel_id === null ? 'fine' : look(guild, hour.channel_id);
  if (seen === 'gone') return await loseChannel(trx, ctx, hour);
  if (seen === 'closed') await tell(trx, ctx, hour, hour.mentor_id, 'channel-closed');
  return hour;
}

async function loseChannel(trx: Trx, ctx: Context, hour: OfficeHour): Promise<OfficeHour> {
  if (!(await changeOfficeHour(trx, hour.id, { channel_id: null }))) return hour;
  const without = { ...hour, channel_id: null };
  // There is no time left to choose another: whoever sets out would stand before nothing.
  if (later(hour.starts_at, { minutes: -hereBeforeMinutes }) <= ctx.now() && ctx.now() < hour.starts_at) {
    await callOffInTurn(trx, ctx, without, 'channel');
    return without;
  }
  await tell(trx, ctx, hour, hour.mentor_id, 'channel-gone');
  await reviseOpen(trx, ctx, hour.id);
  return without;
}

/** A channel was deleted: mentors who meant to meet people there are asked for another. */
export async function noteChannelGone(ctx: Context, guildId: string, channelId: string): Promise<boolean> {
  const isUsed = (hours: readonly OfficeHour[]) => hours.filter((hour) => hour.channel_id === channelId);
  if (isUsed(await listOfficeHours(ctx.db, guildId)).length === 0) return false;
  await inTurn(ctx.db, guildId, async (trx) => {
    for (const hour of isUsed(await listOfficeHours(trx, guildId))) await loseChannel(trx, ctx, hour);
  });
  return true;
}

/** Reminds the mentor and whoever has a place: in the morning where the day before begins at night for them. */
async function remind(
  trx: Trx,
  ctx: Context,
  guild: Guild,
  hour: OfficeHour,
  part: 'day' | 'hour' | undefined,
): Promise<void> {
  const now = ctx.now();
  const leftMinutes = (epochMs(hour.starts_at) - epochMs(now)) / 60_000;
  if (part === undefined || leftMinutes <= 0 || (part === 'day' && leftMinutes < dayAtLeastMinutes)) return;
  const people = (await listOfficePeople(trx, hour.id)).filter(({ state }) => state === 'in');
  const all = [hour.mentor_id, ...people.map(({ user_id: userId }) => userId)];
  const without = await listWithoutReminders(trx, guild.id, all);
  for (const userId of all.filter((id) => !without.includes(id))) {
    const zone = (await findMember(trx, guild.id, userId))?.zone ?? guild.zone;
    await tell(trx, ctx, hour, userId, part, part === 'day' ? outsideQuietHours(now, zone) : now);
  }
}
