/** A moderator has read a date on the authority's page: it is announced, moved or withdrawn, by one or by two of them. */
import { dateById, isOfficial, type KnownDate, sourceById } from '../../content/journey.ts';
import type { Context } from '../../context.ts';
import { insertAudit } from '../../db/audit.ts';
import {
  deleteProposal,
  type DateProposal,
  findGuildDate,
  findProposal,
  type GuildDate,
  insertDateChange,
  upsertGuildDate,
  upsertProposal,
} from '../../db/dates.ts';
import type { Trx } from '../../db/open.ts';
import type { DateAct } from '../../db/schema.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { inTurn } from '../../guild/turn.ts';
import { newId } from '../../ids.ts';
import { type Instant, later } from '../../time.ts';
import { correctDatePosts } from './post.ts';
import { endOf, isDay, lookAgainBy, momentsOf, type Stated } from './stated.ts';
import { valueOf, withdrawnValue } from './view.ts';

/** For how long one moderator's reading waits for another's, and after how long the same may stand in where there is none. */
export const secondWithinHours = 72;
export const aloneAfterHours = 24;

/** What a moderator read, by their own words. */
export interface Reading {
  /** Undefined where the authority has withdrawn the date. */
  readonly stated: Stated | undefined;
  /** Of an hour that the clocks bring twice: whether the second is meant. */
  readonly isLater?: boolean;
  /** The address of the page; the date's own when absent. */
  readonly source?: string;
  /** Whether nobody else in the guild may confirm a date. */
  readonly isAlone: boolean;
  /** What they saw of it, by its sequence: somebody else may have changed it since. */
  readonly sequence?: number;
}

export type Confirmed =
  /** It stands, and everybody concerned hears of it. */
  | { readonly is: 'done'; readonly act: DateAct; readonly row: GuildDate; readonly differsFromContent: boolean }
  /** It was right already, and counts for longer now. */
  | { readonly is: 'still-right'; readonly row: GuildDate }
  /** Another moderator has to read the same. `other`: somebody had read something else. */
  | { readonly is: 'proposed'; readonly act: DateAct; readonly until: Instant; readonly differs: boolean };

/** The date that is meant. @throws UserError for one that is not in the content. */
export function requireDate(id: string): KnownDate {
  const known = dateById().get(id);
  if (!known) throw new UserError((t) => t.deadlines.refused.unknown);
  return known;
}

/**
 * Stores what a moderator read.
 * @throws UserError when it is no day or hour, lies behind everybody, is on no official page, or nothing has changed.
 */
export async function confirmDate(ctx: Context, by: Acting, dateId: string, reading: Reading): Promise<Confirmed> {
  const known = requireDate(dateId);
  const source = reading.source ?? sourceById().get(known.source)?.url ?? '';
  if (!isOfficial(source)) throw new UserError((t) => t.deadlines.refused.notOfficial);
  const stated = reading.stated && requireStated(reading.stated, reading.isLater, ctx.now());
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    const row = await findGuildDate(trx, by.guildId, dateId);
    if (reading.sequence !== undefined && reading.sequence !== (row?.sequence ?? 0)) {
      throw new UserError((t) => t.review.moved);
    }
    const act = actOf(row, stated);
    const now = ctx.now();
    if (act === 'same') {
      // Whoever read the same again has looked at it again: it counts for another while.
      if (!row || (row.state !== 'withdrawn' && endOf(row) <= now))
        throw new UserError((t) => t.deadlines.refused.same);
      if (row.state === 'withdrawn') throw new UserError((t) => t.deadlines.refused.same);
      const fresh = { ...row, source, checked: now.slice(0, 10), review_by: lookAgainBy(now.slice(0, 10), row.day) };
      if (fresh.checked === row.checked) throw new UserError((t) => t.deadlines.refused.same);
      await upsertGuildDate(trx, fresh);
      // Nobody hears of it, but reminders that rested while it was stale are looked at anew.
      const value = JSON.stringify(valueOf(row));
      await insertDateChange(trx, {
        id: newId(ctx.random),
        guild_id: by.guildId,
        date_id: dateId,
        act: 'announce',
        old: value,
        new: value,
        source,
        at: now,
      });
      await insertAudit(trx, ctx, {
        guildId: by.guildId,
        actorId: by.userId,
        action: 'date-checked',
        detail: { date: dateId },
      });
      return { is: 'still-right', row: fresh };
    }
    const before = await findProposal(trx, by.guildId, dateId);
    const isSeconded =
      before !== undefined && isSame(before, act, stated) && mayDecide(before, by, reading.isAlone, now);
    if (!isSeconded && !equalsContent(known, stated)) {
      requireAnother(before, by, act, stated, now);
      await upsertProposal(trx, {
        guild_id: by.guildId,
        date_id: dateId,
        act,
        day: stated?.day ?? null,
        time: stated?.time ?? null,
        zone: stated?.zone ?? null,
        at: stated?.at ?? null,
        source,
        by_id: by.userId,
        created_at: now,
      });
      const differs = before !== undefined && before.by_id !== by.userId;
      return { is: 'proposed', act, until: later(now, { hours: secondWithinHours }), differs };
    }
    const changed = await change(trx, ctx, by, { known, row, act, stated, source });
    return { is: 'done', act, row: changed, differsFromContent: !equalsContent(known, stated) };
  });
}

