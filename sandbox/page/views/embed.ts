/** Embeds, with the components of @skyra/discord-components-core. */
import '@skyra/discord-components-core/discord-embed.js';
import '@skyra/discord-components-core/discord-mention.js';
import { html, nothing } from 'lit';
import type { APIEmbed } from 'discord-api-types/v10';
import { formatStamp } from '../../render/stamps.ts';
import { inline, markdown, plain } from '../markdown.ts';
import { view } from '../state.ts';
import { isLight } from '../theme.ts';
import { localUrl, picture } from './media.ts';

/** Only web addresses: `javascript:` is not one. */
export function webUrl(url: string | null | undefined): string | undefined {
  return url && /^https?:\/\//i.test(url) ? url : undefined;
}

export function embed(shown: APIEmbed): unknown {
  const { author, title, url, description, fields = [], footer, image, thumbnail, timestamp, color } = shown;
  const small = thumbnail && localUrl(thumbnail.url);
  const end = [footer?.text, timestamp && formatStamp(Date.parse(timestamp), 'f', view())].filter(Boolean).join(' · ');
  return html`<discord-embed
    role="group"
    aria-label=${title ? plain(title) : 'Card'}
    ?light-theme=${isLight()}
    .color=${color === undefined ? undefined : `#${color.toString(16).padStart(6, '0')}`}
    .authorName=${author?.name}
    .authorUrl=${webUrl(author?.url)}
    .embedTitle=${title === undefined ? undefined : plain(title)}
    .url=${webUrl(url)}
    .thumbnail=${small}
  >
    ${
      description === undefined
        ? nothing
        : html`<div slot="description" class="markdown embed-text">${markdown(description)}</div>`
    }
    ${
      fields.length === 0
        ? nothing
        : html`<div slot="fields" class="embed-fields">
            ${fields.map(
              (field) =>
                html`<div class=${field.inline ? 'embed-field inline' : 'embed-field'}>
                  <div class="embed-field-name">${inline(field.name)}</div>
                  <div class="markdown">${markdown(field.value)}</div>
                </div>`,
            )}
          </div>`
    }
    ${
      image || (thumbnail && !small) || end !== ''
        ? html`<div slot="footer" class="embed-end">
            ${thumbnail && !small ? picture(thumbnail.url, undefined, 'picture') : nothing}
            ${image ? picture(image.url, undefined, 'picture') : nothing}
            ${end === '' ? nothing : html`<div class="embed-footer">${end}</div>`}
          </div>`
        : nothing
    }
  </discord-embed>`;
}
