/** What moderators of a guild have read again on its official page: the day on which they did, and the last day on which it counts. */
export interface Check {
  readonly checked: string;
  /** Before `checked` where the page no longer says so. */
  readonly review_by: string;
}

/** Something that states a fact, as far as its days go. */
interface Dated {
  readonly checked?: string | undefined;
  readonly review_by?: string | undefined;
  /** Whether moderators of the guild that reads it were the last to look. */
  readonly isReadHere?: boolean | undefined;
}

/** Pure: a fact as it stands where moderators have read it again later than the content did. */
export function readAgain<Fact extends Dated>(fact: Fact, check: Check | undefined): Fact {
  if (!check || fact.checked === undefined || check.checked <= fact.checked) return fact;
  return { ...fact, checked: check.checked, review_by: check.review_by, isReadHere: true };
}

/** Pure: whether moderators have found that the page no longer says so, later than the content was read. */
export function isLeftOut(fact: Dated, check: Check | undefined): boolean {
  return check !== undefined && check.checked > (fact.checked ?? '') && check.review_by < check.checked;
}
