/** The documented rules for the components of a message: Components → Component Reference. One walk over the tree. */
import { badLength, notAType, required, tooHigh, tooLong, type Fault, type Walk } from './faults.ts';
import * as limits from './limits.ts';
import { componentTypes as types, selectTypes } from '../types.ts';
import { reportScheme } from './schemes.ts';

/** A component that already has its shape. Which fields are there depends on its type. */
export interface Component {
  readonly type: number;
  readonly id?: number | null;
  readonly custom_id?: string | null;
  readonly components?: readonly Component[];
  readonly accessory?: Component;
  readonly component?: Component;
  readonly style?: number;
  readonly label?: string | null;
  readonly description?: string | null;
  readonly url?: string | null;
  readonly sku_id?: string | null;
  readonly emoji?: { readonly id?: string | null; readonly name?: string | null } | null;
  readonly options?: readonly SelectOption[];
  readonly default_values?: readonly unknown[] | null;
  readonly min_values?: number | null;
  readonly max_values?: number | null;
  readonly min_length?: number | null;
  readonly max_length?: number | null;
  readonly value?: string | null;
  readonly required?: boolean | null;
  readonly disabled?: boolean | null;
  readonly content?: string;
  readonly items?: readonly { readonly media: { readonly url: string } }[];
  readonly media?: { readonly url: string };
  readonly file?: { readonly url: string };
}

interface SelectOption {
  readonly value: string;
  readonly default?: boolean | null;
  readonly emoji?: Component['emoji'];
}

const LINK_STYLE = 5;
const PREMIUM_STYLE = 6;
const linkSchemes = ['http', 'https', 'discord'];
const mediaSchemes = ['http', 'https', 'attachment'];
const tooWide: Fault = {
  code: 'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
  message: 'The specified component exceeds the maximum width',
};

/** Names that have to be unique within one message or one form. */
export class Names {
  readonly #customIds = new Set<string>();
  readonly #ids = new Set<number>();

  check(component: Component, walk: Walk): void {
    const { custom_id: customId, id } = component;
    if (customId !== undefined && customId !== null) {
      if (this.#customIds.has(customId)) {
        const text = 'Component custom id cannot be duplicated';
        walk.report({ code: 'COMPONENT_CUSTOM_ID_DUPLICATED', message: text }, 'custom_id');
      }
      this.#customIds.add(customId);
    }
    // 0 means that none is given: Discord numbers the component itself.
    if (id) {
      if (this.#ids.has(id)) {
        walk.report({ code: 'COMPONENT_ID_DUPLICATED', message: 'Component id cannot be duplicated' }, 'id');
      }
      this.#ids.add(id);
    }
  }
}

