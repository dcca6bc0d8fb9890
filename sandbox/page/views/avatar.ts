import { html, type TemplateResult } from 'lit';

/** How many colors `styles` knows; white letters are readable on each. */
const colors = 8;

/** A disc with initials: there is no address to load pictures from, and none is needed. */
export function avatar(name: string, id: string): TemplateResult {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 1009;
  const initials = name
    .split(/\s+/)
    .map((word) => String.fromCodePoint(word.codePointAt(0) ?? 0x20))
    .slice(0, 2)
    .join('');
  return html`<span class="avatar avatar-${sum % colors}" aria-hidden="true">${initials}</span>`;
}
