import { sql } from 'kysely';
import type { Random } from '../../ids.ts';
import type { Instant } from '../../time.ts';
import type { Trx } from '../open.ts';

export interface Source {
  readonly now: () => Instant;
  readonly random: Random;
}

/** The place of what is written next in a case; in the guild's turn nobody else takes it. */
export function nextPlace(trx: Trx, table: 'case_statements' | 'case_entries', caseId: string) {
  return trx
    .selectFrom(table)
    .select(sql<number>`coalesce(max(place), 0) + 1`.as('place'))
    .where('case_id', '=', caseId);
}
