/** Posting, scheduling and changing announcements, as previewed: the one moment at which something leaves the house. */
import type { Context } from '../../context.ts';
import { insertAudit } from '../../db/audit.ts';
import {
  type Announcement,
  announcementKey,
  changeUntried,
  deleteDraft,
  findAnnouncement,
  markUncorrected,
  reviveAnnouncementNotice,
  updateAnnouncement,
} from '../../db/announcements.ts';
import type { Db, Trx } from '../../db/open.ts';
import { type Saying, UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { stamp } from '../../marks.ts';
import type { Instant } from '../../time.ts';
import { announcementAlertKeys } from '../alerts.ts';
import { contentOf, expiryOf, faultsOf } from './content.ts';
import { isMessageGone, refusalOf, requireAnnouncement, requireInGuild } from './drafts.ts';
import { type Poster, type ReadReach, reachFaults, withOffers } from './reach.ts';
import { answerForRepeating, startRepeating } from './repeating.ts';
import type { Acting } from '../../guild/acting.ts';
import { inTurn } from '../../guild/turn.ts';
import { insertNotice, reviseNotices } from '../../db/notices/write.ts';
import { forgetAlerts } from '../../db/notices/alerts.ts';

/** What was previewed, and is confirmed: by id and revision, so that nothing else is posted than what was seen. */
export interface Seen {
  readonly id: string;
  readonly revision: number;
  /** Whether notifying everyone was confirmed once more. */
  readonly everyone: boolean;
}

/**
 * Everything that keeps an announcement from being posted (or, for a change, from being saved), each a sentence with its
 * fix; empty when nothing does.
 * @param original what a change is of; undefined for an announcement itself.
 */
export function findFaults(
  announcement: Announcement,
  original: Announcement | undefined,
  readReach: ReadReach,
  now: Instant,
): Saying[] {
  const reach = readReach(announcement);
  // A message that stands notifies nobody once more; whoever changes it must be able to see it all the same.
  const wanted =
    original?.state === 'posted'
      ? { ...announcement, role_id: null, everyone: 0 as const, crosspost: 0 as const, tag_id: undefined }
      : announcement;
  const faults = [
    ...reachFaults(wanted, reach),
    ...faultsOf(contentOf(announcement)).map(
      (fault): Saying =>
        (t) =>
          t.announcements.faults[fault],
    ),
  ];
  const { at, cron, image_url: image } = announcement;
  const expiry = image === null ? undefined : expiryOf(image);
  // A picture that stands in a message is shown on; what is posted again and again will be without it one day.
  if (expiry !== undefined && (cron !== null || expiry <= (at ?? now)))
    faults.push((t) => t.announcements.faults.imageExpires(stamp(expiry, 'f')));
  const isNewTime = !original || (original.state !== 'posted' && original.at !== at);
  if (announcement.state === 'draft' && at !== null && at < now && isNewTime)
    faults.push((t) => t.announcements.faults.timePassed);
  return faults;
}

/**
 * The message that a change is about to edit; undefined where confirming edits none.
 * @throws UserError when the announcement is gone, or its message is known to be.
 */
export async function standingMessage(
  db: Db,
  by: Poster,
  id: string,
): Promise<{ readonly announcementId: string; readonly channelId: string; readonly messageId: string } | undefined> {
  const draft = await requireAnnouncement(db, by, id);
  const original = await originalOf(db, draft);
  if (original?.state !== 'posted') return undefined;
  const { id: announcementId, channel_id: chosen, posted_in: postedIn, message_id: messageId } = original;
  const channelId = postedIn ?? chosen;
  if (isMessageGone(original)) throw messageGone(channelId);
  return messageId === null ? undefined : { announcementId, channelId, messageId };
}

/** The message of a posted announcement turned out to be gone, and whoever wanted to change it reads so. */
export async function noteMessageGone(ctx: Context, guildId: string, id: string): Promise<void> {
  await inTurn(ctx.db, guildId, async (trx) => {
    await markUncorrected(trx, id, 'message-deleted', ctx.now());
  });
}

/** Pure: what somebody reads who wants to change a message that is gone. */
export function messageGone(channelId: string): UserError {
  return new UserError((t) => t.announcements.refused.messageDeleted(`<#${channelId}>`));
}

/** Pure: whether confirming this sends a notification to everyone, so that it has to be confirmed twice. */
export function asksTwice(announcement: Announcement, original: Announcement | undefined): boolean {
  return announcement.everyone === 1 && original?.state !== 'posted';
}

/**
 * Does what the preview promised: posts, schedules, or changes. Of two moderators who press at once one does it, and the
 * other reads that it is done.
 * @returns the announcement as it stands now.
 * @throws UserError when it was changed since it was seen, was done already, or cannot be posted (any more).
 */
export async function confirmAnnouncement(ctx: Context, by: Poster, seen: Seen): Promise<Announcement> {
  const { guildId } = by;
  return await inTurn(ctx.db, guildId, async (trx) => {
    await requireGuild(trx, guildId);
    const now = ctx.now();
    const announcement = await requireAnnouncement(trx, by, seen.id);
    if (announcement.state !== 'draft' && announcement.state !== 'failed') throw refusalOf(announcement);
    if (announcement.revision !== seen.revision) throw new UserError((t) => t.announcements.refused.changedSince);
    const original = await originalOf(trx, announcement);
    const [fault] = findFaults(announcement, original, await withOffers(trx, guildId, by.readReach), now);
    if (fault !== undefined) throw new UserError(fault);
    if (asksTwice(announcement, original) && !seen.everyone)
      throw new UserError((t) => t.announcements.refused.confirmEveryone);
    if (original) await saveChange(ctx, trx, by, announcement, original);
    else await send(ctx, trx, by, announcement);
    return (await findAnnouncement(trx, original?.id ?? announcement.id)) ?? announcement;
  });
}

/**
 * What a draft changes; undefined when it is an announcement of its own.
 * @throws UserError when that is gone.
 */
export async function originalOf(db: Db, { guild_id, changes_id }: Announcement): Promise<Announcement | undefined> {
  return changes_id === null ? undefined : await requireInGuild(db, guild_id, changes_id);
}

async function send(ctx: Context, trx: Trx, by: Acting, announcement: Announcement): Promise<void> {
  const now = ctx.now();
  const { id, guild_id: guildId, cron } = announcement;
  // One that failed has had its time, unless it was given another: what is posted again is posted at once.
  const due = announcement.at !== null && announcement.at > now ? announcement.at : now;
  const at = cron === null ? due : null;
  const scheduleId = cron === null ? null : await startRepeating(ctx, trx, by, announcement, cron);
  const changes = { state: 'scheduled', at, failure: null, schedule_id: scheduleId, sender_id: by.userId } as const;
  if (!(await updateAnnouncement(trx, announcement, ['draft', 'failed'], changes, now))) {
    const after = await findAnnouncement(trx, id);
    throw after ? refusalOf(after) : new UserError((t) => t.announcements.refused.gone);
  }
  // Should it be held again, moderators hear of it again.
  await forgetAlerts(trx, announcementAlertKeys(guildId, id));
  if (at !== null && !(await reviveAnnouncementNotice(trx, id, at))) {
    const notice = { guildId, kind: 'announcement', subjectId: id, dueAt: at, dedupeKey: announcementKey(id) } as const;
    await insertNotice(trx, ctx, notice);
  }
  await insertAudit(trx, ctx, {
    guildId,
    actorId: by.userId,
    action: at !== null && at <= now ? 'announcement-posted' : 'announcement-scheduled',
    subjectId: id,
    detail: auditDetail({ ...announcement, at }),
  });
}

/** What the record says of an announcement: where, when and whom it notified, never its words. */
export function auditDetail({ channel_id, role_id, everyone, at, cron }: Announcement) {
  return { channel: channel_id, role: role_id, everyone: everyone === 1, at, repeats: cron !== null };
}

async function saveChange(
  ctx: Context,
  trx: Trx,
  by: Acting,
  draft: Announcement,
  original: Announcement,
): Promise<void> {
  const now = ctx.now();
  // Two who press at once: one of them takes the draft.
  if (!(await deleteDraft(trx, draft.id))) throw new UserError((t) => t.announcements.refused.gone);
  const from = { id: original.id, revision: draft.changes_revision ?? 0 };
  const { title, text: body, link, image_url } = draft;
  const isMoved = original.state !== 'posted' && original.cron === null && draft.at !== original.at;
  const dueAt = draft.at ?? now;
  const changes = {
    title,
    text: body,
    link,
    image_url,
    // Whoever changes what it says answers for it from now on.
    sender_id: by.userId,
    ...(isMoved ? { at: dueAt, asked: draft.asked } : {}),
  };
  const isChanged = await updateAnnouncement(trx, from, ['scheduled', 'posted', 'failed'], changes, now);
  if (!isChanged) throw new UserError((t) => t.announcements.refused.changedSince);
  if (original.state === 'scheduled' && original.cron === null) {
    // Also for words alone: what may be on its way is not what was previewed.
    if (!(await changeUntried(trx, original.id, { dueAt })))
      throw new UserError((t) => t.announcements.refused.beingPosted);
  }
  if (original.schedule_id !== null) await answerForRepeating(ctx, trx, by, original);
  if (original.state === 'posted') await reviseNotices(trx, original.id, 'announcement', now);
  await insertAudit(trx, ctx, {
    guildId: original.guild_id,
    actorId: by.userId,
    action: 'announcement-edited',
    subjectId: original.id,
    detail: auditDetail({ ...original, at: isMoved ? dueAt : original.at }),
  });
}
