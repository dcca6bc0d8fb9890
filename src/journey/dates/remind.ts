/** Reminders and what was moved: who is told what, once. */
import { journey as content, seriesOf } from '../../content/journey.ts';
import type { Context } from '../../context.ts';
import { type DateChange, listDatesOfGuilds, listOpenChanges, moveDateChange } from '../../db/dates.ts';
import {
  findJourney,
  insertReminded,
  type Journey,
  type JourneyDate,
  listDueJourneys,
  listGuildsOfJourney,
  listJourneyDates,
  listJourneyItems,
  listOwnDates,
  listReminded,
  listTravelers,
  type OwnDate,
  updateJourney,
  upsertJourneyDate,
} from '../../db/journeys.ts';
import { findGuild } from '../../db/guilds.ts';
import { insertNotice } from '../../db/notices/write.ts';
import type { Db, Trx } from '../../db/open.ts';
import { forEachInTurn } from '../../guild/each.ts';
import { inTurn } from '../../guild/turn.ts';
import { epochMs, type Instant, later } from '../../time.ts';
import { itemsFor, stateIn } from '../roadmap/items.ts';
import { outsideQuietHours } from '../../hours/quiet.ts';
import { dueReminders, type Remindable } from './reminders.ts';
import { concerns, reminds, showDates, type ShownDate, valueOf } from './view.ts';

/** How many people one heartbeat looks at in one go, and how many travelers of a guild are told in one part. */
const atOnce = 200;
/** Nobody goes unlooked at for longer than this, in days: a new edition may bring dates. */
const longestLookDays = 7;
/** What is nearer than this, in hours, is told also at night. */
const urgentHours = 24;

/** What concerns somebody: dates of authorities by stage or pick, as their guilds read them, and their own. */
export interface Mine {
  readonly journey: Journey;
  readonly guilds: readonly string[];
  readonly dates: readonly ShownDate[];
  readonly marks: ReadonlyMap<string, JourneyDate>;
  readonly own: readonly OwnDate[];
}

/** Reads what concerns somebody; undefined when they have no road. */
export async function findMine(db: Db, userId: string, now: Instant): Promise<Mine | undefined> {
  const journey = await findJourney(db, userId);
  if (!journey) return undefined;
  const guilds = await listGuildsOfJourney(db, userId);
  const marks = new Map((await listJourneyDates(db, userId)).map((mark) => [mark.date_id, mark]));
  const dates = showDates(content().dates, await listDatesOfGuilds(db, guilds), now).filter((date) =>
    isMine(date, journey, marks),
  );
  return { journey, guilds, dates, marks, own: await listOwnDates(db, userId) };
}

/** Whether a date is among those that somebody wants to hear of. */
export function isMine(date: ShownDate, journey: Journey, marks: ReadonlyMap<string, JourneyDate>): boolean {
  if (marks.get(date.id)?.picked === 1) return true;
  return journey.only_picked === 0 && concerns(date.known, journey);
}

/** What somebody can be reminded of, each with its days. */
function remindables({ journey, dates, own }: Mine): readonly Remindable[] {
  const official = dates.flatMap((date) =>
    reminds(date) && date.stated && date.since !== undefined
      ? [
          {
            id: date.id,
            stated: date.stated,
            at: date.stated.at,
            // Nor what fell into a time in which nobody had looked for too long.
            since:
              [date.since, journey.reminders_since, `${date.checked}T00:00:00.000Z`].toSorted().at(-1) ?? date.since,
            days: journey.reminder_days,
          },
        ]
      : [],
  );
  const theirs = own.map((date) => ({
    id: `own ${date.id}`,
    stated: date,
    at: date.at,
    since: date.changed_at,
    days: date.reminder_days,
  }));
  return [...official, ...theirs];
}

/** Reminds everybody whose time has come. */
export async function remindOfDates(ctx: Context): Promise<void> {
  for (;;) {
    const due = await listDueJourneys(ctx.db, ctx.now(), atOnce);
    let isStuck = true;
    await forEachInTurn(ctx, 'a reminder', due, async (userId) => {
      await remindPerson(ctx, userId);
      isStuck = false;
    });
    if (due.length < atOnce || isStuck) return;
  }
}

