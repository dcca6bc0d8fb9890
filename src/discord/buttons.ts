import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIButtonComponentWithURL,
  type APISelectMenuOption,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import { customId } from './custom-ids.ts';
import type { Key } from './keys.ts';
import { limits } from './limits.ts';
import { clip } from '../marks.ts';

/** A custom id in its parts. */
export type Id = readonly [key: Key, ...args: string[]];

/** A button; a label that is too long is cut. */
export function button(
  id: Id,
  label: string,
  style: APIButtonComponentWithCustomId['style'] = ButtonStyle.Secondary,
): APIButtonComponentWithCustomId {
  const [key, ...args] = id;
  return {
    type: ComponentType.Button,
    style,
    label: clip(label, limits.buttonLabel),
    custom_id: customId(key, ...args),
  };
}

/** A button that leads to an address; a label that is too long is cut. */
export function linkButton(url: string, label: string): APIButtonComponentWithURL {
  return { type: ComponentType.Button, style: ButtonStyle.Link, label: clip(label, limits.buttonLabel), url };
}

/** Up to five buttons beside each other. */
export function row<Button extends APIButtonComponentWithCustomId | APIButtonComponentWithURL>(
  ...components: Button[]
): APIActionRowComponent<Button> {
  return { type: ComponentType.ActionRow, components };
}

/** A menu in a row of its own; one entry is chosen unless `counts` says otherwise. */
export function menuRow(
  [key, ...args]: Id,
  placeholder: string,
  options: readonly APISelectMenuOption[],
  counts: { readonly least?: number; readonly most?: number } = {},
): APIActionRowComponent<APIStringSelectComponent> {
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: customId(key, ...args),
        placeholder,
        min_values: counts.least ?? 1,
        max_values: counts.most ?? 1,
        options: [...options],
      },
    ],
  };
}

/** Buttons that turn pages, counted from 0: only those that lead somewhere. */
export function pageTurns(
  at: number,
  pages: number,
  to: (page: number) => Id,
  labels: { readonly previous: string; readonly next: string },
): APIButtonComponentWithCustomId[] {
  return [
    ...(at > 0 ? [button(to(at - 1), labels.previous)] : []),
    ...(at + 1 < pages ? [button(to(at + 1), labels.next)] : []),
  ];
}
