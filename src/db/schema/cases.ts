/** Reports about members, and what follows. */
import type { Generated } from 'kysely';
import type { Instant } from '../../time.ts';
import type { Flag } from './columns.ts';

/** What a report is about; its words are in `texts/en/cases.ts`. */
export const caseCategories = [
  'money',
  'sitting-for',
  'exam-content',
  'harassment',
  'impersonation',
  'advice',
  'risk',
  'other',
] as const;

export type CaseCategory = (typeof caseCategories)[number];
export type CaseState = 'new' | 'taken' | 'waiting' | 'closed';

export const caseOutcomes = ['acted', 'talked', 'not-established', 'outside', 'withdrawn'] as const;

export type CaseOutcome = (typeof caseOutcomes)[number];

/** What a reporter is offered to wish for. `pair`: while their own mentorship rests for the case; `matter`: else. */
export const caseWishes = { pair: ['end', 'keep', 'go-on'], matter: ['act', 'record'] } as const;

export type CaseWish = (typeof caseWishes)[keyof typeof caseWishes][number];

/** What follows from reports about one member: never shown to them, nor to whoever is party. */
export interface CasesTable {
  /** A random id: numbers that count would say how many there are. */
  id: string;
  guild_id: string;
  /** Whom it is about; null once its words are forgotten. */
  reported_id: string | null;
  category: CaseCategory;
  urgent: Flag;
  state: CaseState;
  /** The handler who took it. */
  assignee_id: string | null;
  /** When Discord last said that they still handle reports. */
  handler_seen_at: Instant | null;
  created_at: Instant;
  /** When it was first taken. */
  taken_at: Instant | null;
  /** When the bot does something next: reminds handlers of a new one, or stops waiting for an answer. */
  due_at: Instant | null;
  /** How often handlers were reminded since it was last new. */
  reminders: Generated<number>;
  closed_at: Instant | null;
  outcome: CaseOutcome | null;
}

/** What one member reported. */
export interface CaseStatementsTable {
  id: string;
  guild_id: string;
  case_id: string;
  /** From 1, in the order in which they were made. */
  place: number;
  /** Null for somebody who deleted their data: what they said stays. */
  reporter_id: string | null;
  words: string;
  /** Whether something needs doing today. */
  today: Flag;
  /** Whether staff may say who reported it. */
  may_name: Flag;
  /** JSON: the message that was reported, as it was then (`Snapshot`). */
  snapshot: string | null;
  created_at: Instant;
  withdrawn_at: Instant | null;
}

/** Whom a reporter does not want to see the case. */
interface CaseExcludedTable {
  case_id: string;
  guild_id: string;
  user_id: string;
}

export type CaseEntryKind =
  | 'taken'
  | 'released'
  | 'asked'
  | 'answered'
  | 'unanswered'
  | 'noted'
  | 'handed-over'
  | 'passed'
  | 'lifted'
  | 'ended'
  | 'suspended'
  | 'removed'
  | 'wish-asked'
  | 'wished'
  | 'withdrawn'
  | 'hidden'
  | 'closed'
  | 'reopened';

/** What happened in a case, in order. */
export interface CaseEntriesTable {
  id: string;
  guild_id: string;
  case_id: string;
  /** From 1, in the order in which things happened. */
  place: number;
  kind: CaseEntryKind;
  /** Who did it; null for the bot, and for a reporter whose name is gone. */
  by_id: string | null;
  /** The statement it belongs to, of questions and answers. */
  statement_id: string | null;
  /** What was written; of a handover to whom; of a wish which, and of what was asked about one which were offered. */
  words: string | null;
  at: Instant;
}

/** What a report is begun with: a form can carry an id only. Gone after a day. */
export interface CaseDraftsTable {
  id: string;
  guild_id: string;
  reporter_id: string;
  reported_id: string;
  snapshot: string | null;
  created_at: Instant;
}

export interface CasesTables {
  cases: CasesTable;
  case_statements: CaseStatementsTable;
  case_excluded: CaseExcludedTable;
  case_entries: CaseEntriesTable;
  case_drafts: CaseDraftsTable;
}
