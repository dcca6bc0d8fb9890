/**
 * The season in which programs choose residents: a mentor who takes part says so, and whoever asks them reads it first.
 * Nobody is asked where they apply, and what a mentee presses is not stored.
 */
import type { Context } from '../context.ts';
import type { Db } from '../db/open.ts';
import { findProfile, type Profile } from '../db/profiles.ts';
import type { MentorRequest } from '../db/requests.ts';
import { listSelecting, setSelecting, setSelectorsOk } from '../db/selecting.ts';
import { touchMentors } from '../db/pool.ts';
import { UserError } from '../errors.ts';
import type { Acting } from '../guild/acting.ts';
import { requireGuild } from '../guild/guilds.ts';
import { nextMatchDay, selectionSeasonAt } from '../guild/match-week.ts';
import { inTurn } from '../guild/turn.ts';
import { type Instant, later } from '../time.ts';

/** How long the name of a place may be, in characters. */
export const placeLimit = 80;
/** How far ahead the end may lie, in days. */
const mostDaysAhead = 400;

/** That a mentor helps to choose residents now. */
export interface Selecting {
  readonly until: Instant;
  readonly place: string | null;
}

/** Pure: whether somebody is told of it now; undefined outside the season. */
export function selectingOf(
  profile: Pick<Profile, 'selects_until' | 'selects_place'> | undefined,
  now: Instant,
): Selecting | undefined {
  if (!profile || profile.selects_until === null || profile.selects_until <= now) return undefined;
  const season = selectionSeasonAt(now);
  if (!season) return undefined;
  const until = profile.selects_until < season.until ? profile.selects_until : season.until;
  return { until, place: profile.selects_place };
}

/** The same by the mentor's id. */
export async function findSelecting(
  db: Db,
  guildId: string,
  mentorId: string,
  now: Instant,
): Promise<Selecting | undefined> {
  // prettier-ignore
  if (!selectionSeasonAt(now)) return undefined;
  return selectingOf(await findProfile(db, guildId, mentorId, 'mentor'), now);
}

/**
 * Whether a request must go back to its mentee before anything comes of it: they have not read that its mentor helps to
 * choose residents. Whoever asks in the season reads it first, so only what was made before counts; what a round
 * proposes is for those who do not mind.
 */
export async function isToBeAskedFirst(db: Db, request: MentorRequest, now: Instant): Promise<boolean> {
  const season = selectionSeasonAt(now);
  if (!season) return false;
  const { guild_id: guildId, mentor_id: mentorId, mentee_id: menteeId } = request;
  const mentor = await findProfile(db, guildId, mentorId, 'mentor');
  if (!selectingOf(mentor, now)) return false;
  if (request.round_id !== null) return !(await mindsNot(db, guildId, menteeId));
  const made = request.revived_at ?? request.created_at;
  return made < season.from || made < (mentor?.selects_since ?? '');
}

/** Whether a round may make a pair of these two now: not with a mentor who helps to choose residents, unless the mentee does not mind. */
export async function mayBeProposed(
  db: Db,
  guildId: string,
  { menteeId, mentorId }: { readonly menteeId: string; readonly mentorId: string },
  now: Instant,
): Promise<boolean> {
  return (await findSelecting(db, guildId, mentorId, now)) === undefined || (await mindsNot(db, guildId, menteeId));
}

async function mindsNot(db: Db, guildId: string, menteeId: string): Promise<boolean> {
  return (await findProfile(db, guildId, menteeId, 'mentee'))?.selectors_ok === 1;
}

/** Mentors whom a round does not propose to a mentee who has not said that they do not mind; nobody outside the season. */
export async function listSelectingNow(db: Db, guildId: string, now: Instant): Promise<readonly string[]> {
  return selectionSeasonAt(now) ? await listSelecting(db, guildId, now) : [];
}

/**
 * A mentor says that they take part in selecting residents, or no longer.
 * @param day until when, `2027-03-20`; until Match Day when undefined. @param place where, if they want to name it.
 * @returns until when.
 * @throws UserError when they are no mentor, for a day that is none, past or too far ahead, and for a name that is too long.
 */
export async function markSelecting(
  ctx: Context,
  whose: Acting,
  { day, place: typed }: { readonly day: string | undefined; readonly place: string },
): Promise<Instant> {
  const place = typed.trim();
  if (place.length > placeLimit) throw new UserError((t) => t.season.placeTooLong(place.length, placeLimit));
  return await inTurn(ctx.db, whose.guildId, async (trx) => {
    await requireGuild(trx, whose.guildId);
    const until = day === undefined ? nextMatchDay(ctx.now()) : requireEnd(day, ctx.now());
    const named = place === '' ? null : place;
    const before = await findProfile(trx, whose.guildId, whose.userId, 'mentor');
    // Whoever only takes part for longer is known for it already.
    const isKnown = (before?.selects_until ?? '') > ctx.now() && before?.selects_place === named;
    const since = (isKnown ? before.selects_since : null) ?? ctx.now();
    if (!(await setSelecting(trx, whose, { until, since, place: named }))) throw notMentor();
    await touchMentors(trx, whose.guildId, [whose.userId]);
    return until;
  });
}

/** A mentor takes no part any more. @throws UserError when they are no mentor. */
export async function unmarkSelecting(ctx: Context, whose: Acting): Promise<void> {
  await inTurn(ctx.db, whose.guildId, async (trx) => {
    await requireGuild(trx, whose.guildId);
    if (!(await setSelecting(trx, whose, null))) throw notMentor();
    await touchMentors(trx, whose.guildId, [whose.userId]);
  });
}

/** A mentee says whether a round may propose a mentor to them who helps to choose residents. @throws UserError when they are none. */
export async function allowSelectors(ctx: Context, whose: Acting, isOk: boolean): Promise<void> {
  await inTurn(ctx.db, whose.guildId, async (trx) => {
    await requireGuild(trx, whose.guildId);
    if (!(await setSelectorsOk(trx, whose, isOk)))
      throw new UserError((t) => t.profiles.refused.notRegisteredAs('mentee'));
  });
}

function notMentor(): UserError {
  return new UserError((t) => t.profiles.refused.notRegisteredAs('mentor'));
}

function requireEnd(typed: string, now: Instant): Instant {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(typed.trim()) ? Date.parse(`${typed.trim()}T23:59:59.000Z`) : Number.NaN;
  const end = Number.isNaN(day) ? undefined : new Date(day).toISOString();
  if (end === undefined || end <= now || end > later(now, { days: mostDaysAhead }))
    throw new UserError((t) => t.season.day);
  return end;
}
