/** The border: text that people typed is cleaned once, before anything of ours sees it. */
import type { BaseInteraction, CommandInteractionOption } from 'discord.js';

/** NUL, which PostgreSQL refuses in any text, and halves of characters, which nothing can store or show. */
const unusable = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** Pure: a text without what no database or screen can hold. */
export function cleanText(text: string): string {
  return text.replaceAll(unusable, '');
}

/** Cleans an interaction in place: typed options, fields of a form, and custom ids, which a client may have made up. */
export function cleanInput(interaction: BaseInteraction): void {
  if (interaction.isChatInputCommand() || interaction.isAutocomplete()) cleanOptions(interaction.options.data);
  if (interaction.isMessageComponent() || interaction.isModalSubmit()) {
    Object.assign(interaction, { customId: cleanText(interaction.customId) });
  }
  if (interaction.isStringSelectMenu()) interaction.values = interaction.values.map(cleanText);
  if (interaction.isModalSubmit()) {
    for (const field of interaction.fields.fields.values()) cleanValue(field);
  }
}

function cleanOptions(options: readonly CommandInteractionOption[]): void {
  for (const option of options) {
    cleanValue(option);
    cleanOptions(option.options ?? []);
  }
}

function cleanValue(part: { value?: unknown; values?: unknown }): void {
  if (typeof part.value === 'string') part.value = cleanText(part.value);
  if (Array.isArray(part.values)) {
    part.values = part.values.map((value: unknown) => (typeof value === 'string' ? cleanText(value) : value));
  }
}
