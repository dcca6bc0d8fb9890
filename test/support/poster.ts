import type { Acting } from '../../src/guild/acting.ts';
import type { Poster, Reach } from '../../src/posts/announcements/reach.ts';

/** Discord allows everything: the moderator sees the channel, and both may notify whom they like. */
export const open: Reach = {
  channel: { isNews: false },
  botLacks: [],
  moderatorLacks: [],
  moderatorMentions: true,
  botMentions: true,
  role: 'open',
};

/** A moderator who sees every channel, and may do there what Discord allows by `reach`. */
export function posterOf(by: Acting, reach: Partial<Reach> = {}): Poster {
  return { ...by, sees: () => true, seesAll: true, readReach: () => ({ ...open, ...reach }) };
}
