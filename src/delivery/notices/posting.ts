import type { Context } from '../../context.ts';
import type { Announcement } from '../../db/announcements.ts';
import type { Notice } from '../../db/notices.ts';
import type { Trx } from '../../db/open.ts';
import type { Card } from '../../discord/replies.ts';
import type { Scene } from './scene.ts';

/** What is to be posted, from current state. */
export interface Posting {
  readonly channelId: string;
  /** `allowedMentions` names the roles, or with `everyone: true` everyone, whom the first delivery pings; an edit pings nobody. */
  readonly card: Card;
  /** Whether to publish it to the servers that follow the channel, should it be an announcement channel. */
  readonly crosspost: boolean;
  /** Why it must not be posted any more (a slug): then it is only looked for, should it have arrived unnoticed. */
  readonly stale?: string;
}

/** A posting that is too late, while what it belongs to rests because of it: it is looked at whether that can go on. */
export const resting = 'resting';

/** Why something cannot be posted before a moderator mends it; `refused` when Discord does not take the message itself. */
export type PostFailure = 'channel-deleted' | 'channel-closed' | 'refused';

/** Where a post is. */
export interface Place {
  readonly channelId: string;
  readonly messageId: string;
}

/** What a post is made with. */
export interface PostScene extends Scene {
  /** Whether the guild still has a role, as far as is known without asking Discord: naming one that is gone is noise. */
  hasRole(roleId: string): boolean;
}

/** How one kind of post is made, and what follows from its delivery. Every `trx` is the outbox's: no Discord in there. */
export interface PostSource {
  /** What has to be settled before: the only part that writes. Called before each attempt. */
  prepare?(scene: PostScene): Promise<void>;
  /** Only reads: what is to be posted; undefined when nothing is left to say. Called anew for each attempt and for every edit. */
  find(scene: PostScene): Promise<Posting | undefined>;
  /** Discord has it: called in the transaction that records so, also after an edit (`notice.message_id` was set before). */
  delivered(trx: Trx, ctx: Context, notice: Notice, place: Place): Promise<void>;
  /**
   * It is not posted: called in the transaction that writes so down, and again each time that it is tried once more in
   * vain. Tell whom it concerns, once.
   */
  failed(trx: Trx, ctx: Context, notice: Notice, why: PostFailure, channelId: string): Promise<void>;
  /** It is not posted: called in the transaction that closes the notice. `why` is the posting's `stale`, or `nothing`. */
  dropped(trx: Trx, ctx: Context, notice: Notice, why: string): Promise<void>;
  /** What stands was to be changed and will not be: called in the transaction that closes the notice. Tell whom it concerns. */
  uncorrected?(trx: Trx, ctx: Context, notice: Notice, why: 'message-deleted' | 'change-refused'): Promise<void>;
}

/** An announcement without the role that it was to notify, where that was deleted since: it is news all the same. */
export function withoutGoneRole(scene: PostScene, announcement: Announcement): Announcement {
  const { role_id: roleId } = announcement;
  return roleId === null || scene.hasRole(roleId) ? announcement : { ...announcement, role_id: null };
}
