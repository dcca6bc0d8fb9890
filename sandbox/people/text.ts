/** What a person reads: all text of a message or a form in reading order, one line for each piece. */
import type { APIMessage, APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import { walkComponents, type AnyComponent } from '../world/components.ts';

/** Everything that is written in a message: content, embeds, components, names of files. */
export function textOfMessage(message: APIMessage): string {
  const lines: (string | undefined | null)[] = [message.content];
  for (const embed of message.embeds ?? []) {
    lines.push(embed.author?.name, embed.title, embed.description);
    for (const field of embed.fields ?? []) lines.push(field.name, field.value);
    lines.push(embed.footer?.text);
  }
  for (const component of walkComponents(message.components)) lines.push(...textOfComponent(component));
  for (const attachment of message.attachments ?? []) lines.push(attachment.filename);
  return joined(lines);
}

/** Everything that is written in a form, with what it is filled in with. */
export function textOfModal(modal: APIModalInteractionResponseCallbackData): string {
  const lines: (string | undefined | null)[] = [modal.title];
  for (const component of walkComponents(modal.components)) lines.push(...textOfComponent(component));
  return joined(lines);
}

function textOfComponent(component: AnyComponent): (string | undefined)[] {
  return [
    component.content,
    component.label,
    component.description,
    component.placeholder,
    component.value,
    ...(component.options ?? []).flatMap(({ label, description }) => [label, description]),
  ];
}

function joined(lines: readonly (string | undefined | null)[]): string {
  return lines.filter(Boolean).join('\n');
}
