/** What people would like to ask, collected beforehand. */
import type { Context } from '../../context.ts';
import type { Snapshot } from '../../db/cases/snapshots.ts';
import {
  deleteQuestion,
  findOfficeHour,
  findQuestionById,
  listOfficePeople,
  listQuestions,
  type OfficeHour,
  upsertQuestion,
} from '../../db/office-hours.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { inTurn } from '../../guild/turn.ts';
import { newId } from '../../ids.ts';
import { offersForbiddenMaterial } from '../../integrity.ts';
import { questionLength } from './limits.ts';
import { reviseCard, standingIn } from './places.ts';
import { requireOpenTo, requireOwnHour } from './rules.ts';

/**
 * Somebody on the list says what they would like to ask; it replaces what they said before.
 * @param named whether the mentor sees whose it is.
 * @throws UserError for whoever is not on the list, for no words and too many, and for exam material.
 */
export async function askQuestion(
  ctx: Context,
  whose: Acting,
  hourId: string,
  { words: typed, named }: { readonly words: string; readonly named: boolean },
): Promise<void> {
  const words = typed.trim();
  if (words === '') throw new UserError((t) => t.officeHours.refused.noQuestion);
  if (words.length > questionLength)
    throw new UserError((t) => t.officeHours.refused.questionLong(words.length, questionLength));
  if (offersForbiddenMaterial(words)) throw new UserError((t) => t.study.refused.integrity);
  await inTurn(ctx.db, whose.guildId, async (trx) => {
    const hour = await requireOpenTo(ctx, trx, whose, hourId);
    const { own } = standingIn(await listOfficePeople(trx, hourId), whose.userId);
    if (!own) throw new UserError((t) => t.officeHours.refused.askOnList);
    await upsertQuestion(trx, {
      id: newId(ctx.random),
      hour_id: hour.id,
      user_id: whose.userId,
      guild_id: whose.guildId,
      words,
      named: named ? 1 : 0,
      asked_at: ctx.now(),
    });
    await reviseCard(trx, ctx, hour.id);
  });
}

/** Somebody takes their question back. @throws UserError where there is none. */
export async function takeQuestionBack(ctx: Context, whose: Acting, hourId: string): Promise<void> {
  await inTurn(ctx.db, whose.guildId, async (trx) => {
    const hour = await requireOpenTo(ctx, trx, whose, hourId);
    if (!(await deleteQuestion(trx, hourId, whose.userId)))
      throw new UserError((t) => t.officeHours.refused.nothingAsked);
    await reviseCard(trx, ctx, hour.id);
  });
}

/** A question as the mentor sees it. */
export interface ShownQuestion {
  readonly id: string;
  readonly words: string;
  /** Whose it is, where they want to be named. */
  readonly by: string | undefined;
}

/** The questions of a mentor's own. @throws UserError for anybody else's. */
export async function readQuestions(
  ctx: Context,
  whose: Acting,
  hourId: string,
): Promise<{ readonly hour: OfficeHour; readonly questions: readonly ShownQuestion[] }> {
  const hour = await requireOwnHour(ctx, ctx.db, whose, hourId);
  const questions = await listQuestions(ctx.db, hourId);
  return {
    hour,
    questions: questions.map(({ id, words, named, user_id: by }) => ({ id, words, by: named === 1 ? by : undefined })),
  };
}

/**
 * A question that was sent to a mentor, for a report of theirs: whose it is stays unknown to them where it has no name.
 * @throws UserError for anybody else's, and for one that was taken back.
 */
export async function requireReportable(
  ctx: Context,
  whose: Acting,
  questionId: string,
): Promise<{ readonly authorId: string; readonly snapshot: Snapshot }> {
  const question = await findQuestionById(ctx.db, questionId);
  const hour = question && (await findOfficeHour(ctx.db, question.hour_id));
  const isTheirs = hour?.guild_id === whose.guildId && hour.mentor_id === whose.userId;
  if (!question || !hour || !isTheirs) throw new UserError((t) => t.officeHours.refused.questionGone);
  const snapshot: Snapshot = {
    text: question.words,
    authorId: question.user_id,
    channelId: hour.channel_id ?? '',
    messageId: '',
    at: question.asked_at,
    files: [],
    ...(question.named === 1 ? {} : { unnamed: true as const }),
  };
  return { authorId: question.user_id, snapshot };
}