/** Reminds one person of what is due, as one message, and notes when to look again. Twice in a row says nothing twice. */
async function remindPerson(ctx: Context, userId: string): Promise<void> {
  await inTurn(ctx.db, userId, async (trx) => {
    const now = ctx.now();
    const mine = await findMine(trx, userId, now);
    if (!mine) return;
    const { journey, guilds } = mine;
    const [guildId] = guilds;
    const hour = guildId === undefined ? undefined : (await findGuild(trx, guildId))?.reminder_hour;
    const said = await listReminded(trx, userId);
    const { say, done, next } = dueReminders(remindables(mine), journey.zone, said, now, hour);
    // Without a guild in common nothing reaches them: it stays open, and is said if they come back in time.
    if (guildId !== undefined && say.length > 0) {
      await insertReminded(trx, userId, done, now);
      for (const { id } of say) {
        const date = mine.dates.find((each) => each.id === id);
        if (date?.stated) await upsertJourneyDate(trx, userId, id, { told: valueOf(date.stated) });
      }
      await insertNotice(trx, ctx, {
        guildId,
        userId,
        kind: 'dates-soon',
        detail: {
          dates: say.filter(({ id }) => !id.startsWith('own ')).map(({ id, days }) => ({ id, days })),
          own: say.filter(({ id }) => id.startsWith('own ')).map(({ id, days }) => ({ id: id.slice(4), days })),
        },
      });
    }
    const latest = later(now, { days: longestLookDays });
    const lookAt = next !== undefined && next < latest ? next : latest;
    await updateJourney(trx, userId, { look_at: lookAt });
  });
}

/** Tells everybody concerned of what was announced, moved or withdrawn: in parts, and on from there after a crash. */
export async function tellChanges(ctx: Context): Promise<void> {
  for (const change of await listOpenChanges(ctx.db, atOnce)) await tellPart(ctx, change);
}

async function tellPart(ctx: Context, change: DateChange): Promise<void> {
  let at = change;
  let after = change.told_to;
  let hasFailed = false;
  for (;;) {
    const people = await listTravelers(ctx.db, at.guild_id, after, atOnce);
    let told = 0;
    await forEachInTurn(ctx, 'a change of a date', people, async (userId) => {
      await tellPerson(ctx, userId, change);
      told += 1;
    });
    hasFailed ||= told < people.length;
    const last = people.length < atOnce ? undefined : people.at(-1);
    // Whoever could not be told is tried again: it goes on from before them, and nobody hears it twice.
    if (!hasFailed) {
      const isOurs = await inTurn(ctx.db, at.guild_id, (trx) => moveDateChange(trx, at, last));
      if (!isOurs) return;
      at = { ...at, told_to: last ?? '' };
    }
    if (last === undefined) return;
    after = last;
  }
}

/** Tells one person of a change, if it concerns them and they were not told; and looks at their reminders anew. */
async function tellPerson(ctx: Context, userId: string, change: DateChange): Promise<void> {
  await inTurn(ctx.db, userId, async (trx) => {
    const journey = await findJourney(trx, userId);
    if (!journey) return;
    const now = ctx.now();
    await updateJourney(trx, userId, { look_at: now });
    const value: unknown = change.new === null ? null : JSON.parse(change.new);
    const mark = (await listJourneyDates(trx, userId)).find(({ date_id: id }) => id === change.date_id);
    const knows = mark !== undefined && mark.told !== null;
    if (typeof value !== 'string' || mark?.told === value) return;
    // That a date is known now is for the reminders to say; whoever was told something else hears of it.
    if (!knows && (change.act === 'announce' || !(await isWaitedFor(trx, journey, change.date_id, mark)))) return;
    await upsertJourneyDate(trx, userId, change.date_id, { told: value });
    const at = await momentOfChange(trx, change);
    const isUrgent = at !== undefined && epochMs(at) - epochMs(now) < urgentHours * 3_600_000;
    await insertNotice(trx, ctx, {
      guildId: change.guild_id,
      userId,
      kind: 'date-changed',
      subjectId: change.id,
      dueAt: isUrgent ? now : outsideQuietHours(now, journey.zone),
      mass: true,
    });
  });
}

/** Whether somebody picked a date, or has a step before them that hangs on it. */
async function isWaitedFor(
  trx: Trx,
  journey: Journey,
  dateId: string,
  mark: JourneyDate | undefined,
): Promise<boolean> {
  if (mark?.picked === 1) return true;
  const stored = await listJourneyItems(trx, journey.user_id);
  const year = journey.match_year;
  if (year !== null && !dateId.endsWith(`-${year}`)) return false;
  return itemsFor(content().roadmap, journey).some((item) => {
    if (!item.dates.includes(seriesOf(dateId))) return false;
    const state = stateIn(journey, item, stored);
    return state === 'doing' || (state === 'todo' && item.stage === journey.stage);
  });
}

async function momentOfChange(trx: Trx, change: DateChange): Promise<Instant | undefined> {
  const rows = await listDatesOfGuilds(trx, [change.guild_id]);
  return rows.find(({ date_id: id }) => id === change.date_id)?.at ?? undefined;
}
