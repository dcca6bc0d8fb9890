/** Fixes what is shown of each whole month, once: what people do or delete later changes nothing of it. */
import type { Context } from '../../context.ts';
import {
  type Figure,
  insertFigures,
  listDecided,
  listEnded,
  listFigures,
  listFiguresDue,
  listRegistered,
  listStarted,
  moveFigures,
  type Stretch,
} from '../../db/figures.ts';
import type { Guild } from '../../db/guilds.ts';
import { listHelped } from '../../db/office-hours.ts';
import { deletedUser } from '../../db/schema.ts';
import { forEachInTurn } from '../../guild/each.ts';
import { inTurn } from '../../guild/turn.ts';
import { epochMs, later } from '../../time.ts';
import { answerNames, answers, endCell, endNames, ends, officeCell, reachedSteps } from './cells.ts';
import { monthAt, monthsLater, startOf } from './months.ts';
import { blockOf, cutBlock, dayScale, type Event, hourScale, middleOf, type Registered, type Shown } from './safe.ts';
import { countStocks } from './stocks.ts';

/** Guilds of one heartbeat; those left over follow with the next. */
const perRun = 20;
/** Months before today at which the figures of a guild begin that was set up earlier. */
const monthsBack = 12;
/** How people stand at the end of a month is counted within so many days of it, or not at all. */
const stockDays = 3;
/** Days from acceptance in which it counts how far a pair came, and whole months after which all of a month have had them. */
export const stepDays = 56;
const stepMonths = 2;

const hourMs = 3_600_000;

/** Fixes the figures of every guild in which a month has ended. */
export async function closeMonths(ctx: Context): Promise<void> {
  const due = await listFiguresDue(ctx.db, ctx.now(), perRun);
  await forEachInTurn(ctx, 'figures', due, async (guild) => {
    await closeMonth(ctx, guild);
  });
}

/** Fixes one month, where one has ended; else notes when the next does. */
async function closeMonth(ctx: Context, guild: Guild): Promise<void> {
  const { id, zone, figures_until: until } = guild;
  const month = nextMonth(ctx, guild);
  const endsAt = startOf(monthsLater(month, 1), zone);
  const isOver = endsAt <= ctx.now();
  // Read before the turn: what is counted lies in the past, and others are served meanwhile.
  const figures = isOver ? await countMonth(ctx, guild, month) : [];
  await inTurn(ctx.db, id, async (trx) => {
    const to = isOver ? { until: month, at: startOf(monthsLater(month, 2), zone) } : { until, at: endsAt };
    if (await moveFigures(trx, id, until, to)) await insertFigures(trx, id, figures);
  });
}

function nextMonth(ctx: Context, { zone, figures_until: until, set_up_at: setUpAt }: Guild): string {
  if (until !== null) return monthsLater(until, 1);
  const [first, earliest] = [monthAt(setUpAt, zone), monthsLater(monthAt(ctx.now(), zone), -monthsBack)];
  return first > earliest ? first : earliest;
}

/** Everything that can be shown from this month on. */
async function countMonth(ctx: Context, guild: Guild, month: string): Promise<Figure[]> {
  const shown = await listFigures(ctx.db, guild.id);
  const people = await listRegistered(ctx.db, guild.id);
  const idsOf = (role: 'mentor' | 'mentee') =>
    new Set(people.flatMap((each) => (each.role === role ? [each.user_id] : [])));
  const registered = { mentors: idsOf('mentor'), mentees: idsOf('mentee') };
  const of = { ctx, guild, month, shown, registered };
  const endedAt = startOf(monthsLater(month, 1), guild.zone);
  const isInTime = ctx.now() <= later(endedAt, { days: stockDays });
  return [
    ...(await countAnswers(of)),
    ...(await countEnds(of)),
    ...(await countSteps(of)),
    ...(await countOffice(of)),
    ...(isInTime ? await countStocks(ctx, guild, people, month) : []),
  ];
}

interface Counting {
  readonly ctx: Context;
  readonly guild: Guild;
  readonly month: string;
  readonly shown: readonly Figure[];
  readonly registered: Registered;
}

/** The months whose events of a kind have not been shown yet. */
function openSince({ ctx, guild, shown }: Counting, cell: string): string {
  const last = shown.findLast((figure) => figure.cell === cell);
  return last ? monthsLater(last.until, 1) : nextMonth(ctx, { ...guild, figures_until: null });
}

function stretchOf(guild: Guild, since: string, until: string): Stretch {
  return { from: startOf(since, guild.zone), to: startOf(monthsLater(until, 1), guild.zone) };
}

function figureOf(cell: string, since: string, until: string, shown: Shown | undefined): Figure[] {
  return shown ? [{ cell, since, until, ...shown }] : [];
}

