import { describe, expect, test } from 'vitest';
import { showTyped } from '../../src/discord/text.ts';
import { list } from '../../src/texts/en/words.ts';
import { clip, stamp } from '../../src/marks.ts';

const zeroWidthSpace = '\u200b';

describe('what people typed', () => {
  test.each([
    ['**bold** _it_ ~~no~~ `code` ||spoiler||', String.raw`\*\*bold\*\* \_it\_ \~\~no\~\~ \`code\` \|\|spoiler\|\|`],
    ['[here](https://example.com/steal)', String.raw`\[here\](https://example.com/steal)`],
    ['[here](<https://example.com>)', String.raw`\[here\](\<https://example.com\>)`],
    [
      '# big\n-# small\n- item\n> quote\n>>> all\n1. one',
      '\\# big\n\\-# small\n\\- item\n\\> quote\n\\>\\>\\> all\n1\\. one',
    ],
    ['<@123> <@&1> <#5> <t:0:R> </setup:1>', String.raw`\<@123\> \<@&1\> \<#5\> \<t:0:R\> \</setup:1\>`],
    ['@everyone and @HERE', `@${zeroWidthSpace}everyone and @${zeroWidthSpace}HERE`],
    [String.raw`\*`, String.raw`\\\*`],
    ['score - 5 # not a heading', 'score - 5 # not a heading'],
  ])('%j does nothing', (typed, shown) => {
    expect(showTyped(typed)).toBe(shown);
  });

  test('keeps bare addresses usable', () => {
    expect(showTyped('See https://www.ecfmg.org/a_b?c=d_e# now_')).toBe(
      String.raw`See https://www.ecfmg.org/a_b?c=d_e# now\_`,
    );
  });

  test('cannot turn the text after it around, nor push it off the screen', () => {
    expect(showTyped('a\u202eb\u2066c')).toBe('abc');
    expect(showTyped(`a${'\n'.repeat(50)}b`)).toBe('a\n\nb');
  });

  test('stays as it is in other scripts', () => {
    expect(showTyped('ڈاکٹر بننا · डॉक्टर · Ärztin')).toBe('ڈاکٹر بننا · डॉक्टर · Ärztin');
  });

  test('is at most twice as long', () => {
    for (const sign of ['*', '[', '<', '\\', '#', '- ', '1.\n']) {
      const typed = sign.repeat(200);
      expect(showTyped(typed).length).toBeLessThanOrEqual(typed.length * 2);
    }
  });
});

test('words are listed as people list them', () => {
  expect([list([]), list(['a']), list(['a', 'b']), list(['a', 'b', 'c'])]).toEqual(['', 'a', 'a and b', 'a, b, and c']);
});

test('moments are stamps in whole seconds', () => {
  expect(stamp('2026-11-23T12:00:00.999Z', 'R')).toBe('<t:1795435200:R>');
});

test('a text that is too long is cut with a mark, and never inside a character', () => {
  expect([clip('abc', 3), clip('abcd', 3), clip('a😀bc', 3)]).toEqual(['abc', 'ab…', 'a…']);
  const cut = clip('😀'.repeat(60), 100);
  expect(cut.isWellFormed()).toBe(true);
  expect(cut.length).toBeLessThanOrEqual(100);
});
