/** The one way in which a mentorship comes from one state into another: by a row of the table in `states.ts`. */
import type { Context } from '../context.ts';
import { findMentorship, type Mentorship, writeState } from '../db/mentorships.ts';
import type { Db, Trx } from '../db/open.ts';
import { deleteRests, extendRest, insertRest, listRests, type Rest } from '../db/rests.ts';
import type { EndedBy, MentorshipEnd } from '../db/schema.ts';
import { NotTheirs, UserError } from '../errors.ts';
import type { Instant } from '../time.ts';
import { callOffForRest } from './meetings/close.ts';
import {
  type Act,
  type Actor,
  findTransition,
  isAskedFor,
  restIn,
  type Standing,
  standingOf,
  standingsOf,
} from './states.ts';

/** An act, and who does it. */
export interface Change {
  readonly act: Act;
  readonly by: Actor;
  /** When a rest ends by itself. */
  readonly until?: Instant | undefined;
  /** Whose rest it is, where that is not whoever acts: of `leave` and `return` the one who is gone, of the bot's `resume` who asked. */
  readonly whose?: EndedBy;
  /** For an end: the reason, and whose act it counts as when the bot acts for somebody. */
  readonly reason?: MentorshipEnd;
  readonly endedBy?: EndedBy;
}

/** A change that was made. */
export interface Changed {
  readonly before: Mentorship;
  readonly mentorship: Mentorship;
  /** Whether it has begun or ceased to rest, or came to its end. */
  readonly turned: boolean;
  /** Whether one of the two asked for a rest, or for a longer one: the day that is shown has moved. */
  readonly moved: boolean;
}

/** How a mentorship now stands, and its reasons to rest. */
export async function readStanding(
  db: Db,
  mentorship: Mentorship,
): Promise<{ readonly standings: readonly Standing[]; readonly rests: readonly Rest[] }> {
  const rests = mentorship.state === 'paused' ? await listRests(db, mentorship.id) : [];
  return { standings: standingsOf(mentorship.state, rests), rests };
}

/**
 * Changes the state of a mentorship, within the guild's turn.
 * @returns undefined when the table does not allow it.
 */
export async function tryChange(ctx: Context, trx: Trx, id: string, change: Change): Promise<Changed | undefined> {
  const before = await findMentorship(trx, id);
  if (!before) return undefined;
  const { standings, rests } = await readStanding(trx, before);
  const row = findTransition(meantBy(change, standings), change.act, change.by);
  if (!row) return undefined;
  const at = ctx.now();
  const whose = change.whose ?? sideOf(change.by);
  if (row.to === 'completed' || row.to === 'ended') {
    const { reason = row.to === 'completed' ? 'completed' : 'other', endedBy = whose } = change;
    await deleteRests(trx, id);
    const ended = await writeState(trx, id, before.state, { to: row.to, reason, by: endedBy, at });
    return ended && { before, mentorship: ended, turned: true, moved: false };
  }
  const begins = restIn(row.to);
  if (begins) {
    const { until = null } = change;
    const rest = { mentorship_id: id, guild_id: before.guild_id, since: at, until, cause: begins.cause, by: whose };
    // What is asked for again is asked for until another day.
    if (!(await insertRest(trx, rest)) && isAskedFor([row.to]) && until !== null) await extendRest(trx, rest, until);
  } else {
    for (const from of row.from.map(restIn)) {
      // Whoever is still away, or asked for their own rest, keeps the pair at rest; all others are lifted at once.
      const by = from?.cause === 'away' ? whose : from?.by;
      if (from) await deleteRests(trx, id, by === undefined ? { cause: from.cause } : { cause: from.cause, by });
    }
  }
  const left = await listRests(trx, id);
  const to = left.length > 0 ? 'paused' : 'active';
  const moved = isAskedFor([row.to]) && shownUntil(left) !== shownUntil(rests);
  if (begins) await callOffForRest(ctx, trx, id, endOf(left));
  if (to === before.state) return { before, mentorship: before, turned: false, moved };
  const mentorship = await writeState(trx, id, before.state, { to, at });
  return mentorship && { before, mentorship, turned: true, moved };
}

/** When nothing keeps a pair at rest any more; null while that is not known. */
function endOf(rests: readonly Pick<Rest, 'until'>[]): Instant | null {
  if (rests.some(({ until }) => until === null)) return null;
  return rests.reduce<Instant | null>((last, { until }) => ((until ?? '') > (last ?? '') ? until : last), null);
}

/** Of what a mentorship rests for, what an act may be about: of a rest whose day has come only that one. */
function meantBy({ act, by, whose }: Change, standings: readonly Standing[]): readonly Standing[] {
  if (act !== 'resume' || by !== 'bot' || whose === undefined) return standings;
  return standings.filter((standing) => standing === standingOf({ cause: 'own', by: whose }));
}

/** Whose act it counts as in a row: those who handle cases are moderators there, and what both want is the bot's to do. */
function sideOf(actor: Actor): EndedBy {
  if (actor === 'handler') return 'moderator';
  return actor === 'both' ? 'bot' : actor;
}

/**
 * The same for whoever may read why not.
 * @throws UserError with the present state, when the table does not allow it.
 */
export async function changeState(ctx: Context, trx: Trx, id: string, change: Change): Promise<Changed> {
  const changed = await tryChange(ctx, trx, id, change);
  if (!changed) throw await refusalOf(trx, id, change);
  return changed;
}

/** A mentorship that is not over, also where it rests. @throws UserError when it is over. */
export async function requireLive(trx: Trx, id: string): Promise<Mentorship> {
  const mentorship = await findMentorship(trx, id);
  if (mentorship && mentorship.ended_at === null) return mentorship;
  throw await refusalOf(trx, id, { act: 'end', by: 'bot' });
}

/** A mentorship that goes on. @throws UserError with the present state, while it rests or once it is over. */
export async function requireActive(db: Db, id: string): Promise<Mentorship> {
  const mentorship = await findMentorship(db, id);
  if (mentorship?.state === 'active') return mentorship;
  throw await refusalOf(db, id, { act: 'pause', by: 'bot' });
}

/** The present state, in words. What moderators do between two people reads like any other rest. */
async function refusalOf(db: Db, id: string, change: Change): Promise<UserError> {
  const mentorship = await findMentorship(db, id);
  if (!mentorship) return new NotTheirs((t) => t.mentorship.notYours);
  if (mentorship.ended_at !== null) {
    const at = mentorship.ended_at;
    return new UserError((t) => t.mentorship.alreadyEnded(at));
  }
  const { rests } = await readStanding(db, mentorship);
  // Whoever reported knows of it, and nobody else.
  if (rests.some(({ cause, by }) => cause === 'case' && by === change.by))
    return new UserError((t) => t.mentorship.restsForReport);
  if (change.act === 'resume' && rests.length === 0) return new UserError((t) => t.mentorship.notResting);
  const until = shownUntil(rests);
  return new UserError((t) => (until === null ? t.mentorship.restsOpen : t.mentorship.restsUntil(until)));
}

/** Until when the two are told that they rest: the latest day that they asked for, where nothing else keeps them. */
export function shownUntil(rests: readonly Pick<Rest, 'cause' | 'by' | 'until'>[]): Instant | null {
  if (!isAskedFor(rests.map(standingOf))) return null;
  return rests.reduce<Instant | null>(
    (last, { until }) => (until !== null && until > (last ?? '') ? until : last),
    null,
  );
}
