/** What claims hold on members, and how it goes. */
import type { Context } from '../../context.ts';
import {
  deleteAskedBy,
  deleteOldClaimDrafts,
  deleteOldClaims,
  deleteOldMisses,
  listClaimDraftsOf,
  listClaimsAskedBy,
} from '../../db/claims.ts';
import { forgetAnswerAuthor, listAnswersBy } from '../../db/guild-answers.ts';
import { deleteOldPutOffs, deletePutOffsOf, listPutOffsOf } from '../../db/reviews.ts';
import { reviseWhere } from '../../db/notices/write.ts';
import type { Area } from '../../guild/area.ts';
import { later } from '../../time.ts';
import { claimLimits } from './limits.ts';

/** Drafts that one heartbeat lets go of. */
const atOnce = 1_000;

/** Questions that members asked moderators, and answers that moderators wrote: those stay, without their name. */
export const claimsArea: Area = {
  async held({ db }, { guildId, userId }) {
    const [asked, drafts, answers] = [
      await listClaimsAskedBy(db, guildId, userId),
      await listClaimDraftsOf(db, guildId, userId),
      await listAnswersBy(db, guildId, userId),
    ];
    return {
      whetherSomethingIsTrueYouAsked: asked.map(({ origin, kind, text, state, line, asked_at: at }) => ({
        kind,
        // Somebody else's message is not theirs to take along.
        question: origin === 'question' ? text : null,
        youAdded: line,
        state,
        at,
      })),
      whetherSomethingIsTrueYouBeganToAsk: drafts.map(({ origin, text, line, created_at: at }) => ({
        message: origin === 'message' ? text : null,
        question: origin === 'question' ? text : null,
        youAdded: line,
        at,
      })),
      mattersYouPutOffAsAModerator: (await listPutOffsOf(db, guildId, userId)).map(({ matter, times, until }) => ({
        matter,
        times,
        until,
      })),
      answersYouWroteAsAModerator: answers.map(({ question, answer, words, link, created_at: at }) => ({
        question,
        answer,
        words,
        page: link,
        at,
      })),
    };
  },

  async revise(trx, ctx, { guildId, userId }) {
    const asked = trx
      .selectFrom('claim_askers')
      .select('claim_id')
      .where('guild_id', '=', guildId)
      .where('user_id', '=', userId);
    await reviseWhere(trx, ctx.now()).where('subject_id', 'in', asked).where('kind', '=', 'claim-waiting').execute();
  },

  async erase(trx, _ctx, { guildId, userId }) {
    const asked = await deleteAskedBy(trx, guildId, userId);
    const written = await forgetAnswerAuthor(trx, guildId, userId);
    return (await deletePutOffsOf(trx, guildId, userId)) || written || asked;
  },

  async purge({ db, now }, limit) {
    return (
      (await deleteOldClaimDrafts(db, later(now(), { minutes: -claimLimits.draftMinutes }), limit)) +
      (await deleteOldClaims(db, later(now(), { days: -claimLimits.keptDays }), limit)) +
      (await deleteOldPutOffs(db, later(now(), { days: -claimLimits.missDays }), limit)) +
      (await deleteOldMisses(db, later(now(), { days: -claimLimits.missDays }), limit))
    );
  },
};

/** Lets go of messages that nobody handed on within the hour. */
export async function letGoOfDrafts({ db, now }: Pick<Context, 'db' | 'now'>): Promise<void> {
  await deleteOldClaimDrafts(db, later(now(), { minutes: -claimLimits.draftMinutes }), atOnce);
}
