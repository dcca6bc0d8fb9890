/**
 * Pure, like every file here but `edit.ts` and `area.ts`: when somebody can usually meet, as windows of their local week.
 * Meetings of pairs and study groups share it.
 */

/** Minutes of a local week, from Monday 00:00 on; `to` is not part of it. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** A day of the week; 0 is Monday. */
export type Day = number;

export const minutesOfDay = 24 * 60;
export const minutesOfWeek = 7 * minutesOfDay;
export const days: readonly Day[] = [0, 1, 2, 3, 4, 5, 6];
const weekend: readonly Day[] = [5, 6];

/** The parts of a day that the form has boxes for, in hours. */
export const dayParts = [
  { id: '05-08', from: 5, to: 8 },
  { id: '08-12', from: 8, to: 12 },
  { id: '12-15', from: 12, to: 15 },
  { id: '15-18', from: 15, to: 18 },
  { id: '18-21', from: 18, to: 21 },
  { id: '21-24', from: 21, to: 24 },
  { id: '00-03', from: 0, to: 3 },
] as const;
export type DayPart = (typeof dayParts)[number]['id'];

/** Every day from 08:00 to 22:00: when people are asked of whom nothing is known, or whose hours do not meet. */
export const daytime: readonly Window[] = days.map((day) => windowOn(day, 8 * 60, 22 * 60));

/** What the form asks. Days in `exact` have these windows instead of the boxes, in minutes of the week. */
interface WeekAnswers {
  readonly weekdays: readonly DayPart[];
  readonly weekend: readonly DayPart[];
  readonly notOn: readonly Day[];
  readonly exact: ReadonlyMap<Day, readonly Window[]>;
}

/** The window on a day, from and to minutes of that day. */
export function windowOn(day: Day, from: number, to: number): Window {
  return { from: day * minutesOfDay + from, to: day * minutesOfDay + to };
}

/** Windows in order, merged where they touch. A week begins anew on Monday: none goes beyond Sunday 24:00. */
export function tidy(windows: readonly Window[]): Window[] {
  const merged: Window[] = [];
  for (const window of windows.filter(({ from, to }) => from < to).toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    const last = merged.at(-1);
    if (last && window.from <= last.to)
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, window.to) };
    else merged.push(window);
  }
  return merged;
}

/** The windows that answers to the form mean. */
export function windowsOf({ weekdays, weekend: free, notOn, exact }: WeekAnswers): Window[] {
  return tidy(
    days.flatMap((day) => {
      const named = exact.get(day);
      if (named) return named;
      return notOn.includes(day) ? [] : boxesOn(day, weekend.includes(day) ? free : weekdays);
    }),
  );
}

/** The same, the other way: how the form is filled in so that it means these windows. */
export function answersOf(windows: readonly Window[]): WeekAnswers {
  const notOn = days.filter((day) => windowsOn(windows, day).length === 0);
  const boxes = (among: readonly Day[]) =>
    dayParts
      .filter(
        ({ from, to }) => among.length > 0 && among.every((day) => holds(windows, windowOn(day, from * 60, to * 60))),
      )
      .map(({ id }) => id);
  const used = (isWeekend: boolean) =>
    days.filter((day) => weekend.includes(day) === isWeekend && !notOn.includes(day));
  const answers = { weekdays: boxes(used(false)), weekend: boxes(used(true)) };
  const differs = (day: Day) => {
    const said = tidy(boxesOn(day, weekend.includes(day) ? answers.weekend : answers.weekdays));
    return JSON.stringify(said) !== JSON.stringify(windowsOn(windows, day));
  };
  const exact = days.filter((day) => !notOn.includes(day) && differs(day));
  return { ...answers, notOn, exact: new Map(exact.map((day) => [day, windowsOn(windows, day)])) };
}

/** What of the windows lies on a day. */
export function windowsOn(windows: readonly Window[], day: Day): Window[] {
  const { from, to } = windowOn(day, 0, minutesOfDay);
  return tidy(windows.map((window) => ({ from: Math.max(window.from, from), to: Math.min(window.to, to) })));
}

function boxesOn(day: Day, parts: readonly DayPart[]): Window[] {
  return dayParts.filter(({ id }) => parts.includes(id)).map(({ from, to }) => windowOn(day, from * 60, to * 60));
}

function holds(windows: readonly Window[], { from, to }: Window): boolean {
  return windows.some((window) => window.from <= from && to <= window.to);
}
