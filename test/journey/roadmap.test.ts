import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { rankOf, stages } from '../../src/content/index.ts';
import { addDays, journey as content, type RoadmapItem } from '../../src/content/journey.ts';
import { findJourney, listJourneyItems } from '../../src/db/journeys.ts';
import type { ItemState } from '../../src/db/schema.ts';
import { UserError } from '../../src/errors.ts';
import { beginJourney } from '../../src/journey/own/journey.ts';
import {
  isStageOver,
  itemsFor,
  nextItems,
  progressOf,
  type Road,
  stateIn,
  type Touched,
} from '../../src/journey/roadmap/items.ts';
import { annotate, enterNextStage, itemActs, itemMoves, setRoad, walk } from '../../src/journey/roadmap/walk.ts';
import { openTestContext, seededRandom, type TestContext } from '../support/context.ts';

const item = (id: string, more: Partial<RoadmapItem> = {}): RoadmapItem => ({
  id,
  stage: 'applying',
  theme: 'resilience',
  title: id,
  text: id,
  kind: 'advice',
  needs: [],
  dates: [],
  lead: 1,
  optional: false,
  ends: false,
  ...more,
});
const road = (more: Partial<Road> = {}): Road => ({ stage: 'applying', start_stage: 'applying', who: null, pathway: null, visa: null, match_year: null, ...more }); // prettier-ignore

/** The next three in the plainest way: again and again the best of those that may come, by looking at all of them. */
function slowNext(
  items: readonly RoadmapItem[],
  at: Road,
  touched: readonly Touched[],
  days: Readonly<Record<string, string>>,
): string[] {
  // prettier-ignore
  const belongs = (one: RoadmapItem): boolean => {
    if (one.stage === 'reapplying' && at.stage !== 'reapplying') return false;
    if (one.pathways !== undefined && at.pathway !== null && !one.pathways.includes(at.pathway as never)) return false;
    if (one.visa !== undefined && at.visa !== null && at.visa !== 'unsaid' && !one.visa.includes(at.visa as never)) return false; // prettier-ignore
    return one.who === undefined || at.who === null || at.who === one.who;
  };
  const rank = (stage: string) => stages.find(({ id }) => id === stage)!.rank;
  const state = (one: RoadmapItem): string => {
    for (const each of touched) if (each.item_id === one.id) return each.state;
    return rank(one.stage) < rank(at.start_stage) ? 'done' : 'todo';
  };
  const mayCome = (one: RoadmapItem): boolean => {
    if (!belongs(one) || state(one) !== 'todo') return false;
    for (const id of one.needs) {
      const need = items.find((each) => each.id === id);
      if (need && belongs(need) && ['todo', 'doing'].includes(state(need))) return false;
    }
    return true;
  };
  const start = (one: RoadmapItem): number => {
    let first = Infinity;
    for (const series of one.dates) {
      const day = days[series];
      if (day !== undefined) first = Math.min(first, Date.parse(day) - one.lead * 7 * 86_400_000);
    }
    return first;
  };
  const isBefore = (a: RoadmapItem, b: RoadmapItem): boolean => {
    const [x, y] = [a, b].map((one) => Math.max(0, rank(one.stage) - rank(at.stage)));
    if (x !== y) return x! < y!;
    if (start(a) !== start(b)) return start(a) < start(b);
    return items.indexOf(a) < items.indexOf(b);
  };
  const left = items.filter(mayCome);
  const chosen: string[] = [];
  while (chosen.length < 3 && left.length > 0) {
    let best = left[0]!;
    for (const one of left) if (isBefore(one, best)) best = one;
    chosen.push(best.id);
    left.splice(left.indexOf(best), 1);
  }
  return chosen;
}

