/** A seeded guild whose mentors and mentees ask, answer, meet and part over some months; and everything it is ever shown. */
import { readCaseFigures, readFigures, listPeriods } from '../../../src/mentoring/figures/read.ts';
import { closeMonths } from '../../../src/mentoring/figures/close.ts';
import { sayFigures } from '../../../src/commands/stats/cards.ts';
import { monthAt, monthsLater, startOf } from '../../../src/mentoring/figures/months.ts';
import type { MentorshipEnd } from '../../../src/db/schema.ts';
import { epochMs, later } from '../../../src/time.ts';
import { seededRandom, type TestContext, testGuildId as guildId } from '../../support/context.ts';
import { addMentee, addMentor } from '../../support/members.ts';

export const zone = 'America/Chicago';

/** What really happened: an event of a cell, in a month. Pairs that were accepted name how far they came. */
export interface Truth {
  readonly cell: string;
  readonly month: string;
  readonly mentor: string;
  readonly mentee: string;
}

/** One form of a period, as a moderator got it at some moment. */
export interface Output {
  readonly month: string;
  readonly period: { readonly since: string; readonly until: string };
  readonly card: string;
  readonly alt: string;
  readonly csv: string;
  /** What is written on it. */
  readonly picture: string;
}

export interface World {
  readonly mentors: readonly string[];
  readonly mentees: readonly string[];
  readonly truths: Truth[];
  readonly outputs: Output[];
}

const endReasons: readonly MentorshipEnd[] = ['completed', 'never-met', 'faded', 'no-time', 'not-a-fit', 'member-left', 'staff', 'handler']; // prettier-ignore
const endNames: Readonly<Record<string, string>> = { 'no-time': 'chosen', 'not-a-fit': 'chosen', 'member-left': 'left', handler: 'staff' }; // prettier-ignore

/** Lives that many months; after each, all periods are looked at. @param busy how many requests a mentee has in a month. */
export async function live(
  ctx: TestContext,
  size: { mentors: number; mentees: number; months: number; busy: number; seed: number },
): Promise<World> {
  const random = seededRandom(size.seed);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
  const mentors = await Promise.all(Array.from({ length: size.mentors }, () => addMentor(ctx, { profile: { capacity: 5 } }))); // prettier-ignore
  const mentees = await Promise.all(Array.from({ length: size.mentees }, () => addMentee(ctx)));
  const world: World = { mentors, mentees, truths: [], outputs: [] };
  // A stream of chance of its own: what else happens stays as it was.
  const offices = seededRandom(size.seed + 1_000);
  const free = new Map<string, string>();
  let month = monthAt(ctx.now(), zone);
  let id = 0;
  for (let n = 0; n < size.months; n += 1) {
    const [from, to] = [startOf(month, zone), startOf(monthsLater(month, 1), zone)];
    const moment = () => later(from, { ms: Math.floor(random() * (epochMs(to) - epochMs(from))) });
    for (const mentee of mentees) {
      if (random() > size.busy) continue;
      const mentor = pick(mentors);
      const at = moment();
      const isFree = (free.get(mentee) ?? '') <= from;
      const state = isFree && random() < 0.6 ? ('accepted' as const) : pick(['declined', 'expired'] as const);
      id += 1;
      const sent = later(at, { hours: -Math.ceil(random() * 200) });
      const row = { id: `r${id}`, guild_id: guildId, mentor_id: mentor, mentee_id: mentee, message: '', created_at: sent }; // prettier-ignore
      await ctx.db
        .insertInto('requests')
        .values({ ...row, state, sent_at: sent, decided_at: at })
        .execute();
      if (state !== 'accepted') {
        world.truths.push({ cell: state, month, mentor, mentee });
        continue;
      }
      const endedAt = later(at, { days: 40 + Math.floor(random() * 60) });
      const reason = pick(endReasons);
      free.set(mentee, endedAt);
      const state2 = reason === 'completed' ? 'completed' : 'ended';
      await ctx.db
        .insertInto('mentorships')
        .values({
          id: `m${id}`,
          guild_id: guildId,
          mentor_id: mentor,
          mentee_id: mentee,
          request_id: `r${id}`,
          state: state2,
          started_at: at,
          due_at: endedAt,
          ended_at: endedAt,
          end_reason: reason,
          ended_by: 'bot',
        }) // prettier-ignore
        .execute();
      const far = pick(['third', 'third', 'first', 'agreed', 'none']);
      const held = { third: 3, first: 1 }[far] ?? 0;
      for (let k = 0; k < Math.max(held, far === 'agreed' ? 1 : 0); k += 1) {
        const day = later(at, { days: 3 + k * 14 });
        await ctx.db
          .insertInto('meetings')
          .values({
            id: `t${id}-${k}`,
            guild_id: guildId,
            mentorship_id: `m${id}`,
            state: k < held ? 'held' : 'missed',
            proposed_by: 'mentor',
            proposed_at: at,
            minutes: 30,
            starts_at: day,
            ends_at: day,
            agreed_at: later(day, { days: -2 }),
            series_id: `s${id}`,
          }) // prettier-ignore
          .execute();
      }
      world.truths.push({ cell: `accepted/${far}`, month, mentor, mentee });
      world.truths.push({ cell: `ended:${endNames[reason] ?? reason}`, month: monthAt(endedAt, zone), mentor, mentee });
    }
    await holdOffice(ctx, world, month, offices);
    month = monthsLater(month, 1);
    ctx.advance({ ms: epochMs(startOf(month, zone)) - epochMs(ctx.now()) + 60_000 });
    for (let beats = 0; beats < 3; beats += 1) await closeMonths(ctx);
    await look(ctx, world, month);
  }
  return world;
}

