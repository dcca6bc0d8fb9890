import type { Selectable } from 'kysely';
import type { MentorshipsTable } from '../../db/schema.ts';
import { findMentorshipSubject } from '../../db/subjects.ts';
import { texts } from '../../texts/en.ts';
import type { Card } from '../replies.ts';
import { showTyped } from '../text.ts';
import { notice, letter, type Render, type Scene, seconds, shownGuildName } from './scene.ts';

type Mentorship = Selectable<MentorshipsTable>;

const text = texts.notices.mentorship;

/** The first message in a pair's thread: who they are, a guide to a first meeting, the code of conduct. */
export function openingCard(mentorship: Mentorship): Card {
  const mentor = `<@${mentorship.mentor_id}>`;
  const mentee = `<@${mentorship.mentee_id}>`;
  const isOver = mentorship.ended_at !== null;
  return {
    content: `${mentor} ${mentee}`,
    ...notice(
      text.openingTitle,
      isOver
        ? text.openingEnded(seconds(mentorship.ended_at ?? mentorship.due_at))
        : text.opening(mentor, mentee, seconds(mentorship.due_at)),
      { fields: isOver ? [] : [] },
    ),
    allowedMentions: { users: [mentorship.mentor_id, mentorship.mentee_id] },
  };
}

/** To each of a pair that cannot have a thread: who the other is, and what to do now. */
export const mentorshipIntroduction: Render = async (scene) => {
  const mentorship = await findMentorshipSubject(scene.ctx.db, scene.notice.subject_id);
  if (!mentorship || (mentorship.state !== 'active' && mentorship.state !== 'paused')) return undefined;
  const isMentor = scene.notice.user_id === mentorship.mentor_id;
  const otherId = isMentor ? mentorship.mentee_id : mentorship.mentor_id;
  const other = showTyped(await scene.memberName(otherId));
  const body = (isMentor ? text.introductionMentor : text.introductionMentee)(
    `<@${otherId}>`,
    await shownGuildName(scene),
  );
  return await letter(scene, text.introductionTitle(other), body);
};

/** To the one who did not end it (or to both): that it is over, why, and how it goes on. */
export const mentorshipEnded: Render = async (scene) => {
  const mentorship = await findMentorshipSubject(scene.ctx.db, scene.notice.subject_id);
  if (!mentorship || mentorship.end_reason === null) return undefined;
  const isMentor = scene.notice.user_id === mentorship.mentor_id;
  const otherId = isMentor ? mentorship.mentee_id : mentorship.mentor_id;
  const guild = await shownGuildName(scene);
  return await letter(
    scene,
    text.endedTitle(await nameOf(scene, otherId)),
    `${text.endedWhy[mentorship.end_reason]}\n\n${isMentor ? text.endedMentor(guild) : text.endedMentee(guild)}`,
  );
};

async function nameOf(scene: Scene, userId: string): Promise<string> {
  return showTyped(await scene.memberName(userId));
}
