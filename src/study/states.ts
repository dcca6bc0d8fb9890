/** The states of study groups, and who may bring one from one into another: this table is the only place that says so. */
import type { StudyState } from '../db/schema.ts';

/** What can happen to a group. */
export const groupMoves = {
  /** The third member is in. */
  begin: { from: ['forming'], to: 'active' },
  /** The owner lets it rest. */
  rest: { from: ['active'], to: 'resting' },
  /** The owner wakes it, or the date comes. */
  wake: { from: ['resting'], to: 'active' },
} as const satisfies Readonly<Record<string, { readonly from: readonly StudyState[]; readonly to: StudyState }>>;

/** Those in which people can join. A resting one is joined once it is awake. */
export const joinable: readonly StudyState[] = ['forming', 'active'];
