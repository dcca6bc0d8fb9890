/** What a message is made from. */
import type {
  APIAllowedMentions,
  APIEmbed,
  APIMessageReference,
  APIMessageTopLevelComponent,
} from 'discord-api-types/v10';
import type { UploadedFile } from '../files.ts';
import type { Channel, Message, User } from '../state.ts';

export const messageTypes = { default: 0, reply: 19, chatInputCommand: 20, contextMenuCommand: 23 } as const;
export const messageFlags = {
  crossposted: 1 << 0,
  suppressEmbeds: 1 << 2,
  hasThread: 1 << 5,
  ephemeral: 1 << 6,
  loading: 1 << 7,
  componentsV2: 1 << 15,
} as const;

/** What a request may say about a message, after validation. */
export interface MessageBody {
  readonly content?: string | null;
  readonly embeds?: APIEmbed[] | null;
  readonly components?: APIMessageTopLevelComponent[] | null;
  readonly attachments?: { id: string | number; filename?: string; description?: string }[] | null;
  readonly allowed_mentions?: APIAllowedMentions | null;
  readonly message_reference?: APIMessageReference;
  readonly flags?: number | null;
  readonly tts?: boolean;
  readonly poll?: object;
  readonly nonce?: string | number;
  readonly enforce_nonce?: boolean;
}

export interface NewMessage {
  /** Of the first message of a post in a forum, which has its thread's. */
  readonly id?: string;
  readonly channel: Channel;
  readonly author: User;
  readonly body: MessageBody;
  readonly files?: readonly UploadedFile[];
  readonly type?: number;
  /** The message that this one answers. */
  readonly repliesTo?: Message | undefined;
  readonly ephemeralFor?: User | undefined;
  /** Of answers to interactions: their metadata, and the flag "is thinking". */
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly loading?: boolean;
}
