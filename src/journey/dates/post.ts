/** One post a day, where moderators chose a channel for it: which of the guild's dates come nearer, by its own zone. */
import { Temporal } from 'temporal-polyfill';
import { journey as content } from '../../content/journey.ts';
import type { Context } from '../../context.ts';
import { type DatePost, insertDatePosts, listGuildsForDates, listNamed } from '../../db/date-posts.ts';
import { type GuildDate, listGuildDates } from '../../db/dates.ts';
import { findGuild, type Guild, updateGuild } from '../../db/guilds.ts';
import { insertNotice, reviseNotices } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import { forEachInTurn } from '../../guild/each.ts';
import { isMatchQuiet } from '../../guild/match-week.ts';
import { inTurn } from '../../guild/turn.ts';
import { newId } from '../../ids.ts';
import { type Instant, later, toInstant } from '../../time.ts';
import { daysUntil } from './reminders.ts';
import { endOf } from './stated.ts';
import { reminds, showDates, valueOf } from './view.ts';

/** How many days before a date a guild hears of it. */
const postedDays: readonly number[] = [30, 7, 1];
/** A post that comes later than so many hours after its time is left out. */
const latestHours = 12;
/** How many guilds are read at once. */
const atOnce = 200;

type Hours = Pick<Guild, 'zone' | 'reminder_hour'>;

/** Pure: the guild's hour on the day on which this moment lies there, that of the day after, and the day. */
function hoursAt({ zone, reminder_hour: hour }: Hours, now: Instant): { day: string; due: Instant; next: Instant } {
  const day = Temporal.Instant.from(now).toZonedDateTimeISO(zone).toPlainDate();
  const on = (date: Temporal.PlainDate): Instant =>
    toInstant(date.toZonedDateTime({ timeZone: zone, plainTime: { hour } }).toInstant());
  return { day: day.toString(), due: on(day), next: on(day.add({ days: 1 })) };
}

/** Pure: the guild's next hour, by its own clock. */
export function nextLookAt(guild: Hours, now: Instant): Instant {
  const { due, next } = hoursAt(guild, now);
  return due > now ? due : next;
}

/** Pure: whether it is too late for a post that was due then. */
export function isPostLate(dueAt: Instant, now: Instant): boolean {
  return now > later(dueAt, { hours: latestHours });
}

/** Its zone or hour is another now: the guild is looked at anew, where it wants posts. */
export async function lookAtDates(trx: Trx, guild: Pick<Guild, 'id' | 'dates_at'>, now: Instant): Promise<void> {
  if (guild.dates_at !== null) await updateGuild(trx, guild.id, { dates_at: now });
}

/** Owes today's post wherever it is due. Twice in a row owes nothing twice. */
export async function oweDatePosts(ctx: Context): Promise<void> {
  for (;;) {
    const guilds = await listGuildsForDates(ctx.db, ctx.now(), atOnce);
    let isStuck = true;
    await forEachInTurn(ctx, 'a post of dates', guilds, async (guildId) => {
      await inTurn(ctx.db, guildId, (trx) => owePost(trx, ctx, guildId));
      isStuck = false;
    });
    if (guilds.length < atOnce || isStuck) return;
  }
}

async function owePost(trx: Trx, ctx: Context, guildId: string): Promise<void> {
  const now = ctx.now();
  const guild = await findGuild(trx, guildId);
  if (!guild || guild.left_at !== null || guild.dates_at === null || guild.dates_at > now) return;
  const { day, due } = hoursAt(guild, now);
  await updateGuild(trx, guildId, { dates_at: nextLookAt(guild, now) });
  if (due > now || isPostLate(due, now) || isMatchQuiet(guild, now)) return;
  const near = showDates(content().dates, await listGuildDates(trx, guildId), now).flatMap((date) => {
    const { id, stated } = date;
    const days = stated && reminds(date) ? daysUntil(now, stated, stated.at, guild.zone) : undefined;
    return stated && days !== undefined && postedDays.includes(days) ? [{ id, value: valueOf(stated), days }] : [];
  });
  const key = ({ id, value, days }: { id: string; value: string; days: number }) => `${id}|${value}|${days}`;
  const named = await listNamed(trx, guildId, near.map(({ id }) => id)); // prettier-ignore
  const said = new Set(named.map((row) => key({ ...row, id: row.date_id })));
  const postId = newId(ctx.random);
  const rows: readonly DatePost[] = near
    .filter((date) => !said.has(key(date)))
    .map(({ id, value, days }) => ({ guild_id: guildId, date_id: id, value, days, post_id: postId, due_at: due }));
  if (rows.length === 0) return;
  const dedupeKey = `dates-post:${guildId}:${day}`;
  if (!(await insertNotice(trx, ctx, { guildId, kind: 'dates-post', subjectId: postId, dedupeKey, mass: true })))
    return;
  await insertDatePosts(trx, rows);
}

/** A date is another one now, or none: posts that named it before it was over are owed as edits. @param before as it was. */
export async function correctDatePosts(trx: Trx, before: GuildDate, now: Instant): Promise<void> {
  if (endOf(before) <= now) return;
  const named = await listNamed(trx, before.guild_id, [before.date_id]);
  for (const postId of new Set(named.map(({ post_id: id }) => id))) {
    await reviseNotices(trx, postId, 'dates-post', now);
  }
}
