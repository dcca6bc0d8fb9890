/** Pictures and files: only those of this Discord are loaded, by way of the page's own server. */
import { html, type TemplateResult } from 'lit';
import { state } from '../state.ts';

/** The address of an attachment on the page's own server; undefined for what lies elsewhere. */
export function localUrl(url: string | undefined): string | undefined {
  if (url === undefined || state.attachmentOrigin === '') return undefined;
  return url.startsWith(`${state.attachmentOrigin}/attachments/`)
    ? url.slice(state.attachmentOrigin.length)
    : undefined;
}

/** A picture, or words in its place when it lies elsewhere: the page loads nothing from the network. */
export function picture(url: string, description: string | null | undefined, className: string): TemplateResult {
  const local = localUrl(url);
  const alt = description ?? url.split('/').at(-1)?.split('?')[0] ?? '';
  if (local !== undefined) return html`<img class=${className} src=${local} alt=${alt} />`;
  return html`<span class="picture-elsewhere quiet small">Picture, not loaded from the network: ${alt}</span>`;
}
