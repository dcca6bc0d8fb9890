/**
 * What waits for somebody in a mentorship, and what they can press about it: the same as below the bot's messages, which
 * may be in an archived thread or a closed mailbox.
 */
import type { APIEmbedField } from 'discord.js';
import { type CheckIn, listCheckIns } from '../../db/check-ins.ts';
import { isTimed, type Meeting, wordColumn } from '../../db/meetings.ts';
import type { Mentorship } from '../../db/mentorships.ts';
import { answerButtons, isAsked } from '../../delivery/notices/check-ins.ts';
import { agreedButtons, proposalButtons, wordButtons } from '../../delivery/notices/meetings.ts';
import { doneButtons } from '../../delivery/notices/mentorships.ts';
import type { ActContext } from '../../discord/command.ts';
import type { HomeButton } from '../../discord/home/index.ts';
import { who } from '../../marks.ts';
import { asksWhetherDone } from '../../mentoring/completion.ts';
import { isAskedAbout } from '../../mentoring/meetings/outcome.ts';
import { waitsForAnswer } from '../../mentoring/meetings/waiting.ts';
import { partnerIn, roleIn } from '../../mentoring/mentorships.ts';

/** What waits, and the buttons, in groups that belong beside each other. */
export interface Waits {
  readonly fields: readonly APIEmbedField[];
  readonly buttons: readonly (readonly HomeButton[])[];
  /** What waits for an answer of theirs, each in a word or two. */
  readonly named: readonly string[];
  /** Whether one of the buttons finds other times for the open meeting. */
  readonly hasOpenMeeting: boolean;
}

/** What waits for one of the two. @param meetings all of the mentorship's. */
export async function findWaits(
  ctx: ActContext,
  mentorship: Mentorship,
  userId: string,
  meetings: readonly Meeting[],
): Promise<Waits> {
  const open = openMeeting(ctx, mentorship, userId, meetings);
  const parts = [
    open,
    lastMeeting(ctx, mentorship, userId, meetings),
    done(ctx, mentorship, userId),
    await question(ctx, mentorship, userId),
  ];
  return {
    fields: parts.flatMap(({ field }) => field ?? []),
    buttons: parts.map(({ buttons }) => buttons).flat(),
    named: parts.flatMap(({ named }) => named ?? []),
    hasOpenMeeting: open.buttons.length > 0,
  };
}

/** One thing that may wait. */
interface Part {
  readonly field?: APIEmbedField;
  readonly named?: string;
  readonly buttons: readonly (readonly HomeButton[])[];
}
const nothing: Part = { buttons: [] };

/** Times that the other, or the bot, proposed; a meeting that is agreed. The card says elsewhere which. */
function openMeeting(
  { t, now }: ActContext,
  mentorship: Mentorship,
  userId: string,
  meetings: readonly Meeting[],
): Part {
  const open = meetings.find(({ state }) => state === 'proposed' || state === 'agreed');
  if (!open) return nothing;
  const { take, otherwise } = proposalButtons(t, open);
  const isOffered = waitsForAnswer(open, mentorship, userId);
  const offered = isOffered ? [take, otherwise] : [];
  const named = isOffered ? { named: t.mentorship.waits.times } : {};
  if (open.state !== 'agreed') return { ...named, buttons: offered };
  return {
    ...named,
    buttons: [...offered, ...(isTimed(open) && open.ends_at > now() ? [agreedButtons(t, open)] : [])],
  };
}

/** How the last meeting was; one about which they have said nothing goes first. */
function lastMeeting(
  { t, now }: ActContext,
  mentorship: Mentorship,
  userId: string,
  meetings: readonly Meeting[],
): Part {
  const role = roleIn(mentorship, userId);
  if (!role) return nothing;
  const saidOf = (meeting: Meeting) => meeting[wordColumn(role)];
  const over = meetings.filter((meeting) => isAskedAbout(meeting, now()));
  const meeting = over.findLast((each) => saidOf(each) === null) ?? over.at(-1);
  if (!meeting || !isTimed(meeting)) return nothing;
  const text = t.meetings;
  const said = saidOf(meeting);
  const value = said === null ? text.ask(meeting.starts_at) : text.askedAgain(meeting.starts_at, text.askButtons[said]);
  return {
    field: { name: text.askTitle, value },
    ...(said === null ? { named: t.mentorship.waits.meeting } : {}),
    buttons: [wordButtons(t, meeting)],
  };
}

/** The other says that they are done. */
function done({ t }: ActContext, mentorship: Mentorship, userId: string): Part {
  if (!asksWhetherDone(mentorship, userId)) return nothing;
  const value = t.notices.mentorship.doneAsked(who(partnerIn(mentorship, userId)));
  return {
    field: { name: t.mentorship.waits.doneTitle, value },
    named: t.mentorship.waits.done,
    buttons: [doneButtons(t, mentorship)],
  };
}

/** The latest of the bot's questions that they have not answered; once they have, the one before it. */
async function question(ctx: ActContext, mentorship: Mentorship, userId: string): Promise<Part> {
  const { t } = ctx;
  const asked = await listCheckIns(ctx.db, mentorship.id);
  const isOpen = ({ user_id: of, answered_at: at, kind }: CheckIn) => of === userId && at === null && isAsked(t, kind);
  const last = asked.findLast(isOpen);
  if (!last || !isAsked(t, last.kind)) return nothing;
  const value = t.checkIns.body[last.kind](who(partnerIn(mentorship, userId)), mentorship.due_at);
  return {
    field: { name: t.checkIns.openTitle, value },
    named: t.mentorship.waits.question,
    buttons: [answerButtons(t, last)],
  };
}
