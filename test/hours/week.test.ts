import { describe, expect, test } from 'vitest';
import { mostWindows, readExact, writeExact } from '../../src/hours/exact.ts';
import { answersOf, type DayPart, windowOn, windowsOf } from '../../src/hours/week.ts';
import { seededRandom } from '../support/context.ts';
import { makeSide } from './pairs.ts';

const nameOf = (day: number) => ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][day] ?? '';
const read = (typed: string) => {
  const understood = readExact(typed);
  return understood.is === 'hours' ? writeExact(understood.exact, nameOf) : `${understood.why}: ${understood.part}`;
};

describe('hours as typed', () => {
  test.each([
    ['Tue 19:00-21:30; Sat 9-12', 'Tue 19:00-21:30; Sat 09:00-12:00'],
    ['tuesday 7pm - 9:30pm', 'Tue 19:00-21:30'],
    ['Tue 7–9pm', 'Tue 19:00-21:00'],
    ['Sun 11-1pm', 'Sun 11:00-13:00'],
    ['Mon-Wed 18-20', 'Mon 18:00-20:00; Tue 18:00-20:00; Wed 18:00-20:00'],
    ['Sat-Mon: 9-10', 'Mon 09:00-10:00; Sat 09:00-10:00; Sun 09:00-10:00'],
    ['Mon, Thu 18-20, 21-22', 'Mon 18:00-20:00, 21:00-22:00; Thu 18:00-20:00, 21:00-22:00'],
    ['Tue 19-21, Sat 9-12', 'Tue 19:00-21:00; Sat 09:00-12:00'],
    ['Fri 22-24\nSat 0:00-2', 'Fri 22:00-24:00; Sat 00:00-02:00'],
    ['Thurs 20 to midnight', 'unknown-time: Thurs 20 to midnight'],
    ['Fri 10pm-12am', 'Fri 22:00-24:00'],
    ['', ''],
  ])('%j is understood as %j', (typed, understood) => {
    expect(read(typed)).toBe(understood);
  });

  test.each([
    ['Tue 25:00', 'unknown-time: Tue 25:00'],
    ['Tue 20-25', 'unknown-time: Tue 20-25'],
    ['Mon 9-10; Funday 9-10', 'unknown-day: Funday 9-10'],
    ['Fri 22-02', 'end-before-start: Fri 22-02'],
    ['Fri 9-9', 'end-before-start: Fri 9-9'],
    ['Fri', 'no-time: Fri'],
    ['9-12', 'unknown-day: 9-12'],
    ['Tue 13pm-14pm', 'unknown-time: Tue 13pm-14pm'],
    ['Tue 9:75-11', 'unknown-time: Tue 9:75-11'],
    ['💊 9-10', 'unknown-day: 💊 9-10'],
  ])('of %j the part that was not understood is named: %j', (typed, named) => {
    expect(read(typed)).toBe(named);
  });

  test('the 43rd window is one too many', () => {
    const hours = (n: number) =>
      Array.from({ length: n }, (_, i) => `Mon ${i % 23}:${i < 23 ? '00' : '30'}-${(i % 23) + 1}`);
    expect(readExact(hours(mostWindows).join('; ')).is).toBe('hours');
    expect(read(hours(mostWindows + 1).join('; '))).toMatch(/^too-many/);
  });
});

describe('the form', () => {
  test('means windows of the local week', () => {
    const weekdays: DayPart[] = ['18-21', '21-24'];
    const windows = windowsOf({
      weekdays,
      weekend: ['00-03'],
      notOn: [4],
      exact: new Map([[1, [windowOn(1, 60, 90)]]]),
    });
    expect(windows).toEqual([
      windowOn(0, 1080, 1440),
      windowOn(1, 60, 90),
      windowOn(2, 1080, 1440),
      windowOn(3, 1080, 1440),
      windowOn(5, 0, 180),
      windowOn(6, 0, 180),
    ]);
  });

  test('comes back filled in so that it means the same, whatever was saved', () => {
    const random = seededRandom(5);
    for (let n = 0; n < 300; n += 1) {
      const { windows } = makeSide(random, ['Etc/UTC']);
      if (!windows) continue;
      const answers = answersOf(windows);
      expect(windowsOf(answers)).toEqual(windows);
      const typed = readExact(writeExact(answers.exact, nameOf));
      if (typed.is === 'hours') expect(windowsOf({ ...answers, exact: typed.exact })).toEqual(windows);
      else expect.fail(typed.part);
    }
  });
});
