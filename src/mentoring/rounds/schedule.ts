/**
 * Rounds at a time of the week. Each is computed, shown to the moderators in the staff channel, and published by a press;
 * or by itself a day later, where the guild wants that, nobody has stopped it, and whoever set it is still a moderator.
 */
import type { Context } from '../../context.ts';
import { insertAudit } from '../../db/audit.ts';
import type { Guild } from '../../db/guilds.ts';
import { insertNotice, reviseNotices } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import {
  deleteRoundPlan,
  findRoundPlan,
  listPlannedPreviews,
  listPlansDue,
  markPlanned,
  moveRoundPlan,
  type RoundPlan,
  stopPublishing,
  upsertRoundPlan,
} from '../../db/round-plans.ts';
import { countPairs } from '../../db/round-pairs.ts';
import { findOpenRound, findRound, type Round } from '../../db/rounds.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { forEachInTurn } from '../../guild/each.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { inTurn } from '../../guild/turn.ts';
import { nextWeekly, type WeekTime, weeksLater } from '../../guild/weekly.ts';
import { later } from '../../time.ts';
import { computeRound } from './compute.ts';
import { openRoundIn } from './open.ts';
import { publishRound } from './publish.ts';

/** How long moderators have to look at a round that is published by itself, in hours. */
export const lookHours = 24;
/** How often rounds can be, in weeks; 0 for once. */
export const everyWeeks = [0, 1, 2, 4] as const;
/** A round that could not begin for so long, because another was open, is left out. */
const lateHours = 6;
/** Plans of one heartbeat: each computes a round. */
const perRun = 5;

/** What a moderator wants of a schedule. */
export interface WantedPlan extends WeekTime {
  readonly weeks: number;
  readonly publishes: RoundPlan['publishes'];
  /** In percent; the usual one when absent. */
  readonly floor?: number | undefined;
}

/** Schedules a guild's rounds, in place of the schedule before. */
export async function scheduleRounds(ctx: Context, by: Acting, wanted: WantedPlan): Promise<RoundPlan> {
  const { guildId, userId } = by;
  return await inTurn(ctx.db, guildId, async (trx) => {
    const guild = await requireGuild(trx, guildId);
    const at = ctx.now();
    const plan: RoundPlan = {
      guild_id: guildId,
      weekday: wanted.weekday,
      minute: wanted.minute,
      weeks: wanted.weeks,
      publishes: wanted.publishes,
      floor: wanted.floor ?? null,
      set_by: userId,
      set_at: at,
      next_at: nextWeekly(at, guild.zone, wanted),
    };
    await upsertRoundPlan(trx, plan);
    await recordChange(ctx, trx, by);
    return plan;
  });
}

/**
 * Ends the schedule; a preview that it began stays, and is not published by itself.
 * @throws UserError when there is no schedule.
 */
export async function unscheduleRounds(ctx: Context, by: Acting): Promise<void> {
  const { guildId } = by;
  await inTurn(ctx.db, guildId, async (trx) => {
    await requireGuild(trx, guildId);
    if (!(await deleteRoundPlan(trx, guildId))) throw new UserError((t) => t.roundPlan.refused.none);
    const open = await findOpenRound(trx, guildId);
    if (open) await holdBack(ctx, trx, open.id);
    await recordChange(ctx, trx, by);
  });
}

/** When rounds begin is a setting of the guild like any other. */
async function recordChange(ctx: Context, trx: Trx, { guildId, userId }: Acting): Promise<void> {
  const detail = { settings: 'round_plan' };
  await insertAudit(trx, ctx, { guildId, actorId: userId, action: 'setup-changed', detail });
}

/**
 * Keeps one preview from being published by itself; it waits for a press.
 * @throws UserError when it would not have been.
 */
export async function keepForPress(ctx: Context, by: Acting, roundId: string): Promise<void> {
  await inTurn(ctx.db, by.guildId, async (trx) => {
    const round = await findRound(trx, by.guildId, roundId);
    if (!round || !(await holdBack(ctx, trx, round.id))) throw new UserError((t) => t.roundPlan.refused.notByItself);
  });
}

async function holdBack(ctx: Context, trx: Trx, roundId: string): Promise<boolean> {
  if (!(await stopPublishing(trx, roundId))) return false;
  await reviseNotices(trx, roundId, 'round-planned', ctx.now());
  return true;
}

