/** What comes back, in words: for cards, and for whoever types it. */
import { understandRepeat } from '../posts/announcements/repeat.ts';
import { fromCron, leastMinutesApart, listNextDue } from '../posts/due.ts';
import { shownAhead } from '../posts/limits.ts';
import { clip } from '../marks.ts';
import type { Instant } from '../time.ts';
import type { Texts } from '../texts/en.ts';
import { limits } from './limits.ts';
import type { Choice } from './replies.ts';

/** What is suggested when nothing is typed yet. */
const repeatExamples = ['every Mon 09:00', 'every Thu 18:00', 'weekdays 08:00', 'monthly 1 09:00'];

/** Pure: when a schedule posts: "Mondays at 09:00". */
export function describeCron(t: Texts, cron: string): string {
  const text = t.schedules;
  const monthly = /^(\d{1,2}) (\d{1,2}) (\d{1,2}) \* \*$/.exec(cron);
  if (monthly) return text.when.monthly(monthly[3] ?? '', clock(monthly[2], monthly[1]));
  const plain = fromCron(cron);
  if (!plain) return text.when.cron(cron);
  const time = clock(String(plain.hour), String(plain.minute));
  if (plain.days.length === 7) return text.when.daily(time);
  if (plain.days.join() === '1,2,3,4,5') return text.when.weekdays(time);
  return text.when.days(plain.days, time);
}

function clock(hour = '', minute = ''): string {
  return `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
}

/** Shows when something would come back. */
export function repeatChoices(t: Texts, typed: string, zone: string, now: Instant): Choice[] {
  const text = t.announcements;
  const wanted = typed.trim() === '' ? repeatExamples : [typed];
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
