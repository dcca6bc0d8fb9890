/** Buttons, menus, forms and layout as text. Everything that can be pressed or chosen stands in square brackets. */
import { formatInline, formatMarkdown } from './markdown.ts';
import { bold, DEFAULT_WIDTH, dim, type View } from './view.ts';
import { componentTypes } from '../types.ts';
import { howMany, type ShownComponent, type ShownOption } from './shown.ts';
import { wrap, widthOf } from './wrap.ts';

const LINK = 5;
const PARAGRAPH = 2;

/** The lines of one top-level component, no wider than `width`. */
export function renderComponent(component: ShownComponent, view: View, width = view.width ?? DEFAULT_WIDTH): string[] {
  const types = componentTypes;
  switch (component.type) {
    case types.actionRow:
      return renderRow(component.components ?? [], view, width);
    case types.textDisplay:
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
    case types.mediaGallery:
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
    const shown =
      component.type === componentTypes.button ? renderButton(component, view) : renderMenu(component, view);
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
  [componentTypes.userSelect]: 'Choose people',
  [componentTypes.roleSelect]: 'Choose roles',
  [componentTypes.mentionableSelect]: 'Choose people or roles',
  [componentTypes.channelSelect]: 'Choose channels',
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

/** One field of a form: its label, what is asked, and what stands in it already. */
function renderField(row: ShownComponent, view: View, width: number): string[] {
  const field = row.component ?? row;
  const isOptional = field.required === false || field.type === componentTypes.checkbox;
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
    case componentTypes.textInput: {
      const shown = field.value || field.placeholder || (field.style === PARAGRAPH ? 'a longer text' : 'a text');
      return wrap(`  [${shown}]`, width);
    }
    case componentTypes.checkbox:
      return [`  [${field.default ? 'x' : ' '}]`];
    case componentTypes.radioGroup:
      return listed(field, view).map((option) => `  (${option.default ? '•' : ' '}) ${describe(option)}`);
    case componentTypes.checkboxGroup:
      return listed(field, view).map((option) => `  [${option.default ? 'x' : ' '}] ${describe(option)}`);
    case componentTypes.fileUpload:
      return ['  [Attach a file]'];
    default:
      return [
        `  ${renderMenu(field, view)}`,
        ...(field.options && !view.asksFields ? listOptions(field, view, width) : []),
      ];
  }
}

function listed(field: ShownComponent, view: View): readonly ShownOption[] {
  return view.asksFields ? [] : (field.options ?? []);
}

function describe(option: ShownOption): string {
  return option.description ? `${option.label}: ${option.description}` : option.label;
}

function nameOf(url: string | undefined): string {
  return url?.split('/').at(-1) ?? '';
}
