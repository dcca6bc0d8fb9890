/** Pure: what a reporter is asked to decide, and what they chose, as the entries of a case hold it. */
import { type CaseWish, caseWishes } from '../../db/schema.ts';

/** Which wishes were offered, by the words of the entry; none by words of another kind. */
export function offeredBy(words: string | null): readonly CaseWish[] {
  return words === 'pair' || words === 'matter' ? caseWishes[words] : [];
}

/** The wish of this name; undefined for a made-up one. */
export function wishOf(words: string | null): CaseWish | undefined {
  return [...caseWishes.pair, ...caseWishes.matter].find((each) => each === words);
}
