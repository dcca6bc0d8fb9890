/** A form that is filled in field by field. */
import { howMany, type ShownComponent, type ShownOption } from '../render/shown.ts';
import { componentTypes } from '../types.ts';
import type { Answer } from '../api.ts';
import { resolveYesOrNo } from './commands.ts';
import { findByName, TypingError } from './names.ts';
import { splitList } from './parse.ts';

type Value = string | boolean | readonly string[];

interface Field {
  readonly customId: string;
  readonly label: string;
  readonly component: ShownComponent;
}

export class Form {
  readonly #fields: readonly Field[];
  readonly #values: Record<string, Value> = {};
  readonly #idOf: (name: string) => string;
  #asked = 0;

  /** @param idOf the id of a person, channel or role named by the person who fills in the form; throws when there is none. */
  constructor(modal: NonNullable<Answer['modal']>, idOf: (name: string) => string) {
    this.#fields = fieldsOf(modal.components);
    this.#idOf = idOf;
  }

  /** What is asked now; undefined when everything has been. */
  get question(): string | undefined {
    const field = this.#fields[this.#asked];
    return field && `${field.label}${describe(field)}`;
  }

  /** The answers so far, as `actor.submit` takes them. */
  get values(): Readonly<Record<string, Value>> {
    return this.#values;
  }

  /**
   * Takes the answer to the current question and goes on to the next. An empty line keeps what stands in the field.
   * @throws TypingError when it does not fit; the same question stays.
   */
  answer(line: string): void {
    const field = this.#fields[this.#asked];
    if (!field) return;
    if (line.trim() === '') {
      if (isRequired(field.component) && !isFilled(field.component)) throw new TypingError('This field is required.');
    } else {
      this.#values[field.customId] = this.#read(field, line.trim());
    }
    this.#asked += 1;
  }

  #read({ component, label }: Field, line: string): Value {
    switch (component.type) {
      case componentTypes.textInput:
        return line.replaceAll('\\n', '\n');
      case componentTypes.checkbox:
        return resolveYesOrNo(line, label);
      case componentTypes.radioGroup:
        return [pick(line, component.options ?? [])];
      case componentTypes.fileUpload:
        throw new TypingError('A file cannot be attached here; press Enter to go on.');
      default:
        return limited(
          component,
          splitList(line).map((part) => (component.options ? pick(part, component.options) : this.#idOf(part))),
        );
    }
  }
}

function fieldsOf(rows: readonly ShownComponent[]): Field[] {
  return rows.flatMap((row) => {
    const component = row.component ?? row.components?.[0];
    if (!component?.custom_id) return [];
    return [{ customId: component.custom_id, label: row.label ?? component.label ?? component.custom_id, component }];
  });
}

function describe({ component }: Field): string {
  const parts: string[] = [];
  if (component.options) {
    const listed = component.options.map((option, index) => `${index + 1} ${option.label}`).join(', ');
    parts.push(component.type === componentTypes.radioGroup ? `one of ${listed}` : `${howMany(component)} ${listed}`);
  } else if (component.type === componentTypes.checkbox) {
    parts.push('yes or no');
  }
  if (isFilled(component)) parts.push('Enter keeps what stands there');
  else if (!isRequired(component)) parts.push('Enter leaves it empty');
  return parts.length > 0 ? ` (${parts.join('; ')})` : '';
}

function isRequired(component: ShownComponent): boolean {
  return component.type !== componentTypes.checkbox && component.required !== false;
}

function isFilled(component: ShownComponent): boolean {
  return Boolean(component.value) || (component.options ?? []).some((option) => option.default);
}

/** An option by its number in the list, its value or its label. */
function pick(typed: string, options: readonly ShownOption[]): string {
  const byNumber = /^\d{1,2}$/.test(typed) ? options[Number(typed) - 1] : undefined;
  const byValue = options.find((option) => option.value === typed);
  return (byNumber ?? byValue ?? findByName(typed, options, (option) => option.label, 'choice')).value;
}

function limited(component: ShownComponent, values: readonly string[]): readonly string[] {
  const standard = component.type === componentTypes.checkboxGroup ? (component.options?.length ?? 1) : 1;
  const most = component.max_values ?? standard;
  const least = component.min_values ?? 1;
  const different = [...new Set(values)];
  if (different.length > most) throw new TypingError(`At most ${most}, and these are ${different.length}.`);
  if (different.length < least) throw new TypingError(`At least ${least}, and these are ${different.length}.`);
  return different;
}
