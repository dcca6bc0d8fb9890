/** Answers of a guild's own: written by its moderators, found by its members, held to the rules of the guide's entries. */
import {
  addDays,
  freshDays,
  guideById,
  isOfficial,
  itemById,
  journeyLimits,
  statesFigure,
} from '../../content/journey.ts';
import type { Context } from '../../context.ts';
import { insertAudit } from '../../db/audit.ts';
import { findClaim } from '../../db/claims.ts';
import {
  countGuildAnswers,
  deleteGuildAnswer,
  findAnswerAbout,
  findGuildAnswer,
  type GuildAnswer,
  insertGuildAnswer,
  listGuildAnswers,
  updateGuildAnswer,
} from '../../db/guild-answers.ts';
import { reviseNotices } from '../../db/notices/write.ts';
import type { Db, Trx } from '../../db/open.ts';
import { listFactChecks } from '../../db/reviews.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { inTurn } from '../../guild/turn.ts';
import { newId } from '../../ids.ts';
import { offersForbiddenMaterial } from '../../integrity.ts';
import { tellAskers } from '../claims/tell.ts';
import type { Check } from '../../content/checks.ts';

/** Limits in characters, and how many answers a guild may have: all of them are looked through for each question. */
export const ownLimits = {
  question: journeyLimits.question,
  answer: journeyLimits.answer,
  words: 100,
  link: 300,
  answers: 200,
} as const;

/** What a moderator typed. */
export interface TypedAnswer {
  readonly question: string;
  readonly answer: string;
  readonly link: string;
  readonly words: string;
}

interface ReadAnswer {
  readonly question: string;
  readonly answer: string;
  readonly words: string;
  readonly link: string | null;
}

/**
 * Reads what a moderator typed, by the rules that hold for the guide's own entries.
 * @param most characters of the answer.
 * @throws UserError for what is empty, too long, exam material, a page that is not official, or a figure without a page.
 */
export function readAnswer(typed: TypedAnswer, most: number = ownLimits.answer): ReadAnswer {
  const [question, answer, words, link] = [typed.question, typed.answer, typed.words, typed.link].map((each) =>
    each.trim(),
  ) as [string, string, string, string];
  if (question === '' || answer === '') throw new UserError((t) => t.claims.refused.empty);
  const long = [
    [question, ownLimits.question],
    [answer, most],
    [words, ownLimits.words],
    [link, ownLimits.link],
  ] as const;
  for (const [text, limit] of long) {
    if (text.length > limit) throw new UserError((t) => t.claims.refused.tooLong(text.length, limit));
  }
  if (offersForbiddenMaterial(`${question} ${answer} ${words}`)) {
    throw new UserError((t) => t.claims.refused.examMaterial);
  }
  if (link !== '' && !isOfficial(link)) throw new UserError((t) => t.claims.refused.notOfficial);
  if (link === '' && statesFigure(answer)) throw new UserError((t) => t.claims.refused.figureWithoutPage);
  return { question, answer, words, link: link === '' ? null : link };
}

/** The day until which an answer counts; null for what states nothing that ages. */
function reviewBy(kind: GuildAnswer['kind'], link: string | null, today: string): string | null {
  if (link === null) return null;
  return addDays(today, kind === 'advice' ? freshDays.rule : freshDays[kind]);
}

/**
 * Adds an answer of the guild's own.
 * @param about what of the content it stands in for, if anything: `guide epic`.
 * @throws UserError when a rule is broken, or there are as many as may be.
 */
export async function addOwnAnswer(
  ctx: Context,
  by: Acting,
  typed: TypedAnswer,
  about: string | null = null,
): Promise<GuildAnswer> {
  const texts = readAnswer(typed);
  const kind = kindOfContent(about);
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    await requireGuild(trx, by.guildId);
    const known = about === null ? undefined : await findAnswerAbout(trx, by.guildId, about);
    if (known) return await change(trx, ctx, by, known, texts);
    if ((await countGuildAnswers(trx, by.guildId)) >= ownLimits.answers) {
      throw new UserError((t) => t.claims.refused.full(ownLimits.answers));
    }
    const now = ctx.now();
    const today = now.slice(0, 10);
    const answer: GuildAnswer = {
      ...texts,
      id: newId(ctx.random),
      guild_id: by.guildId,
      claim_id: null,
      about,
      kind: kind ?? (texts.link === null ? 'advice' : 'rule'),
      verdict: null,
      checked: today,
      review_by: reviewBy(kind ?? 'rule', texts.link, today),
      by_id: by.userId,
      created_at: now,
      changed_at: now,
    };
    await insertGuildAnswer(trx, answer);
    await note(trx, ctx, by, 'answer-written', answer.id);
    return answer;
  });
}

