/** A calendar as a file (.ics, RFC 5545), by a library: what is in it replaces what an earlier file of ours brought. */
import ical, {
  ICalAlarmType,
  ICalCalendarMethod,
  ICalEventBusyStatus,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { withoutDirectionControls } from './marks.ts';
import { epochMs, type Instant } from './time.ts';

/** One thing in a calendar. */
export interface CalendarEntry {
  /** The same in every file, for as long as it is the same thing; unique in the world with `host`. */
  readonly uid: string;
  /** Larger with each change: a calendar keeps the largest. */
  readonly sequence: number;
  readonly title: string;
  readonly text?: string;
  readonly url?: string;
  /** A whole day (YYYY-MM-DD) is that day in every zone; a moment lasts so many minutes. */
  readonly at: { readonly day: string } | { readonly moment: Instant; readonly minutes: number };
  readonly status: 'confirmed' | 'tentative' | 'cancelled';
  /** Minutes before it begins at which the calendar says so. */
  readonly alarms?: readonly number[];
  /** Whether others see the time as taken. */
  readonly isBusy?: true;
}

/** Stands behind every uid: the bot has no address of its own. */
const host = 'preceptor.invalid';
const statuses = {
  confirmed: ICalEventStatus.CONFIRMED,
  tentative: ICalEventStatus.TENTATIVE,
  cancelled: ICalEventStatus.CANCELLED,
} as const;

/**
 * Pure: the file. Moments are in UTC, whole days have no hour and no zone, and only what says so makes anybody busy.
 * @param name of the calendar. @param madeAt stands in each entry as the moment at which it was written down.
 */
export function calendarFile(name: string, entries: readonly CalendarEntry[], madeAt: Instant): string {
  const calendar = ical({
    name,
    prodId: { company: 'Preceptor', product: 'Preceptor', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
  });
  for (const { uid, sequence, title: written, text, url, at, status, alarms = [], isBusy } of entries) {
    // Names and titles are what people made of them.
    const title = withoutDirectionControls(written);
    const isDay = 'day' in at;
    const start = isDay ? midnight(at.day, 0) : new Date(at.moment);
    const event = calendar.createEvent({
      id: `${uid}@${host}`,
      sequence,
      summary: title,
      start,
      end: isDay ? midnight(at.day, 1) : new Date(epochMs(at.moment) + at.minutes * 60_000),
      allDay: isDay,
      stamp: new Date(madeAt),
      status: statuses[status],
      busystatus: isBusy ? ICalEventBusyStatus.BUSY : ICalEventBusyStatus.FREE,
      transparency: isBusy ? ICalEventTransparency.OPAQUE : ICalEventTransparency.TRANSPARENT,
      ...(text === undefined ? {} : { description: withoutDirectionControls(text) }),
      ...(url === undefined ? {} : { url }),
    });
    for (const before of status === 'cancelled' ? [] : alarms) {
      event.createAlarm({ type: ICalAlarmType.display, trigger: before * 60, description: title });
    }
  }
  return calendar.toString();
}

function midnight(day: string, later: number): Date {
  return new Date(Date.parse(day) + later * 86_400_000);
}
