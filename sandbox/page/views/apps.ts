/** The apps in the menu of a message or a member: a button at each, and the one menu that is open. */
import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { ref } from 'lit/directives/ref.js';
import { runApp } from '../actions.ts';
import { targets } from '../pointing.ts';
import { change, currentPlace, type MenuTarget, state } from '../state.ts';

/** What the menu was opened from: it stands there, and the focus goes back there. */
let opener: HTMLElement | undefined;

/** The button that opens the menu; nothing where the menu would be empty. */
export function appsButton(target: MenuTarget): unknown {
  if (entriesOf(target).length === 0) return nothing;
  const isOpen = state.appsOf?.kind === target.kind && state.appsOf.id === target.id;
  const label = labelOf(target);
  return html`<button
    type="button"
    class="apps-button ${target.kind === 'message' ? targets({ kind: 'menu', of: target.name, entry: '' }) : ''}"
    aria-haspopup="menu"
    aria-expanded=${isOpen}
    aria-label=${label}
    title=${label}
    @mousedown=${(event: MouseEvent) => {
      // The focus stays in a menu that is open: it would close, and open again with the click.
      event.preventDefault();
    }}
    @click=${(event: MouseEvent) => {
      if (isOpen) return close();
      opener = event.currentTarget as HTMLElement;
      change({ appsOf: target });
    }}
  >
    …
  </button>`;
}

/** The open menu, above everything else: a list that scrolls would cut it off. */
export function appsMenu(): unknown {
  const { appsOf: target } = state;
  if (!target) return nothing;
  return keyed(
    target,
    html`<div
      class="apps-menu"
      popover="manual"
      role="menu"
      aria-label=${labelOf(target)}
      ${ref(show)}
      @keydown=${steer}
      @focusout=${({ currentTarget, relatedTarget }: FocusEvent) => {
        const isInside = (currentTarget as HTMLElement).contains(relatedTarget as Node | null);
        if (!isInside && state.appsOf === target) change({ appsOf: undefined });
      }}
    >
      ${entriesOf(target).map(
        (name) =>
          html`<button
            type="button"
            class="apps-entry ${target.kind === 'message' ? targets({ kind: 'menu', of: target.name, entry: name }) : ''}"
            role="menuitem"
            tabindex="-1"
            @click=${() => choose(name, target)}
          >
            ${name}
          </button>`,
      )}
    </div>`,
  );
}

/** In direct messages only the two who write there have a menu. */
function entriesOf({ kind, id }: MenuTarget): readonly string[] {
  const { around } = state;
  if (!around) return [];
  const isElsewhere = kind === 'member' && currentPlace()?.kind === 'dm' && id !== around.me.id && id !== around.bot.id;
  return isElsewhere ? [] : around.apps[kind];
}

function labelOf({ kind, name }: MenuTarget): string {
  return kind === 'message' ? `Apps for the message by ${name}` : `Apps for ${name}`;
}

function show(element: Element | undefined): void {
  if (!(element instanceof HTMLElement)) return;
  // It is put into the page only after this.
  queueMicrotask(() => {
    if (!element.isConnected) return;
    element.showPopover(opener ? { source: opener } : {});
    element.querySelector('button')?.focus();
  });
}

function close(): void {
  change({ appsOf: undefined });
  opener?.focus();
}

function choose(name: string, target: MenuTarget): void {
  close();
  // What comes of it is shown where the messages are.
  change({ drawer: undefined });
  void runApp(name, target);
}

function steer(event: KeyboardEvent): void {
  const entries = [...(event.currentTarget as HTMLElement).querySelectorAll('button')];
  const at = entries.findIndex((entry) => entry === document.activeElement);
  if (event.key === 'ArrowDown') entries[(at + 1) % entries.length]?.focus();
  else if (event.key === 'ArrowUp') entries.at(at - 1)?.focus();
  else if (event.key === 'Home') entries[0]?.focus();
  else if (event.key === 'End') entries.at(-1)?.focus();
  else if (event.key === 'Escape') {
    // The menu closes, and not also the drawer that it was opened in.
    event.stopPropagation();
    close();
  }
  // From the button, the browser goes on to what is next there.
  else if (event.key === 'Tab') return close();
  else return;
  event.preventDefault();
}