/** What kind of statement stands in the content under a key. @throws UserError for what is not in the content. */
function kindOfContent(about: string | null): GuildAnswer['kind'] | undefined {
  if (about === null) return undefined;
  const [what, id = ''] = about.split(' ');
  const found = what === 'guide' ? guideById().get(id) : what === 'item' ? itemById().get(id) : undefined;
  if (!found) throw new UserError((t) => t.claims.refused.gone);
  return found.kind === 'fee' || found.kind === 'visa' ? found.kind : 'rule';
}

/** Changes an answer; whoever asked about it is told again. @throws UserError when a rule is broken, or it is gone. */
export async function changeOwnAnswer(ctx: Context, by: Acting, id: string, typed: TypedAnswer): Promise<GuildAnswer> {
  const texts = readAnswer(typed);
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    const known = await findGuildAnswer(trx, by.guildId, id);
    if (!known) throw new UserError((t) => t.claims.refused.gone);
    // What answered a claim keeps its page: that is what makes it an answer.
    if (known.claim_id !== null && texts.link === null) throw new UserError((t) => t.claims.refused.notOfficial);
    return await change(trx, ctx, by, known, texts);
  });
}

async function change(trx: Trx, ctx: Context, by: Acting, known: GuildAnswer, texts: ReadAnswer): Promise<GuildAnswer> {
  const now = ctx.now();
  const today = now.slice(0, 10);
  const kind = known.kind === 'advice' && texts.link !== null ? 'rule' : known.kind;
  const changes = {
    ...texts,
    kind,
    checked: today,
    review_by: reviewBy(kind, texts.link, today),
    by_id: by.userId,
    changed_at: now,
  };
  const after = await updateGuildAnswer(trx, by.guildId, known.id, changes);
  if (!after) throw new UserError((t) => t.claims.refused.gone);
  if (known.claim_id !== null && (known.answer !== after.answer || known.link !== after.link)) {
    const claim = await findClaim(trx, known.claim_id);
    if (claim) await tellAskers(trx, ctx, claim, true);
    await reviseNotices(trx, known.claim_id, 'claim-post', now);
  }
  await note(trx, ctx, by, 'answer-written', known.id);
  return after;
}

/** Takes an answer out of the guide. @throws UserError when it is gone already. */
export async function removeOwnAnswer(ctx: Context, by: Acting, id: string): Promise<GuildAnswer> {
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    const gone = await deleteGuildAnswer(trx, by.guildId, id);
    if (!gone) throw new UserError((t) => t.claims.refused.gone);
    if (gone.claim_id !== null) await reviseNotices(trx, gone.claim_id, 'claim-post', ctx.now());
    await note(trx, ctx, by, 'answer-removed', id);
    return gone;
  });
}

async function note(
  trx: Trx,
  ctx: Context,
  { guildId, userId }: Acting,
  action: 'answer-written' | 'answer-removed',
  subjectId: string,
): Promise<void> {
  await insertAudit(trx, ctx, { guildId, actorId: userId, action, subjectId });
}

/** A guild's answers, as the guide uses them. */
export interface OwnAnswers {
  /** Those that can be found by themselves: none past its day. */
  readonly findable: readonly GuildAnswer[];
  /** Those that stand in for something of the content, by its key. */
  readonly instead: ReadonlyMap<string, GuildAnswer>;
  /** What of the content they have read again, by its key. */
  readonly checks: ReadonlyMap<string, Check>;
}

/** Reads a guild's answers that count today; none outside of guilds. */
export async function readOwnAnswers(db: Db, guildId: string | null, today: string): Promise<OwnAnswers> {
  const all = guildId === null ? [] : await listGuildAnswers(db, guildId);
  const fresh = all.filter(({ review_by: until }) => until === null || today <= until);
  return {
    findable: fresh.filter(({ about }) => about === null),
    checks: new Map((await listFactChecks(db, guildId === null ? [] : [guildId])).map((each) => [each.fact, each])),
    instead: new Map(fresh.flatMap((answer) => (answer.about === null ? [] : [[answer.about, answer] as const]))),
  };
}
