/**
 * Two people press at once: agree against agree, move, call off, pause, end and being done; a report freezes the pair, and
 * a handler lifts that. Whatever comes first, one meeting is open at most, an ended or resting mentorship has none that is
 * agreed on after, and it rests exactly while there is a reason.
 * npm run races (-- --times 10000 --seed 1).
 */
import { listMeetings } from '../../src/db/meetings.ts';
import { findMentorship } from '../../src/db/mentorships.ts';
import { UserError } from '../../src/errors.ts';
import { sayDone } from '../../src/mentoring/completion.ts';
import { agreeToTime, callOff, proposeTimes, refuseTimes } from '../../src/mentoring/meetings/plan.ts';
import { endMentorship } from '../../src/mentoring/mentorships.ts';
import { listRests } from '../../src/db/rests.ts';
import { inTurn } from '../../src/guild/turn.ts';
import { liftForCase, pauseMentorship, restForCase, resumeMentorship } from '../../src/mentoring/rests.ts';
import { later } from '../../src/time.ts';
import { openTestContext, seededRandom, testGuildId as guildId } from '../support/context.ts';

const option = (name: string, usual: number) => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? usual : Number(process.argv[at + 1]);
};
const times = option('times', 10_000);
const random = seededRandom(option('seed', 1));
const ctx = await openTestContext({ seed: option('seed', 1) });
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
const started = performance.now();
let [won, lost, ended] = [0, 0, 0];

/** One of the two reports the other; or a handler lifts it, where there is nobody. */
async function freeze(id: string, reporterId: string | undefined): Promise<void> {
  await inTurn(ctx.db, guildId, async (trx) => {
    const pair = await findMentorship(trx, id);
    if (!pair || pair.ended_at !== null) return;
    if (reporterId === undefined) await liftForCase(ctx, trx, pair);
    else await restForCase(ctx, trx, pair, reporterId);
  });
}

for (let n = 0; n < times; n += 1) {
  const [id, mentor, mentee] = [`pair-${n}`, `mentor-${n}`, `mentee-${n}`];
  const at = ctx.now();
  await ctx.db
    .insertInto('mentorships')
    .values({
      id,
      guild_id: guildId,
      mentor_id: mentor,
      mentee_id: mentee,
      state: 'active',
      started_at: at,
      due_at: later(at, { days: 84 }),
    }) // prettier-ignore
    .execute();
  const slots = [1, 2, 3].map((days) => later(at, { days }));
  const propose = (who: string) => proposeTimes(ctx, who, id, { minutes: 30, times: [pick(slots), pick(slots)] });
  const first = (await propose(mentee)).meeting;
  if (random() < 0.5) await agreeToTime(ctx, mentor, first.id, first.options[0] ?? '');
  const open = async () => (await listMeetings(ctx.db, id)).find(({ state }) => state === 'proposed' || state === 'agreed')?.id ?? ''; // prettier-ignore
  const acts: readonly ((who: string) => Promise<unknown>)[] = [
    async (who) => await agreeToTime(ctx, who, await open(), pick(slots)),
    async (who) => await agreeToTime(ctx, who, first.id, pick(slots)),
    (who) => propose(who),
    async (who) => await refuseTimes(ctx, who, await open()),
    async (who) => await callOff(ctx, who, await open()),
    (who) => endMentorship(ctx, who, id, 'other'),
    (who) => sayDone(ctx, who, id),
    (who) => pauseMentorship(ctx, who, id, 7),
    (who) => resumeMentorship(ctx, who, id),
    (who) => freeze(id, who),
    () => freeze(id, undefined),
  ];
  const results = await Promise.allSettled([0, 1, 2, 3].map(() => pick(acts)(pick([mentor, mentee]))));
  for (const result of results) {
    if (result.status === 'fulfilled') won += 1;
    else if (result.reason instanceof UserError) lost += 1;
    else throw result.reason;
  }
  const pair = await findMentorship(ctx.db, id);
  const meetings = await listMeetings(ctx.db, id);
  const live = meetings.filter(({ state }) => state === 'proposed' || state === 'agreed');
  const fail = (what: string): never => {
    console.error(JSON.stringify({ n, what, pair, meetings }, null, 1));
    process.exit(1);
  };
  if (live.length > 1) fail('two meetings are open');
  const rests = await listRests(ctx.db, id);
  if ((pair?.state === 'paused') !== rests.length > 0) fail('it rests without a reason, or goes on with one');
  if (pair?.ended_at !== null && live.length > 0) fail('a meeting outlives its mentorship');
  if (live.some(({ state, starts_at: from, options }) => (state === 'agreed') !== (from !== null) || (state === 'proposed' && options.length === 0))) fail('a meeting is neither proposed nor agreed'); // prettier-ignore
  if (pair?.state === 'completed' && pair.done_by === null) fail('completed without a word');
  const agreed = await ctx.db.selectFrom('notices').select('detail').where('kind', '=', 'meeting-thread').where('subject_id', 'in', meetings.map((each) => each.id)).execute(); // prettier-ignore
  const said = agreed.filter(({ detail }) => detail?.includes('"agreed"')).length;
  if (said !== meetings.filter((each) => each.agreed_at !== null).length)
    fail('an agreement was not said, or said twice');
  if (pair?.ended_at !== null) ended += 1;
}
await ctx.db.destroy();
console.log(
  `${times} races of four presses: ${won} counted, ${lost} were told what holds now, ${ended} mentorships ended; nothing was doubled or lost.`,
);
console.log(`${((performance.now() - started) / 1000).toFixed(0)} s`);
