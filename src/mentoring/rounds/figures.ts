import { z } from 'zod';
import type { Round } from '../../db/rounds.ts';
import type { RoundPlan } from '../../matching/index.ts';

const way = z.object({ matched: z.number(), total: z.number(), blockingMentees: z.number() });

const figures = way.extend({
  mentees: z.number(),
  places: z.number(),
  gap: z.number(),
  greedy: way,
  deferredAcceptance: way,
  /** Pins that the rules did not allow any more. */
  droppedPins: z.array(z.object({ menteeId: z.string(), mentorId: z.string() })),
});

/** What a preview comes to. */
export type Figures = z.infer<typeof figures>;

/** One way of matching in a few numbers. */
export type MatchingMethod = z.infer<typeof way>;

/** Pure: what is stored of a plan beside its pairs. */
export function figuresText({ figures: all, beside, droppedPins }: RoundPlan): string {
  const inBrief = (one: RoundPlan['beside']['greedy']): MatchingMethod => ({
    matched: one.matched,
    total: one.total,
    blockingMentees: one.blocking.mentees,
  });
  return JSON.stringify({
    ...inBrief(all),
    mentees: all.mentees,
    places: all.places,
    gap: all.gap,
    greedy: inBrief(beside.greedy),
    deferredAcceptance: inBrief(beside.deferredAcceptance),
    droppedPins: droppedPins.map(({ menteeId, mentorId }) => ({ menteeId, mentorId })),
  } satisfies Figures);
}

/** The figures of a round; undefined before it was computed. @throws ZodError when what is stored are none. */
export function readFigures(round: Pick<Round, 'figures'>): Figures | undefined {
  return round.figures === null ? undefined : figures.parse(JSON.parse(round.figures));
}

/** Pure: how well the pairs suit on the average, on the scale of the fit; 0 for none. */
export function averageFit({ matched, total }: Pick<MatchingMethod, 'matched' | 'total'>): number {
  return matched === 0 ? 0 : total / matched;
}
