/** Recurring times in words, for cards and for suggestions. */
import { lacksTime, understandRepeat } from '../posts/announcements/repeat.ts';
import { fromCron, leastMinutesApart, listNextDue } from '../posts/due.ts';
import { shownAhead } from '../posts/limits.ts';
import { clip } from '../marks.ts';
import type { Instant } from '../time.ts';
import type { Texts } from '../texts/en.ts';
import { readPlan } from '../posts/rhythm.ts';
import { limits } from './limits.ts';
import type { Choice } from './replies.ts';

/** Suggestions before anything is typed. */
const repeatExamples = [
  'every Mon 09:00',
  'every Thu 18:00',
  'weekdays 08:00',
  'every other Mon 09:00',
  'first Mon of the month 09:00',
  'last day of the month 09:00',
];

/** Offered where the days are said and the time of day is not. */
const usualTimes = ['09:00', '12:00', '18:00'];

/** Pure: when a schedule posts: "Mondays at 09:00". */
export function describeCron(t: Texts, plan: string): string {
  const text = t.schedules.when;
  const { cron, rhythm } = readPlan(plan);
  const fields = /^(\d{1,2}) (\d{1,2}) (\S+) (\S+) (\S+)$/.exec(cron);
  const [, minute, hour, date = '', month = '', weekday = ''] = fields ?? [];
  const time = clock(hour, minute);
  const plain = fromCron(cron);
  if (plain && rhythm?.unit !== 'month') {
    if (rhythm?.unit === 'week') return text.everyWeeks(rhythm.every, plain.days, time);
    if (rhythm) return plain.days.length === 7 ? text.everyDays(rhythm.every, time) : text.cron(plan);
    if (plain.days.length === 7) return text.daily(time);
    if (plain.days.join() === '1,2,3,4,5') return text.weekdays(time);
    return text.days(plain.days, time);
  }
  if (!fields || month !== '*' || (rhythm && rhythm.unit !== 'month')) return text.cron(plan);
  const days = weekday === '*' ? datesIn(t, date) : date === '*' ? weekdaysIn(t, weekday) : undefined;
  if (!days) return text.cron(plan);
  return rhythm ? text.everyMonths(rhythm.every, days, time) : text.monthlyOn(days, time);
}

/** Days of a month in words; undefined for what a person would not have typed. */
function datesIn(t: Texts, field: string): readonly string[] | undefined {
  const text = t.schedules.when.inMonth;
  const days = field.split(',').map((each) => {
    if (each === 'L') return text.lastDay;
    if (each === 'LW') return text.lastWeekday;
    if (each === '1W') return text.firstWeekday;
    return /^\d{1,2}$/.test(each) ? text.day(each) : undefined;
  });
  return days.every((each) => each !== undefined) ? days : undefined;
}

function weekdaysIn(t: Texts, field: string): readonly string[] | undefined {
  const days = field.split(',').map((each) => {
    const [, day, nth = ''] = /^([0-6])#([1-4L])$/.exec(each) ?? [];
    return day === undefined
      ? undefined
      : t.schedules.when.inMonth.weekday(nth === 'L' ? 'last' : Number(nth), Number(day));
  });
  return days.every((each) => each !== undefined) ? days : undefined;
}

function clock(hour = '', minute = ''): string {
  return `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
}

/** Shows when something would come back. */
export function repeatChoices(t: Texts, typed: string, zone: string, now: Instant): Choice[] {
  const text = t.announcements;
  const wanted =
    typed.trim() === ''
      ? repeatExamples
      : lacksTime(typed, zone, now)
        ? usualTimes.map((time) => `${typed.trim()} ${time}`)
        : [typed];
  const choices = wanted.flatMap((each) => {
    const understood = understandRepeat(each, zone, now);
    if (understood.is === 'too-often')
      return [
        {
          name: clip(text.refused.repeatTooOften(leastMinutesApart), limits.choiceName),
          value: clip(each, limits.choiceName),
        },
      ];
    if (understood.is !== 'cron') return [];
    const times = listNextDue(understood.cron, zone, now, shownAhead).map((time) => t.words.shortMoment(zone, time));
    // An example is said in the reader's words; what somebody typed, in theirs.
    const said = typed.trim() === '' ? describeCron(t, understood.cron) : each.trim();
    const name = clip(`${said}: ${text.choice.repeats(times.join(' · '))}`, limits.choiceName);
    return [{ name, value: understood.cron }];
  });
  return choices.length > 0 ? choices : [{ name: text.choice.unknownRepeat, value: clip(typed, limits.choiceName) }];
}
