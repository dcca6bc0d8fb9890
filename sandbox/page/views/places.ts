/** The left side: channels with their threads, direct messages, and who the visitor is. */
import { html, nothing } from 'lit';
import type { Place } from '../../page-server/protocol.ts';
import { open } from '../actions.ts';
import { targets } from '../pointing.ts';
import { state } from '../state.ts';
import { personSwitch } from './people.ts';

/** Drawn, not typed: not every system has a letter for a lock. */
const lock = html`<svg viewBox="0 0 16 16" width="14" height="14" fill="none" stroke="currentColor" stroke-width="1.6">
  <rect x="3" y="7" width="10" height="7" rx="1.5" />
  <path d="M5 7V5a3 3 0 0 1 6 0v2" />
</svg>`;
const horn = html`<svg viewBox="0 0 16 16" width="14" height="14" fill="none" stroke="currentColor" stroke-width="1.6">
  <path d="M2 6.5v3h3l7 3.5v-10l-7 3.5zM5 9.5V13h2v-2.5" />
</svg>`;

const speaker = html`<svg
  viewBox="0 0 16 16"
  width="14"
  height="14"
  fill="none"
  stroke="currentColor"
  stroke-width="1.6"
>
  <path d="M2 6v4h2.5L8 13V3L4.5 6zM10.5 6a3 3 0 0 1 0 4M12.5 4a6 6 0 0 1 0 8" />
</svg>`;

const signs: Readonly<Record<Place['kind'], readonly [sign: unknown, word: string]>> = {
  text: ['#', 'channel'],
  voice: [speaker, 'voice channel'],
  announcement: [horn, 'announcement channel'],
  forum: ['☰', 'forum'],
  thread: ['↳', 'thread'],
  'private-thread': [lock, 'private thread'],
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
