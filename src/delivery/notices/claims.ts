import { ButtonStyle } from 'discord.js';
import { findClaim, listClaimAskers } from '../../db/claims.ts';
import { findAnswerOfClaim } from '../../db/guild-answers.ts';
import { readDetail } from '../../db/notices/write.ts';
import { button, linkButton, row } from '../../discord/buttons.ts';
import { answeredText, answerSource, claimText } from '../../discord/cards/claim.ts';
import { hostOf } from '../../discord/cards/date.ts';
import { post } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import { messageUrl } from '../../discord/links.ts';
import { showTyped } from '../../discord/text.ts';
import { notePosting } from '../../journey/claims/answer.ts';
import type { PostSource } from './posting.ts';
import { letter, type Render, subjectOf } from './scene.ts';

/** To the moderators: whether something is true; once it is closed, what became of it. */
export const claimWaiting: Render = async (scene) => {
  const { ctx, t, notice } = scene;
  const text = t.claims.card;
  const claim = await subjectOf(scene, findClaim);
  if (!claim || (claim.state !== 'open' && notice.message_id === null)) return undefined;
  const title = claim.origin === 'message' ? text.title : text.questionTitle;
  if (claim.state === 'open') {
    const buttons = row(
      button([keys.guide.answer, claim.id], text.answer, ButtonStyle.Primary),
      button([keys.guide.unclear, claim.id], text.unclear),
    );
    return post(t, title, claimText(t, claim, await listClaimAskers(ctx.db, claim.id)), { components: [buttons] });
  }
  const answer = await findAnswerOfClaim(ctx.db, claim.id);
  if (!answer) return post(t, title, text.unclearNow);
  const body = [
    t.claims.letter.question(showTyped(answer.question)),
    answeredText(t, answer),
    answerSource(answer, t.claims.letter.source),
    ...(claim.posting === null ? [] : [text.posting[claim.posting]]),
  ].join('\n\n');
  const mayPost = claim.channel_id !== null && (claim.posting === null || claim.posting === 'refused');
  return post(t, title, body, {
    components: mayPost ? [row(button([keys.guide.post, claim.id], text.post))] : [],
  });
};

/** To somebody who asked: what the official page says, or that nobody can tell. */
export const claimAnswered: Render = async (scene) => {
  const { ctx, t, notice } = scene;
  const text = t.claims.letter;
  const claim = await subjectOf(scene, findClaim);
  if (!claim || claim.state === 'open') return undefined;
  const isAgain = readDetail('claim-answered', notice)?.again === true;
  const toMessage =
    claim.channel_id === null || claim.message_id === null
      ? []
      : [linkButton(messageUrl(claim.guild_id, claim.channel_id, claim.message_id), text.message)];
  const pages = button([keys.guide.open], t.claims.facts.pages);
  if (claim.state === 'unclear') {
    return await letter(scene, text.unclearTitle, text.unclear, {
      components: [row<ReturnType<typeof linkButton> | typeof pages>(...toMessage, pages)],
    });
  }
  const answer = await findAnswerOfClaim(ctx.db, claim.id);
  if (!answer) return await letter(scene, text.answeredTitle, text.withdrawn);
  const mayPost = claim.channel_id !== null && (claim.posting === null || claim.posting === 'refused');
  const stands = { asked: undefined, posted: text.posted, refused: text.refused };
  const note = claim.posting === null ? (mayPost ? text.postHint : undefined) : stands[claim.posting];
  const body = [
    ...(isAgain ? [text.again] : []),
    text.question(showTyped(answer.question)),
    answeredText(t, answer),
    answerSource(answer, text.source),
    ...(note === undefined ? [] : [note]),
  ].join('\n\n');
  const buttons = row<ReturnType<typeof linkButton> | ReturnType<typeof button>>(
    ...(answer.link === null ? [] : [linkButton(answer.link, hostOf(answer.link))]),
    ...toMessage,
    ...(mayPost ? [button([keys.guide.post, claim.id], text.post)] : []),
  );
  return await letter(scene, isAgain ? text.againTitle : text.answeredTitle, body, {
    components: buttons.components.length > 0 ? [buttons] : [],
  });
};

/** Below the message that somebody asked about: the official page, without who asked and without blame. */
export const claimPost: PostSource = {
  async charge({ ctx, notice }) {
    const answer = notice.subject_id === null ? undefined : await findAnswerOfClaim(ctx.db, notice.subject_id);
    const claim = answer && (await findClaim(ctx.db, answer.claim_id ?? ''));
    if (!claim || claim.channel_id === null) return undefined;
    return { channelId: claim.channel_id, by: answer.by_id, saysWords: true, notifies: undefined };
  },
  async find(scene) {
    const { ctx, t, notice } = scene;
    const text = t.claims.post;
    const claim = await subjectOf(scene, findClaim);
    if (!claim || claim.channel_id === null) return undefined;
    const answer = await findAnswerOfClaim(ctx.db, claim.id);
    if (!answer && notice.message_id === null) return undefined;
    const body = answer ? [answeredText(t, answer), answerSource(answer, text.source)].join('\n\n') : text.withdrawn;
    return {
      channelId: claim.channel_id,
      card: post(t, text.title, body),
      crosspost: false,
      ...(claim.message_id === null ? {} : { below: claim.message_id }),
    };
  },
  async delivered(trx, ctx, notice) {
    if (notice.subject_id !== null) await notePosting(trx, ctx, notice.subject_id, 'posted');
  },
  async failed(trx, ctx, notice) {
    if (notice.subject_id !== null) await notePosting(trx, ctx, notice.subject_id, 'refused');
  },
  async dropped(trx, ctx, notice) {
    if (notice.subject_id !== null) await notePosting(trx, ctx, notice.subject_id, 'refused');
  },
};
