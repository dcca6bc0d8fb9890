import { z } from 'zod';
import type { RoundLeft } from '../../db/round-pairs.ts';
import type { RoundUnmatched } from '../../matching/index.ts';

/** Why a round left a mentee waiting, beside the reasons of matching: the mentor meant for them is gone. */
export type LeftWhy = RoundUnmatched['why'] | 'mentor-gone';

/** What a mentee who is told why can do something about; `other` where it is not for them to know. */
export const tellable = ['language', 'stage', 'stage-not-accepted', 'full', 'other'] as const;
type Tellable = (typeof tellable)[number];

const stored = z.object({
  excluded: z.record(z.string(), z.number()).default({}),
  bestFit: z.number().optional(),
});

/** What is stored on a mentee who is left: how many mentors each rule excluded, and how well the best would suit. */
type LeftDetail = z.infer<typeof stored>;

/** Reads what `leftDetail` wrote. @throws ZodError for anything else. */
export function readLeftDetail(left: Pick<RoundLeft, 'detail'>): LeftDetail {
  return stored.parse(JSON.parse(left.detail));
}

/** Pure: what is stored on a mentee who is left. */
export function leftDetail({ excluded, bestFit }: RoundUnmatched): string {
  const some = Object.fromEntries(Object.entries(excluded).filter(([, n]) => n > 0));
  return JSON.stringify({ excluded: some, ...(bestFit === undefined ? {} : { bestFit }) } satisfies LeftDetail);
}

/**
 * Pure: what to tell a mentee whom a round left: nobody suits enough, or the rule that excluded most mentors, where it is
 * one that they may know of. A block, a pause and a missing verification are the mentor's affair.
 */
export function leftBecause(left: Pick<RoundLeft, 'why' | 'detail'>): 'below-floor' | Tellable {
  if (left.why === 'below-floor') return 'below-floor';
  // Of two that excluded as many, the first of the list: it is the one that the mentee can change.
  return tellableRules(left).toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? 'other';
}

/** Pure: how many mentors each rule excluded, of the rules that the mentee may know of. */
export function tellableRules(left: Pick<RoundLeft, 'detail'>): readonly (readonly [Tellable, number])[] {
  const { excluded } = readLeftDetail(left);
  return tellable.map((rule) => [rule, excluded[rule] ?? 0] as const).filter(([, n]) => n > 0);
}
