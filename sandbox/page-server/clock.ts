/** Moving the time of a Discord forward, with the bot following. */
import type { Sandbox } from '../api.ts';
import { passTime } from '../clock.ts';
import type { Forward } from './protocol.ts';
import type { World } from '../world/world.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** The next post is looked for in steps of this length, on the quarter hours: that is where posts are planned. */
const step = 15 * minute;
const farthest = 8 * day;
/** Real milliseconds that a message has to arrive after what was due has been done. */
const arrivalMs = 60;

/** How long each takes, and how it is said. */
const spans = { hour: [hour, 'An hour'], day: [day, 'A day'], week: [7 * day, 'A week'] } as const;

interface Follower {
  settled(): Promise<void>;
}

/** Moves the clock, waits until the bot has done what fell due, and says in a sentence what came of it. */
export async function forwardClock(
  sandbox: Sandbox,
  world: World,
  guildId: string,
  bot: Follower,
  forward: Forward,
): Promise<string> {
  const { clock } = sandbox;
  const before = postsIn(world, guildId);
  if (forward !== 'next') {
    const [ms, passed] = spans[forward];
    await passTime(clock, ms, () => bot.settled());
    await arrival();
    const posts = postsIn(world, guildId) - before;
    return `${passed} has passed; ${posts === 0 ? 'nothing was posted' : told(posts)}.`;
  }
  const start = clock.now();
  let steps = 0;
  while (clock.now() - start < farthest) {
    clock.advance(step - (clock.now() % step));
    await bot.settled();
    // Most steps bring nothing: only now and then is it worth the wait for a message under way.
    steps += 1;
    if (steps % 4 === 0) await arrival();
    const posts = postsIn(world, guildId) - before;
    if (posts > 0) return `Time has moved on to the next post; ${told(posts)}.`;
  }
  return `Eight days have passed, and nothing was due.`;
}

function told(posts: number): string {
  return posts === 1 ? 'there is one new message' : `there are ${posts} new messages`;
}

function arrival(): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, arrivalMs));
}

/** How many messages the bot has in the guild's channels and in direct messages. */
function postsIn(world: World, guildId: string): number {
  let count = 0;
  for (const channel of world.channels.values()) {
    if (channel.guild && channel.guild.id !== guildId) continue;
    for (const message of channel.messages.values()) if (message.author === world.bot) count += 1;
  }
  return count;
}
