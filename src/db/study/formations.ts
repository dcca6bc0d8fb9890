/** Groups formed of everybody who waits: shown to moderators, published, and what came of it. */
import { type Selectable, sql } from 'kysely';
import type { Instant } from '../../time.ts';
import { inPresentGuild } from '../guilds.ts';
import type { Db, Trx } from '../open.ts';
import { owned } from '../owned.ts';
import type { FormationsTable } from '../schema.ts';

export type Formation = Selectable<FormationsTable>;

/** Written out, not bound: only then does SQLite see that the partial indexes fit. */
const isPreview = sql<boolean>`state = 'preview'`;
const isPublishing = sql<boolean>`state = 'publishing'`;
const isOpen = sql<boolean>`state in ('preview', 'publishing')`;

/** A formation as it begins. */
type NewFormation = Pick<
  Formation,
  'id' | 'guild_id' | 'state' | 'by_itself' | 'seed' | 'created_at' | 'figures' | 'closed_at' | 'outcome'
>;

export async function insertFormation(trx: Trx, formation: NewFormation): Promise<void> {
  await trx.insertInto('formations').values(formation).execute();
}

/** A formation of a guild by its id. */
export async function findFormation(db: Db, guildId: string, id: string): Promise<Formation | undefined> {
  return await db
    .selectFrom('formations')
    .selectAll()
    .where('id', '=', id)
    .where('guild_id', '=', guildId)
    .executeTakeFirst();
}

/** A formation by its id, whatever the guild. */
export async function findFormationById(db: Db, id: string): Promise<Formation | undefined> {
  return await db.selectFrom('formations').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The guild's formation that is looked at, or being published: it has one at most. */
export async function findOpenFormation(db: Db, guildId: string): Promise<Formation | undefined> {
  return await db.selectFrom('formations').selectAll().where('guild_id', '=', guildId).where(isOpen).executeTakeFirst();
}

/** The guild's latest formations, the newest first. */
export async function listFormations(db: Db, guildId: string, limit: number): Promise<Formation[]> {
  return await db
    .selectFrom('formations')
    .selectAll()
    .where('guild_id', '=', guildId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

/** The guild's weekly run before this one, however it went. */
export async function findLastWeekly(db: Db, guildId: string): Promise<Formation | undefined> {
  return await db
    .selectFrom('formations')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('by_itself', '=', 1)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Removes the guild's preview, with whom it proposes: another takes its place. */
export async function deletePreview(trx: Trx, guildId: string): Promise<void> {
  await trx.deleteFrom('formations').where('guild_id', '=', guildId).where(isPreview).execute();
}

/** A preview as a moderator saw it. */
export type SeenFormation = Pick<Formation, 'id' | 'run'>;

function seen(trx: Trx, { id, run }: SeenFormation) {
  return trx.updateTable('formations').where('id', '=', id).where('run', '=', run).where('state', '=', 'preview');
}

/** The groups of a preview are others now. Returns it; undefined when it is over or has changed since it was seen. */
export async function nextRun(trx: Trx, preview: SeenFormation): Promise<Formation | undefined> {
  return await seen(trx, preview)
    .set({ run: sql<number>`run + 1` })
    .returningAll()
    .executeTakeFirst();
}

/** Closes a preview, or begins to publish it. Returns false when it is over or has changed since it was seen. */
export async function closePreview(
  trx: Trx,
  preview: SeenFormation,
  to: 'publishing' | 'discarded',
  at: Instant,
): Promise<boolean> {
  const result = await seen(trx, preview).set({ state: to, closed_at: at }).executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Formations that are being published, in guilds that the bot is in. */
export async function listPublishingFormations(db: Db): Promise<Formation[]> {
  return await db
    .selectFrom('formations')
    .selectAll()
    .where(isPublishing)
    .$call(owned(db, 'guild_id'))
    .$call(inPresentGuild('formations.guild_id'))
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** Publishing is done. Returns false when somebody else has noted that. */
export async function finishFormation(
  trx: Trx,
  id: string,
  done: { readonly outcome: string; readonly answersAt: Instant | null },
): Promise<boolean> {
  const result = await trx
    .updateTable('formations')
    .set({ state: 'published', outcome: done.outcome, answers_at: done.answersAt })
    .where('id', '=', id)
    .where('state', '=', 'publishing')
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Formations whose offers are over and not counted yet. */
export async function listUncounted(db: Db, at: Instant, limit: number): Promise<Formation[]> {
  return await db
    .selectFrom('formations')
    .selectAll()
    .where('answers_at', '<=', at)
    .where(sql<boolean>`answers_at is not null`)
    .$call(owned(db, 'guild_id'))
    .orderBy('answers_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Stores what came of the offers, once. Returns false when it was stored before. */
export async function recordAnswers(trx: Trx, id: string, answers: string): Promise<boolean> {
  const result = await trx
    .updateTable('formations')
    .set({ answers, answers_at: null })
    .where('id', '=', id)
    .where('answers_at', 'is not', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Previews of this process's guilds from before a moment. */
export async function listOldPreviews(db: Db, before: Instant, limit: number): Promise<Formation[]> {
  return await db
    .selectFrom('formations')
    .selectAll()
    .where(isPreview)
    .where('created_at', '<=', before)
    .$call(owned(db, 'guild_id'))
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Removes formations that were closed before this moment. Returns how many. */
export async function deleteOldFormations(db: Db, before: Instant, limit: number): Promise<number> {
  const result = await db
    .deleteFrom('formations')
    .where('id', 'in', (ids) => ids.selectFrom('formations').select('id').where('closed_at', '<=', before).limit(limit))
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}

/** Guilds of this process whose weekly run is due, the longest due first. */
export async function listGuildsToForm(
  db: Db,
  at: Instant,
  limit: number,
): Promise<{ readonly guildId: string; readonly dueAt: Instant }[]> {
  const rows = await db
    .selectFrom('guilds')
    .select(['id', 'forming_at'])
    .where('forming_at', '<=', at)
    .where(sql<boolean>`forming_at is not null`)
    .where('left_at', 'is', null)
    .$call(owned(db, 'id'))
    .orderBy('forming_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.flatMap(({ id, forming_at: dueAt }) => (dueAt === null ? [] : [{ guildId: id, dueAt }]));
}

/** Moves a guild's weekly run on from the one that is due. Returns false when somebody else has, or it was changed. */
export async function moveForming(trx: Trx, guildId: string, from: Instant, to: Instant): Promise<boolean> {
  const result = await trx
    .updateTable('guilds')
    .set({ forming_at: to })
    .where('id', '=', guildId)
    .where('forming_at', '=', from)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
