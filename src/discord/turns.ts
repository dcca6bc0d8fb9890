/**
 * By whatever takes turns: a guild, so that of two moderators who create roles at once the second finds what the first
 * created; an interaction, so that it gets one first answer. Both are served by one process, so its memory is the place.
 */
const turns = new Map<string, Promise<unknown>>();

/**
 * Does what calls Discord several times, once what was begun under the same id is done.
 * @param id of a guild or an interaction.
 */
export async function oneAtATime<T>(id: string, work: () => Promise<T>): Promise<T> {
  const before = turns.get(id) ?? Promise.resolve();
  const mine = before.then(work, work);
  turns.set(id, mine);
  try {
    return await mine;
  } finally {
    if (turns.get(id) === mine) turns.delete(id);
  }
}
