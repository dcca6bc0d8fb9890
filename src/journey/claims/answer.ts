/** What moderators say of claims: an answer with an official page, or that nobody can tell; and what follows from it. */
import { addDays, freshDays, isOfficial } from '../../content/journey.ts';
import type { Context } from '../../context.ts';
import { insertAudit } from '../../db/audit.ts';
import { type Claim, findClaim, listClaimAskers, listClaimsOpenSince, updateClaim } from '../../db/claims.ts';
import { findAnswerOfClaim, type GuildAnswer, insertGuildAnswer } from '../../db/guild-answers.ts';
import { hasNotice } from '../../db/notices/lookups.ts';
import { insertNotice, reviseNotices } from '../../db/notices/write.ts';
import type { Db, Trx } from '../../db/open.ts';
import { type ClaimKind, verdicts } from '../../db/schema.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { forEachInTurn } from '../../guild/each.ts';
import { inTurn } from '../../guild/turn.ts';
import { newId } from '../../ids.ts';
import { later } from '../../time.ts';
import { claimLimits } from './limits.ts';
import { readAnswer } from '../guide/own.ts';
import { tellAskers } from './tell.ts';

/** How many claims one heartbeat closes in one go. */
const atOnce = 200;

/** What a moderator writes. */
interface WrittenAnswer {
  /** As others would ask it: what the guide finds it by. */
  readonly question: string;
  readonly answer: string;
  readonly link: string;
  readonly verdict: string;
}

/** The claim that is meant, if it is of this guild and open. @throws UserError that says what holds now. */
export async function requireOpenClaim(ctx: Context, guildId: string, id: string): Promise<Claim> {
  const claim = await findClaim(ctx.db, id);
  if (claim?.guild_id !== guildId || claim.state !== 'open') throw await whyNotOpen(ctx.db, guildId, id);
  return claim;
}

async function whyNotOpen(db: Db, guildId: string, id: string): Promise<UserError> {
  const claim = await findClaim(db, id);
  if (claim?.guild_id !== guildId) return new UserError((t) => t.claims.refused.gone);
  const answer = await findAnswerOfClaim(db, id);
  if (!answer) return new UserError((t) => t.claims.refused.closed);
  return new UserError((t) => t.claims.refused.answered(answer.answer, answer.link));
}

/**
 * Answers a claim; everybody who asked hears of it, and the guide finds it from now on. Of the message nothing is kept.
 * @throws UserError for a page on no official host, a text that is too long, or a claim that is closed by now.
 */
export async function answerClaim(ctx: Context, by: Acting, id: string, written: WrittenAnswer): Promise<GuildAnswer> {
  const verdict = verdicts.find((each) => each === written.verdict) ?? 'silent';
  if (!isOfficial(written.link.trim())) throw new UserError((t) => t.claims.refused.notOfficial);
  const { words: _words, ...texts } = readAnswer({ ...written, words: '' }, claimLimits.answer);
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    const now = ctx.now();
    const closed = await updateClaim(
      trx,
      { guildId: by.guildId, id, states: ['open'] },
      { state: 'answered', text: null, closed_at: now },
    );
    if (!closed) throw await whyNotOpen(trx, by.guildId, id);
    const checked = now.slice(0, 10);
    const answer: GuildAnswer = {
      id: newId(ctx.random),
      guild_id: by.guildId,
      claim_id: id,
      about: null,
      kind: kindOf(closed.kind),
      question: texts.question,
      answer: texts.answer,
      words: '',
      verdict,
      link: texts.link,
      checked,
      review_by: addDays(checked, closed.kind === 'date' ? freshDays.date : freshDays[kindOf(closed.kind)]),
      by_id: by.userId,
      created_at: now,
      changed_at: now,
    };
    await insertGuildAnswer(trx, answer);
    await tellAskers(trx, ctx, closed, false);
    await insertAudit(trx, ctx, { guildId: by.guildId, actorId: by.userId, action: 'claim-answered', subjectId: id });
    return answer;
  });
}

/** Pure: by which rule the answer to a claim ages. */
function kindOf(kind: ClaimKind): 'rule' | 'fee' | 'visa' {
  return kind === 'visa' || kind === 'fee' ? kind : 'rule';
}

/** Nobody can tell: who asked hears it, with the official pages. @throws UserError for a claim that is closed by now. */
export async function leaveUnclear(ctx: Context, by: Acting, id: string): Promise<Claim> {
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    const closed = await close(trx, ctx, by.guildId, id);
    if (!closed) throw await whyNotOpen(trx, by.guildId, id);
    await insertAudit(trx, ctx, { guildId: by.guildId, actorId: by.userId, action: 'claim-unclear', subjectId: id });
    return closed;
  });
}

async function close(trx: Trx, ctx: Context, guildId: string, id: string): Promise<Claim | undefined> {
  const closed = await updateClaim(
    trx,
    { guildId, id, states: ['open'] },
    { state: 'unclear', text: null, closed_at: ctx.now() },
  );
  if (closed) await tellAskers(trx, ctx, closed, false);
  return closed;
}

/** Closes what nobody has answered for a week: who asked is told, and what they asked about is let go of. */
export async function closeOverdueClaims(ctx: Context): Promise<void> {
  const before = later(ctx.now(), { days: -claimLimits.openDays });
  for (;;) {
    const over = await listClaimsOpenSince(ctx.db, before, atOnce);
    let isStuck = true;
    await forEachInTurn(ctx, 'a claim', over, async ({ guild_id: guildId, id }) => {
      await inTurn(ctx.db, guildId, (trx) => close(trx, ctx, guildId, id));
      isStuck = false;
    });
    if (over.length < atOnce || isStuck) return;
  }
}

/**
 * Puts what the official page says below the message: without who asked, and without blame.
 * @param isModerator whether they need not have asked.
 * @throws UserError when it is not theirs to post, nothing was answered, or it stands there.
 */
export async function postAnswer(ctx: Context, by: Acting, id: string, isModerator: boolean): Promise<Claim> {
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    const claim = await findClaim(trx, id);
    if (claim?.guild_id !== by.guildId) throw new UserError((t) => t.claims.refused.gone);
    const askers = await listClaimAskers(trx, id);
    if (!isModerator && !askers.some(({ user_id: userId }) => userId === by.userId)) {
      throw new UserError((t) => t.claims.refused.gone);
    }
    if (claim.channel_id === null || !(await findAnswerOfClaim(trx, id))) {
      throw new UserError((t) => t.claims.refused.nothingToPost);
    }
    if (claim.posting === 'posted' || (await hasNotice(trx, id, 'claim-post'))) {
      throw new UserError((t) => t.claims.refused.posted);
    }
    await updateClaim(trx, { guildId: by.guildId, id, states: ['answered'] }, { posting: 'asked' });
    await insertNotice(trx, ctx, { guildId: by.guildId, kind: 'claim-post', subjectId: id });
    return { ...claim, posting: 'asked' };
  });
}

/** It stands below the message, or cannot: the letters of those who asked say so. */
export async function notePosting(trx: Trx, ctx: Context, id: string, posting: 'posted' | 'refused'): Promise<void> {
  const claim = await findClaim(trx, id);
  if (!claim || claim.posting === posting) return;
  await updateClaim(trx, { guildId: claim.guild_id, id, states: ['answered'] }, { posting });
  await reviseNotices(trx, id, 'claim-answered', ctx.now());
  await reviseNotices(trx, id, 'claim-waiting', ctx.now());
}
