/** What a person sees in Discord, as plain text for a terminal. */
import type { APIEmbed, APIMessage, APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import type { Answer } from '../api.ts';
import { boxed, paragraphs, renderComponent } from './components.ts';
import type { ShownComponent } from './shown.ts';
import { formatStamp } from './stamps.ts';
import { bold, DEFAULT_WIDTH, dim, type View } from './view.ts';
import { widthOf, wrap } from './wrap.ts';

export { canStyle, type View } from './view.ts';
export { formatDistance, formatStamp } from './stamps.ts';

const EPHEMERAL = 1 << 6;
const INDENT = '  ';
/** Wide enough for "Name: value" on one line; longer values stand below their name. */
const SHORT_FIELD = 60;

/** A message with its author, embeds, components and files. */
export function renderMessage(message: APIMessage, view: View): string {
  const width = (view.width ?? DEFAULT_WIDTH) - INDENT.length;
  const body = [
    ...(message.content ? paragraphs(message.content, view, width) : []),
    ...(message.embeds ?? []).flatMap((embed) => renderEmbed(embed, view, width)),
    ...(message.components ?? []).flatMap((component) => renderComponent(component as ShownComponent, view, width)),
    ...(message.attachments ?? []).map((file) => `(file: ${file.filename}, ${formatSize(file.size)})`),
    ...renderPoll(message, view, width),
  ];
  if (body.length === 0) body.push(dim(systemText(message.type), view));
  return [renderHeader(message, view), ...body.map((line) => `${INDENT}${line}`.trimEnd())].join('\n');
}

function renderHeader(message: APIMessage, view: View): string {
  const author = message.author.global_name ?? message.author.username;
  const parts = [formatStamp(Date.parse(message.timestamp), 's', view)];
  if (message.author.bot) parts.unshift('bot');
  const command = (message as { interaction?: { name?: string } }).interaction?.name;
  if (command) parts.push(`answers /${command}`);
  if (message.edited_timestamp) parts.push('edited');
  if ((message.flags ?? 0) & EPHEMERAL) parts.push('(only you can see this)');
  return `${bold(author, view)} ${dim(`· ${parts.join(' · ')}`, view)}`;
}

function renderEmbed(embed: APIEmbed, view: View, outerWidth: number): string[] {
  const width = outerWidth - 2;
  const lines: string[] = [];
  if (embed.author) lines.push(...wrap(embed.author.name, width));
  if (embed.title) lines.push(...paragraphs(embed.title, view, width).map((line) => bold(line, view)));
  if (embed.url) lines.push(dim(embed.url, view));
  if (embed.description) lines.push(...paragraphs(embed.description, view, width));
  for (const field of embed.fields ?? []) lines.push(...renderEmbedField(field, view, width));
  const picture = embed.image ?? embed.thumbnail;
  if (picture) lines.push(`(picture: ${picture.url.split('/').at(-1) ?? ''})`);
  const end = [embed.footer?.text, embed.timestamp && formatStamp(Date.parse(embed.timestamp), 'f', view)];
  const footer = end.filter(Boolean).join(' · ');
  if (footer !== '') lines.push(...wrap(footer, width).map((line) => dim(line, view)));
  return boxed(lines);
}

function renderEmbedField(field: { name: string; value: string }, view: View, width: number): string[] {
  const name = paragraphs(field.name, view, width).map((line) => bold(line, view));
  const value = paragraphs(field.value, view, width - INDENT.length);
  const [first = '', ...more] = value;
  const oneLine = `${name[0] ?? ''}: ${first}`;
  if (name.length === 1 && more.length === 0 && widthOf(oneLine) <= Math.min(width, SHORT_FIELD)) return [oneLine];
  return [...name, ...value.map((line) => `${INDENT}${line}`)];
}

function renderPoll(message: APIMessage, view: View, width: number): string[] {
  const { poll } = message;
  if (!poll) return [];
  const answers = poll.answers.map((answer) => `( ) ${answer.poll_media.text ?? ''}`);
  return [...paragraphs(poll.question.text ?? '', view, width), ...answers];
}

const systemTexts: Readonly<Record<number, string>> = {
  6: '(pinned a message)',
  7: '(joined)',
  18: '(started a thread)',
};

function systemText(type: number): string {
  return systemTexts[type] ?? '(nothing to show)';
}

function formatSize(bytes: number): string {
  return bytes < 1024 ? `${bytes} bytes` : `${Math.ceil(bytes / 1024)} KB`;
}

/** A form with its fields in order. */
export function renderModal(modal: APIModalInteractionResponseCallbackData, view: View): string {
  const width = (view.width ?? DEFAULT_WIDTH) - INDENT.length;
  const fields = (modal.components as readonly ShownComponent[]).flatMap((row) =>
    // The older form of a field is a row around an input that carries its own label.
    row.type === 1
      ? (row.components ?? []).flatMap((each) => renderComponent({ ...each, type: 18, component: each }, view, width))
      : renderComponent(row, view, width),
  );
  return [bold(`Form: ${modal.title}`, view), ...fields.map((line) => `${INDENT}${line}`.trimEnd())].join('\n');
}

/** The answer to something a person did, with what followed it. */
export function renderAnswer(answer: Answer, view: View): string {
  const parts: string[] = [];
  if (answer.modal) parts.push(renderModal(answer.modal, view));
  if (answer.message) {
    if (answer.kind === 'update') parts.push(dim('(the message has changed)', view));
    parts.push(renderMessage(answer.message, view));
  }
  for (const message of answer.followUps) parts.push(renderMessage(message, view));
  return parts.length > 0 ? parts.join('\n') : dim('(done; there is nothing to show)', view);
}
