/** The left side: channels with their threads, direct messages, and who the visitor is. */
import { html, nothing } from 'lit';
import type { Place } from '../../page-server/protocol.ts';
import { open } from '../actions.ts';
import { targets } from '../pointing.ts';
import { state } from '../state.ts';
import { personSwitch } from './people.ts';

const signs: Readonly<Record<Place['kind'], readonly [sign: string, word: string]>> = {
  text: ['#', 'channel'],
  announcement: ['📣', 'announcement channel'],
  thread: ['↳', 'thread'],
  'private-thread': ['🔒', 'private thread'],
  dm: ['@', 'direct messages with'],
};

export function places(): unknown {
  const { around } = state;
  const all = around?.places ?? [];
  const isDrawer = state.drawer === 'places';
  return html`<nav class="places ${isDrawer ? 'open' : ''}" aria-label="Channels and direct messages">
    <h2 class="guild-name">${around?.guild.name ?? 'A local Discord'}</h2>
    <ul class="place-list">
      ${all.filter(({ kind }) => kind !== 'dm').map(place)}
    </ul>
    <h2 class="list-title">Direct messages</h2>
    <ul class="place-list">
      ${all.filter(({ kind }) => kind === 'dm').map(place)}
    </ul>
    ${personSwitch()}
  </nav>`;
}

function place({ id, kind, name, unread }: Place): unknown {
  const isOpen = id === state.place;
  const [sign, word] = signs[kind];
  const isUnread = unread && !isOpen;
  const isThread = kind === 'thread' || kind === 'private-thread';
  return html`<li class=${isThread ? 'nested' : ''}>
    <button
      type="button"
      class="place ${isOpen ? 'current' : ''} ${isUnread ? 'unread' : ''} ${targets({ kind: 'place', name })}"
      aria-current=${isOpen ? 'page' : nothing}
      @click=${() => void open(id)}
    >
      <span aria-hidden="true">${sign}</span>
      <span class="place-name"><span class="visually-hidden">${word} </span>${name}</span>
      ${isUnread ? html`<span class="badge">new<span class="visually-hidden"> messages</span></span>` : nothing}
    </button>
  </li>`;
}
