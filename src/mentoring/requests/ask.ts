import type { Context } from '../../context.ts';
import { findMentorshipOfMentee } from '../../db/mentorships.ts';
import type { Db } from '../../db/open.ts';
import { findProfile } from '../../db/profiles.ts';
import {
  findRequest,
  insertRequest,
  listLiveRequestsOf,
  type MentorRequest,
  reviveRequest,
} from '../../db/requests.ts';
import type { Texts } from '../../texts/en.ts';
import type { Guild } from '../../db/guilds.ts';
import { deleteWaiting } from '../../db/waitlist.ts';
import { type Saying, UserError } from '../../errors.ts';
import { newId } from '../../ids.ts';
import type { Rule } from '../../matching/index.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { requireMentee } from '../mentees.ts';
import { findSelecting } from '../season.ts';
import { takeTurn } from '../turn.ts';
import { announceRequest, expiryOf, lookingSince } from './onward.ts';
import { choiceLimit, findMentor, findObstacleToTell, findRelations, messageLimit } from './rules.ts';
import { findWithdrawn, requireRoomToWrite } from './first-messages.ts';
import { clearOpenings, findRequestsAWeek, requireOpening } from './week.ts';
import { inTurn } from '../../guild/turn.ts';

/** What a mentee wants to send. */
export interface Ask {
  readonly guildId: string;
  readonly menteeId: string;
  readonly mentorId: string;
  /** May be empty. */
  readonly message: string;
  /** Whether they have just read that the mentor helps to choose residents, and do not apply there. */
  readonly isAware?: boolean;
}

/** A request that was made, and the mentee's live requests as they now are, the pending one first. */
export interface AskOutcome {
  readonly request: MentorRequest;
  readonly live: readonly MentorRequest[];
  /** Whether the mentor has a message of an earlier request, withdrawn since, which came back to life. */
  readonly revived: boolean;
  /** Where it waits for that: how many new requests reach the mentor in seven days. */
  readonly aWeek: number | undefined;
}

/**
 * A mentee asks a mentor. The first request goes out at once, or waits for its mentor's week (`week.ts`); up to two more
 * queue behind it, in the order in which they were made. Where the first waits, the next goes out at once.
 * @throws UserError that says why this mentor cannot be asked, or not now.
 */
export async function requestMentor(ctx: Context, ask: Ask): Promise<AskOutcome> {
  const { guildId, menteeId, mentorId } = ask;
  const message = ask.message.trim();
  if (message.length > messageLimit)
    throw new UserError((t) => t.mentor.ask.messageTooLong(message.length, messageLimit));
  return await inTurn(ctx.db, guildId, async (trx) => {
    const guild = await requireGuild(trx, guildId);
    const live = await requireAskable(ctx, trx, guild, { menteeId, mentorId });
    const at = ctx.now();
    if (ask.isAware !== true && (await findSelecting(trx, guildId, mentorId, at)))
      throw new UserError((t) => t.season.meanwhile(mentorId));
    const [first] = live;
    const withdrawn = await findWithdrawn(ctx, trx, ask);
    const goesOut = first?.state !== 'pending';
    // Who has the message already is not written to anew.
    const opensAt = goesOut && withdrawn === undefined ? await requireOpening(trx, guild, mentorId, at) : undefined;
    const isSent = goesOut && opensAt === undefined;
    const store = withdrawn === undefined ? insertRequest : reviveRequest;
    const request = await store(
      trx,
      {
        id: withdrawn ?? newId(ctx.random),
        guildId,
        menteeId,
        mentorId,
        message,
        choice: Math.max(0, ...live.map(({ choice }) => choice)) + 1,
        lookingSince: first
          ? lookingSince(first)
          : ((await deleteWaiting(trx, guildId, menteeId)) ??
            (await takeTurn(ctx, trx, { guildId, userId: menteeId }))),
        ...(isSent ? { sent: { expiresAt: expiryOf(ctx, guild) } } : {}),
        opensAt,
      },
      at,
    );
    if (isSent) {
      await announceRequest(ctx, trx, request);
      // What waited for a week is a next choice now.
      await clearOpenings(ctx, trx, guild, live);
    }
    const all = await listLiveRequestsOf(trx, guildId, menteeId);
    const aWeek = opensAt === undefined ? undefined : await findRequestsAWeek(trx, guild, mentorId);
    return { request, live: all, revived: withdrawn !== undefined, aWeek };
  });
}

