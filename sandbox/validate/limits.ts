/**
 * Documented limits that Discord's OpenAPI document leaves out or states more loosely. Lengths are in characters.
 * The comment names the page of Discord's developer documentation.
 */

// Resources → Message: create message, embed limits, allowed mentions.
export const MAX_CONTENT = 2000;
/** Title, description, field names and values, footer and author of all embeds of a message together. */
export const MAX_EMBED_CHARACTERS = 6000;
export const MAX_NONCE = 25;

// Components → Component Reference.
export const MAX_ACTION_ROWS = 5;
export const MAX_SELECT_OPTIONS = 25;
/** With IS_COMPONENTS_V2, nested ones counted. */
export const MAX_COMPONENTS = 40;
/** All Text Display components of a message together (Discord.js guide; documentation pull request 8562). */
export const MAX_TEXT_DISPLAY_CHARACTERS = 4000;
export const MAX_MODAL_ROWS = 5;

// Resources → Poll.
export const MAX_POLL_QUESTION = 300;
export const MAX_POLL_ANSWER = 55;

// Interactions → Application Commands.
/** By command type: chat input, user, message. */
export const MAX_COMMANDS: Readonly<Record<number, number>> = { 1: 100, 2: 15, 3: 15 };
export const MAX_COMMAND_CHARACTERS = 8000;
export const MAX_CHOICE_VALUE = 100;
export const COMMAND_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

/** Reference → Locales. There is no Arabic among them. */
export const locales: ReadonlySet<string> = new Set(
  (
    'id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th ' +
    'zh-CN ja zh-TW ko'
  ).split(' '),
);

/** Resources → Message: message flags that a bot may set. */
export const messageFlags = {
  SUPPRESS_EMBEDS: 1 << 2,
  EPHEMERAL: 1 << 6,
  SUPPRESS_NOTIFICATIONS: 1 << 12,
  IS_VOICE_MESSAGE: 1 << 13,
  IS_COMPONENTS_V2: 1 << 15,
} as const;
