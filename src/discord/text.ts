import { deletedUser } from '../db/schema.ts';
import { who } from '../marks.ts';
import type { Texts } from '../texts/en.ts';

// It stands below: also what rules refuse may quote what somebody typed.
export { showTyped } from '../marks.ts';

/** Pure: a mention that leads to a person's profile on Discord; words for somebody who deleted their data. */
export function mention(t: Texts, userId: string): string {
  return userId === deletedUser ? t.notices.formerMember : who(userId);
}
