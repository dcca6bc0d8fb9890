import { type Announcement, countAnnouncements, listAnnouncements } from '../../db/announcements.ts';
import { findSchedule } from '../../db/schedules.ts';
import type { Poster } from '../../posts/announcements/reach.ts';
import { sightOf } from '../../posts/announcements/sight.ts';
import { showAnnounced } from '../../posts/announcements/content.ts';
import { button, pageTurns, row } from '../../discord/buttons.ts';
import type { Card } from '../../discord/replies.ts';
import { mention, showTyped } from '../../discord/text.ts';
import { whyFailed } from './preview.ts';
import { pageOf } from '../../pages.ts';
import { embed } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';
import type { ActContext } from '../../discord/command.ts';
import { stamp } from '../../marks.ts';

/** Announcements on one page: as many as one row has buttons. */
const pageSize = 5;

/**
 * One page of the announcements that a moderator may know of; the last one there is when the page asked for is beyond it.
 * @param page from 0; from a custom id, so possibly nonsense.
 */
export async function listCard(ctx: ActContext, by: Poster, page: number): Promise<Card> {
  const text = ctx.t.announcements.list;
  const sight = await sightOf(ctx.db, by);
  const count = await countAnnouncements(ctx.db, by.guildId, sight);
  if (count === 0) return { content: text.empty };
  const { page: at, pages, offset } = pageOf(count, page, pageSize);
  const first = offset + 1;
  const shown = await listAnnouncements(ctx.db, by.guildId, sight, { offset, limit: pageSize });
  const entries: string[] = [];
  for (const [i, announcement] of shown.entries()) entries.push(await entry(ctx, announcement, first + i));
  const title = pages > 1 ? `${text.title} · ${text.page(at + 1, pages)}` : text.title;
  const turns = pageTurns(at, pages, (to) => [keys.announce.page, String(to)], text);
  return {
    embeds: [embed(ctx.t, title, entries.join('\n\n'))],
    components: [
      row(...shown.map(({ id }, i) => button([keys.announce.open, id], text.open(first + i)))),
      ...(turns.length > 0 ? [row(...turns)] : []),
    ],
  };
}

async function entry(ctx: ActContext, announcement: Announcement, place: number): Promise<string> {
  const { states } = ctx.t.announcements;
  const { at } = announcement;
  const isUnderWay = announcement.state === 'scheduled' && at !== null && at <= ctx.now();
  const state = isUnderWay ? states.posting : states[announcement.state];
  const where = `<#${announcement.channel_id}>`;
  return `${ctx.t.announcements.list.entry(place, state, shownTitle(ctx.t, announcement))}\n${where} · ${await standing(ctx, announcement)}`;
}

/** Pure: an announcement's title where it is one of several: as typed, without formatting. */
function shownTitle(t: Texts, { title }: Announcement): string {
  return title === '' ? t.announcements.list.untitled : showTyped(showAnnounced(title));
}

async function standing(ctx: ActContext, announcement: Announcement): Promise<string> {
  const text = ctx.t.announcements.list;
  const { state, at, cron, updated_at: changed, posted_at: postedAt, message_id: messageId } = announcement;
  if (state === 'draft') return text.draft(mention(ctx.t, announcement.author_id), stamp(changed, 'R'));
  if (state === 'failed') return whyFailed(ctx.t, announcement);
  if (state === 'cancelled') return stamp(changed, 'f');
  if (state === 'posted') {
    if (announcement.failure === 'message-deleted') return text.messageDeleted(stamp(postedAt ?? changed, 'f'));
    const where = announcement.posted_in ?? announcement.channel_id;
    const url = `https://discord.com/channels/${announcement.guild_id}/${where}/${messageId ?? ''}`;
    return text.posted(stamp(postedAt ?? changed, 'f'), text.message(url));
  }
  if (cron === null) return at === null ? stamp(changed, 'f') : text.scheduled(stamp(at, 'F'), stamp(at, 'R'));
  const { guild_id: guildId, schedule_id: scheduleId } = announcement;
  const schedule = scheduleId === null ? undefined : await findSchedule(ctx.db, guildId, scheduleId);
  if (!schedule) return text.repeatRemoved;
  return schedule.next_due_at === null ? text.repeatPaused : text.repeating(stamp(schedule.next_due_at, 'F'));
}
