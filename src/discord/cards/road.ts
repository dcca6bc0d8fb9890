/** Somebody's road: the next three steps, what they are doing, how far they are. */
import { stages } from '../../content/index.ts';
import { journey as content, type RoadmapItem, roadmapEdition, seriesOf } from '../../content/journey.ts';
import type { Db } from '../../db/open.ts';
import { type Journey, type JourneyItem, listJourneyItems } from '../../db/journeys.ts';
import { type GuildAnswer, listAnswersAboutItems } from '../../db/guild-answers.ts';
import { listFactChecks } from '../../db/reviews.ts';
import { freshnessOf } from '../../journey/freshness.ts';
import { readAgain } from '../../content/checks.ts';
import { findMine, type Mine } from '../../journey/dates/remind.ts';
import {
  beginBy,
  type DayOf,
  isOneOfSeveral,
  itemsFor,
  nextItems,
  progressOf,
  stateIn,
} from '../../journey/roadmap/items.ts';
import type { Texts } from '../../texts/en.ts';
import type { Instant } from '../../time.ts';
import { button, menuRow, row } from '../buttons.ts';
import { embed } from '../embeds.ts';
import { keys } from '../keys.ts';
import { limits } from '../limits.ts';
import type { Card } from '../replies.ts';
import { showTyped } from '../text.ts';
import { clip } from '../../marks.ts';
import { ownText } from './claim.ts';
import { dayStamp, pageLink, sourceLine } from './fact.ts';

/** A road with everything that its cards need. */
export interface Road {
  readonly journey: Journey;
  readonly touched: readonly JourneyItem[];
  readonly items: readonly RoadmapItem[];
  readonly next: readonly RoadmapItem[];
  readonly doing: readonly RoadmapItem[];
  readonly dayOf: DayOf;
  /** What moderators of the person's guilds say of steps instead of the content, by step. */
  readonly instead: ReadonlyMap<string, GuildAnswer>;
}

/** Reads somebody's road; undefined when they have none. */
export async function readRoad(db: Db, userId: string, now: Instant): Promise<Road | undefined> {
  const mine = await findMine(db, userId, now);
  if (!mine) return undefined;
  const { journey } = mine;
  const touched = await listJourneyItems(db, userId);
  const checks = new Map((await listFactChecks(db, mine.guilds)).map((check) => [check.fact, check]));
  const roadmap = content().roadmap.map((item) => readAgain(item, checks.get(`item ${item.id}`)));
  const today = now.slice(0, 10);
  const answers = (await listAnswersAboutItems(db, mine.guilds)).filter(({ review_by: until }) => until === null || today <= until); // prettier-ignore
  const items = itemsFor(roadmap, journey);
  const dayOf = daysOf(mine, now);
  return {
    journey,
    touched,
    items,
    next: nextItems(roadmap, journey, touched, dayOf),
    doing: items.filter((item) => stateIn(journey, item, touched) === 'doing'),
    dayOf,
    instead: new Map(answers.map((answer) => [(answer.about ?? '').replace('item ', ''), answer])),
  };
}

/** The next day of each date that has one ahead, in the Match year that somebody aims at. */
function daysOf({ journey, dates }: Mine, now: Instant): DayOf {
  const today = now.slice(0, 10);
  const read = new Map(dates.map((date) => [date.id, date]));
  const days = new Map<string, string>();
  for (const { id, cycle, day: expected } of content().dates) {
    const date = read.get(id);
    const isOff = date?.standing === 'withdrawn' || date?.standing === 'passed';
    const day = isOff ? undefined : (date?.stated?.day ?? expected);
    const isWanted = journey.match_year === null || journey.match_year === cycle;
    if (day === undefined || day < today || !isWanted) continue;
    const earlier = days.get(seriesOf(id));
    if (earlier === undefined || day < earlier) days.set(seriesOf(id), day);
  }
  return (series) => days.get(series);
}

/** The stage's name. */
export const stageName = (t: Texts, stage: string): string => t.stages[stage]?.name ?? stage;

