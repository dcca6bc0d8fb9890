import type { Selectable } from 'kysely';
import { hashPrefix, newId, type Random } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { Db, Trx } from './open.ts';
import type { AuditAction, AuditTable } from './schema.ts';

export type AuditEntry = Selectable<AuditTable>;

/** What a moderator did. */
export interface NewAuditEntry {
  readonly guildId: string;
  /** Who did it. */
  readonly actorId: string;
  readonly action: AuditAction;
  /** To what: a member's id, or the id of an announcement, round, schedule or entry. */
  readonly subjectId?: string;
  /** Slugs, names, counts and ids that the sentence about it needs. Never a note, a message or another private text. */
  readonly detail?: Readonly<Record<string, string | number | boolean | null>>;
}

/** Writes down what a moderator did. Belongs in the transaction of the act, so that neither exists without the other. */
export async function insertAudit(
  trx: Trx,
  source: { now: () => Instant; random: Random },
  entry: NewAuditEntry,
): Promise<void> {
  await trx
    .insertInto('audit')
    .values({
      id: newId(source.random),
      guild_id: entry.guildId,
      at: source.now(),
      actor_id: entry.actorId,
      action: entry.action,
      subject_id: entry.subjectId ?? null,
      detail: entry.detail ? JSON.stringify(entry.detail) : null,
    })
    .execute();
}

/** Which entries are wanted; whatever is absent does not narrow. */
export interface AuditFilter {
  /** Who did it, or to whom it was done. */
  readonly memberId?: string;
  /** By what the record names this member once they have left. */
  readonly formerId?: string;
  readonly action?: AuditAction;
  /** Cases that whoever looks may see: acts in others are not shown, and not counted. */
  readonly cases?: readonly string[];
}

/** Whether the record names somebody as who did something. */
export async function hasActed(db: Db, guildId: string, userId: string): Promise<boolean> {
  const act = await db
    .selectFrom('audit')
    .select('id')
    .where('guild_id', '=', guildId)
    .where('actor_id', '=', userId)
    .limit(1)
    .executeTakeFirst();
  return act !== undefined;
}

/** Moderators who did something, whoever acted last first. Codes of those who have left are left out. */
export async function listActors(db: Db, guildId: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('audit')
    .select('actor_id')
    .where('guild_id', '=', guildId)
    .where('actor_id', 'not like', `${hashPrefix}%`)
    .groupBy('actor_id')
    .orderBy(({ fn }) => fn.max('at'), 'desc')
    .orderBy('actor_id')
    .limit(limit)
    .execute();
  return rows.map((row) => row.actor_id);
}

/** How many entries of a guild there are. */
export async function countAudit(db: Db, guildId: string, filter: AuditFilter): Promise<number> {
  const { count } = await select(db, guildId, filter)
    .select((all) => all.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return count;
}

/** Entries of a guild, newest first. */
export async function listAudit(
  db: Db,
  guildId: string,
  filter: AuditFilter,
  page: { readonly offset: number; readonly limit: number },
): Promise<AuditEntry[]> {
  return await select(db, guildId, filter)
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .offset(page.offset)
    .limit(page.limit)
    .execute();
}

/** What was done with some subjects, newest first. */
export async function listActsOn(
  db: Db,
  guildId: string,
  subjectIds: readonly string[],
  actions: readonly AuditAction[],
): Promise<AuditEntry[]> {
  if (subjectIds.length === 0) return [];
  return await db
    .selectFrom('audit')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('subject_id', 'in', subjectIds)
    .where('action', 'in', actions)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

function select(db: Db, guildId: string, { memberId, formerId = memberId, action, cases = [] }: AuditFilter) {
  let entries = db
    .selectFrom('audit')
    .where('guild_id', '=', guildId)
    .where((is) => is.or([is('action', '<>', 'case-handled'), is('subject_id', 'in', [...cases, ''])]));
  if (action !== undefined) entries = entries.where('action', '=', action);
  if (memberId !== undefined) {
    entries = entries.where((is) =>
      is.or([is('actor_id', 'in', [memberId, formerId ?? memberId]), is('subject_id', '=', memberId)]),
    );
  }
  return entries;
}

/** Removes entries from before this moment. Returns how many. */
export async function deleteOldAudit(db: Db, before: Instant, limit: number): Promise<number> {
  const result = await db
    .deleteFrom('audit')
    .where('id', 'in', (ids) => ids.selectFrom('audit').select('id').where('at', '<=', before).limit(limit))
    .executeTakeFirst();
  return Number(result.numDeletedRows);
}
