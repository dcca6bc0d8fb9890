/** A bot that dies at one request of what it does, and is started again. */
import type { Community } from './play.ts';
import { minute } from './play.ts';

/** Where `kill -9` meets a request, for `test.each`: its name, and whether Discord has carried it out. */
export const sidesOfRequest = [
  ['before Discord has carried it out', false],
  ['after Discord has carried it out', true],
] as const;

/** At which request the bot dies. */
interface Kill {
  readonly route: RegExp;
  /** How many requests of this route go through before. */
  readonly nth: number;
  readonly afterEffect: boolean;
}

/**
 * Lets somebody act, kills the bot at a request that follows, starts it again, and waits until it has taken over whatever
 * was in hand.
 * @param act what leads to the requests; done when nothing is left to deliver. It may fail where the bot dies.
 * @returns false when the request never came.
 */
export async function killAt(community: Community, kill: Kill, act: () => Promise<unknown>): Promise<boolean> {
  const { route, nth, afterEffect } = kill;
  const hold = community.sandbox.fault({ kind: 'hold', route, skip: nth, afterEffect });
  const isReached = await Promise.race([
    hold.reached.then(() => true),
    act().then(
      () => false,
      () => true,
    ),
  ]);
  if (isReached) {
    await community.bot.kill();
    hold.clear();
    await community.start();
    // What a claim holds is taken over when that has run out.
    await community.pass(5 * minute);
    await community.pass(5 * minute);
  }
  hold.clear();
  return isReached;
}
