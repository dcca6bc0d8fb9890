import type { Context } from '../context.ts';
import type { Acting } from './acting.ts';

/**
 * By what the record names a moderator who has left the guild: the same for all that they did, and nobody's name to
 * whoever has the database alone.
 */
export function formerActor({ keyedHash }: Pick<Context, 'keyedHash'>, { guildId, userId }: Acting): string {
  return keyedHash('audit-actor', guildId, userId);
}
