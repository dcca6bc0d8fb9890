/** Whoever matched is asked once, two weeks later, whether they would help those behind them; *not now* is asked once more. */
import type { Context } from '../../context.ts';
import { findJourney, listGuildsOfJourney, updateJourney } from '../../db/journeys.ts';
import { listToAskToHelp } from '../../db/match-week.ts';
import { insertNotice } from '../../db/notices/write.ts';
import { findProfile } from '../../db/profiles.ts';
import { forEachInTurn } from '../../guild/each.ts';
import { inTurn } from '../../guild/turn.ts';
import { later } from '../../time.ts';
import { outsideQuietHours } from '../../hours/quiet.ts';

/** After how many days, and after how many more for whoever said not now. */
export const askAfterDays = { matched: 14, notNow: 90 } as const;
/** How many people are read at once. */
const atOnce = 200;

/** Asks everybody whose time has come. */
export async function askToHelp(ctx: Context): Promise<void> {
  for (;;) {
    const people = await listToAskToHelp(ctx.db, ctx.now(), atOnce);
    let isStuck = true;
    await forEachInTurn(ctx, 'a question to somebody who matched', people, async (userId) => {
      await askPerson(ctx, userId);
      isStuck = false;
    });
    if (people.length < atOnce || isStuck) return;
  }
}

/** Asks through the guild last used; whoever is a mentor there is helping already. */
async function askPerson(ctx: Context, userId: string): Promise<void> {
  await inTurn(ctx.db, userId, async (trx) => {
    const journey = await findJourney(trx, userId);
    const now = ctx.now();
    if (!journey || journey.behind_at === null || journey.behind_at > now) return;
    await updateJourney(trx, userId, { behind_at: null });
    const [guildId] = await listGuildsOfJourney(trx, userId);
    if (guildId === undefined || journey.stage !== 'matched') return;
    if (await findProfile(trx, guildId, userId, 'mentor')) return;
    // At the end of a mentorship they may have been asked the same.
    const asked = (await findProfile(trx, guildId, userId, 'mentee'))?.asked_to_mentor_at ?? '';
    if (asked > later(now, { days: -askAfterDays.notNow })) return;
    await updateJourney(trx, userId, { help_asked_at: now });
    await insertNotice(trx, ctx, { guildId, userId, kind: 'help-behind', dueAt: outsideQuietHours(now, journey.zone) });
  });
}

/** Somebody said not now: they are asked once more. @returns false where that was the second time, or they have no road. */
export async function askLater(ctx: Context, userId: string): Promise<boolean> {
  return await inTurn(ctx.db, userId, async (trx) => {
    const journey = await findJourney(trx, userId);
    if (!journey || journey.matched_at === null || journey.help_asked_at === null) return false;
    if (journey.help_asked_at > later(journey.matched_at, { days: askAfterDays.notNow })) return false;
    return await updateJourney(trx, userId, { behind_at: later(ctx.now(), { days: askAfterDays.notNow }) });
  });
}
