/** What a moderator sees before anything leaves the house: the announcement itself, what it will do, and the buttons. */
import { type APIButtonComponentWithCustomId, ButtonStyle } from 'discord.js';
import { zoneLabel } from '../../content/zones/index.ts';
import type { Announcement } from '../../db/announcements.ts';
import { findMember } from '../../db/members.ts';
import { findNotifyRole } from '../../db/notify.ts';
import { findFaults, originalOf } from '../../posts/announcements/confirm.ts';
import { bytesAtMost, showAnnounced, shownLimits } from '../../posts/announcements/content.ts';
import { type ReadReach, withOffers } from '../../posts/announcements/reach.ts';
import { listNextDue } from '../../posts/due.ts';
import { shownAhead } from '../../posts/limits.ts';
import { epochMs, type Instant } from '../../time.ts';
import { button, row } from '../../discord/buttons.ts';
import type { Card } from '../../discord/replies.ts';
import { announcementCard, postTitle } from '../../discord/cards/announcement.ts';
import { showTyped } from '../../discord/text.ts';
import { embed } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';
import type { ActContext } from '../../discord/command.ts';
import { clip, stamp } from '../../marks.ts';

/** Characters of the notes below a preview: with the announcement itself they stay below the 6,000 of all embeds. */
const notesLength = 1_500;

/**
 * An announcement as it is, for whoever may do something with it: nothing in it notifies anybody yet.
 * @param channelTexts in whose language it is posted: the guild's. What stands around it is in the viewer's.
 */
export async function previewCard(
  ctx: ActContext,
  channelTexts: Texts,
  announcement: Announcement,
  viewer: { readonly userId: string; readonly readReach: ReadReach; readonly guildName: string },
): Promise<Card> {
  const text = ctx.t.announcements.preview;
  const original = await originalOf(ctx.db, announcement);
  const isOpen = announcement.state === 'draft' || announcement.state === 'failed';
  const faults = isOpen
    ? findFaults(announcement, original, await withOffers(ctx.db, announcement.guild_id, viewer.readReach), ctx.now())
    : [];
  const lines = [
    ...(isOpen ? [faults.length > 0 ? text.notYet : exactness(ctx.t, original)] : []),
    ...(await details(ctx, announcement, original, viewer.userId, viewer.readReach)),
    ...(faults.length > 0 ? [text.faults, ...faults.map((fault) => text.fault(fault(ctx.t)))] : []),
    ...(announcement.state === 'draft' && !original ? [text.draftKept] : []),
  ];
  const notes = clip(lines.join('\n'), notesLength);
  return {
    ...exactCard(channelTexts, announcement, viewer.guildName, [
      embed(ctx.t, original ? text.changeTitle : titleOf(ctx.t, announcement), notes),
    ]),
    components: [
      ...(announcementCard(channelTexts, announcement, viewer.guildName).components ?? []),
      row(...buttonsOf(ctx.t, announcement, original, faults.length > 0)),
    ],
  };
}

/** The announcement as it will be, down to its signature; an empty one (nothing typed yet) is left out. */
function exactCard(t: Texts, announcement: Announcement, guildName: string, notes: NonNullable<Card['embeds']>): Card {
  const card = announcementCard(t, announcement, guildName);
  const isEmpty = announcement.title === '' && announcement.text === '';
  // What is too long to be posted is too long to be shown, too: its beginning says which text it is.
  const inBrief = (words = '', limit: number) =>
    clip(words, Buffer.byteLength(words) > bytesAtMost ? Math.min(limit, bytesAtMost / 4) : limit);
  const shown = (card.embeds ?? []).map(({ title, description, ...rest }) => ({
    ...rest,
    title: inBrief(title, shownLimits.title),
    description: inBrief(description, shownLimits.text),
  }));
  return { content: card.content ?? '', embeds: [...(isEmpty ? [] : shown), ...notes] };
}

function exactness(t: Texts, original: Announcement | undefined): string {
  const text = t.announcements.preview;
  if (!original) return text.exact;
  return original.state === 'posted' ? text.exactEdit : text.exactChange;
}

function titleOf(t: Texts, { state }: Announcement): string {
  const text = t.announcements.preview;
  return state === 'draft' ? text.title : text.standing(t.announcements.states[state]);
}

async function details(
  ctx: ActContext,
  announcement: Announcement,
  original: Announcement | undefined,
  viewerId: string,
  readReach: ReadReach,
): Promise<string[]> {
  const text = ctx.t.announcements.preview;
  const { forum } = readReach(announcement).channel ?? {};
  const channel = `<#${announcement.channel_id}>`;
  const tag = forum?.tags.find(({ id }) => id === announcement.tag_id)?.name;
  const title = postTitle(ctx.t, announcement.title);
  const shown = forum ? ctx.t.places.asOnePost(channel, showTyped(title), tag && showTyped(tag)) : channel;
  const lines = [text.where(shown)];
  if (announcement.crosspost === 1) lines.push(text.crosspost);
  if (original?.state !== 'posted') {
    const { everyone, role_id: roleId } = announcement;
    if (everyone === 1) lines.push(text.pingsEveryone);
    else if (roleId === null) lines.push(...(await pingsNobody(ctx, announcement)));
    else lines.push(text.pingsRole(`<@&${roleId}>`));
    lines.push(...(await timing(ctx, announcement, viewerId)));
  }
  if (announcement.state === 'failed') lines.push(text.failed(whyFailed(ctx.t, announcement)));
  return lines;
}

