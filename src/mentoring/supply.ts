/** Waiting and supply, told honestly: who else waits, what is free, how long it took others. Never a promised date. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { anotherSpecialty, undecided } from '../content/index.ts';
import type { Context } from '../context.ts';
import { findMentorshipOfMentee } from '../db/mentorships.ts';
import type { PoolMentor } from '../db/pool.ts';
import type { Profile } from '../db/profiles.ts';
import { countPendingByMentor, countWaitingAlike } from '../db/round-input.ts';
import { findWaitlistPlace, type WaitlistPlace } from '../db/waitlist.ts';
import { listWaitsOver } from '../db/waits.ts';
import { UserError } from '../errors.ts';
import { requireGuild } from '../guild/guilds.ts';
import { type Mentee, suitingFor, suitsAlso } from '../matching/index.ts';
import { epochMs, later } from '../time.ts';
import { catalogue, menteeLike, menteeOf } from './matchable.ts';
import { requireMentee } from './mentees.ts';
import { openPool } from './pool.ts';
import { findRelationsForSearch, rulesOf } from './requests/rules.ts';

/** From how many people on a figure about others is shown. */
const shownFrom = 5;
/** Waits that ended in so many days count; of a large server the latest of them. */
const waitsDays = 90;
const waitsAtMost = 2_000;
/** Mentors looked at before others are served. */
const mentorsAtOnce = 10_000;
/** Topics whose helpers are named. */
const topicsShown = 2;

/** Free places for a mentee, and who waits for the like. */
interface Radar {
  /** By each of their own specialties. */
  readonly specialties: readonly { readonly id: string; readonly places: number; readonly waiting: number }[];
  /** What they want help with: free places at mentors of any other specialty who offer it. */
  readonly topics: readonly { readonly id: string; readonly places: number }[];
  /** All free places of mentors whom they may ask, and everybody who waits. */
  readonly places: number;
  readonly waiting: number;
}

/** How it stands with somebody's wait. */
export interface Waiting {
  /** Undefined for whoever does not wait. */
  readonly place: WaitlistPlace | undefined;
  /** How many others wait who could be helped by the same mentors. */
  readonly others: number;
  /** The median wait of those who found a mentor lately; of people like them where there are enough, else of all. */
  readonly median: { readonly days: number; readonly of: 'alike' | 'all' } | undefined;
  readonly radar: Radar;
}

/**
 * How it stands with a mentee's wait, and what there is before they begin one.
 * @throws UserError for whoever is no mentee, has paused or has a mentor.
 */
export async function readWaiting(ctx: Context, guildId: string, menteeId: string): Promise<Waiting> {
  const guild = await requireGuild(ctx.db, guildId);
  const profile = await requireMentee(ctx.db, guildId, menteeId);
  const mentorship = await findMentorshipOfMentee(ctx.db, guildId, menteeId);
  if (mentorship) throw new UserError((t) => t.mentor.ask.hasMentor(mentorship.mentor_id));
  const at = ctx.now();
  const pool = await openPool(ctx, guild);
  const relations = await findRelationsForSearch(ctx.db, guildId, menteeId, at);
  const pending = await countPendingByMentor(ctx.db, guildId);
  const mentee = menteeOf(profile, profile, epochMs(at));
  const { packed } = pool;
  const rules = rulesOf(guild);
  // Whoever is full may have a place when a turn comes.
  const suiting = suitingFor({ mentee, masks: packed.masker.masks(mentee), relations, rules }, packed);
  const free: Free[] = [];
  for (const [i, mentor] of packed.mentors.entries()) {
    if (i % mentorsAtOnce === mentorsAtOnce - 1) await nextTurn();
    if (!suiting.isEligible(i)) continue;
    const places = mentor.capacity - mentor.mentees - (pending.get(mentor.id) ?? 0);
    const who = pool.profiles.get(mentor.id);
    if (places > 0 && who) free.push({ who, places });
  }
  const others = await lookAtOthers(ctx, guildId, { menteeId, profile }, (other) =>
    suitsAlso(other, suiting, packed, rules),
  );
  return {
    place: await findWaitlistPlace(ctx.db, guildId, menteeId),
    others: others.alike,
    median: await findMedian(ctx, guildId, profile),
    radar: radarOf(profile, free, others),
  };
}

interface Free {
  readonly who: PoolMentor;
  readonly places: number;
}

/** Whether a specialty is one that people can share. */
const isNamed = (id: string) => id !== anotherSpecialty && id !== undecided;

/** The others on the waitlist. */
interface Others {
  readonly all: number;
  /** Who could be helped by some of the same mentors. */
  readonly alike: number;
  readonly bySpecialty: ReadonlyMap<string, number>;
}

async function lookAtOthers(
  ctx: Context,
  guildId: string,
  { menteeId, profile }: { readonly menteeId: string; readonly profile: Profile },
  isAlike: (other: Mentee) => boolean,
): Promise<Others> {
  const own = profile.specialties.filter(isNamed);
  const bySpecialty = new Map(own.map((id) => [id, 0]));
  let [all, alike] = [0, 0];
  for (const { count, ...others } of await countWaitingAlike(ctx.db, guildId, menteeId)) {
    all += count;
    if (isAlike(menteeLike(others))) alike += count;
    for (const id of own) if (others.specialties.includes(id)) bySpecialty.set(id, (bySpecialty.get(id) ?? 0) + count);
  }
  return { all, alike, bySpecialty };
}

/** Pure: free places by specialty and, beyond those, by what the mentee wants help with. */
function radarOf({ specialties, topics }: Profile, free: readonly Free[], others: Others): Radar {
  const own = specialties.filter(isNamed);
  const count = (some: readonly Free[]) => some.reduce((sum, { places }) => sum + places, 0);
  const beyond = free.filter(({ who }) => !who.specialties.some((id) => own.includes(id)));
  return {
    specialties: own.map((id) => ({
      id,
      places: count(free.filter(({ who }) => who.specialties.includes(id))),
      waiting: others.bySpecialty.get(id) ?? 0,
    })),
    topics: topics
      .map((id) => ({ id, places: count(beyond.filter(({ who }) => who.topics.includes(id))) }))
      .filter(({ places }) => places > 0)
      .toSorted((a, b) => b.places - a.places)
      .slice(0, topicsShown),
    places: count(free),
    waiting: others.all,
  };
}

const dayMs = 86_400_000;

/** How long those waited, in whole days, who found a mentor lately; undefined where they are too few to say it. */
async function findMedian(ctx: Context, guildId: string, { stage, specialties }: Profile): Promise<Waiting['median']> {
  const over = await listWaitsOver(ctx.db, guildId, later(ctx.now(), { days: -waitsDays }), waitsAtMost);
  const familiesOf = (ids: readonly string[]) => ids.flatMap((id) => catalogue.families.get(id) ?? []);
  const own = new Set(familiesOf(specialties));
  const alike = over.filter((wait) => wait.stage === stage && familiesOf(wait.specialties).some((id) => own.has(id)));
  const of = alike.length >= shownFrom ? 'alike' : 'all';
  const days = (of === 'alike' ? alike : over)
    .map(({ since, until }) => Math.floor((epochMs(until) - epochMs(since)) / dayMs))
    .toSorted((a, b) => a - b);
  const middle = days[days.length >>> 1];
  return days.length < shownFrom || middle === undefined ? undefined : { days: middle, of };
}
