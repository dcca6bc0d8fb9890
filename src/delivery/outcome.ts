import type { StaffProblem } from '../db/notice-kinds.ts';
import { alertKey, type Trouble } from '../guild/alerts.ts';
import type { Trx } from '../db/open.ts';
import type { Instant } from '../time.ts';
import type { WaitName } from './refusals.ts';

/** What follows from an outcome: written in the transaction that writes the outcome down. */
export type Follow = (trx: Trx) => Promise<void>;

/** How one attempt ended. Failures of requests are thrown instead and sorted by whoever made the attempt. */
export type Outcome =
  /** Discord has it. `worked`: the guild's own channels and roles that were used, so that nothing is wrong with them. */
  | {
      readonly is: 'delivered';
      readonly channelId: string | null;
      readonly messageId: string | null;
      readonly worked?: readonly string[];
      /** What follows from it, in the same transaction. */
      readonly also?: Follow;
    }
  /** Nothing is left to say or do, or it can never be said. */
  | { readonly is: 'void'; readonly why: string; readonly also?: Follow }
  /** Discord takes no more of this for now. */
  | { readonly is: 'later'; readonly dueAt: Instant; readonly problem: string }
  /** Discord knows no such guild: the bot is no longer in it. */
  | { readonly is: 'guild-gone' }
  /** The person takes no direct messages. */
  | { readonly is: 'closed-dms' }
  /** Not now: tried again after waits that grow. `tells`: what the moderators hear once. */
  | {
      readonly is: 'again';
      readonly waits: WaitName;
      readonly problem: string;
      readonly tells?: Trouble;
      readonly also?: Follow;
    };

/** Problems that can come back at the same place once they were mended. What was deleted comes back as another. */
const recurring: readonly StaffProblem[] = [
  'channel-not-set',
  'channel-closed',
  'channel-hidden',
  'threads-impossible',
  'threads-many',
  'threads-full',
  'listing-tags',
  'role-out-of-reach',
  'role-powerful',
  'staff-open',
  'message-refused',
];

/** The keys of the alerts about channels or roles (or what they are set for) that have just worked. */
export function mendedKeys(guildId: string, ids: readonly string[]): string[] {
  return ids.flatMap((id) => recurring.map((problem) => alertKey(guildId, { problem, id })));
}
