/** The one word on the Sunday of Match Week: in each guild that wants it, once a year. */
import type { Context } from '../../context.ts';
import { claimMatchWord, listGuildsWithoutWord } from '../../db/match-week.ts';
import { insertNotice } from '../../db/notices/write.ts';
import { forEachInTurn } from '../../guild/each.ts';
import { matchWeekAt } from '../../guild/match-week.ts';
import { inTurn } from '../../guild/turn.ts';

/** How many guilds are read at once. */
const atOnce = 200;

/** Owes the word wherever it is due: from Sunday morning until everybody has their message on Monday. */
export async function oweMatchWords(ctx: Context): Promise<void> {
  const now = ctx.now();
  const week = matchWeekAt(now);
  if (!week || now < week.word || now >= week.whether) return;
  for (;;) {
    const guilds = await listGuildsWithoutWord(ctx.db, week.year, atOnce);
    let isStuck = true;
    await forEachInTurn(ctx, 'the word of Match Week', guilds, async (guildId) => {
      await inTurn(ctx.db, guildId, async (trx) => {
        if (!(await claimMatchWord(trx, guildId, week.year))) return;
        await insertNotice(trx, ctx, { guildId, kind: 'match-word', subjectId: String(week.year), mass: true });
      });
      isStuck = false;
    });
    if (guilds.length < atOnce || isStuck) return;
  }
}
