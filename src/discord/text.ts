import { deletedUser } from '../db/schema.ts';
import type { Texts } from '../texts/en.ts';
import { who, withoutDirectionControls } from '../marks.ts';

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

/** Pure: a mention that leads to a person's profile on Discord; words for somebody who deleted their data. */
export function mention(t: Texts, userId: string): string {
  return userId === deletedUser ? t.notices.formerMember : who(userId);
}
