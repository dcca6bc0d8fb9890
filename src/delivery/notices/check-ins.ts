/** What the bot asks the two of a mentorship, says in their thread of its own accord, and tells moderators of it. */
import { ButtonStyle } from 'discord.js';
import { type CheckIn, findCheckIn } from '../../db/check-ins.ts';
import { findMentorship, type Mentorship } from '../../db/mentorships.ts';
import { readDetail } from '../../db/notices/write.ts';
import { type CheckInKind, deletedUser } from '../../db/schema.ts';
import { button, row } from '../../discord/buttons.ts';
import { embed, post } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import type { Card } from '../../discord/replies.ts';
import { mention, showTyped } from '../../discord/text.ts';
import { answersTo } from '../../mentoring/care/answer.ts';
import { bothOf, partnerIn } from '../../mentoring/mentorships.ts';
import type { Texts } from '../../texts/en.ts';
import { paragraphs } from './people.ts';
import { letter, type Render, subjectOf } from './scene.ts';

/** A question to one of the two; once answered or over, it says so. */
export const checkInLetter: Render = async (scene) => {
  const { t, ctx } = scene;
  const checkIn = await subjectOf(scene, findCheckIn);
  const mentorship = checkIn && (await findMentorship(ctx.db, checkIn.mentorship_id));
  if (!checkIn || !mentorship || !isAsked(t, checkIn.kind)) return undefined;
  const { kind } = checkIn;
  const partnerId = partnerIn(mentorship, checkIn.user_id);
  const isOpen = mentorship.ended_at === null && checkIn.answered_at === null;
  if (!isOpen && scene.notice.message_id === null) return undefined;
  const title = t.checkIns.title[kind](showTyped(await scene.memberName(partnerId)));
  if (!isOpen) return await letter(scene, title, checkIn.answered_at === null ? t.checkIns.over : t.checkIns.answered);
  const body = t.checkIns.body[kind](mention(t, partnerId), mentorship.due_at);
  return await letter(scene, title, body, { components: [row(...answerButtons(t, checkIn))] });
};

/** To the moderators: one of the two asks for them, or added a line. */
export const checkInStaff: Render = async (scene) => {
  const { t, ctx } = scene;
  const checkIn = await subjectOf(scene, findCheckIn);
  const mentorship = checkIn && (await findMentorship(ctx.db, checkIn.mentorship_id));
  if (!checkIn || !mentorship || checkIn.answer === null) return undefined;
  const text = t.checkIns;
  const names = [checkIn.user_id, mentorship.mentor_id, mentorship.mentee_id].map((id) => mention(t, id)) as [
    string,
    string,
    string,
  ];
  if (checkIn.line === null) return post(t, text.staffTitle, text.staff(...names));
  const answers: Readonly<Record<string, string>> = text.answers;
  const said = text.staffLine(...names, answers[checkIn.answer] ?? checkIn.answer);
  return post(t, text.staffLineTitle, paragraphs(said, showTyped(checkIn.line)));
};

/** What can be answered to a question: also where its message is out of reach. */
export function answerButtons(t: Texts, { id, kind }: CheckIn) {
  return answersTo[kind].map((answer) => {
    const label = kind === 'due' && answer === 'close' ? t.checkIns.closeDue : t.checkIns.answers[answer];
    if (answer === 'until') return button([keys.mentorship.until, id], label);
    if (answer === 'not-fit') return button([keys.mentorship.notFit, id], label);
    const isFirst = answer === 'met' || answer === 'find' || answer === 'good' || answer === 'going';
    return button([keys.mentorship.answer, id, answer], label, isFirst ? ButtonStyle.Primary : ButtonStyle.Secondary);
  });
}

/** Whether a kind of question is put to one of the two, who answers it; others are said in the thread. */
export function isAsked(t: Texts, kind: CheckInKind): kind is keyof Texts['checkIns']['title'] {
  return kind in t.checkIns.title;
}

function prompt(t: Texts, pair: Mentorship, part: 'hours' | 'goal' | 'next', who: readonly string[]) {
  const text = t.checkIns;
  switch (part) {
    case 'hours':
      return {
        title: text.hoursTitle,
        body: text.hours(t.words.list(who.map((id) => mention(t, id)))),
        components: [row(button([keys.hours.edit, pair.guild_id], t.hours.enter, ButtonStyle.Primary), find(t, pair))],
      };
    case 'goal':
      return {
        title: text.goalTitle,
        body: text.goal,
        components: [row(button([keys.mentorship.goal, pair.id], t.goals.set, ButtonStyle.Primary))],
      };
    case 'next':
      return { title: text.nextTitle, body: text.next, components: [row(find(t, pair))] };
  }
}

function find(t: Texts, pair: Mentorship) {
  return button([keys.mentorship.meet, pair.id], t.meetings.findTime, ButtonStyle.Primary);
}

/** In the thread of the two. */
export const pairPrompt: Render = async (scene): Promise<Card | undefined> => {
  const pair = await subjectOf(scene, findMentorship);
  if (pair?.state !== 'active') return undefined;
  const who = bothOf(pair).filter((id) => id !== deletedUser);
  const { title, body, components } = prompt(scene.t, pair, readDetail('pair-prompt', scene.notice).part, who);
  return { embeds: [embed(scene.t, title, body)], components };
};

/** The same to one of them. */
export const pairPromptLetter: Render = async (scene) => {
  const pair = await subjectOf(scene, findMentorship);
  if (pair?.state !== 'active') return undefined;
  const who = bothOf(pair).filter((id) => id !== deletedUser);
  const { title, body, components } = prompt(scene.t, pair, readDetail('pair-prompt-letter', scene.notice).part, who);
  return await letter(scene, title, paragraphs(mention(scene.t, partnerIn(pair, scene.notice.user_id ?? '')), body), {
    components,
  });
};
