import type { Context } from '../context.ts';
import type { Guild } from '../db/guilds.ts';
import type { Trx } from '../db/open.ts';
import type { Acting } from './acting.ts';

/** What is held on a member, by names that a person can read. A section that holds nothing is empty, null or undefined. */
export type Sections = Readonly<Record<string, unknown>>;

/** Sections about what outlives a deletion because it protects others. */
export const keptSections: readonly string[] = [
  'suspendedAsAMentorSince',
  'suspendedAsAMenteeSince',
  'limitsFromBeforeYouDeletedYourData',
  // Acts as a moderator: others must be able to see who did them.
  'moderatorsActs',
];

/**
 * What an area does when a guild or a member comes or goes. `src/lifecycle/areas.ts` lists them, so that no area has to
 * know another. Whatever takes `trx` belongs in the transaction of that turn of events.
 */
export interface Area {
  /** The guild's settings were stored, `before` undefined for the first time: what follows from them. */
  setUp?(trx: Trx, ctx: Context, before: Guild | undefined, after: Guild): Promise<void>;
  /**
   * Carries out what a change of settings means for many members, a part at a time: comes after `setUp`, and at every
   * heartbeat, in case the program ended in the middle.
   * @param guildId all guilds when absent.
   */
  carryOut?(ctx: Context, guildId?: string): Promise<void>;
  /** A member left, or deletes their data: nobody waits for them any more. Doing it twice changes nothing. */
  memberGone?(trx: Trx, ctx: Context, whose: Acting, why: 'left' | 'deleted'): Promise<void>;
  /**
   * Lets go of what is too much for one transaction, in parts: after a member has left, and before somebody's data is
   * deleted.
   */
  letGo?(ctx: Context, whose: Acting, why: 'left' | 'deleted'): Promise<void>;
  /** Goes on where a former run ended in the middle of that. */
  letGoOfRest?(ctx: Context): Promise<void>;
  /** A member who had left is there again. */
  memberBack?(trx: Trx, ctx: Context, whose: Acting): Promise<void>;
  /** Everything that the area holds on a member, oldest first; what is only somebody else's is left out. */
  held(ctx: Context, whose: Acting): Promise<Sections>;
  /** Messages to others that name the member are owed an edit. Comes before `erase`, while it can be told which they are. */
  revise?(trx: Trx, ctx: Context, whose: Acting): Promise<void>;
  /**
   * Removes what the area holds on a member, and takes their name and words out of what others keep. What protects
   * somebody else stays. `src/db/privacy/` says which columns there are.
   * @returns whether there was anything.
   */
  erase(trx: Trx, ctx: Context, whose: Acting): Promise<boolean>;
  /**
   * Removes what has become old.
   * @param limit how many rows of each kind at most.
   * @returns how many rows went.
   */
  purge(ctx: Context, limit: number): Promise<number>;
}
