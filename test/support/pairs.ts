/** Pairs in a town, for the tests of what becomes of them. */
import type { Actor } from '../../sandbox/api.ts';
import { ask, register, requestAt, threadsOf, verify } from './play.ts';
import type { Town } from './town.ts';

/** A mentor and a mentee who were brought together, with their thread. */
export interface Pair {
  readonly mentor: Actor;
  readonly mentee: Actor;
  /** The thread that both are in, if there is one. */
  readonly thread: () => ReturnType<typeof threadsOf>[number] | undefined;
}

/** Registers a mentor, and has the moderator verify them. */
export async function openMentor(town: Town, name: string): Promise<Actor> {
  const mentor = town.guild.join({ name });
  await register(mentor, 'mentor', { stage: 'resident', capacity: 2 });
  await verify(town, mentor);
  await town.bot.tick();
  return mentor;
}

/** Registers two people, lets one ask and the other accept, and waits for their thread. */
export async function openPair(town: Town, names: readonly [string, string] = ['Ada', 'Omar']): Promise<Pair> {
  const mentor = await openMentor(town, names[0]);
  const mentee = town.guild.join({ name: names[1] });
  await register(mentee, 'mentee', {});
  await ask(mentee, mentor);
  await mentor.press('Accept', await requestAt(town, mentor, mentee));
  await town.bot.tick();
  const thread = () => threadsOf(town, mentor).find(({ memberIds }) => memberIds.includes(mentee.id));
  if (!thread()) throw new Error('no thread was opened');
  return { mentor, mentee, thread };
}

/** Lets time pass in steps, and the bot does what is due at each. */
export async function pass(town: Town, ms: number, step = ms): Promise<void> {
  for (let left = ms; left > 0; left -= step) {
    town.sandbox.clock.advance(Math.min(step, left));
    await town.bot.tick();
  }
}

/** Titles of the direct messages that somebody got, oldest first. */
export function titlesTo(person: Actor): string[] {
  return person.dms().map((message) => message.embeds[0]?.title ?? message.content);
}
