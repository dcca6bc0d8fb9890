import { rankOf, stages } from '../../content/index.ts';
import { journey as content } from '../../content/journey.ts';
import { type Road, shownText, stageName } from '../../discord/cards/road.ts';
import type { Card } from '../../discord/replies.ts';
import { progressOf, stateIn } from '../../journey/roadmap/items.ts';
import { clip } from '../../marks.ts';
import { drawRoad, type RoadPicture } from '../../pictures/road.ts';
import type { Texts } from '../../texts/en.ts';
import type { Instant } from '../../time.ts';

/** Discord's limit on the description of a picture, in characters. */
const descriptionMost = 1_024;
/** More of what somebody is doing would hide what comes next. */
const doingShown = 4;

/** What the picture shows, as data: the picture and its words are made of the same. */
export function roadPicture(
  t: Texts,
  { journey, touched, items, next, doing }: Road,
): { picture: RoadPicture; words: string } {
  const text = t.roadmap.pictureText;
  const here = rankOf(journey.stage);
  const stops = stages
    .filter(({ id }) => id === journey.stage || items.some((item) => item.stage === id))
    .map(({ id, rank }) => {
      const { closed, all } = progressOf(content().roadmap, journey, touched, id);
      const is = id === journey.stage ? ('here' as const) : rank < here ? ('behind' as const) : ('ahead' as const);
      return { id, name: stageName(t, id), closed, all, is };
    });
  const doingTitles = doing.slice(0, doingShown).map(({ title }) => title);
  const nextTitles = next.map(({ title }, i) => text.nextLine(i + 1, title));
  const picture = {
    title: text.title,
    stops: stops.map(({ name, closed, all, is }) => ({
      name,
      note: text.note(closed, all),
      part: all === 0 ? 0 : closed / all,
      is,
    })),
    signposts: [
      { heading: text.doing, lines: doingTitles },
      { heading: text.next, lines: nextTitles },
    ],
  };
  const words = [
    `${text.title}.`,
    ...stops.map(({ name, closed, all, is }) => text.stop(name, closed, all, is === 'here' ? text.here : '')),
    ...picture.signposts.filter(({ lines }) => lines.length > 0).map(({ heading, lines }) => text.list(heading, lines)),
  ].join(' ');
  return { picture, words: clip(words, descriptionMost) };
}

/** The road as a picture to pin on a wall, with the same words for those who do not see it. */
export async function pictureCard(t: Texts, road: Road): Promise<Card> {
  const { picture, words } = roadPicture(t, road);
  const text = t.roadmap.pictureText;
  return {
    content: text.said,
    files: [{ name: text.fileName, attachment: await drawRoad(picture), description: words }],
  };
}

/** The whole road as text. */
export function textCard(t: Texts, { journey, touched, items }: Road, now: Instant): Card {
  const text = t.roadmap.fileText;
  const blocks = stages.flatMap(({ id }) => {
    const steps = items.filter((item) => item.stage === id);
    if (steps.length === 0) return [];
    const lines = steps.map((item) => {
      const said = shownText(t, item, now).split('\n')[0] ?? '';
      return text.line(t.roadmap.states[stateIn(journey, item, touched)], item.title, said);
    });
    return [[text.stage(stageName(t, id)), ...lines].join('\n')];
  });
  return { content: text.said, files: [{ name: text.name, attachment: Buffer.from(`${blocks.join('\n\n')}\n`) }] };
}
