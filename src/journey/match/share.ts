/** A line that a member shares on Match Day: once a year, in their words, and taken back whenever they like. */
import type { Context } from '../../context.ts';
import {
  deleteMatchLinesOf,
  findMatchLine,
  forgetMatchWords,
  insertMatchLine,
  listMatchLinesOf,
} from '../../db/match-week.ts';
import { insertNotice, reviseNotices } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import { UserError } from '../../errors.ts';
import type { Acting } from '../../guild/acting.ts';
import { requireGuild } from '../../guild/guilds.ts';
import { inTurn } from '../../guild/turn.ts';
import { newId } from '../../ids.ts';
import { matchPhaseAt } from './phase.ts';
import { matchChannelOf } from './settings.ts';

/** Length of a line, in characters. */
export const lineLimit = 200;

/**
 * Shares a line in the guild's channel.
 * @returns the channel in which it is posted.
 * @throws UserError before Friday noon, where the guild does not want that, for an empty or overlong line, and for a second one.
 */
export async function shareLine(ctx: Context, { guildId, userId }: Acting, typed: string): Promise<string> {
  const line = typed.trim().replaceAll(/\s+/g, ' ');
  if (line === '' || line.length > lineLimit) throw new UserError((t) => t.match.refused.line(line.length, lineLimit));
  const { phase, week } = matchPhaseAt(ctx.now());
  if (phase !== 'where') throw new UserError((t) => t.match.refused.notNow);
  return await inTurn(ctx.db, guildId, async (trx) => {
    const guild = await requireGuild(trx, guildId);
    const channel = matchChannelOf(guild);
    if (guild.match_share !== 1 || channel === null) throw new UserError((t) => t.match.refused.notHere);
    const id = newId(ctx.random);
    const row = { id, guild_id: guildId, user_id: userId, year: week.year, line, created_at: ctx.now() };
    if (!(await insertMatchLine(trx, row))) throw new UserError((t) => t.match.refused.again);
    await insertNotice(trx, ctx, { guildId, kind: 'match-line', subjectId: id });
    return channel;
  });
}

/** Takes a shared line of this year back: what was posted says so, what waits is not posted. @returns whether there was one. */
export async function takeLineBack(ctx: Context, { guildId, userId }: Acting): Promise<boolean> {
  const { week } = matchPhaseAt(ctx.now());
  return await inTurn(ctx.db, guildId, async (trx) => {
    const line = (await listMatchLinesOf(trx, guildId, userId)).find(({ year }) => year === week.year);
    if (!line) return false;
    await forgetMatchWords(trx, line.id);
    await reviseNotices(trx, line.id, 'match-line', ctx.now());
    return true;
  });
}

/** What somebody shared no longer names them: owed as an edit, before `eraseLines`. */
export async function reviseLines(trx: Trx, ctx: Context, { guildId, userId }: Acting): Promise<void> {
  for (const { id } of await listMatchLinesOf(trx, guildId, userId)) {
    await reviseNotices(trx, id, 'match-line', ctx.now());
  }
}

/** @returns whether there was anything. */
export async function eraseLines(trx: Trx, { guildId, userId }: Acting): Promise<boolean> {
  return await deleteMatchLinesOf(trx, guildId, userId);
}

/** Discord has the line, or will not get it: its words are no longer needed. */
export async function lineDone(trx: Trx, id: string | null): Promise<void> {
  if (id !== null && (await findMatchLine(trx, id))) await forgetMatchWords(trx, id);
}
