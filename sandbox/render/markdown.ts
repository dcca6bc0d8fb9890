/** Discord's Markdown as a person sees it: marks become styling or vanish, stamps and mentions become words. */
import { bold, dim, type View } from './view.ts';
import { formatStamp } from './stamps.ts';

/** The lines of a text as they are shown, not yet broken to a width. */
export function formatMarkdown(text: string, view: View): string[] {
  let isCode = false;
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    if (line.trimStart().startsWith('```')) {
      isCode = !isCode;
      const rest = line.trimStart().slice(3);
      // A fence may open and close around a single line.
      if (isCode && rest.endsWith('```')) {
        lines.push(`    ${rest.slice(0, -3)}`);
        isCode = false;
      }
      continue;
    }
    lines.push(isCode ? `    ${line}` : formatLine(line, view));
  }
  return lines;
}

function formatLine(line: string, view: View): string {
  const heading = /^#{1,3} (.*)$/.exec(line);
  if (heading) return bold(formatInline(heading[1] ?? '', view), view);
  const subtext = /^-# (.*)$/.exec(line);
  if (subtext) return dim(formatInline(subtext[1] ?? '', view), view);
  const quote = /^>{1,3} (.*)$/.exec(line);
  if (quote) return `│ ${formatInline(quote[1] ?? '', view)}`;
  const item = /^(\s*)[-*] (.*)$/.exec(line);
  if (item) return `${item[1] ?? ''}• ${formatInline(item[2] ?? '', view)}`;
  return formatInline(line, view);
}

/** Private-use characters stand for escaped ones while the marks are looked for. */
const ESCAPED_FROM = 0xe000;

/** One line, or a short text such as a title. */
export function formatInline(text: string, view: View): string {
  const kept: string[] = [];
  const keep = (shown: string): string => String.fromCodePoint(ESCAPED_FROM + kept.push(shown) - 1);
  return text
    .replaceAll(/`([^`]+)`/g, (_, code: string) => keep(code))
    .replaceAll(/\\([\p{P}\p{S}])/gu, (_, character: string) => keep(character))
    .replaceAll(/<t:(-?\d+)(?::([tTdDfFsSR]))?>/g, (_, seconds: string, style: string | undefined) =>
      keep(formatStamp(Number(seconds) * 1000, style ?? 'f', view)),
    )
    .replaceAll(/<(@!?|@&|#)(\d+)>/g, (_, kind: string, id: string) => keep(formatMention(kind, id, view)))
    .replaceAll(/<\/([^:>]+):\d+>/g, (_, command: string) => keep(`/${command}`))
    .replaceAll(/<a?:(\w+):\d+>/g, (_, name: string) => keep(`:${name}:`))
    .replaceAll(/\[([^\]]+)\]\(<?(https?:[^)\s>]+)>?\)/g, (_, label: string, url: string) => `${label} (${keep(url)})`)
    .replaceAll(/<?(https?:\/\/[^\s>)]+)>?/g, (_, url: string) => keep(url))
    .replaceAll(/\*\*\*(.+?)\*\*\*/g, (_, inner: string) => bold(inner, view))
    .replaceAll(/\*\*(.+?)\*\*/g, (_, inner: string) => bold(inner, view))
    .replaceAll(/__(.+?)__/g, (_, inner: string) => inner)
    .replaceAll(/(?<![\w*])[*_]([^*_\s](?:[^*_]*[^*_\s])?)[*_](?![\w*])/g, (_, inner: string) => inner)
    .replaceAll(/~~(.+?)~~/g, (_, inner: string) => inner)
    .replaceAll(/\|\|(.+?)\|\|/g, (_, inner: string) => `(hidden: ${inner})`)
    .replaceAll(/[\uE000-\uF8FF]/g, (mark) => kept[(mark.codePointAt(0) ?? 0) - ESCAPED_FROM] ?? mark);
}

function formatMention(kind: string, id: string, view: View): string {
  if (kind === '#') return `#${view.channelName?.(id) ?? 'unknown'}`;
  if (kind === '@&') return `@${view.roleName?.(id) ?? 'unknown role'}`;
  return `@${view.userName?.(id) ?? 'unknown'}`;
}
