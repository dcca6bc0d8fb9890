/** How often an announcement comes back: what a moderator typed, as a cron expression. */
import { findCronFault, readTime, toCron, type Weekday, weekdays } from '../due.ts';
import type { Instant } from '../../time.ts';

/** What was typed, understood; `too-often` for what a schedule may not be. */
export type UnderstoodRepeat =
  { readonly is: 'cron'; readonly cron: string } | { readonly is: 'unknown' | 'too-often' | 'never' };

const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const name = /^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?$/;

/**
 * Pure: `Mon 18:00`, `every Monday and Thursday at 6pm`, `daily 09:00`, `weekdays 09:00`, `monthly 1 09:00` (the day of the
 * month), or a cron expression of five fields.
 * @param zone IANA name.
 */
export function understandRepeat(typed: string, zone: string, now: Instant): UnderstoodRepeat {
  const text = typed.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  const cron = friendly(text) ?? (text.split(' ').length === 5 ? text : undefined);
  if (cron === undefined) return { is: 'unknown' };
  const fault = findCronFault(cron, zone, now);
  if (fault === undefined) return { is: 'cron', cron };
  return { is: fault === 'unreadable' ? 'unknown' : fault };
}

function friendly(text: string): string | undefined {
  const match = /^(?:every |each |on )?(.*?),?(?: at)? (\d{1,2}(?:[:.]\d\d)? ?(?:[ap]m)?)$/.exec(text);
  // A bare number is a day or a field of a cron expression rather than an hour.
  const time = match && /[:.apm]/.test(match[2] ?? '') ? readTime(match[2] ?? '') : undefined;
  if (!match || !time) return undefined;
  const when = match[1] ?? '';
  if (when === 'day' || when === 'daily') return toCron({ days: weekdays, ...time });
  if (/^weekdays?$/.test(when)) return toCron({ days: [1, 2, 3, 4, 5], ...time });
  const day = /^(?:month(?:ly)?(?: on)?(?: the)?|the) (\d{1,2})(?:st|nd|rd|th)?(?: of (?:the|each|every) month)?$/.exec(
    when,
  )?.[1];
  if (day !== undefined) {
    // The 29th to 31st are left out by some months, and nobody means that.
    return Number(day) >= 1 && Number(day) <= 28 ? `${time.minute} ${time.hour} ${Number(day)} * *` : undefined;
  }
  const words = when.replace(/^weekly(?: on)? /, '').split(/ ?, ?(?:and )?| and | /);
  if (words.length === 0 || !words.every((word) => name.test(word))) return undefined;
  const days = words.map((word) => names.indexOf(word.slice(0, 3)) as Weekday);
  return toCron({ days: [...new Set(days)], ...time });
}
