/** Match Week: the word on Sunday, what members share on Friday, and the question to those who matched. */
import { ButtonStyle } from 'discord.js';
import type { Context } from '../../context.ts';
import { listGuildDates } from '../../db/dates.ts';
import { findJourney } from '../../db/journeys.ts';
import { findMatchLine } from '../../db/match-week.ts';
import type { Notice } from '../../db/notices/write.ts';
import type { Trx } from '../../db/open.ts';
import { findProfile } from '../../db/profiles.ts';
import { button } from '../../discord/buttons.ts';
import { lineCard, wordCard } from '../../discord/cards/match.ts';
import { keys } from '../../discord/keys.ts';
import { showTyped } from '../../discord/text.ts';
import { matchWeekOf } from '../../guild/match-week.ts';
import { tellUnposted } from '../../guild/unposted.ts';
import { matchChannelOf } from '../../journey/match/settings.ts';
import { lineDone } from '../../journey/match/share.ts';
import { who } from '../../marks.ts';
import type { PostFailure, PostSource } from './posting.ts';
import { letter, type Render, subjectOf, withNext } from './scene.ts';

const common = {
  // The bot's own words, and a member's under their name: nobody else answers for them, and nobody is notified.
  charge: () => Promise.resolve(undefined),
  delivered: () => Promise.resolve(),
  dropped: () => Promise.resolve(),
  failed: (trx: Trx, ctx: Context, notice: Notice, why: PostFailure, channelId: string) =>
    tellUnposted(trx, ctx, notice.guild_id, why, channelId),
} satisfies Partial<PostSource>;

/** The notice kind `match-word`: its subject is the year. */
export const matchWord: PostSource = {
  ...common,
  async find({ ctx, guild, notice, t }) {
    const year = Number(notice.subject_id);
    const channelId = matchChannelOf(guild);
    if (channelId === null || guild.match_post !== 1) return undefined;
    const now = ctx.now();
    if (now >= matchWeekOf(year).whether) return { channelId, card: {}, crosspost: false, stale: 'late' };
    const rows = await listGuildDates(ctx.db, guild.id);
    return { channelId, card: wordCard({ t, year, rows, now }, guild), crosspost: false };
  },
};

/** The notice kind `match-line`: its subject is the line. Once it is posted its words are forgotten: an edit says that it is gone. */
export const matchLine: PostSource = {
  ...common,
  async find(scene) {
    const line = await subjectOf(scene, findMatchLine);
    const channelId = matchChannelOf(scene.guild);
    if (!line || line.line === null || channelId === null) return undefined;
    return { channelId, card: lineCard(scene.t, who(line.user_id), showTyped(line.line)), crosspost: false };
  },
  delivered: (trx, _ctx, notice) => lineDone(trx, notice.subject_id),
};

/** To somebody who matched two weeks ago, as long as they are at that point and no mentor yet. */
export const helpBehind: Render = async (scene) => {
  const { ctx, t, guild, notice } = scene;
  const userId = notice.user_id;
  if (userId === null || (await findJourney(ctx.db, userId))?.stage !== 'matched') return undefined;
  if (await findProfile(ctx.db, guild.id, userId, 'mentor')) return undefined;
  const text = t.match.behind;
  return await letter(
    scene,
    text.title,
    text.body,
    withNext(
      t,
      guild.id,
      button([keys.register.door, 'mentor'], text.yes, ButtonStyle.Success),
      button([keys.match.notNow], text.notNow),
    ),
  );
};
