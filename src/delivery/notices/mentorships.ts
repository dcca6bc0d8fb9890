import { type APIButtonComponentWithCustomId, type APIButtonComponentWithURL, ButtonStyle } from 'discord.js';
import { codeOfConduct, firstMeeting } from '../../content/index.ts';
import { listClosings } from '../../db/closings.ts';
import { findMentorship, type Mentorship } from '../../db/mentorships.ts';
import { deletedUser } from '../../db/schema.ts';
import type { Card } from '../../discord/replies.ts';
import { mention, showTyped } from '../../discord/text.ts';
import { letter, type Render, type Scene, shownGuildName, subjectOf, wayInto, withNext } from './scene.ts';
import { button, row } from '../../discord/buttons.ts';
import { embed, type More } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';
import { stamp } from '../../marks.ts';
import { listRests } from '../../db/rests.ts';
import { shownUntil } from '../../mentoring/changes.ts';
import { hasClosing } from '../../mentoring/closings.ts';
import { asksWhetherDone } from '../../mentoring/completion.ts';
import { partnerIn } from '../../mentoring/mentorships.ts';
import { findKeptTurn } from '../../mentoring/turn.ts';
import { noPeers, peersOf } from './peers.ts';
import { paragraphs } from './people.ts';
import { readDetail } from '../../db/notices/write.ts';

/**
 * The first message in a pair's thread: who they are, a guide to a first meeting, the code of conduct.
 * @param isAgain whether the thread takes the place of one that is gone: then they have met before.
 */
export function openingCard(t: Texts, mentorship: Mentorship, isAgain = false): Card {
  const text = t.notices.mentorship;
  const [mentor, mentee] = [mention(t, mentorship.mentor_id), mention(t, mentorship.mentee_id)];
  const { ended_at: endedAt } = mentorship;
  return {
    content: `${mentor} ${mentee}`,
    embeds: [
      ...(endedAt === null
        ? isAgain
          ? [embed(t, text.againTitle, text.again(mentor, mentee, stamp(mentorship.due_at, 'D')))]
          : [
              embed(t, text.openingTitle, text.opening(mentor, mentee, stamp(mentorship.due_at, 'D'))),
              embed(t, text.firstMeeting, firstMeeting.text),
            ]
        : [embed(t, text.endedHere, text.openingEnded(mentor, mentee, stamp(endedAt, 'D')))]),
      embed(t, text.conduct, codeOfConduct.text),
    ],
    components:
      endedAt === null
        ? [
            row(
              button([keys.mentorship.meet, mentorship.id], t.meetings.findTime, ButtonStyle.Primary),
              button([keys.mentorship.goal, mentorship.id], t.goals.set),
              button([keys.hours.edit, mentorship.guild_id], t.hours.enter),
            ),
          ]
        : [],
    allowedMentions: { users: [mentorship.mentor_id, mentorship.mentee_id].filter((id) => id !== deletedUser) },
  };
}

/** To each of a pair that cannot have a thread: who the other is, and what to do now. */
export const mentorshipIntroduction: Render = async (scene) => {
  const text = scene.t.notices.mentorship;
  const mentorship = await subjectOf(scene, findMentorship);
  if (!mentorship || (mentorship.state !== 'active' && mentorship.state !== 'paused')) return undefined;
  const isMentor = scene.notice.user_id === mentorship.mentor_id;
  const otherId = isMentor ? mentorship.mentee_id : mentorship.mentor_id;
  const other = showTyped(await scene.memberName(otherId));
  const guild = await shownGuildName(scene);
  if (readDetail('mentorship-introduction', scene.notice) !== null) {
    const body = paragraphs(text.threadLost(mention(scene.t, otherId), guild), threadLine(scene, mentorship));
    return await letter(scene, text.threadLostTitle(other), body, nextIn(scene, mentorship));
  }
  const body = (isMentor ? text.introductionMentor : text.introductionMentee)(mention(scene.t, otherId), guild);
  return await letter(
    scene,
    text.introductionTitle(other),
    paragraphs(body, threadLine(scene, mentorship)),
    nextIn(scene, mentorship),
  );
};

/** To the one who did not end it (or to both): that it is over, why, and how it goes on. */
export const mentorshipEnded: Render = async (scene) => {
  const text = scene.t.notices.mentorship;
  const mentorship = await subjectOf(scene, findMentorship);
  if (!mentorship || mentorship.end_reason === null) return undefined;
  const isMentor = scene.notice.user_id === mentorship.mentor_id;
  const otherId = isMentor ? mentorship.mentee_id : mentorship.mentor_id;
  const guild = await shownGuildName(scene);
  const turn = isMentor
    ? undefined
    : await findKeptTurn(scene.ctx, scene.ctx.db, mentorship.guild_id, mentorship.mentee_id);
  const asks = readDetail('mentorship-ended', scene.notice)?.asks === 'mentor';
  const peers = isMentor ? noPeers : await peersOf(scene, mentorship.mentee_id);
  return await letter(
    scene,
    text.endedTitle(await nameOf(scene, otherId)),
    [
      mention(scene.t, otherId),
      text.endedWhy[mentorship.end_reason],
      (isMentor ? text.endedMentor : text.endedMentee)(guild),
      ...(turn === undefined ? [] : [text.endedKeepsTurn(stamp(turn, 'D'))]),
      ...(hasClosing(mentorship) ? [scene.t.closings.hint] : []),
      ...(asks ? [scene.t.peers.mentor.ask] : peers.lines),
    ].join('\n\n'),
    withSupport(
      scene,
      withNext(
        scene.t,
        scene.guild.id,
        nextAfter(scene, isMentor),
        ...wordAfter(scene, mentorship),
        ...(asks ? mentorAnswers(scene) : peers.buttons),
      ),
    ),
  );
};

