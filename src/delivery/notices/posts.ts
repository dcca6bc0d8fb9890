/** Posts of schedules: what a slot shows, and what becomes of it. */
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { findAnnouncement } from '../../db/announcements.ts';
import { forgetAlerts } from '../../db/notices.ts';
import { countParticipations } from '../../db/participations.ts';
import { findScheduleById, type Schedule } from '../../db/schedules.ts';
import { findSlot, moveSlot, type Slot } from '../../db/slots.ts';
import { alertKeyOf, insertPostAlert } from '../../posts/alerts.ts';
import { chooseFor } from '../../posts/choice.ts';
import { isInTime } from '../../posts/claim.ts';
import { findPrompt, findTip } from '../../posts/content/entries.ts';
import { slotDropped, slotFailed, slotPosted } from '../../posts/slots.ts';
import { announcementCard } from '../../discord/cards/announcement.ts';
import { promptCard } from '../../discord/cards/prompt.ts';
import { tipCard } from '../../discord/cards/tip.ts';
import type { Card } from '../../discord/replies.ts';
import { type PostScene, type PostSource, withoutGoneRole } from './posting.ts';
import { inTurn } from '../../guild/turn.ts';

/** The notice kind `post`: its subject is a slot. */
export const posts: PostSource = {
  async find(scene) {
    const { ctx, notice } = scene;
    const slot = notice.subject_id === null ? undefined : await findSlot(ctx.db, notice.subject_id);
    const schedule = slot && (await findScheduleById(ctx.db, slot.schedule_id));
    if (!slot || !schedule) return undefined;
    const channelId = await placeOf(scene, slot, schedule);
    const stale = staleness(ctx, slot, schedule);
    // Looked for by its reference only, so what it shows does not matter.
    if (stale !== undefined) return { channelId, card: {}, crosspost: false, stale };
    const card = await cardOf(scene, slot, schedule);
    return card && { channelId, card: addressed(scene, card, slot, schedule), crosspost: schedule.crosspost === 1 };
  },
  delivered: (trx, ctx, notice, place) => slotPosted(trx, ctx, notice.subject_id, place),
  failed: (trx, ctx, notice, why, channelId) => slotFailed(trx, ctx, notice.subject_id, why, channelId),
  dropped: (trx, ctx, notice, why) => slotDropped(trx, ctx, notice.subject_id, why),
};

/**
 * Where a slot is posted: in its schedule's channel. Where it may have arrived unnoticed it is looked for, and posted, in
 * the one it was last sent to, wherever the schedule has gone since.
 */
async function placeOf({ ctx, notice }: PostScene, slot: Slot, schedule: Schedule): Promise<string> {
  if (notice.unsure_since !== null && slot.channel_id !== null) return slot.channel_id;
  if (slot.state === 'claimed' && slot.channel_id !== schedule.channel_id) {
    await moveSlot(ctx.db, slot.id, schedule.channel_id);
  }
  return schedule.channel_id;
}

/** Why a slot is not to be posted any more; undefined while it is. What stands in a channel is never stale. */
function staleness(ctx: Context, slot: Slot, schedule: Schedule): string | undefined {
  if (slot.state === 'posted') return undefined;
  if (slot.is_test === 0 && schedule.state !== 'active') return 'stopped';
  return isInTime(slot.due_at, ctx.now()) ? undefined : 'late';
}

const slugs = z.array(z.string());

async function cardOf(scene: PostScene, slot: Slot, schedule: Schedule): Promise<Card | undefined> {
  const { ctx } = scene;
  if (slot.kind === 'announcement') {
    const id = schedule.announcement_id;
    const announcement = id === null ? undefined : await findAnnouncement(ctx.db, id);
    return announcement && announcementCard(scene.t, withoutGoneRole(scene, announcement));
  }
  const categories = schedule.categories === null ? null : slugs.parse(JSON.parse(schedule.categories));
  const { entry, outdated } = await chooseFor(ctx, slot, slot.kind, categories);
  await tellOutdated(ctx, slot, outdated);
  if (!entry) return undefined;
  if (slot.kind === 'tip') {
    const tip = await findTip(ctx.db, slot.guild_id, entry.source, entry.id);
    return tip && tipCard(scene.t, tip);
  }
  const prompt = await findPrompt(ctx.db, slot.guild_id, entry.source, entry.id);
  if (!prompt) return undefined;
  return promptCard(scene.t, prompt, { slotId: slot.id, done: await countParticipations(ctx.db, slot.id) });
}

/** Adds the role to mention, and that it is a test where it is one: a test mentions nobody. */
function addressed(scene: PostScene, card: Card, slot: Slot, schedule: Schedule): Card {
  if (slot.is_test === 1) {
    const { allowedMentions: _, ...quiet } = card;
    return { ...quiet, content: scene.t.posts.test };
  }
  const roleId = schedule.role_id;
  if (roleId === null || slot.kind === 'announcement' || !scene.hasRole(roleId)) return card;
  // The role of everyone is not a role to Discord's mentions; nobody is pinged by it here.
  if (roleId === slot.guild_id) return card;
  return { ...card, content: `<@&${roleId}>`, allowedMentions: { roles: [roleId] } };
}

/** Moderators hear once that entries wait to be reviewed, and again when others do after all were. */
async function tellOutdated(ctx: Context, slot: Slot, outdated: number): Promise<void> {
  const { guild_id: guildId, kind } = slot;
  const problem = 'content-outdated';
  if (outdated === 0) await forgetAlerts(ctx.db, [alertKeyOf(guildId, problem, kind)]);
  else await inTurn(ctx.db, guildId, (trx) => insertPostAlert(trx, ctx, guildId, problem, kind));
}
