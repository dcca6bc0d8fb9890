import { ButtonStyle } from 'discord.js';
import { promptExams, promptSystems } from '../../content/library.ts';
import type { PromptEntry } from '../../posts/content/entries.ts';
import { button, row } from '../buttons.ts';
import type { Card } from '../replies.ts';
import { showTyped } from '../text.ts';
import { sourceLine } from './tip.ts';
import { embed } from '../embeds.ts';
import { keys } from '../keys.ts';
import type { Texts } from '../../texts/en.ts';

const names = new Map<string, string>([...promptExams, ...promptSystems].map(({ id, name }) => [id, name]));

/** What an exam or system is called. */
export function promptCategoryName(category: string): string {
  return names.get(category) ?? category;
}

/** Where a prompt is posted, and how many have done it. */
interface PromptFrame {
  readonly slotId: string;
  /** People who pressed "We did it". */
  readonly done: number;
}

/**
 * A prompt as it is posted: the question, and how to go about it; the key points behind a button, because one learns by
 * trying first. The buttons name what they need: they work as long as the post is there.
 * @param frame absent in a preview, which has no buttons.
 */
export function promptCard(t: Texts, prompt: PromptEntry, frame?: PromptFrame): Card {
  const text = t.content;
  const body = [
    `**${shown(prompt, prompt.question)}**`,
    text.card.how,
    ...(frame && frame.done > 0 ? [text.card.done(frame.done)] : []),
    // What we wrote we can vouch for; of what others wrote nobody can say that it is no exam question.
    `${prompt.from === 'guild' ? text.card.ownPrompt : text.card.own} ${text.card.integrity}`,
  ].join('\n\n');
  const parts = [prompt.exam, ...(prompt.system === undefined ? [] : [prompt.system])].map(promptCategoryName);
  return {
    embeds: [{ ...embed(t, text.card.promptTitle, body), author: { name: text.card.prompt(parts) } }],
    components: frame ? [buttons(t, prompt, frame)] : [],
  };
}

function buttons(t: Texts, prompt: PromptEntry, { slotId }: PromptFrame): NonNullable<Card['components']>[number] {
  const text = t.content;
  return row(
    button([keys.tip.points, prompt.from, prompt.id], text.card.showPoints, ButtonStyle.Primary),
    button([keys.tip.done, slotId], text.card.weDidIt),
  );
}

/** What a good answer has, a model answer, and why it matters: for whoever asks to see it. */
export function pointsCard(t: Texts, prompt: PromptEntry): Card {
  const text = t.content;
  const show = (own: string) => shown(prompt, own);
  const source = sourceLine(t, prompt);
  const body = [
    prompt.checkpoints.map((point, i) => `${i + 1}. ${show(point)}`).join('\n'),
    `**${text.points.answer}**\n${show(prompt.answer)}`,
    `**${text.points.why}**\n${show(prompt.why)}`,
    ...(source === undefined ? [] : [source]),
    ...(prompt.from === 'guild' ? [text.card.ownPrompt] : []),
  ].join('\n\n');
  return { embeds: [embed(t, text.points.title, body)] };
}

/** What a guild's members wrote is escaped; the library is our own. */
function shown({ from }: PromptEntry, words: string): string {
  return from === 'guild' ? showTyped(words) : words;
}
