/** What posts tell the moderators: once, until it is mended. */
import type { Context } from '../context.ts';
import { insertNotice } from '../db/notices.ts';
import type { Trx } from '../db/open.ts';

/** What can be wrong with a schedule; each has its sentence in `texts/en/posts.ts`. */
export const scheduleProblems = [
  'schedule-channel-deleted',
  'schedule-channel-closed',
  'schedule-refused',
  'schedule-nothing',
] as const;
export type ScheduleProblem = (typeof scheduleProblems)[number];

/** The key under which moderators are told of something: once, until the key is taken back. */
export function alertKeyOf(guildId: string, problem: string, id: string): string {
  return `staff-alert:${guildId}:${problem}:${id}`;
}

/** The keys of everything that moderators may have been told of a schedule. */
export function scheduleAlertKeys(guildId: string, scheduleId: string): string[] {
  return scheduleProblems.map((problem) => alertKeyOf(guildId, problem, scheduleId));
}

/** Tells the moderators what they have to mend: once, until it has worked again. Belongs in the transaction that finds it. */
export async function insertPostAlert(
  trx: Trx,
  ctx: Context,
  guildId: string,
  problem: ScheduleProblem | 'content-outdated',
  id: string,
): Promise<void> {
  await insertNotice(trx, ctx, {
    guildId,
    kind: 'staff-alert',
    detail: { problem, id },
    dedupeKey: alertKeyOf(guildId, problem, id),
  });
}
