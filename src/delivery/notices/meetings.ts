/** What is said about a meeting, in the thread of the two and to one of them. */
import { ButtonStyle } from 'discord.js';
import { findMeeting, findOpenMeeting, isTimed, listWithoutReminders, type Meeting } from '../../db/meetings.ts';
import { findMember } from '../../db/members.ts';
import { findMentorship, type Mentorship } from '../../db/mentorships.ts';
import type { MeetingThreadPart } from '../../db/notice-kinds.ts';
import { readDetail } from '../../db/notices/write.ts';
import type { Db } from '../../db/open.ts';
import { deletedUser, type MeetingWord } from '../../db/schema.ts';
import { button, row } from '../../discord/buttons.ts';
import { embed } from '../../discord/embeds.ts';
import { keys } from '../../discord/keys.ts';
import { bothClocks } from '../../discord/local-times.ts';
import type { Card } from '../../discord/replies.ts';
import { mention, showTyped } from '../../discord/text.ts';
import { bothOf, partnerIn } from '../../mentoring/mentorships.ts';
import type { Texts } from '../../texts/en.ts';
import { epochMs } from '../../time.ts';
import { paragraphs } from './people.ts';
import { letter, type Render, type Scene, type Setting, subjectOf } from './scene.ts';

/** A meeting, its pair, and their zones, the mentor's first. */
interface Told {
  readonly meeting: Meeting;
  readonly pair: Mentorship;
  readonly zones: readonly [mentor: string, mentee: string];
}

async function told({ ctx }: Pick<Setting, 'ctx'>, meeting: Meeting | undefined): Promise<Told | undefined> {
  const pair = meeting && (await findMentorship(ctx.db, meeting.mentorship_id));
  if (!meeting || !pair) return undefined;
  const zoneOf = async (userId: string) => (await findMember(ctx.db, pair.guild_id, userId))?.zone ?? 'Etc/UTC';
  return { meeting, pair, zones: [await zoneOf(pair.mentor_id), await zoneOf(pair.mentee_id)] };
}

/** The mentorship of a meeting. */
export async function meetingPair(db: Db, meetingId: string): Promise<Mentorship | undefined> {
  const meeting = await findMeeting(db, meetingId);
  return meeting && (await findMentorship(db, meeting.mentorship_id));
}

/** In the thread: reminders and the question only while the meeting still stands. */
export const meetingThread: Render = async (scene) => {
  const about = await told(scene, await subjectOf(scene, findMeeting));
  if (!about) return undefined;
  const { part } = readDetail('meeting-thread', scene.notice);
  const body = await meetingBody(scene, about, part);
  if (!body) return undefined;
  const to = await addressees(scene, about, part);
  const isMention = to.length > 0;
  return {
    ...(isMention ? { content: to.map((id) => mention(scene.t, id)).join(' ') } : {}),
    embeds: [embed(scene.t, body.title, body.text)],
    components: body.components,
    allowedMentions: { users: [...to] },
  };
};

/** To one of the two. */
export const meetingLetter: Render = async (scene) => {
  const about = await told(scene, await subjectOf(scene, findMeeting));
  const userId = scene.notice.user_id;
  if (!about || userId === null) return undefined;
  const text = scene.t.meetings;
  const { part } = readDetail('meeting-letter', scene.notice);
  const partnerId = partnerIn(about.pair, userId);
  const name = async () => showTyped(await scene.memberName(partnerId));
  if (part === 'refused') {
    return await letter(
      scene,
      text.letterTitle.refused(await name()),
      text.refusedLetter(mention(scene.t, partnerId)),
      {
        components: [row(findButton(scene, about.pair))],
      },
    );
  }
  if (part === 'proposed' && about.meeting.options.length > 0) return await proposalLetter(scene, about, userId);
  const body = await meetingBody(scene, about, part, userId);
  if (!body) return undefined;
  const isTold = part === 'proposed' || part === 'agreed' || part === 'called-off';
  const title = isTold && !body.isOver ? text.letterTitle[part](await name()) : body.title;
  return await letter(scene, title, paragraphs(mention(scene.t, partnerId), body.text), {
    components: body.components,
  });
};

