/** What the bot does in cases by the time: it reminds of what nobody took, and stops waiting for an answer. */
import type { Context } from '../../context.ts';
import { type Case, changeCase, findCase, listDueCases } from '../../db/cases/cases.ts';
import { insertEntry } from '../../db/cases/entries.ts';
import type { Trx } from '../../db/open.ts';
import { forEachInTurn } from '../../guild/each.ts';
import { inTurn } from '../../guild/turn.ts';
import { later } from '../../time.ts';
import { releaseParties, tellAssignee, tellHandlers } from './handlers.ts';
import { remindAfterHours, remindAgainDays } from './limits.ts';
import { findCaseTransition } from './states.ts';

/** Cases at one heartbeat; those left over follow with the next. */
const perRun = 200;

/** @param ownerOf who owns a guild, as far as Discord has said. */
export async function goOnWithCases(ctx: Context, ownerOf: (guildId: string) => string | undefined): Promise<void> {
  const due = await listDueCases(ctx.db, ctx.now(), perRun);
  await forEachInTurn(ctx, 'remind-cases', due, async ({ id, guild_id: guildId }) => {
    await inTurn(ctx.db, guildId, async (trx) => {
      const now = await findCase(trx, guildId, id);
      if (now?.due_at && now.due_at <= ctx.now()) await goOn(ctx, trx, now, ownerOf(guildId));
    });
  });
  await releaseParties(ctx);
}

async function goOn(ctx: Context, trx: Trx, of: Case, ownerId: string | undefined): Promise<void> {
  const row = findCaseTransition(of.state, 'stop waiting', 'bot');
  if (row) {
    const changed = await changeCase(trx, of.id, row.from, { state: row.to, due_at: null });
    if (!changed) return;
    await insertEntry(trx, ctx, of, { kind: 'unanswered', byId: null });
    return await tellAssignee(ctx, trx, changed);
  }
  if (of.state !== 'new') {
    await changeCase(trx, of.id, [of.state], { due_at: null });
    return;
  }
  const hours = remindAfterHours[of.urgent === 1 ? 'urgent' : 'usual'];
  const next = of.reminders === 0 ? { hours: hours.owner - hours.handlers } : { days: remindAgainDays };
  await changeCase(trx, of.id, ['new'], { reminders: of.reminders + 1, due_at: later(ctx.now(), next) });
  await tellHandlers(ctx, trx, of, 'case-reminder', {
    also: of.reminders > 0 && ownerId !== undefined ? [ownerId] : [],
  });
}