/** An end may be hard whatever its reason: somebody to talk to is one press away. */
function withSupport({ t }: Scene, more: More): More {
  return { ...more, components: [...(more.components ?? []), row(button([keys.support.show], t.support.button))] };
}

function mentorAnswers({ t }: Scene) {
  const { yes, notNow } = t.peers.mentor;
  return [button([keys.register.door, 'mentor'], yes, ButtonStyle.Success), button([keys.mentor.notNow], notNow)];
}

function nextAfter({ t }: Scene, isMentor: boolean) {
  return isMentor
    ? button([keys.profile.pause, 'mentor'], t.notices.request.pause)
    : button([keys.mentor.find], t.home.looking.find, ButtonStyle.Primary);
}

/** A word to the other, where it ends with one. */
function wordAfter({ t }: Scene, mentorship: Mentorship) {
  return hasClosing(mentorship) ? [button([keys.mentorship.closing, mentorship.id], t.closings.button)] : [];
}

/** What the other said at the end of a mentorship. */
export const closingWord: Render = async (scene) => {
  const text = scene.t.closings;
  const mentorship = await subjectOf(scene, findMentorship);
  const userId = scene.notice.user_id;
  if (!mentorship || userId === null) return undefined;
  const closing = (await listClosings(scene.ctx.db, mentorship.id)).find(({ to_id: to }) => to === userId);
  if (!closing || closing.word === '') return undefined;
  const isGone = closing.user_id === deletedUser;
  const name = isGone ? scene.t.notices.formerMember : await nameOf(scene, closing.user_id);
  return await letter(scene, text.wordTitle(name), showTyped(closing.word), {
    components: [row(button([keys.mentorship.keepWord, mentorship.id], text.keep))],
  });
};

/** To the other: one says that they are done; or that the other would like to go on. */
export const mentorshipDone: Render = async (scene) => {
  const text = scene.t.notices.mentorship;
  const mentorship = await subjectOf(scene, findMentorship);
  const userId = scene.notice.user_id;
  if (!mentorship || userId === null) return undefined;
  const partnerId = partnerIn(mentorship, userId);
  const partner = mention(scene.t, partnerId);
  if (readDetail('mentorship-done', scene.notice).part === 'refused') {
    if (mentorship.ended_at !== null) return undefined;
    return await letter(scene, text.doneRefusedTitle(await nameOf(scene, partnerId)), text.doneRefused(partner));
  }
  const isAsked = asksWhetherDone(mentorship, userId);
  if (!isAsked && scene.notice.message_id === null) return undefined;
  const title = text.doneTitle(await nameOf(scene, partnerId));
  if (!isAsked) return await letter(scene, title, text.doneOver);
  const components = [row(...doneButtons(scene.t, mentorship))];
  return await letter(scene, title, text.doneAsked(partner), { components });
};

/** The answers to whether both are done. */
export function doneButtons(t: Texts, { id }: Mentorship) {
  const text = t.notices.mentorship;
  return [
    button([keys.mentorship.done, id], text.doneYes, ButtonStyle.Success),
    button([keys.mentorship.goOn, id], text.doneNo),
  ];
}

/** To whoever did not ask for it: the mentorship rests. Why, and whose wish it was, is not said. */
export const mentorshipRests: Render = async (scene) => {
  const text = scene.t.notices.mentorship;
  const mentorship = await subjectOf(scene, findMentorship);
  if (mentorship?.state !== 'paused') return undefined;
  const until = shownUntil(await listRests(scene.ctx.db, mentorship.id));
  const partner = mention(scene.t, partnerIn(mentorship, scene.notice.user_id ?? ''));
  return await letter(
    scene,
    text.restsTitle,
    paragraphs(
      until === null ? text.rests(partner) : text.restsUntil(partner, stamp(until, 'D')),
      text.restsNext,
      threadLine(scene, mentorship),
    ),
    nextIn(scene, mentorship),
  );
};

/** To the same: it goes on. */
export const mentorshipResumed: Render = async (scene) => {
  const text = scene.t.notices.mentorship;
  const mentorship = await subjectOf(scene, findMentorship);
  if (mentorship?.state !== 'active') return undefined;
  const partner = mention(scene.t, partnerIn(mentorship, scene.notice.user_id ?? ''));
  const where = mentorship.thread_id === null ? '' : text.resumedThread(`<#${mentorship.thread_id}>`);
  return await letter(scene, text.resumedTitle, paragraphs(text.resumed(partner), where), nextIn(scene, mentorship));
};

function threadLine({ t }: Scene, { thread_id: threadId }: Mentorship): string {
  return threadId === null ? '' : t.notices.request.yourThread(`<#${threadId}>`);
}

/** The way into the pair's thread, and to how their mentorship stands. */
function nextIn(scene: Scene, { thread_id: threadId }: Mentorship): More {
  const { t } = scene;
  return {
    components: [
      row<APIButtonComponentWithCustomId | APIButtonComponentWithURL>(
        ...wayInto(scene, threadId, t.notices.request.openThread),
        button([keys.mentorship.show], t.home.pairs.show),
      ),
    ],
  };
}

async function nameOf(scene: Scene, userId: string): Promise<string> {
  return showTyped(await scene.memberName(userId));
}
