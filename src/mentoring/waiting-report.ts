/** What moderators hear each week of those who wait: nobody is forgotten because nobody looked. */
import type { Context } from '../context.ts';
import { findGuild, type Guild } from '../db/guilds.ts';
import { insertNotice } from '../db/notices/write.ts';
import { countPendingByMentor } from '../db/round-input.ts';
import {
  listLongUnverified,
  listLongWaiting,
  type LongWaiting,
  listReportsDue,
  moveReport,
} from '../db/waiting-reports.ts';
import { countWaiting } from '../db/waitlist.ts';
import { UserError } from '../errors.ts';
import { forEachInTurn } from '../guild/each.ts';
import { inTurn } from '../guild/turn.ts';
import { nextWeekly, type WeekTime } from '../guild/weekly.ts';
import { type Instant, later } from '../time.ts';
import { findMentors, type FindOutcome } from './find.ts';
import { openPool } from './pool.ts';

/** Monday at nine, so that the week begins with those who wait. */
export const reportTime: WeekTime = { weekday: 1, minute: 9 * 60 };
/** Mentors who wait for longer to be verified are named, in days; for mentees the guild has a setting. */
export const longUnverifiedDays = 2;
/** People named in one report. */
const named = 8;
/** A report that was due longer ago than this, while the bot was away, is left out; the next one has everybody. */
const lateHours = 48;
/** Guilds of one heartbeat; those left over follow with the next. */
const perRun = 100;

/** Somebody who has waited for long, and what a search finds for them; undefined where they cannot search now. */
export interface LongWait extends LongWaiting {
  readonly found: FindOutcome | undefined;
}

/** Who waits, and what there is for them. */
export interface WaitingReport {
  readonly waiting: number;
  readonly long: { readonly some: readonly LongWait[]; readonly count: number };
  readonly supply: { readonly places: number; readonly mentors: number; readonly paused: number };
  readonly unverified: { readonly some: readonly { user_id: string; since: Instant }[]; readonly count: number };
}

/** Owes the moderators of every guild their weekly report, where there is anybody to tell of. */
export async function reportWaiting(ctx: Context): Promise<void> {
  const due = await listReportsDue(ctx.db, ctx.now(), perRun);
  await forEachInTurn(ctx, 'report-waiting', due, async ({ guild_id: guildId, due_at: dueAt }) => {
    await inTurn(ctx.db, guildId, async (trx) => {
      const guild = await findGuild(trx, guildId);
      const at = ctx.now();
      if (!(await moveReport(trx, guildId, dueAt, nextWeekly(at, guild?.zone ?? 'Etc/UTC', reportTime)))) return;
      if (!guild || guild.left_at !== null || dueAt < later(at, { hours: -lateHours })) return;
      const long = await listLongWaiting(trx, guildId, later(at, { days: -guild.waiting_days }), 0);
      const unverified = await listLongUnverified(trx, guildId, later(at, { days: -longUnverifiedDays }), 0);
      if (long.count + unverified.count === 0) return;
      await insertNotice(trx, ctx, { guildId, kind: 'waiting-report', subjectId: dueAt });
    });
  });
}

/** Reads who waits as of now. */
export async function readWaitingReport(ctx: Context, guild: Guild): Promise<WaitingReport> {
  const at = ctx.now();
  const long = await listLongWaiting(ctx.db, guild.id, later(at, { days: -guild.waiting_days }), named);
  const some: LongWait[] = [];
  for (const each of long.some) some.push({ ...each, found: await search(ctx, guild.id, each.mentee_id) });
  return {
    waiting: await countWaiting(ctx.db, guild.id),
    long: { some, count: long.count },
    supply: await countSupply(ctx, guild),
    unverified: await listLongUnverified(ctx.db, guild.id, later(at, { days: -longUnverifiedDays }), named),
  };
}

async function search(ctx: Context, guildId: string, menteeId: string): Promise<FindOutcome | undefined> {
  try {
    return await findMentors(ctx, guildId, menteeId);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** Places that are free and not being asked for, of mentors who may be asked; and who has paused. */
async function countSupply(ctx: Context, guild: Guild): Promise<WaitingReport['supply']> {
  const { packed } = await openPool(ctx, guild);
  const pending = await countPendingByMentor(ctx.db, guild.id);
  const supply = { places: 0, mentors: 0, paused: 0 };
  for (const mentor of packed.mentors) {
    if (guild.mentor_verification === 1 && !mentor.verified) continue;
    if (!mentor.active) {
      supply.paused += 1;
      continue;
    }
    const free = mentor.capacity - mentor.mentees - (pending.get(mentor.id) ?? 0);
    if (free <= 0) continue;
    supply.places += free;
    supply.mentors += 1;
  }
  return supply;
}