/** The first card: what is next. @param news whether the edition is another one than they saw last. */
export function roadCard(t: Texts, road: Road, now: Instant, news = false): Card {
  const text = t.roadmap;
  const { journey, touched, next, doing, dayOf } = road;
  const { closed, all } = progressOf(content().roadmap, journey, touched, journey.stage);
  const nextLines = next.map((item, i) => {
    const by = beginBy(item, dayOf);
    return [
      text.nextLine(i + 1, item.title, by === undefined ? '' : dayStamp(by)),
      shownText(t, item, now, road.instead.get(item.id)),
      ...(isOneOfSeveral(item, journey) ? [text.branch] : []),
    ].join('\n');
  });
  const doingLines = doing.map((item) =>
    text.doingLine(item.title, showTyped(touched.find(({ item_id: id }) => id === item.id)?.note ?? '')),
  );
  const parts = [
    ...(news ? [text.edition] : []),
    ...(nextLines.length === 0 ? [text.nothingNext] : nextLines),
    ...(doingLines.length === 0 ? [] : [[`**${text.doing}**`, ...doingLines].join('\n')]),
    text.progress(stageName(t, journey.stage), closed, all),
  ];
  const choices = [...next, ...doing];
  return {
    embeds: [
      {
        ...embed(t, text.title(stageName(t, journey.stage)), parts.join('\n\n')),
        footer: { text: text.footer(roadmapEdition()) },
      },
    ],
    components: [
      ...(choices.length === 0 ? [] : [chooserRow(t, choices)]),
      row(
        button([keys.roadmap.all, journey.stage], text.all),
        button([keys.roadmap.picture], text.picture),
        button([keys.roadmap.file], text.file),
        button([keys.roadmap.settings], text.settings),
        // Nobody should have to look for it at this point.
        ...(journey.stage === 'reapplying' ? [button([keys.support.show], t.support.button)] : []),
      ),
    ],
  };
}

/** What a step says: its words, and where a fact in it comes from; past its day the page alone. */
export function shownText(t: Texts, item: RoadmapItem, now: Instant, instead?: GuildAnswer): string {
  if (instead) return [ownText(t, instead), t.claims.own.instead].join('\n');
  if (freshnessOf(item, now.slice(0, 10)) === 'stale') {
    return [t.roadmap.hidden, t.journey.readOn(pageLink(item.source ?? ''))].join(' ');
  }
  const source = sourceLine(t, item);
  const see = item.see === undefined ? undefined : t.journey.readOn(pageLink(item.see));
  return [item.text, ...[source, see].flatMap((line) => (line === undefined ? [] : [`-# ${line}`]))].join('\n');
}

/** A menu of steps to open. */
function chooserRow(t: Texts, items: readonly RoadmapItem[]): NonNullable<Card['components']>[number] {
  const options = items
    .slice(0, limits.choices)
    .map(({ id, title }) => ({ label: clip(title, limits.choiceName), value: id }));
  return menuRow([keys.roadmap.open], t.roadmap.choose, options);
}

/** All steps of a stage, with what an earlier edition had. */
export function stageCard(t: Texts, road: Road, wanted: string): Card {
  const text = t.roadmap;
  const { journey, touched, items } = road;
  const there = stages.filter(({ id }) => items.some((item) => item.stage === id));
  const at = Math.max(0, there.findIndex(({ id }) => id === wanted)); // prettier-ignore
  const stage = there[at]?.id ?? journey.stage;
  const steps = items.filter((item) => item.stage === stage);
  const lines = steps.map((item) => {
    const state = stateIn(journey, item, touched);
    return text.allLine(text.mark[state], item.title, text.states[state]);
  });
  const gone = touched.filter(({ item_id: id }) => !content().roadmap.some((item) => item.id === id));
  const earlier = gone.map(({ title, state }) => text.earlierLine(title, text.states[state]));
  const body = [lines.join('\n'), `-# ${text.marks}`, ...(earlier.length === 0 ? [] : [[`**${text.earlier}**`, ...earlier].join('\n')])]; // prettier-ignore
  const [before, after] = [there[at - 1], there[at + 1]];
  return {
    embeds: [embed(t, text.stageTitle(stageName(t, stage)), body.join('\n\n'))],
    components: [
      ...(steps.length === 0 ? [] : [chooserRow(t, steps)]),
      row(
        ...(before ? [button([keys.roadmap.all, before.id], text.previous)] : []),
        ...(after ? [button([keys.roadmap.all, after.id], text.nextPage)] : []),
        button([keys.roadmap.show], text.back),
      ),
    ],
  };
}