/** The card of times that wait for somebody's answer, as in a direct message, in `/inbox`; undefined once nothing waits. */
export async function proposalCard(setting: Setting, meeting: Meeting, userId: string): Promise<Card | undefined> {
  const about = await told(setting, meeting);
  return about && (await proposalLetter(setting, about, userId));
}

async function proposalLetter(setting: Setting, about: Told, userId: string): Promise<Card> {
  const { t } = setting;
  const partnerId = partnerIn(about.pair, userId);
  const { text, components } = proposal(setting, about, userId);
  const title = t.meetings.letterTitle.proposed(showTyped(await setting.memberName(partnerId)));
  return await letter(setting, title, paragraphs(mention(t, partnerId), text), { components });
}

/** What a card says of a meeting. */
interface Body {
  readonly title: string;
  readonly text: string;
  readonly components: NonNullable<Card['components']>;
  /** Whether what it was first said for has passed. */
  readonly isOver?: true;
}

/** @param reader whose own part it is; undefined in the thread. */
async function meetingBody(
  scene: Scene,
  about: Told,
  part: MeetingThreadPart,
  reader?: string,
): Promise<Body | undefined> {
  const { t, ctx, notice } = scene;
  const { meeting, pair } = about;
  const text = t.meetings;
  const isFirst = notice.message_id === null;
  switch (part) {
    case 'proposed':
      if (meeting.options.length > 0) return proposal(scene, about, reader);
      if (isFirst && meeting.state !== 'agreed') return undefined;
      return await standing(scene, about, reader);
    case 'agreed':
    case 'called-off':
      return await standing(scene, about, reader);
    case 'day-before':
    case 'hour-before': {
      // Planned when it was agreed: what was called off, moved or is over needs no reminder.
      if (meeting.state !== 'agreed' || !isTimed(meeting) || meeting.starts_at <= ctx.now()) return undefined;
      if (pair.ended_at !== null) return undefined;
      const body = await standing(scene, about, reader);
      return { ...body, title: text.remindTitle[part], text: paragraphs(body.text, text.remindersOff) };
    }
    case 'how-was-it': {
      if (!isTimed(meeting) || pair.ended_at !== null) return undefined;
      // Nothing is asked of two who rest.
      if (isFirst && pair.state === 'paused') return undefined;
      // Said already, or called off before.
      if (isFirst && (meeting.state !== 'agreed' || meeting.said_at !== null)) return undefined;
      if (meeting.state !== 'agreed' && meeting.said_at === null) return undefined;
      return { title: text.askTitle, text: text.ask(meeting.starts_at), components: [row(...wordButtons(t, meeting))] };
    }
  }
}

/** Times that wait for an answer. */
function proposal({ t }: Pick<Setting, 't'>, { meeting, pair, zones }: Told, reader?: string): Body {
  const text = t.meetings;
  const by =
    meeting.proposed_by === 'bot' ? undefined : meeting.proposed_by === 'mentor' ? pair.mentor_id : pair.mentee_id;
  const [own, other] = reader === pair.mentor_id ? zones : [zones[1], zones[0]];
  const moves = meeting.state === 'agreed' ? meeting.starts_at : null;
  const isMove = moves !== null;
  const heading =
    by === undefined
      ? text.botProposal(meeting.minutes)
      : isMove
        ? text.moveProposal(mention(t, by), moves)
        : text.proposal(mention(t, by), meeting.minutes);
  const lines = meeting.options.map((at, i) => text.option(i + 1, at, bothClocks(t, at, own, other)));
  const { take, otherwise } = proposalButtons(t, meeting);
  return {
    title: isMove ? text.moveTitle : text.proposalTitle,
    text: [heading, ...lines].join('\n\n'),
    components: [row(...take), row(...otherwise)],
  };
}

