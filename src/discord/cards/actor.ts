import { hashPrefix } from '../../ids.ts';
import type { Texts } from '../../texts/en.ts';
import { mention } from '../text.ts';

/** So much of a code tells the acts of one who left from those of another. */
const codeLength = 5;

/** Who did something, as the record of what moderators did names them: whoever has left is a code. */
export function actorText(t: Texts, actorId: string): string {
  return actorId.startsWith(hashPrefix)
    ? t.audit.formerModerator(actorId.slice(hashPrefix.length, hashPrefix.length + codeLength))
    : mention(t, actorId);
}
