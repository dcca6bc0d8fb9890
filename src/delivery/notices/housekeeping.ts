import { findAnnouncement } from '../../db/announcements.ts';
import { findRoundById } from '../../db/rounds.ts';
import { findScheduleById } from '../../db/schedules.ts';
import { scheduleProblems, type ScheduleProblem, type StaffProblem } from '../../db/notice-kinds.ts';
import { type Render, type Scene } from './scene.ts';
import { post } from '../../discord/embeds.ts';
import { mention } from '../../discord/text.ts';
import { readDetail } from '../../db/notices/write.ts';
import { listUndelivered } from '../../db/notices/lookups.ts';
import { emptyAtMost } from '../../study/daily.ts';

/** In the mentoring channel: something waits in this person's inbox. Never what. */
export const inboxMention: Render = async ({ t, ctx, guild, notice: { user_id: userId } }) => {
  const text = t.notices;
  // They may have looked by themselves.
  if (userId === null || (await listUndelivered(ctx.db, guild.id, userId)).length === 0) return undefined;
  return {
    content: `<@${userId}>`,
    ...post(t, text.inbox.title, text.inbox.mention),
    allowedMentions: { users: [userId] },
  };
};

/** To the moderators: what does not work, and how to mend it. */
export const staffAlert: Render = async (scene) => {
  const text = scene.t.notices.alert;
  const sentence = await alertSentence(scene);
  if (sentence === undefined) return undefined;
  const { problem } = readDetail('staff-alert', scene.notice);
  return post(scene.t, text.title, isOfSetUp(problem) ? `${sentence}\n\n${text.check}` : sentence);
};

/** The sentence of an alert; undefined when nothing is left to fix. */
export async function alertSentence(scene: Scene): Promise<string | undefined> {
  const { t, notice, guild } = scene;
  const text = t.notices.alert;
  // Its key was taken back when what it speaks of worked again: moderators need not hear of it now.
  if (notice.dedupe_key === null && notice.message_id === null) return undefined;
  const { problem, id } = readDetail('staff-alert', notice);
  if (problem === 'content-outdated')
    return t.posts.alert[problem](id === 'tip' ? t.posts.kinds.tip : t.posts.kinds.prompt);
  if (problem === 'focus-empty') return t.focusDaily.stopped(emptyAtMost);
  if (problem === 'announcement-not-posted') return await announcementAlert(scene, id);
  if (problem === 'announcement-quiet') return await quietAlert(scene, id);
  if (problem === 'round-interrupted') {
    const round = await findRoundById(scene.ctx.db, id);
    return round?.state === 'failed' ? text.round(mention(t, round.created_by)) : undefined;
  }
  if (isScheduleProblem(problem)) return await scheduleAlert(scene, problem, id);
  const isOfStaff = id === 'staff' || id === guild.staff_channel_id;
  if (isOfStaff && problem in text.staff) {
    const queue = guild.mentor_verification === 1 ? ` ${text.queue}` : '';
    return text.staff[problem as keyof typeof text.staff] + queue;
  }
  return text[problem](id, purposeOf(scene, id));
}

function isScheduleProblem(problem: StaffProblem): problem is ScheduleProblem {
  return scheduleProblems.some((each) => each === problem);
}

/** Whether `/setup check` shows a problem, too. */
function isOfSetUp(problem: StaffProblem): boolean {
  const others: readonly StaffProblem[] = [
    'content-outdated',
    'focus-empty',
    'announcement-not-posted',
    'announcement-quiet',
    'round-interrupted',
    'exam-rule-deleted',
    'safety-role-deleted',
    'study-voice-deleted',
  ];
  return !isScheduleProblem(problem) && !others.includes(problem);
}

/** What is wrong with a schedule; nothing once it was removed. */
async function scheduleAlert({ t, ctx }: Scene, problem: ScheduleProblem, id: string): Promise<string | undefined> {
  const schedule = await findScheduleById(ctx.db, id);
  if (!schedule || schedule.state === 'removed') return undefined;
  const { kind, channel_id: channelId } = schedule;
  return t.posts.alert[problem](t.posts.kinds[kind], `<#${channelId}>`);
}

/** The problem of an announcement whose author is out of reach; nothing once posted or called off. */
async function announcementAlert({ t, ctx }: Scene, id: string): Promise<string | undefined> {
  const text = t.notices.alert.announcement;
  const announcement = await findAnnouncement(ctx.db, id);
  if (!announcement) return undefined;
  const channel = `<#${announcement.channel_id}>`;
  const author = mention(t, announcement.author_id);
  if (announcement.state === 'failed' && announcement.failure === 'moderator-gone') return text.held(channel);
  if (announcement.state === 'failed') {
    const why: Readonly<Record<string, string>> = t.announcements.failures;
    return text.failed(channel, why[announcement.failure ?? ''] ?? t.announcements.failures.refused, author);
  }
  const isUncorrected = announcement.state === 'posted' && announcement.failure !== null;
  return isUncorrected ? text.uncorrected(channel, author) : undefined;
}

/** That an announcement notified nobody; nothing once it is gone. */
async function quietAlert({ t, ctx }: Scene, id: string): Promise<string | undefined> {
  const announcement = await findAnnouncement(ctx.db, id);
  return announcement && t.notices.alert.announcement.quiet(`<#${announcement.channel_id}>`);
}

/** What the guild uses a channel for, by its id or by name. */
function purposeOf({ t, guild }: Scene, id: string): string {
  const { purposes } = t.notices.alert;
  if (id === 'mentoring' || id === guild.mentoring_channel_id) return purposes.mentoring;
  if (id === 'staff' || id === guild.staff_channel_id) return purposes.staff;
  if (id === guild.tips_channel_id) return purposes.tips;
  if (id === guild.study_channel_id) return purposes.study;
  if (id === guild.announcements_channel_id) return purposes.announcements;
  return purposes.unknown;
}
