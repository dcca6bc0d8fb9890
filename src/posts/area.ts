import { type Announcement, deleteOldAnnouncements } from '../db/announcements.ts';
import { deleteOldContents } from '../db/guild-contents.ts';
import { eraseFromPosts, type HeldInPosts, listHeldInPosts, reviseNoticesOfPosts } from '../db/personal-data/posts.ts';
import { findPanelBy, forgetPanelAuthor } from '../db/panels.ts';
import { deleteOldSlots } from '../db/slots.ts';
import type { Area, Sections } from '../guild/area.ts';
import { later } from '../time.ts';
import { followZone, provideDefaults } from './defaults.ts';

/** For how many days it is kept what was announced, and which tips and prompts were declined: twelve months. */
export const keptDays = 365;
/**
 * For how many days it is kept what was posted when, and who did a prompt: two years, so that the choice of content knows
 * what a weekly schedule has shown.
 */
export const slotKeptDays = 760;
/** For how many days an announcement, a tip or a prompt is kept that nobody finished. */
export const draftKeptDays = 30;

/** Schedules and what they post, the guild's own content, announcements. */
export const posts: Area = {
  async setUp(trx, ctx, before, after) {
    if (before && before.zone !== after.zone) await followZone(trx, ctx, after);
    await provideDefaults(trx, ctx, before, after);
  },

  held: async ({ db }, { guildId, userId }) => ({
    ...sectionsOf(await listHeldInPosts(db, guildId, userId), userId),
    wordsYouWroteAboveThePanel: (await findPanelBy(db, guildId, userId))?.words,
  }),
  revise: (trx, ctx, { guildId, userId }) => reviseNoticesOfPosts(trx, guildId, userId, ctx.now()),
  async erase(trx, ctx, { guildId, userId }) {
    const hadPanel = await forgetPanelAuthor(trx, guildId, userId, ctx.now());
    return (await eraseFromPosts(trx, ctx, guildId, userId)) || hadPanel;
  },

  async purge({ db, now }, limit) {
    const before = later(now(), { days: -keptDays });
    const drafts = later(now(), { days: -draftKeptDays });
    return (
      (await deleteOldSlots(db, later(now(), { days: -slotKeptDays }), limit)) +
      (await deleteOldAnnouncements(db, { before, drafts }, limit)) +
      (await deleteOldContents(db, { drafts, declined: before }, limit))
    );
  },
};

function isWrittenBy(userId: string) {
  return ({ author_id: authorId }: Pick<Announcement, 'author_id'>): boolean => authorId === userId;
}

function sectionsOf(held: HeldInPosts, userId: string): Sections {
  return {
    announcementsYouWrote: held.announcements.filter(isWrittenBy(userId)).map((announcement) => ({
      title: announcement.title,
      text: announcement.text,
      link: announcement.link,
      image: announcement.image_url,
      channel: announcement.channel_id,
      state: announcement.state,
      writtenAt: announcement.created_at,
      changedAt: announcement.updated_at,
      plannedFor: announcement.at ?? announcement.cron,
      postedAt: announcement.posted_at,
    })),
    // Another moderator's words are not theirs to take along.
    announcementsOfOthersYouConfirmed: held.announcements
      .filter((announcement) => !isWrittenBy(userId)(announcement))
      .map(({ channel_id: channel, state, posted_at: postedAt }) => ({ channel, state, postedAt })),
    schedulesYouAddedOrChangedAsAModerator: held.schedules.map((schedule) => ({
      you: schedule.created_by === userId ? 'added it' : 'changed it last',
      kind: schedule.kind,
      cron: schedule.cron,
      zone: schedule.zone,
      state: schedule.state,
      addedAt: schedule.created_at,
    })),
    tipsAndPromptsYouWrote: held.contents.map((entry) => ({
      kind: entry.kind,
      category: entry.category,
      words: JSON.parse(entry.body) as unknown,
      state: entry.state,
      decidedAt: entry.decided_at,
      writtenAt: entry.created_at,
      changedAt: entry.updated_at,
    })),
    promptsYouDid: held.participations.map(({ slot_id: post, created_at: at }) => ({ post, at })),
  };
}
