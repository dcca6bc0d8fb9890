/**
 * A language made of English, for the tests: every letter of ours wears an accent, so that whatever is still plain has not
 * come through the catalogue. Names of languages and countries, dates and lists are Ukrainian, the locale that it is
 * mapped to: the runtime's own.
 */
import { texts as english, type Texts } from '../../src/texts/en.ts';
import { wordsOf } from '../../src/texts/words.ts';

export const pseudoLocale = 'uk';

const plain = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const accented = 'áƀçđéƒğħíĵķłɱñóþʠřšŧúṽŵẋýžÁɃÇĐÉƑĞĦÍĴĶŁⱮÑÓÞɊŘŠŦÚṼŴẊÝŽ';
const accents = new Map(Array.from(plain, (letter, i) => [letter, Array.from(accented)[i] ?? letter]));

/** Mentions, time stamps, addresses and Discord's own marks: not words. */
const kept = /<[@#t:&!/][^>]*>|https?:\/\/\S+/g;

/** Pure: a text with an accent on every letter. What wears one already stays as it is. */
export function accentuate(text: string): string {
  let result = '';
  let from = 0;
  for (const match of text.matchAll(kept)) {
    result += accentLetters(text.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  return result + accentLetters(text.slice(from));
}

function accentLetters(text: string): string {
  return text.replaceAll(/[A-Za-z]/g, (letter) => accents.get(letter) ?? letter);
}

/** A whole catalogue in the made language: texts, and what functions make of what they are given. */
function translate<T>(part: T): T {
  if (typeof part === 'string') return accentuate(part) as T;
  if (typeof part === 'function') {
    return ((...given: unknown[]) => translate((part as (...args: unknown[]) => unknown)(...given))) as T;
  }
  if (Array.isArray(part)) return part.map((each: unknown) => translate(each)) as T;
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, translate(value)])) as T;
}

export const pseudo: Texts = { ...translate(english), locale: pseudoLocale, words: wordsOf(pseudoLocale) };
