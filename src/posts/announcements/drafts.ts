/** Announcements before anybody but their author sees them: all of it is in the database, so a restart loses nothing. */
import type { Context } from '../../context.ts';
import {
  type Announcement,
  deleteDraft,
  findAnnouncement,
  insertAnnouncement,
  updateAnnouncement,
} from '../../db/announcements.ts';
import type { Db, Trx } from '../../db/open.ts';
import { UserError } from '../../errors.ts';
import { leastMinutesApart } from '../due.ts';
import { newId } from '../../ids.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { clip, showTyped, stamp } from '../../marks.ts';
import { type Content, contentLimits, tidyContent } from './content.ts';
import { type Poster, reachFaults, type ReadReach, seesAnnouncement, withOffers } from './reach.ts';
import { lacksTime, understandRepeat } from './repeat.ts';
import { dayThatIsNone, mostDaysAhead, understandMoment } from './when.ts';
import type { Acting } from '../../guild/acting.ts';
import { inTurn } from '../../guild/turn.ts';

/** What a moderator chooses before the form opens. */
export interface Choices {
  readonly channelId: string;
  readonly roleId: string | null;
  readonly everyone: boolean;
  readonly crosspost: boolean;
  /** The tag of a forum; absent or null for none. */
  readonly tagId?: string | null;
  /** As typed; null for at once. */
  readonly time: string | null;
  /** As typed; null for once. */
  readonly repeat: string | null;
}

/** What `/announce edit` names beside the words. */
export interface Change {
  /** As typed; null to keep it. */
  readonly time?: string | null;
  /** As typed; null to keep it. */
  readonly repeat?: string | null;
  /** Left out to keep them. `everyone: false` notifies nobody. */
  readonly channelId?: string | undefined;
  readonly roleId?: string | undefined;
  readonly everyone?: boolean | undefined;
  readonly crosspost?: boolean | undefined;
  /** Null for no tag. */
  readonly tagId?: string | null | undefined;
}

/** When an announcement is posted, as columns. */
export type Timing = Pick<Announcement, 'at' | 'asked' | 'cron'>;

/** Pure: `now`, and whatever means it. */
export function meansNow(typed: string): boolean {
  return /^\s*now\s*$/i.test(typed);
}

/**
 * Pure: a time that was typed, as it is kept.
 * @throws UserError when it is not understood, past, or more than a year ahead.
 */
function timingOf(typed: string | null, zone: string, now: string): Timing {
  if (typed === null || meansNow(typed)) return { at: null, asked: null, cron: null };
  const understood = understandMoment(typed, zone, now);
  if (understood.is === 'moment') return { at: understood.at, asked: understood.skipped ?? null, cron: null };
  if (understood.is === 'past') throw new UserError((t) => t.announcements.refused.pastTime(stamp(understood.at, 'F')));
  if (understood.is === 'far')
    throw new UserError((t) => t.announcements.refused.farTime(stamp(understood.at, 'F'), mostDaysAhead));
  const none = dayThatIsNone(typed);
  if (none !== undefined) throw new UserError((t) => t.announcements.refused.noSuchDay(none));
  throw new UserError((t) => t.announcements.refused.unknownTime(showTyped(clip(typed, 100))));
}

function repeatOf(typed: string, zone: string, now: string): Timing {
  const understood = understandRepeat(typed, zone, now);
  if (understood.is === 'cron') return { at: null, asked: null, cron: understood.cron };
  if (understood.is === 'too-often')
    throw new UserError((t) => t.announcements.refused.repeatTooOften(leastMinutesApart));
  if (lacksTime(typed, zone, now))
    throw new UserError((t) => t.announcements.refused.repeatLacksTime(clip(typed.trim(), 80)));
  throw new UserError((t) =>
    understood.is === 'never'
      ? t.announcements.refused.repeatNever
      : t.announcements.refused.unknownRepeat(showTyped(clip(typed, 100))),
  );
}

/**
 * Begins an announcement: a draft without a word yet. Whatever Discord will not allow is said now, before anybody writes.
 * @throws UserError with the fix, when the channel, the role or the time cannot be used.
 */
