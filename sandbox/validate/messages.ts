/** The documented rules for a message that its schema does not state: Resources → Message. */
import { checkComponents, type Component } from './components.ts';
import { required, tooLong, type Fault, type Walk } from './faults.ts';
import { componentTypes } from '../types.ts';
import * as limits from './limits.ts';
import { messageFlags } from './limits.ts';
import { reportScheme } from './schemes.ts';

interface Embed {
  readonly title?: string | null;
  readonly description?: string | null;
  readonly url?: string | null;
  readonly fields?: readonly { readonly name: string; readonly value: string }[] | null;
  readonly author?: {
    readonly name?: string | null;
    readonly url?: string | null;
    readonly icon_url?: string | null;
  } | null;
  readonly footer?: { readonly text?: string | null; readonly icon_url?: string | null } | null;
  readonly image?: { readonly url?: string | null } | null;
  readonly thumbnail?: { readonly url?: string | null } | null;
}

/** A body that already has the shape of a message. */
export interface MessageBody {
  readonly content?: string | null;
  readonly embeds?: readonly Embed[] | null;
  readonly components?: readonly Component[] | null;
  readonly attachments?: readonly unknown[] | null;
  readonly flags?: number | null;
  readonly nonce?: string | number | null;
  readonly sticker_ids?: readonly string[] | null;
  readonly shared_client_theme?: unknown;
  readonly message_reference?: { readonly type?: number | null } | null;
  readonly poll?: {
    readonly question: { readonly text?: string | null };
    readonly answers: readonly { readonly poll_media: { readonly text?: string | null } }[];
  } | null;
  readonly allowed_mentions?: {
    readonly parse?: readonly (string | null)[] | null;
    readonly users?: readonly (string | null)[] | null;
    readonly roles?: readonly (string | null)[] | null;
  } | null;
}

interface MessageSituation {
  /** `create`: into a channel; `respond`: to an interaction or through a webhook; `edit`: what is absent stays. */
  readonly mode: 'create' | 'respond' | 'edit';
  /** Flags that the edited message has already. */
  readonly flags?: number;
}

const FORWARD = 1;
const linkSchemes = ['http', 'https'];
const mediaSchemes = ['http', 'https', 'attachment'];
const settableFlags = {
  create:
    messageFlags.SUPPRESS_EMBEDS |
    messageFlags.SUPPRESS_NOTIFICATIONS |
    messageFlags.IS_VOICE_MESSAGE |
    messageFlags.IS_COMPONENTS_V2,
  respond:
    messageFlags.SUPPRESS_EMBEDS |
    messageFlags.SUPPRESS_NOTIFICATIONS |
    messageFlags.IS_VOICE_MESSAGE |
    messageFlags.IS_COMPONENTS_V2 |
    messageFlags.EPHEMERAL,
  // Clients send back the flags that a message has, with their change; Discord takes what it needs.
  edit: -1,
};

/** Reports what Discord would refuse in a message. Whether anything is in it at all is asked of `isEmpty`. */
export function checkMessage(message: MessageBody, walk: Walk, situation: MessageSituation): void {
  const flags = message.flags ?? 0;
  if (flags & ~settableFlags[situation.mode]) {
    walk.report({ code: 'MESSAGE_FLAGS_INVALID', message: 'These message flags cannot be set here.' }, 'flags');
  }
  if ((message.content?.length ?? 0) > limits.MAX_CONTENT) walk.report(tooLong(limits.MAX_CONTENT), 'content');
  if (message.nonce !== undefined && message.nonce !== null && String(message.nonce).length > limits.MAX_NONCE) {
    walk.report(tooLong(limits.MAX_NONCE), 'nonce');
  }
  if (message.embeds) checkEmbeds(message.embeds, walk);
  if (message.poll) checkPoll(message.poll, walk);
  if (message.allowed_mentions) checkAllowedMentions(message.allowed_mentions, walk);

  const modern = isModern(message, situation);
  if (modern) refuseLegacyFields(message, walk);
  if (message.components) checkComponents(message.components, modern, walk);
}

/** Nothing to show: Discord answers 50006. */
export function isEmpty(message: MessageBody, files = 0): boolean {
  return (
    files === 0 &&
    isBlank(message.content) &&
    isNone(message.embeds) &&
    isNone(message.components) &&
    isNone(message.attachments) &&
    isNone(message.sticker_ids) &&
    !message.poll &&
    !message.shared_client_theme &&
    message.message_reference?.type !== FORWARD
  );
}

/** An edit that takes away everything that a message could show. An absent field stays, so each has to be named. */
export function isEmptied(message: MessageBody, files = 0): boolean {
  const { content, embeds, components, attachments } = message;
  if (content === undefined || embeds === undefined || components === undefined || attachments === undefined)
    return false;
  return isEmpty(message, files);
}

