import type { Context } from '../../context.ts';
import type { QuietReason } from '../../db/notice-kinds.ts';
import type { Trx } from '../../db/open.ts';
import type { Card } from '../../discord/replies.ts';
import type { Scene } from './scene.ts';
import type { Notice } from '../../db/notices/write.ts';

/** What is to be posted, from current state. */
export interface Posting {
  /** A channel, a forum or a thread. */
  readonly channelId: string;
  /** The channel that it hangs on, where it is a thread. */
  readonly parentId?: string | null;
  /** What its post is called in a forum, where not as its card, and which tag it gets there. */
  readonly title?: string;
  readonly tagId?: string | null;
  /** `allowedMentions` names the roles, or with `everyone: true` everyone, whom the first delivery pings; an edit pings nobody. */
  readonly card: Card;
  /** Whether to publish it to the servers that follow the channel, should it be an announcement channel. */
  readonly crosspost: boolean;
  /** The message that it answers, where it answers one. */
  readonly below?: string;
  /** Why it must not be posted any more (a slug): then it is only looked for, should it have arrived unnoticed. */
  readonly stale?: string;
}

/** A posting that is too late, while what it belongs to rests because of it: it is looked at whether that can go on. */
export const resting = 'resting';

/**
 * Why something cannot be posted before a moderator mends it; `thread-locked` and `tag-missing` when its thread was locked,
 * or its forum wants a tag on each post; `refused` when Discord does not take the message itself,
 * `moderator-gone` when nobody who is a moderator by now answers for it.
 */
export type PostFailure =
  'channel-deleted' | 'channel-closed' | 'thread-locked' | 'tag-missing' | 'refused' | 'moderator-gone';

/** Where a post is. */
export interface Place {
  readonly channelId: string;
  readonly messageId: string;
}

/** Facts to check again when posting: who answers for it, and whom it notifies. */
export interface Charge {
  readonly channelId: string;
  /** The moderator who confirmed or chose it; null where nobody does (any more). */
  readonly by: string | null;
  /** Whether it says a moderator's words: without somebody who answers for them it is not posted. */
  readonly saysWords: boolean;
  /** `isOffered`: members took the role with `/notify`, so whoever planned the post need not be allowed to mention it. */
  readonly notifies: 'everyone' | { readonly roleId: string; readonly isOffered: boolean } | undefined;
}

/** How one kind of post is made, and what follows from its delivery. Every `trx` is the outbox's: no Discord in there. */
export interface PostSource {
  /** Whether `find` itself leads to where it was last tried, whatever was chosen since. */
  readonly keepsPlace?: true;
  /** What has to be settled before: the only part that writes. Called before each attempt. */
  prepare?(scene: Scene): Promise<void>;
  /** Only reads: what is asked of Discord before its first delivery; undefined where nothing is. */
  charge(scene: Scene): Promise<Charge | undefined>;
  /**
   * Only reads: what is to be posted; undefined when nothing is left to say. Called anew for each attempt and for every
   * edit. With `isQuiet` without the mention that was planned.
   */
  find(scene: Scene, isQuiet: boolean): Promise<Posting | undefined>;
  /**
   * Discord has it: called in the transaction that records so, also after an edit (`notice.message_id` was set before).
   * @param quiet why it went out without the mention that was planned: tell whom it concerns.
   */
  delivered(trx: Trx, ctx: Context, notice: Notice, place: Place, quiet: QuietReason | undefined): Promise<void>;
  /**
   * It is not posted: called in the transaction that writes so down, and again each time that it is tried once more in
   * vain. Tell whom it concerns, once.
   */
  failed(trx: Trx, ctx: Context, notice: Notice, why: PostFailure, channelId: string): Promise<void>;
  /** It is not posted: called in the transaction that closes the notice. `why` is the posting's `stale`, or `nothing`. */
  dropped(trx: Trx, ctx: Context, notice: Notice, why: string): Promise<void>;
  /** Called in the transaction that gives up a correction; tells whoever asked for it. */
  uncorrected?(trx: Trx, ctx: Context, notice: Notice, why: 'message-deleted' | 'change-refused'): Promise<void>;
}
