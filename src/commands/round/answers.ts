import { type APIEmbedField, ButtonStyle } from 'discord.js';
import type { Round } from '../../db/rounds.ts';
import type { RoundWish } from '../../db/schema.ts';
import type { WishedPair } from '../../mentoring/rounds/wishes.ts';
import { averageFit } from '../../mentoring/rounds/figures.ts';
import type { PastRound } from '../../mentoring/rounds/history.ts';
import type { PublishOutcome, RoundReach } from '../../mentoring/rounds/publish.ts';
import { button, row } from '../../discord/buttons.ts';
import type { Card } from '../../discord/replies.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';
import { accent } from '../../discord/palette.ts';

/** Asks whether a preview shall really be published, and says to how many people that writes. */
export function confirmCard(t: Texts, { round, mentors, mentees, left }: RoundReach): Card {
  const text = t.rounds;
  const ids = [round.id, String(round.run)] as const;
  return {
    content: `**${text.confirm.title}**\n${text.confirm.body(mentors, mentees, left)}`,
    components: [
      row(
        button([keys.round.publishNow, ...ids], text.confirm.yes, ButtonStyle.Success),
        button([keys.round.back, ...ids], text.confirm.back),
      ),
    ],
  };
}

/** Asks whether a pair shall be the opposite of what was wished of it before. */
export function oppositeCard(t: Texts, { menteeId, mentorId }: WishedPair, kind: RoundWish): Card {
  const text = t.rounds.opposite;
  return {
    content: text[kind](menteeId, mentorId),
    components: [
      row(
        button(
          [keys.round.wish, kind, menteeId, mentorId],
          kind === 'pinned' ? text.pinnedYes : text.forbiddenYes,
          ButtonStyle.Primary,
        ),
        button([keys.round.keep], text.no),
      ),
    ],
  };
}

/** What publishing did. */
export function publishedCard(t: Texts, { requests, told, skipped }: PublishOutcome): Card {
  const say = t.rounds.published;
  const words: Readonly<Record<string, string>> = say.why;
  const left = Object.entries(skipped);
  const total = left.reduce((sum, [, n]) => sum + n, 0);
  return {
    content: [
      say.done(requests),
      ...(told > 0 ? [say.told(told)] : []),
      ...(total > 0 ? [say.skipped(total), ...left.map(([why, n]) => say.skippedLine(words[why] ?? why, n))] : []),
    ].join('\n'),
  };
}

/** What a moderator reads after a round was discarded or cancelled. */
export function endedCard(t: Texts, round: Round): Card {
  const text = t.rounds;
  if (round.state !== 'cancelled') return { content: text.discarded };
  return { content: text.computing.cancelled(round.closed_by ?? round.created_by) };
}

/** The latest rounds, and how their requests stand. */
export function historyCard(t: Texts, rounds: readonly PastRound[]): Card {
  const text = t.rounds;
  if (rounds.length === 0) return { content: text.history.none };
  return { embeds: [{ color: accent, title: text.history.title, fields: rounds.map((each) => pastField(t, each)) }] };
}

function pastField(t: Texts, { round, figures, outcome, requests }: PastRound): APIEmbedField {
  const text = t.rounds;
  const say = text.history;
  const state = say.states[round.state === 'published' && !outcome ? 'publishing' : round.state];
  const closed =
    round.closed_by !== null && round.closed_at !== null ? say.by(state, round.closed_by, round.closed_at) : state;
  return {
    // Discord shows neither stamps nor mentions in the name of a field.
    name: '\u200b',
    value: [
      say.line(round.created_at, closed),
      ...(figures ? [say.figures(figures.matched, figures.mentees, text.card.average(averageFit(figures)))] : []),
      ...(outcome ? [say.sent(outcome.requests, outcome.told)] : []),
      ...(outcome && outcome.requests > 0
        ? [say.since(requests.accepted, requests.declined, requests.pending, requests.other)]
        : []),
    ].join('\n'),
  };
}
