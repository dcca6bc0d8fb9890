/** The whole page. */
import { html, nothing } from 'lit';
import { targetsDrawer, targetsFold } from '../pointing.ts';
import { change, currentPlace, state } from '../state.ts';
import { isLight, setTheme } from '../theme.ts';
import { appsMenu } from './apps.ts';
import { clock } from './clock.ts';
import { composer, focusComposer } from './composer.ts';
import { form } from './form.ts';
import { members } from './members.ts';
import { messages } from './messages.ts';
import { peopleDialog } from './people.ts';
import { places } from './places.ts';
import { tour } from './tour.ts';

export function shell(): unknown {
  if (!state.around) return html`<main class="waiting"><p role="status">${waiting()}</p></main>`;
  return html`<button type="button" class="button primary skip" @click=${() => focusComposer()}>
      Skip to the message box
    </button>
    <div
      class="shell"
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === 'Escape' && state.drawer) change({ drawer: undefined });
      }}
    >
      ${places()}
      <main class="middle" aria-label=${currentPlace()?.name ?? 'Messages'}>
        ${bar()} ${state.connection === 'lost' ? html`<p class="failure lost" role="alert">${waiting()}</p>` : nothing}
        ${tour()} ${messages()} ${composer()} ${appsMenu()}
      </main>
      ${members()}
      ${state.drawer ? html`<div class="behind-drawer" @click=${() => change({ drawer: undefined })}></div>` : nothing}
    </div>
    <p class="visually-hidden" role="status">${state.status}</p>
    ${peopleDialog()} ${form()}`;
}

function waiting(): string {
  if (state.connection === 'lost')
    return 'The local Discord has ended or this is not its newest address. Trying again …';
  return 'Connecting to the local Discord …';
}

function bar(): unknown {
  const { unfolded } = state;
  const place = currentPlace();
  return html`<div class="bar" role="group" aria-label="Open place" @keydown=${foldAway}>
      <button
        type="button"
        class="button secondary narrow-only ${targetsDrawer()}"
        aria-expanded=${state.drawer === 'places'}
        @click=${() => toggle('places')}
      >
        Channels
      </button>
      <h1 class="bar-name">
        ${place?.kind === 'dm' ? '@' : '#'} ${place?.name}
        ${place?.archived ? html`<span class="quiet small">(archived)</span>` : nothing}
      </h1>
      <button
        type="button"
        class="button secondary narrow-only ${targetsFold()}"
        aria-expanded=${unfolded}
        aria-controls="bar-more"
        aria-label="More: clock, colors, who is here"
        @click=${() => change({ unfolded: !unfolded })}
      >
        More
      </button>
      <div class="bar-more ${unfolded ? 'open' : ''}" id="bar-more">
        ${clock()}
        <button type="button" class="button secondary small" @click=${() => setTheme(isLight() ? 'dark' : 'light')}>
          ${isLight() ? 'Dark' : 'Light'} colors
        </button>
        <button
          type="button"
          class="button secondary small members-button"
          aria-expanded=${state.drawer === 'members'}
          @click=${() => toggle('members')}
        >
          Members
        </button>
      </div>
    </div>
    ${state.clockSaid === '' ? nothing : html`<p class="quiet small bar-status">${state.clockSaid}</p>`}`;
}

/** Escape folds away what is under “More”, and the focus goes back there. */
function foldAway({ key, currentTarget }: KeyboardEvent): void {
  if (key !== 'Escape' || !state.unfolded || state.drawer) return;
  change({ unfolded: false });
  (currentTarget as HTMLElement).querySelector<HTMLElement>('[aria-controls="bar-more"]')?.focus();
}

function toggle(drawer: 'places' | 'members'): void {
  change({ drawer: state.drawer === drawer ? undefined : drawer });
}