/** Reports what Discord would refuse in the components of a message; `modern` when it has IS_COMPONENTS_V2. */
export function checkComponents(components: readonly Component[], modern: boolean, walk: Walk): void {
  walk.enter('components');
  if (!modern && components.length > limits.MAX_ACTION_ROWS) walk.report(badLength(1, limits.MAX_ACTION_ROWS));
  const names = new Names();
  let count = 0;
  let characters = 0;

  const visit = (component: Component): void => {
    count += 1;
    names.check(component, walk);
    if (component.type === types.actionRow) checkRow(component, walk);
    else if (component.type === types.button) checkButton(component, walk);
    else if (component.options || component.default_values || isSelect(component)) checkSelect(component, walk);
    else if (component.type === types.textDisplay) characters += component.content?.length ?? 0;
    else checkMedia(component, walk);
    for (const [index, child] of (component.components ?? []).entries()) {
      walk.enter('components');
      walk.at(index, () => visit(child));
      walk.leave();
    }
    const { accessory } = component;
    if (accessory) walk.at('accessory', () => visit(accessory));
  };

  for (const [index, component] of components.entries()) {
    if (!modern && component.type !== types.actionRow) {
      walk.report(notAType('type', [types.actionRow]), index, 'type');
      continue;
    }
    walk.at(index, () => visit(component));
  }
  if (modern && count > limits.MAX_COMPONENTS) walk.report(tooLong(limits.MAX_COMPONENTS));
  if (characters > limits.MAX_TEXT_DISPLAY_CHARACTERS) {
    const text = `The text of all components may have ${limits.MAX_TEXT_DISPLAY_CHARACTERS} characters at most`;
    walk.report({ code: 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED', message: text });
  }
  walk.leave();
}

/** A row holds up to five buttons, or one select menu. */
function checkRow(row: Component, walk: Walk): void {
  const children = row.components ?? [];
  const selectAt = children.findIndex(isSelect);
  if (selectAt >= 0 && children.length > 1) walk.report(tooWide, 'components', selectAt === 0 ? 1 : selectAt);
}

function checkButton(button: Component, walk: Walk): void {
  const hasCustomId = button.custom_id !== undefined && button.custom_id !== null;
  const hasUrl = button.url !== undefined && button.url !== null;
  if (hasCustomId && hasUrl) {
    const text = 'A custom id and url cannot both be specified';
    walk.report({ code: 'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE', message: text });
  } else if (button.style === LINK_STYLE) {
    if (hasCustomId) {
      walk.report({ code: 'BUTTON_COMPONENT_CUSTOM_ID_NOT_ALLOWED', message: 'A link has no custom id' }, 'custom_id');
    }
    if (!hasUrl) walk.report({ code: 'BUTTON_COMPONENT_URL_REQUIRED', message: 'A url is required' }, 'url');
  } else if (button.style === PREMIUM_STYLE) {
    if (!button.sku_id) walk.report(required, 'sku_id');
    if (hasCustomId || hasUrl || button.label || button.emoji) {
      const text = 'A premium button has nothing but its SKU';
      walk.report({ code: 'BUTTON_COMPONENT_PREMIUM_EXCLUSIVE', message: text });
    }
  } else {
    if (!hasCustomId) {
      walk.report({ code: 'BUTTON_COMPONENT_CUSTOM_ID_REQUIRED', message: 'A custom id is required' }, 'custom_id');
    }
    if (hasUrl) {
      walk.report({ code: 'BUTTON_COMPONENT_URL_NOT_ALLOWED', message: 'Only a link has a url' }, 'url');
    }
  }
  if (button.style !== PREMIUM_STYLE && !button.label && !button.emoji) {
    const text = 'A button needs a label or an emoji';
    walk.report({ code: 'BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED', message: text }, 'label');
  }
  reportScheme(button.url, linkSchemes, walk, 'url');
  checkEmoji(button.emoji, walk);
}

const isSelect = (component: Component): boolean => selectTypes.has(component.type);

/** Reports what does not go together in a select menu, or in the groups and uploads of a form. */
export function checkSelect(select: Component, walk: Walk): void {
  const { options } = select;
  const most = mostValues(select);
  const least = select.min_values ?? 1;
  if (least > most) walk.report(tooHigh(most), 'min_values');
  if (options && most > options.length) walk.report(badLength(most, limits.MAX_SELECT_OPTIONS), 'options');
  const chosen = options ? options.filter((option) => option.default).length : (select.default_values?.length ?? 0);
  if (chosen > most) walk.report(tooLong(most), options ? 'options' : 'default_values');
  if (!options && chosen > 0 && chosen < least) walk.report(badLength(least, most), 'default_values');
  const seen = new Set<string>();
  for (const [index, option] of (options ?? []).entries()) {
    if (seen.has(option.value)) {
      const text = 'The specified option value is already used';
      walk.report({ code: 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', message: text }, 'options', index, 'value');
    }
    seen.add(option.value);
    if (option.emoji) walk.at('options', () => walk.at(index, () => checkEmoji(option.emoji, walk)));
  }
}

function mostValues(select: Component): number {
  if (select.type === types.radioGroup) return 1;
  const standard = select.type === types.checkboxGroup ? (select.options?.length ?? 1) : 1;
  return select.max_values ?? standard;
}

/** Any pictograph, flag or keycap; Discord knows a list, this tells a symbol from a word such as `:smile:`. */
const emojiPattern = /\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3/u;

function checkEmoji(emoji: Component['emoji'], walk: Walk): void {
  if (!emoji || emoji.id) return;
  if (!emoji.name || !emojiPattern.test(emoji.name)) {
    walk.report({ code: 'BUTTON_COMPONENT_INVALID_EMOJI', message: 'Invalid emoji' }, 'emoji', 'name');
  }
}

function checkMedia(component: Component, walk: Walk): void {
  reportScheme(component.media?.url, mediaSchemes, walk, 'media', 'url');
  reportScheme(component.file?.url, ['attachment'], walk, 'file', 'url');
  for (const [index, item] of (component.items ?? []).entries()) {
    reportScheme(item.media.url, mediaSchemes, walk, 'items', index, 'media', 'url');
  }
}
