/**
 * Two seasons of dates in 60 zones: announced, left to go stale, moved, withdrawn, with kills at any point. Each reminder
 * that is due comes exactly once, at nine in the morning or the evening before; none ever from an expected, stale, withdrawn
 * or passed date; everybody who was told hears of a move exactly once. Held against a model that looks at every hour.
 *
 * npm run seasons -- --people 240 --days 730 --seed 1
 */
import { parseArgs } from 'node:util';
import { Temporal } from 'temporal-polyfill';
import { dateById, journey as content } from '../src/content/journey.ts';
import { findDateChange, type GuildDate, listDatesOfGuilds } from '../src/db/dates.ts';
import { confirmDate } from '../src/journey/dates/confirm.ts';
import { remindOfDates, tellChanges } from '../src/journey/dates/remind.ts';
import { endOf } from '../src/journey/dates/stated.ts';
import { concerns, showDates, type ShownDate, valueOf, withdrawnValue } from '../src/journey/dates/view.ts';
import { beginJourney } from '../src/journey/own/journey.ts';
import { later } from '../src/time.ts';
import { openTestContext, seededRandom, testGuildId as guildId } from './support/context.ts';

const { values } = parseArgs({
  options: {
    people: { type: 'string' },
    days: { type: 'string' },
    seed: { type: 'string' },
    zones: { type: 'string' },
  },
});
const [people, days, zoneCount] = [
  Number(values.people ?? 120),
  Number(values.days ?? 730),
  Number(values.zones ?? 60),
];
const random = seededRandom(Number(values.seed ?? 1));
const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

const start = '2026-07-01T00:00:00.000Z';
const base = await openTestContext({ at: start, seed: 2 });
/** Dies at the countdown: whatever asks for the time or for chance then is inside a transaction, or between two. */
let fuse = Infinity;
let kills = 0;
const burn =
  <T>(make: () => T) =>
  (): T => {
    fuse -= 1;
    if (fuse <= 0) {
      fuse = Infinity;
      kills += 1;
      throw new Error('killed');
    }
    return make();
  };
const ctx = { ...base, now: burn(() => base.now()), random: burn(() => base.random()) };

const all = Intl.supportedValuesOf('timeZone');
const zones = Array.from({ length: zoneCount }, (_, i) => all[Math.floor((i * all.length) / zoneCount)] ?? 'Etc/UTC');
const stages = ['applying', 'interviewing', 'certification'];
const zoneOf = new Map<string, string>();
const stageOf = new Map<string, string>();
for (let i = 0; i < people; i += 1) {
  const [userId, zone] = [`${10_000 + i}`, zones[i % zones.length] ?? 'Etc/UTC'];
  zoneOf.set(userId, zone);
  stageOf.set(userId, pick(stages));
  await beginJourney(base, { userId, guildId }, zone, stageOf.get(userId) ?? 'applying');
}

const moderators = [1, 2].map((id) => ({ guildId, userId: String(id) }));
const known = content().dates;
/** What every person may have been reminded of: by person, date, value and days before, with the moment. */
const problems: string[] = [];
const seenKeys = new Map<string, string>();
const perDay = new Map<string, number>();
const told = new Map<string, number>();
/** What each person knows of each date: nobody is left with what no longer holds. */
const heard = new Map<string, string>();
let [reminders, moves, changes] = [0, 0, 0];

/** A moderator reads something on a page: now and then something new. */
async function moderate(): Promise<void> {
  const today = base.now().slice(0, 10);
  const rows = await listDatesOfGuilds(base.db, [guildId]);
  const date = pick(known);
  const row = rows.find(({ date_id: id }) => id === date.id);
  const ahead = (most: number) => later(base.now(), { days: 3 + Math.floor(random() * most) }).slice(0, 10);
  const isWhole = random() < 0.3;
  const hour = isWhole ? null : pick(['09:00', '12:00', '21:00', '23:59']);
  const isWithdrawn = row !== undefined && row.state !== 'withdrawn' && random() < 0.15;
  const isSame = row !== undefined && random() < 0.6;
  const stated = isWithdrawn
    ? undefined
    : isSame
      ? { day: row.day, time: row.time, zone: row.zone }
      : { day: ahead(200), time: hour, zone: hour === null ? null : 'America/New_York' };
  if (stated && endOf(stated) <= base.now()) return;
  for (const by of moderators) {
    try {
      await confirmDate(base, by, date.id, { stated, isAlone: false, ...(stated ? { isLater: false } : {}) });
    } catch {
      // Nothing new, or it is decided already.
    }
  }
  changes += 1;
  if (!dateById().has(date.id) || today === '') throw new Error('unreachable');
}

/** Whether anybody may be reminded of what a row says: announced, looked at lately, and still ahead. By the row alone. */
function mayRemind(row: GuildDate | undefined, now: string): boolean {
  if (!row || row.state === 'withdrawn' || now.slice(0, 10) > row.review_by) return false;
  const end = row.at ?? new Date(Date.parse(row.day) + 36 * 3_600_000).toISOString();
  return end > now;
}

/** Nine in the morning, 30, 7 and 1 days before: the plain way, for each value and zone once. */
const mornings = new Map<string, readonly (readonly [days: number, at: string])[]>();
function morningsOf({ stated }: ShownDate, zone: string): readonly (readonly [days: number, at: string])[] {
  if (!stated) return [];
  const key = `${valueOf(stated)} ${stated.at} ${zone}`;
  let known = mornings.get(key);
  if (!known) {
    const day = stated.at === null ? stated.day : Temporal.Instant.from(stated.at).toZonedDateTimeISO(zone).toPlainDate().toString(); // prettier-ignore
    known = [30, 7, 1].map((before) => {
      const on = Temporal.PlainDate.from(day).subtract({ days: before });
      const at = Temporal.PlainDateTime.from(`${on.toString()}T09:00`).toZonedDateTime(zone);
      return [before, new Date(at.epochMilliseconds).toISOString()] as const;
    });
    mornings.set(key, known);
  }
  return known;
}

