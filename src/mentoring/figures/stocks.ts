/** How people stand at the end of a month, in steps of five. */
import { rankOf, specialtyById, stages } from '../../content/index.ts';
import type { Context } from '../../context.ts';
import { type Figure, listPairsAfter, type listRegistered } from '../../db/figures.ts';
import type { Guild } from '../../db/guilds.ts';
import { listWaitingMentees } from '../../db/round-input.ts';
import { listLongWaiting } from '../../db/waiting-reports.ts';
import { inParts } from '../../parts.ts';
import { later } from '../../time.ts';
import { factsOf } from '../care/facts.ts';
import { healthOf } from '../care/steps.ts';
import { openPool } from '../pool.ts';
import { longWaitDays, type Side, type SideCell, sideCell, type StockCell } from './cells.ts';
import { fewest, stepOf } from './safe.ts';

/** How many rows are read, and pairs looked at, before others are served: some milliseconds of work each. */
const rowsAtOnce = 200;
const pairsAtOnce = 5;

type People = Awaited<ReturnType<typeof listRegistered>>;

/** Counts everybody as they stand now, which is the end of that month. */
export async function countStocks(ctx: Context, guild: Guild, people: People, month: string): Promise<Figure[]> {
  const stock = (cell: StockCell | SideCell, step: number | undefined): Figure[] =>
    step === undefined ? [] : [{ cell, since: month, until: month, count: step, middle: null }];
  const mentors = people.filter(({ role }) => role === 'mentor');
  const mentees = people.length - mentors.length;
  const long = await listLongWaiting(ctx.db, guild.id, later(ctx.now(), { days: -longWaitDays }), 0);
  const { places, sides } = await countSides(ctx, guild);
  return [
    ...stock('mentors', stepOf(mentors.length)),
    ...stock('verified', stepOf(mentors.filter(({ verified }) => verified).length, mentors.length)),
    ...stock('places', places),
    ...stock('mentees', stepOf(mentees)),
    ...stock('waiting', stepOf(long.count, mentees)),
    ...stock('needs-look', await countNeedsLook(ctx, guild)),
    ...sides.flatMap(({ cell, step }) => stock(cell, step)),
  ];
}

/** Pairs that need a look, of enough people on both sides. */
async function countNeedsLook(ctx: Context, guild: Guild): Promise<number | undefined> {
  const [mentors, mentees] = [new Set<string>(), new Set<string>()];
  let [pairs, count, after] = [0, 0, ''];
  for (;;) {
    const rows = await listPairsAfter(ctx.db, guild.id, after, rowsAtOnce);
    for await (const part of inParts(rows, pairsAtOnce)) {
      for (const pair of part) {
        pairs += 1;
        if (pair.state !== 'active') continue;
        if (healthOf(await factsOf(ctx, ctx.db, pair), ctx.now()).is !== 'needs-look') continue;
        count += 1;
        mentors.add(pair.mentor_id);
        mentees.add(pair.mentee_id);
      }
    }
    const last = rows.at(-1);
    if (!last || rows.length < rowsAtOnce) break;
    after = last.id;
  }
  return Math.min(mentors.size, mentees.size) < fewest ? undefined : stepOf(count, pairs);
}

/** Free places, and by stage and family of specialties who waits and which mentors with a place they could ask. */
async function countSides(ctx: Context, guild: Guild) {
  const { packed } = await openPool(ctx, guild);
  const open = packed.mentors.filter(
    ({ active, verified, capacity, mentees }) =>
      active && (verified || guild.mentor_verification === 0) && capacity > mentees,
  );
  const counts = new Map<SideCell, number>();
  const count = (side: Side, stage: string, specialties: readonly string[]): void => {
    for (const family of new Set(specialties.flatMap((id) => specialtyById.get(id)?.family ?? []))) {
      const cell = sideCell(side, stage, family);
      counts.set(cell, (counts.get(cell) ?? 0) + 1);
    }
  };
  let [waiting, after] = [0, ''];
  for (;;) {
    const rows = await listWaitingMentees(ctx.db, guild.id, after, rowsAtOnce);
    for (const { stage, specialties } of rows) count('demand', stage, specialties);
    waiting += rows.length;
    const last = rows.at(-1);
    if (!last || rows.length < rowsAtOnce) break;
    after = last.user_id;
  }
  for (const { stageRank, acceptsFromRank, specialties } of open) {
    for (const { id } of stages) {
      if (stageRank > rankOf(id) && rankOf(id) >= acceptsFromRank) count('supply', id, specialties);
    }
  }
  const free = open.reduce((sum, { capacity, mentees }) => sum + capacity - mentees, 0);
  return {
    places: open.length < fewest ? undefined : stepOf(free),
    sides: [...counts]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([cell, people]) => ({
        cell,
        step: stepOf(people, cell.startsWith('demand:') ? waiting : open.length),
      })),
  };
}
