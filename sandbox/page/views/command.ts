/** Filling in the options of a command, as the client does it: types, choices, suggestions, what is required. */
import { html, nothing } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { ShownCommand, ShownOption } from '../../page-server/protocol.ts';
import { shownTypes } from '../../render/shown.ts';
import { complete, slash } from '../actions.ts';
import { change } from '../state.ts';
import { entitiesFor } from './entities.ts';

/** Interactions → Application Commands: option types. */
const types = {
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  file: 11,
} as const;
const typeNames: Readonly<Record<number, string>> = {
  3: 'text',
  4: 'whole number',
  5: 'yes or no',
  6: 'person',
  7: 'channel',
  8: 'role',
  9: 'person or role',
  10: 'number',
  11: 'file',
};
/** The select menu that offers what an option of this type takes. */
const menuTypes: Readonly<Record<number, number>> = {
  [types.user]: shownTypes.userSelect,
  [types.channel]: shownTypes.channelSelect,
  [types.role]: shownTypes.roleSelect,
  [types.mentionable]: shownTypes.mentionableSelect,
};

type Value = string | number | boolean;
interface Choice {
  readonly name: string;
  readonly value: string | number;
}

let filling: ShownCommand | undefined;
let values: Record<string, Value> = {};
/** What stands in a field with suggestions, while its value is something else. */
let texts: Record<string, string> = {};
let added: readonly string[] = [];
let suggestions: { readonly option: string; readonly choices: readonly Choice[]; readonly active: number } | undefined;
let error = '';
let focusWanted = false;
let asked = 0;

export function isFilling(): boolean {
  return filling !== undefined;
}

/** Begins to fill in a command; one without options is sent at once. */
export function begin(command: ShownCommand): void {
  values = {};
  texts = {};
  added = [];
  error = '';
  suggestions = undefined;
  if (command.options.length === 0) {
    change({});
    void slash(command.path, {});
    return;
  }
  filling = command;
  focusWanted = true;
  change({});
}

function end(focus: () => void): void {
  filling = undefined;
  change({});
  focus();
}

export function commandPanel(focus: () => void): unknown {
  const command = filling;
  if (!command) return nothing;
  const shown = command.options.filter(({ required, name }) => required || added.includes(name));
  const others = command.options.filter((option) => !shown.includes(option));
  return html`<form
    class="command"
    aria-label="/${command.path}"
    novalidate
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      send(command, focus);
    }}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      if (suggestions) suggestions = undefined;
      else return end(focus);
      change({});
    }}
  >
    <p><b>/${command.path}</b> <span class="quiet">${command.description}</span></p>
    ${shown.map((option, index) => field(option, index === shown.length - 1))}
    ${
      others.length > 0
        ? html`<div class="row" role="group" aria-label="Optional">
            ${others.map(
              (option) =>
                html`<button
                  type="button"
                  class="button secondary small"
                  title=${option.description}
                  @click=${() => add(option)}
                >
                  + ${option.name}
                </button>`,
            )}
          </div>`
        : nothing
    }
    ${error === '' ? nothing : html`<p class="failure" role="alert">${error}</p>`}
    <div class="row">
      <button type="submit" class="button primary">Send /${command.path}</button>
      <button type="button" class="button secondary" @click=${() => end(focus)}>Cancel</button>
    </div>
  </form>`;
}

function add({ name }: ShownOption): void {
  added = [...added, name];
  focusWanted = true;
  change({});
}

function send(command: ShownCommand, focus: () => void): void {
  const missing = command.options.filter(({ required, name }) => required && (values[name] ?? '') === '');
  if (missing.length > 0) {
    error = `Still needed: ${missing.map(({ name }) => name).join(', ')}.`;
    return change({});
  }
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
  end(focus);
  void slash(command.path, given);
}

function field(option: ShownOption, isLast: boolean): unknown {
  const id = `option-${option.name}`;
  const first = ref((element) => {
    if (!focusWanted || !(element instanceof HTMLElement) || !isLast) return;
    focusWanted = false;
    // The first of the required ones, or the one that was added.
    const form = element.closest('form');
    const target = added.length > 0 ? element : form?.querySelector<HTMLElement>('input, select');
    queueMicrotask(() => target?.focus());
  });
  return html`<div class="field">
    <label for=${id}>
      ${option.name}
      <span class="quiet small">${typeNames[option.type] ?? ''}${option.required ? ', required' : ''}</span>
    </label>
    <p class="quiet small" id="${id}-hint">${option.description}</p>
    ${control(option, id, first)}
  </div>`;
}

