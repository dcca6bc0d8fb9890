import type { Context } from '../../context.ts';
import { insertAudit } from '../../db/audit.ts';
import { type Announcement, changeUntried, findAnnouncement, updateAnnouncement } from '../../db/announcements.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { auditDetail } from './confirm.ts';
import { discardDraftIn, requireAnnouncement, refusalOf } from './drafts.ts';
import { stopRepeating } from './repeating.ts';
import type { Poster } from './reach.ts';
import { inTurn } from '../../guild/turn.ts';

/**
 * Calls an announcement off that waits for its time, comes back, or could not be posted; throws a draft away. One that is
 * posted stays: people have read it, so it can be changed but not unsaid (a moderator can delete the message on Discord).
 * @returns what it was before.
 * @throws UserError when it is posted, being posted at this moment, or called off already.
 */
export async function cancelAnnouncement(ctx: Context, by: Poster, id: string): Promise<Announcement> {
  const { guildId } = by;
  return await inTurn(ctx.db, guildId, async (trx) => {
    await requireGuild(trx, guildId);
    const before = await requireAnnouncement(trx, by, id);
    if (before.state === 'draft') return await discardDraftIn(trx, before);
    if (before.state === 'posted') throw new UserError((t) => t.announcements.refused.postedStays);
    const states = ['scheduled', 'failed'] as const;
    if (!(await updateAnnouncement(trx, before, states, { state: 'cancelled', failure: null }, ctx.now()))) {
      throw refusalOf((await findAnnouncement(trx, id)) ?? before);
    }
    if (before.cron !== null) await stopRepeating(ctx, trx, before);
    else if (before.state === 'scheduled' && !(await changeUntried(trx, id, 'void'))) {
      throw new UserError((t) => t.announcements.refused.beingPosted);
    }
    await insertAudit(trx, ctx, {
      guildId,
      actorId: by.userId,
      action: 'announcement-cancelled',
      subjectId: id,
      detail: auditDetail(before),
    });
    return before;
  });
}