describe('the next three', () => {
  test('are those of a slow checker, on 10,000 random roadmaps', () => {
    const random = seededRandom(17);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
    const ids = stages.map(({ id }) => id);
    let full = 0;
    for (let round = 0; round < 10_000; round += 1) {
      const items = Array.from({ length: 3 + Math.floor(random() * 12) }, (_, i) =>
        item(`i${i}`, {
          stage: pick(ids),
          // Needs lead back only, as the content check demands.
          needs: Array.from({ length: Math.floor(random() * 3) }, () => `i${Math.floor(random() * (i + 1))}`).filter((id) => id !== `i${i}`), // prettier-ignore
          dates: random() < 0.4 ? [pick(['a', 'b', 'c'])] : random() < 0.2 ? ['a', 'c'] : [],
          lead: 1 + Math.floor(random() * 30),
          ...(random() < 0.2 ? { pathways: [pick(['1', '3', '6'] as const)] } : {}),
          ...(random() < 0.2 ? { visa: [pick(['yes', 'no', 'unsure'] as const)] } : {}),
          ...(random() < 0.1 ? { who: pick(['student', 'graduate'] as const) } : {}),
        }),
      );
      const touched = items.filter(() => random() < 0.4).map(({ id }) => ({ item_id: id, state: pick<ItemState>(['todo', 'doing', 'done', 'not-for-me']) })); // prettier-ignore
      const at = road({
        stage: pick(ids),
        start_stage: pick(ids),
        who: pick(['student', 'graduate', null]),
        pathway: pick(['1', '3', '6', null]),
        visa: pick(['yes', 'no', 'unsure', 'unsaid', null]),
      });
      const days: Record<string, string> = {};
      for (const series of ['a', 'b', 'c']) if (random() < 0.7) days[series] = addDays('2027-01-01', Math.floor(random() * 300)); // prettier-ignore
      const found = nextItems(items, at, touched, (series) => days[series]).map(({ id }) => id);
      expect(found, `round ${round}`).toEqual(slowNext(items, at, touched, days));
      if (found.length === 3) full += 1;
    }
    expect(full).toBeGreaterThan(1_000);
  });

  test('of the real roadmap begin at the beginning for a student, and leave out what is not theirs', () => {
    const first = nextItems(content().roadmap, road({ stage: 'student', start_stage: 'student' }), [], () => undefined);
    expect(first.map(({ id }) => id)).toEqual(['road-overview', 'school-sponsor-note', 'one-name']);
    const ids = (at: Partial<Road>) => itemsFor(content().roadmap, road(at)).map(({ id }) => id);
    expect(ids({ pathway: '6' })).not.toContain('pathway-license');
    expect(ids({ pathway: '1' })).toContain('pathway-license');
    expect(ids({ visa: 'no' })).not.toContain('j1-application');
    expect(ids({ visa: 'unsaid' })).toContain('j1-application');
    expect(ids({ stage: 'reapplying' })).toContain('what-changed');
    expect(ids({})).not.toContain('what-changed');
  });

  test('can be walked to the end from every stage: nothing waits for what never comes', () => {
    for (const { id: stage } of stages.slice(0, 9)) {
      const at = road({ stage, start_stage: stage });
      const touched: Touched[] = [];
      for (;;) {
        const next = nextItems(content().roadmap, at, touched, () => undefined);
        if (next.length === 0) break;
        touched.push(...next.map(({ id }) => ({ item_id: id, state: 'done' as const })));
      }
      const open = itemsFor(content().roadmap, at).filter((each) => stateIn(at, each, touched) === 'todo');
      expect(
        open.map(({ id }) => id),
        stage,
      ).toEqual([]);
      expect(progressOf(content().roadmap, at, touched, 'applying').closed).toBeGreaterThan(8);
      expect(rankOf(stage)).toBeGreaterThan(0);
    }
  });
});

