/** A place is where an act is carried out. Each guild has a few: what more of its members do waits, and nobody elsewhere. */

/** Acts of one guild at once. Most take a millisecond or two of the thread. */
const placesOfGuild = 3;
/** Whoever takes longer waits for Discord, not for the thread, and gives the place to the next. */
const longestMs = 50;

/** Waiting acts by guild. A guild is listed while anybody in it has a place. */
const guilds = new Map<string, { taken: number; readonly waiting: (() => void)[] }>();

/**
 * Does something for a member of a guild when the guild has a place for it, in the order in which they came.
 * @param guildId what shares the places; in direct messages the person.
 */
export async function inPlace(guildId: string, work: () => Promise<void>): Promise<void> {
  const guild = guilds.get(guildId) ?? { taken: 0, waiting: [] };
  guilds.set(guildId, guild);
  if (guild.taken >= placesOfGuild) await new Promise<void>((resolve) => guild.waiting.push(resolve));
  else guild.taken += 1;
  let isMine = true;
  const leave = () => {
    if (!isMine) return;
    isMine = false;
    const next = guild.waiting.shift();
    // Whoever comes next has the place at once, so that nobody slips in between.
    if (next) next();
    else guild.taken -= 1;
    if (guild.taken === 0) guilds.delete(guildId);
  };
  const timer = setTimeout(leave, longestMs);
  try {
    await work();
  } finally {
    clearTimeout(timer);
    leave();
  }
}
