import ICAL from 'ical.js';
import { sync } from 'node-ical';
import { describe, expect, test } from 'vitest';
import { type CalendarEntry, calendarFile } from '../src/calendar-file.ts';

const made = '2026-11-26T12:00:00.000Z';
const whole: CalendarEntry = { uid: 'residency-begins-2027', sequence: 0, title: 'Residency begins', at: { day: '2027-07-01' }, status: 'tentative' }; // prettier-ignore
const moment: CalendarEntry = {
  uid: 'rank-list-2027',
  sequence: 2,
  title: 'Rank order list is due; certified, not only saved',
  text: 'March 3, 21:00 Eastern\nRead at NRMP — “as written”, é, 日本',
  url: 'https://www.nrmp.org/match-calendars/',
  at: { moment: '2027-03-04T02:00:00.000Z', minutes: 0 },
  status: 'confirmed',
  alarms: [7 * 24 * 60, 24 * 60],
};

/** What two readers that know nothing of each other make of a file. */
function readBoth(file: string) {
  const first = new ICAL.Component(ICAL.parse(file)).getAllSubcomponents('vevent').map((component) => {
    const event = new ICAL.Event(component);
    const { startDate: start } = event;
    return {
      uid: event.uid,
      title: event.summary,
      text: event.description,
      sequence: event.sequence,
      status: component.getFirstPropertyValue('status'),
      isDay: start.isDate,
      start: start.isDate ? start.toString() : start.toJSDate().toISOString(),
      alarms: component.getAllSubcomponents('valarm').map((alarm) => String(alarm.getFirstPropertyValue('trigger'))),
    };
  });
  const second = Object.values(sync.parseICS(file)).flatMap((event) => {
    if (event?.type !== 'VEVENT') return [];
    const isDay = event.datetype === 'date';
    const start = event.start;
    const local = [start.getFullYear(), start.getMonth() + 1, start.getDate()].map((part) => String(part).padStart(2, '0')); // prettier-ignore
    return [{ uid: event.uid, title: event.summary, sequence: Number(event.sequence), status: event.status, isDay, start: isDay ? local.join('-') : start.toISOString() }]; // prettier-ignore
  });
  return { first, second };
}

describe('a calendar file', () => {
  test('is read alike by two parsers: moments in UTC, whole days as days, status, text and alarms', () => {
    const { first, second } = readBoth(calendarFile('Preceptor', [whole, moment], made));
    expect(first).toEqual([
      {
        uid: 'residency-begins-2027@preceptor.invalid',
        title: whole.title,
        text: null,
        sequence: 0,
        status: 'TENTATIVE',
        isDay: true,
        start: '2027-07-01',
        alarms: [],
      },
      {
        uid: 'rank-list-2027@preceptor.invalid',
        title: moment.title,
        text: moment.text,
        sequence: 2,
        status: 'CONFIRMED',
        isDay: false,
        start: '2027-03-04T02:00:00.000Z',
        alarms: ['-P7D', '-P1D'],
      },
    ]);
    expect(second).toEqual(first.map(({ text: _text, alarms: _alarms, ...rest }) => rest));
  });

  test('keeps a whole day whole in every zone of whoever reads it', () => {
    const before = process.env['TZ'];
    const file = calendarFile('Preceptor', [whole], made);
    expect(file).toMatch(/DTSTART;VALUE=DATE:20270701/);
    try {
      for (const zone of ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kathmandu', 'America/New_York', 'UTC']) {
        process.env['TZ'] = zone;
        expect(calendarFile('Preceptor', [whole], made)).toBe(file);
        const { first, second } = readBoth(file);
        expect(first.map(({ start }) => start)).toEqual(['2027-07-01']);
        expect(second.map(({ start }) => start)).toEqual(['2027-07-01']);
      }
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });

  test('replaces what was moved: the same uid with a larger sequence; and takes back what was withdrawn', () => {
    const moved = { ...moment, sequence: 3, at: { moment: '2027-03-11T02:00:00.000Z', minutes: 0 } } as const;
    const [old, now] = [readBoth(calendarFile('P', [moment], made)), readBoth(calendarFile('P', [moved], made))];
    expect(now.first[0]!.uid).toBe(old.first[0]!.uid);
    expect(now.first[0]!.sequence).toBeGreaterThan(old.first[0]!.sequence);
    expect(now.second[0]!.start).toBe('2027-03-11T02:00:00.000Z');
    const { first } = readBoth(calendarFile('P', [{ ...moved, sequence: 4, status: 'cancelled' }], made));
    expect(first[0]).toMatchObject({ status: 'CANCELLED', sequence: 4, alarms: [] });
  });

  test('is plain text of short lines, whatever was typed into it', () => {
    const typed = {
      ...moment,
      title: 'OET\r\nATTENDEE:mailto:x@example.org'.padEnd(300, 'é'),
      text: undefined,
    } as never;
    const file = calendarFile('P', [typed], made);
    for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(readBoth(file).first).toHaveLength(1);
    expect(file).not.toMatch(/^ATTENDEE/m);
    // A name cannot turn around what stands behind it.
    const turned = calendarFile('P', [{ ...moment, title: 'Ham\u202eza', text: 'with \u2066Sana' }], made);
    expect(turned).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
    expect(turned).toContain('Hamza');
  });
});