/** Whatever had to come in the hour that is over must have come: nobody is left out. */
function findMissing(shown: Iterable<ShownDate>, rows: ReadonlyMap<string, GuildDate>, from: string, to: string): void {
  for (const date of shown) {
    if (!date.stated || !mayRemind(rows.get(date.id), to) || date.since === undefined) continue;
    const since = [date.since, `${date.checked}T00:00:00.000Z`, start].toSorted().at(-1) ?? start;
    for (const [userId, zone] of zoneOf) {
      if (!concerns(date.known, { stage: stageOf.get(userId) ?? '', match_year: null })) continue;
      for (const [before, at] of morningsOf(date, zone)) {
        if (at <= from || at > to || at <= since) continue;
        expected += 1;
        const key = `${userId} ${date.id} ${valueOf(date.stated)} ${before}`;
        if (!seenKeys.has(key)) problems.push(`${key} never came: it was due at ${at}`);
      }
    }
  }
}
let expected = 0;

/** Looks at what went out in this hour, as the outbox would deliver it. */
async function inspect(): Promise<void> {
  const now = base.now();
  const notices = await base.db.selectFrom('notices').selectAll().where('state', '=', 'owed').execute();
  const read = await listDatesOfGuilds(base.db, [guildId]);
  const rows = new Map(read.map((row) => [row.date_id, row]));
  const shown = new Map(showDates(known, read, now).map((date) => [date.id, date]));
  for (const notice of notices) {
    const userId = notice.user_id ?? '';
    const zone = zoneOf.get(userId) ?? 'Etc/UTC';
    if (notice.kind === 'date-changed') {
      moves += 1;
      const key = `${userId} ${notice.subject_id}`;
      told.set(key, (told.get(key) ?? 0) + 1);
      if ((told.get(key) ?? 0) > 1) problems.push(`${key} was told twice`);
      const change = await findDateChange(base.db, notice.subject_id ?? '');
      if (change) heard.set(`${userId} ${change.date_id}`, JSON.parse(change.new ?? 'null') as string);
      continue;
    }
    if (notice.kind !== 'dates-soon') continue;
    const here = Temporal.Instant.from(now).toZonedDateTimeISO(zone);
    const day = `${userId} ${here.toPlainDate().toString()}`;
    perDay.set(day, (perDay.get(day) ?? 0) + 1);
    const detail = JSON.parse(notice.detail ?? '{}') as { dates: { id: string; days: number }[] };
    for (const { id, days: before } of detail.dates) {
      reminders += 1;
      const date = shown.get(id);
      if (!date?.stated || !mayRemind(rows.get(id), now)) {
        problems.push(
          `${userId} was reminded of ${id}, which is ${date?.standing ?? 'nothing'}${date?.isStale ? ' and stale' : ''} at ${now}`,
        );
        continue;
      }
      const key = `${userId} ${id} ${valueOf(date.stated)} ${before}`;
      if (seenKeys.has(key)) problems.push(`${key} twice: ${seenKeys.get(key)} and ${now}`);
      seenKeys.set(key, now);
      heard.set(`${userId} ${id}`, valueOf(date.stated));
      if (![8, 9, 10, 17, 18, 19].includes(here.hour)) problems.push(`${key} came at ${here.toPlainTime().toString()}`);
      if (date.stated.at && Date.parse(date.stated.at) - Date.parse(now) < 11 * 3_600_000)
        problems.push(`${key} came too late: ${now} for ${date.stated.at}`);
    }
  }
  for (const [key, value] of heard) {
    const [userId = '', id = ''] = key.split(' ');
    const row = rows.get(id);
    const holds = row === undefined || row.state === 'withdrawn' ? withdrawnValue : valueOf(row);
    if (value === holds) continue;
    problems.push(`${userId} still reads ${value} of ${id}, which is ${holds} at ${now}`);
    heard.set(key, holds);
  }
  findMissing(shown.values(), rows, later(now, { hours: -1 }), now);
  await base.db
    .updateTable('notices')
    .set({ state: 'delivered', delivered_at: now })
    .where('state', '=', 'owed')
    .execute();
  await base.db.deleteFrom('notices').where('state', '=', 'delivered').execute();
}

for (let hour = 0; hour < days * 24; hour += 1) {
  base.advance({ hours: 1 });
  if (random() < 0.06) await moderate();
  if (random() < 0.2) fuse = 1 + Math.floor(random() * 15);
  try {
    await tellChanges(ctx);
    await remindOfDates(ctx);
  } catch (error) {
    if ((error as Error).message !== 'killed') throw error;
  }
  fuse = Infinity;
  // It starts again within the hour.
  await tellChanges(base);
  await remindOfDates(base);
  await inspect();
}
console.log(
  `${days} days, ${people} people in ${new Set(zoneOf.values()).size} zones: ${changes} looks at pages, ${reminders} reminders (${expected} were due), ${moves} told of changes, ${kills} kills`,
);
console.log(`most messages to one person on one day: ${Math.max(0, ...perDay.values())}`);
for (const problem of problems.slice(0, 20)) console.error(problem);
await base.db.destroy();
if (problems.length > 0 || reminders === 0 || moves === 0 || kills === 0) {
  console.error(`${problems.length} problems`);
  process.exitCode = 1;
}
