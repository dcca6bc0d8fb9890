/** What is the same in every language: Discord's own marks for people and moments, what somebody typed, and cutting text to a length. */
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

/** Breaks a word for Discord's parser without a person seeing it. */
const zeroWidthSpace = '\u200b';

/** A bare address stays as it is, so that it can be followed; signs that could start formatting end it. */
const address = /https?:\/\/[\w.:/?&=%+,;!$'#-]+/gi;

/** Signs that mean something to Discord's Markdown wherever they stand; `<` also begins mentions and time stamps. */
const formatting = /[\\*_~`|[\]<>]/g;

/** What makes a heading, subtext, list or quote at the beginning of a line. */
const lineStart = /^([ \t]*)(#{1,3}|-#?|\+|\d{1,9}(?=\.))/gm;

/**
 * Pure: what a person typed, to be shown as they typed it: no formatting, masked links, mentions, headings, lists or
 * quotes come into being. At most twice as long as the text itself, and an eighth more where it is all mentions.
 */
export function showTyped(text: string): string {
  const tidy = withoutDirectionControls(text).replaceAll(/(\r?\n){3,}/g, '\n\n');
  let shown = '';
  let from = 0;
  for (const match of tidy.matchAll(address)) {
    shown += escape(tidy.slice(from, match.index), from === 0) + match[0];
    from = match.index + match[0].length;
  }
  return shown + escape(tidy.slice(from), from === 0);
}

/** @param atStart whether the piece begins the text: otherwise its first character is not at the start of a line. */
function escape(piece: string, atStart: boolean): string {
  // A sign in front hides the start of a piece that continues a line.
  const guarded = atStart ? piece : `.${piece}`;
  const escaped = guarded
    .replaceAll(formatting, String.raw`\$&`)
    .replaceAll(lineStart, (_, space: string, sign: string) =>
      // `1.` becomes `1\.`: a backslash before a digit would be shown.
      /^\d/.test(sign) ? `${space}${sign}\\` : `${space}\\${sign}`,
    )
    .replaceAll(/@(?=everyone|here)/gi, `@${zeroWidthSpace}`);
  return atStart ? escaped : escaped.slice(1);
}

/**
 * Pure: a text in so many characters (UTF-16 units), marked where it is cut, and never cut inside a character: Discord
 * does not take half of an emoji.
 */
export function clip(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
