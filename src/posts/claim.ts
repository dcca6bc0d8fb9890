/** The heartbeat of posts: what has come due in all guilds is claimed, and owed through the outbox. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Insertable } from 'kysely';
import type { Context } from '../context.ts';
import type { SlotsTable, SlotWhy } from '../db/schema.ts';
import { countDueSchedules, type DueSchedule, listDueSchedules, moveSchedules } from '../db/schedules.ts';
import { insertSlots } from '../db/slots.ts';
import { isMatchQuiet } from '../guild/match-week.ts';
import { newId } from '../ids.ts';
import { inParts } from '../parts.ts';
import { epochMs, type Instant, later } from '../time.ts';
import { nextDue } from './due.ts';
import { latestHours } from './limits.ts';
import { seedOf } from './seed.ts';
import { insertPosts } from '../db/notices/write.ts';

/** How many schedules one transaction moves on: some tens of milliseconds, for which nobody else can write. */
const batchSize = 200;
/** With so many slots a transaction takes no further schedule: after weeks without the bot each brings hundreds. */
const slotsAtOnce = 200;
/** What was missed longer ago is stored before, in transactions of its own of so many slots. */
const missedAtOnce = 100;
/** Times that are computed before others are answered: each takes a fraction of a millisecond. */
const timesAtOnce = 50;
/**
 * Posts that come due together are spread over half the time that Discord's limit gives them anyway, each schedule at
 * its own place in it: a community alone on its bot is not kept waiting, ten thousand do not arrive at once.
 */
const spreadMsEach = 10;
/** Up to this many due posts go out without spreading. */
const fewPosts = 50;
const longestSpreadMs = 5 * 60_000;
/** How many missed slots of one schedule are looked at after a long time down: ten days of half hours. */
const missedAtMost = 480;

/**
 * Claims every slot that is due by now. A slot is claimed by inserting its row, and only whoever also moved its schedule
 * on owes the post: two processes at once, a crash in between or a clock that goes back never make two of one.
 * @returns how many posts are owed.
 */
export async function claimDue(ctx: Context): Promise<number> {
  const now = ctx.now();
  const beyond = (await countDueSchedules(ctx.db, now)) - fewPosts;
  const spreadMs = Math.min(longestSpreadMs, Math.max(0, beyond) * spreadMsEach);
  const unreadable = new Set<string>();
  let owed = 0;
  for (;;) {
    const due = await listDueSchedules(ctx.db, now, batchSize);
    const plans = await planSome(
      ctx,
      due.filter(({ id }) => !unreadable.has(id)),
      now,
      unreadable,
    );
    if (plans.length > 0) owed += await claimBatch(ctx, plans, now, spreadMs);
    else if (due.every(({ id }) => unreadable.has(id))) return owed;
    // People are answered in between.
    await nextTurn();
  }
}

/** What becomes of a schedule that is due. */
interface Plan {
  readonly schedule: DueSchedule;
  readonly next: Instant | null;
  readonly slots: readonly Insertable<SlotsTable>[];
}

/**
 * Plans as many of the schedules as fit into a transaction, at least one. One whose times cannot be read (its zone was
 * known to another version of the time zone data) is named in `unreadable` and stays due; the others do not wait for it.
 */
async function planSome(
  ctx: Context,
  due: readonly DueSchedule[],
  now: Instant,
  unreadable: Set<string>,
): Promise<Plan[]> {
  const plans: Plan[] = [];
  let slots = 0;
  for (const schedule of due) {
    if (slots >= slotsAtOnce) break;
    try {
      const next = nextDue(schedule.cron, schedule.zone, now) ?? null;
      const plan = { schedule, next, slots: await slotsOf(ctx, schedule, now) };
      plans.push(plan);
      slots += plan.slots.length;
    } catch (error) {
      unreadable.add(schedule.id);
      ctx.log.error({ err: error, schedule: schedule.id }, 'the times of a schedule cannot be read');
    }
  }
  return plans;
}