const known = (id: string): string | null => (id === deletedUser ? null : id);

async function countAnswers(of: Counting): Promise<Figure[]> {
  const { ctx, guild, month, registered } = of;
  const figures: Figure[] = [];
  for (const name of answerNames) {
    const since = openSince(of, name);
    const rows = await listDecided(ctx.db, guild.id, answers[name], stretchOf(guild, since, month));
    const isAnswer = name !== 'expired';
    const events = rows.map(({ mentor_id: mentor, mentee_id: mentee, sent_at: sentAt, decided_at: at }) => ({
      mentor: known(mentor),
      mentee: known(mentee),
      took: isAnswer && sentAt !== null ? (epochMs(at) - epochMs(sentAt)) / hourMs : undefined,
    }));
    figures.push(...figureOf(name, since, month, blockOf(events, registered, hourScale)));
  }
  return figures;
}

async function countEnds(of: Counting): Promise<Figure[]> {
  const { ctx, guild, month, registered } = of;
  const figures: Figure[] = [];
  for (const name of endNames) {
    const since = openSince(of, endCell(name));
    const rows = await listEnded(ctx.db, guild.id, ends[name], stretchOf(guild, since, month));
    const events = rows.map((row) => ({ mentor: known(row.mentor_id), mentee: known(row.mentee_id) }));
    figures.push(...figureOf(endCell(name), since, month, blockOf(events, registered, dayScale)));
  }
  return figures;
}

/** Who came to office hours, as they said themselves: an event for each time, between them and the mentor. */
async function countOffice(of: Counting): Promise<Figure[]> {
  const { ctx, guild, month, registered } = of;
  const since = openSince(of, officeCell);
  const rows = await listHelped(ctx.db, guild.id, stretchOf(guild, since, month));
  const events = rows.map((row) => ({ mentor: known(row.mentor_id), mentee: known(row.user_id) }));
  return figureOf(officeCell, since, month, blockOf(events, registered, dayScale));
}

/** How far those came whose acceptance was shown as a block that ended two months ago. */
async function countSteps({ ctx, guild, month, shown, registered }: Counting): Promise<Figure[]> {
  const block = shown.find(({ cell, until }) => cell === 'accepted' && until === monthsLater(month, -stepMonths));
  if (!block) return [];
  const { since, until, count } = block;
  const pairs = await readPairs(ctx, guild, stretchOf(guild, since, until));
  /** By how far they came: the third meeting, the first, agreed on one, and nothing of that. */
  const classes = [...reachedSteps, 'none'].map((step) => pairs.filter(({ furthest }) => furthest === step));
  const cuts = cutBlock(count, classes.map((own) => own.map(({ event }) => event)), registered); // prettier-ignore
  return reachedSteps.flatMap((name, i) => {
    const reached = cuts[i];
    if (!reached) return [];
    const came = pairs.filter(({ event }) => reached.includes(event));
    const events = came.map(({ event, days }) => ({ ...event, took: days[name] }));
    return [{ cell: name, since, until, count: reached.length, middle: middleOf(events, dayScale) }];
  });
}

interface CountedPair {
  readonly event: Event;
  readonly furthest: (typeof reachedSteps)[number] | 'none';
  /** Days from acceptance to each step. */
  readonly days: Readonly<Partial<Record<(typeof reachedSteps)[number], number>>>;
}

async function readPairs(ctx: Context, guild: Guild, stretch: Stretch): Promise<CountedPair[]> {
  const rows = await listStarted(ctx.db, guild.id, stretch);
  const byPair = Map.groupBy(rows, ({ id }) => id);
  return [...byPair.values()].flatMap((meetings) => {
    const [pair] = meetings;
    if (!pair) return [];
    const end = later(pair.started_at, { days: stepDays });
    const within = (at: string | null): at is string => at !== null && at <= end;
    const held = meetings
      .flatMap(({ state, starts_at: at }) => (state === 'held' && within(at) ? [at] : []))
      .toSorted();
    // One that was arranged elsewhere was agreed on, too.
    const agreed = [...meetings.flatMap(({ agreed_at: at }) => (within(at) ? [at] : [])), ...held].toSorted();
    const days = { third: held[2], first: held[0], agreed: agreed[0] };
    const took = (at: string | undefined) =>
      at === undefined ? undefined : Math.max(0, (epochMs(at) - epochMs(pair.started_at)) / (24 * hourMs));
    return [
      {
        event: { mentor: known(pair.mentor_id), mentee: known(pair.mentee_id) },
        furthest: reachedSteps.find((step) => days[step] !== undefined) ?? 'none',
        days: { third: took(days.third), first: took(days.first), agreed: took(days.agreed) },
      },
    ];
  });
}