/** Some mentors hold office hours in a month, and some mentees come. */
async function holdOffice(ctx: TestContext, world: World, month: string, random: () => number): Promise<void> {
  for (const mentor of world.mentors) {
    if (random() < 0.4) continue;
    const at = later(startOf(month, zone), { hours: Math.floor(random() * 600) });
    const id = `o${month}-${mentor}`;
    const times = { starts_at: at, ends_at: at, created_at: at, closed_at: at };
    await ctx.db
      .insertInto('office_hours')
      .values({
        id,
        guild_id: guildId,
        mentor_id: mentor,
        topic: 'Interviews',
        channel_id: '5',
        places: 20,
        minutes: 60,
        state: 'held',
        ...times,
      }) // prettier-ignore
      .execute();
    for (const [i, mentee] of world.mentees.entries()) {
      // Some never come: a count of all mentees is shown of nobody.
      if (random() < 0.7 || i % 4 === 3) continue;
      const isHere = random() < 0.8;
      await ctx.db
        .insertInto('office_people')
        .values({
          hour_id: id,
          user_id: mentee,
          guild_id: guildId,
          state: 'in',
          since: at,
          here_at: isHere ? at : null,
        })
        .execute();
      if (isHere) world.truths.push({ cell: 'office-hours', month, mentor, mentee });
    }
  }
}

/** Looks at everything there is to see. */
export async function look(ctx: TestContext, world: World, month: string): Promise<void> {
  for (const period of await listPeriods(ctx, guildId)) {
    world.outputs.push({ month, period, ...(await see(ctx, period.id)) });
  }
}

/** One period in all its forms. */
export async function see(
  ctx: TestContext,
  id: string | null,
): Promise<Pick<Output, 'card' | 'alt' | 'csv' | 'picture'>> {
  const by = { guildId, userId: '900' };
  const view = await readFigures(ctx, guildId, id);
  if (view.is !== 'figures') throw new Error('there are no figures');
  const { embeds, description: alt, picture, csv } = sayFigures(ctx.t, view, await readCaseFigures(ctx, by));
  return {
    card: embeds.flatMap(({ title, description, fields = [] }) => [title ?? '', description ?? '', ...fields.map(({ name, value }) => `# ${name}\n${value}`)]).join('\n'), // prettier-ignore
    alt,
    csv: csv.toString(),
    picture: [picture.title, ...picture.groups.flatMap(({ rows }) => rows.map(({ name, value }) => `${name}: ${value}`))].join('\n'), // prettier-ignore
  };
}
