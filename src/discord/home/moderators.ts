/** What moderators find on their home beside their own: who and what waits for one of them. */
import { ButtonStyle } from 'discord.js';
import { countGuildContents } from '../../db/guild-contents.ts';
import { countLivePairs } from '../../db/mentorships.ts';
import { countMentorsToReview } from '../../db/verification.ts';
import { countWaiting } from '../../db/waitlist.ts';
import { listMatters, type Matter } from '../../journey/review/matters.ts';
import { button } from '../buttons.ts';
import { keys } from '../keys.ts';
import { isAloneIn } from '../presence.ts';
import type { Section } from './section.ts';

export const moderatorsSection: Section = async ({ ctx, guildId, userId, place, isModerator }) => {
  if (!isModerator) return [];
  const { db, t } = ctx;
  const text = t.home.moderators;
  const toVerify = await countMentorsToReview(db, guildId);
  const suggested = await countGuildContents(db, { guildId, state: 'suggested' });
  const waiting = await countWaiting(db, guildId);
  const pairs = await countLivePairs(db, guildId, undefined);
  const reviewer = { guildId, userId, isAlone: isAloneIn(place.guild) };
  const toReview = (await listMatters(db, reviewer, ctx.now())).filter(isPressing).length;
  const urgent = [
    ...(toVerify > 0 ? [text.verify(toVerify)] : []),
    ...(suggested > 0 ? [text.suggested(suggested)] : []),
    ...(toReview > 0 ? [t.review.home(toReview)] : []),
  ];
  return [
    {
      heading: text.heading,
      lines: [
        ...(urgent.length > 0 ? urgent : [text.nothing]),
        ...(waiting > 0 ? [text.waitlist(waiting)] : []),
        ...(pairs > 0 ? [text.pairs(pairs)] : []),
      ],
      buttons: [
        ...(toVerify > 0 ? [button([keys.mentors.queue], text.queue, ButtonStyle.Primary)] : []),
        ...(suggested > 0 ? [button([keys.content.suggested], text.suggestions, ButtonStyle.Primary)] : []),
        ...(toReview > 0 ? [button([keys.review.open], t.review.go)] : []),
        ...(pairs > 0 ? [button([keys.mentors.showPairs], text.showPairs)] : []),
        button([keys.setup.showCheck], text.check),
      ],
    },
  ];
};

/** Whether somebody waits for it, or it does harm when it is wrong: the rest has its place in `/review` alone. */
function isPressing({ kind, isHarmful }: Matter): boolean {
  return kind === 'claim' || kind === 'proposal' || isHarmful;
}
