/**
 * Pure: what may be shown of people without showing anybody. Whatever is counted belongs to one block: a kind of event over
 * whole months, of at least five mentors and five mentees where there are more, and never of all mentees. What is too little
 * for a block waits for later months. All that is ever shown are blocks and sums of blocks: no subtraction leads below one.
 */

/** A figure is about so many people at least, on each side. */
export const fewest = 5;

/** Who is registered. Where there are just five, "at least five" would mean each of them. */
export interface Registered {
  readonly mentors: ReadonlySet<string>;
  readonly mentees: ReadonlySet<string>;
}

/** Something that happened between two. */
export interface Event {
  /** Null for somebody who deleted their data: they count as nobody. */
  readonly mentor: string | null;
  readonly mentee: string | null;
  /** Hours or days that it took; undefined where that is not counted. */
  readonly took?: number | undefined;
}

/** What is shown of a block. */
export interface Shown {
  readonly count: number;
  readonly middle: number | null;
}

/** Whether a count of these can be shown. */
export function isSafe(events: readonly Event[], registered: Registered): boolean {
  const mentors = peopleOf(events, 'mentor');
  const mentees = peopleOf(events, 'mentee');
  return (
    Math.min(mentors.size, mentees.size) >= fewest &&
    registered.mentors.size > fewest &&
    // Once each is what a mentee mostly is in a count: a count of all of them would tell of each.
    isMore(registered.mentees, mentees)
  );
}

function peopleOf(events: readonly Event[], side: 'mentor' | 'mentee'): ReadonlySet<string> {
  return new Set(events.flatMap((event) => event[side] ?? []));
}

/** Whether somebody is registered who is not among these. */
function isMore(registered: ReadonlySet<string>, people: ReadonlySet<string>): boolean {
  for (const id of registered) if (!people.has(id)) return true;
  return false;
}

/** A block of events, where it can be shown. @param scale see {@link middleOf}. */
export function blockOf(events: readonly Event[], registered: Registered, scale: readonly number[]): Shown | undefined {
  return isSafe(events, registered) ? { count: events.length, middle: middleOf(events, scale) } : undefined;
}

/** Steps in which a middle is said, so that it is nobody's own: up to so many hours, or days. */
export const hourScale = [1, 3, 6, 12, 24, 48, 72, 96, 120, 168, 240, 336] as const;
export const dayScale = [1, 2, 3, 5, 7, 10, 14, 21, 28, 42, 56] as const;

/**
 * What it took in the middle of the mentors, each of whom counts once, by their own middle: nobody outweighs the others.
 * @param scale ascending; the step that it lies within is returned, the last one beyond.
 * @returns null where fewer than five mentors have a value.
 */
export function middleOf(events: readonly Event[], scale: readonly number[]): number | null {
  const byMentor = new Map<string, number[]>();
  for (const { mentor, took } of events) {
    if (mentor === null || took === undefined) continue;
    byMentor.set(mentor, [...(byMentor.get(mentor) ?? []), took]);
  }
  if (byMentor.size < fewest) return null;
  const middle = medianOf([...byMentor.values()].map(medianOf));
  return scale.find((step) => middle <= step) ?? scale.at(-1) ?? null;
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/**
 * Cuts a block that is shown into steps: how many of it came at least so far. Between two cuts, above the first and below
 * the last there are enough to be a block of their own; steps without that are left out.
 * @param total how many the block was shown with: whoever is missing since counts as having come nowhere.
 * @param classes those who came exactly so far, the furthest first; the last are those who came nowhere.
 * @returns for each class but the last those who came at least so far; undefined where that is not shown.
 */
export function cutBlock(
  total: number,
  classes: readonly (readonly Event[])[],
  registered: Registered,
): readonly (readonly Event[] | undefined)[] {
  let open: readonly Event[] = [];
  let reached: readonly Event[] = [];
  return classes.slice(0, -1).map((own, i) => {
    open = [...open, ...own];
    reached = [...reached, ...own];
    const below = classes.slice(i + 1).flat();
    if (reached.length >= total || !isSafe(open, registered) || !isSafe(below, registered)) return undefined;
    open = [];
    return reached;
  });
}

/** People at the end of a month are said in steps of five, so that one who comes or goes is not seen. */
export const step = 5;

/**
 * How many people there are, rounded down to a step: from it on, up to the next.
 * @param of how many there could be at most; undefined where nobody knows.
 * @returns undefined where there are fewer than five, or the step says that it is everybody.
 */
export function stepOf(people: number, of?: number): number | undefined {
  const floor = people - (people % step);
  return floor < fewest || (of !== undefined && floor >= of) ? undefined : floor;
}
