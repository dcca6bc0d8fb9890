import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import { customId } from '../custom-ids.ts';

/** Discord's limit on the label of a button, in characters. */
const labelLimit = 80;

/** A button; a label that is too long is cut. */
export function button(
  id: readonly [key: string, ...args: string[]],
  label: string,
  style: APIButtonComponentWithCustomId['style'] = ButtonStyle.Secondary,
): APIButtonComponentWithCustomId {
  const [key, ...args] = id;
  const shown = label.length > labelLimit ? `${label.slice(0, labelLimit - 1)}…` : label;
  return { type: ComponentType.Button, style, label: shown, custom_id: customId(key, ...args) };
}

/** Up to five buttons beside each other. */
export function row(
  ...components: APIButtonComponentWithCustomId[]
): APIActionRowComponent<APIButtonComponentWithCustomId> {
  return { type: ComponentType.ActionRow, components };
}
