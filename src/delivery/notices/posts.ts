/** Posts of schedules: what a slot shows, and what becomes of it. */
import { type Announcement, findAnnouncement } from '../../db/announcements.ts';
import { countParticipations } from '../../db/participations.ts';
import { findScheduleById, type Schedule } from '../../db/schedules.ts';
import { findSlot, type Slot } from '../../db/slots.ts';
import { announcementCard } from '../../discord/cards/announcement.ts';
import { promptCard } from '../../discord/cards/prompt.ts';
import { tipCard } from '../../discord/cards/tip.ts';
import type { Card } from '../../discord/replies.ts';
import { findPrompt, findTip } from '../../posts/content/entries.ts';
import { isOffered } from '../../posts/notify.ts';
import { preparePost, staleness } from '../../posts/prepare.ts';
import { slotDropped, slotFailed, slotPosted } from '../../posts/slots.ts';
import { notifiedBy, withoutMention } from './announcement-source.ts';
import type { PostSource } from './posting.ts';
import type { Scene } from './scene.ts';

/** The notice kind `post`: its subject is a slot. */
export const posts: PostSource = {
  keepsPlace: true,
  async prepare({ ctx, notice }) {
    if (notice.subject_id !== null) await preparePost(ctx, notice.subject_id, notice.unsure_since !== null);
  },
  async charge(scene) {
    const { ctx, notice } = scene;
    const slot = notice.subject_id === null ? undefined : await findSlot(ctx.db, notice.subject_id);
    const schedule = slot && (await findScheduleById(ctx.db, slot.schedule_id));
    // A test notifies nobody, and whoever asked for it is there.
    if (!slot || !schedule || slot.is_test === 1) return undefined;
    const { channel_id: channelId, chooser_id: by, role_id: roleId } = schedule;
    const announcement = await announcementOf(scene, slot, schedule);
    if (announcement) return { channelId, by, saysWords: true, notifies: await notifiedBy(scene, announcement) };
    if (roleId === null || roleId === slot.guild_id) return undefined;
    const isFree = await isOffered(ctx.db, slot.guild_id, roleId);
    return { channelId, by, saysWords: false, notifies: { roleId, isOffered: isFree } };
  },
  async find(scene, isQuiet) {
    const { ctx, notice } = scene;
    const slot = notice.subject_id === null ? undefined : await findSlot(ctx.db, notice.subject_id);
    const schedule = slot && (await findScheduleById(ctx.db, slot.schedule_id));
    if (!slot || !schedule) return undefined;
    const isUnsure = notice.unsure_since !== null && slot.channel_id !== null;
    // Where it may have arrived unnoticed it is looked for, wherever the schedule has gone since.
    const channelId = isUnsure ? (slot.channel_id ?? schedule.channel_id) : schedule.channel_id;
    const stale = staleness(ctx, slot, schedule);
    // Looked for by its reference only, so what it shows does not matter.
    const isThere = channelId === schedule.channel_id;
    const place = {
      channelId,
      parentId: isThere ? schedule.parent_id : null,
      tagId: isThere ? schedule.tag_id : null,
    };
    if (stale !== undefined) return { ...place, card: {}, crosspost: false, stale };
    const quiet = isQuiet || slot.is_quiet === 1;
    const card = await cardOf(scene, slot, schedule, quiet);
    return (
      card && {
        ...place,
        title: await titleOf(scene, slot, schedule),
        card: addressed(scene, card, slot, quiet ? null : schedule.role_id),
        crosspost: schedule.crosspost === 1,
      }
    );
  },
  delivered: (trx, ctx, notice, place, quiet) => slotPosted(trx, ctx, notice.subject_id, place, quiet),
  failed: (trx, ctx, notice, why, channelId) => slotFailed(trx, ctx, notice.subject_id, why, channelId),
  dropped: (trx, ctx, notice, why) => slotDropped(trx, ctx, notice.subject_id, why),
};

async function announcementOf(scene: Scene, slot: Slot, schedule: Schedule): Promise<Announcement | undefined> {
  const id = slot.kind === 'announcement' ? schedule.announcement_id : null;
  return id === null ? undefined : await findAnnouncement(scene.ctx.db, id);
}

async function cardOf(scene: Scene, slot: Slot, schedule: Schedule, isQuiet: boolean): Promise<Card | undefined> {
  const { db } = scene.ctx;
  if (slot.kind === 'announcement') {
    const announcement = await announcementOf(scene, slot, schedule);
    if (!announcement) return undefined;
    const shown = isQuiet ? withoutMention(announcement) : announcement;
    return announcementCard(scene.t, shown, await scene.guildName());
  }
  const { content_id: id, content_source: source } = slot;
  if (id === null || source === null) return undefined;
  if (slot.kind === 'tip') {
    const tip = await findTip(db, slot.guild_id, source, id);
    return tip && tipCard(scene.t, tip);
  }
  const prompt = await findPrompt(db, slot.guild_id, source, id);
  if (!prompt) return undefined;
  return promptCard(scene.t, prompt, { slotId: slot.id, done: await countParticipations(db, slot.id) });
}

/** What it is called in a forum. */
async function titleOf(scene: Scene, slot: Slot, schedule: Schedule): Promise<string> {
  const { content_id: id, content_source: source, guild_id: guildId } = slot;
  const { db } = scene.ctx;
  const announcement = await announcementOf(scene, slot, schedule);
  const tip =
    slot.kind === 'tip' && id !== null && source !== null ? await findTip(db, guildId, source, id) : undefined;
  const prompt =
    slot.kind === 'prompt' && id !== null && source !== null ? await findPrompt(db, guildId, source, id) : undefined;
  const title = announcement?.title ?? tip?.title ?? prompt?.question ?? '';
  return slot.is_test === 1 ? scene.t.places.test(title) : title;
}

/** Adds the role to mention, and that it is a test where it is one: a test mentions nobody. */
function addressed(scene: Scene, card: Card, slot: Slot, roleId: string | null): Card {
  if (slot.is_test === 1) {
    const { allowedMentions: _, ...quiet } = card;
    return { ...quiet, content: scene.t.posts.test };
  }
  if (roleId === null || slot.kind === 'announcement') return card;
  // The role of everyone is not a role to Discord's mentions; nobody is pinged by it here.
  if (roleId === slot.guild_id) return card;
  return { ...card, content: `<@&${roleId}>`, allowedMentions: { roles: [roleId] } };
}
