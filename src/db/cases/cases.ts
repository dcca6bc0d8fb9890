/** What follows from reports about one member. */
import { type Selectable, sql } from 'kysely';
import { newId } from '../../ids.ts';
import type { Instant } from '../../time.ts';
import type { Whose } from '../members.ts';
import type { Db, Trx } from '../open.ts';
import { owned } from '../owned.ts';
import type { CaseCategory, CasesTable, CaseState } from '../schema.ts';
import type { Source } from './source.ts';

export type Case = Selectable<CasesTable>;

/** Opens a case. @returns its id. */
export async function insertCase(
  trx: Trx,
  source: Source,
  about: { guildId: string; reportedId: string; category: CaseCategory; urgent: boolean; dueAt: Instant },
): Promise<string> {
  const id = newId(source.random);
  await trx
    .insertInto('cases')
    .values({
      id,
      guild_id: about.guildId,
      reported_id: about.reportedId,
      category: about.category,
      urgent: about.urgent ? 1 : 0,
      state: 'new',
      created_at: source.now(),
      due_at: about.dueAt,
    })
    .execute();
  return id;
}

export async function findCase(db: Db, guildId: string, id: string): Promise<Case | undefined> {
  return await db
    .selectFrom('cases')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The case about a member that is not closed; there is at most one. */
export async function findOpenCaseAbout(trx: Trx, guildId: string, reportedId: string): Promise<Case | undefined> {
  return await trx
    .selectFrom('cases')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('reported_id', '=', reportedId)
    .where('state', '<>', 'closed')
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst();
}

/**
 * Changes a case that is in one of these states.
 * @returns the case as it now is; undefined when it is in another.
 */
export async function changeCase(
  trx: Trx,
  id: string,
  from: readonly CaseState[],
  change: Partial<
    Pick<
      Case,
      | 'state'
      | 'assignee_id'
      | 'handler_seen_at'
      | 'taken_at'
      | 'due_at'
      | 'reminders'
      | 'closed_at'
      | 'outcome'
      | 'urgent'
    >
  >,
): Promise<Case | undefined> {
  return await trx
    .updateTable('cases')
    .set(change)
    .where('id', '=', id)
    .where('state', 'in', from)
    .returningAll()
    .executeTakeFirst();
}

/** Cases in which the bot has something to do by now, the earliest first. */
export async function listDueCases(db: Db, at: Instant, limit: number): Promise<Case[]> {
  return await db
    .selectFrom('cases')
    .selectAll()
    .where('due_at', 'is not', null)
    .where('due_at', '<=', at)
    .$call(owned(db, 'guild_id'))
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Cases that somebody has taken, in the order of their ids: written out, so that the index is found. */
export async function listTakenCases(db: Db, afterId: string, limit: number): Promise<Case[]> {
  return await db
    .selectFrom('cases')
    .selectAll()
    .where('state', 'in', [sql.lit<CaseState>('taken'), sql.lit<CaseState>('waiting')])
    .where('id', '>', afterId)
    .$call(owned(db, 'guild_id'))
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** The cases of a guild that nobody has taken. */
export async function listNewCases(trx: Db, guildId: string): Promise<Case[]> {
  return await trx
    .selectFrom('cases')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('state', '=', sql.lit<CaseState>('new'))
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** Taken cases whose handler was not looked for since then, those never looked for first. */
export async function listHandlersToLookFor(db: Db, since: Instant, limit: number): Promise<Case[]> {
  return await db
    .selectFrom('cases')
    .selectAll()
    .where('state', 'in', [sql.lit<CaseState>('taken'), sql.lit<CaseState>('waiting')])
    .where((is) => is.or([is('handler_seen_at', 'is', null), is('handler_seen_at', '<=', since)]))
    .$call(owned(db, 'guild_id'))
    .orderBy('handler_seen_at', (order) => order.asc().nullsFirst())
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Open cases that this member has taken. */
export async function listCasesTakenBy(trx: Db, { guildId, userId }: Whose): Promise<Case[]> {
  return await trx
    .selectFrom('cases')
    .selectAll()
    .where('guild_id', '=', guildId)
    .where('state', 'in', [sql.lit<CaseState>('taken'), sql.lit<CaseState>('waiting')])
    .where('assignee_id', '=', userId)
    .orderBy('id')
    .execute();
}

/** Cases whose words are to go: closed for as many days as the guild keeps them. */
export async function listCasesToForget(
  db: Db,
  now: Instant,
  before: (days: number) => Instant,
  limit: number,
): Promise<Case[]> {
  const rows = await db
    .selectFrom('cases')
    .innerJoin('guilds', 'guilds.id', 'cases.guild_id')
    .selectAll('cases')
    .select('guilds.case_days')
    .where('cases.closed_at', 'is not', null)
    .where('cases.reported_id', 'is not', null)
    .where('cases.closed_at', '<=', now)
    .orderBy('cases.closed_at')
    .limit(limit)
    .execute();
  return rows.filter((row) => row.closed_at !== null && row.closed_at <= before(row.case_days));
}

/** Removes everything about people from a case: what it was about, how it ended and when stay. */
export async function forgetCase(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('case_statements').where('case_id', '=', id).execute();
  await trx.deleteFrom('case_excluded').where('case_id', '=', id).execute();
  await trx.deleteFrom('case_entries').where('case_id', '=', id).execute();
  await trx.updateTable('cases').set({ reported_id: null, assignee_id: null }).where('id', '=', id).execute();
}
