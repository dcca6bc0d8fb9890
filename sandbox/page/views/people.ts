/** Who the visitor is, and the switch to be somebody else. */
import { html, nothing } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { formatStamp } from '../../render/stamps.ts';
import { become } from '../actions.ts';
import { targets } from '../pointing.ts';
import { change, now, state } from '../state.ts';
import { avatar } from './avatar.ts';
import { closeDialog, openDialog } from './dialog.ts';

export function personSwitch(): unknown {
  const { around } = state;
  if (!around) return nothing;
  const { me, people } = around;
  const elsewhere = people.filter(({ name, unread }) => name !== me.name && unread > 0).length;
  const isTarget = people.some(({ name }) => targets({ kind: 'person', name }) !== '');
  return html`<div class="me">
    ${avatar(me.name, me.id)}
    <div class="me-name">
      <b>${me.name}</b>
      <span class="quiet small block"
        >${formatStamp(now(), 't', { timeZone: me.timeZone, now: now() })} ${zoneName(me.timeZone)}</span
      >
    </div>
    <button
      type="button"
      class="button secondary ${isTarget ? 'pointed-at' : ''}"
      aria-haspopup="dialog"
      @click=${() => change({ choosingPerson: true })}
    >
      Switch
      person${elsewhere > 0 ? html`<span class="visually-hidden">, ${elsewhere} have unread messages</span>` : nothing}
    </button>
  </div>`;
}

export function peopleDialog(): unknown {
  const { around, choosingPerson } = state;
  if (!around || !choosingPerson) return nothing;
  return html`<dialog
    class="dialog people"
    aria-labelledby="people-title"
    ${ref(openDialog)}
    @close=${() => change({ choosingPerson: false })}
  >
    <h2 id="people-title">Be somebody else</h2>
    <p class="quiet">Each of them sees only what Discord would show them.</p>
    <ul>
      ${around.people.map(
        ({ id, name, roles, story, timeZone, unread }) =>
          html`<li>
            <button
              type="button"
              class="person ${targets({ kind: 'person', name })}"
              aria-current=${name === around.me.name ? 'true' : nothing}
              @click=${() => void become(name)}
            >
              ${avatar(name, id)}
              <span>
                <b>${name}</b>
                <span class="quiet small">${[...roles, zoneName(timeZone)].join(' · ')}</span>
                ${unread > 0 ? html`<span class="badge">${unread} unread</span>` : nothing}
                ${story ? html`<span class="small block">${story}</span>` : nothing}
              </span>
            </button>
          </li>`,
      )}
    </ul>
    <div class="dialog-end">
      <button type="button" class="button secondary" @click=${closeDialog}>Close</button>
    </div>
  </dialog>`;
}

function zoneName(zone: string): string {
  return zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone;
}
