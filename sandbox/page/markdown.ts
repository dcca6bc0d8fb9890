/**
 * Discord's Markdown as a tree, and the tree as lit templates or as plain words. Nothing that was typed ever becomes
 * HTML: every text is put in as text, and only http and https addresses become links.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { formatStamp } from '../render/stamps.ts';
import { view } from './state.ts';

type Mark = 'strong' | 'em' | 'u' | 's' | 'spoiler';
type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: Mark; readonly inner: readonly Inline[] }
  | { readonly kind: 'link'; readonly url: string; readonly inner: readonly Inline[] }
  | { readonly kind: 'stamp'; readonly at: number; readonly style: string }
  | { readonly kind: 'mention'; readonly of: 'user' | 'role' | 'channel' | 'command'; readonly id: string };

interface Rule {
  readonly pattern: RegExp;
  readonly make: (match: RegExpExecArray) => Inline;
}

const mark =
  (kind: Mark) =>
  (match: RegExpExecArray): Inline => ({ kind, inner: parseInline(match[1] ?? '') });

/** Tried in this order at every position. */
const rules: readonly Rule[] = [
  { pattern: /\\([^\p{L}\p{N}\s])/uy, make: ([, text = '']) => ({ kind: 'text', text }) },
  { pattern: /``(.+?)``|`([^`]+)`/sy, make: ([, a, b]) => ({ kind: 'code', text: a ?? b ?? '' }) },
  {
    pattern: /<t:(-?\d{1,13})(?::([tTdDfFsSR]))?>/y,
    make: ([, at, style = 'f']) => ({ kind: 'stamp', at: Number(at) * 1000, style }),
  },
  { pattern: /<@!?(\d+)>/y, make: ([, id = '']) => ({ kind: 'mention', of: 'user', id }) },
  { pattern: /<@&(\d+)>/y, make: ([, id = '']) => ({ kind: 'mention', of: 'role', id }) },
  { pattern: /<#(\d+)>/y, make: ([, id = '']) => ({ kind: 'mention', of: 'channel', id }) },
  { pattern: /<\/([^:>]+):\d+>/y, make: ([, id = '']) => ({ kind: 'mention', of: 'command', id }) },
  { pattern: /<a?(:\w+:)\d+>/y, make: ([, text = '']) => ({ kind: 'text', text }) },
  {
    pattern: /\[((?:[^[\]\\]|\\.)+)\]\(<?(https?:\/\/[^)\s>]+)>?(?:\s+"[^"]*")?\)/y,
    make: ([, label = '', url = '']) => ({ kind: 'link', url, inner: parseInline(label) }),
  },
  {
    pattern: /<(https?:\/\/[^\s>]+)>|(https?:\/\/[^\s<>]*[^\s<>.,:;"')\]])/y,
    make: ([, a, b]) => ({ kind: 'link', url: a ?? b ?? '', inner: [{ kind: 'text', text: a ?? b ?? '' }] }),
  },
  { pattern: /\|\|(.+?)\|\|/sy, make: mark('spoiler') },
  { pattern: /\*\*((?:[^*\\]|\\.|\*(?!\*))+?)\*\*(?!\*)/sy, make: mark('strong') },
  { pattern: /__((?:[^_\\]|\\.|_(?!_))+?)__(?!_)/sy, make: mark('u') },
  { pattern: /~~(.+?)~~/sy, make: mark('s') },
  { pattern: /\*(?![\s*])((?:[^*\\]|\\.)*?[^\s*\\])\*/sy, make: mark('em') },
  { pattern: /(?<!\w)_(?![\s_])((?:[^_\\]|\\.)*?[^\s_\\])_(?!\w)/sy, make: mark('em') },
];

/** Where a rule could begin; all before it is text. */
const begin = /[\\`<[|*_~]|https?:\/\//g;

function parseInline(text: string): Inline[] {
  const parts: Inline[] = [];
  let plain = '';
  let at = 0;
  while (at < text.length) {
    begin.lastIndex = at;
    const next = begin.exec(text)?.index ?? text.length;
    plain += text.slice(at, next);
    at = next;
    if (at >= text.length) break;
    const found = matchAt(text, at);
    if (!found) {
      plain += text[at] ?? '';
      at += 1;
      continue;
    }
    if (plain !== '') parts.push({ kind: 'text', text: plain });
    plain = '';
    parts.push(found.part);
    at = found.end;
  }
  if (plain !== '') parts.push({ kind: 'text', text: plain });
  return parts;
}

function matchAt(text: string, at: number): { part: Inline; end: number } | undefined {
  for (const { pattern, make } of rules) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return { part: make(match), end: at + match[0].length };
  }
  return undefined;
}

/** One line or a short text. */
export function inline(text: string): unknown {
  return parseInline(text).map(show);
}

/** The same as words only, for places that take no markup: titles of cards, labels, what is read out. */
export function plain(text: string): string {
  return parseInline(text).map(words).join('');
}

