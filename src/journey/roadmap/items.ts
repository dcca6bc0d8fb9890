/** Which steps are somebody's, how each stands, and which three come next. Pure. */
import { rankOf } from '../../content/index.ts';
import { addDays, type RoadmapItem } from '../../content/journey.ts';
import type { ItemState, JourneyItemsTable } from '../../db/schema.ts';

/** What decides which steps are somebody's. Null where they have not said: then both branches are theirs. */
export interface Road {
  readonly stage: string;
  readonly start_stage: string;
  readonly who: 'student' | 'graduate' | null;
  readonly pathway: string | null;
  readonly visa: string | null;
  readonly match_year: number | null;
}

/** How a step was left. */
export type Touched = Pick<JourneyItemsTable, 'item_id' | 'state'>;

/** How many steps somebody can think of at once. */
const nextCount = 3;
const reapplying = 'reapplying';

/** The steps that are somebody's, in their order. */
export function itemsFor(items: readonly RoadmapItem[], road: Road): readonly RoadmapItem[] {
  return items.filter((item) => isFor(item, road));
}

function isFor({ stage, pathways, visa, who }: RoadmapItem, road: Road): boolean {
  // Only those who apply again need what is for them alone.
  if (stage === reapplying && road.stage !== reapplying) return false;
  if (pathways && road.pathway !== null && !pathways.some((each) => each === road.pathway)) return false;
  if (visa && road.visa !== null && road.visa !== 'unsaid' && !visa.some((each) => each === road.visa)) return false;
  return !who || road.who === null || who === road.who;
}

/** Whether a step is shown only because somebody has not said which branch is theirs. */
export function isOneOfSeveral({ pathways, visa }: RoadmapItem, road: Road): boolean {
  return (pathways !== undefined && road.pathway === null) || (visa !== undefined && road.visa === null);
}

/** How a step stands: as it was left, or done where it lay behind them when they began here. */
export function stateIn(road: Road, item: RoadmapItem, touched: readonly Touched[]): ItemState {
  const left = touched.find(({ item_id: id }) => id === item.id);
  if (left) return left.state;
  return rankOf(item.stage) < rankOf(road.start_stage) ? 'done' : 'todo';
}

/** Whether a state closes a step. */
export const isClosed = (state: ItemState): boolean => state === 'done' || state === 'not-for-me';

/** The needs of a step that are still open. */
export function openNeeds(
  item: RoadmapItem,
  items: readonly RoadmapItem[],
  stateOf: (item: RoadmapItem) => ItemState,
): readonly RoadmapItem[] {
  return items.filter((need) => item.needs.includes(need.id) && !isClosed(stateOf(need)));
}

/** The day of a date by its series and cycle, where there is one ahead. */
export type DayOf = (series: string) => string | undefined;

/** The day by which a step should be begun: its nearest date less the weeks that it takes; undefined without a date. */
export function beginBy({ dates, lead }: RoadmapItem, dayOf: DayOf): string | undefined {
  return dates
    .flatMap((series) => dayOf(series) ?? [])
    .map((day) => addDays(day, -7 * lead))
    .toSorted()[0];
}

/**
 * The next three: open, with their needs met; what belongs to the stage or before it first, then by the day on which to
 * begin, then in their order.
 */
export function nextItems(
  items: readonly RoadmapItem[],
  road: Road,
  touched: readonly Touched[],
  dayOf: DayOf,
): readonly RoadmapItem[] {
  const mine = itemsFor(items, road);
  const states = new Map(mine.map((item) => [item.id, stateIn(road, item, touched)]));
  const stateOf = (item: RoadmapItem): ItemState => states.get(item.id) ?? 'done';
  const own = rankOf(road.stage);
  return mine
    .map((item, order) => ({
      item,
      order,
      ahead: Math.max(0, rankOf(item.stage) - own),
      by: beginBy(item, dayOf) ?? '9',
    }))
    .filter(({ item }) => stateOf(item) === 'todo' && openNeeds(item, mine, stateOf).length === 0)
    .toSorted((a, b) => a.ahead - b.ahead || compare(a.by, b.by) || a.order - b.order)
    .slice(0, nextCount)
    .map(({ item }) => item);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** How far somebody is in a stage. */
export interface Progress {
  readonly closed: number;
  readonly all: number;
}

export function progressOf(
  items: readonly RoadmapItem[],
  road: Road,
  touched: readonly Touched[],
  stage: string,
): Progress {
  const ofStage = itemsFor(items, road).filter((item) => item.stage === stage);
  return { closed: ofStage.filter((item) => isClosed(stateIn(road, item, touched))).length, all: ofStage.length };
}

/** Whether everything that ends a stage is closed. */
export function isStageOver(
  items: readonly RoadmapItem[],
  road: Road,
  touched: readonly Touched[],
  stage: string,
): boolean {
  const ending = itemsFor(items, road).filter((item) => item.stage === stage && item.ends);
  return ending.length > 0 && ending.every((item) => isClosed(stateIn(road, item, touched)));
}
