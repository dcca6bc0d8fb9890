/** The right side: who is here, by their highest role. */
import { html, nothing } from 'lit';
import type { ShownMember } from '../../page-server/protocol.ts';
import { currentPlace, state } from '../state.ts';
import { appsButton } from './apps.ts';
import { avatar } from './avatar.ts';

export function members(): unknown {
  const { around } = state;
  const groups = Map.groupBy(around?.members ?? [], ({ bot, roles }) => (bot ? 'Apps' : (roles[0] ?? 'Members')));
  const where = currentPlace()?.kind === 'private-thread' ? 'In this private thread' : 'Members';
  return html`<aside class="members ${state.drawer === 'members' ? 'open' : ''}" aria-label=${where} tabindex="0">
    ${[...groups].map(
      ([name, inGroup]) =>
        html`<h2 class="list-title">${name} — ${inGroup.length}</h2>
          <ul>
            ${inGroup.map((each) => member(each, name))}
          </ul>`,
    )}
  </aside>`;
}

function member({ id, name, bot, roles }: ShownMember, group: string): unknown {
  const others = roles.filter((role) => role !== group);
  return html`<li class="member">
    ${avatar(name, id)}
    <span class="member-name">
      ${name} ${bot ? html`<span class="app-tag">App</span>` : nothing}
      ${others.length > 0 ? html`<span class="quiet small block">${others.join(', ')}</span>` : nothing}
    </span>
    ${appsButton({ kind: 'member', id, name })}
  </li>`;
}
