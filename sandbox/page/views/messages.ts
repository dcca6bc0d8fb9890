/** The middle: the messages of the open place. */
import { html, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import { currentTarget } from '../pointing.ts';
import { change, currentPlace, now, state } from '../state.ts';
import { isLight } from '../theme.ts';
import { joins, message } from './message.ts';

/** Nearer to the end than this, the list goes along with new messages. */
const nearEndPx = 120;
const minute = 60_000;

let list: HTMLElement | undefined;
let shownPlace = '';
let isAtEnd = true;
/** The newest message that was in sight. */
let lastSeen: string | undefined;

/** Cards are drawn after the list is: whoever is at its end stays there while it grows. */
const growth = new ResizeObserver(() => {
  if (list && isAtEnd) list.scrollTop = list.scrollHeight;
});

function hold(element: Element | undefined): void {
  if (element === list) return;
  growth.disconnect();
  list = element instanceof HTMLElement ? element : undefined;
  if (!list) return;
  for (const child of list.children) growth.observe(child);
  growth.observe(list);
}

/** After drawing: stay at the end, or go there in another place. */
export function followEnd(): void {
  if (!list) return;
  // Whoever comes here, also as somebody else, begins at the latest message.
  const here = `${state.around?.me.id} ${state.place}`;
  if (here !== shownPlace) isAtEnd = true;
  if (isAtEnd) goToEnd();
  shownPlace = here;
}

function goToEnd(): void {
  if (!list) return;
  list.scrollTop = list.scrollHeight;
  isAtEnd = true;
  lastSeen = state.order.at(-1);
}

/** Below what is in sight something has come: an answer that one may be waiting for. */
function isSomethingBelow(): boolean {
  const here = `${state.around?.me.id} ${state.place}`;
  return here === shownPlace && !isAtEnd && state.order.length > 0 && state.order.at(-1) !== lastSeen;
}

function noteScroll(): void {
  if (!list) return;
  const wasBelow = isSomethingBelow();
  isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < nearEndPx;
  if (isAtEnd) lastSeen = state.order.at(-1);
  if (wasBelow !== isSomethingBelow()) change({});
}

export function messages(): unknown {
  const place = currentPlace();
  const shown = state.order.flatMap((id) => state.messages.get(id) ?? []);
  // What a message shows depends on these; while they stay, it is not drawn again.
  const { around } = state;
  const circumstances = [
    around?.me.name,
    isLight(),
    Math.floor(now() / minute),
    around?.apps.message.join(),
    around?.channels.map(({ id, name }) => `${id}${name}`).join(),
    JSON.stringify(currentTarget()),
  ].join();
  return html`<div
      class="messages"
      role="region"
      aria-label="Messages in ${place?.name ?? ''}"
      tabindex="0"
      ${ref(hold)}
      @scroll=${noteScroll}
    >
      ${place?.topic ? html`<p class="topic quiet">${place.topic}</p>` : nothing}
      ${shown.length === 0 ? html`<p class="quiet empty">Nothing has been written here yet.</p>` : nothing}
      <ol class="message-list">
        ${repeat(
          shown,
          ({ id }) => id,
          (each, index) => {
            const joined = joins(each, shown[index - 1]);
            const menu = state.menu?.startsWith(each.id) ? state.menu : '';
            const isMenuOpen = state.appsOf?.id === each.id;
            return html`<li id="message-${each.id}">
              ${guard(
                [
                  each,
                  joined,
                  menu,
                  isMenuOpen,
                  state.pending.has(each.id),
                  state.failures.get(each.id),
                  circumstances,
                ],
                () => message(each, joined),
              )}
            </li>`;
          },
        )}
      </ol>
      ${
        state.note && state.note.place === state.place
          ? html`<p class="note" role="status">${state.note.text}</p>`
          : nothing
      }
    </div>
    ${isSomethingBelow() ? below() : nothing}`;
}

function below(): unknown {
  return html`<p class="below">
    <button
      type="button"
      class="button primary small"
      @click=${() => {
        goToEnd();
        change({});
      }}
    >
      New messages below: go there
    </button>
  </p>`;
}
