/** What moderators are told to mend: in the staff channel, once, until it has worked again. */
import type { Context } from '../context.ts';
import type { StaffProblem } from '../db/notice-kinds.ts';
import { insertNotice } from '../db/notices.ts';
import type { Trx } from '../db/open.ts';

/** A problem and what has it; for a channel that is not set, what it is for. */
export interface Trouble {
  readonly problem: StaffProblem;
  readonly id: string;
}

/** The key under which moderators are told of something: once, until the key is taken back. */
export function alertKey(guildId: string, { problem, id }: Trouble): string {
  return `staff-alert:${guildId}:${problem}:${id}`;
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
