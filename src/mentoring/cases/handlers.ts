/** Who hears of a case: handlers who may see it, as far as the bot knows them. */
import type { Context } from '../../context.ts';
import { listActors } from '../../db/audit.ts';
import {
  type Case,
  changeCase,
  findCase,
  listCasesTakenBy,
  listHandlersToLookFor,
  listTakenCases,
} from '../../db/cases/cases.ts';
import { insertEntry } from '../../db/cases/entries.ts';
import { maySee } from '../../db/cases/sight.ts';
import { insertNotice } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { forEachInTurn } from '../../guild/each.ts';
import { inTurn } from '../../guild/turn.ts';
import { later } from '../../time.ts';
import { handlerLookHours, remindAfterHours } from './limits.ts';

/** Moderators who are written to at most: whoever acted last. */
const handlersAtMost = 10;
/** Taken cases that are looked at in one go. */
const perLook = 200;
/** For how many of them Discord is asked at one heartbeat: a request each. */
const askedAtOnce = 20;

/** "There is no such case": the same for a case that is not there and one that is not for their eyes. */
export function noSuchCase(): UserError {
  return new UserError((t) => t.cases.none);
}

/**
 * A case that a handler may see. Whether they are a handler at all is asked of Discord before.
 * @throws UserError that there is no such case.
 */
export async function requireSeen(trx: Trx, by: Acting, caseId: string): Promise<Case> {
  const found = await findCase(trx, by.guildId, caseId);
  if (!found || !(await maySee(trx, by, caseId))) throw noSuchCase();
  return found;
}

/**
 * Owes word of a case to handlers who may see it: moderators who did something lately and those named beside
 * them, or somebody else where none of these may. Who of
 * them still is a handler is asked of Discord when it is delivered. The channel gets a line without any name.
 * @returns how many are written to.
 */
export async function tellHandlers(
  ctx: Context,
  trx: Trx,
  about: Pick<Case, 'id' | 'guild_id'>,
  why: 'case-waiting' | 'case-reminder',
  { also = [], orElse }: { readonly also?: readonly string[]; readonly orElse?: string } = {},
): Promise<number> {
  const { id: subjectId, guild_id: guildId } = about;
  const sees = async (userId: string) => await maySee(trx, { guildId, userId }, subjectId);
  const known = new Set([...(await listActors(trx, guildId, handlersAtMost)), ...also]);
  const told: string[] = [];
  for (const userId of known) if (await sees(userId)) told.push(userId);
  if (told.length === 0 && orElse !== undefined && (await sees(orElse))) told.push(orElse);
  for (const userId of told) await insertNotice(trx, ctx, { guildId, kind: why, userId, subjectId });
  await insertNotice(trx, ctx, { guildId, kind: 'case-line', subjectId });
  return told.length;
}

/** Owes word to whoever has taken a case, while they may see it. */
export async function tellAssignee(ctx: Context, trx: Trx, about: Case): Promise<void> {
  const { id: subjectId, guild_id: guildId, assignee_id: userId } = about;
  if (userId === null || !(await maySee(trx, { guildId, userId }, subjectId))) return;
  await insertNotice(trx, ctx, { guildId, kind: 'case-news', userId, subjectId });
}

/** A case whose assignee may not see it any more is new again, for the others. */
export async function releaseFromParty(ctx: Context, trx: Trx, found: Case): Promise<Case> {
  const { assignee_id: userId, guild_id: guildId, id } = found;
  if (userId === null || (await maySee(trx, { guildId, userId }, id))) return found;
  return await release(ctx, trx, found);
}

/** A case whose assignee cannot go on with it is new again, for the others. */
export async function release(ctx: Context, trx: Trx, found: Case): Promise<Case> {
  const { id } = found;
  const { handlers } = remindAfterHours[found.urgent === 1 ? 'urgent' : 'usual'];
  const change = {
    state: 'new',
    assignee_id: null,
    reminders: 0,
    due_at: later(ctx.now(), { hours: handlers }),
  } as const;
  const released = await changeCase(trx, id, ['taken', 'waiting'], change);
  if (!released) return found;
  await insertEntry(trx, ctx, found, { kind: 'released', byId: null });
  await tellHandlers(ctx, trx, released, 'case-waiting');
  return released;
}

/** Looks whether whoever took a case has become party to it. */
export async function releaseParties(ctx: Context): Promise<void> {
  let after = '';
  for (;;) {
    const taken = await listTakenCases(ctx.db, after, perLook);
    for (const { id, guild_id: guildId, assignee_id: userId } of taken) {
      if (userId === null || (await maySee(ctx.db, { guildId, userId }, id))) continue;
      await inTurn(ctx.db, guildId, async (trx) => {
        const found = await findCase(trx, guildId, id);
        if (found) await releaseFromParty(ctx, trx, found);
      });
    }
    if (taken.length < perLook) return;
    after = taken.at(-1)?.id ?? '';
  }
}

/**
 * Looks once a day whether whoever took a case handles reports at all: a role that is taken away is told to nobody.
 * @param handles whether somebody does, as Discord says; undefined where that cannot be told now.
 */
export async function releaseFormerHandlers(
  ctx: Context,
  handles: (whose: Acting) => Promise<boolean | undefined>,
): Promise<void> {
  const before = later(ctx.now(), { hours: -handlerLookHours });
  const due = await listHandlersToLookFor(ctx.db, before, askedAtOnce);
  await forEachInTurn(ctx, 'look-for-handlers', due, async ({ id, guild_id: guildId, assignee_id: userId }) => {
    const still = userId === null ? undefined : await handles({ guildId, userId });
    if (still === undefined) return;
    await inTurn(ctx.db, guildId, async (trx) => {
      const found = await findCase(trx, guildId, id);
      if (!found || found.assignee_id !== userId) return;
      if (still) await changeCase(trx, id, ['taken', 'waiting'], { handler_seen_at: ctx.now() });
      else await release(ctx, trx, found);
    });
  });
}

/** Somebody who does not handle reports acted as if they did: what they had taken is for the others again. */
export async function releaseCasesOf(ctx: Context, whose: Acting): Promise<void> {
  if ((await listCasesTakenBy(ctx.db, whose)).length === 0) return;
  await inTurn(ctx.db, whose.guildId, async (trx) => {
    for (const found of await listCasesTakenBy(trx, whose)) await release(ctx, trx, found);
  });
}
