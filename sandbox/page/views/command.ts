/** Filling in the options of a command, as the client does it: types, choices, suggestions, what is required. */
import { html, nothing } from 'lit';
import type { ShownCommand, ShownOption } from '../../page-server/protocol.ts';
import { componentTypes, optionTypes as types } from '../../types.ts';
import { slash } from '../actions.ts';
import { targets } from '../pointing.ts';
import { change, state } from '../state.ts';
import { entitiesFor } from './entities.ts';
import { closeSuggestions, combobox, forgetSuggestions, type Choice } from './suggestions.ts';

const typeNames: Readonly<Record<number, string>> = {
  [types.string]: 'text',
  [types.integer]: 'whole number',
  [types.boolean]: 'yes or no',
  [types.user]: 'person',
  [types.channel]: 'channel',
  [types.role]: 'role',
  [types.mentionable]: 'person or role',
  [types.number]: 'number',
  [types.attachment]: 'file',
};
/** The select menu that offers what an option of this type takes. */
const menuTypes: Readonly<Record<number, number>> = {
  [types.user]: componentTypes.userSelect,
  [types.channel]: componentTypes.channelSelect,
  [types.role]: componentTypes.roleSelect,
  [types.mentionable]: componentTypes.mentionableSelect,
};

type Value = string | number | boolean;
let values: Record<string, Value> = {};
let added: readonly string[] = [];
let error = '';

/** Begins to fill in a command; one without options is sent at once. */
export function begin(command: ShownCommand): void {
  values = {};
  added = [];
  error = '';
  forgetSuggestions();
  change({ begun: state.begun + 1 });
  if (command.options.length === 0) {
    void slash(command.path, {});
    return;
  }
  change({ filling: command });
  // Where nothing is required, the first option: what is typed is meant for the command.
  focusSoon('form.command :is(input, select, button)');
}

/** The box at the bottom is there again with the next frame. */
function end(focus: () => void): void {
  change({ filling: undefined });
  requestAnimationFrame(() => requestAnimationFrame(focus));
}

export function commandPanel(focus: () => void): unknown {
  const command = state.filling;
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
      if (!closeSuggestions()) end(focus);
    }}
  >
    <p><b>/${command.path}</b> <span class="quiet">${command.description}</span></p>
    ${shown.map((option) => field(command, option))}
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
      <button type="submit" class="button primary ${targets({ kind: 'send', path: command.path })}">
        Send /${command.path}
      </button>
      <button type="button" class="button secondary" @click=${() => end(focus)}>Cancel</button>
    </div>
  </form>`;
}

/** Puts the cursor where it is wanted, as soon as that is drawn. */
function focusSoon(selector: string): void {
  requestAnimationFrame(() => requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus()));
}

function add({ name }: ShownOption): void {
  added = [...added, name];
  change({});
  focusSoon(`#option-${name}`);
}

function send(command: ShownCommand, focus: () => void): void {
  const missing = command.options.filter(({ required, name }) => required && (values[name] ?? '') === '');
  if (missing.length > 0) {
    error = `Still needed: ${missing.map(({ name }) => name).join(', ')}.`;
    document.querySelector<HTMLElement>(`#option-${missing[0]?.name}`)?.focus();
    return change({});
  }
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
  const mine = state.begun;
  end(focus);
  void (async () => {
    const refusal = await slash(command.path, given);
    // Open it again with what was typed, so that only the refused part needs changing.
    if (refusal === '' || mine !== state.begun || state.filling) return;
    error = refusal;
    change({ filling: command, note: undefined });
    focusSoon('form.command :is(input, select, button)');
  })();
}

function field(command: ShownCommand, option: ShownOption): unknown {
  const id = `option-${option.name}`;
  return html`<div class="field">
    <label for=${id}>
      ${option.name}
      <span class="quiet small">${typeNames[option.type] ?? ''}${option.required ? ', required' : ''}</span>
    </label>
    <p class="quiet small" id="${id}-hint">${option.description}</p>
    ${control(command, option, id)}
  </div>`;
}

function control(command: ShownCommand, option: ShownOption, id: string): unknown {
  const { name, type, required } = option;
  const described = `${id}-hint`;
  if (option.autocomplete) return combobox(command, option, id, values, (value) => set(option, value));
  const choices = choicesOf(option);
  if (choices) {
    return html`<select
      id=${id}
      aria-describedby=${described}
      aria-required=${required}
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