/**
 * Over many guilds at once, and so without the turn of any: what is claimed is named with its due time in the statements
 * that move and insert, and of two processes at once each schedule and slot goes to one.
 */
async function claimBatch(ctx: Context, planned: readonly Plan[], now: Instant, spreadMs: number): Promise<number> {
  const plans: Plan[] = [];
  for (const plan of planned) plans.push(await storeLongMissed(ctx, plan));
  return await ctx.db.transaction().execute(async (trx) => {
    const moved = await moveSchedules(
      trx,
      plans.map(({ schedule, next }) => ({ id: schedule.id, from: schedule.next_due_at, to: next })),
    );
    const slots = plans.filter(({ schedule }) => moved.has(schedule.id)).flatMap((plan) => plan.slots);
    const mine = await insertSlots(trx, slots);
    const owed = slots.filter(({ id, state }) => state === 'claimed' && mine.has(id));
    await insertPosts(
      trx,
      owed.map((slot) => ({
        id: slot.notice_id ?? newId(ctx.random),
        guild_id: slot.guild_id,
        subject_id: slot.id,
        due_at: later(now, { ms: Math.floor(spreadMs * seedOf(slot.schedule_id)) }),
        created_at: now,
      })),
    );
    return owed.length;
  });
}

/**
 * Stores the older of many missed slots. All of them are skipped, whatever becomes of the schedule meanwhile, and one that
 * is there already stays as it is.
 * @returns the plan with what is left.
 */
async function storeLongMissed(ctx: Context, plan: Plan): Promise<Plan> {
  const few = Math.max(0, plan.slots.length - missedAtOnce);
  for await (const part of inParts(plan.slots.slice(0, few), missedAtOnce)) {
    await ctx.db.transaction().execute(async (trx) => await insertSlots(trx, part));
  }
  if (few > 0) await nextTurn();
  return { ...plan, slots: plan.slots.slice(few) };
}

/**
 * The slots of a schedule up to now, oldest first. The newest is posted if it is not too late for it; those before it,
 * missed while nothing ran, are not posted after the event, and kept as skipped.
 */
async function slotsOf(ctx: Context, schedule: DueSchedule, now: Instant): Promise<Insertable<SlotsTable>[]> {
  // Nobody is there to read it.
  if (schedule.left_at !== null) return [];
  const times = await missedTimes(schedule, now);
  return times.map((dueAt, i) => {
    const isLate = !isInTime(dueAt, now);
    // In Match Week tips and prompts rest; what moderators announce does not.
    const rests = schedule.kind !== 'announcement' && isMatchQuiet(schedule, dueAt);
    const why: SlotWhy | null = isLate ? 'late' : i < times.length - 1 ? 'collapsed' : rests ? 'match-week' : null;
    return {
      id: newId(ctx.random),
      schedule_id: schedule.id,
      guild_id: schedule.guild_id,
      kind: schedule.kind,
      due_at: dueAt,
      state: why === null ? 'claimed' : 'skipped',
      why,
      is_test: 0,
      notice_id: why === null ? newId(ctx.random) : null,
      channel_id: why === null ? schedule.channel_id : null,
      created_at: now,
    };
  });
}

async function missedTimes({ cron, zone, next_due_at: first }: DueSchedule, now: Instant): Promise<Instant[]> {
  const times: Instant[] = [];
  let next: Instant | undefined = first;
  while (next !== undefined && next <= now) {
    times.push(next);
    if (times.length % timesAtOnce === 0) await nextTurn();
    // After months, what lies far back is passed over: what could still be posted is near.
    const isFar: boolean = times.length >= missedAtMost && !isInTime(next, now);
    next = nextDue(cron, zone, isFar ? laterOf(next, later(now, { hours: -latestHours })) : next);
  }
  return times;
}

function laterOf(a: Instant, b: Instant): Instant {
  return a > b ? a : b;
}

/** Pure: whether a slot may still be posted: less than six hours after it was due. */
export function isInTime(dueAt: Instant, now: Instant): boolean {
  return epochMs(now) - epochMs(dueAt) < latestHours * 3_600_000;
}
