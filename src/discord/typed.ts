import type { BaseInteraction } from 'discord.js';
import type { Texts } from '../texts/en.ts';
import { wordsIn } from './form-again.ts';
import type { Card } from './replies.ts';
import { limits } from './limits.ts';

/** Shorter than this, in characters, is typed again sooner than copied. */
const worthKeeping = 15;
const fence = '```';

/**
 * Pure: why a form was refused, and what had been typed into it: Discord closes the form, and nobody likes to type a page
 * twice. In a block that is copied as it was typed; as a file where it is too long for that, or would end the block.
 */
export function withTyped(t: Texts, interaction: BaseInteraction, why: string): Card {
  const typed = typedIn(interaction);
  if (typed.length < worthKeeping) return { content: why };
  const content = [why, t.common.typed].join('\n\n').trim();
  const block = `${content}\n${fence}\n${typed}\n${fence}`;
  if (block.length <= limits.content && !typed.includes(fence)) return { content: block };
  return { content, files: [{ name: t.common.typedFile, attachment: Buffer.from(`${typed}\n`) }] };
}

/** The texts of a form, in its order, or of options that were noted. What was chosen is quickly chosen again. */
function typedIn(interaction: BaseInteraction): string {
  if (!interaction.isModalSubmit()) return wordsIn(interaction).join('\n\n');
  return [...interaction.fields.fields.values()]
    .map((field) => ('value' in field && typeof field.value === 'string' ? field.value.trim() : ''))
    .filter((value) => value !== '')
    .join('\n\n');
}
