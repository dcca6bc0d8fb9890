import { type APIEmbed, type APIEmbedField, ButtonStyle } from 'discord.js';
import type { RoundLeft } from '../../db/round-pairs.ts';
import type { Round } from '../../db/rounds.ts';
import type { Step } from '../../mentoring/rounds/compute.ts';
import { averageFit, type Figures, type MatchingMethod } from '../../mentoring/rounds/figures.ts';
import type { LeftWhy } from '../../mentoring/rounds/left.ts';
import type { PreviewView } from '../../mentoring/rounds/view.ts';
import { button, row } from '../../discord/buttons.ts';
import type { Card } from '../../discord/replies.ts';
import { mention } from '../../discord/text.ts';
import { type NameOf, previewCsv } from './csv.ts';
import { distributionOf, drawDistribution, sayDistribution } from './distribution.ts';
import { keys } from '../../discord/keys.ts';
import type { Texts } from '../../texts/en.ts';
import { accent } from '../../discord/palette.ts';

/** Names of those who wait on, under each reason; mentions are long, and a field takes 1,024 characters. */
const mostNames = 8;
/** Pairs that a moderator is asked to look at: so many at most, and only below half of the scale. */
const mostWeakest = 5;
const weakBelow = 5_000;
/** Wishes named on the card; the file of a round has all pairs. */
const mostWishes = 8;

const pictureName = 'fit.png';
const csvName = 'round.csv';

/** How far a computation is, with a button that cancels it. */
export function progressCard(t: Texts, round: Round, step: Step): Card {
  const say = t.rounds.computing;
  return {
    content: [say.status(say.phases[step.phase], step.done), say.hint].join('\n'),
    components: [row(button([keys.round.cancel, round.id], say.cancel))],
  };
}

/** A preview: the figures beside those of simpler ways, who waits on, the weakest pairs, a picture and a file. */
export async function previewCard(t: Texts, view: PreviewView, nameOf: NameOf): Promise<Card> {
  const text = t.rounds.card;
  const { round, figures, pairs, left } = view;
  const bars = distributionOf(pairs.map(({ fit }) => fit));
  const hasPairs = pairs.length > 0;
  const embed: APIEmbed = {
    color: accent,
    title: text.title,
    description: headline(t, view),
    fields: [
      ...(figures.mentees > 0 ? [compareField(t, figures)] : []),
      ...leftField(t, left, round),
      ...weakestField(t, view),
      ...wishesField(t, view),
    ],
    ...(hasPairs ? { image: { url: `attachment://${pictureName}` } } : {}),
  };
  const csv = { name: csvName, attachment: await previewCsv(t, view, nameOf) };
  return {
    embeds: [embed],
    files: [...(hasPairs ? [await pictureOf(t, bars)] : []), ...(hasPairs || left.length > 0 ? [csv] : [])],
    components: [
      row(
        ...(hasPairs
          ? [button([keys.round.publish, round.id, String(round.run)], text.publish, ButtonStyle.Success)]
          : []),
        ...(hasPairs || left.length > 0
          ? [button([keys.round.pairs, round.id, String(round.run), '0'], text.pairs)]
          : []),
        button([keys.round.recompute, round.id, String(round.run)], text.recompute),
        button([keys.round.discard, round.id], text.discard),
      ),
    ],
  };
}

function headline(t: Texts, { round, figures, pairs, left }: PreviewView): string {
  const text = t.rounds.card;
  const nobody = figures.mentees === 0;
  const fellAway = Math.max(0, figures.mentees - pairs.length - left.length) + left.filter(isGone).length;
  return [
    nobody ? text.nobodyWaits : text.headline(pairs.length, figures.mentees, figures.places),
    ...(fellAway > 0 ? [text.fellAway(fellAway)] : []),
    text.nothingSent,
    text.by(round.created_by, round.computed_at ?? round.created_at),
    ...(pairs.length + left.length > 0 ? [text.file] : []),
  ].join('\n');
}

function isGone({ why }: RoundLeft): boolean {
  return why === ('mentor-gone' satisfies LeftWhy);
}

function compareField(t: Texts, figures: Figures): APIEmbedField {
  const text = t.rounds.card;
  const say = text.compare;
  const line = (name: string, way: MatchingMethod) =>
    say.line(name, way.matched, text.compared(averageFit(way)), say.gains(way.blockingMentees));
  return {
    name: say.heading,
    value: [
      line(say.round, figures),
      line(say.greedy, figures.greedy),
      line(say.deferredAcceptance, figures.deferredAcceptance),
      ...(figures.matched > 0 ? [text.proof(figures.gap)] : []),
    ].join('\n'),
  };
}

function leftField(t: Texts, left: readonly RoundLeft[], round: Round): APIEmbedField[] {
  const text = t.rounds.card;
  if (left.length === 0) return [];
  const say = text.left;
  const reasons = Object.keys(say.why) as LeftWhy[];
  const lines = reasons.flatMap((why) => {
    const those = left.filter((one) => one.why === why);
    if (those.length === 0) return [];
    const named = those.slice(0, mostNames).map(({ mentee_id: id }) => mention(t, id));
    return [
      `**${say.why[why](those.length, text.average(round.floor))}**`,
      say.names(named, those.length - named.length),
    ];
  });
  return [{ name: say.heading(left.length), value: lines.join('\n') }];
}

function weakestField(t: Texts, { pairs }: PreviewView): APIEmbedField[] {
  const text = t.rounds.card;
  const weak = pairs.filter(({ fit }) => fit < weakBelow);
  if (weak.length === 0) return [];
  const lines = weak
    .slice(0, mostWeakest)
    .map((pair) => text.weakest.line(pair.mentee_id, pair.mentor_id, text.average(pair.fit), pair.pinned === 1));
  return [{ name: text.weakest.heading, value: lines.join('\n') }];
}

function wishesField(t: Texts, { wishes, pairs }: PreviewView): APIEmbedField[] {
  const text = t.rounds.card;
  if (wishes.length === 0) return [];
  const proposed = new Set(pairs.map(({ mentee_id: mentee, mentor_id: mentor }) => `${mentee} ${mentor}`));
  const lines = wishes.slice(0, mostWishes).map(({ kind, mentee_id: mentee, mentor_id: mentor }) => {
    if (kind === 'forbidden') return text.wishes.forbidden(mentee, mentor);
    return proposed.has(`${mentee} ${mentor}`)
      ? text.wishes.pinned(mentee, mentor)
      : text.wishes.dropped(mentee, mentor);
  });
  const rest = wishes.length - lines.length;
  return [{ name: text.wishes.heading, value: [...lines, ...(rest > 0 ? [text.wishes.more(rest)] : [])].join('\n') }];
}

async function pictureOf(t: Texts, bars: readonly number[]): Promise<NonNullable<Card['files']>[number]> {
  return { name: pictureName, attachment: await drawDistribution(t, bars), description: sayDistribution(t, bars) };
}
