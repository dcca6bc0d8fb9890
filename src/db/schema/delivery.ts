/** The outbox. */
import type { Generated } from 'kysely';
import type { Instant } from '../../time.ts';
import type { NoticeKind } from '../notice-kinds.ts';
import type { Flag } from './columns.ts';

/** `owed` until Discord has it; `undeliverable` shows in `/inbox`; `read` there; `void` when nothing is left to say. */
export type NoticeState = 'owed' | 'delivered' | 'undeliverable' | 'read' | 'void';

/** The outbox: a message (or role, or thread) that the bot owes somebody. Rendered when delivered, from current state. */
export interface NoticesTable {
  id: string;
  guild_id: string;
  kind: NoticeKind;
  /** Who it is for; null when it goes to a channel of the guild. */
  user_id: string | null;
  /** What it speaks of: the id of a request, mentorship or profile. */
  subject_id: string | null;
  /** JSON object with what current state cannot tell. */
  detail: string | null;
  /** Inserting a second notice with the same key does nothing. */
  dedupe_key: string | null;
  state: NoticeState;
  /** Grows whenever what it says has changed; a delivered one is then owed again, as an edit. */
  revision: Generated<number>;
  /** The revision that Discord has; null before the first delivery. */
  delivered_revision: number | null;
  attempts: Generated<number>;
  /** Not tried before this moment. */
  due_at: Instant;
  /** While an attempt runs: when others may take it over. */
  claimed_until: Instant | null;
  /** Since when an attempt may have reached Discord without an answer: look there before sending again. */
  unsure_since: Instant | null;
  /** The channel in which an attempt was about to make something, where moderators choose that channel. */
  tried_in: string | null;
  /** Where it went, once Discord confirmed it. Of an event only its id, in `message_id`. */
  channel_id: string | null;
  message_id: string | null;
  delivered_at: Instant | null;
  /** Code of the last failure, for operators; never a text. */
  problem: string | null;
  created_at: Instant;
  /** Whether it is one of many, a post or a message of bulk work: those wait for what somebody has just caused. */
  mass: Generated<Flag>;
  /** When the bot last looked whether the message is still there; null when it has not yet. */
  looked_at: Instant | null;
}

export interface DeliveryTables {
  notices: NoticesTable;
}
