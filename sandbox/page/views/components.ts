/** Buttons, menus and layout components on messages; what @skyra/discord-components-core has no component for. */
import { html, nothing } from 'lit';
import { howMany, type ShownComponent } from '../../render/shown.ts';
import { componentTypes as types } from '../../types.ts';
import { choose, press } from '../actions.ts';
import { inline, markdown } from '../markdown.ts';
import { change, state } from '../state.ts';
import { targets } from '../pointing.ts';
import { entitiesFor, hasEntities } from './entities.ts';
import { webUrl } from './embed.ts';
import { localUrl, picture } from './media.ts';

export type Shown = ShownComponent & {
  readonly accent_color?: number | null;
  readonly spoiler?: boolean;
  readonly divider?: boolean;
  readonly default_values?: readonly { readonly id: string }[];
  readonly channel_types?: readonly number[];
};

/** One component of a message; `message` is the id of the message that it is on. */
export function component(shown: Shown, message: string): unknown {
  const inner = (shown.components ?? []) as readonly Shown[];
  switch (shown.type) {
    case types.actionRow:
      return html`<div class="row">${inner.map((each) => component(each, message))}</div>`;
    case types.button:
      return button(shown, message);
    case types.section:
      return html`<div class="section">
        <div class="section-text">${inner.map((each) => component(each, message))}</div>
        ${shown.accessory ? component(shown.accessory, message) : nothing}
      </div>`;
    case types.textDisplay:
      return html`<div class="markdown">${markdown(shown.content ?? '')}</div>`;
    case types.thumbnail:
      return picture(shown.media?.url ?? '', shown.description, 'thumbnail');
    case types.mediaGallery:
      return html`<div class="gallery">
        ${(shown.items ?? []).map((item) => picture(item.media.url, item.description, 'picture'))}
      </div>`;
    case types.file: {
      const url = shown.file?.url ?? '';
      const local = localUrl(url);
      const name = url.split('/').at(-1) ?? '';
      return html`<p class="file">
        ${local === undefined ? name : html`<a href=${local} download=${name}>${name}</a>`}
      </p>`;
    }
    case types.separator:
      return shown.divider === false ? html`<div class="space"></div>` : html`<hr />`;
    case types.container:
      return html`<div class="container" role="group" aria-label="Card">
        <svg class="container-edge" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 1 1">
          <rect width="1" height="1" fill=${hex(shown.accent_color)}></rect>
        </svg>
        <div class="container-body">${inner.map((each) => component(each, message))}</div>
      </div>`;
    default:
      return menu(shown, message);
  }
}

function hex(color: number | null | undefined): string {
  return color === null || color === undefined ? 'transparent' : `#${color.toString(16).padStart(6, '0')}`;
}

const LINK = 5;
const styles: Readonly<Record<number, string>> = {
  1: 'primary',
  2: 'secondary',
  3: 'success',
  4: 'danger',
  5: 'secondary',
};

function button(shown: Shown, message: string): unknown {
  const label = [shown.emoji?.name, shown.label].filter(Boolean).join(' ');
  const url = webUrl(shown.url);
  if (shown.style === LINK) {
    return url === undefined
      ? html`<span class="button secondary">${label}</span>`
      : html`<a class="button secondary" href=${url} target="_blank" rel="noopener noreferrer">
          ${label}<span aria-hidden="true"> ↗</span>
        </a>`;
  }
  return html`<button
    type="button"
    class="button ${styles[shown.style ?? 2] ?? 'secondary'} ${targets({ kind: 'button', label: shown.label ?? '' })}"
    ?disabled=${shown.disabled === true}
    aria-disabled=${state.pending.has(message) ? 'true' : nothing}
    @click=${() => {
      if (!state.pending.has(message)) void press(message, shown.custom_id ?? '');
    }}
  >
    ${label}
  </button>`;
}

function menu(shown: Shown, message: string): unknown {
  const key = `${message} ${shown.custom_id ?? ''}`;
  const isOpen = state.menu === key;
  const options = hasEntities(shown.type) ? entitiesFor(shown.type, shown.channel_types) : (shown.options ?? []);
  const chosen = options.filter(({ value, default: on }) => on || shown.default_values?.some(({ id }) => id === value));
  const title = shown.placeholder ?? 'Make a selection';
  const isSingle = (shown.max_values ?? 1) === 1;
  return html`<div class="menu">
    <button
      type="button"
      class="menu-button"
      aria-expanded=${isOpen}
      ?disabled=${shown.disabled === true}
      @click=${() => change({ menu: isOpen ? undefined : key })}
    >
      <span>${chosen.length > 0 ? `${title}: ${chosen.map(({ label }) => label).join(', ')}` : title}</span>
      <span aria-hidden="true">▾</span>
    </button>
    ${
      isOpen
        ? html`<form
            class="menu-options"
            aria-label=${title}
            @keydown=${(event: KeyboardEvent) => {
              if (event.key === 'Escape') change({ menu: undefined });
            }}
            @submit=${(event: SubmitEvent) => {
              event.preventDefault();
              const values = new FormData(event.target as HTMLFormElement).getAll('value').map(String);
              void choose(message, shown.custom_id ?? '', values);
            }}
          >
            <fieldset>
              <legend class="small quiet">Choose ${howMany(shown)} these</legend>
              ${options.map(
                (option) =>
                  html`<label class="choice">
                    <input
                      type=${isSingle ? 'radio' : 'checkbox'}
                      name="value"
                      .value=${option.value}
                      ?checked=${chosen.includes(option)}
                    />
                    <span>
                      ${option.label}
                      ${option.description ? html`<span class="quiet small block">${inline(option.description)}</span>` : nothing}
                    </span>
                  </label>`,
              )}
            </fieldset>
            <button type="submit" class="button primary">Choose</button>
          </form>`
        : nothing
    }
  </div>`;
}