/** What can be pressed about times that were proposed: also where their message is out of reach. */
export function proposalButtons(t: Texts, { id, mentorship_id: pairId, minutes, options }: Meeting) {
  const text = t.meetings;
  return {
    take: options.map((at, i) =>
      button([keys.mentorship.take, id, String(epochMs(at))], text.optionButton(i + 1), ButtonStyle.Primary),
    ),
    otherwise: [
      button([keys.mentorship.none, id], text.none),
      button([keys.mentorship.meet, pairId, String(minutes)], text.others),
    ],
  };
}

/** The same about a meeting that is agreed. */
export function agreedButtons(t: Texts, { id, mentorship_id: pairId, minutes }: Meeting) {
  const text = t.meetings;
  return [
    button([keys.mentorship.calendar, id], text.calendar, ButtonStyle.Primary),
    button([keys.mentorship.meet, pairId, String(minutes)], text.move),
    button([keys.mentorship.callOff, id], text.callOff),
  ];
}

/** The same about one that is over: what became of it. */
export function wordButtons(t: Texts, { id }: Meeting) {
  const words: readonly MeetingWord[] = ['held', 'moved', 'missed'];
  return words.map((word) =>
    button(
      [keys.mentorship.say, id, word],
      t.meetings.askButtons[word],
      word === 'held' ? ButtonStyle.Success : ButtonStyle.Secondary,
    ),
  );
}

/** How a meeting stands that was agreed, or what has become of it. */
async function standing(scene: Scene, { meeting, pair, zones }: Told, reader?: string): Promise<Body> {
  const { t, ctx } = scene;
  const text = t.meetings;
  if (meeting.state === 'agreed' && isTimed(meeting)) {
    const [own, other] = reader === pair.mentor_id ? zones : [zones[1], zones[0]];
    const at = meeting.starts_at;
    const isOver = meeting.ends_at <= ctx.now();
    const where =
      meeting.place === null ? (reader ? text.whereLetter : text.whereThread) : text.where(shownPlace(meeting.place));
    return {
      title: text.agreedTitle,
      text: paragraphs(
        text.agreed(mention(t, pair.mentor_id), mention(t, pair.mentee_id), at, meeting.minutes),
        bothClocks(t, at, own, other),
        where,
      ),
      components: isOver ? [] : [row(...agreedButtons(t, meeting))],
    };
  }
  const isOver = true as const;
  if (meeting.state === 'called-off' && meeting.starts_at !== null) {
    const open = await findOpenMeeting(ctx.db, pair.id);
    const moved = open?.series_id === meeting.series_id && open.starts_at !== null ? open.starts_at : undefined;
    const words = moved === undefined ? text.calledOff(meeting.starts_at) : text.movedTo(moved);
    return { title: text.calledOffTitle, text: words, components: [], ...(moved === undefined ? {} : { isOver }) };
  }
  if (meeting.starts_at !== null)
    return { title: text.agreedTitle, text: text.over(meeting.starts_at), components: [], isOver };
  const hasOther = (await findOpenMeeting(ctx.db, pair.id)) !== undefined;
  return { title: text.proposalTitle, text: hasOther ? text.replaced : text.refusedHere, components: [], isOver };
}

/** Where a meeting is, as a card shows it: an address as typed, or a channel. */
export function shownPlace(place: string): string {
  return /^\d+$/.test(place) ? `<#${place}>` : showTyped(place);
}

/** Whom a message in the thread mentions. */
async function addressees(
  { ctx }: Scene,
  { meeting, pair }: Told,
  part: MeetingThreadPart,
): Promise<readonly string[]> {
  const both = bothOf(pair).filter((id) => id !== deletedUser);
  if (part === 'day-before' || part === 'hour-before') {
    const without = await listWithoutReminders(ctx.db, pair.guild_id, both);
    return both.filter((id) => !without.includes(id));
  }
  if (part === 'proposed' && meeting.proposed_by !== 'bot')
    return [meeting.proposed_by === 'mentor' ? pair.mentee_id : pair.mentor_id];
  return both;
}

function findButton({ t }: Scene, pair: Mentorship) {
  return button([keys.mentorship.meet, pair.id], t.meetings.findTime, ButtonStyle.Primary);
}
