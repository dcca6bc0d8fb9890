/** Scheduled matching rounds: a guild's plan, and the rounds that it began. */
import { type Selectable, sql } from 'kysely';
import type { Instant } from '../time.ts';
import { inPresentGuild } from './guilds.ts';
import type { Db, Trx } from './open.ts';
import { owned } from './owned.ts';
import type { Round } from './rounds.ts';
import type { RoundPlansTable } from './schema.ts';

export type RoundPlan = Selectable<RoundPlansTable>;

/** Written out, not bound: only then does SQLite see that the partial index `rounds_planned` fits. */
const isPlannedPreview = sql<boolean>`state = 'preview' and planned is not null`;

/** A guild's plan; undefined where none is set. */
export async function findRoundPlan(db: Db, guildId: string): Promise<RoundPlan | undefined> {
  return await db.selectFrom('round_plans').selectAll().where('guild_id', '=', guildId).executeTakeFirst();
}

/** Sets a guild's plan, in place of the one before. */
export async function upsertRoundPlan(trx: Trx, plan: RoundPlan): Promise<void> {
  const { guild_id: _guild, ...rest } = plan;
  await trx
    .insertInto('round_plans')
    .values(plan)
    .onConflict((conflict) => conflict.column('guild_id').doUpdateSet(rest))
    .execute();
}

/** Ends a guild's plan. Returns false when there is none. */
export async function deleteRoundPlan(trx: Trx, guildId: string): Promise<boolean> {
  const result = await trx.deleteFrom('round_plans').where('guild_id', '=', guildId).executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/** Plans whose next round is due, the longest due first, in guilds that the bot is in. */
export async function listPlansDue(db: Db, at: Instant, limit: number): Promise<RoundPlan[]> {
  return await db
    .selectFrom('round_plans')
    .selectAll()
    .where('next_at', '<=', at)
    .$call(owned(db, 'guild_id'))
    .$call(inPresentGuild('round_plans.guild_id'))
    .orderBy('next_at')
    .orderBy('guild_id')
    .limit(limit)
    .execute();
}

/** Moves a plan on from the round that is due. Returns false when somebody else has, or it was changed. */
export async function moveRoundPlan(
  trx: Trx,
  guildId: string,
  from: Instant | null,
  to: Instant | null,
): Promise<boolean> {
  const result = await trx
    .updateTable('round_plans')
    .set({ next_at: to })
    .where('guild_id', '=', guildId)
    .where('next_at', from === null ? 'is' : '=', from)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Notes how far the schedule has brought a round. */
export async function markPlanned(
  trx: Trx,
  roundId: string,
  change: { readonly planned: 'begun' | 'shown'; readonly publishAt: Instant | null },
): Promise<void> {
  await trx
    .updateTable('rounds')
    .set({ planned: change.planned, publish_at: change.publishAt })
    .where('id', '=', roundId)
    .execute();
}

/** Previews of scheduled rounds that moderators have not been shown, or that are published by themselves now. */
export async function listPlannedPreviews(db: Db, at: Instant): Promise<Round[]> {
  return await db
    .selectFrom('rounds')
    .selectAll()
    .where(isPlannedPreview)
    .$call(owned(db, 'guild_id'))
    .where((is) => is.or([is('planned', '=', 'begun'), is('publish_at', '<=', at)]))
    .$call(inPresentGuild('rounds.guild_id'))
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** A preview is not published by itself any more. Returns false when it was not to be. */
export async function stopPublishing(trx: Trx, roundId: string): Promise<boolean> {
  const result = await trx
    .updateTable('rounds')
    .set({ publish_at: null })
    .where('id', '=', roundId)
    .where('state', 'in', ['computing', 'preview'])
    .where('publish_at', 'is not', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
