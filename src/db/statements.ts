/** What a statement is about, by its words. */

/** Whether a statement that changes something may change what the bot owes. */
export function writesNotices(statement: string): boolean {
  return /\bnotices\b/.test(statement);
}

/** The table of a `delete from "…"`. */
export function tableIn(statement: string): string {
  return /delete from "(\w+)"/.exec(statement)?.[1] ?? '';
}
