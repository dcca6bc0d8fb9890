/** *Is this true?* and questions that found nothing: what somebody asks becomes a claim for the moderators. */
import type { Context } from '../../context.ts';
import {
  type Claim,
  type ClaimDraft,
  countAsker,
  countMiss,
  deleteMisses,
  findAnsweredClaim,
  findOpenClaim,
  insertClaim,
  insertClaimAsker,
  insertClaimDraft,
  takeClaimDraft,
  updateClaimDraft,
} from '../../db/claims.ts';
import { findAnswerOfClaim, type GuildAnswer } from '../../db/guild-answers.ts';
import { findGuild } from '../../db/guilds.ts';
import { insertNotice, reviseNotices } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import { insertRecentAct, listRecentActs } from '../../db/recent-acts.ts';
import { type ClaimKind, claimKinds } from '../../db/schema.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { inTurn } from '../../guild/turn.ts';
import { newId } from '../../ids.ts';
import { offersForbiddenMaterial } from '../../integrity.ts';
import { clip } from '../../marks.ts';
import { later } from '../../time.ts';
import { askedStems } from '../guide/words.ts';
import type { Traveling } from '../own/journey.ts';
import { claimLimits } from './limits.ts';

/** A message that somebody asks about. */
interface AskedMessage {
  /** Without its author (`snapshotOf`). */
  readonly text: string;
  readonly channelId: string;
  readonly messageId: string;
}

/**
 * Keeps a message until whoever asks has filled in the form.
 * @returns the draft's id.
 * @throws UserError for a message without words, and for one that passes on exam material: of that nothing is kept.
 */
export async function beginClaim(ctx: Context, who: Traveling, message: AskedMessage): Promise<string> {
  if (message.text === '') throw new UserError((t) => t.claims.refused.noText);
  if (offersForbiddenMaterial(message.text)) throw new UserError((t) => t.claims.refused.examMaterial);
  return await insertClaimDraft(ctx.db, ctx, {
    guild_id: await knownGuild(ctx, who),
    user_id: who.userId,
    origin: 'message',
    text: message.text,
    channel_id: message.channelId,
    message_id: message.messageId,
    kind: 'other',
  });
}

/** The guild in which somebody asks; null where there are no moderators who could answer. */
async function knownGuild(ctx: Context, { guildId }: Traveling): Promise<string | null> {
  return guildId === null ? null : ((await findGuild(ctx.db, guildId))?.id ?? null);
}

/**
 * Keeps a question that found nothing, for whoever would like to hand it to the moderators with one press.
 * @returns the draft's id; undefined where nobody could answer it, or nobody should.
 */
export async function beginQuestion(
  ctx: Context,
  who: Traveling,
  question: string,
  kind: ClaimKind = 'other',
): Promise<string | undefined> {
  const text = clip(question.trim(), claimLimits.snapshot);
  const guildId = await knownGuild(ctx, who);
  if (guildId === null || text === '' || offersForbiddenMaterial(text)) return undefined;
  const draft = { guild_id: guildId, user_id: who.userId, origin: 'question', kind, text } as const;
  return await insertClaimDraft(ctx.db, ctx, draft);
}

/** Adds what the form says. @throws UserError when it was sent too late, or is not theirs. */
export async function describeClaim(
  ctx: Context,
  userId: string,
  draftId: string,
  form: { readonly kind: string; readonly line: string },
): Promise<ClaimDraft> {
  const line = form.line.trim();
  if (line.length > claimLimits.line) throw new UserError((t) => t.claims.refused.lineTooLong(claimLimits.line));
  const kind = claimKinds.find((each) => each === form.kind) ?? 'other';
  const draft = await updateClaimDraft(ctx.db, userId, draftId, { kind, line });
  if (!draft || isOver(ctx, draft)) throw new UserError((t) => t.claims.refused.tooLate);
  return draft;
}

const isOver = (ctx: Context, draft: ClaimDraft): boolean =>
  draft.created_at <= later(ctx.now(), { minutes: -claimLimits.draftMinutes });

/** What the guild's moderators answered about the same message, or the same question, if anything. */
export async function findEarlierAnswer(
  ctx: Context,
  draft: Pick<ClaimDraft, 'guild_id' | 'message_id' | 'text'>,
): Promise<GuildAnswer | undefined> {
  if (draft.guild_id === null) return undefined;
  const claim = await findAnsweredClaim(ctx.db, draft.guild_id, digestOf(ctx, draft));
  return claim && (await findAnswerOfClaim(ctx.db, claim.id));
}

/** By what the same is known again: a message by its id, a question by its telling words. */
function digestOf(ctx: Pick<Context, 'keyedHash'>, what: Pick<ClaimDraft, 'message_id' | 'text'>): string {
  return what.message_id ?? ctx.keyedHash('question', askedStems(what.text).toSorted().join(' '));
}

