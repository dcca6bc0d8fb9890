/** Where Discord takes more than its OpenAPI document says, so that a client which works there works here too. */
import * as faults from './faults.ts';
import { buildLiteral, checkBoolean, type Check } from './scalars.ts';

/** A bit field of permissions: the document says integer, the API takes and sends decimal strings. */
export const checkBitField: Check = (value, walk) => {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return;
  if (typeof value === 'string' && /^\d{1,20}$/.test(value)) return;
  walk.report(faults.notAnInteger);
};
export const bitFieldKeys: ReadonlySet<string> = new Set([
  'allow',
  'deny',
  'permissions',
  'default_member_permissions',
]);

const anything: Check = () => undefined;
const optionalText: Check = (value, walk) => {
  if (value !== null && typeof value !== 'string') walk.report(faults.notAString);
};

const ignored = (...keys: readonly string[]): Readonly<Record<string, Check>> => {
  return Object.fromEntries(keys.map((key) => [key, anything]));
};
/** What Discord adds to media that it sends out; bots send received embeds and components back. */
const mediaSentBack = ignored(
  'proxy_url',
  'width',
  'height',
  'content_type',
  'flags',
  'placeholder',
  'placeholder_version',
);

/** Fields that Discord takes and its document leaves out, by schema. */
export const undocumented: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  // Documented in prose; the builders of discord.js send it.
  ApplicationCommandCreateRequest: { nsfw: checkBoolean },
  ApplicationCommandPatchRequestPartial: { nsfw: checkBoolean },
  ApplicationCommandUpdateRequest: { nsfw: checkBoolean },
  ApplicationCommandAttachmentOption: ignored('file_types'),
  // discord.js sends an emoji with all that it knows of it.
  ComponentEmojiForRequest: { animated: checkBoolean, name: optionalText },
  PollEmojiCreateRequest: { animated: checkBoolean, name: optionalText },
  // 0 is a reply, 1 a forward.
  MessageReferenceRequest: { type: buildLiteral([0, 1, null]) },
  UpdateGuildChannelRequestPartial: { lock_permissions: checkBoolean },
  RichEmbed: ignored('content_scan_version', 'reference_id', 'flags'),
  RichEmbedAuthor: ignored('proxy_icon_url'),
  RichEmbedFooter: ignored('proxy_icon_url'),
  RichEmbedImage: mediaSentBack,
  RichEmbedThumbnail: mediaSentBack,
  RichEmbedVideo: mediaSentBack,
  UnfurledMediaRequest: ignored('id', 'loading_state', 'attachment_id', ...Object.keys(mediaSentBack)),
  MessageAttachmentRequest: ignored('size', 'url', 'ephemeral', ...Object.keys(mediaSentBack)),
};
/** discord.js sends these with every message, also where they mean nothing: on edits and in interaction answers. */
export const alwaysSentWithMessages: Readonly<Record<string, Check>> = {
  tts: checkBoolean,
  enforce_nonce: checkBoolean,
  nonce: anything,
};
