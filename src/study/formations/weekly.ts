/** The weekly run: where moderators want it, groups are formed and offered by themselves. */
import type { Context } from '../../context.ts';
import { type Guild, updateGuild } from '../../db/guilds.ts';
import type { Trx } from '../../db/open.ts';
import {
  deletePreview,
  findLastWeekly,
  findOpenFormation,
  insertFormation,
  listGuildsToForm,
  moveForming,
} from '../../db/study/formations.ts';
import type { Acting } from '../../guild/acting.ts';
import { changeSettings } from '../../guild/change-settings.ts';
import { forEachInTurn } from '../../guild/each.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { toFlag } from '../../guild/settings.ts';
import { inTurn } from '../../guild/turn.ts';
import { nextWeekly, weeksLater } from '../../guild/weekly.ts';
import { newId } from '../../ids.ts';
import { type Instant, later } from '../../time.ts';
import { type Formed, formingSeed, formNow, TooFew } from './form.ts';
import { storeFormation } from './preview.ts';
import { publishRest, tellModerators } from './publish.ts';

/** When groups are formed, by the guild's clock: Sunday noon, when most look at what the week brings. */
const weeklyTime = { weekday: 7, minute: 12 * 60 } as const;

/** Guilds of one heartbeat: each may keep a thread busy for a second. What is left follows a minute later. */
const guildsAtOnce = 25;

/**
 * Chooses whether groups are formed by themselves each week.
 * @param wanted nothing to change nothing. @returns the settings as they now are.
 */
export async function saveWeeklyForming(ctx: Context, by: Acting, wanted: boolean | undefined): Promise<Guild> {
  return await changeSettings(ctx, by, { forms_weekly: toFlag(wanted) }, async (trx, { id, zone }) => {
    await updateGuild(trx, id, { forming_at: wanted === true ? nextWeekly(ctx.now(), zone, weeklyTime) : null });
  });
}

/** The guild's zone has changed: the same time of the week is another moment. */
export async function replanForming(trx: Trx, ctx: Context, guild: Guild): Promise<void> {
  const { forming_at: at } = guild;
  if (at === null || at <= ctx.now()) return;
  // Not sooner than a day before, so that a week that has had its run gets no second one.
  const from = later(at, { days: -1 });
  const earliest = from > ctx.now() ? from : ctx.now();
  await moveForming(trx, guild.id, at, nextWeekly(earliest, guild.zone, weeklyTime));
}

/**
 * Forms groups wherever the week's run is due. After a sleep it runs once, however many weeks are over. Until its groups
 * are stored it stays due, so that a run that was cut off begins again; storing them decides between two processes.
 */
export async function runWeeklyForming(ctx: Context): Promise<void> {
  const due = await listGuildsToForm(ctx.db, ctx.now(), guildsAtOnce);
  await forEachInTurn(ctx, 'form-groups', due, async ({ guildId, dueAt }) => {
    try {
      await runFor(ctx, guildId, dueAt);
    } catch (error) {
      // A thread that fails would keep every heartbeat busy: an hour later it may be better.
      await inTurn(ctx.db, guildId, (trx) => moveForming(trx, guildId, dueAt, later(ctx.now(), { hours: 1 })));
      throw error;
    }
  });
}

async function runFor(ctx: Context, guildId: string, dueAt: Instant): Promise<void> {
  // What is being published goes on by itself, and the next heartbeat looks again.
  if ((await findOpenFormation(ctx.db, guildId))?.state === 'publishing') return;
  const formed = await formOrCount(ctx, guildId);
  const id = await inTurn(ctx.db, guildId, (trx) => claimWeek(trx, ctx, guildId, { dueAt, formed }));
  if (id !== undefined) await publishRest(ctx, guildId, id);
}

/** Groups, or how many wait where they are too few. */
async function formOrCount(ctx: Context, guildId: string): Promise<Formed | number> {
  try {
    return await formNow(ctx, guildId);
  } catch (error) {
    if (error instanceof TooFew) return error.waiting;
    throw error;
  }
}

/**
 * Stores what a run formed, and moves the guild on to the next week, in one transaction.
 * @returns the formation to be published; undefined where somebody else was quicker, or there is nothing to form.
 */
async function claimWeek(
  trx: Trx,
  ctx: Context,
  guildId: string,
  { dueAt, formed }: { readonly dueAt: Instant; readonly formed: Formed | number },
): Promise<string | undefined> {
  const guild = await requireGuild(trx, guildId);
  if ((await findOpenFormation(trx, guildId))?.state === 'publishing') return undefined;
  const next = weeksLater(dueAt, ctx.now(), guild.zone, weeklyTime, 1);
  if (!(await moveForming(trx, guildId, dueAt, next))) return undefined;
  if (typeof formed === 'number') {
    await skip(trx, ctx, guildId, formed);
    return undefined;
  }
  await deletePreview(trx, guildId);
  return await storeFormation(trx, ctx, guildId, formed, 'publishing');
}

/** Notes a week in which there was nothing to form. Moderators read it once, not every Sunday again. */
async function skip(trx: Trx, ctx: Context, guildId: string, waiting: number): Promise<void> {
  const before = await findLastWeekly(trx, guildId);
  const id = newId(ctx.random);
  await insertFormation(trx, {
    id,
    guild_id: guildId,
    state: 'skipped',
    by_itself: 1,
    seed: formingSeed,
    created_at: ctx.now(),
    figures: null,
    closed_at: ctx.now(),
    outcome: JSON.stringify({ waiting }),
  });
  if (before?.state !== 'skipped') await tellModerators(trx, ctx, { guildId, id });
}
