/** Hours as people type them: `Tue 19:00-21:30; Sat 9-12`. */
import { type Day, days, minutesOfDay, type Window, windowOn, windowsOn } from './week.ts';

/** How many windows may be typed: six for each day. */
export const mostWindows = 42;

/** Why a part was not understood. */
type ExactProblem = 'unknown-day' | 'unknown-time' | 'no-time' | 'end-before-start' | 'too-many';

/** What was typed, understood; or the part that was not, and why. */
export type Understood =
  | { readonly is: 'hours'; readonly exact: ReadonlyMap<Day, readonly Window[]> }
  | { readonly is: 'problem'; readonly part: string; readonly why: ExactProblem };

class NotUnderstood extends Error {
  readonly why: ExactProblem;
  constructor(why: ExactProblem) {
    super(why);
    this.why = why;
  }
}

const english = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const longNames = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/**
 * Reads hours: parts with a semicolon or a new line between them, each days (`Tue`, `Mon-Fri`, `Mon, Wed`) and times
 * (`19:00-21:30`, `7-9pm`, several with commas).
 * @param names the days in the reader's language, from Monday; English is always understood.
 */
export function readExact(typed: string, names: readonly string[] = []): Understood {
  const exact = new Map<Day, Window[]>();
  let count = 0;
  // `Tue 19-21, Sat 9-12` are two parts as well.
  const parts = typed.replaceAll(/(\d(?:\s*[ap]m)?)\s*,\s*(?=\p{L})/giu, '$1;');
  for (const part of parts.split(/[;\n]/).map((each) => each.trim())) {
    if (part === '') continue;
    try {
      const { on, times } = readPart(
        part,
        names.map((name) => fold(name)),
      );
      count += on.length * times.length;
      if (count > mostWindows) throw new NotUnderstood('too-many');
      for (const day of on) {
        exact.set(day, [...(exact.get(day) ?? []), ...times.map(([from, to]) => windowOn(day, from, to))]);
      }
    } catch (error) {
      if (error instanceof NotUnderstood) return { is: 'problem', part, why: error.why };
      throw error;
    }
  }
  return { is: 'hours', exact };
}

function readPart(part: string, names: readonly string[]) {
  const [, typedDays = '', typedTimes = ''] = /^([^\d]*)(.*)$/s.exec(fold(part).replaceAll(/[–—−]/g, '-')) ?? [];
  const on = readDays(typedDays.replace(/:\s*$/, ''), names);
  const times = typedTimes
    .split(/,|\band\b/)
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map((each) => readTimes(each));
  if (times.length === 0) throw new NotUnderstood('no-time');
  return { on, times };
}

function readDays(typed: string, names: readonly string[]): readonly Day[] {
  const found: Day[] = [];
  for (const each of typed.split(/,|\band\b/).map((day) => day.trim())) {
    if (each === '') continue;
    const [first = '', last = first, more] = each.split(/\s*-\s*|\s+to\s+/);
    const from = readDay(first, names);
    const to = readDay(last, names);
    if (more !== undefined) throw new NotUnderstood('unknown-day');
    // From Saturday to Monday goes over the end of the week.
    for (let step = 0; step <= (to - from + 7) % 7; step += 1) found.push((from + step) % 7);
  }
  if (found.length === 0) throw new NotUnderstood('unknown-day');
  return [...new Set(found)];
}

function readDay(typed: string, names: readonly string[]): Day {
  const word = typed.replace(/\.$/, '');
  const day = days.find((each) => {
    const long = longNames[each] ?? '';
    return word === names[each] || (word.length >= 3 && long.startsWith(word)) || word === `${english[each]}s`;
  });
  if (day === undefined) throw new NotUnderstood('unknown-day');
  return day;
}

function readTimes(typed: string): readonly [number, number] {
  const match = /^(\d{1,2})(?:[:.h](\d\d))?\s*([ap]m)?\s*(?:-|to)\s*(\d{1,2})(?:[:.h](\d\d))?\s*([ap]m)?$/.exec(typed);
  if (!match) throw new NotUnderstood('unknown-time');
  const [, fromHour, fromMinute, fromHalf, toHour, toMinute, toHalf] = match;
  // In `7-9pm` both are in the afternoon; in `11-1pm` the first is not.
  let from = minuteOf(fromHour, fromMinute, fromHalf ?? toHalf);
  const to = minuteOf(toHour, toMinute, toHalf, true);
  if (fromHalf === undefined && toHalf !== undefined && from >= to) from = minuteOf(fromHour, fromMinute, 'am');
  if (from >= to) throw new NotUnderstood('end-before-start');
  return [from, to];
}

/** @param isEnd midnight at the end of a day is 24:00, or 0:00 and 12am as people write it. */
function minuteOf(hour = '', minute = '0', half?: string, isEnd = false): number {
  const typed = Number(hour);
  if (half !== undefined && (typed < 1 || typed > 12)) throw new NotUnderstood('unknown-time');
  const inDay = half === undefined ? typed : (typed % 12) + (half === 'pm' ? 12 : 0);
  const at = inDay * 60 + Number(minute);
  if (Number(minute) > 59 || at > minutesOfDay || (!isEnd && at === minutesOfDay))
    throw new NotUnderstood('unknown-time');
  return isEnd && at === 0 ? minutesOfDay : at;
}

/**
 * Windows of days, as `readExact` reads them again: `Tue 19:00-21:30; Sat 09:00-12:00`.
 * @param nameOf a day's name in the reader's language.
 */
export function writeExact(exact: ReadonlyMap<Day, readonly Window[]>, nameOf: (day: Day) => string): string {
  return [...exact]
    .toSorted(([a], [b]) => a - b)
    .map(([day, windows]) => `${nameOf(day)} ${writeTimes(windows, day).join(', ')}`)
    .join('; ');
}

/** The times of a day's windows: `19:00-21:30`. */
export function writeTimes(windows: readonly Window[], day: Day): string[] {
  const start = day * minutesOfDay;
  return windowsOn(windows, day).map(({ from, to }) => `${clock(from - start)}-${clock(to - start)}`);
}

/** A minute of a day as clocks show it; the last is 24:00. */
export function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim();
}
