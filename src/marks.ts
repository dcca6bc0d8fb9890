/** What is the same in every language: Discord's own marks for people and moments, and cutting text to a length. */
import { epochMs, type Instant } from './time.ts';

/** How a time stamp reads: `t` 16:20 · `d` 20/04/2026 · `D` 20 April 2026 · `f` both · `F` with the weekday · `R` in 3 days. */
type StampStyle = 't' | 'd' | 'D' | 'f' | 'F' | 'R';

/** Pure: a moment that Discord shows in each reader's own time zone and language. */
export function stamp(instant: Instant, style: StampStyle = 'f'): string {
  return `<t:${Math.floor(epochMs(instant) / 1000)}:${style}>`;
}

/** Pure: a member's name, as a link to their profile on Discord. */
export function who(userId: string): string {
  return `<@${userId}>`;
}

/** Characters that change the direction of what follows them, far beyond the text they came with. */
const directionControls = /[\u202a-\u202e\u2066-\u2069]/g;

/** Pure: a text that cannot turn around what stands behind it. Letters of every script keep their own direction. */
export function withoutDirectionControls(text: string): string {
  return text.replaceAll(directionControls, '');
}

/**
 * Pure: a text in so many characters (UTF-16 units), marked where it is cut, and never cut inside a character: Discord
 * does not take half of an emoji.
 */
export function clip(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
