import { type APIEmbed, ButtonStyle } from 'discord.js';
import type { MentorRequest } from '../../db/requests.ts';
import type { Overview } from '../../mentoring/requests/overview.ts';
import type { Card } from '../../discord/replies.ts';
import { button, row } from '../../discord/buttons.ts';
import { waitlistRow } from './suggestions.ts';
import { keys } from '../../discord/keys.ts';
import { shorten } from '../../discord/text.ts';
import type { Texts } from '../../texts/en.ts';

/** Requests with buttons in one message: Discord takes five rows, one of which is for the mentee's own. */
const mostWaiting = 4;
/** Characters of a message as shown, so that four of them fit into one answer. */
const messageShown = 600;

type Rows = NonNullable<Card['components']>;
/** A member's name, as they typed it; undefined where it is not known. */
export type NameOf = (userId: string) => string | undefined;

/** Whose names the buttons of an overview need. */
export function namedIn({ asMentee, asMentor }: Overview): string[] {
  return [
    ...(asMentee?.live ?? []).map((request) => request.mentor_id),
    ...(asMentor?.waiting ?? []).slice(0, mostWaiting).map((request) => request.mentee_id),
  ];
}

/**
 * How a member's requests stand, with a button for everything that can be done about them.
 * @param nameOf a member's name, where it is known.
 */
export function overviewCard(t: Texts, overview: Overview, nameOf: NameOf): Card {
  const { asMentee, asMentor } = overview;
  const embeds: APIEmbed[] = [];
  const components: Rows = [];
  if (asMentee) {
    embeds.push(menteeEmbed(t, asMentee));
    if (asMentee.live.length > 0) components.push(...withdrawRow(t, asMentee.live, nameOf));
    // Nobody waits for a round and for an answer at once; a row is not to spare here.
    else if (asMentee.place) components.push(waitlistRow(t, asMentee.place, ButtonStyle.Secondary));
  }
  if (asMentor) {
    embeds.push(mentorEmbed(t, asMentor));
    components.push(...answerRows(t, asMentor.waiting, nameOf));
  }
  return { embeds, components };
}

function menteeEmbed(t: Texts, { live, past, place }: NonNullable<Overview['asMentee']>): APIEmbed {
  const text = t.mentor.requests;
  const waits = place ? [text.waitlist(place.position, place.waiting)] : [];
  const underWay = live.map((request, i) => `${i + 1}. ${liveLine(t, request, i + 1)}`);
  return {
    title: text.title,
    description: [...(underWay.length > 0 ? underWay : [text.none]), ...waits].join('\n'),
    ...(past.length > 0
      ? { fields: [{ name: text.past, value: past.map((each) => pastLine(t, each)).join('\n') }] }
      : {}),
  };
}

function liveLine(t: Texts, request: MentorRequest, n: number): string {
  const text = t.mentor.requests;
  if (request.opens_at !== null) return t.weeks.line(request.mentor_id, request.opens_at);
  if (request.state === 'queued') return text.queued(request.mentor_id, n);
  return text.pending(request.mentor_id, request.expires_at ?? request.created_at);
}

/** A request that has ended. What the mentor wrote is in the message that told of it. */
function pastLine(t: Texts, request: MentorRequest): string {
  const text = t.mentor.requests;
  const at = request.decided_at ?? request.created_at;
  const { mentor_id: mentor, state } = request;
  if (state === 'declined') return text.outcome.declined(mentor, at, declineWords(t, request.decline_reason));
  return state === 'queued' || state === 'pending' ? '' : text.outcome[state](mentor, at);
}

function declineWords(t: Texts, reason: string | null): string {
  const words: Readonly<Record<string, string>> = t.mentor.requests.reasons;
  return words[reason ?? ''] ?? '';
}

/** A button for each request that can be taken back, numbered as in the list. */
export function withdrawRow(t: Texts, live: readonly MentorRequest[], nameOf: NameOf): Rows {
  const text = t.mentor.requests;
  if (live.length === 0) return [];
  return [
    row(
      ...live.map((request, i) =>
        button([keys.mentor.withdraw, request.id], text.withdraw(i + 1, nameOf(request.mentor_id))),
      ),
    ),
  ];
}

function mentorEmbed(t: Texts, { waiting, opening, aWeek }: NonNullable<Overview['asMentor']>): APIEmbed {
  const text = t.mentor.requests;
  const shown = waiting.slice(0, mostWaiting).map((request, i) => {
    const message = shorten(request.message, messageShown);
    const line = `${i + 1}. ${text.waiting(request.mentee_id, request.expires_at ?? request.created_at)}`;
    return message === '' ? line : `${line}\n${message}`;
  });
  const rest = waiting.length - shown.length;
  return {
    title: text.waitingForYou,
    description: [
      ...(shown.length > 0 ? shown : [text.nothingForYou]),
      ...(rest > 0 ? [text.more(rest)] : []),
      ...(opening > 0 ? [t.weeks.waitingForYou(opening, aWeek)] : []),
    ].join('\n\n'),
  };
}

function answerRows(t: Texts, waiting: readonly MentorRequest[], nameOf: NameOf): Rows {
  const text = t.mentor.requests;
  return waiting
    .slice(0, mostWaiting)
    .map((request, i) =>
      request.answer !== null
        ? row(button([keys.mentor.takeBack, request.id], `${i + 1} · ${t.mentor.answer.takeBack}`))
        : row(
            button(
              [keys.mentor.accept, request.id],
              text.accept(i + 1, nameOf(request.mentee_id)),
              ButtonStyle.Success,
            ),
            button([keys.mentor.decline, request.id], text.decline(i + 1, nameOf(request.mentee_id))),
          ),
    );
}
