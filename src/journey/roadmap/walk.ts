/** Going along one's road: a step begun, done, put back; a note on it; the stage after the last that ends one. */
import { stageById, stages } from '../../content/index.ts';
import {
  itemById,
  journey as content,
  pathways,
  type RoadmapItem,
  roadmapEdition,
  visaAnswers,
} from '../../content/journey.ts';
import type { Context } from '../../context.ts';
import {
  findJourney,
  type Journey,
  type JourneyItem,
  listJourneyItems,
  updateJourney,
  upsertJourneyItem,
} from '../../db/journeys.ts';
import type { Trx } from '../../db/open.ts';
import type { ItemState } from '../../db/schema.ts';
import { UserError } from '../../errors.ts';
import { inTurn } from '../../guild/turn.ts';
import { later } from '../../time.ts';
import { isDay } from '../dates/stated.ts';
import { askAfterDays } from '../match/behind.ts';
import { isStageOver, stateIn } from './items.ts';

/** What somebody does with a step. */
export const itemActs = ['start', 'finish', 'skip', 'back'] as const;
export type ItemAct = (typeof itemActs)[number];

/** The table of a step's states: from which an act leads where. What is not named is refused. */
export const itemMoves: Readonly<Record<ItemAct, Readonly<Partial<Record<ItemState, ItemState>>>>> = {
  start: { todo: 'doing' },
  finish: { todo: 'done', doing: 'done', done: 'done' },
  skip: { todo: 'not-for-me', doing: 'not-for-me', 'not-for-me': 'not-for-me' },
  back: { doing: 'todo', done: 'todo', 'not-for-me': 'todo' },
};

/** Length of an own note, in characters. */
export const noteLimit = 120;
/** How many Match years ahead somebody may aim at. */
export const matchYearsAhead = 5;

interface Walked {
  readonly item: RoadmapItem;
  readonly state: ItemState;
  /** The stage that would come next, where this was the last step that ends theirs. */
  readonly stageNext: string | undefined;
}

/**
 * Does something with a step. Done twice is done once.
 * @returns undefined for a step that is none, or none any more: then the list as it is says more than an error.
 * @throws UserError where the step's state does not allow it.
 */
export async function walk(ctx: Context, userId: string, itemId: string, act: ItemAct): Promise<Walked | undefined> {
  const item = itemById().get(itemId);
  if (!item) return undefined;
  return await inTurn(ctx.db, userId, async (trx) => {
    const { journey, touched } = await requireRoad(trx, userId);
    const before = stateIn(journey, item, touched);
    const state = itemMoves[act][before];
    if (!state) throw new UserError((t) => t.roadmap.refused.move);
    const wasOver = isStageOver(content().roadmap, journey, touched, item.stage);
    if (state !== before) await store(trx, ctx, userId, item, touched, { state });
    const after = touched.filter(({ item_id: id }) => id !== item.id).concat(rowOf(userId, item, state, ctx));
    const isOver = isStageOver(content().roadmap, journey, after, item.stage);
    const stageNext = !wasOver && isOver && item.stage === journey.stage ? stageAfter(journey.stage) : undefined;
    return { item, state, stageNext };
  });
}

/** Keeps an own note and day on a step; empty ones take them away. @throws UserError for a day that is none, or too much text. */
export async function annotate(
  ctx: Context,
  userId: string,
  itemId: string,
  note: string,
  day: string | undefined,
): Promise<RoadmapItem | undefined> {
  const item = itemById().get(itemId);
  if (!item) return undefined;
  const text = note.trim();
  if (text.length > noteLimit) throw new UserError((t) => t.roadmap.refused.note(text.length, noteLimit));
  if (day !== undefined && !isDay(day)) throw new UserError((t) => t.deadlines.refused.noDay);
  await inTurn(ctx.db, userId, async (trx) => {
    const { touched } = await requireRoad(trx, userId);
    await store(trx, ctx, userId, item, touched, { note: text, day: day ?? null });
  });
  return item;
}

async function store(
  trx: Trx,
  ctx: Context,
  userId: string,
  item: RoadmapItem,
  touched: readonly JourneyItem[],
  changes: Partial<Pick<JourneyItem, 'state' | 'note' | 'day'>>,
): Promise<void> {
  const journey = await requireRoad(trx, userId);
  const before = touched.find(({ item_id: id }) => id === item.id);
  await upsertJourneyItem(trx, {
    ...(before ?? rowOf(userId, item, stateIn(journey.journey, item, touched), ctx)),
    title: item.title,
    changed_at: ctx.now(),
    ...changes,
  });
}

