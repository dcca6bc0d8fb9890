/** How office hours are written, wherever they are shown. */
import type { APIEmbed } from 'discord.js';
import type { OfficeHour, OfficeQuestion } from '../../db/office-hours.ts';
import { clip } from '../../marks.ts';
import type { Standing } from '../../mentoring/office-hours/places.ts';
import type { Texts } from '../../texts/en.ts';
import { embed } from '../embeds.ts';
import { mention, showTyped } from '../text.ts';

/** The topic as typed, safe to show; words for one whose mentor deleted their data. */
export function topicText(t: Texts, { topic }: Pick<OfficeHour, 'topic'>): string {
  return topic === '' ? t.officeHours.title('') : showTyped(topic);
}

/** Characters of a topic in a list: with as many as a server has, each line has room. */
const listedTopic = 40;

/** The same in a line of a list, where a long one is cut. */
export function shortTopic(t: Texts, { topic }: Pick<OfficeHour, 'topic'>): string {
  return topicText(t, { topic: clip(topic, listedTopic) });
}

/** Who holds them, where and when. */
export function whenText(t: Texts, hour: OfficeHour): string {
  const text = t.officeHours;
  const where = hour.channel_id === null ? text.whereLater : text.where(hour.channel_id);
  return [text.mentor(mention(t, hour.mentor_id)), text.when(where, hour.starts_at, hour.minutes)].join('\n');
}

/** How many places are taken, and how many people wait. */
export function placesText(t: Texts, { places }: OfficeHour, { taken, waiting }: Standing): string {
  const text = t.officeHours;
  return isFull({ places }, { taken, waiting }) ? text.full(places, waiting) : text.places(taken, places);
}

/** Whether whoever comes now has to wait. */
export function isFull(
  { places }: Pick<OfficeHour, 'places'>,
  { taken, waiting }: Pick<Standing, 'taken' | 'waiting'>,
): boolean {
  return taken >= places || waiting > 0;
}

/** Everything that anybody may read of them; what else `more` says stands below. */
export function officeEmbed(
  t: Texts,
  hour: OfficeHour,
  standing: Standing,
  questions: number,
  more: readonly string[] = [],
): APIEmbed {
  const text = t.officeHours;
  const title = text.title(hour.topic === '' ? '' : showTyped(hour.topic));
  if (hour.state === 'called-off') return embed(t, title, text.off);
  const parts =
    hour.state === 'held'
      ? [text.over(standing.here), ...more]
      : [
          whenText(t, hour),
          [placesText(t, hour, standing), text.questionsIn(questions)].join(' '),
          ...more,
          `-# ${text.rule}`,
        ];
  return embed(t, title, parts.join('\n\n'));
}

/** How somebody themselves stands among those who come. */
export function ownText(t: Texts, { own }: Standing, question: OfficeQuestion | undefined): string[] {
  const text = t.officeHours.own;
  if (!own) return [];
  return [
    own.here_at !== null ? text.here : own.state === 'in' ? text.in : text.waiting(own.turn),
    ...(question ? [text.asked(showTyped(question.words).replaceAll('\n', '\n> '), question.named === 1)] : []),
  ];
}
