import { dateById, journey as content } from '../../content/journey.ts';
import { type DatePost, listDatesOfPost } from '../../db/date-posts.ts';
import { findDateChange, type GuildDate, listDatesOfGuilds, listGuildDates } from '../../db/dates.ts';
import { findJourney, listGuildsOfJourney, listOwnDates } from '../../db/journeys.ts';
import { findNotifyRole } from '../../db/notify.ts';
import { readDetail } from '../../db/notices/write.ts';
import { button, linkButton, row } from '../../discord/buttons.ts';
import { dateTitle, hostOf, pageOfDate, valueText, whenText } from '../../discord/cards/date.ts';
import { dayStamp, link } from '../../discord/cards/fact.ts';
import { post } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import { showTyped } from '../../discord/text.ts';
import { isMatchQuiet } from '../../guild/match-week.ts';
import { tellUnposted } from '../../guild/unposted.ts';
import { isPostLate } from '../../journey/dates/post.ts';
import { daysUntil } from '../../journey/dates/reminders.ts';
import { endOf } from '../../journey/dates/stated.ts';
import { reminds, showDates, statedOf, valueOf, withdrawnValue } from '../../journey/dates/view.ts';
import type { Texts } from '../../texts/en.ts';
import type { PostSource } from './posting.ts';
import { letter, type Render, subjectOf } from './scene.ts';

/** To somebody whose dates come nearer: all of one day together. What has become uncertain since is left out. */
export const datesSoon: Render = async (scene) => {
  const { ctx, t, notice } = scene;
  if (notice.user_id === null) return undefined;
  const text = t.deadlines.notice;
  const { dates, own } = readDetail('dates-soon', notice);
  const rows = await listDatesOfGuilds(ctx.db, await listGuildsOfJourney(ctx.db, notice.user_id));
  const shown = new Map(showDates(content().dates, rows, ctx.now()).map((date) => [date.id, date]));
  const theirs = new Map((await listOwnDates(ctx.db, notice.user_id)).map((date) => [date.id, date]));
  const zone = (await findJourney(ctx.db, notice.user_id))?.zone;
  if (zone === undefined) return undefined;
  const isOld = notice.message_id !== null;
  const lines = [
    ...dates.flatMap(({ id }) => {
      const date = shown.get(id);
      // A message that was sent once stays what it is; a new one says nothing that no longer holds.
      if (!date?.stated || (!isOld && !reminds(date))) return [];
      const when = whenText(t, date.stated);
      const days = daysUntil(ctx.now(), date.stated, date.stated.at, zone);
      return [[text.in(days, date.known.title, when), date.known.note, `-# ${text.source(pageOfDate(date), dayStamp(date.checked))}`].join('\n')]; // prettier-ignore
    }),
    ...own.flatMap(({ id }) => {
      const date = theirs.get(id);
      return date ? [text.in(daysUntil(ctx.now(), date, date.at, zone), showTyped(date.title), whenText(t, date))] : [];
    }),
  ];
  if (lines.length === 0) return undefined;
  return await letter(scene, text.soonTitle(lines.length), [...lines, text.soonEnd].join('\n\n'));
};

/** To somebody who was told of a date, has it in a file, or waits for it: it is another one now, or none. */
export const dateChanged: Render = async (scene) => {
  const { t } = scene;
  const text = t.deadlines.notice;
  const change = await subjectOf(scene, findDateChange);
  const known = change && dateById().get(change.date_id);
  if (!change || !known) return undefined;
  const [before, after] = [readValue(change.old), readValue(change.new)];
  const page = text.source(link({ name: hostOf(change.source), url: change.source }), dayStamp(change.at.slice(0, 10)));
  const was = before === undefined ? '' : valueText(t, before);
  const more = { components: [row(linkButton(change.source, hostOf(change.source)))] };
  if (after === undefined || after === withdrawnValue) {
    const body = [text.withdrawn(known.title, was), page, text.newFile].join('\n\n');
    return await letter(scene, text.withdrawnTitle, body, more);
  }
  const now = valueText(t, after);
  const isNew = before === undefined;
  const said = isNew ? text.announced(known.title, now) : text.moved(known.title, was, now);
  const title = isNew ? text.announcedTitle : text.movedTitle;
  return await letter(scene, title, [said, page, text.newFile].join('\n\n'), more);
};

