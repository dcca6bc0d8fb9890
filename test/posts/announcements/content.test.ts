import { describe, expect, test } from 'vitest';
import {
  bytesAtMost,
  contentLimits,
  faultsOf,
  readAddress,
  showAnnounced,
  tidyContent,
} from '../../../src/posts/announcements/content.ts';

const content = { title: 'Office hours', text: 'On Monday.', link: '', image: '' };

describe('addresses', () => {
  test.each([
    ['https://www.nrmp.org/match?year=2027#dates', 'https://www.nrmp.org/match?year=2027#dates'],
    ['HTTPS://ECFMG.org', 'https://ecfmg.org/'],
    // A look-alike of a Latin name, in Cyrillic, is shown as what it is.
    ['https://еcfmg.org', 'https://xn--cfmg-u4d.org/'],
  ])('%s is shown as %s', (typed, shown) => {
    expect(readAddress(typed, 512)).toBe(shown);
  });

  test.each([
    'http://nrmp.org',
    'nrmp.org',
    'javascript:alert(1)',
    'data:text/html,x',
    'https://',
    'https://localhost/',
    'https://nrmp.org@evil.example/',
    'https://user:word@nrmp.org/',
    'discord://invite',
    'https://nrmp.org./',
    ` https://nrmp.org/${'a'.repeat(512)}`,
  ])('%s is none', (typed) => {
    expect(readAddress(typed, 512)).toBeUndefined();
  });
});

describe('words of a moderator', () => {
  test.each([
    ['[Apply here](https://evil.example)', '[Apply here]\\(https://evil.example)'],
    ['[https://nrmp.org](https://evil.example "nrmp")', '[https://nrmp.org]\\(https://evil.example "nrmp")'],
    [
      '[a](<https://evil.example>) [b](https://two.example)',
      '[a]\\(<https://evil.example>) [b]\\(https://two.example)',
    ],
    ['\\[a](https://evil.example)', '\\[a]\\(https://evil.example)'],
    ['![image](https://evil.example)', '![image]\\(https://evil.example)'],
    ['[a\\](https://evil.example)](https://evil.example)', '[a\\]\\(https://evil.example)]\\(https://evil.example)'],
  ])('a link that hides its address is taken apart: %s', (typed, shown) => {
    expect(showAnnounced(typed)).toBe(shown);
  });

  test('formatting, lists, time stamps and channels stay', () => {
    const text = '**Bold** _it_ # no\n- one\n- two\n> quote\n<t:1790000000:F> <#123> https://nrmp.org/(a)';
    expect(showAnnounced(text)).toBe(text);
  });

  test('marks that turn the text around what follows are dropped; Arabic and Urdu stay as they are', () => {
    expect(showAnnounced('\u202eevil\u202c \u2067a\u2069 \u202db')).toBe('evil a b');
    const arabic = 'مرحبا بالجميع، الموعد يوم الاثنين ١٨:٠٠ (USMLE) \u200f';
    const urdu = 'خوش آمدید — میچ کے نتائج جمعہ کو';
    expect([showAnnounced(arabic), showAnnounced(urdu)]).toEqual([arabic, urdu]);
  });

  test('are kept without space around them; a title is one line', () => {
    expect(tidyContent({ title: ' A \n title ', text: '\r\n one\r\n\r\ntwo ', link: ' ', image: '' })).toEqual({
      title: 'A title',
      text: 'one\n\ntwo',
      link: '',
      image: '',
    });
  });
});

describe('limits', () => {
  test('the longest title and text are fine, one character more is not', () => {
    const most = { ...content, title: 'a'.repeat(contentLimits.title), text: 'b'.repeat(contentLimits.text) };
    expect(faultsOf(most)).toEqual([]);
    expect(faultsOf({ ...most, title: `${most.title}a`, text: `${most.text}b` })).toEqual([
      'title-too-long',
      'text-too-long',
    ]);
  });

  test('nothing to see is nothing, whatever it is made of', () => {
    for (const nothing of ['', ' \n', '\u200b\u200f\u2800', '\u202e\u2066', '\u3164']) {
      expect(faultsOf({ ...content, title: nothing, text: nothing })).toEqual(['title-missing', 'text-missing']);
    }
  });

  test('4,000 emoji are too long; as many as fit are within the bytes that Discord takes', () => {
    expect(faultsOf({ ...content, text: '🩺'.repeat(4_000) })).toEqual(['text-too-long']);
    const fits = '🩺'.repeat(contentLimits.text / 2);
    expect(faultsOf({ ...content, text: fits })).toEqual([]);
    expect(Buffer.byteLength(fits)).toBeLessThanOrEqual(bytesAtMost);
  });

  test('Arabic and Urdu of full length fit; Chinese, at three bytes a letter, is refused before Discord fails over it', () => {
    expect(faultsOf({ ...content, title: 'م'.repeat(150), text: 'ے'.repeat(3_500) })).toEqual([]);
    expect(faultsOf({ ...content, text: '医'.repeat(2_900) })).toEqual([]);
    expect(faultsOf({ ...content, text: '医'.repeat(3_500) })).toEqual(['text-too-heavy']);
  });

  test('a text that taking links apart makes too long is refused', () => {
    expect(faultsOf({ ...content, text: ']('.repeat(1_750) })).toEqual(['text-too-long']);
  });
});
