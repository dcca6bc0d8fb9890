/** A field of a command whose values the bot suggests while one types. */
import { html, nothing } from 'lit';
import type { ShownCommand, ShownOption } from '../../page-server/protocol.ts';
import { complete } from '../actions.ts';
import { change } from '../state.ts';

export interface Choice {
  readonly name: string;
  readonly value: string | number;
}

type Values = Readonly<Record<string, string | number | boolean>>;
/** The field, and what it needs of the command around it. */
interface Field {
  readonly command: ShownCommand;
  readonly option: ShownOption;
  readonly values: Values;
  readonly set: (value: string) => void;
}

/** What stands in a field, while its value may be something else. */
let texts: Record<string, string> = {};
let suggestions:
  | { readonly option: string; readonly text: string; readonly choices: readonly Choice[]; readonly active: number }
  | undefined;
let asked = 0;
/** Enter came before the answer to what was typed: the best of it is taken once it is there. */
let isWanted = false;

/** Another command is being filled in. */
export function forgetSuggestions(): void {
  texts = {};
  suggestions = undefined;
  isWanted = false;
  asked += 1;
}

/** Closes the list; false when none was open. */
export function closeSuggestions(): boolean {
  if (!suggestions) return false;
  suggestions = undefined;
  change({});
  return true;
}

export function combobox(
  command: ShownCommand,
  option: ShownOption,
  id: string,
  values: Values,
  set: (value: string) => void,
): unknown {
  const { name, required } = option;
  const field: Field = { command, option, values, set };
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
      @focus=${() => void suggest(field)}
      @input=${(event: InputEvent) => {
        texts[name] = (event.target as HTMLInputElement).value;
        set(texts[name]);
        isWanted = false;
        void suggest(field);
      }}
      @keydown=${(event: KeyboardEvent) => steer(event, field)}
      @blur=${() => {
        isWanted = false;
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
                    take(field, choice);
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

function take({ option: { name }, set }: Field, choice: Choice): void {
  set(String(choice.value));
  texts[name] = choice.name;
  suggestions = undefined;
  isWanted = false;
  asked += 1;
  change({});
}

function steer(event: KeyboardEvent, field: Field): void {
  const { option } = field;
  const open = suggestions;
  if (open?.option !== option.name || open.choices.length === 0) return;
  const count = open.choices.length;
  if (event.key === 'ArrowDown') suggestions = { ...open, active: (open.active + 1) % count };
  else if (event.key === 'ArrowUp') suggestions = { ...open, active: (open.active + count - 1) % count };
  else if (event.key === 'Enter' || event.key === 'Tab') {
    const choice = open.choices[open.active];
    if (event.key === 'Enter') event.preventDefault();
    isWanted = event.key === 'Enter' && open.text !== (texts[option.name] ?? '');
    if (choice && !isWanted) take(field, choice);
    return;
  } else return;
  event.preventDefault();
  change({});
}

async function suggest(field: Field): Promise<void> {
  const { command, option, values } = field;
  asked += 1;
  const mine = asked;
  const { [option.name]: _, ...others } = values;
  const given = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== ''));
  const text = texts[option.name] ?? '';
  const choices = await complete(command.path, option.name, text, given);
  // An answer to an earlier letter that comes late says nothing any more.
  if (mine !== asked) return;
  suggestions = { option: option.name, text, choices, active: 0 };
  const [best] = choices;
  if (isWanted && best) return take(field, best);
  change({});
}
