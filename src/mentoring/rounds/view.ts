import { z } from 'zod';
import type { Context } from '../../context.ts';
import {
  listLeft,
  listPairs,
  listWishes,
  type RoundLeft,
  type RoundPair,
  type RoundWishRow,
} from '../../db/round-pairs.ts';
import type { Round } from '../../db/rounds.ts';
import type { Reason } from '../../matching/index.ts';
import { type Figures, readFigures } from './figures.ts';

/** A preview with everything that a moderator looks at. */
export interface PreviewView {
  readonly round: Round;
  readonly figures: Figures;
  /** The weakest first. */
  readonly pairs: readonly RoundPair[];
  readonly left: readonly RoundLeft[];
  readonly wishes: readonly RoundWishRow[];
}

/** Reads a preview. @throws Error for a round that was never computed. */
export async function readPreview(ctx: Context, round: Round): Promise<PreviewView> {
  const { db } = ctx;
  const figures = readFigures(round);
  if (!figures) throw new Error('a preview without figures');
  return {
    round,
    figures,
    pairs: await listPairs(db, round.id),
    left: await listLeft(db, round.id),
    wishes: await listWishes(db, round.id),
  };
}

const slugs = z.array(z.string());
const reasons: z.ZodType<Reason[]> = z.array(
  z.union([
    z.object({ part: z.literal('specialty'), kind: z.enum(['same', 'family']), specialties: slugs }),
    z.object({ part: z.literal('topics'), topics: slugs }),
    z.object({ part: z.literal('stage'), ahead: z.number() }),
    z.object({ part: z.literal('hours'), hours: z.number(), few: z.literal(true).exactOptional() }),
    z.object({ part: z.literal('country'), country: z.string() }),
    z.object({ part: z.literal('language'), languages: slugs }),
  ]),
);

/** Why a pair suits. @throws ZodError when what is stored are no reasons. */
export function readReasons(pair: Pick<RoundPair, 'reasons'>): readonly Reason[] {
  return reasons.parse(JSON.parse(pair.reasons));
}