function isModern(message: MessageBody, situation: MessageSituation): boolean {
  const flags = (message.flags ?? 0) | (situation.flags ?? 0);
  if (flags & messageFlags.IS_COMPONENTS_V2) return true;
  // An edit does not repeat the flag of the message, so without knowing it the components tell.
  if (situation.mode !== 'edit' || situation.flags !== undefined) return false;
  return message.components?.some((component) => component.type !== componentTypes.actionRow) ?? false;
}

function refuseLegacyFields(message: MessageBody, walk: Walk): void {
  const used = { content: !isBlank(message.content), embeds: !isNone(message.embeds), poll: Boolean(message.poll) };
  for (const [field, isUsed] of Object.entries({ ...used, sticker_ids: !isNone(message.sticker_ids) })) {
    if (!isUsed) continue;
    const text = `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`;
    walk.report({ code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', message: text }, field);
  }
}

function checkEmbeds(embeds: readonly Embed[], walk: Walk): void {
  let characters = 0;
  for (const [index, embed] of embeds.entries()) {
    characters += charactersOf(embed);
    const hasText = [embed.title, embed.description, embed.author?.name, embed.footer?.text].some(
      (text) => !isBlank(text),
    );
    if (!hasText && isNone(embed.fields) && isBlank(embed.image?.url) && isBlank(embed.thumbnail?.url)) {
      walk.report(required, 'embeds', index, 'description');
    }
    // Documented as required within their objects, though the schema says otherwise.
    if (embed.author && isBlank(embed.author.name)) walk.report(required, 'embeds', index, 'author', 'name');
    if (embed.footer && isBlank(embed.footer.text)) walk.report(required, 'embeds', index, 'footer', 'text');
    if (embed.image && isBlank(embed.image.url)) walk.report(required, 'embeds', index, 'image', 'url');
    if (embed.thumbnail && isBlank(embed.thumbnail.url)) walk.report(required, 'embeds', index, 'thumbnail', 'url');
    for (const [place, field] of (embed.fields ?? []).entries()) {
      if (isBlank(field.name)) walk.report(required, 'embeds', index, 'fields', place, 'name');
      if (isBlank(field.value)) walk.report(required, 'embeds', index, 'fields', place, 'value');
    }
    reportScheme(embed.url, linkSchemes, walk, 'embeds', index, 'url');
    reportScheme(embed.author?.url, linkSchemes, walk, 'embeds', index, 'author', 'url');
    reportScheme(embed.author?.icon_url, mediaSchemes, walk, 'embeds', index, 'author', 'icon_url');
    reportScheme(embed.footer?.icon_url, mediaSchemes, walk, 'embeds', index, 'footer', 'icon_url');
    reportScheme(embed.image?.url, mediaSchemes, walk, 'embeds', index, 'image', 'url');
    reportScheme(embed.thumbnail?.url, mediaSchemes, walk, 'embeds', index, 'thumbnail', 'url');
  }
  if (characters > limits.MAX_EMBED_CHARACTERS) {
    const text = `Embed size exceeds maximum size of ${limits.MAX_EMBED_CHARACTERS}`;
    walk.report({ code: 'MAX_EMBED_SIZE_EXCEEDED', message: text }, 'embeds');
  }
}

function charactersOf(embed: Embed): number {
  const texts = [embed.title, embed.description, embed.author?.name, embed.footer?.text];
  for (const field of embed.fields ?? []) texts.push(field.name, field.value);
  return texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
}

function checkPoll(poll: NonNullable<MessageBody['poll']>, walk: Walk): void {
  const question = poll.question.text;
  if (isBlank(question)) walk.report(required, 'poll', 'question', 'text');
  if ((question?.length ?? 0) > limits.MAX_POLL_QUESTION) {
    walk.report(tooLong(limits.MAX_POLL_QUESTION), 'poll', 'question', 'text');
  }
  for (const [index, answer] of poll.answers.entries()) {
    const { text } = answer.poll_media;
    if (isBlank(text)) walk.report(required, 'poll', 'answers', index, 'poll_media', 'text');
    if ((text?.length ?? 0) > limits.MAX_POLL_ANSWER) {
      walk.report(tooLong(limits.MAX_POLL_ANSWER), 'poll', 'answers', index, 'poll_media', 'text');
    }
  }
}

function checkAllowedMentions(allowed: NonNullable<MessageBody['allowed_mentions']>, walk: Walk): void {
  for (const kind of ['users', 'roles'] as const) {
    const ids = allowed[kind] ?? [];
    if (ids.length > 0 && allowed.parse?.includes(kind)) {
      const text = `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`;
      const fault: Fault = { code: 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', message: text };
      walk.report(fault, 'allowed_mentions');
    }
    if (new Set(ids).size < ids.length) {
      walk.report(
        { code: 'SET_TYPE_ALREADY_CONTAINS_VALUE', message: 'The set already contains this value' },
        'allowed_mentions',
        kind,
      );
    }
  }
}

/** Discord trims what it is sent, so white space alone is nothing. */
function isBlank(text: string | null | undefined): boolean {
  return text === undefined || text === null || text.trim() === '';
}

function isNone(list: readonly unknown[] | null | undefined): boolean {
  return !list || list.length === 0;
}
