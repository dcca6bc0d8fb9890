/**
 * A year of mentorships on a moved clock: seeded people, half of them forgetful, do as people do with what they get. What
 * holds at the end is checked here, for the script and for the sample in `npm test`.
 */
import { listCheckIns } from '../../src/db/check-ins.ts';
import { findGuild } from '../../src/db/guilds.ts';
import { upsertHours } from '../../src/db/hours.ts';
import { findMeeting, listMeetings } from '../../src/db/meetings.ts';
import { findMentorship, type Mentorship } from '../../src/db/mentorships.ts';
import type { Notice } from '../../src/db/notices/write.ts';
import { listRests } from '../../src/db/rests.ts';
import { meetingThread } from '../../src/delivery/notices/meetings.ts';
import { matchWeekAt } from '../../src/guild/match-week.ts';
import { UserError } from '../../src/errors.ts';
import type { Random } from '../../src/ids.ts';
import { type Answer, answerCheckIn, answersTo, setQuiet } from '../../src/mentoring/care/answer.ts';
import { lookAfterPairs } from '../../src/mentoring/care/look-after.ts';
import { sayAtTheEnd, sendWordsDue } from '../../src/mentoring/closings.ts';
import { sayDone } from '../../src/mentoring/completion.ts';
import { setGoal } from '../../src/mentoring/goals.ts';
import { findTimes } from '../../src/mentoring/meetings/find.ts';
import { sayOfMeeting } from '../../src/mentoring/meetings/outcome.ts';
import { agreeToTime, callOff, proposeTimes, refuseTimes } from '../../src/mentoring/meetings/plan.ts';
import { endMentorship, partnerIn } from '../../src/mentoring/mentorships.ts';
import { endRestsOver, pauseMentorship } from '../../src/mentoring/rests.ts';
import { epochMs, later } from '../../src/time.ts';
import { makeSide, oddZones } from '../hours/pairs.ts';
import { openTestContext, seededRandom, type TestContext, testGuildId as guildId } from '../support/context.ts';
import { addMentee, addMentor } from '../support/members.ts';

/** Unprompted notices to one person about one mentorship, by the specification: not by the code. */
const [mostLately, latelyDays] = [2, 7];
/** How long a mentorship is planned to be. */
const mentorshipDays = 84;

interface YearOptions {
  readonly pairs: number;
  readonly days: number;
  readonly seed: number;
  /** Over how many days they begin. */
  readonly begin: number;
}

/** What somebody is like. */
interface Person {
  readonly id: string;
  /** How likely they do something with what they get. */
  readonly cares: number;
}

interface YearFigures {
  readonly pairs: number;
  readonly agreedIn7Days: number;
  readonly firstHeldIn14Days: number;
  readonly thirdHeldIn8Weeks: number;
  readonly live: number;
  readonly closed: Readonly<Record<string, number>>;
  readonly questions: number;
  readonly answered: number;
  readonly words: number;
  /** What does not hold; empty when all does. */
  readonly broken: readonly string[];
}

/** Lets the year pass. */
export async function simulateYear(options: YearOptions): Promise<YearFigures> {
  const ctx = await openTestContext({ at: '2026-11-02T06:00:00.000Z', seed: options.seed });
  const random = seededRandom(options.seed);
  const year = new Year(ctx, random);
  const startsOn = Array.from({ length: options.pairs }, () => Math.floor(random() * options.begin)).toSorted(
    (a, b) => a - b,
  );
  for (let day = 0; day < options.days; day += 1) {
    while (startsOn.length > 0 && startsOn[0] === day) {
      startsOn.shift();
      await year.begin();
    }
    // Twice a day is enough for people; the bot's own times are in hours.
    for (let half = 0; half < 2; half += 1) {
      await year.beat();
      ctx.advance({ hours: 12 });
    }
  }
  await year.beat();
  const figures = await year.figures();
  await ctx.db.destroy();
  return figures;
}

