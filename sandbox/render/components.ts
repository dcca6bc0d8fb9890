/** Buttons, menus, forms and layout as text. Everything that can be pressed or chosen stands in square brackets. */
import { formatInline, formatMarkdown } from './markdown.ts';
import { bold, DEFAULT_WIDTH, dim, type View } from './view.ts';
import { wrap, widthOf } from './wrap.ts';

export interface ShownOption {
  readonly label: string;
  readonly value: string;
  readonly description?: string | null;
  readonly default?: boolean | null;
}

/** The parts of a component that show; which are there depends on its type. */
export interface ShownComponent {
  readonly type: number;
  readonly custom_id?: string | null;
  readonly components?: readonly ShownComponent[];
  readonly accessory?: ShownComponent;
  readonly component?: ShownComponent;
  readonly label?: string | null;
  readonly description?: string | null;
  readonly style?: number;
  readonly url?: string | null;
  readonly emoji?: { readonly name?: string | null } | null;
  readonly placeholder?: string | null;
  readonly options?: readonly ShownOption[];
  readonly min_values?: number | null;
  readonly max_values?: number | null;
  readonly max_length?: number | null;
  readonly value?: string | null;
  readonly default?: boolean | null;
  readonly required?: boolean | null;
  readonly disabled?: boolean | null;
  readonly content?: string;
  readonly items?: readonly { readonly media: { readonly url: string }; readonly description?: string | null }[];
  readonly media?: { readonly url: string };
  readonly file?: { readonly url: string };
}

/** Components → Component Reference. */
export const shownTypes = {
  row: 1,
  button: 2,
  stringSelect: 3,
  textInput: 4,
  userSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
  section: 9,
  text: 10,
  thumbnail: 11,
  gallery: 12,
  file: 13,
  separator: 14,
  container: 17,
  label: 18,
  fileUpload: 19,
  radioGroup: 21,
  checkboxGroup: 22,
  checkbox: 23,
} as const;

const LINK = 5;
const PARAGRAPH = 2;

/** The lines of one top-level component, no wider than `width`. */
export function renderComponent(component: ShownComponent, view: View, width = view.width ?? DEFAULT_WIDTH): string[] {
  const types = shownTypes;
  switch (component.type) {
    case types.row:
      return renderRow(component.components ?? [], view, width);
    case types.text:
      return paragraphs(component.content ?? '', view, width);
    case types.section: {
      const texts = (component.components ?? []).flatMap((each) => renderComponent(each, view, width));
      return [...texts, ...(component.accessory ? renderComponent(component.accessory, view, width) : [])];
    }
    case types.container:
      return boxed((component.components ?? []).flatMap((each) => renderComponent(each, view, width - 2)));
    case types.separator:
      return ['─'.repeat(Math.min(width, 40))];
    case types.thumbnail:
      return [`(picture: ${component.description ?? nameOf(component.media?.url)})`];
    case types.gallery:
      return (component.items ?? []).map((item) => `(picture: ${item.description ?? nameOf(item.media.url)})`);
    case types.file:
      return [`(file: ${nameOf(component.file?.url)})`];
    case types.label:
      return renderField(component, view, width);
    default:
      return renderRow([component], view, width);
  }
}

/** A left edge around lines that belong together: an embed or a container. */
export function boxed(lines: readonly string[]): string[] {
  return lines.map((line) => `│ ${line}`.trimEnd());
}

/** A text with its Markdown, broken to the width. */
export function paragraphs(text: string, view: View, width: number): string[] {
  return formatMarkdown(text, view).flatMap((line) => wrap(line, width));
}

function renderRow(components: readonly ShownComponent[], view: View, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const component of components) {
    const shown = component.type === shownTypes.button ? renderButton(component, view) : renderMenu(component, view);
    if (line !== '' && widthOf(line) + 1 + widthOf(shown) > width) {
      lines.push(line);
      line = '';
    }
    line += line === '' ? shown : ` ${shown}`;
    if (component.options) {
      lines.push(line, ...listOptions(component, view, width));
      line = '';
    }
  }
  return line === '' ? lines : [...lines, line];
}

function renderButton(button: ShownComponent, view: View): string {
  const label = [button.emoji?.name, button.label].filter(Boolean).join(' ');
  if (button.style === LINK) return `[${label} → ${button.url ?? ''}]`;
  // In words as well: dim alone would be lost without styling.
  return button.disabled ? dim(`[${label}: off]`, view) : `[${label}]`;
}

const anythingToPick: Readonly<Record<number, string>> = {
  [shownTypes.userSelect]: 'Choose people',
  [shownTypes.roleSelect]: 'Choose roles',
  [shownTypes.mentionableSelect]: 'Choose people or roles',
  [shownTypes.channelSelect]: 'Choose channels',
};

function renderMenu(menu: ShownComponent, view: View): string {
  const chosen = (menu.options ?? []).filter((option) => option.default).map((option) => option.label);
  const title = chosen.length > 0 ? chosen.join(', ') : (menu.placeholder ?? anythingToPick[menu.type] ?? 'Choose');
  return menu.disabled ? dim(`[${title} ▾: off]`, view) : `[${title} ▾]`;
}

function listOptions(menu: ShownComponent, view: View, width: number): string[] {
  const names = (menu.options ?? []).map((option) => option.label).join(' · ');
  return wrap(`  ${howMany(menu)}: ${names}`, width).map((line) => dim(line, view));
}

/** "one of", "1 to 3 of": how many values a menu or a group takes. */
export function howMany(menu: ShownComponent): string {
  const standard = menu.type === shownTypes.checkboxGroup ? (menu.options?.length ?? 1) : 1;
  const most = menu.max_values ?? standard;
  const least = menu.required === false ? 0 : (menu.min_values ?? 1);
  if (most === 1) return least === 0 ? 'none or one of' : 'one of';
  return least === most ? `${most} of` : `${least} to ${most} of`;
}

/** One field of a form: its label, what is asked, and what stands in it already. */
function renderField(row: ShownComponent, view: View, width: number): string[] {
  const field = row.component ?? row;
  const isOptional = field.required === false || field.type === shownTypes.checkbox;
  const title = `${row.label ?? field.label ?? ''}${isOptional ? ' (optional)' : ''}`;
  const description = row.description ? wrap(`  ${formatInline(row.description, view)}`, width) : [];
  return [
    ...wrap(bold(title, view), width),
    ...description.map((line) => dim(line, view)),
    ...renderInput(field, view, width),
  ];
}

function renderInput(field: ShownComponent, view: View, width: number): string[] {
  switch (field.type) {
    case shownTypes.textInput: {
      const shown = field.value || field.placeholder || (field.style === PARAGRAPH ? 'a longer text' : 'a text');
      return wrap(`  [${shown}]`, width);
    }
    case shownTypes.checkbox:
      return [`  [${field.default ? 'x' : ' '}]`];
    case shownTypes.radioGroup:
      return (field.options ?? []).map((option) => `  (${option.default ? '•' : ' '}) ${describe(option)}`);
    case shownTypes.checkboxGroup:
      return (field.options ?? []).map((option) => `  [${option.default ? 'x' : ' '}] ${describe(option)}`);
    case shownTypes.fileUpload:
      return ['  [Attach a file]'];
    default:
      return [`  ${renderMenu(field, view)}`, ...(field.options ? listOptions(field, view, width) : [])];
  }
}

function describe(option: ShownOption): string {
  return option.description ? `${option.label}: ${option.description}` : option.label;
}

function nameOf(url: string | undefined): string {
  return url?.split('/').at(-1) ?? '';
}