/** That it notifies nobody; before it is posted also whom it could, where members chose to hear of announcements. */
async function pingsNobody(ctx: ActContext, { guild_id: guildId, state }: Announcement): Promise<string[]> {
  const text = ctx.t.announcements.preview;
  const roleId = state === 'draft' ? await findNotifyRole(ctx.db, guildId, 'announcements') : undefined;
  return [text.pingsNobody, ...(roleId === undefined ? [] : [text.pingsNobodyYet(`<@&${roleId}>`)])];
}

/** Pure: why it was not posted, in words. */
export function whyFailed(t: Texts, { failure }: Announcement): string {
  const words: Readonly<Record<string, string>> = t.announcements.failures;
  return words[failure ?? ''] ?? t.announcements.failures.refused;
}

async function timing(ctx: ActContext, announcement: Announcement, viewerId: string): Promise<string[]> {
  const text = ctx.t.announcements.preview;
  const { at, cron, zone, asked, state } = announcement;
  const now = ctx.now();
  if (cron !== null) {
    const times = listNextDue(cron, zone, now, shownAhead);
    return [
      text.repeats(zoneLabel(zone, epochMs(now))),
      ...times.map((time) => text.repeatsAt(stamp(time, 'F'), ctx.t.words.moment(zone, time))),
    ];
  }
  if (at === null || (state === 'failed' && at <= now)) return [text.whenNow];
  const member = await findMember(ctx.db, announcement.guild_id, viewerId);
  // In the guild's zone, and in the moderator's own where it is known and another.
  const zones = [...new Set([zone, ...(member ? [member.zone] : [])])];
  return [
    text.when(stamp(at, 'F'), stamp(at, 'R')),
    ...zones.map((each) => text.whenIn(ctx.t.words.moment(each, at), zoneLabel(each, epochMs(at)))),
    ...(asked === null ? [] : [text.skipped(asked.slice(11))]),
  ];
}

function buttonsOf(
  t: Texts,
  announcement: Announcement,
  original: Announcement | undefined,
  isFaulty: boolean,
): APIButtonComponentWithCustomId[] {
  const text = t.announcements.preview;
  const { id, state, revision } = announcement;
  const edit = button([keys.announce.edit, id], text.edit);
  // What is done is reached from the list, and leads back to it.
  const back = button([keys.announce.page, '0'], text.back);
  if (state === 'posted') return [edit, back];
  if (state === 'cancelled') return [back];
  const cancel = button([keys.announce.cancel, id], text.cancel, ButtonStyle.Danger);
  if (state === 'scheduled') return [edit, cancel, back];
  const confirm = button(
    [keys.announce.post, id, String(revision)],
    confirmLabel(t, announcement, original),
    ButtonStyle.Success,
  );
  const drop =
    state === 'failed'
      ? cancel
      : button([keys.announce.discard, id], original ? text.discardChange : text.discard, ButtonStyle.Danger);
  return [...(isFaulty ? [] : [confirm]), edit, drop];
}

function confirmLabel(t: Texts, { state, at, cron }: Announcement, original: Announcement | undefined): string {
  const text = t.announcements.preview;
  if (original) return text.save;
  if (state === 'failed') return text.again;
  return at === null && cron === null ? text.post : text.schedule;
}

/** The question before words are lost, and the way back to them. */
export function sureCard(
  t: Texts,
  { id, title, changes_id: changesId }: Announcement,
  what: 'discard' | 'cancel',
): Card {
  const text = t.announcements.sure;
  const name = showTyped(showAnnounced(title));
  const question = what === 'cancel' ? text.cancel(name) : changesId === null ? text.discard(name) : text.change(name);
  const yes = what === 'cancel' ? keys.announce.cancelNow : keys.announce.discardNow;
  return {
    content: question,
    components: [
      row(
        button([yes, id], what === 'cancel' ? text.yesCancel : text.yesDiscard, ButtonStyle.Danger),
        button([keys.announce.open, id], text.keep),
      ),
    ],
  };
}

/** The second question before everyone is notified. @param channelTexts as for {@link previewCard}. */
export function everyoneCard(
  t: Texts,
  channelTexts: Texts,
  announcement: Announcement,
  guild: { readonly name: string; readonly people: number },
): Card {
  const { id, revision, channel_id: channelId } = announcement;
  const { everyone } = t.announcements;
  return {
    ...exactCard(channelTexts, announcement, guild.name, [
      embed(t, everyone.title, everyone.body(`<#${channelId}>`, guild.people)),
    ]),
    components: [
      row(
        button([keys.announce.everyone, id, String(revision)], everyone.yes, ButtonStyle.Danger),
        button([keys.announce.open, id], t.announcements.preview.back),
      ),
    ],
  };
}

/** Pure: what became of a confirmation. */
export function doneCard(t: Texts, announcement: Announcement, isChange: boolean, now: Instant): Card {
  const { done } = t.announcements;
  const { state, at, cron, zone } = announcement;
  const channel = `<#${announcement.channel_id}>`;
  const due = cron === null ? (at ?? now) : (listNextDue(cron, zone, now, 1)[0] ?? now);
  if (state === 'failed') {
    const again = [keys.announce.post, announcement.id, String(announcement.revision)] as const;
    return {
      content: done.savedFailed,
      components: [row(button(again, t.announcements.preview.again, ButtonStyle.Success))],
    };
  }
  if (isChange && state === 'posted') return { content: done.savedPosted(channel) };
  if (isChange) {
    return { content: cron === null ? done.savedScheduled(channel, stamp(due, 'F')) : done.savedRepeating(channel) };
  }
  if (cron !== null) return { content: done.repeating(channel, stamp(due, 'F')) };
  return { content: due <= now ? done.posting(channel) : done.scheduled(channel, stamp(due, 'F'), stamp(due, 'R')) };
}