/** A request of theirs that went back to them because of the season. @throws UserError when there is none. */
export async function requireGivenBack(ctx: Context, actorId: string, requestId: string): Promise<MentorRequest> {
  const request = await findRequest(ctx.db, requestId);
  if (request?.mentee_id !== actorId || request.state !== 'superseded' || request.season_at === null)
    throw new UserError((t) => t.season.notGivenBack);
  return request;
}

/**
 * Makes sure that this mentee may now ask this mentor.
 * @returns the mentee's live requests.
 * @throws UserError that says why not.
 */
export async function requireAskable(
  ctx: Context,
  db: Db,
  guild: Guild,
  pair: { menteeId: string; mentorId: string },
): Promise<readonly MentorRequest[]> {
  const { menteeId, mentorId } = pair;
  await requireMentee(db, guild.id, menteeId);
  if (menteeId === mentorId) throw new UserError((t) => t.mentor.ask.yourself);
  const mentorship = await findMentorshipOfMentee(db, guild.id, menteeId);
  if (mentorship) throw new UserError((t) => t.mentor.ask.hasMentor(mentorship.mentor_id));
  const live = await listLiveRequestsOf(db, guild.id, menteeId);
  const same = live.find((request) => request.mentor_id === mentorId);
  if (same)
    throw new UserError((t) =>
      same.state === 'pending' ? t.mentor.ask.alreadyPending(mentorId) : t.mentor.ask.alreadyQueued(mentorId),
    );
  const at = ctx.now();
  const obstacle = await findObstacleToTell(db, guild, pair, at);
  if (obstacle) throw new UserError(await explain(db, guild, pair, obstacle));
  const between = await findRelations(db, guild.id, menteeId, at);
  if (between('declined').has(mentorId)) throw new UserError((t) => t.mentor.ask.declinedLately(mentorId));
  if (live.length >= choiceLimit)
    throw new UserError((t) => t.mentor.ask.choicesFull(live.map((request) => request.mentor_id)));
  if (!(await findWithdrawn(ctx, db, { guildId: guild.id, ...pair })))
    await requireRoomToWrite(ctx, db, guild.id, menteeId, live);
  return live;
}

/** Why a mentor cannot be asked, in words. */
async function explain(
  db: Db,
  guild: Guild,
  pair: { menteeId: string; mentorId: string },
  obstacle: Exclude<Rule, 'blocked'> | 'gone',
): Promise<Saying> {
  const mentor = await findMentor(db, guild.id, pair.mentorId);
  const mentee = await findProfile(db, guild.id, pair.menteeId, 'mentee');
  if (!mentor || !mentee || obstacle === 'gone') return (t) => t.mentor.ask.noMentor(pair.mentorId);
  switch (obstacle) {
    case 'own-mentee':
      return (t) => t.mentor.ask.ownMentee(pair.mentorId);
    case 'bad-fit':
      return (t) => t.mentor.ask.badFit(pair.mentorId);
    case 'unverified':
      return (t) =>
        mentor.verification === 'waiting'
          ? t.mentor.ask.unverified(pair.mentorId)
          : t.mentor.ask.notTaking(pair.mentorId);
    case 'stage':
      return (t) => t.mentor.ask.stage(pair.mentorId, stageName(t, mentor.stage), stageName(t, mentee.stage));
    case 'stage-not-accepted':
      return (t) => t.mentor.ask.stageNotAccepted(pair.mentorId, stageName(t, mentor.accepts_from ?? ''));
    case 'language':
      return (t) => t.mentor.ask.language(pair.mentorId);
    case 'full':
      return (t) => t.mentor.ask.full(pair.mentorId);
    default:
      return (t) => t.mentor.ask.notTaking(pair.mentorId);
  }
}

function stageName(t: Texts, slug: string): string {
  return t.stages[slug]?.name ?? slug;
}