class Year {
  readonly #people = new Map<string, Person>();
  readonly #broken: string[] = [];
  readonly #ctx: TestContext;
  readonly #random: Random;

  constructor(ctx: TestContext, random: Random) {
    this.#ctx = ctx;
    this.#random = random;
  }

  chance(likely: number): boolean {
    return this.#random() < likely;
  }

  pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.#random() * from.length)] as T;
  }

  async begin(): Promise<void> {
    const ctx = this.#ctx;
    const at = ctx.now();
    const sides = [makeSide(this.#random, oddZones), makeSide(this.#random, oddZones)] as const;
    const mentor = await addMentor(ctx, { zone: sides[0].zone });
    const mentee = await addMentee(ctx, { zone: sides[1].zone });
    for (const [i, id] of [mentor, mentee].entries()) {
      const isForgetful = this.chance(0.5);
      this.#people.set(id, { id, cares: isForgetful ? 0.15 + this.#random() * 0.35 : 0.7 + this.#random() * 0.25 });
      const windows = sides[i]?.windows;
      if (windows && windows.length > 0 && this.chance(isForgetful ? 0.3 : 0.8)) {
        await ctx.db
          .transaction()
          .execute((trx) => upsertHours(trx, { guildId, userId: id }, { windows, until: null }, at));
      }
    }
    await ctx.db
      .insertInto('mentorships')
      .values({
        id: `pair-${mentor}`,
        guild_id: guildId,
        mentor_id: mentor,
        mentee_id: mentee,
        state: 'active',
        started_at: at,
        due_at: later(at, { days: mentorshipDays }),
      })
      .execute();
  }

  /** The heartbeat, what arrives by it, and what people do with it. */
  async beat(): Promise<void> {
    const ctx = this.#ctx;
    await endRestsOver(ctx);
    for (;;) {
      const before = await this.#count();
      await lookAfterPairs(ctx);
      if ((await this.#count()) === before) break;
    }
    await sendWordsDue(ctx);
    const due = await ctx.db.selectFrom('notices').selectAll().where('state', '=', 'owed').where('due_at', '<=', ctx.now()).orderBy('due_at').orderBy('id').execute(); // prettier-ignore
    for (const notice of due) {
      await ctx.db.updateTable('notices').set({ state: 'delivered', delivered_at: ctx.now(), message_id: '1' }).where('id', '=', notice.id).execute(); // prettier-ignore
      await this.#receive(notice);
    }
    await this.#spontaneous();
  }

  async #count(): Promise<number> {
    const { n } = await this.#ctx.db.selectFrom('mentorships').select(({ fn }) => fn.countAll<number>().as('n')).where('state', 'in', ['active', 'paused']).where((is) => is.or([is('look_at', 'is', null), is('look_at', '<=', this.#ctx.now())])).executeTakeFirstOrThrow(); // prettier-ignore
    return n;
  }

  async #try(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (error) {
      // What people are refused, they are refused.
      if (!(error instanceof UserError)) throw error;
    }
  }

  async #receive(notice: Notice): Promise<void> {
    const ctx = this.#ctx;
    const id = notice.subject_id ?? '';
    switch (notice.kind) {
      case 'meeting-thread': {
        const meeting = await findMeeting(ctx.db, id);
        const pair = meeting && (await findMentorship(ctx.db, meeting.mentorship_id));
        if (!meeting || !pair) return;
        const { part } = JSON.parse(notice.detail ?? '{}') as { part: string };
        if (part === 'day-before' || part === 'hour-before') await this.#expectReminder(notice, meeting.state);
        for (const userId of [pair.mentor_id, pair.mentee_id]) {
          if (!this.#does(userId)) continue;
          if (part === 'proposed') {
            const [at] = meeting.options;
            if (at === undefined) continue;
            await this.#try(() => (this.chance(0.85) ? agreeToTime(ctx, userId, id, this.pick(meeting.options)) : refuseTimes(ctx, userId, id))); // prettier-ignore
          }
          if (part === 'day-before' && this.chance(0.1)) await this.#try(() => callOff(ctx, userId, id));
          if (part === 'how-was-it')
            await this.#try(() => sayOfMeeting(ctx, userId, id, this.chance(0.85) ? 'held' : 'missed'));
        }
        return;
      }
      case 'check-in': {
        const userId = notice.user_id ?? '';
        const checkIn = await ctx.db.selectFrom('check_ins').selectAll().where('id', '=', id).executeTakeFirst();
        if (!checkIn || !this.#does(userId)) return;
        const likely: Partial<Record<Answer, number>> = {
          'not-fit': 0.04,
          close: checkIn.kind === 'due' ? 0.4 : 0.2,
          staff: 0.05,
        };
        const answers = (answersTo[checkIn.kind] as readonly Answer[]).filter((each) => this.chance(likely[each] ?? 1));
        if (answers.length > 0) await this.#try(() => answerCheckIn(ctx, userId, id, this.pick(answers), 2));
        return;
      }
      case 'pair-prompt': {
        const pair = await findMentorship(ctx.db, id);
        if (!pair) return;
        const { part } = JSON.parse(notice.detail ?? '{}') as { part: string };
        for (const userId of [pair.mentor_id, pair.mentee_id]) {
          if (!this.#does(userId)) continue;
          if (part === 'goal') await this.#try(() => setGoal(ctx, userId, id, { text: 'A statement', day: '' }));
          else await this.#propose(pair, userId);
        }
        return;
      }
      case 'mentorship-done':
        if (this.#does(notice.user_id ?? '')) await this.#try(() => sayDone(ctx, notice.user_id ?? '', id));
        return;
      case 'mentorship-ended':
        if (this.#does(notice.user_id ?? ''))
          await this.#try(() => sayAtTheEnd(ctx, notice.user_id ?? '', id, { different: '', goals: 'some', went: 'good', word: 'Thank you' })); // prettier-ignore
        return;
      default:
    }
  }

  #does(userId: string): boolean {
    return this.chance(this.#people.get(userId)?.cares ?? 0);
  }

  async #expectReminder(notice: Notice, state: string): Promise<void> {
    const ctx = this.#ctx;
    const guild = await findGuild(ctx.db, guildId);
    if (!guild) throw new Error('no guild');
    const name = () => Promise.resolve('Somebody');
    const card = await meetingThread({ ctx, guild, t: ctx.t, notice, guildName: name, memberName: name });
    if (card && state !== 'agreed') this.#broken.push(`a reminder of a meeting that is ${state}`);
  }

  async #propose(pair: Mentorship, userId: string): Promise<void> {
    const ctx = this.#ctx;
    await this.#try(async () => {
      const { times } = await findTimes(ctx, ctx.db, pair, userId, { minutes: 30 });
      const chosen = times.slice(0, 3).map(({ at }) => new Date(at).toISOString());
      if (chosen.length > 0) await proposeTimes(ctx, userId, pair.id, { minutes: 30, times: chosen });
    });
  }

  /** What people do of their own accord. */
  async #spontaneous(): Promise<void> {
    const ctx = this.#ctx;
    const live = await ctx.db.selectFrom('mentorships').selectAll().where('state', '=', 'active').execute();
    for (const pair of live) {
      const who = this.pick([pair.mentor_id, pair.mentee_id]);
      if (this.chance(0.04) && this.#does(who)) await this.#propose(pair, who);
      if (this.chance(0.002)) await this.#try(() => pauseMentorship(ctx, who, pair.id, this.pick([7, 14, 56])));
      if (this.chance(0.001)) await this.#try(() => setQuiet(ctx, who, pair.id, 3));
      if (this.chance(0.001))
        await this.#try(() => endMentorship(ctx, who, pair.id, this.pick(['no-time', 'other'] as const)));
      if (this.chance(0.001)) await this.#try(() => sayDone(ctx, who, pair.id));
    }
  }

  async figures(): Promise<YearFigures> {
    const ctx = this.#ctx;
    const pairs = await ctx.db.selectFrom('mentorships').selectAll().execute();
    const closed: Record<string, number> = {};
    let [agreed, first, third, live, questions, answered] = [0, 0, 0, 0, 0, 0];
    for (const pair of pairs) {
      const meetings = await listMeetings(ctx.db, pair.id);
      const within = (at: string | null | undefined, days: number) =>
        at !== null && at !== undefined && at <= later(pair.started_at, { days });
      const held = meetings
        .filter(({ state }) => state === 'held')
        .map(({ starts_at: at }) => at ?? '')
        .toSorted();
      if (meetings.some((each) => within(each.agreed_at, 7))) agreed += 1;
      if (within(held[0], 14)) first += 1;
      if (within(held[2], 56)) third += 1;
      const checkIns = await listCheckIns(ctx.db, pair.id);
      questions += checkIns.length;
      answered += checkIns.filter(({ answered_at: at }) => at !== null).length;
      this.#expectBudget(pair, checkIns);
      if (pair.ended_at === null) {
        live += 1;
        if (pair.look_at === null || pair.look_at < ctx.now() || pair.due_at <= ctx.now()) {
          if (pair.state === 'active')
            this.#broken.push(`${pair.id} goes on without a next date: ${pair.look_at} ${pair.due_at}`);
        }
        const rests = pair.state === 'paused' ? await listRests(ctx.db, pair.id) : [];
        if (pair.state === 'paused' && !rests.some(({ until }) => until !== null && until > ctx.now()))
          this.#broken.push(`${pair.id} rests without a day on which it goes on`);
      } else {
        closed[pair.end_reason ?? ''] = (closed[pair.end_reason ?? ''] ?? 0) + 1;
        await this.#expectWords(pair);
      }
    }
    const words = await ctx.db.selectFrom('notices').select('id').where('kind', '=', 'closing-word').execute();
    const broken = [...this.#broken];
    return {
      pairs: pairs.length,
      agreedIn7Days: agreed,
      firstHeldIn14Days: first,
      thirdHeldIn8Weeks: third,
      live,
      closed,
      questions,
      answered,
      words: words.length,
      broken,
    };
  }

  /** Nobody gets a third unprompted notice in seven days, and none in Match Week or while it is quiet. */
  #expectBudget(pair: Mentorship, checkIns: readonly { user_id: string; asked_at: string; kind: string }[]): void {
    for (const userId of [pair.mentor_id, pair.mentee_id]) {
      const times = checkIns.filter((each) => each.user_id === userId).map((each) => epochMs(each.asked_at)).toSorted((a, b) => a - b); // prettier-ignore
      for (let i = mostLately; i < times.length; i += 1) {
        const apart = (times[i] ?? 0) - (times[i - mostLately] ?? 0);
        if (apart < latelyDays * 86_400_000) this.#broken.push(`${userId} got a third notice within ${apart} ms`);
      }
    }
    for (const { asked_at: at, kind } of checkIns)
      if (matchWeekAt(at)) this.#broken.push(`${kind} asked in Match Week`);
  }

  /** Both read that it has ended: by a letter, or as the answer to what they did. */
  async #expectWords(pair: Mentorship): Promise<void> {
    const told = await this.#ctx.db.selectFrom('notices').select('user_id').where('subject_id', '=', pair.id).where('kind', '=', 'mentorship-ended').execute(); // prettier-ignore
    for (const userId of [pair.mentor_id, pair.mentee_id]) {
      const isActor =
        (pair.ended_by === 'mentor' ? pair.mentor_id : pair.ended_by === 'mentee' ? pair.mentee_id : '') === userId;
      if (!isActor && !told.some(({ user_id: id }) => id === userId))
        this.#broken.push(`${userId} was not told of the end of ${pair.id}`);
    }
    if (partnerIn(pair, pair.mentor_id) !== pair.mentee_id) this.#broken.push('a pair of others');
  }
}