function rowOf(userId: string, item: RoadmapItem, state: ItemState, ctx: Context): JourneyItem {
  return { user_id: userId, item_id: item.id, state, note: '', day: null, title: item.title, changed_at: ctx.now() };
}

async function requireRoad(trx: Trx, userId: string): Promise<{ journey: Journey; touched: JourneyItem[] }> {
  const journey = await findJourney(trx, userId);
  if (!journey) throw new UserError((t) => t.deadlines.refused.noJourney);
  return { journey, touched: await listJourneyItems(trx, userId) };
}

/** The stage that comes after one, when all goes well. */
function stageAfter(stage: string): string | undefined {
  const order = stages.map(({ id }) => id).filter((id) => id !== 'reapplying');
  return order[order.findIndex((id) => id === (stage === 'reapplying' ? 'applying' : stage)) + 1];
}

/** What somebody may say about their road. What they leave out stays as it is; null takes it back. */
export interface Answers {
  readonly zone?: string;
  readonly stage?: string;
  readonly who?: 'student' | 'graduate' | null;
  readonly pathway?: string | null;
  readonly visa?: string | null;
  readonly matchYear?: number | null;
  readonly couple?: boolean | null;
}

/** Stores what somebody says about their road. @throws UserError for what is no answer. */
export async function setRoad(ctx: Context, userId: string, answers: Answers): Promise<void> {
  const { zone, stage, who, pathway, visa, matchYear, couple } = answers;
  const year = Number(ctx.now().slice(0, 4));
  if (typeof matchYear === 'number' && (matchYear < year || matchYear > year + matchYearsAhead)) {
    throw new UserError((t) => t.roadmap.refused.year(year, year + matchYearsAhead));
  }
  const isKnown =
    (stage === undefined || stageById.has(stage)) &&
    (typeof pathway !== 'string' || pathways.some((each) => each === pathway)) &&
    (typeof visa !== 'string' || visaAnswers.some((each) => each === visa));
  if (!isKnown) throw new UserError((t) => t.common.outdated);
  const changes = {
    ...(zone === undefined ? {} : { zone }),
    // Whoever corrects their stage begins there anew: what lies before it counts as behind them.
    ...(stage === undefined ? {} : { stage, start_stage: stage }),
    ...(who === undefined ? {} : { who }),
    ...(pathway === undefined ? {} : { pathway }),
    ...(visa === undefined ? {} : { visa }),
    ...(matchYear === undefined ? {} : { match_year: matchYear }),
    ...(couple === undefined ? {} : { couple: couple === null ? null : couple ? (1 as const) : (0 as const) }),
    look_at: ctx.now(),
  };
  await inTurn(ctx.db, userId, async (trx) => {
    const { journey } = await requireRoad(trx, userId);
    const isNew = stage !== undefined && stage !== journey.stage;
    await updateJourney(trx, userId, { ...changes, ...(isNew ? matchedAt(stage, ctx) : {}) });
  });
}

/** Goes on to the next stage, because somebody said so. What they had left open before stays open. */
export async function enterNextStage(ctx: Context, userId: string, from: string): Promise<string> {
  return await inTurn(ctx.db, userId, async (trx) => {
    const { journey } = await requireRoad(trx, userId);
    const next = stageAfter(journey.stage);
    // A second press, or one on an old card.
    if (journey.stage !== from || next === undefined) return journey.stage;
    await updateJourney(trx, userId, { stage: next, look_at: ctx.now(), ...matchedAt(next, ctx) });
    return next;
  });
}

/** Whoever matched is asked two weeks later whether they would help others; whoever leaves that stage is not. */
const matchedAt = (stage: string, ctx: Context) =>
  stage === 'matched'
    ? { matched_at: ctx.now(), behind_at: later(ctx.now(), { days: askAfterDays.matched }) }
    : { behind_at: null };

/** Notes that somebody has seen this edition of the roadmap. @returns whether it is another than they saw last. */
export async function seeEdition(ctx: Context, journey: Journey): Promise<boolean> {
  const edition = roadmapEdition();
  if (journey.edition === edition) return false;
  await inTurn(ctx.db, journey.user_id, (trx) => updateJourney(trx, journey.user_id, { edition }));
  return journey.edition !== null;
}