function control(option: ShownOption, id: string, first: unknown): unknown {
  const { name, type, required } = option;
  const described = `${id}-hint`;
  if (option.autocomplete) return combobox(option, id, first);
  const choices = choicesOf(option);
  if (choices) {
    return html`<select
      id=${id}
      aria-describedby=${described}
      aria-required=${required}
      ${first}
      @change=${(event: Event) => set(option, (event.target as HTMLSelectElement).value)}
    >
      <option value="" ?selected=${values[name] === undefined}>Choose</option>
      ${choices.map(
        (choice) =>
          html`<option .value=${String(choice.value)} ?selected=${String(values[name] ?? '') === String(choice.value)}>
            ${choice.name}
          </option>`,
      )}
    </select>`;
  }
  return html`<input
    id=${id}
    type="text"
    inputmode=${type === types.integer ? 'numeric' : type === types.number ? 'decimal' : 'text'}
    aria-describedby=${described}
    aria-required=${required}
    autocomplete="off"
    .value=${String(values[name] ?? '')}
    ${first}
    @input=${(event: InputEvent) => set(option, (event.target as HTMLInputElement).value)}
  />`;
}

function choicesOf({ type, choices, channelTypes }: ShownOption): readonly Choice[] | undefined {
  if (choices.length > 0) return choices;
  if (type === types.boolean)
    return [
      { name: 'Yes', value: 'true' },
      { name: 'No', value: 'false' },
    ];
  const menu = menuTypes[type];
  return menu === undefined
    ? undefined
    : entitiesFor(menu, channelTypes).map(({ label, value }) => ({ name: label, value }));
}

/** Keeps what was typed in the type that the option takes; what does not fit is refused when it is sent. */
function set({ name, type }: ShownOption, text: string): void {
  const isNumber =
    (type === types.integer || type === types.number) && text.trim() !== '' && !Number.isNaN(Number(text));
  values[name] = isNumber ? Number(text) : type === types.boolean && text !== '' ? text === 'true' : text;
  error = '';
  change({});
}

function combobox(option: ShownOption, id: string, first: unknown): unknown {
  const { name, required } = option;
  const open = suggestions?.option === name && suggestions.choices.length > 0 ? suggestions : undefined;
  return html`<div class="combobox">
    <input
      id=${id}
      type="text"
      role="combobox"
      aria-autocomplete="list"
      aria-expanded=${open !== undefined}
      aria-controls="${id}-list"
      aria-activedescendant=${open ? `${id}-${open.active}` : nothing}
      aria-describedby="${id}-hint"
      aria-required=${required}
      autocomplete="off"
      .value=${texts[name] ?? ''}
      ${first}
      @focus=${() => void suggest(option)}
      @input=${(event: InputEvent) => {
        texts[name] = (event.target as HTMLInputElement).value;
        set(option, texts[name]);
        void suggest(option);
      }}
      @keydown=${(event: KeyboardEvent) => steer(event, option)}
      @blur=${() => {
        if (suggestions?.option !== name) return;
        suggestions = undefined;
        change({});
      }}
    />
    ${
      open
        ? html`<ul class="suggestions" id="${id}-list" role="listbox" aria-label="Suggestions for ${name}">
            ${open.choices.map(
              (choice, index) =>
                html`<li
                  id="${id}-${index}"
                  role="option"
                  aria-selected=${index === open.active}
                  @mousedown=${(event: MouseEvent) => {
                    event.preventDefault();
                    take(option, choice);
                  }}
                >
                  ${choice.name}
                </li>`,
            )}
          </ul>`
        : nothing
    }
  </div>`;
}

function take({ name }: ShownOption, choice: Choice): void {
  values[name] = choice.value;
  texts[name] = choice.name;
  suggestions = undefined;
  asked += 1;
  change({});
}

function steer(event: KeyboardEvent, option: ShownOption): void {
  const open = suggestions;
  if (open?.option !== option.name || open.choices.length === 0) return;
  const count = open.choices.length;
  if (event.key === 'ArrowDown') suggestions = { ...open, active: (open.active + 1) % count };
  else if (event.key === 'ArrowUp') suggestions = { ...open, active: (open.active + count - 1) % count };
  else if (event.key === 'Enter' || event.key === 'Tab') {
    const choice = open.choices[open.active];
    if (event.key === 'Enter') event.preventDefault();
    if (choice) take(option, choice);
    return;
  } else return;
  event.preventDefault();
  change({});
}

async function suggest(option: ShownOption): Promise<void> {
  const command = filling;
  if (!command) return;
  asked += 1;
  const mine = asked;
  const { [option.name]: _, ...others } = values;
  const given = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== ''));
  const choices = await complete(command.path, option.name, texts[option.name] ?? '', given);
  // An answer to an earlier letter that comes late says nothing any more.
  if (mine !== asked || filling !== command) return;
  suggestions = { option: option.name, choices, active: 0 };
  change({});
}
