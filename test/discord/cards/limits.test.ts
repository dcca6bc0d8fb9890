import type { APIEmbed } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { promptLimits, prompts, tipLimits, tips } from '../../../src/content/library.ts';
import { pointsCard, promptCard } from '../../../src/discord/cards/prompt.ts';
import { tipCard } from '../../../src/discord/cards/tip.ts';
import type { Card } from '../../../src/discord/replies.ts';
import { type PromptEntry, seeLimit, type TipEntry } from '../../../src/posts/content/entries.ts';
import { texts as english } from '../../../src/texts/en.ts';

/** Discord's limits, in UTF-16 units, and the bytes beyond which it answers with an error of its own. */
const limits = { title: 256, description: 4_096, author: 256, all: 6_000, bytes: 10_000 };

/** How much of Discord's limits the embeds of some cards take. */
function expectWithin(...cards: readonly Card[]): void {
  const embeds = cards.flatMap((card): APIEmbed[] => card.embeds ?? []);
  for (const { title = '', description = '', author } of embeds) {
    expect(title.length).toBeLessThanOrEqual(limits.title);
    expect(description.length).toBeLessThanOrEqual(limits.description);
    expect(author?.name.length ?? 0).toBeLessThanOrEqual(limits.author);
  }
  const words = embeds.map(({ title, description, author }) => `${title}${description}${author?.name}`).join('');
  expect(words.length).toBeLessThanOrEqual(limits.all);
  expect(Buffer.byteLength(words)).toBeLessThanOrEqual(limits.bytes);
}

const fill = (sign: string, most: number) => sign.repeat(Math.floor(most / sign.length));

const tipOf = (sign: string): TipEntry => ({
  from: 'guild',
  id: 'x',
  category: 'personal-statement-and-letters',
  title: fill(sign, tipLimits.title),
  text: fill(sign, tipLimits.text),
  see: { name: 'x', url: `https://x.example/${'_'.repeat(seeLimit - 18)}` },
});

const promptOf = (sign: string): PromptEntry => ({
  from: 'guild',
  id: 'x',
  exam: 'step-2-ck',
  question: fill(sign, promptLimits.question),
  checkpoints: Array.from({ length: promptLimits.checkpoints }, () => fill(sign, promptLimits.checkpoint)),
  answer: fill(sign, promptLimits.answer),
  why: fill(sign, promptLimits.why),
});

describe('cards stay within what Discord takes', () => {
  test('for every entry of the library', () => {
    expect(tips().length + prompts().length).toBeGreaterThan(0);
    for (const tip of tips()) expectWithin(tipCard(english, { ...tip, from: 'library' }));
    for (const prompt of prompts()) {
      const entry: PromptEntry = { ...prompt, from: 'library' };
      expectWithin(promptCard(english, entry, { slotId: 'x'.repeat(12), done: 999_999 }));
      expectWithin(pointsCard(english, entry));
    }
  });

  test.each([
    ['signs that are all escaped', '*'],
    ['mentions', '@everyone '],
    ['Urdu', 'ڈاکٹر '],
    ['emoji', '🩺'],
    ['Chinese', '醫'],
  ])('for the longest entry of a guild, full of %s', (_, sign) => {
    expectWithin(tipCard(english, tipOf(sign)));
    // The preview of a prompt shows both at once.
    expectWithin(promptCard(english, promptOf(sign)), pointsCard(english, promptOf(sign)));
  });
});
