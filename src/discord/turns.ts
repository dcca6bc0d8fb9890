/**
 * By guild, so that two moderators who create roles at once take turns: the second finds what the first created. One
 * process serves a guild (a shard's gateway session is one process'), so its memory is the right place for this.
 */
const turns = new Map<string, Promise<unknown>>();

/** Does what calls Discord several times for a guild, once what was begun there before is done. */
export async function oneAtATime<T>(guildId: string, work: () => Promise<T>): Promise<T> {
  const before = turns.get(guildId) ?? Promise.resolve();
  const mine = before.then(work, work);
  turns.set(guildId, mine);
  try {
    return await mine;
  } finally {
    if (turns.get(guildId) === mine) turns.delete(guildId);
  }
}
