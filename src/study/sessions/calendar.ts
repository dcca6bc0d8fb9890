import { calendarFile, type CalendarEntry } from '../../calendar-file.ts';
import type { Context } from '../../context.ts';
import type { StudyGroup } from '../../db/study/groups.ts';
import { listComingSessions } from '../../db/study/sessions.ts';
import { epochMs } from '../../time.ts';
import { nextTimes } from '../times.ts';

/** How many sessions of each group the file holds. */
const sessionsAhead = 4;

/**
 * The next sessions of groups as a calendar file; undefined when none is known. One that was called off is taken back by
 * the next file, since each keeps its uid.
 */
export async function sessionsFile(
  ctx: Context,
  groups: readonly { readonly group: StudyGroup; readonly title: string }[],
  name: string,
): Promise<string | undefined> {
  const entries: CalendarEntry[] = [];
  for (const { group, title } of groups) {
    const { zone, times, minutes } = group;
    const coming = await listComingSessions(ctx.db, group.id, ctx.now());
    const states = new Map(coming.map((session) => [session.starts_at, session.state]));
    const weekly =
      zone !== null && group.state === 'active' ? nextTimes({ zone, times }, epochMs(ctx.now()), sessionsAhead) : [];
    const moments = new Set([...weekly.map((at) => new Date(at).toISOString()), ...states.keys()]);
    for (const moment of [...moments].toSorted()) {
      const isOff = states.get(moment) === 'called-off';
      entries.push({
        uid: `session-${group.id}-${epochMs(moment)}`,
        sequence: isOff ? 1 : 0,
        title,
        at: { moment, minutes },
        status: isOff ? 'cancelled' : 'confirmed',
        alarms: [10],
        isBusy: true,
      });
    }
  }
  return entries.length === 0 ? undefined : calendarFile(name, entries, ctx.now());
}
