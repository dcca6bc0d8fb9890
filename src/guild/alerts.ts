/** What moderators are told to mend: in the staff channel, once, until it has worked again. */
import type { Context } from '../context.ts';
import { type StaffProblem, staffProblems } from '../db/notice-kinds.ts';
import type { Trx } from '../db/open.ts';
import { later } from '../time.ts';
import { insertNotice } from '../db/notices/write.ts';
import { retryAfterSetUp } from '../db/notices/outcomes.ts';

/** A problem and what has it; for a channel that is not set, what it is for. */
export interface Trouble {
  readonly problem: StaffProblem;
  readonly id: string;
}

/** A moderator who mends something changes several things one after the other. */
const settleMs = 30_000;

/**
 * Something in the guild was changed that may have been in the way of what waits: that is tried again soon, instead of in
 * hours.
 */
export async function lookAgainSoon(ctx: Context, guildId: string): Promise<void> {
  await retryAfterSetUp(ctx.db, guildId, later(ctx.now(), { ms: settleMs }));
}

/** The key under which moderators are told of something: once, until the key is taken back. */
export function alertKey(guildId: string, { problem, id }: Trouble): string {
  return `staff-alert:${guildId}:${problem}:${id}`;
}

/** The keys of everything that moderators may have been told of a channel, a role or a schedule. */
export function alertKeysOf(guildId: string, id: string): string[] {
  return staffProblems.map((problem) => alertKey(guildId, { problem, id }));
}

/**
 * Tells the moderators what they have to mend. Belongs in the transaction that finds it.
 * @returns false when they were told of it before.
 */
export async function insertAlert(trx: Trx, ctx: Context, guildId: string, trouble: Trouble): Promise<boolean> {
  const { problem, id } = trouble;
  return await insertNotice(trx, ctx, {
    guildId,
    kind: 'staff-alert',
    detail: { problem, id },
    dedupeKey: alertKey(guildId, trouble),
  });
}
