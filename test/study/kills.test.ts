import { expect, test } from 'vitest';
import { type Death, play, stories } from './kills.ts';

/** A few of all deaths; every one: `npm run kills:groups`. */
const deaths: readonly (readonly [string, Death])[] = [
  ['the third yes', { at: 'answer', nth: 5 }],
  ['a session', { at: 'statement', nth: 60 }],
];

test('whoever deletes their data stands nowhere on Discord: in no thread, no message, and no list', async () => {
  const { seen } = await play(stories['somebody who deletes their data']!);
  expect(seen).toContain('Session');
  expect(seen).not.toContain('800000000000000011');
});

test.each(deaths)(
  'the bot dies in the middle of %s: afterwards all see what they would have seen',
  async (name, death) => {
    const story = stories[name]!;
    const { seen: expected } = await play(story);
    const { seen, died } = await play(story, death);
    expect(died).toBe(true);
    expect(seen).toBe(expected);
  },
);