describe('walking', () => {
  let ctx: TestContext;
  beforeEach(async () => {
    ctx = await openTestContext();
    await beginJourney(ctx, { userId: '9', guildId: null }, 'Asia/Karachi', 'step-1');
  });
  afterEach(() => ctx.db.destroy());
  const stateNow = async (id: string) => {
    const journey = (await findJourney(ctx.db, '9'))!;
    return stateIn(
      journey,
      content().roadmap.find((each) => each.id === id)!,
      await listJourneyItems(ctx.db, '9'),
    );
  };

  test('follows the table of states: every act from every state, and nothing else', async () => {
    const states = ['todo', 'doing', 'done', 'not-for-me'] as const;
    for (const from of states) {
      for (const act of itemActs) {
        await ctx.db.deleteFrom('journey_items').execute();
        const row = { user_id: '9', item_id: 'rest-day', state: from, title: '', changed_at: ctx.now() };
        await ctx.db.insertInto('journey_items').values(row).execute();
        const to = itemMoves[act][from];
        if (to === undefined) await expect(walk(ctx, '9', 'rest-day', act)).rejects.toBeInstanceOf(UserError);
        else expect((await walk(ctx, '9', 'rest-day', act))!.state).toBe(to);
        expect(await stateNow('rest-day')).toBe(to ?? from);
      }
    }
  });

  test('done twice is done once; an unknown step is none; what lies before the beginning can be put back', async () => {
    await walk(ctx, '9', 'rest-day', 'finish');
    await walk(ctx, '9', 'rest-day', 'finish');
    expect(await listJourneyItems(ctx.db, '9')).toHaveLength(1);
    expect(await walk(ctx, '9', 'no-such-step', 'finish')).toBeUndefined();
    expect(await stateNow('one-name')).toBe('done');
    await walk(ctx, '9', 'one-name', 'back');
    expect(await stateNow('one-name')).toBe('todo');
  });

  test('offers the next stage once, with the last step that ends one, and never goes there by itself', async () => {
    const walked = await walk(ctx, '9', 'step-1', 'finish');
    expect(walked!.stageNext).toBe('step-2-ck');
    expect((await findJourney(ctx.db, '9'))!.stage).toBe('step-1');
    expect((await walk(ctx, '9', 'step-1', 'finish'))!.stageNext).toBeUndefined();
    expect(await enterNextStage(ctx, '9', 'step-1')).toBe('step-2-ck');
    // A second press on the same card goes no further.
    expect(await enterNextStage(ctx, '9', 'step-1')).toBe('step-2-ck');
    // What was left open stays open.
    expect(await stateNow('rest-day')).toBe('todo');
    const journey = (await findJourney(ctx.db, '9'))!;
    expect(isStageOver(content().roadmap, journey, await listJourneyItems(ctx.db, '9'), 'step-1')).toBe(true);
  });

  test('keeps a note and a day with a step, through an edition that drops it', async () => {
    await annotate(ctx, '9', 'rest-day', 'Sundays', '2027-01-03');
    await expect(annotate(ctx, '9', 'rest-day', 'x'.repeat(121), undefined)).rejects.toBeInstanceOf(UserError);
    await expect(annotate(ctx, '9', 'rest-day', '', '2027-02-31')).rejects.toBeInstanceOf(UserError);
    const [kept] = await listJourneyItems(ctx.db, '9');
    expect(kept).toMatchObject({
      note: 'Sundays',
      day: '2027-01-03',
      title: 'Choose the day on which you do not study',
    });
    // The row is what an edition without the step still has to show it by.
    const without = content().roadmap.filter(({ id }) => id !== 'rest-day');
    const journey = (await findJourney(ctx.db, '9'))!;
    expect(nextItems(without, journey, [kept!], () => undefined)).toHaveLength(3);
    expect(await listJourneyItems(ctx.db, '9')).toHaveLength(1);
  });

  test('takes no Match year that is over or too far, and takes answers back', async () => {
    for (const matchYear of [2025, 2032]) {
      await expect(setRoad(ctx, '9', { matchYear })).rejects.toBeInstanceOf(UserError);
    }
    await setRoad(ctx, '9', { matchYear: 2028, pathway: '6', visa: 'unsaid', couple: true, who: 'graduate' });
    expect(await findJourney(ctx.db, '9')).toMatchObject({
      match_year: 2028,
      pathway: '6',
      couple: 1,
      who: 'graduate',
    });
    await setRoad(ctx, '9', { pathway: null });
    expect(await findJourney(ctx.db, '9')).toMatchObject({ match_year: 2028, pathway: null });
  });
});
