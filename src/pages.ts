/** Lists that are shown a page at a time. */

/** Which page is shown, and how many there are. */
interface PageOf {
  /** From 0. */
  readonly page: number;
  /** At least one, also of an empty list. */
  readonly pages: number;
  /** How many entries stand on the pages before. */
  readonly offset: number;
}

/**
 * Pure: the page that was asked for; the last one there is when it lies beyond.
 * @param wanted from 0; from a custom id, so possibly nonsense.
 */
export function pageOf(total: number, wanted: number, perPage: number): PageOf {
  const pages = Math.max(1, Math.ceil(total / perPage));
  const page = Number.isInteger(wanted) ? Math.min(Math.max(wanted, 0), pages - 1) : 0;
  return { page, pages, offset: page * perPage };
}
