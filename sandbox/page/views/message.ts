/** One message: who, when, what, and what can be done with it. */
import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { APIAttachment, APIMessage } from 'discord-api-types/v10';
import { formatStamp } from '../../render/stamps.ts';
import { dismiss } from '../actions.ts';
import { inline, markdown } from '../markdown.ts';
import { state, view } from '../state.ts';
import { appsButton } from './apps.ts';
import { component, type Shown } from './components.ts';
import { embed } from './embed.ts';
import { localUrl } from './media.ts';
import { avatar } from './avatar.ts';

const flags = { ephemeral: 1 << 6, loading: 1 << 7 } as const;
/** What people and apps write; what Discord itself says, as who joined, has no apps in its menu. */
const writtenTypes: ReadonlySet<number> = new Set([0, 19, 20, 23]);
const joinsWithinMs = 7 * 60_000;

/** A message below another of the same author within minutes needs no second head. */
export function joins(message: APIMessage, before: APIMessage | undefined): boolean {
  return (
    before !== undefined &&
    before.author.id === message.author.id &&
    commandOf(message) === undefined &&
    !message.referenced_message &&
    (message.flags ?? 0) === (before.flags ?? 0) &&
    Date.parse(message.timestamp) - Date.parse(before.timestamp) < joinsWithinMs
  );
}

export function message(shown: APIMessage, joined: boolean): unknown {
  const { author } = shown;
  const name = author.global_name ?? author.username;
  const isEphemeral = ((shown.flags ?? 0) & flags.ephemeral) !== 0;
  const pinged = shown.mentions.some(({ id }) => id === state.around?.me.id) || shown.mention_everyone;
  return html`
    ${reference(shown)}
    <div class="message ${joined ? 'joined' : ''} ${isEphemeral ? 'ephemeral' : ''} ${pinged ? 'pinged' : ''}">
      ${joined ? html`<span class="avatar-gap"></span>` : avatar(name, author.id)}
      <div class="message-body">
        <div class=${joined ? 'message-head visually-hidden' : 'message-head'}>
          <span class="author">${name}</span>
          ${author.bot ? html`<span class="app-tag">App</span>` : nothing} ${time(shown.timestamp)}
        </div>
        ${body(shown)}
        ${
          shown.edited_timestamp && !((shown.flags ?? 0) & flags.loading) && shown.content
            ? html`<span class="quiet small">(edited)</span>`
            : nothing
        }
        ${
          isEphemeral
            ? html`<p class="quiet small">
                Only you can see this ·
                <button type="button" class="link" @click=${() => void dismiss(shown.id)}>Dismiss message</button>
              </p>`
            : nothing
        }
        ${state.pending.has(shown.id) ? html`<p class="quiet small" role="status">Waiting for the bot …</p>` : nothing}
        ${
          state.failures.has(shown.id)
            ? html`<p class="failure" role="alert">${state.failures.get(shown.id)}</p>`
            : nothing
        }
      </div>
      ${hasApps(shown) ? appsButton({ kind: 'message', id: shown.id, name }) : nothing}
    </div>
  `;
}

/** An answer for one person is no message to the apps: Discord offers nothing on it. */
function hasApps({ flags: set, type }: APIMessage): boolean {
  return ((set ?? 0) & (flags.ephemeral | flags.loading)) === 0 && writtenTypes.has(type);
}

function body(shown: APIMessage): unknown {
  if ((shown.flags ?? 0) & flags.loading) {
    return html`<p class="quiet thinking">${shown.author.username} is thinking…</p>`;
  }
  const components = (shown.components ?? []) as readonly unknown[] as readonly Shown[];
  // The same message in another version is drawn anew where it can be acted on: what was being chosen is over.
  const version = `${shown.id} ${shown.edited_timestamp ?? ''}`;
  return html`
    ${shown.content ? html`<div class="markdown">${markdown(shown.content)}</div>` : nothing} ${attachments(shown)}
    ${shown.embeds.map(embed)}
    ${keyed(
      version,
      components.map((each) => component(each, shown.id)),
    )}
    ${systemTexts[shown.type] ?? nothing}
  `;
}

const systemTexts: Readonly<Record<number, string>> = { 6: 'pinned a message', 7: 'joined', 18: 'started a thread' };

function commandOf(shown: APIMessage): string | undefined {
  return (shown as { interaction?: { name?: string } }).interaction?.name;
}

function reference(shown: APIMessage): unknown {
  const command = commandOf(shown);
  const by = (shown as { interaction?: { user?: { global_name?: string | null; username: string } } }).interaction
    ?.user;
  if (command !== undefined) {
    return html`<p class="reference quiet small">${by?.global_name ?? by?.username} used <b>/${command}</b></p>`;
  }
  const to = shown.referenced_message;
  if (!to) return nothing;
  const first = to.content || to.embeds[0]?.title || to.embeds[0]?.description || 'a message';
  return html`<p class="reference quiet small">
    Answers <b>${to.author.global_name ?? to.author.username}</b>: ${inline(beginning(first))}
  </p>`;
}

/** The first line, as far as there is room for it. */
function beginning(text: string): string {
  const [line = ''] = text.split('\n');
  if (line.length <= 90) return line;
  const end = line.lastIndexOf(' ', 89);
  return `${line.slice(0, end > 0 ? end : 89)} …`;
}

function time(timestamp: string): unknown {
  const at = Date.parse(timestamp);
  return html`<time class="quiet small" datetime=${new Date(at).toISOString()} title=${formatStamp(at, 'F', view())}
    >${formatStamp(at, 's', view())}</time
  >`;
}

function attachments({ attachments, components }: APIMessage): unknown {
  // In components v2 a file stands where a component shows it.
  const text = JSON.stringify(components ?? []);
  return attachments.filter(({ url }) => !text.includes(url)).map(attachment);
}

function attachment({ url, filename, size, description, content_type: type }: APIAttachment): unknown {
  const local = localUrl(url);
  if (local !== undefined && type?.startsWith('image/')) {
    return html`<img class="picture" src=${local} alt=${description ?? filename} />`;
  }
  return html`<p class="file">
    ${local === undefined ? filename : html`<a href=${local} download=${filename}>${filename}</a>`}
    <span class="quiet small">${size < 1024 ? `${size} bytes` : `${Math.ceil(size / 1024)} KB`}</span>
  </p>`;
}
