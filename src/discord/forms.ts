/** What forms are made of, and how their answers are read. Clients can send anything: a missing field counts as empty. */
import { type ModalSubmitInteraction, StringSelectMenuBuilder } from 'discord.js';

/** One option of a menu. */
export interface Entry {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
}

/** A required menu for a form, with some entries chosen already. */
export function chooser(
  id: string,
  entries: readonly Entry[],
  { most = 1, placeholder, chosen = [] }: { most?: number; placeholder?: string; chosen?: readonly string[] } = {},
): StringSelectMenuBuilder {
  const menu = new StringSelectMenuBuilder()
    .setCustomId(id)
    .setMinValues(1)
    .setMaxValues(Math.min(most, entries.length))
    .setRequired(true)
    .addOptions(
      entries.map((entry) => ({
        label: entry.name,
        value: entry.id,
        ...(entry.description === undefined ? {} : { description: entry.description }),
        ...(chosen.includes(entry.id) ? { default: true } : {}),
      })),
    );
  return placeholder === undefined ? menu : menu.setPlaceholder(placeholder);
}

/** The values chosen in a form's menu; none when there is no such menu. */
export function valuesIn(interaction: ModalSubmitInteraction, id: string): readonly string[] {
  const field = interaction.fields.fields.get(id);
  return field && 'values' in field && Array.isArray(field.values) ? field.values : [];
}

/** The text typed into a form's field; empty when there is no such field. */
export function textIn(interaction: ModalSubmitInteraction, id: string): string {
  const field = interaction.fields.fields.get(id);
  return field && 'value' in field && typeof field.value === 'string' ? field.value : '';
}