function words(part: Inline): string {
  if ('text' in part) return part.text;
  if (part.kind === 'stamp') return formatStamp(part.at, part.style, view());
  if (part.kind === 'mention') return (part.of === 'user' || part.of === 'role' ? '@' : '') + nameOf(part);
  return part.inner.map(words).join('');
}

function show(part: Inline): unknown {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'code':
      return html`<code>${part.text}</code>`;
    case 'link':
      return html`<a href=${part.url} target="_blank" rel="noopener noreferrer nofollow">${part.inner.map(show)}</a>`;
    case 'stamp': {
      const whole = formatStamp(part.at, 'F', view());
      return html`<time datetime=${isoOf(part.at)} title=${whole}>${formatStamp(part.at, part.style, view())}</time>`;
    }
    case 'mention':
      return part.of === 'command'
        ? html`<span class="mention">${nameOf(part)}</span>`
        : html`<discord-mention type=${part.of}>${nameOf(part)}</discord-mention>`;
    default:
      return marked(part.kind, part.inner.map(show));
  }
}

function marked(kind: Mark, inner: unknown): TemplateResult {
  switch (kind) {
    case 'strong':
      return html`<strong>${inner}</strong>`;
    case 'em':
      return html`<em>${inner}</em>`;
    case 'u':
      return html`<u>${inner}</u>`;
    case 's':
      return html`<s>${inner}</s>`;
    default:
      return html`<details class="spoiler">
        <summary>Hidden text</summary>
        ${inner}
      </details>`;
  }
}

function nameOf({ of, id }: Extract<Inline, { kind: 'mention' }>): string {
  const { userName, roleName, channelName } = view();
  if (of === 'user') return userName?.(id) ?? 'unknown-user';
  if (of === 'role') return roleName?.(id) ?? 'unknown-role';
  if (of === 'channel') return channelName?.(id) ?? 'no-access';
  return `/${id}`;
}

function isoOf(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

/** A whole text: headings, lists, quotes, code and paragraphs. */
export function markdown(text: string): unknown {
  return blocks(text.split('\n'));
}

type Block = {
  readonly kind: 'heading' | 'subtext' | 'quote' | 'list' | 'numbers' | 'code' | 'lines';
  readonly lines: string[];
};

function blocks(lines: readonly string[]): unknown {
  const found: Block[] = [];
  const add = (kind: Block['kind'], line: string): void => {
    const last = found.at(-1);
    const joins = last?.kind === kind && kind !== 'heading' && kind !== 'code';
    if (joins) last.lines.push(line);
    else found.push({ kind, lines: [line] });
  };
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.startsWith('```')) {
      const end = lines.findIndex(
        (each, index) => (index > at || line.length > 6) && each.trimEnd().endsWith('```') && index >= at,
      );
      if (end >= at) {
        add('code', codeOf(lines.slice(at, end + 1)));
        at = end;
        continue;
      }
    }
    if (/^#{1,3} \S/.test(line)) add('heading', line);
    else if (line.startsWith('-# ')) add('subtext', line.slice(3));
    else if (line.startsWith('>>> ')) {
      add('quote', [line.slice(4), ...lines.slice(at + 1)].join('\n'));
      break;
    } else if (line.startsWith('> ')) add('quote', line.slice(2));
    else if (/^\s*[-*] /.test(line)) add('list', line);
    else if (/^\s*\d{1,3}\. /.test(line)) add('numbers', line);
    else add('lines', line);
  }
  return found.map(showBlock);
}

function codeOf(lines: readonly string[]): string {
  const text = lines.join('\n');
  return text.replace(/^```(?:[\w+-]*\n)?/, '').replace(/\n?```\s*$/, '');
}

function showBlock({ kind, lines }: Block): unknown {
  const [first = ''] = lines;
  switch (kind) {
    case 'heading': {
      const [, marks = '', title = ''] = /^(#{1,3}) (.*)$/.exec(first) ?? [];
      // Within a message, so never a heading of the page itself.
      return html`<p class="heading heading-${marks.length}">${inline(title)}</p>`;
    }
    case 'subtext':
      return html`<p class="subtext">${withBreaks(lines)}</p>`;
    case 'quote':
      return html`<blockquote>${blocks(lines.join('\n').split('\n'))}</blockquote>`;
    case 'list':
      return html`<ul>
        ${lines.map((line) => html`<li class=${nesting(line)}>${inline(line.replace(/^\s*[-*] /, ''))}</li>`)}
      </ul>`;
    case 'numbers':
      return html`<ol>
        ${lines.map((line) => html`<li class=${nesting(line)} value=${parseInt(line, 10)}>${inline(line.replace(/^\s*\d+\. /, ''))}</li>`)}
      </ol>`;
    case 'code':
      return html`<pre><code>${first}</code></pre>`;
    default:
      return lines.every((line) => line.trim() === '') ? html`<br />` : html`<p>${withBreaks(lines)}</p>`;
  }
}

const nesting = (line: string): string => (/^\s/.test(line) ? 'nested' : '');

function withBreaks(lines: readonly string[]): unknown {
  return lines.map((line, index) => [index > 0 ? html`<br />` : nothing, inline(line)]);
}