export async function startDraft(ctx: Context, by: Poster, choices: Choices): Promise<Announcement> {
  const { zone } = await requireGuild(ctx.db, by.guildId);
  const now = ctx.now();
  if (choices.time !== null && choices.repeat !== null)
    throw new UserError((t) => t.announcements.refused.oneOrTheOther);
  if (choices.everyone && choices.roleId !== null) throw new UserError((t) => t.announcements.refused.everyoneOrRole);
  const wanted = {
    channel_id: choices.channelId,
    role_id: choices.roleId,
    everyone: flag(choices.everyone),
    crosspost: flag(choices.crosspost),
    tag_id: choices.tagId ?? null,
  };
  const reach = (await withOffers(ctx.db, by.guildId, by.readReach))(wanted);
  const [fault] = reachFaults(wanted, reach);
  if (fault !== undefined) throw new UserError(fault);
  const timing = choices.repeat === null ? timingOf(choices.time, zone, now) : repeatOf(choices.repeat, zone, now);
  return await store(ctx, {
    ...blank(by, zone, now),
    ...wanted,
    parent_id: reach.channel?.parentId ?? null,
    ...timing,
  });
}

function flag(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}

function blank({ guildId, userId }: Acting, zone: string, now: string) {
  return {
    guild_id: guildId,
    author_id: userId,
    title: '',
    text: '',
    link: null,
    image_url: null,
    state: 'draft' as const,
    zone,
    created_at: now,
    updated_at: now,
  };
}

async function store(ctx: Context, draft: Omit<Parameters<typeof insertAnnouncement>[1], 'id'>): Promise<Announcement> {
  const id = newId(ctx.random);
  await insertAnnouncement(ctx.db, { id, ...draft });
  return await requireInGuild(ctx.db, draft.guild_id, id);
}

/**
 * Opens an announcement for changes. A draft is changed itself; of one that people may have seen, or that waits for its
 * time, a copy is made, and nothing changes before that is confirmed.
 * @param wanted what else changes beside the words; of all but a draft only the time can.
 * @throws UserError when it is gone, was called off, or has no time that could be changed.
 */
export async function openChange(ctx: Context, by: Poster, id: string, wanted: Change = {}): Promise<Announcement> {
  const { zone } = await requireGuild(ctx.db, by.guildId);
  const now = ctx.now();
  const current = await requireAnnouncement(ctx.db, by, id);
  const { time = null, repeat = null, ...where } = wanted;
  if (time !== null && repeat !== null) throw new UserError((t) => t.announcements.refused.oneOrTheOther);
  const isReplanned = repeat !== null || Object.values(where).some((each) => each !== undefined);
  if (isReplanned && (current.state !== 'draft' || current.changes_id !== null))
    throw new UserError((t) => t.announcements.refused.onlyDrafts);
  if (current.state === 'cancelled') throw new UserError((t) => t.announcements.refused.alreadyCancelled);
  if (isMessageGone(current))
    throw new UserError((t) => t.announcements.refused.messageDeleted(`<#${current.channel_id}>`));
  if (time !== null && (current.state === 'posted' || (current.cron !== null && current.state !== 'draft')))
    throw new UserError((t) => t.announcements.refused.noTimeHere);
  const timing = timingIn(wanted, zone, now);
  const readReach = await withOffers(ctx.db, by.guildId, by.readReach);
  if (current.state === 'draft') {
    const changes = { ...reachIn(readReach, current, where), ...timing };
    return Object.keys(changes).length === 0 ? current : await change(ctx, current, changes);
  }
  // What it says and where it goes, without what it has been through.
  const { channel_id, parent_id, tag_id, role_id, everyone, crosspost, at, asked, cron } = current;
  const { title, text: body, link, image_url } = current;
  return await store(ctx, {
    ...blank(by, zone, now),
    channel_id,
    parent_id,
    tag_id,
    role_id,
    everyone,
    crosspost,
    title,
    text: body,
    link,
    image_url,
    ...(timing ?? { at, asked, cron }),
    changes_id: current.id,
    changes_revision: current.revision,
  });
}

function timingIn({ time = null, repeat = null }: Change, zone: string, now: string): Timing | undefined {
  if (repeat !== null) return repeatOf(repeat, zone, now);
  return time === null ? undefined : timingOf(time, zone, now);
}

/**
 * Where a draft goes and whom it notifies from now on, as columns.
 * @throws UserError with the fix, when Discord will not allow it.
 */
