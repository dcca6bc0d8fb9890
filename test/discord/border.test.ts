import { expect, test } from 'vitest';
import { cleanInput, cleanText } from '../../src/discord/border.ts';

test.each([
  ['plain', 'plain'],
  ['', ''],
  ['a\0b\0', 'ab'],
  ['half \ud83d of one', 'half  of one'],
  ['\ude00 begins and ends \ud83d', ' begins and ends '],
  ['whole \u{1f600} stays', 'whole \u{1f600} stays'],
  ['the wrong way \ude00\ud83d round', 'the wrong way  round'],
  ['one and a half \u{1f600}\ude00', 'one and a half \u{1f600}'],
  // Taking away what stands between two halves makes no character of them.
  ['\ud83d\0\ude00', ''],
  ['ﷺ e\u0301 \u200d', 'ﷺ e\u0301 \u200d'],
  ['Eve \u202egnp.exe\u202c', 'Eve gnp.exe'],
  ['\u2066\u2067\u2068\u2069\u202a\u202b\u202d', ''],
  // Joiners of names and emoji, and the marks of right-to-left writing.
  ['\u{1f469}\u200d\u2695\ufe0f and ک‌ی', '\u{1f469}\u200d\u2695\ufe0f and ک‌ی'],
  ['שלום\u200f!', 'שלום\u200f!'],
  ['\ud83d\u202e\ude00', ''],
])('%j is kept as %j', (typed, kept) => {
  const cleaned = cleanText(typed);
  expect(cleaned).toBe(kept);
  expect(cleaned.isWellFormed()).toBe(true);
  expect(cleanText(cleaned)).toBe(cleaned);
});

test.each([
  ['is being typed', true, 100],
  ['was sent', false, 2_000],
])('of an option that %s no more is read than any of ours can use, without half a character', (_, isTyped, most) => {
  const option = { name: 'timezone', value: `x${'\u{1f600}'.repeat(3_000)}` };
  const interaction = {
    isChatInputCommand: () => !isTyped,
    isAutocomplete: () => isTyped,
    isMessageComponent: () => false,
    isModalSubmit: () => false,
    isStringSelectMenu: () => false,
    options: { data: [{ name: 'edit', options: [option] }] },
  };
  cleanInput(interaction as never);
  expect(option.value.length).toBeLessThanOrEqual(most);
  expect(option.value.length).toBeGreaterThanOrEqual(most - 1);
  expect(option.value.isWellFormed()).toBe(true);
});