/** The guild's zone has changed: the same time of the week is another moment. */
export async function replanRounds(ctx: Context, trx: Trx, guild: Guild): Promise<void> {
  const plan = await findRoundPlan(trx, guild.id);
  if (!plan || plan.next_at === null || plan.next_at <= ctx.now()) return;
  // Not sooner than a day before, so that a week that has had its round gets no second one.
  const from = later(plan.next_at, { days: -1 });
  const earliest = from > ctx.now() ? from : ctx.now();
  await moveRoundPlan(trx, guild.id, plan.next_at, nextWeekly(earliest, guild.zone, plan));
}

/** Whether somebody is a moderator of a guild now, by asking Discord; undefined where it does not say. */
type IsModerator = (guildId: string, userId: string) => Promise<boolean | undefined>;

/** Begins the rounds that are due, shows the moderators those that are computed, and publishes those that are due for it. */
export async function runPlans(ctx: Context, isModerator: IsModerator): Promise<void> {
  await forEachInTurn(ctx, 'begin-planned-round', await listPlansDue(ctx.db, ctx.now(), perRun), async (plan) => {
    const round = await begin(ctx, plan);
    if (round) await computeRound(ctx, round, () => undefined);
  });
  const previews = await listPlannedPreviews(ctx.db, ctx.now());
  await forEachInTurn(ctx, 'show-planned-round', previews, async (round) => {
    if (round.planned === 'begun') await show(ctx, round);
    else await publishByItself(ctx, round, isModerator);
  });
}

/** Opens the round of a plan and moves the plan on, in one transaction: of two processes one does. */
async function begin(ctx: Context, due: RoundPlan): Promise<Round | undefined> {
  const { guild_id: guildId, next_at: dueAt } = due;
  if (dueAt === null) return undefined;
  return await inTurn(ctx.db, guildId, async (trx) => {
    const guild = await requireGuild(trx, guildId);
    const plan = await findRoundPlan(trx, guildId);
    if (plan?.next_at !== dueAt) return undefined;
    const at = ctx.now();
    const isLate = dueAt < later(at, { hours: -lateHours });
    const round = isLate ? undefined : await tryOpen(ctx, trx, plan);
    // Another round is under way: the next heartbeat looks again.
    if (!round && !isLate) return undefined;
    const next = plan.weeks === 0 ? null : weeksLater(dueAt, at, guild.zone, plan, plan.weeks);
    await moveRoundPlan(trx, guildId, dueAt, next);
    if (round) await markPlanned(trx, round.id, { planned: 'begun', publishAt: null });
    return round;
  });
}

async function tryOpen(ctx: Context, trx: Trx, plan: RoundPlan): Promise<Round | undefined> {
  try {
    return await openRoundIn(ctx, trx, { guildId: plan.guild_id, userId: plan.set_by }, plan.floor ?? undefined);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** Owes the moderators the card of a round that is computed. */
async function show(ctx: Context, { id, guild_id: guildId }: Round): Promise<void> {
  await inTurn(ctx.db, guildId, async (trx) => {
    const round = await findRound(trx, guildId, id);
    if (round?.state !== 'preview' || round.planned !== 'begun') return;
    const plan = await findRoundPlan(trx, guildId);
    const { mentees } = await countPairs(trx, id);
    const byItself = plan?.publishes === 'itself' && mentees > 0;
    const publishAt = byItself ? later(ctx.now(), { hours: lookHours }) : null;
    await markPlanned(trx, id, { planned: 'shown', publishAt });
    await insertNotice(trx, ctx, {
      guildId,
      kind: 'round-planned',
      subjectId: id,
      dedupeKey: `round-planned:${id}:${round.run}`,
    });
  });
}

/** Publishes a preview whose day is over, in the name of whoever set that, if they may still do so. */
async function publishByItself(ctx: Context, round: Round, isModerator: IsModerator): Promise<void> {
  const { guild_id: guildId } = round;
  const plan = await findRoundPlan(ctx.db, guildId);
  const may = plan?.publishes === 'itself' ? await isModerator(guildId, plan.set_by) : false;
  // Discord does not say: the next heartbeat asks again.
  if (may === undefined) return;
  if (!plan || !may) {
    await inTurn(ctx.db, guildId, async (trx) => {
      if (!(await stopPublishing(trx, round.id))) return;
      // A new card: an edit would reach nobody.
      await insertNotice(trx, ctx, {
        guildId,
        kind: 'round-planned',
        subjectId: round.id,
        dedupeKey: `round-planned:${round.id}:${round.run}:held`,
      });
    });
    return;
  }
  try {
    await publishRound(ctx, { guildId, userId: plan.set_by }, round);
  } catch (error) {
    // Somebody was quicker, or it is being computed anew.
    if (!(error instanceof UserError)) throw error;
  }
}
