/** A formation: everybody who seeks a group, at once. */
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { type FormPlan, groupSize } from '../../matching/form/index.ts';
import { epochMs } from '../../time.ts';
import { sessionMinutes } from '../limits.ts';
import { readWaiting, type Waiting } from './input.ts';
import { formInThread } from './thread/start.ts';

/** The same people on the same day give the same groups. */
export const formingSeed = 1;

/** Groups as they would be formed now, and of whom. */
export interface Formed {
  readonly plan: FormPlan;
  readonly waiting: ReadonlyMap<string, Waiting>;
  /** How long that took. */
  readonly ms: number;
}

/**
 * Forms groups of everybody who waits and whose hours are known, in a thread of its own.
 * @throws UserError when fewer than three wait.
 */
export async function formNow(ctx: Context, guildId: string): Promise<Formed> {
  await requireGuild(ctx.db, guildId);
  const waiting = await readWaiting(ctx, ctx.db, guildId);
  if (waiting.size < groupSize.min) throw new TooFew(waiting.size);
  const began = performance.now();
  const plan = await formInThread({
    seekers: [...waiting.values()].map(({ seeker }) => seeker),
    from: epochMs(ctx.now()),
    minutes: sessionMinutes.usual,
    seed: formingSeed,
  });
  return { plan, waiting, ms: performance.now() - began };
}

/** So few wait that there is nothing to form. */
export class TooFew extends UserError {
  readonly waiting: number;

  constructor(waiting: number) {
    super((t) => t.formations.nothing(waiting));
    this.waiting = waiting;
  }
}
