/** Somebody's dates as a calendar file, which is written down: who has a date in a file is told when it moves. */
import { type CalendarEntry, calendarFile } from '../../calendar-file.ts';
import { journey as content } from '../../content/journey.ts';
import type { Context } from '../../context.ts';
import { listDatesOfGuilds } from '../../db/dates.ts';
import { upsertJourneyDate } from '../../db/journeys.ts';
import { inTurn } from '../../guild/turn.ts';
import { findMine } from './remind.ts';
import { showDates, type ShownDate, valueOf, withdrawnValue } from './view.ts';

/** Minutes of a day, and how long a moment is drawn in a calendar. */
const [dayMinutes, momentMinutes] = [1_440, 0];

/** How the file says things. */
interface FileWords {
  /** Of the calendar, with the day on which it was made. */
  readonly name: string;
  readonly expected: (date: ShownDate) => string;
  readonly announced: (date: ShownDate) => string;
}

/**
 * The file, and how many entries it has; undefined when somebody has no road.
 * @param withExpected whether dates that are only expected stand in it, marked as tentative.
 */
export async function writeDateFile(
  ctx: Context,
  userId: string,
  words: FileWords,
  withExpected: boolean,
): Promise<{ readonly text: string; readonly count: number } | undefined> {
  return await inTurn(ctx.db, userId, async (trx) => {
    const now = ctx.now();
    const mine = await findMine(trx, userId, now);
    if (!mine) return undefined;
    const entries: CalendarEntry[] = [];
    for (const date of mine.dates) {
      const entry = entryOf(date, mine.journey.reminder_days, words, withExpected);
      if (!entry) continue;
      entries.push(entry);
      if (date.stated && date.standing !== 'expected')
        await upsertJourneyDate(trx, userId, date.id, { told: valueOf(date.stated) });
    }
    // What an earlier file brought and the authority has withdrawn is taken back.
    const all = showDates(content().dates, await listDatesOfGuilds(trx, mine.guilds), now);
    for (const date of all.filter(({ standing }) => standing === 'withdrawn')) {
      const mark = mine.marks.get(date.id);
      const entry = typeof mark?.told === 'string' ? entryOf(date, [], words, false) : undefined;
      if (!entry) continue;
      if (!entries.some(({ uid }) => uid === entry.uid)) entries.push(entry);
      await upsertJourneyDate(trx, userId, date.id, { told: withdrawnValue });
    }
    for (const own of mine.own) {
      entries.push({
        uid: `own-${own.id}`,
        sequence: own.sequence,
        title: own.title,
        at: own.at === null ? { day: own.day } : { moment: own.at, minutes: momentMinutes },
        status: 'confirmed',
        alarms: own.reminder_days.map((days) => days * dayMinutes),
      });
    }
    return { text: calendarFile(words.name, entries, now), count: entries.length };
  });
}

function entryOf(
  date: ShownDate,
  days: readonly number[],
  words: FileWords,
  withExpected: boolean,
): CalendarEntry | undefined {
  const { stated, standing, known, source, sequence, id, isStale } = date;
  if (!stated || standing === 'passed' || (standing === 'expected' && !withExpected)) return undefined;
  const isExpected = standing === 'expected';
  return {
    uid: id,
    sequence,
    title: known.title,
    text: (isExpected ? words.expected : words.announced)(date),
    url: source,
    // Of a date that nobody has read on the page the day alone is worth a line in a calendar.
    at: stated.at === null ? { day: stated.day } : { moment: stated.at, minutes: momentMinutes },
    status: standing === 'withdrawn' ? 'cancelled' : isExpected ? 'tentative' : 'confirmed',
    alarms: isExpected || isStale ? [] : days.map((each) => each * dayMinutes),
  };
}
