import type { Context } from '../../context.ts';
import { countRoundRequests, listRounds, type Round } from '../../db/rounds.ts';
import { type Figures, readFigures } from './figures.ts';
import { readOutcome, type PublishOutcome } from './publish.ts';

/** How many rounds the history shows: Discord takes 25 fields, and more is nobody's memory. */
const historyLimit = 10;

/** A round with what it came to. */
export interface PastRound {
  readonly round: Round;
  readonly figures: Figures | undefined;
  readonly outcome: PublishOutcome | undefined;
  /** Its requests, with those that went to the next best, by how they stand. */
  readonly requests: {
    readonly accepted: number;
    readonly declined: number;
    readonly pending: number;
    /** Expired, withdrawn, or overtaken. */
    readonly other: number;
  };
}

/** The guild's latest rounds, the newest first. */
export async function readHistory(ctx: Context, guildId: string): Promise<PastRound[]> {
  const rounds = await listRounds(ctx.db, guildId, historyLimit);
  const counts = await countRoundRequests(
    ctx.db,
    rounds.map(({ id }) => id),
  );
  return rounds.map((round) => {
    const own = counts.filter((row) => row.round_id === round.id);
    const inState = (...states: string[]) =>
      own.filter(({ state }) => states.includes(state)).reduce((sum, { count }) => sum + count, 0);
    const known = ['accepted', 'declined', 'pending'] as const;
    return {
      round,
      figures: readFigures(round),
      outcome: readOutcome(round),
      requests: {
        accepted: inState('accepted'),
        declined: inState('declined'),
        pending: inState('pending'),
        other: own.reduce((sum, { count }) => sum + count, 0) - inState(...known),
      },
    };
  });
}
