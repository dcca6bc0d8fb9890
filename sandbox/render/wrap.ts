import { stripVTControlCharacters } from 'node:util';

/** Two columns: East Asian wide characters and pictographs. An estimate; terminals differ on emoji. */
const wide = /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60\u{1F000}-\u{1FAFF}]/u;
/** No column of their own: combining marks, joiners and variation selectors. */
const narrow = /[\p{Mn}\p{Me}\u200B-\u200D\u2060]/u;

/** Columns that a text takes in a terminal; styling takes none. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of stripVTControlCharacters(text)) {
    if (narrow.test(character)) continue;
    width += wide.test(character) ? 2 : 1;
  }
  return width;
}

/** Breaks a line between words. A line that begins indented stays so; an address is never cut, so that it can be copied. */
export function wrap(line: string, width: number): string[] {
  if (widthOf(line) <= width) return [line];
  const indent = /^\s*(?:[•│>] )?/.exec(line)?.[0] ?? '';
  const hanging = ' '.repeat(widthOf(indent));
  const lines: string[] = [];
  let current = indent;
  let isEmpty = true;
  for (const word of line
    .slice(indent.length)
    .split(' ')
    .flatMap((each) => cut(each, width - hanging.length))) {
    if (!isEmpty && widthOf(current) + 1 + widthOf(word) > width) {
      lines.push(current);
      current = hanging;
      isEmpty = true;
    }
    current += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, current];
}

function cut(word: string, width: number): string[] {
  if (width < 1 || widthOf(word) <= width || word.includes('://')) return [word];
  const pieces: string[] = [];
  let piece = '';
  for (const character of stripVTControlCharacters(word)) {
    if (widthOf(piece + character) > width) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}
