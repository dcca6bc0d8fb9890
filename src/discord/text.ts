import { deletedUser } from '../db/schema.ts';
import { showTyped, who } from '../marks.ts';
import type { Texts } from '../texts/en.ts';

// It stands below: also what rules refuse may quote what somebody typed.
export { showTyped };

const segmenter = new Intl.Segmenter();
/** What people see as one character (a family with skin tones, say) takes no more than this in the text. */
const longestCharacter = 64;

/** Pure: the beginning of what a person typed, made harmless, at most `room` characters long as shown. */
export function shorten(typed: string, room: number): string {
  const whole = showTyped(typed);
  if (whole.length <= room) return whole;
  // By what people see as characters, because half of one, or of an escape, is neither.
  // What follows the room is looked at too, so that a character across its border is seen whole.
  const near = typed.slice(0, Math.max(room, 0) + longestCharacter);
  const ends = Array.from(segmenter.segment(near), ({ index }) => index).filter((index) => index <= room);
  const upTo = (end: number) => `${showTyped(typed.slice(0, end).trimEnd())}…`;
  // The longest beginning that fits lies between these two.
  let [fits, tooLong] = [0, ends.length];
  while (tooLong - fits > 1) {
    const middle = Math.floor((fits + tooLong) / 2);
    if (upTo(ends[middle] ?? 0).length <= room) fits = middle;
    else tooLong = middle;
  }
  return fits === 0 ? '' : upTo(ends[fits] ?? 0);
}

/** Pure: a mention that leads to a person's profile on Discord; words for somebody who deleted their data. */
export function mention(t: Texts, userId: string): string {
  return userId === deletedUser ? t.notices.formerMember : who(userId);
}