/** @throws UserError for what is no moment of the calendar, or lies behind everybody. */
export function requireStated(
  stated: Stated,
  isLater: boolean | undefined,
  now: Instant,
): Stated & { at: Instant | null } {
  const { day, time, zone } = stated;
  if (!isDay(day)) throw new UserError((t) => t.deadlines.refused.noDay);
  if ((time === null) !== (zone === null)) throw new UserError((t) => t.deadlines.refused.noZone);
  const moments = time === null || zone === null ? [] : momentsOf(day, time, zone);
  if (time !== null && moments.length === 0) throw new UserError((t) => t.deadlines.refused.skipped(time, day));
  if (moments.length > 1 && isLater === undefined) {
    throw new UserError((t) => t.deadlines.refused.doubled(time ?? '', moments));
  }
  const at = (isLater === true ? moments.at(-1) : moments[0]) ?? null;
  if (endOf({ ...stated, at }) <= now) throw new UserError((t) => t.deadlines.refused.past);
  return { day, time, zone, at };
}

function actOf(row: GuildDate | undefined, stated: Stated | undefined): DateAct | 'same' {
  if (!row) {
    // Nobody was told of it: there is nothing to take back.
    if (!stated) throw new UserError((t) => t.deadlines.refused.nothingToWithdraw);
    return 'announce';
  }
  if (!stated) return row.state === 'withdrawn' ? 'same' : 'withdraw';
  if (row.state === 'withdrawn') return 'announce';
  return valueOf(row) === valueOf(stated) ? 'same' : 'move';
}

function equalsContent({ day, time, zone }: KnownDate, stated: Stated | undefined): boolean {
  if (stated === undefined || day === undefined) return false;
  return valueOf({ day, time: time ?? null, zone: zone ?? null }) === valueOf(stated);
}

function isSame(proposal: DateProposal, act: DateAct, stated: Stated | undefined): boolean {
  if (proposal.act !== act) return false;
  if (!stated) return proposal.day === null;
  return proposal.day !== null && valueOf({ ...proposal, day: proposal.day }) === valueOf(stated);
}

function mayDecide(proposal: DateProposal, by: Acting, isAlone: boolean, now: Instant): boolean {
  if (now > later(proposal.created_at, { hours: secondWithinHours })) return false;
  if (proposal.by_id !== by.userId) return true;
  return isAlone && now >= later(proposal.created_at, { hours: aloneAfterHours });
}

/** @throws UserError when the same moderator says the same again before it is time. */
function requireAnother(
  before: DateProposal | undefined,
  by: Acting,
  act: DateAct,
  stated: Stated | undefined,
  now: Instant,
): void {
  if (!before || before.by_id !== by.userId || !isSame(before, act, stated)) return;
  if (now > later(before.created_at, { hours: secondWithinHours })) return;
  const alone = later(before.created_at, { hours: aloneAfterHours });
  throw new UserError((t) => t.deadlines.refused.another(alone));
}

async function change(
  trx: Trx,
  ctx: Context,
  { guildId, userId }: Acting,
  what: {
    readonly known: KnownDate;
    readonly row: GuildDate | undefined;
    readonly act: DateAct;
    readonly stated: (Stated & { at: Instant | null }) | undefined;
    readonly source: string;
  },
): Promise<GuildDate> {
  const { known, row, act, stated, source } = what;
  const now = ctx.now();
  const checked = now.slice(0, 10);
  const shown = stated ?? row;
  if (!shown) throw new Error('a date that nobody announced cannot be withdrawn');
  const next: GuildDate = {
    guild_id: guildId,
    date_id: known.id,
    state: act === 'withdraw' ? 'withdrawn' : act === 'move' ? 'moved' : 'announced',
    day: shown.day,
    time: shown.time,
    zone: shown.zone,
    at: shown.at,
    source,
    checked,
    review_by: lookAgainBy(checked, shown.day),
    sequence: (row?.sequence ?? 0) + 1,
    changed_at: now,
  };
  await upsertGuildDate(trx, next);
  await deleteProposal(trx, guildId, known.id);
  if (row) await correctDatePosts(trx, row, now);
  await insertDateChange(trx, {
    id: newId(ctx.random),
    guild_id: guildId,
    date_id: known.id,
    act,
    old: row && row.state !== 'withdrawn' ? JSON.stringify(valueOf(row)) : null,
    new: JSON.stringify(stated ? valueOf(stated) : withdrawnValue),
    source,
    at: now,
  });
  const action = act === 'announce' ? 'date-announced' : act === 'move' ? 'date-moved' : 'date-withdrawn';
  await insertAudit(trx, ctx, { guildId, actorId: userId, action, detail: { date: known.id, day: shown.day } });
  return next;
}
