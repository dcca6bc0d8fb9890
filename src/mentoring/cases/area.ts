import { forgetCase, listCasesTakenBy, listCasesToForget } from '../../db/cases/cases.ts';
import { deleteOldDrafts } from '../../db/cases/drafts.ts';
import { listAnswersOf } from '../../db/cases/entries.ts';
import { forgetReporter, listStatementsOf } from '../../db/cases/statements.ts';
import type { Area } from '../../guild/area.ts';
import { inTurn } from '../../guild/turn.ts';
import { later } from '../../time.ts';
import { release } from './handlers.ts';
import { caseDays } from './limits.ts';

/** For how many days a report that nobody sent is kept. */
export const draftKeptDays = 1;

/**
 * Reports and cases. A reporter's own words are theirs to have; the case, what others said, and cases about somebody are
 * in no export of theirs, and no deletion of theirs removes them: they protect others.
 */
export const cases: Area = {
  async held(ctx, whose) {
    const reports = await listStatementsOf(ctx.db, whose);
    const answers = await listAnswersOf(ctx.db, whose);
    return {
      reportsYouMade: reports.toReversed().map((said) => ({
        number: said.case_id,
        yourWords: said.words,
        madeAt: said.created_at,
        somethingToDoThatDay: said.today === 1,
        staffMayNameYou: said.may_name === 1,
        withAMessageOfSomebodyElse: said.snapshot !== null,
        takenBackAt: said.withdrawn_at,
        // What was taken back is over, whatever others have said beside it.
        isOpen: said.state !== 'closed' && said.withdrawn_at === null,
        closedAt: said.withdrawn_at ?? said.closed_at,
      })),
      answersToQuestionsAboutYourReports: answers.map((answer) => ({
        number: answer.case_id,
        yourWords: answer.words,
        at: answer.at,
      })),
    };
  },

  /** What they had taken is for the others again: nobody is reminded of a case that somebody has. */
  async memberGone(trx, ctx, whose) {
    for (const found of await listCasesTakenBy(trx, whose)) await release(ctx, trx, found);
  },

  /** The name goes, what was said stays. */
  async erase(trx, _ctx, whose) {
    return await forgetReporter(trx, whose);
  },

  async purge(ctx, limit) {
    const now = ctx.now();
    const drafts = await deleteOldDrafts(ctx.db, later(now, { days: -draftKeptDays }), limit);
    // No guild keeps them for less, so nothing younger is looked at.
    const oldEnough = later(now, { days: -caseDays.min });
    const old = await listCasesToForget(ctx.db, oldEnough, (days) => later(now, { days: -days }), limit);
    for (const { id, guild_id: guildId } of old) {
      await inTurn(ctx.db, guildId, async (trx) => await forgetCase(trx, id));
    }
    return drafts + old.length;
  },
};
