import type { Context } from '../context.ts';
import { deleteOldAnnouncements } from '../db/announcements.ts';
import { deleteOldAudit } from '../db/audit.ts';
import { deleteOldContents } from '../db/guild-contents.ts';
import { overwriteDeleted } from '../db/open.ts';
import { deleteClosedRequests, deleteGuildsLeft, deleteSettledNotices } from '../db/purge.ts';
import { deleteOldRounds } from '../db/round-personal-data.ts';
import { deleteOldSlots } from '../db/slots.ts';
import { deleteOldSuspensions } from '../db/suspensions.ts';
import { later } from '../time.ts';

/**
 * For how many days a closed request is kept, with what was written in it, what anybody was told, announced, and did as
 * a moderator: twelve months.
 */
const keptDays = 365;
/**
 * For how many days it is kept what was posted when, and who did a prompt: two years, so that the choice of content knows
 * what a weekly schedule has shown.
 */
const slotKeptDays = 760;
/** For how many days an announcement, a tip or a prompt is kept that nobody finished. */
const draftKeptDays = 30;
/** For how many days it is kept whom a closed matching round proposed: as long as a decline may still lead to the next. */
const proposalsKeptDays = 90;
/** For how many days a guild is kept that has removed the bot, in case it was by mistake. */
const guildKeptDays = 90;
/** For how many days a suspension outlives the data of the mentor whom it concerns: two years. */
const suspensionKeptDays = 730;

/**
 * Deletes what has become old. Mentorships stay: they say who must not be paired again, and hold nobody's words.
 * @param limit how many rows of each kind at most.
 * @returns how many rows went.
 */
export async function purgeOld(ctx: Context, limit: number): Promise<number> {
  const { db } = ctx;
  const before = later(ctx.now(), { days: -keptDays });
  const deleted =
    (await deleteClosedRequests(db, before, limit)) +
    (await deleteSettledNotices(db, before, limit)) +
    (await deleteOldSlots(db, later(ctx.now(), { days: -slotKeptDays }), limit)) +
    (await deleteOldAudit(db, before, limit)) +
    (await deleteOldAnnouncements(db, { before, drafts: later(ctx.now(), { days: -draftKeptDays }) }, limit)) +
    (await deleteOldRounds(db, { proposals: later(ctx.now(), { days: -proposalsKeptDays }), rounds: before }, limit)) +
    (await deleteOldContents(db, { drafts: later(ctx.now(), { days: -draftKeptDays }), declined: before }, limit)) +
    (await deleteOldSuspensions(db, later(ctx.now(), { days: -suspensionKeptDays }))) +
    // Everything that hangs on a guild goes at once, so one is enough.
    (await deleteGuildsLeft(db, later(ctx.now(), { days: -guildKeptDays }), 1));
  if (deleted > 0) await overwriteDeleted(db);
  return deleted;
}