function reachIn(
  readReach: ReadReach,
  draft: Announcement,
  { channelId, roleId, everyone, crosspost, tagId }: Omit<Change, 'time' | 'repeat'>,
): Partial<Pick<Announcement, 'channel_id' | 'parent_id' | 'tag_id' | 'role_id' | 'everyone' | 'crosspost'>> {
  if (everyone === true && roleId !== undefined) throw new UserError((t) => t.announcements.refused.everyoneOrRole);
  const mention = {
    ...(roleId === undefined ? {} : { role_id: roleId, everyone: flag(false) }),
    ...(everyone === undefined || roleId !== undefined ? {} : { role_id: null, everyone: flag(everyone) }),
  };
  const changes = {
    // The tags of one forum are none of another's.
    ...(channelId === undefined ? {} : { channel_id: channelId, parent_id: null, tag_id: null }),
    ...(tagId === undefined ? {} : { tag_id: tagId }),
    ...mention,
    ...(crosspost === undefined ? {} : { crosspost: flag(crosspost) }),
  };
  if (Object.keys(changes).length === 0) return {};
  const after = { ...draft, ...changes };
  const reach = readReach(after);
  const [fault] = reachFaults(after, reach);
  if (fault !== undefined) throw new UserError(fault);
  return { ...changes, ...(channelId === undefined ? {} : { parent_id: reach.channel?.parentId ?? null }) };
}

/**
 * Writes into a draft what the form brought, whether it can be posted like this or not: nobody's words are lost.
 * @throws UserError when it is no draft any more.
 */
export async function writeDraft(ctx: Context, by: Poster, id: string, content: Content): Promise<Announcement> {
  const draft = await requireAnnouncement(ctx.db, by, id);
  const { title, text: body, link, image } = tidyContent(content);
  return await change(ctx, draft, {
    title,
    text: body,
    link: link === '' ? null : link.slice(0, contentLimits.link),
    image_url: image === '' ? null : image.slice(0, contentLimits.image),
  });
}

async function change(
  ctx: Context,
  draft: Announcement,
  changes: Partial<
    Pick<
      Announcement,
      | 'title'
      | 'text'
      | 'link'
      | 'image_url'
      | 'at'
      | 'asked'
      | 'cron'
      | 'channel_id'
      | 'parent_id'
      | 'tag_id'
      | 'role_id'
      | 'everyone'
      | 'crosspost'
    >
  >,
): Promise<Announcement> {
  return await inTurn(ctx.db, draft.guild_id, async (trx) => {
    const isDone = await updateAnnouncement(trx, draft, ['draft'], changes, ctx.now());
    const after = await requireInGuild(trx, draft.guild_id, draft.id);
    if (!isDone) throw refusalOf(after);
    return after;
  });
}

/**
 * Throws a draft away.
 * @returns what it was.
 * @throws UserError when it is gone already, or no draft any more.
 */
export async function discardDraft(ctx: Context, by: Poster, id: string): Promise<Announcement> {
  return await inTurn(
    ctx.db,
    by.guildId,
    async (trx) => await discardDraftIn(trx, await requireAnnouncement(trx, by, id)),
  );
}

/** As `discardDraft`, in the caller's transaction. */
export async function discardDraftIn(trx: Trx, draft: Announcement): Promise<Announcement> {
  if (!(await deleteDraft(trx, draft.id))) throw refusalOf(draft);
  return draft;
}

/**
 * An announcement of the moderator's guild, in a channel that they see. Its id comes from the client: it counts only in
 * the guild where the moderator is one.
 * @throws UserError when there is none; the same one where it is not theirs to know of.
 */
export async function requireAnnouncement(db: Db, by: Poster, id: string): Promise<Announcement> {
  const announcement = await requireInGuild(db, by.guildId, id);
  if (!seesAnnouncement(by, announcement)) throw new UserError((t) => t.announcements.refused.gone);
  return announcement;
}

/** One that is known to be the moderator's business. @throws UserError when it is gone. */
export async function requireInGuild(db: Db, guildId: string, id: string): Promise<Announcement> {
  const announcement = await findAnnouncement(db, id);
  if (announcement?.guild_id !== guildId) throw new UserError((t) => t.announcements.refused.gone);
  return announcement;
}

/** Pure: whether an announcement is posted, but its message is known to be gone. */
export function isMessageGone({ state, failure }: Pick<Announcement, 'state' | 'failure'>): boolean {
  return state === 'posted' && failure === 'message-deleted';
}

/** Pure: why an announcement is not what a button took it for. */
export function refusalOf({ state }: Announcement): UserError {
  if (state === 'posted') return new UserError((t) => t.announcements.refused.alreadyPosted);
  if (state === 'scheduled') return new UserError((t) => t.announcements.refused.alreadyScheduled);
  return new UserError((t) =>
    state === 'cancelled' ? t.announcements.refused.alreadyCancelled : t.announcements.refused.changedSince,
  );
}
