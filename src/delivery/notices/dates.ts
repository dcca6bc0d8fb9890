import { dateById, journey as content } from '../../content/journey.ts';
import { findDateChange, listDatesOfGuilds } from '../../db/dates.ts';
import { findJourney, listGuildsOfJourney, listOwnDates } from '../../db/journeys.ts';
import { readDetail } from '../../db/notices/write.ts';
import { linkButton, row } from '../../discord/buttons.ts';
import { hostOf, pageOfDate, valueText, whenText } from '../../discord/cards/date.ts';
import { dayStamp, link } from '../../discord/cards/fact.ts';
import { showTyped } from '../../discord/text.ts';
import { daysUntil } from '../../journey/dates/reminders.ts';
import { reminds, showDates, withdrawnValue } from '../../journey/dates/view.ts';
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
