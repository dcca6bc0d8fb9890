/** The box at the bottom: messages, and `/` for the commands. */
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { ref } from 'lit/directives/ref.js';
import type { Place, ShownCommand } from '../../page-server/protocol.ts';
import { loadCommands, say } from '../actions.ts';
import { currentTarget, targets } from '../pointing.ts';
import { change, currentPlace, state } from '../state.ts';
import { begin, commandPanel } from './command.ts';

let input: HTMLInputElement | undefined;
let active = 0;

/** Commands that match what was typed behind the slash, best first. */
function matching(): readonly ShownCommand[] {
  const words = state.typed.slice(1).trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return state.commands;
  const fits = ({ path }: ShownCommand): boolean => words.every((word) => path.includes(word));
  const starts = ({ path }: ShownCommand): number => (path.startsWith(words.join(' ')) ? 0 : 1);
  return state.commands.filter(fits).toSorted((a, b) => starts(a) - starts(b));
}

export function composer(): unknown {
  const place = currentPlace();
  if (!place) return nothing;
  const isFilling = state.filling !== undefined;
  const isListing = state.typed.startsWith('/') && !isFilling;
  const found = listed();
  active = Math.min(active, Math.max(0, found.length - 1));
  const label = place.kind === 'dm' ? `Message ${place.name}` : `Message #${place.name}`;
  return html`<div class="composer">
    ${commandPanel(() => input?.focus())} ${isListing ? commandList(found) : nothing}
    ${isFilling ? nothing : box(place, label, found, isListing)}
  </div>`;
}

/** Not beside a command that is filled in: what is meant for its options would be said to everybody. */
function box(place: Place, label: string, found: readonly ShownCommand[], isListing: boolean): unknown {
  return html`<form
    @submit=${(event: SubmitEvent) => {
      event.preventDefault();
      enter();
    }}
  >
    <input
      class="composer-input ${targets({ kind: 'command', text: '' })}"
      type="text"
      role="combobox"
      aria-label="${label}, or / for commands"
      aria-autocomplete="list"
      aria-expanded=${isListing}
      aria-controls="command-list"
      aria-activedescendant=${isListing && found.length > 0 ? `command-${active}` : nothing}
      autocomplete="off"
      maxlength="2000"
      placeholder=${hint(place, label)}
      .value=${live(state.typed)}
      ${ref((element) => (input = element as HTMLInputElement | undefined))}
      @input=${(event: InputEvent) => type((event.target as HTMLInputElement).value)}
      @keydown=${steer}
    />
    <button type="submit" class="button primary">Send</button>
  </form>`;
}

/** Puts the cursor into the box at the bottom. @param text begins it. */
export function focusComposer(text = ''): void {
  if (!input) return;
  if (text !== '') {
    // At once: the next letter may come before the next frame.
    input.value = text;
    type(text);
  }
  input.focus();
}

function hint({ canWrite, archived }: Place, label: string): string {
  const target = currentTarget();
  if (target?.kind === 'command') return `Type ${target.text}`;
  if (archived && canWrite) return 'This thread was archived; writing here opens it again';
  return canWrite ? `${label}, or / for commands` : 'You may only read here; / for commands';
}

function type(text: string): void {
  if (text.startsWith('/') && !state.typed.startsWith('/')) void loadCommands();
  active = 0;
  change({ typed: text });
}

/** Commands for what is typed right now: a fast typist is ahead of the list on screen. */
function listed(): readonly ShownCommand[] {
  return state.typed.startsWith('/') && state.filling === undefined ? matching() : [];
}

function steer(event: KeyboardEvent): void {
  const found = listed();
  if (found.length === 0) return;
  if (event.key === 'ArrowDown') active = (active + 1) % found.length;
  else if (event.key === 'ArrowUp') active = (active + found.length - 1) % found.length;
  else if (event.key === 'Tab' && !event.shiftKey) return pick(found[active], event);
  else if (event.key === 'Escape') change({ typed: '' });
  else return;
  event.preventDefault();
  change({});
  requestAnimationFrame(() => document.querySelector(`#command-${active}`)?.scrollIntoView({ block: 'nearest' }));
}

function pick(command: ShownCommand | undefined, event?: Event): void {
  if (!command) return;
  event?.preventDefault();
  change({ typed: '' });
  begin(command);
}

function enter(): void {
  if (state.typed.startsWith('/')) {
    const found = listed();
    if (found.length > 0) pick(found[active]);
    else change({ note: { place: state.place, text: `There is no command ${state.typed} for you here.` } });
    return;
  }
  const text = state.typed.trim();
  change({ typed: '' });
  if (text !== '') void say(text);
}

function commandList(found: readonly ShownCommand[]): unknown {
  if (found.length === 0) {
    return html`<p class="command-list quiet" id="command-list" role="status">No command fits.</p>`;
  }
  return html`<ul class="command-list" id="command-list" role="listbox" aria-label="Commands">
    ${found.map(
      (command, index) =>
        html`<li id="command-${index}" role="option" aria-selected=${index === active} @click=${() => pick(command)}>
          <b>/${command.path}</b>
          ${command.options.map(
            (option) => html`<span class="option-name">${option.name}${option.required ? '' : '?'}</span> `,
          )}
          <span class="quiet small block">${command.description}</span>
        </li>`,
    )}
  </ul>`;
}