function readValue(stored: string | null): string | undefined {
  const value: unknown = stored === null ? undefined : JSON.parse(stored);
  return typeof value === 'string' ? value : undefined;
}

/** The notice kind `dates-post`: its subject is a post, and what it names. Nobody answers for it but the bot. */
export const datesPost: PostSource = {
  async charge({ ctx, guild }) {
    const { id, dates_channel_id: channelId } = guild;
    const roleId = await findNotifyRole(ctx.db, id, 'deadlines');
    if (channelId === null || roleId === undefined) return undefined;
    return { channelId, by: null, saysWords: false, notifies: { roleId, isOffered: true } };
  },
  async find({ ctx, t, guild, notice }, isQuiet) {
    const named = await listDatesOfPost(ctx.db, notice.subject_id ?? '');
    const [first] = named;
    // What stands in a channel is corrected there, also where nothing is posted any more.
    const isThere = notice.message_id !== null;
    const channelId = guild.dates_channel_id ?? notice.channel_id;
    if (!first || channelId === null || (guild.dates_channel_id === null && !isThere)) return undefined;
    const now = ctx.now();
    const stale = isPostLate(first.due_at, now) ? 'late' : isMatchQuiet(guild, now) ? 'match-week' : undefined;
    if (!isThere && stale !== undefined) return { channelId, card: {}, crosspost: false, stale };
    const rows = await listGuildDates(ctx.db, guild.id);
    const shown = new Map(showDates(content().dates, rows, now).map((date) => [date.id, date]));
    const holds = ({ date_id: id, value }: DatePost): boolean => {
      const date = shown.get(id);
      return date?.stated !== undefined && reminds(date) && valueOf(date.stated) === value;
    };
    const said = isThere ? named : named.filter(holds);
    if (said.length === 0) return undefined;
    const lines = said.map((each) => namedLine(t, each, rows.find(({ date_id: id }) => id === each.date_id))); // prettier-ignore
    const text = t.datesPost;
    const card = post(t, text.title(said.length), [...lines, text.end].join('\n\n'), {
      components: [row(button([keys.deadlines.door], text.button))],
    });
    const roleId = isQuiet ? undefined : await findNotifyRole(ctx.db, guild.id, 'deadlines');
    const addressed = roleId === undefined ? {} : { content: `<@&${roleId}>`, allowedMentions: { roles: [roleId] } };
    return { channelId, card: { ...card, ...addressed }, crosspost: false };
  },
  delivered: () => Promise.resolve(),
  dropped: () => Promise.resolve(),
  failed: (trx, ctx, notice, why, channelId) => tellUnposted(trx, ctx, notice.guild_id, why, channelId),
};

/** A date as a post names it; and, where it became another before it was over, what it was and is. */
function namedLine(t: Texts, { date_id: id, value, days }: DatePost, now: GuildDate | undefined): string {
  const text = t.deadlines.notice;
  const title = dateTitle(id);
  const was = valueText(t, value);
  const source = now ? text.source(pageOfDate(now), dayStamp(now.checked)) : '';
  const isCurrent = now?.state !== 'withdrawn' && now !== undefined && valueOf(now) === value;
  if (!now || isCurrent || endOf(statedOf(value)) <= now.changed_at) return t.datesPost.date(days, title, was, source);
  const said = now.state === 'withdrawn' ? text.withdrawn(title, was) : text.moved(title, was, valueText(t, valueOf(now))); // prettier-ignore
  return `${said}\n-# ${source}`;
}