/** What came of handing something to the moderators. */
export interface Handed {
  readonly claim: Claim;
  /** Whether somebody had asked the same before. */
  readonly isKnown: boolean;
  /** Whether they themselves had. */
  readonly isRepeated: boolean;
}

/**
 * Hands a draft to the moderators; who asks the same is counted with the others.
 * @throws UserError when it is too late, not theirs, of another guild, or the last of a day was asked already.
 */
export async function askModerators(ctx: Context, by: Acting, draftId: string): Promise<Handed> {
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    await requireGuild(trx, by.guildId);
    const draft = await takeClaimDraft(trx, by.userId, draftId);
    if (!draft || isOver(ctx, draft)) throw new UserError((t) => t.claims.refused.tooLate);
    if (draft.guild_id !== by.guildId) throw new UserError((t) => t.claims.refused.otherGuild);
    return await handIn(trx, ctx, by, draft);
  });
}

/** Hands a question to the moderators, as it was typed. @throws UserError for exam material, or past the day's last. */
export async function askQuestion(ctx: Context, by: Acting, question: string): Promise<Handed> {
  const text = clip(question.trim(), claimLimits.snapshot);
  if (text === '') throw new UserError((t) => t.claims.refused.noText);
  if (offersForbiddenMaterial(text)) throw new UserError((t) => t.claims.refused.examMaterial);
  return await inTurn(ctx.db, by.guildId, async (trx) => {
    await requireGuild(trx, by.guildId);
    return await handIn(trx, ctx, by, {
      origin: 'question',
      kind: 'other',
      text,
      line: '',
      channel_id: null,
      message_id: null,
    });
  });
}

type HandedIn = Pick<ClaimDraft, 'origin' | 'kind' | 'text' | 'line' | 'channel_id' | 'message_id'>;

async function handIn(trx: Trx, ctx: Context, by: Acting, draft: HandedIn): Promise<Handed> {
  const now = ctx.now();
  const digest = digestOf(ctx, draft);
  const open = await findOpenClaim(trx, by.guildId, digest);
  const claim = open ?? (await makeClaim(trx, ctx, by.guildId, { ...draft, digest, asked: 0 }));
  const asker = {
    claim_id: claim.id,
    user_id: by.userId,
    guild_id: by.guildId,
    line: draft.line,
    asked_at: now,
  };
  const isNew = await insertClaimAsker(trx, asker);
  if (isNew) {
    const acts = await listRecentActs(trx, ctx, by, 'claim', later(now, { days: -1 }));
    const oldest = acts[claimLimits.aDay - 1];
    if (oldest !== undefined) {
      throw new UserError((t) => t.claims.refused.enough(claimLimits.aDay, later(oldest, { days: 1 })));
    }
    await insertRecentAct(trx, ctx, by, 'claim');
    await countAsker(trx, claim.id);
    if (open) await reviseNotices(trx, claim.id, 'claim-waiting', now);
  }
  return { claim, isKnown: open !== undefined, isRepeated: !isNew };
}

async function makeClaim(
  trx: Trx,
  ctx: Context,
  guildId: string,
  what: Omit<HandedIn, 'line'> & { readonly digest: string; readonly asked: number },
): Promise<Claim> {
  const claim: Claim = {
    id: newId(ctx.random),
    guild_id: guildId,
    origin: what.origin,
    kind: what.kind,
    text: what.text,
    channel_id: what.channel_id,
    message_id: what.message_id,
    digest: what.digest,
    state: 'open',
    asked: what.asked,
    created_at: ctx.now(),
    closed_at: null,
    posting: null,
  };
  await insertClaim(trx, claim);
  await insertNotice(trx, ctx, { guildId, kind: 'claim-waiting', subjectId: claim.id });
  return claim;
}

/**
 * Counts a question that found nothing, without its words and by nobody's name. The third who asks the same brings it
 * before the moderators, who then answer everybody at once.
 */
export async function countUnanswered(ctx: Context, by: Acting, question: string): Promise<void> {
  const stems = askedStems(question);
  if (stems.length === 0 || offersForbiddenMaterial(question)) return;
  const digest = digestOf(ctx, { message_id: null, text: question });
  await inTurn(ctx.db, by.guildId, async (trx) => {
    if (!(await findGuild(trx, by.guildId))) return;
    const who = ctx.keyedHash('miss', by.guildId, by.userId);
    const asked = await countMiss(trx, { guild_id: by.guildId, digest, who, at: ctx.now() });
    if (asked < claimLimits.askers) return;
    await deleteMisses(trx, by.guildId, digest);
    if (await findOpenClaim(trx, by.guildId, digest)) return;
    const kind: ClaimKind = 'other';
    const text = clip(question.trim(), claimLimits.snapshot);
    await makeClaim(trx, ctx, by.guildId, {
      origin: 'question',
      kind,
      text,
      digest,
      asked,
      channel_id: null,
      message_id: null,
    });
  });
}
