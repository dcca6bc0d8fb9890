import { listUndelivered, readDetail } from '../../db/notices.ts';
import { findScheduleById } from '../../db/schedules.ts';
import { scheduleProblems, type ScheduleProblem, type StaffProblem } from '../../db/notice-kinds.ts';
import { type Render, type Scene } from './scene.ts';
import { post } from '../../discord/embeds.ts';

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
export const staffAlert: Render = (scene) => {
  const text = scene.t.notices;
  // Its key was taken back when what it speaks of worked again: moderators need not hear of it now.
  if (scene.notice.dedupe_key === null && scene.notice.message_id === null) return Promise.resolve(undefined);
  const { problem, id } = readDetail('staff-alert', scene.notice);
  if (problem === 'content-outdated') {
    const body = scene.t.posts.alert[problem](id === 'tip' ? scene.t.posts.kinds.tip : scene.t.posts.kinds.prompt);
    return Promise.resolve(post(scene.t, text.alert.title, body));
  }
  if (isScheduleProblem(problem)) return scheduleAlert(scene, problem, id);
  const body = text.alert[problem](id, purposeOf(scene, id));
  return Promise.resolve(post(scene.t, text.alert.title, `${body}\n\n${text.alert.check}`));
};

function isScheduleProblem(problem: StaffProblem): problem is ScheduleProblem {
  return scheduleProblems.some((each) => each === problem);
}

/** What is wrong with a schedule; nothing once it was removed. */
async function scheduleAlert({ t, ctx }: Scene, problem: ScheduleProblem, id: string) {
  const schedule = await findScheduleById(ctx.db, id);
  if (!schedule || schedule.state === 'removed') return undefined;
  const { kind, channel_id: channelId } = schedule;
  return post(t, t.notices.alert.title, t.posts.alert[problem](t.posts.kinds[kind], `<#${channelId}>`));
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
