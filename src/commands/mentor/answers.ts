import { ButtonStyle } from 'discord.js';
import type { MentorRequest } from '../../db/requests.ts';
import type { Accepted, Declined } from '../../mentoring/requests/answer.ts';
import type { Held } from '../../mentoring/requests/hold.ts';
import type { DeclineChoice } from '../../mentoring/requests/rules.ts';
import type { Withdrawn } from '../../mentoring/requests/withdraw.ts';
import { turnKeptDays } from '../../mentoring/turn.ts';
import type { Joined } from '../../mentoring/waitlist.ts';
import type { Instant } from '../../time.ts';
import type { Card } from '../../discord/replies.ts';
import { button, row } from '../../discord/buttons.ts';
import { waitlistRow } from './suggestions.ts';
import { withdrawRow } from './overview.ts';
import { keys } from '../../discord/keys.ts';
import { who } from '../../marks.ts';
import type { Texts } from '../../texts/en.ts';
import type { AskOutcome } from '../../mentoring/requests/ask.ts';

/** What a mentee reads after asking. */
export function askedCard(t: Texts, { request, live, revived, aWeek }: AskOutcome): Card {
  const text = t.mentor;
  const components = [askedRow(t, request)];
  if (request.opens_at !== null && aWeek !== undefined)
    return { content: t.weeks.opens(request.mentor_id, aWeek, request.opens_at), components };
  const [pending] = live;
  if (request.state === 'pending' || !pending) {
    const say = revived ? text.ask.sentAgain : text.ask.sent;
    const behind = live.filter(({ choice }) => choice < request.choice).map(({ mentor_id: id }) => who(id));
    const more = behind.length > 0 ? [t.weeks.behind(t.words.list(behind))] : [];
    return { content: [say(request.mentor_id, until(request)), ...more].join('\n'), components };
  }
  const content = text.ask.queued(request.mentor_id, pending.mentor_id, live.length - 1);
  return { content, components };
}

/** Below a request that was just made: the next choices, how all stand, and the way back. */
function askedRow(t: Texts, request: MentorRequest) {
  const { looking } = t.home;
  return row(
    button([keys.mentor.find], t.mentor.ask.another),
    button([keys.mentor.requests], looking.requests),
    button([keys.mentor.withdraw, request.id], t.mentor.ask.withdraw),
  );
}

/** What a mentor reads after accepting. */
export function acceptedCard(t: Texts, { request, free }: Accepted | Held): Card {
  const text = t.mentor;
  if (request.answer !== null) return restingCard(t, request, free > 0 ? [text.answer.placesLeft(free)] : []);
  return withBreak(t, request, [text.answer.accepted(request.mentee_id), text.answer.placesLeft(free)], free > 0);
}

/** What a mentor reads after declining. */
export function declinedCard(t: Texts, { request }: Declined | Held, choice: DeclineChoice): Card {
  const text = t.mentor;
  if (request.answer !== null) return restingCard(t, request, []);
  const lines = [text.answer.declined(request.mentee_id)];
  if (choice === 'never-again') lines.push(text.answer.neverAgain(request.mentee_id));
  return withBreak(t, request, lines, true);
}

/** An answer that rests, and the way to take it back. */
export function restingCard(t: Texts, request: MentorRequest, more: readonly string[]): Card {
  const text = t.mentor.answer;
  const said = text.rests[request.answer ?? 'accept'](request.mentee_id, request.answer_due_at ?? request.created_at);
  return {
    content: [said, ...more].join('\n'),
    components: [
      row(
        button([keys.mentor.takeBack, request.id], text.takeBack),
        button([keys.mentor.pause, request.id], text.pause),
      ),
    ],
  };
}

/** Offers a break to a mentor who has just answered, where there is anything to pause. */
function withBreak(t: Texts, request: MentorRequest, lines: readonly string[], offer: boolean): Card {
  const text = t.mentor;
  if (!offer) return { content: lines.join('\n') };
  return {
    content: [...lines, text.answer.pauseHint].join('\n'),
    components: [row(button([keys.mentor.pause, request.id], text.answer.pause))],
  };
}

/** What a mentor reads who takes no new requests for now. @param until null until they resume. */
export function stoppedCard(t: Texts, requestId: string, until: Instant | null): Card {
  const text = t.mentor.answer;
  const choices = stopDays.map((days) => button([keys.mentor.pause, requestId, String(days)], text.stopFor(days)));
  return {
    content: until === null ? text.paused : text.stoppedUntil(until),
    components: [row(...choices, button([keys.profile.resume, 'mentor'], t.home.mentor.resume))],
  };
}

/** For how many days a mentor may stop at a press. */
export const stopDays = [14, 28] as const;

/** What a mentee reads after withdrawing, in place of the list in which they did it. */
export function withdrawnCard(t: Texts, { request, onward }: Withdrawn, live: readonly MentorRequest[]): Card {
  const text = t.mentor;
  const lines = [text.withdraw.done(request.mentor_id)];
  if (onward.is === 'sent') lines.push(text.withdraw.next(onward.request.mentor_id, until(onward.request)));
  else if (onward.is === 'opens')
    lines.push(t.weeks.home(onward.request.mentor_id, onward.request.opens_at ?? onward.request.created_at));
  else if (live.length === 0) lines.push(text.withdraw.nothingNext(turnKeptDays));
  const next =
    live.length === 0
      ? button([keys.mentor.find], t.home.looking.find, ButtonStyle.Primary)
      : button([keys.mentor.requests], t.home.looking.requests);
  return { content: lines.join('\n'), components: [row(next)] };
}

/** Which request is to be taken back. */
export function whichCard(
  t: Texts,
  live: readonly MentorRequest[],
  nameOf: (userId: string) => string | undefined,
): Card {
  const text = t.mentor;
  if (live.length === 0) return { content: text.withdraw.none };
  const lines = live.map((request, i) => `${i + 1}. <@${request.mentor_id}>`);
  return { content: [text.withdraw.which, ...lines].join('\n'), components: withdrawRow(t, live, nameOf) };
}

/** What a mentee reads after joining the waitlist. */
export function waitingCard(t: Texts, { place, already, keeps }: Joined): Card {
  const text = t.mentor;
  const { position, waiting, joinedAt } = place;
  return {
    content: already
      ? text.waitlist.already(position, waiting, joinedAt)
      : [text.waitlist.joined(position, waiting), ...(keeps ? [text.waitlist.keeps(joinedAt)] : [])].join('\n'),
    components: [waitlistRow(t, place, ButtonStyle.Secondary)],
  };
}

/** What a mentee reads after leaving the waitlist. */
export function leftWaitlistCard(t: Texts, since: Instant | undefined): Card {
  const text = t.mentor;
  return {
    content: since === undefined ? text.waitlist.notOn : text.waitlist.left(since, turnKeptDays),
    components: [row(button([keys.mentor.waitlist], text.waitlist.join, ButtonStyle.Secondary))],
  };
}

function until(request: MentorRequest): string {
  return request.expires_at ?? request.created_at;
}
