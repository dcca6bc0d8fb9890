/**
 * The border: text that people typed is cleaned once, before anything of ours sees it, and every request to Discord on its
 * way out, because names of members, channels and roles come from there and were never typed to us.
 */
import type { BaseInteraction, CommandInteractionOption, REST } from 'discord.js';
import { withoutDirectionControls } from '../marks.ts';
import { limits } from './limits.ts';

/** NUL, which PostgreSQL refuses in any text, and halves of characters, which nothing can store or show. */
const unusable = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/**
 * Pure: a text without what no database or screen can hold, and without what turns around the text behind it. Joiners
 * within names and emoji stay, and so do the marks that belong to right-to-left writing.
 */
export function cleanText(text: string): string {
  // In this order: what is cut between two halves must not make a character of them.
  return withoutDirectionControls(text.replaceAll(unusable, ''));
}

/** Stands for a text of which cleaning leaves nothing: Discord takes no empty label, title or name. */
const nothingLeft = '…';

/** Lets everything that this client sends be cleaned on its way: messages, forms, choices, labels, names of threads. */
export function cleanOutput(rest: REST): REST {
  const send = rest.request.bind(rest);
  rest.request = (options) => send(isPlain(options.body) ? { ...options, body: cleaned(options.body) } : options);
  return rest;
}

/** Pure: the same value where nothing had to be cleaned in it. */
function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return value === '' ? value : cleanText(value) || nothingLeft;
  if (Array.isArray(value)) {
    const parts = value.map(cleaned);
    return parts.some((part, i) => part !== value[i]) ? parts : value;
  }
  if (!isPlain(value)) return value;
  const entries = Object.entries(value).map(([key, part]) => [key, cleaned(part)] as const);
  return entries.some(([key, part]) => part !== value[key]) ? Object.fromEntries(entries) : value;
}

/** Plain data that becomes JSON. Files and builders serialize themselves and are left alone. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Characters of an option: more than any of ours takes. What is longer was sent past Discord's own limit of it. */
const longestOption = 2_000;

/** Cleans an interaction in place, and bounds what is looked for in it: typed options, fields of a form, and custom ids, which a client may have made up. */
export function cleanInput(interaction: BaseInteraction): void {
  if (interaction.isChatInputCommand()) cleanOptions(interaction.options.data, longestOption);
  if (interaction.isAutocomplete()) cleanOptions(interaction.options.data, limits.choiceValue);
  if (interaction.isMessageComponent() || interaction.isModalSubmit()) {
    Object.assign(interaction, { customId: cleanText(interaction.customId) });
  }
  if (interaction.isStringSelectMenu()) interaction.values = interaction.values.map(cleanText);
  if (interaction.isModalSubmit()) {
    for (const field of interaction.fields.fields.values()) cleanValue(field);
  }
}

function cleanOptions(options: readonly CommandInteractionOption[], longest: number): void {
  for (const option of options) {
    if (typeof option.value === 'string') option.value = option.value.slice(0, longest);
    cleanValue(option);
    cleanOptions(option.options ?? [], longest);
  }
}

function cleanValue(part: { value?: unknown; values?: unknown }): void {
  if (typeof part.value === 'string') part.value = cleanText(part.value);
  if (Array.isArray(part.values)) {
    part.values = part.values.map((value: unknown) => (typeof value === 'string' ? cleanText(value) : value));
  }
}
